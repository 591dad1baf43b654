"""The drug as the message states it; whether it suits the patient is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.dates import day
from ncpdp.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.script.checking.places import Place
    from ncpdp.script.model.drug import Quantity
    from ncpdp.script.model.extras import Compound
    from ncpdp.script.model.header import Header
    from ncpdp.script.model.medication import Medication
    from ncpdp.script.model.prescriber import Prescriber

ICD_10 = "ABF"
NDC = "ND"
DRUG_USE_MAX = 5
# 21 CFR 1306.12 and 1306.22; how often schedule V may be refilled is for the states to say.
REFILLS_MAX = {"CII": 0, "CIII": 5, "CIV": 5}


def medication(value: Medication, place: Place) -> Iterator[Finding]:
    """NDC, quantities, dates, diagnoses, evaluations, and what a compound is made of."""
    if value.ndc and (problem := identifiers.ndc_problem(value.ndc)):
        yield _ndc_finding(value.ndc, problem, place.step("drug").step("product_code"))
    if value.quantity:
        yield from _quantity(value.quantity, place.step("quantity"))
    for index, one in enumerate(value.further_quantities):
        here = place.step("further_quantities", index)
        if not here.message_type.startswith("RxTransfer"):
            words = "Only a drug that is transferred has several quantities."
            yield here.error("element.repeated", one.value, words)
        yield from _quantity(one, here)
    yield from _diagnoses(value, place)
    if len(value.drug_use) > DRUG_USE_MAX:
        words = f"A drug has at most {DRUG_USE_MAX} evaluations."
        yield place.step("drug_use").error("drug_use.too_many", str(len(value.drug_use)), words)
    written, filled = day(value.written_date), day(value.last_fill_date)
    if written and filled and filled < written:
        words = "The last fill lies before the day of writing."
        yield place.step("last_fill_date").warning("date.order", value.last_fill_date, words)
    if value.compound:
        yield from _compound(value.compound, place.step("compound"))


def new_prescription(value: Medication, place: Place) -> Iterator[Finding]:
    """What only a new prescription is asked for."""
    if value.ndc is None:
        yield place.step("drug").finding("ndc.absent", "info", None, "No NDC was sent.")
    if not value.days_supply or value.days == 0:
        words = "The days' supply is zero." if value.days_supply else "The days' supply is missing."
        yield place.step("days_supply").error("days_supply.missing", value.days_supply, words)
    if value.quantity and value.quantity.code_list_qualifier != "QS":
        yield from _incomplete(value.quantity, place.step("quantity"))


def _incomplete(quantity: Quantity, place: Place) -> Iterator[Finding]:
    for attribute, words in (("code_list_qualifier", "list qualifier"), ("unit_code", "unit")):
        if getattr(quantity, attribute) is None:
            here = place.step(attribute)
            yield here.warning("quantity.incomplete", None, f"The quantity has no {words}.")


def controlled(
    drug: Medication, prescriber: Prescriber | None, header: Header, place: Place
) -> Iterator[Finding]:
    """A scheduled drug needs a DEA number and a signature, and has few refills or none."""
    if drug.dea_schedule is None:
        return
    if prescriber and not prescriber.dea_number:
        here = place.step("prescriber").of(prescriber).step("dea_number")
        yield here.error("dea.missing", None, "A controlled substance needs a DEA number.")
    if not header.is_signed:
        words = "A controlled substance needs the digital signature indicator."
        yield Finding(
            "epcs.signature_missing",
            "error",
            "Header/DigitalSignature",
            None,
            words,
            "/header/digital_signature",
        )
    yield from refills(drug, place.step("medication"))


def refills(drug: Medication, place: Place) -> Iterator[Finding]:
    """None on schedule II, at most five on III and IV."""
    most = REFILLS_MAX.get(drug.dea_schedule or "")
    if most is not None and (drug.refills or 0) > most:
        how_many = f"at most {most}" if most else "no"
        words = f"A schedule {drug.dea_schedule} drug has {how_many} refills."
        here = place.step("number_of_refills")
        yield here.error("refills.not_allowed", drug.number_of_refills, words)


def _ndc_finding(value: str, problem: str, here: Place) -> Finding:
    code = "ndc.ambiguous" if problem == "ambiguous" else "ndc.malformed"
    return here.error(code, value, "The NDC cannot be brought to eleven digits.")


def _quantity(quantity: Quantity, place: Place) -> Iterator[Finding]:
    if quantity.code_list_qualifier == "QS":
        return
    amount = quantity.amount
    if amount is None or amount <= 0:
        words = "The quantity is not above zero." if amount is not None else _NO_AMOUNT
        yield place.step("value").error("quantity.not_positive", quantity.value, words)


_NO_AMOUNT = "The quantity is not a number above zero."


def _diagnoses(value: Medication, place: Place) -> Iterator[Finding]:
    for index, diagnosis in enumerate(value.diagnoses):
        for attribute in ("primary", "secondary"):
            coded = getattr(diagnosis, attribute)
            if coded and coded.qualifier == ICD_10 and not identifiers.is_icd10cm(coded.code or ""):
                here = place.step("diagnoses", index).step(attribute).step("code")
                yield here.error("icd10.malformed", coded.code, "This is not an ICD-10-CM code.")


def _compound(value: Compound, place: Place) -> Iterator[Finding]:
    for attribute in ("ingredients", "lot_ingredients"):
        for index, one in enumerate(getattr(value, attribute)):
            here = place.step(attribute, index)
            number = one.item_number if one.item_number_qualifier == NDC else None
            if number and (problem := identifiers.ndc_problem(number)):
                yield _ndc_finding(number, problem, here.step("item_number"))
            if one.quantity:
                yield from _quantity(one.quantity, here.step("quantity"))
