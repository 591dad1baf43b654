"""What an answer needs, and whether its money adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.errors import InvalidValue
from ncpdp.findings import Finding
from ncpdp.telecom.checking.places import in_transaction
from ncpdp.telecom.numbers import money_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom.checking.places import Place
    from ncpdp.telecom.model import Response, Segment

_PAID = ("P", "D")
_WITHOUT_REJECTS = (*_PAID, "A", "C", "Q", "S")
_REFUSED = "R"
_BILLINGS = ("B1", "B3", "P1")
DUR_REJECT = "88"
_PRICE = ("F6", "F7", "J1", "AW", "AX", "FL", "J4")
_SHARES = ("FH", "FI", "4U", "FN", "FK", "NZ", "UJ", "UK", "UM", "UN", "UP", "UD")


def check_response(message: Response, placed: tuple[Place, ...]) -> Iterator[Finding]:
    """Every transaction has its status, and what that status promises."""
    for index in range(max(len(message.transactions), 1)):
        number = index + 1 if message.transactions else 0
        found = in_transaction(placed, number)
        status = found.get("21")
        if status is None:
            # A transmission that is refused as a whole may say so in its header alone.
            if message.header.status != _REFUSED:
                words = f"Transaction {index + 1} has no status segment."
                path = f"{index + 1}/21"
                yield Finding("segment.missing", "error", path, None, words, required=True)
            continue
        said = status.segment.get("AN")
        if message.header.status == _REFUSED and said not in (None, "", _REFUSED):
            words = "The transmission was rejected, but this transaction was not."
            yield status.remark("telecom.status", words, field_id="AN")
        yield from _status(status, found, message.type)


def _status(status: Place, found: dict[str, Place], code: str) -> Iterator[Finding]:
    said = status.segment.get("AN")
    rejects = status.segment.all("FB")
    if not said:
        words = "The status segment has no status."
        yield status.remark("field.missing", words, field_id="AN", required=True)
    if said == _REFUSED and not rejects:
        yield status.remark("reject.missing", "A rejection has no reject code.", field_id="FB")
    if said in _WITHOUT_REJECTS and rejects:
        words = "An answer that is no rejection has reject codes."
        yield status.remark("reject.unexpected", words, field_id="FB")
    if said == _REFUSED and DUR_REJECT in rejects and "24" not in found:
        words = "A drug-use review reject has no alert in a segment 24."
        yield status.remark("dur.missing", words, "warning", "FB")
    if said in _PAID and code in _BILLINGS:
        yield from _payment(status, found.get("23"))


def _payment(status: Place, price: Place | None) -> Iterator[Finding]:
    if price is None:
        yield status.remark("segment.missing", "A claim is paid without a pricing segment.")
        return
    missing = [field_id for field_id in ("F5", "F9") if not price.segment.get(field_id)]
    for field_id in missing:
        words = "A paid answer says what the payer and what the patient pays."
        yield price.remark("field.missing", words, field_id=field_id)
    if missing:
        return
    try:
        yield from _sums(price)
    except InvalidValue:
        return  # the field itself has its finding


def _sums(price: Place) -> Iterator[Finding]:
    segment = price.segment
    paid = _money(segment, "F9", "F5")
    if paid != _money(segment, *_PRICE) - _money(segment, "J5"):
        words = "What payer and patient pay is not what the parts of the price come to."
        yield price.remark("price.unbalanced", words, field_id="F9")
    shares = [one for one in _SHARES if segment.get(one)]
    if shares and _money(segment, *shares) != _money(segment, "F5"):
        words = "The parts of the patient's share do not come to what the patient pays."
        yield price.remark("price.patient_parts", words, "warning", "F5")


def _money(segment: Segment, *field_ids: str) -> int:
    texts = [text for one in field_ids for text in segment.all(one) if text]
    return sum(map(money_from_text, texts))
