"""Coordination of benefits: what the claim says of other payers, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.telecom.codes import NEEDS_OTHER_PAYERS
from ncpdp.telecom.parts import plan_of
from ncpdp.telecom.reading import items_of
from ncpdp.telecom.segments.claiming import OtherPayers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.telecom.checking.places import Place

_COVERAGE_TYPE = "5C"
_TOLD_BY = {
    "02": ("DV", "The claim says that another payer paid, but not how much."),
    "03": ("6E", "The claim says that another payer refused, but not why."),
    "08": ("NQ", "The claim is for the patient's share, but does not say what it is."),
}
"""What must stand in segment 05 for the other-coverage code to make sense."""


def check_payers(claim: Place, payers: Place | None) -> Iterator[Finding]:
    """Findings on the other-coverage code (C8) and segment 05."""
    coverage = (claim.segment.get("C8") or "").zfill(2)
    if payers is None:
        if coverage in NEEDS_OTHER_PAYERS:
            words = "The other-coverage code speaks of another payer, who is not in a segment 05."
            yield claim.remark("other_payer.missing", words, "warning", "C8")
        return
    if coverage in ("00", "01"):
        words = "The claim speaks of no other coverage, but another payer is in segment 05."
        yield claim.remark("other_payer.unexpected", words, "warning", "C8")
    field_id, words = _TOLD_BY.get(coverage, ("", ""))
    if field_id and not any(payers.segment.all(field_id)):
        yield payers.remark("other_payer.untold", words, "warning", field_id)
    groups = plan_of(OtherPayers).groups
    own = [one for one in payers.segment.fields if one.id in groups]
    for item in items_of(groups[_COVERAGE_TYPE][1], own):
        if not any(one.id == _COVERAGE_TYPE and one.value.strip(" ") for one in item):
            words = "Another payer has no coverage type."
            yield payers.remark("field.missing", words, field_id=_COVERAGE_TYPE)
