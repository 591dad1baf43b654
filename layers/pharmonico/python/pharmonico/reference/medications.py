"""Packages by NDC, with what the clinical rules ask of a product."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pharmonico.reference.files import content, listed

LOCAL_ROUTES = frozenset({"auricular (otic)", "ophthalmic", "topical"})
"""Routes by which too little reaches the blood for most interactions."""
_NDC_DIGITS = 11


class Medicine(NamedTuple):
    """One package; `strengths` stand beside `ingredients` where the source says one for each."""

    ndc11: str
    name: str
    generic: str
    ingredients: tuple[str, ...]
    strengths: tuple[str, ...]
    dosage_form: str
    routes: tuple[str, ...]
    dea_schedule: str | None
    source: str

    @property
    def is_systemic(self) -> bool:
        """False for what stays on skin, eye or ear."""
        return not self.routes or not LOCAL_ROUTES.issuperset(self.routes)


def by_ndc(ndc11: str) -> Medicine | None:
    """The package with these eleven digits, or None."""
    if len(ndc11) != _NDC_DIGITS or not ndc11.isascii() or not ndc11.isdigit():
        return None
    table = _table()
    start = table.find(f"\n{ndc11}\t".encode())
    if start < 0:
        return None
    line = table[start + 1 : table.index(b"\n", start + 1)].decode()
    code, name, generic, ingredients, strengths, form, routes, schedule, source = line.split("\t")
    return Medicine(
        ndc11=code,
        name=name,
        generic=generic,
        ingredients=listed(ingredients),
        strengths=listed(strengths),
        dosage_form=form,
        routes=listed(routes),
        dea_schedule=schedule or None,
        source=source,
    )


@lru_cache(maxsize=1)
def _table() -> bytes:
    """Lines by NDC; a search over all of them takes microseconds and parsing none."""
    return b"\n" + content("medications.tsv")
