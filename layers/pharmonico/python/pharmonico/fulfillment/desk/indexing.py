"""Keeping the index true: what a prescription is searched by now, and nothing it was once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import ncpdp
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.fulfillment.adjudication.papers import Billing, Claim
from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.fulfillment.desk.terms import blind, name_words, whole_words
from pharmonico.fulfillment.documents import Enrollment, Script
from pharmonico.fulfillment.patients.history import person_of
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pharmonico.fulfillment.desk.ports import Postings
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

    Doc = TypeVar("Doc", bound=Document)

TRIES = 5
TERMS_MAX = 200


def index(order_id: str, *, orders: Orders, postings: Postings, key: str) -> bool:
    """Put the prescription under what it is searched by now; False when it stood there already.

    What is noted is read before the prescription, so that whoever noted last had seen the newest
    state. One who comes too late takes back what it added, and looks again.
    """
    strays: frozenset[str] = frozenset()
    for attempt in range(TRIES):
        known = postings.indexed(order_id)
        wanted = terms_of(order_id, orders=orders, key=key)
        if wanted == known.terms and not strays and not attempt:
            return False
        # After a lost race somebody may have dropped what is noted: all of it is put again.
        postings.add(order_id, wanted if attempt else wanted - known.terms)
        postings.drop(order_id, (known.terms | strays) - wanted)
        try:
            postings.note(order_id, Indexed(wanted, known.version))
        except VersionConflict:
            strays |= wanted
            continue
        return True
    raise VersionConflict


def terms_of(order_id: str, *, orders: Orders, key: str) -> frozenset[str]:
    """The blind terms of a prescription."""
    order, folder = orders.folder(order_id, (Script, Enrollment, Claim, Billing))
    words = name_words(order.summary.patient_name) | whole_words(_identifiers(order, folder))
    return frozenset(blind(word, key=key) for word in sorted(words)[:TERMS_MAX])


def _identifiers(order: Order, folder: Mapping[str, Sequence[Document]]) -> Iterator[str | None]:
    """All that is only found whole."""
    origin, summary = order.origin, order.summary
    yield from (origin.message_id, origin.order_number, order.patient_id, summary.ndc)
    yield from summary.drug.split(maxsplit=1)[:1]
    yield from (order.claim_id, order.tracking.number if order.tracking else None)
    yield from _of_message(_the(Script, folder))
    enrollment = _the(Enrollment, folder)
    if enrollment is not None:
        yield enrollment.contact_phone
        for coverage in (enrollment.insurance, enrollment.secondary):
            yield coverage.member_id if coverage else None
    if order.claim_id is not None:
        yield from (each.rx_number for each in folder[Claim.kind] if isinstance(each, Claim))
        billing = _the(Billing, folder)
        yield billing.insurance.member_id if billing and billing.insurance else None


def _the(kind: type[Doc], folder: Mapping[str, Sequence[Document]]) -> Doc | None:
    """The one document of a kind that has one; a cancellation's message has another key."""
    found = (each for each in folder[kind.kind] if isinstance(each, kind) and each.key == "1")
    return next(found, None)


def _of_message(script: Script | None) -> Iterator[str | None]:
    """Birth date, phones and member ids, as the message has them now."""
    message = ncpdp.from_json(script.message, complete=False) if script else None
    if not isinstance(message, ScriptMessage) or not isinstance(message.body, NewRx):
        return
    person = person_of(message.body)
    yield from (person.born, *person.phones)
    yield from (benefits.cardholder_id for benefits in message.body.benefits)
