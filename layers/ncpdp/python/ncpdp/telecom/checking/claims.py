"""What a request needs, and what its fields say against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.errors import InvalidValue
from ncpdp.findings import Finding
from ncpdp.telecom.checking.fields import NDC_QUALIFIER
from ncpdp.telecom.checking.payers import check_payers
from ncpdp.telecom.checking.places import in_transaction
from ncpdp.telecom.numbers import money_from_text
from ncpdp.telecom.values import is_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom.checking.places import Place
    from ncpdp.telecom.model import Request

_BILLING = ("04", "07", "11")
NEEDS = {
    "B1": _BILLING,
    "B2": ("07",),
    "B3": _BILLING,
    "E1": ("04",),
    "P1": (*_BILLING, "12"),
    "P3": ("04", "12"),
    "P4": ("04", "07", "12"),
    "N1": ("07",),
    "N2": ("07",),
    "N3": ("07",),
}
"""Segments without which a payer cannot process a transaction at all."""

_MANDATORY = {"04": ("C2",), "07": ("EM", "D2", "E1", "D7")}
_QUALIFIED = (("01", "CX", "CY"), ("02", "EY", "E9"), ("03", "EZ", "DB"))
"""Identifiers that may be left out, but not behind their qualifier."""
_BILLED = ("E7", "D3", "D5", "DE")
_PAID_BY = frozenset({"B1", "B3", "P1"})
_SERVICE = "2"
_BILLINGS = frozenset({"B1", "B3", "P1", "N1", "N3"})
_GROSS_PARTS = ("D9", "DC", "BE", "E3", "HA", "GE", "H9")
Segments = dict[str, "Place"]


def check_request(message: Request, placed: tuple[Place, ...]) -> Iterator[Finding]:
    """Required segments and fields, then the rules between fields, for every transaction."""
    for index in range(max(len(message.transactions), 1)):
        number = index + 1 if message.transactions else 0
        found = in_transaction(placed, number)
        yield from _segments(message, found, index + 1)
        yield from _fields(message, found)
        yield from _prices(message, found)
        yield from _identifiers(found)
        yield from _dates(message, found)
        yield from _together(found)
        yield from _gross(found)


def _segments(message: Request, found: Segments, number: int) -> Iterator[Finding]:
    for segment_id in NEEDS.get(message.type, ()):
        if segment_id not in found:
            words = f"Transaction {number} has no segment {segment_id}."
            path = f"{number}/{segment_id}"
            yield Finding("segment.missing", "error", path, None, words, required=True)


def _fields(message: Request, found: Segments) -> Iterator[Finding]:
    for segment_id, needed in _MANDATORY.items():
        place = found.get(segment_id)
        # A reversal finds its claim by number: the cardholder is asked for by some payers only.
        if place is None or (segment_id == "04" and message.type not in _NEEDS_CARDHOLDER):
            continue
        for field_id in needed:
            if not place.segment.get(field_id):
                words = "A field that this transaction needs is missing."
                yield place.remark("field.missing", words, field_id=field_id, required=True)
    claim = found.get("07")
    if claim is not None and message.type in _BILLINGS:
        for field_id in _BILLED:
            if not claim.segment.get(field_id):
                yield claim.remark("field.missing", _BILLING_NEEDS, field_id=field_id)


_BILLING_NEEDS = "A field that a billing needs is missing."
_NEEDS_CARDHOLDER = frozenset({"B1", "B3", "E1", "P1", "P4"})


def _identifiers(found: Segments) -> Iterator[Finding]:
    for segment_id, qualifier, field_id in _QUALIFIED:
        place = found.get(segment_id)
        if place and place.segment.get(qualifier) and not place.segment.get(field_id):
            words = "A qualifier says of which kind an identifier is that is missing."
            yield place.remark("field.missing", words, field_id=field_id)


def _prices(message: Request, found: Segments) -> Iterator[Finding]:
    price, claim = found.get("11"), found.get("07")
    if price is None or message.type not in _PAID_BY:
        return
    is_service = claim is not None and claim.segment.get("EM") == _SERVICE
    for field_id in ("DU",) if is_service else ("D9", "DU"):
        if not price.segment.get(field_id):
            yield price.remark("field.missing", _BILLING_NEEDS, field_id=field_id)


def _dates(message: Request, found: Segments) -> Iterator[Finding]:
    service = message.header.date_of_service
    if not is_day(service):
        return
    for segment_id, field_id in (("07", "DE"), ("01", "C4")):
        place = found.get(segment_id)
        for at, one in enumerate(place.segment.fields if place else ()):
            said = one.value.strip(" ")
            if place and one.id == field_id and is_day(said) and said > service:
                words = "This date is after the date of service."
                yield place.finding("date.order", at, one, words)


def _together(found: Segments) -> Iterator[Finding]:
    """Fields that speak of a segment, and the segment they speak of."""
    claim = found.get("07")
    if claim is None:
        return
    yield from check_payers(claim, found.get("05"))
    if claim.segment.get("D6") == "2" and "10" not in found:
        words = "A compound is billed without its ingredients in a segment 10."
        yield claim.remark("compound.missing", words, field_id="D6")
    if "10" in found and claim.segment.get("D6") != "2":
        words = "There are ingredients in a segment 10, but the claim is for no compound."
        yield claim.remark("compound.unexpected", words, "warning", "D6")
    is_product = claim.segment.get("E1") == NDC_QUALIFIER and claim.segment.get("D6") != "2"
    if is_product and identifiers.ndc_problem(claim.segment.get("D7") or "") == "placeholder":
        words = "An NDC of one digit only names no product."
        yield claim.remark("ndc.malformed", words, field_id="D7")


def _gross(found: Segments) -> Iterator[Finding]:
    place = found.get("11")
    if place is None or not place.segment.get("DU") or not place.segment.get("D9"):
        return
    try:
        gross = money_from_text(place.segment.get("DU") or "")
        parts = [text for one in _GROSS_PARTS for text in place.segment.all(one) if text]
        total = sum(map(money_from_text, parts))
    except InvalidValue:
        return  # the field itself has its finding
    if gross != total:
        words = "The gross amount due is not the sum of the parts of the price."
        yield place.remark("price.gross", words, "warning", "DU")
