"""The simulated payer's plans: every kind of benefit design a claim can meet, all synthetic.

The first four are those the demo's patients have; they are kept simple so that the same member
may be billed often. The BINs from 999001 on belong to nobody.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pharmonico.payer.plans import Coverage, Enrollee, Plan, Share

TIERS = {
    "generic": Share(copay_minor=1000),
    "brand": Share(copay_minor=4500),
    "specialty": Share(percent=25, most_minor=25_000),
}
MANAGED = (
    Coverage(
        classes=("tnf_inhibitor",), tier="specialty", needs_authorization=True, specialty_only=False
    ),
    Coverage(ingredients=("esomeprazole",), tier="brand", step_first=("omeprazole",)),
    Coverage(ingredients=("celecoxib",), tier="brand", step_first=("ibuprofen", "naproxen")),
    Coverage(ingredients=("zolpidem",), tier="generic", quantity_a_day=Decimal(1), age_min=18),
    Coverage(ingredients=("tretinoin",), tier="generic", age_max=35),
    Coverage(ingredients=("sildenafil",), is_covered=False),
)

PLANS = (
    Plan(
        bin="610014",
        pcn="MEDDPRIME",
        name="Synthetic Medicare Prime",
        programme="medicare",
        tiers={"*": Share(copay_minor=1000)},
    ),
    Plan(bin="004336", pcn="ADV", name="Synthetic Choice", tiers={"*": Share(copay_minor=2500)}),
    Plan(bin="015581", pcn="NARROW", name="Synthetic Value", tiers={"*": Share(percent=20)}),
    Plan(
        bin="019158",
        pcn="CNRX",
        name="Synthetic Copay Card",
        kind="copay_card",
        cap_fill_minor=5000,
    ),
    Plan(
        bin="999001",
        pcn="HMO",
        name="Synthetic HMO",
        tiers=TIERS,
        formulary=MANAGED,
        days_supply_max=34,
        refill_percent=75,
        reviews_drug_use=True,
    ),
    Plan(
        bin="999001",
        pcn="PPO",
        name="Synthetic PPO",
        tiers={"generic": Share(percent=10), "brand": Share(percent=30, most_minor=15_000)},
        deductible_minor=25_000,
        out_of_pocket_max_minor=300_000,
        days_supply_max=90,
        refill_percent=75,
        reviews_drug_use=True,
    ),
    Plan(
        bin="999002",
        pcn="HDHP",
        name="Synthetic High Deductible",
        tiers={"*": Share(percent=20)},
        deductible_minor=160_000,
        out_of_pocket_max_minor=500_000,
        refill_percent=80,
    ),
    Plan(
        bin="999002",
        pcn="CLOSED",
        name="Synthetic Closed Formulary",
        tiers={"*": Share(copay_minor=500)},
        formulary=(
            Coverage(classes=("statin", "ppi", "ace_inhibitor")),
            Coverage(ingredients=("metformin", "levothyroxine", "amlodipine")),
        ),
        is_closed=True,
    ),
    Plan(
        bin="999003",
        pcn="MEDICAID",
        name="Synthetic Medicaid",
        programme="medicaid",
        tiers={"*": Share(copay_minor=100)},
        days_supply_max=34,
        refill_percent=85,
    ),
    Plan(
        bin="999003",
        pcn="CHIP",
        name="Synthetic CHIP",
        programme="chip",
        tiers={"*": Share(copay_minor=300)},
    ),
    Plan(
        bin="999004",
        pcn="TRICARE",
        name="Synthetic TRICARE",
        programme="tricare",
        tiers={"generic": Share(copay_minor=1400), "brand": Share(copay_minor=3800)},
        written_days_max=365,
    ),
    Plan(
        bin="999004",
        pcn="VA",
        name="Synthetic VA",
        programme="va",
        tiers={"*": Share(copay_minor=800)},
    ),
    Plan(
        bin="999005",
        pcn="SPECIALTY",
        name="Synthetic Specialty Carve-Out",
        tiers=TIERS,
        formulary=(Coverage(classes=("tnf_inhibitor",), tier="specialty", specialty_only=True),),
    ),
    Plan(
        bin="999006",
        pcn="SECOND",
        name="Synthetic Supplement",
        tiers={"*": Share(copay_minor=0)},
        pays_second=True,
    ),
    Plan(
        bin="999007",
        pcn="ROSTER",
        group="KNOWN",
        name="Synthetic Employer",
        tiers={"*": Share(copay_minor=1500)},
        enrollees={
            "EMP000000001": Enrollee(date_of_birth=date(1979, 5, 17), person_codes=("001", "01")),
            "EMP000000002": Enrollee(ended_on=date(2025, 12, 31)),
        },
    ),
    Plan(
        bin="999008",
        pcn="CARDYEAR",
        name="Synthetic Copay Card with a yearly cap",
        kind="copay_card",
        cap_fill_minor=20_000,
        cap_year_minor=100_000,
    ),
    Plan(
        bin="999009",
        pcn="CASH",
        name="Synthetic Cash Discount",
        kind="cash_card",
        discount_percent=40,
        fee_minor=0,
    ),
    Plan(
        bin="999010",
        pcn="ENDED",
        name="Synthetic Ended Plan",
        tiers={"*": Share(copay_minor=0)},
        ended_on=date(2025, 12, 31),
    ),
)
