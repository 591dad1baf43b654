"""RxFill: the prescriber hears what became of the prescription, from dispensing's events alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import ncpdp
from ncpdp.script import DrugCoded, NewRx, Quantity, rx_fill

from pharmonico.fulfillment.correspondence import sending
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.writing import named, original_of
from pharmonico.fulfillment.dispensing.papers import Dispensing, Refusal
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from ncpdp.script import Medication, ScriptMessage

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.correspondence.sending import Post
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.order import Order

WHOLE, PART, NOTHING = "dispensed", "partially_dispensed", "not_dispensed"
NONE_AT_ALL = "cancel all"
ALL = "all fill statuses"
_WORD = {WHOLE: "dispensed", PART: "partially dispensed", NOTHING: "not dispensed"}
_NEXT = re.compile(r"\band\b|\bor\b|,|;")
REFUSAL_NOTES = {
    "out_of_stock": "The pharmacy does not have it in stock.",
    "clinical": "The pharmacist has clinical concerns.",
    "not_contracted": "The pharmacy is not contracted.",
    "patient_request": "The patient asked for it.",
}
"""In words that name nobody; a pharmacist's own note stays with us."""


class Fill(NamedTuple):
    """What became of it; `facts` is what the message says besides."""

    status: str
    pharmacy_id: str | None
    facts: dict[str, Any]


def tell_fill(event: Event[Any], *, post: Post, directory: Directory) -> None:
    """Write and send the RxFill of a `prescription_dispensed` or `dispense_refused`.

    Called again for the same event it sends the same message, or nothing when it went out.
    """
    order = post.orders.get(event.data.prescription_id)
    message_id = message_id_of(order.id, event.meta.event_id)
    letter = post.orders.document(order.id, OutgoingLetter, message_id)
    if letter is None:
        original = original_of(order.id, orders=post.orders)
        fill = _fill_of(event, order, original, post=post)
        if fill is None or not is_wanted(fill.status, original):
            return
        letter = _written(order, original, fill, message_id, post=post, directory=directory)
        try:
            letter = post.orders.put_document(order.id, letter)
        except VersionConflict:
            return  # the same event, brought twice at once: the other one sends it
    sending.send_letter(order.id, letter, post=post)


def is_wanted(status: str, original: ScriptMessage) -> bool:
    """Whether the prescription's fill indicators ask for it; one without any gets them all."""
    drug = original.body.medication if isinstance(original.body, NewRx) else None
    asked = [each.casefold() for each in (drug.rx_fill_indicators if drug else ())]
    if not asked:
        return True
    if any(each.startswith(NONE_AT_ALL) for each in asked):
        return False
    if any(each.startswith(ALL) for each in asked):
        return True
    return _WORD[status] in {word.strip() for each in asked for word in _NEXT.split(each)}


def _fill_of(
    event: Event[Any], order: Order, original: ScriptMessage, *, post: Post
) -> Fill | None:
    if event.detail_type == "dispense_refused":
        refusals = post.orders.documents(order.id, Refusal)
        note = REFUSAL_NOTES.get(event.data.reason)
        return Fill(NOTHING, refusals[-1].pharmacy_id if refusals else None, {"note": note})
    paper = post.orders.document(order.id, Dispensing)
    if paper is None:
        return None
    drug = getattr(original.body, "medication", None)
    return Fill(
        PART if paper.remaining else WHOLE, event.data.pharmacy_id, _handed_out(paper, drug)
    )


def _handed_out(paper: Dispensing, drug: Medication | None) -> dict[str, Any]:
    """The product where another than the prescribed one was dispensed, and how much of it."""
    facts: dict[str, Any] = {
        "filled_on": f"{paper.dispensed_at:%Y-%m-%d}",
        "lot_number": paper.lot,
    }
    if drug is not None and drug.quantity is not None and paper.quantity:
        facts["quantity"] = replace(drug.quantity, value=paper.quantity)
    elif paper.quantity:
        facts["quantity"] = Quantity(value=paper.quantity)
    if paper.dispensed_ndc and drug is not None and drug.ndc != paper.dispensed_ndc:
        coded = drug.drug or DrugCoded()
        facts["drug"] = replace(
            coded,
            product_code=paper.dispensed_ndc,
            product_code_qualifier="ND",
            drug_db_code=None,
            drug_db_code_qualifier=None,
        )
    return facts


def _written(
    order: Order,
    original: ScriptMessage,
    fill: Fill,
    message_id: str,
    *,
    post: Post,
    directory: Directory,
) -> OutgoingLetter:
    """The letter; one that cannot be written, because a part is lacking, has no bytes to send."""
    pharmacy = directory.pharmacy(fill.pharmacy_id) if fill.pharmacy_id else None
    now = post.clock.now()
    try:
        message = rx_fill(
            original,
            fill.status,
            message_id=message_id,
            sent_time=sent_time(now),
            pharmacy=named(pharmacy),
            rx_reference_number=order.id,
            **fill.facts,
        )
    except ncpdp.NcpdpError as error:
        return OutgoingLetter(
            key=message_id,
            message_type="RxFill",
            about=fill.status,
            client_id=order.origin.client_id,
            relates_to=order.origin.message_id,
            raw_base64="",
            problem=error.code,
            composed_at=now,
            composed_by="system",
        )
    return compose(order, message, about=fill.status, clock=post.clock).letter
