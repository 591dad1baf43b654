"""Families of dosage forms: what a message and a product must have in common."""

from __future__ import annotations

from functools import lru_cache

from pharmonico.reference.files import rows


def family_of_form(dosage_form: str) -> str | None:
    """The family of a form such as `tablet, film coated`; None for a form of no family."""
    return _families("dosage_forms").get(dosage_form.split(",", maxsplit=1)[0].strip().casefold())


def family_of_code(ncit: str | None) -> str | None:
    """The family of an NCI Thesaurus code of a form or a dosing unit; others say nothing."""
    return _families("dosage_form_codes").get(ncit or "")


@lru_cache(maxsize=2)
def _families(name: str) -> dict[str, str]:
    return {key: family for key, family in rows(f"{name}.tsv")}  # noqa: C416 - rows are lists
