"""Prior authorizations by D.0: asked for at once (P4), and asked about until they are decided (P3).

Payers that take them by telephone or portal only refuse the request; then people enter what they
heard, on the claim worklist.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.adjudication import answers
from pharmonico.fulfillment.adjudication.claims import authorization_request
from pharmonico.fulfillment.adjudication.facts import fill_of, gather
from pharmonico.fulfillment.adjudication.papers import Billing, Claim
from pharmonico.fulfillment.adjudication.worklist import Worklist
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.walking import every
from pharmonico.kit.errors import Conflict, Rejected, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom import Answer

    from pharmonico.fulfillment.adjudication.claims import Fill
    from pharmonico.fulfillment.adjudication.stage import Desk
    from pharmonico.fulfillment.order import Order

NUMBER_MAX = 11
PATIENCE = timedelta(days=14)
"""A request nobody decides within two weeks is told as denied, so that somebody calls."""


def request(worklist: Worklist, *, desk: Desk) -> Order:
    """Ask the payer, and note its number; a payer that does not take it by D.0 gives none."""
    claim = worklist.claim
    if claim is None:
        raise Conflict("claim.none", "There is no claim to be authorized.")
    answer = _ask(_fill(worklist.order, claim, desk), code="P4", desk=desk)
    number = answer.authorization_number if answer.status in ("C", "A") else ""
    return worklist.ask_authorization(number[:NUMBER_MAX])


def follow_up(*, desk: Desk) -> int:
    """Ask about everything that is pending; answers how many were decided."""
    decided = 0
    for order, billing in _pending(desk):
        try:
            decided += _follow(order, billing, desk)
        except (Rejected, Unavailable):
            continue  # somebody was faster, or the payer does not answer: the next turn asks again
    return decided


def _follow(order: Order, billing: Billing, desk: Desk) -> int:
    known, claim = billing.authorization, desk.orders.document(order.id, Claim)
    if known is None or claim is None:
        return 0
    worklist = Worklist(
        order.id,
        actor=SYSTEM,
        note="asked the payer",
        expected_revision=order.revision,
        orders=desk.orders,
        clock=desk.clock,
    )
    if known.number:
        fill = _fill(order, claim, desk)
        answer = _ask(fill, code="P3", desk=desk, number=known.number)
        if answer.status == "A":
            worklist.approve_authorization(answer.authorization_number[:NUMBER_MAX], None)
            return 1
        if answer.status == "R":
            worklist.deny_authorization()
            return 1
    if desk.clock.now() - known.asked_at > PATIENCE:
        worklist.deny_authorization()
        return 1
    return 0


def _pending(desk: Desk) -> Iterator[tuple[Order, Billing]]:
    for order in every((Status.CLAIM_REJECTED,), orders=desk.orders):
        billing = desk.orders.document(order.id, Billing)
        known = billing.authorization if billing else None
        if billing and known and known.status in ("pending", "appealed"):
            yield order, billing


def _fill(order: Order, claim: Claim, desk: Desk) -> Fill:
    noted = desk.orders.document(order.id, Billing)
    facts = gather(order, orders=desk.orders, directory=desk.directory, billing=noted)
    if facts.insurance is None or facts.medication is None:
        raise Conflict("claim.incomplete", "The claim lacks its insurance or its product.")
    return fill_of(claim, facts, facts.insurance, facts.medication)


def _ask(fill: Fill, *, code: str, desk: Desk, number: str = "") -> Answer:
    return answers.read(desk.payer.send(authorization_request(fill, code=code, number=number)))
