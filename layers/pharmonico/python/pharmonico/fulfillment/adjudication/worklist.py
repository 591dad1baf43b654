"""Commands of the claim worklist: what people do about a rejected claim, each with a note.

Every command is one write on the revision it was decided upon; where it mends the claim, the
prescription goes back to billing with it. Insurance facts may be corrected by ops, a drug-use
review is a pharmacist's to answer (domain rules of adjudication).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.adjudication.papers import (
    Act,
    Authorization,
    Billing,
    Claim,
    DurReply,
)
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, FieldError, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.correspondence.outgoing import Composed
    from pharmonico.fulfillment.documents import Document, Insurance
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

ACTS_MAX = 100
REPLIES_MAX = 9


class Worklist:
    """The commands on one rejected claim; all raise `Conflict` when it is not (or no more) one."""

    def __init__(
        self,
        order_id: str,
        *,
        actor: Actor,
        note: str,
        expected_revision: int | None,
        orders: Orders,
        clock: Clock,
    ) -> None:
        self._actor = actor
        self._note = note.strip()
        self._orders = orders
        self._clock = clock
        self.order = orders.get(order_id)
        self.order.expect(expected_revision)
        if self.order.status is not Status.CLAIM_REJECTED:
            raise Conflict("claim.not_rejected", "There is no rejected claim to work on.")
        if not self._note:
            error = FieldError("/note", "note.required", "Say why, in a few words.")
            raise Invalid("claim.note_required", "This needs a note.", (error,))
        self.claim = orders.document(order_id, Claim)
        self.billing = orders.document(order_id, Billing) or Billing()

    def rebill(self, insurance: Insurance | None = None) -> Order:
        """Bill again, with corrected insurance facts where they are given."""
        changes = {"insurance": insurance} if insurance else {}
        return self._take_up("rebill", is_cash=False, **changes)

    def answer_review(self, replies: tuple[DurReply, ...]) -> Order:
        """A pharmacist's answers to a drug-use review (reject 88), sent with the next claim."""
        if "88" not in self._codes():
            raise Conflict("claim.no_review", "The payer has not asked for a review.")
        if not 0 < len(replies) <= REPLIES_MAX:
            error = FieldError("/replies", "replies.count", f"Give 1 to {REPLIES_MAX} answers.")
            raise Invalid("claim.replies", "The answers cannot be sent.", (error,))
        return self._take_up("answer_review", replies=replies)

    def pay_cash(self) -> Order:
        """Bill nobody: the patient pays the pharmacy's own price."""
        return self._take_up("pay_cash", is_cash=True)

    def ask_authorization(
        self, number: str, *, said: Callable[[Order], Composed] | None = None
    ) -> Order:
        """Note that an authorization was asked for, under the payer's number if it gave one.

        `said` composes what the prescriber is asked in the same write.
        """
        asked = Authorization(status="pending", number=number, asked_at=self._clock.now())
        return self._noted("ask_authorization", said=said, authorization=asked)

    def appeal(self) -> Order:
        """Note that a denial was appealed; the answer is entered like the first one."""
        known = self._authorization("denied", "expired")
        return self._noted("appeal", authorization=known.model_copy(update={"status": "appealed"}))

    def approve_authorization(self, number: str, until: date | None) -> Order:
        """The payer approved: its number goes into the claim, which is billed again."""
        known = self.billing.authorization
        approved = Authorization(
            status="approved",
            number=number,
            asked_at=known.asked_at if known else self._clock.now(),
            until=until,
        )
        if approved.as_of(self._clock.now().date()).status == "expired":
            error = FieldError("/until", "authorization.over", "The approval has ended already.")
            raise Invalid("claim.authorization_over", "This approval lifts nothing.", (error,))
        return self._take_up("approve_authorization", authorization=approved)

    def deny_authorization(self) -> Order:
        """The payer denied: the prescription stays on the worklist."""
        known = self._authorization("pending", "appealed")
        return self._noted(
            "deny_authorization", authorization=known.model_copy(update={"status": "denied"})
        )

    def _authorization(self, *statuses: str) -> Authorization:
        known = self.billing.authorization
        if known is None or known.status not in statuses:
            raise Conflict(
                "claim.authorization_state", f"No authorization is {' or '.join(statuses)}."
            )
        return known

    def _codes(self) -> tuple[str, ...]:
        return self.claim.reject_codes if self.claim else ()

    def _take_up(self, action: str, **changes: Any) -> Order:
        restored = self.order.moved(
            Status.PHARMACY_SELECTED, at=self._clock.now(), hold_reason=None
        )
        after, event = resume(restored, actor=self._actor, clock=self._clock)
        return self._orders.save(after, events=[event], documents=[self._paper(action, changes)])

    def _noted(
        self, action: str, said: Callable[[Order], Composed] | None = None, **changes: Any
    ) -> Order:
        """It stays where it is, but whoever decides next sees what was done."""
        after = self.order.model_copy(
            update={"updated_at": self._clock.now(), "revision": self.order.revision + 1}
        )
        papers: list[Document] = [self._paper(action, changes)]
        told = said(after) if said else None
        if told is None:
            return self._orders.save(after, documents=papers)
        return self._orders.save(after, events=[told.event], documents=[*papers, told.letter])

    def _paper(self, action: str, changes: dict[str, Any]) -> Billing:
        act = Act(
            action=action,
            note=self._note,
            by=self._actor.id,
            role=self._actor.role,
            at=self._clock.now(),
        )
        acts = (*self.billing.acts, act)[-ACTS_MAX:]
        return self.billing.model_copy(update={**changes, "acts": acts})
