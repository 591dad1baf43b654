"""Taking a message in: one stored prescription per sender and MessageID, however often it comes.

A NewRx becomes an order in `received` with its paper and `intake_received`, in one write. What
the rules say about its content is validation's business: a bad NPI is taken in all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.script import CancelRx, NewRx

from pharmonico.events.fulfillment import IntakeReceived
from pharmonico.fulfillment.errors import DuplicateMessage
from pharmonico.fulfillment.intake.cancel import cancel_by_message, cancel_key, reused
from pharmonico.fulfillment.intake.clients import check_binding
from pharmonico.fulfillment.intake.letters import order_number_key, patient_id
from pharmonico.fulfillment.intake.parking import apply_parked, known_by
from pharmonico.fulfillment.order import Order, Origin, Summary
from pharmonico.fulfillment.patients.history import person_of
from pharmonico.fulfillment.patients.holders import holder_key
from pharmonico.fulfillment.patients.matching import bucket_of
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Invalid, Unavailable, VersionConflict
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from datetime import datetime

    from ncpdp.script.model.contact import Name

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.documents import Script
    from pharmonico.fulfillment.intake.clients import Clients
    from pharmonico.fulfillment.intake.letters import Letter
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

TAKEN = frozenset(
    {
        *("NewRx", "CancelRx", "Status", "Verify", "Error"),
        *("RxChangeResponse", "RxRenewalResponse"),
    }
)
"""New prescriptions, their cancellation, and what is said to messages of ours."""
RACE_TRIES = 12
"""Twenty copies of one message at once: each loser looks again until the winner's is there."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The prescription a message stands for, and when it was first taken in or answered.

    `approved` says of a CancelRx whether it was in time, and is None for every other message.
    There is no `order` yet for a CancelRx that came before its NewRx.
    """

    order: Order | None
    at: datetime
    approved: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the intake works with; `patient_key` is the secret under which patients are known."""

    orders: Orders
    clients: Clients
    tokens: Tokens
    clock: Clock
    patient_key: str


def receive(letter: Letter, *, actor: Actor, correlation_id: str, desk: Desk) -> Taken:
    """Take a message in, or answer it as the first time; the same id with other content clashes."""
    body = letter.message.body
    if letter.message.type not in TAKEN:
        raise Invalid("message.type_unsupported", "This type of message is not taken here.")
    client = check_binding(letter.client_id, letter.message, clients=desk.clients)
    if isinstance(body, NewRx):
        return _taken_in(letter, body, actor=actor, correlation_id=correlation_id, desk=desk)
    if isinstance(body, CancelRx):
        cancelled = cancel_by_message(
            letter,
            client=client,
            actor=actor,
            orders=desk.orders,
            clients=desk.clients,
            tokens=desk.tokens,
            clock=desk.clock,
        )
        return Taken(*cancelled)
    from pharmonico.fulfillment.correspondence.answering import hear  # noqa: PLC0415 - answers are rare

    heard = hear(letter, client=client, actor=actor, orders=desk.orders, clock=desk.clock)
    return Taken(*heard)


def _taken_in(
    letter: Letter, new_rx: NewRx, *, actor: Actor, correlation_id: str, desk: Desk
) -> Taken:
    """Stored, and then cancelled if a CancelRx has waited for it."""
    order = _admit(letter, new_rx, actor=actor, correlation_id=correlation_id, desk=desk)
    apply_parked(
        known_by(letter), order, orders=desk.orders, clients=desk.clients, clock=desk.clock
    )
    return Taken(order, order.created_at)


def _admit(
    letter: Letter, new_rx: NewRx, *, actor: Actor, correlation_id: str, desk: Desk
) -> Order:
    must_be_signed(letter, new_rx)
    if desk.tokens.get(cancel_key(letter)) is not None:
        raise reused()

    def attempt() -> Order:
        order = new_order(
            letter,
            new_rx,
            correlation_id=correlation_id,
            clock=desk.clock,
            patient_key=desk.patient_key,
        )
        event = record(IntakeReceived, order, before=None, clock=desk.clock, actor=actor)
        paper = paper_of(letter, new_rx, patient_key=desk.patient_key)
        return desk.orders.create(
            order, pointers=pointers_of(letter), events=[event], documents=[paper]
        )

    try:
        return on_conflict(attempt, tries=RACE_TRIES)
    except DuplicateMessage as earlier:
        return _replayed(letter, earlier.order_id, earlier.body_hash, desk=desk)
    except VersionConflict as error:
        raise Unavailable("intake.busy", "Copies of this message are being taken in.") from error


def _replayed(letter: Letter, order_id: str, body_hash: str, *, desk: Desk) -> Order:
    if body_hash != letter.body_hash:
        raise reused()
    return desk.orders.get(order_id)


def must_be_signed(letter: Letter, new_rx: NewRx) -> None:
    """The JSON form has no signature, so it carries no controlled substance."""
    scheduled = new_rx.medication and new_rx.medication.dea_schedule
    if letter.format == "json" and scheduled:
        raise Invalid(
            "message.controlled_needs_signature",
            "A controlled substance is prescribed by signed XML only.",
        )


def pointers_of(letter: Letter) -> Pointers:
    number = letter.message.header.prescriber_order_number
    return Pointers(
        message=letter.key,
        order_number=order_number_key(letter.sender, number) if number else None,
        body_hash=letter.body_hash,
    )


def paper_of(letter: Letter, new_rx: NewRx, *, patient_key: str) -> Script:
    """The message as it is kept, with the blind keys that its patient is looked for by."""
    return letter.document(
        bucket=bucket_of(person_of(new_rx), key=patient_key),
        holder=holder_key(new_rx, sender=letter.sender, key=patient_key),
    )


def new_order(
    letter: Letter, new_rx: NewRx, *, correlation_id: str, clock: Clock, patient_key: str
) -> Order:
    """The prescription as it begins; its patient's id is a hash under `patient_key`."""
    now = clock.now()
    header = letter.message.header
    return Order(
        id=new_id("rx", clock=clock),
        status=Status.RECEIVED,
        created_at=now,
        updated_at=now,
        correlation_id=correlation_id,
        origin=Origin(
            client_id=letter.client_id,
            sender=letter.sender,
            message_id=header.message_id,
            order_number=header.prescriber_order_number,
            format=letter.format,
        ),
        summary=summary_of(new_rx),
        patient_id=patient_id(new_rx, sender=letter.sender, key=patient_key),
    )


def summary_of(new_rx: NewRx) -> Summary:
    patient, prescriber, drug = new_rx.patient, new_rx.prescriber, new_rx.medication
    return Summary(
        patient_name=_full(patient.name if patient else None),
        drug=(drug and drug.drug_description) or "",
        ndc=drug.ndc if drug else None,
        prescriber_name=_full(prescriber.name if prescriber else None),
        prescriber_npi=(prescriber and prescriber.npi) or "",
    )


def _full(name: Name | None) -> str:
    parts = (name.first_name, name.last_name) if name else ()
    return " ".join(part for part in parts if part)
