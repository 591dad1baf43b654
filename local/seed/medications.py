"""The catalogue of a local cloud: every package of the curated table."""

from __future__ import annotations

from pharmonico.fulfillment.directory import Medication

from local.reference import medications as curated
from local.reference.tables import listed

FDA, OPENFDA = "FDA-NDC", "OPENFDA-NDC"
"""Sources of imported packages."""
PRICE = ("unit_price_minor", "price_source", "price_unit", "price_from")


def medications() -> tuple[Medication, ...]:
    """All packages; prices are synthetic, and flags are estimates that need review."""
    return tuple(_entry(row) for row in curated.medications())


def over(known: Medication | None, entry: Medication) -> Medication:
    """What seeding makes of a package: an imported one stays, and so does an imported price."""
    if known is None:
        return entry
    if known.source in {FDA, OPENFDA}:
        return known
    prices = {name: getattr(known, name) for name in PRICE} if known.price_from else {}
    return entry.model_copy(update=prices)


def _entry(row: dict[str, str]) -> Medication:
    return Medication.model_validate(
        {
            "ndc11": row["ndc11"],
            "name": row["name"],
            "generic": row["generic"],
            "ingredients": listed(row["ingredients"]),
            "dosage_form": row["dosage_form"],
            "routes": listed(row["route"]),
            "strength": row["strength"],
            "labeler": row["labeler"],
            "dea_schedule": row["dea_schedule"] or None,
            "specialty": row["specialty"] or None,
            "cold_chain": row["cold_chain"] == "1",
            "limited_distribution": row["limited_distribution"] == "1",
            "rems": row["rems"] or None,
            "unit_price_minor": int(row["unit_price_minor"]),
            "price_source": row["price_source"],
            "source": row["source"],
        }
    )
