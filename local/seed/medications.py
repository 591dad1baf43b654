"""The catalogue of a local cloud: every package of the curated table."""

from __future__ import annotations

from pharmonico.fulfillment.directory import Medication

from local.reference import medications as curated
from local.reference.tables import listed


def medications() -> tuple[Medication, ...]:
    """All packages; prices are synthetic, and flags are estimates that need review."""
    return tuple(_entry(row) for row in curated.medications())


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
