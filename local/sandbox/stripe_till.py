"""What happens to money at the played Stripe: sessions open, expire, get paid and refunded."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from local.sandbox import stripe_objects as objects
from local.sandbox.state import now, token
from local.sandbox.stripe_objects import StripeRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.settings import Settings
    from local.sandbox.state import Json, State
    from local.sandbox.webhooks import Webhooks

GOOD_CARDS = ("4242424242424242", "5555555555554444")
DECLINES = {
    "4000000000000002": ("generic_decline", "Your card was declined."),
    "4000000000009995": ("insufficient_funds", "Your card has insufficient funds."),
}


class Till:
    """Use cases over the stored objects; each change of money sends its webhook."""

    def __init__(self, *, state: State, webhooks: Webhooks, settings: Settings) -> None:
        self._sessions = state.shelf("stripe.sessions")
        self._orders = state.shelf("stripe.orders")
        self._intents = state.shelf("stripe.intents")
        self._charges = state.shelf("stripe.charges")
        self._refunds = state.shelf("stripe.refunds")
        self._disputes = state.shelf("stripe.disputes")
        self._events = state.shelf("stripe.events")
        self._webhooks = webhooks
        self._settings = settings

    def open(self, order: Json) -> Json:
        identifier = token("cs_test_", 24)
        url = f"{self._settings.public_url}/stripe/pay/{identifier}"
        made = objects.session(order, identifier=identifier, created=int(now()), url=url)
        self._orders.put(identifier, order)
        return self._sessions.put(identifier, made)

    def session(self, identifier: str) -> Json:
        found = self._sessions.get(identifier)
        if found is None:
            raise objects.not_found("checkout.session", identifier)
        return found

    def sessions(self) -> Iterator[Json]:
        return self._sessions.newest()

    def line_items(self, identifier: str) -> Json:
        self.session(identifier)
        return objects.line_items(self._orders.get(identifier) or {"line_items": []})

    def intent(self, identifier: str) -> Json:
        found = self._intents.get(identifier)
        if found is None:
            raise objects.not_found("payment_intent", identifier)
        return found

    def expire(self, identifier: str) -> Json:
        bill = self._open_session(identifier)
        bill |= {"status": "expired", "url": None}
        self._emit("checkout.session.expired", bill, about=identifier)
        return bill

    def expire_due(self) -> None:
        """Called by the clock: sessions past their `expires_at` expire on their own."""
        for bill in list(self._sessions.newest()):
            if bill["status"] == "open" and bill["expires_at"] <= now():
                self.expire(bill["id"])

    def pay(
        self, identifier: str, card: str, *, email: str = "", amount_minor: int | None = None
    ) -> Json:
        """Try a card; answers `{paid, message, session}`, as the hosted page would show it.

        `amount_minor` is charged in place of what was asked: what no page should ever do.
        """
        digits = "".join(filter(str.isdigit, card))
        bill = self._open_session(identifier)
        if digits not in GOOD_CARDS and digits not in DECLINES:
            words = "Your card number is incorrect: the sandbox takes its test cards only."
            return {"paid": False, "message": words, "session": bill}
        intent = self._intent_for(bill)
        if amount_minor is not None:
            bill["amount_total"] = intent["amount"] = amount_minor
        if digits in DECLINES:
            return self._decline(bill, intent, digits)
        self._settle(bill, intent, digits, email=email)
        return {"paid": True, "message": "Paid.", "session": bill}

    def refund(self, order: Json) -> Json:
        paid = self._charge_of(order)
        made = objects.refund(paid, order, identifier=token("re_"), created=int(now()))
        paid["amount_refunded"] += made["amount"]
        paid["refunded"] = paid["amount_refunded"] == paid["amount"]
        self._refunds.put(made["id"], made)
        about = self._session_of(paid["payment_intent"])
        self._emit("refund.created", made, about=about)
        self._emit("charge.refunded", paid, about=about)
        return made

    def dispute(self, session_id: str, *, reason: str, outcome: str) -> Json:
        """The cardholder goes to the bank; with an outcome, the bank has decided."""
        paid = self._charge_of({"payment_intent": self.session(session_id)["payment_intent"]})
        known = next((d for d in self._disputes.newest() if d["charge"] == paid["id"]), None)
        if known is None:
            made = objects.dispute(paid, identifier=token("dp_"), created=int(now()), reason=reason)
            known = self._disputes.put(made["id"], made)
            self._emit("charge.dispute.created", known, about=session_id)
        if outcome:
            known["status"] = outcome
            self._emit("charge.dispute.closed", known, about=session_id)
        return known

    def find_refund(self, identifier: str) -> Json:
        found = self._refunds.get(identifier)
        if found is None:
            raise objects.not_found("refund", identifier)
        return found

    def refunds(self, intent_id: str | None) -> list[Json]:
        return [
            made for made in self._refunds.newest() if intent_id in (None, made["payment_intent"])
        ]

    def event(self, identifier: str) -> Json:
        found = self._events.get(identifier)
        if found is None:
            raise objects.not_found("event", identifier)
        return found

    def _open_session(self, identifier: str) -> Json:
        bill = self.session(identifier)
        if bill["status"] != "open":
            raise StripeRefusedError(
                f'Only Checkout Sessions with a status in ["open"] can be changed; this '
                f"one has the status {bill['status']}."
            )
        return bill

    def _intent_for(self, bill: Json) -> Json:
        if bill["payment_intent"]:
            return self.intent(bill["payment_intent"])
        order = self._orders.get(bill["id"]) or {}
        made = objects.payment_intent(bill, order, identifier=token("pi_"), created=int(now()))
        bill["payment_intent"] = made["id"]
        return self._intents.put(made["id"], made)

    def _decline(self, bill: Json, intent: Json, digits: str) -> Json:
        reason, words = DECLINES[digits]
        intent["last_payment_error"] = {
            "type": "card_error",
            "code": "card_declined",
            "decline_code": reason,
            "message": words,
        }
        self._emit("payment_intent.payment_failed", intent, about=bill["id"])
        return {"paid": False, "message": words, "session": bill}

    def _settle(self, bill: Json, intent: Json, digits: str, *, email: str) -> None:
        paid = objects.charge(
            intent, identifier=token("ch_"), created=int(now()), last4=digits[-4:]
        )
        self._charges.put(paid["id"], paid)
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}
        intent |= {"latest_charge": paid["id"], "last_payment_error": None}
        bill |= {"status": "complete", "payment_status": "paid", "url": None}
        bill["customer_details"] = {"email": email or bill["customer_email"]}
        self._emit("checkout.session.completed", bill, about=bill["id"])

    def _charge_of(self, order: Json) -> Json:
        charge_id = order.get("charge")
        if order.get("payment_intent"):
            charge_id = self.intent(order["payment_intent"])["latest_charge"]
        if not charge_id:
            raise StripeRefusedError("This PaymentIntent has no successful charge to refund.")
        found = self._charges.get(charge_id)
        if found is None:
            raise objects.not_found("charge", charge_id)
        return found

    def _session_of(self, intent_id: str) -> str:
        made = (s["id"] for s in self._sessions.newest() if s["payment_intent"] == intent_id)
        return next(made, intent_id)

    def _emit(self, kind: str, thing: Json, *, about: str) -> None:
        # A webhook shows the object as it was then, so later changes must not reach into it.
        snapshot = copy.deepcopy(thing)
        made = objects.event(kind, snapshot, identifier=token("evt_"), created=int(now()))
        self._events.put(made["id"], made)
        self._webhooks.send("stripe", kind, made, about=about)
