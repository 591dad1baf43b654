"""One contract for every checkout: the one in memory, and Stripe's SDK against the sandbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import stripe
from pharmonico.adapters import stripe_payments
from pharmonico.adapters.memory.payments import MemoryCheckouts
from pharmonico.adapters.stripe_payments import StripeCheckouts
from pharmonico.adapters.stripe_webhook import must_be_stripes, read_notice
from pharmonico.fulfillment.payment.checkout import (
    Demand,
    DisputeNotice,
    Notice,
    RefundDemand,
    RefundNotice,
)
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import Rejected, Unavailable
from pharmonico.kit.money import Money

from local.sandbox.credentials import LOCAL_ONLY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.payment.checkout import Checkouts, Session

    from tests.integration.sandbox.conftest import Receiver, Sandbox

DEMAND = Demand("rx_01TEST", 1, Money(amount_minor=1250))
PORTAL = "http://portal.localhost:8080"


class Till:
    """A checkout under contract, and a way to pay at it."""

    def __init__(self, checkouts: Checkouts, pay: Callable[[str], Any]) -> None:
        self.checkouts = checkouts
        self._pay = pay

    def paid(self) -> Session:
        session = self.checkouts.open(DEMAND)
        self._pay(session.id)
        return self.checkouts.close(session.id)


def back(paid: Session, key: str = "whole", amount: Money | None = None) -> RefundDemand:
    return RefundDemand("rx_01TEST", 1, str(paid.payment_intent), key, amount)


def at_stripe(sandbox: Sandbox, api_key: str = LOCAL_ONLY.stripe_api_key) -> StripeCheckouts:
    client = stripe_payments._client(api_key, f"{sandbox.url}/stripe")
    return StripeCheckouts(client, portal_url=PORTAL)


@pytest.fixture(params=["memory", "stripe"])
def till(request: pytest.FixtureRequest) -> Till:
    if request.param == "memory":
        memory = MemoryCheckouts(clock=SystemClock())
        return Till(memory, memory.pay)
    sandbox = request.getfixturevalue("sandbox")
    return Till(at_stripe(sandbox), lambda session: sandbox.post(f"/stripe/sessions/{session}/pay"))


def test_a_session_is_open_and_has_an_address(till: Till) -> None:
    session = till.checkouts.open(DEMAND)
    assert (session.state, session.payment_intent) == ("open", None)
    assert session.url is not None
    assert session.expires_at > SystemClock().now()


def test_the_same_demand_gets_the_same_session(till: Till) -> None:
    assert till.checkouts.open(DEMAND) == till.checkouts.open(DEMAND)


def test_another_attempt_gets_another_session(till: Till) -> None:
    first, second = (till.checkouts.open(replace(DEMAND, attempt=n)) for n in (1, 2))
    assert first.id != second.id


def test_a_closed_session_stays_closed(till: Till) -> None:
    session = till.checkouts.open(DEMAND)
    assert [till.checkouts.close(session.id).state for _ in range(2)] == ["expired", "expired"]


def test_a_paid_session_is_answered_as_paid(till: Till) -> None:
    session = till.paid()
    assert (session.state, session.url) == ("paid", None)
    assert session.payment_intent is not None


def test_money_goes_back_once_under_one_id(till: Till) -> None:
    demand = back(till.paid())
    receipts = [till.checkouts.refund(demand) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert (receipts[0].status, receipts[0].amount) == ("succeeded", DEMAND.amount)


def test_money_goes_back_in_parts_and_never_more_than_came(till: Till) -> None:
    paid = till.paid()
    part = [
        till.checkouts.refund(back(paid, key=key, amount=Money(amount_minor=500)))
        for key in ("one", "two", "one")
    ]
    assert part[0] == part[2] != part[1]
    with pytest.raises(Rejected):
        till.checkouts.refund(back(paid, key="three", amount=Money(amount_minor=500)))
    rest = till.checkouts.refund(back(paid))
    assert rest.amount == Money(amount_minor=250)


def test_all_that_is_left_is_also_nothing_more(till: Till) -> None:
    paid = till.paid()
    first = till.checkouts.refund(back(paid, key="by_hand"))
    assert till.checkouts.refund(back(paid)) == first


def test_a_payment_says_whose_it_is(till: Till) -> None:
    assert till.checkouts.whose(str(till.paid().payment_intent)) == ("rx_01TEST", 1)
    assert till.checkouts.whose("pi_unknown") is None


def test_a_session_nobody_opened_is_refused(till: Till) -> None:
    with pytest.raises(Rejected):
        till.checkouts.close("cs_unknown")


def test_a_payment_nobody_made_is_not_refunded(till: Till) -> None:
    with pytest.raises(Rejected):
        till.checkouts.refund(RefundDemand("rx_01TEST", 1, "pi_unknown", "whole"))


def test_stripe_learns_ids_and_an_amount_and_nothing_else(sandbox: Sandbox) -> None:
    at_stripe(sandbox).open(DEMAND)
    [session] = sandbox.items("/stripe/sessions", reference="rx_01TEST")
    assert session["metadata"] == {"prescription_id": "rx_01TEST", "attempt": "1"}
    assert (session["amount_total"], session["currency"]) == (1250, "usd")
    assert session["customer_email"] is None
    assert session["success_url"].startswith(PORTAL)


def test_a_refund_is_found_again_when_its_key_is_forgotten(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = Till(at_stripe(sandbox), lambda made: sandbox.post(f"/stripe/sessions/{made}/pay"))
    paid = till.paid()
    intent = str(paid.payment_intent)
    by_hand = till.checkouts._client.v1.refunds.create({"payment_intent": intent})  # type: ignore[attr-defined] # Stripe's own
    assert till.checkouts.refund(back(paid)).id == by_hand.id


def test_an_answer_that_is_lost_charges_and_refunds_only_once(sandbox: Sandbox) -> None:
    lost = {"provider": "stripe", "kind": "error", "when": "after", "times": 1, "status": 500}
    checkouts = at_stripe(sandbox)
    sandbox.post("/faults", lost)
    session = checkouts.open(DEMAND)
    assert len(sandbox.items("/stripe/sessions")) == 1
    sandbox.post(f"/stripe/sessions/{session.id}/pay")
    sandbox.post("/faults", lost)
    receipt = checkouts.refund(back(checkouts.close(session.id)))
    assert receipt.id.startswith("re_")
    assert checkouts.refund(back(checkouts.close(session.id))) == receipt


def test_a_stripe_that_is_down_is_unavailable(sandbox: Sandbox) -> None:
    sandbox.post("/faults", {"provider": "stripe", "kind": "error", "times": -1, "status": 503})
    with pytest.raises(Unavailable) as failure:
        at_stripe(sandbox).open(DEMAND)
    assert failure.value.code == "payment.provider_unavailable"


def test_a_wrong_key_is_our_trouble_and_not_the_patients(sandbox: Sandbox) -> None:
    with pytest.raises(Unavailable):
        at_stripe(sandbox, "sk_test_wrong").open(DEMAND)


def test_less_than_stripe_takes_is_refused_by_name(sandbox: Sandbox) -> None:
    with pytest.raises(Rejected) as refusal:
        at_stripe(sandbox).open(replace(DEMAND, amount=Money(amount_minor=10)))
    assert refusal.value.code == "payment.amount_too_small"


def test_stripes_webhook_is_proven_and_read(sandbox: Sandbox, receiver: Receiver) -> None:
    till = Till(at_stripe(sandbox), lambda made: sandbox.post(f"/stripe/sessions/{made}/pay"))
    session = till.paid()
    [(path, headers, body)] = receiver.wait_for(1)
    must_be_stripes(
        body.encode(),
        header=headers["Stripe-Signature"],
        secret=LOCAL_ONLY.stripe_webhook_secret,
        clock=SystemClock(),
    )
    notice = read_notice(body.encode())
    assert path == "/webhook/stripe"
    assert isinstance(notice, Notice)
    assert (notice.kind, notice.session_id, notice.attempt) == ("paid", session.id, 1)
    assert (notice.amount, notice.payment_intent) == (DEMAND.amount, session.payment_intent)


def test_a_declined_card_tells_which_prescription_it_was(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    session = at_stripe(sandbox).open(DEMAND)
    sandbox.post(f"/stripe/sessions/{session.id}/pay", {"card": "4000000000000002"})
    [(_, _, body)] = receiver.wait_for(1)
    notice = read_notice(body.encode())
    assert isinstance(notice, Notice)
    assert (notice.kind, notice.prescription_id, notice.attempt) == ("declined", "rx_01TEST", 1)


def test_the_client_is_made_once_per_key() -> None:
    made = [stripe_payments._client("sk_test_a", "") for _ in range(2)]
    assert made[0] is made[1]
    assert isinstance(made[0], stripe.StripeClient)


def test_a_refund_and_a_dispute_are_told_and_read(sandbox: Sandbox, receiver: Receiver) -> None:
    checkouts = at_stripe(sandbox)
    till = Till(checkouts, lambda made: sandbox.post(f"/stripe/sessions/{made}/pay"))
    paid = till.paid()
    part = checkouts.refund(back(paid, key="k1", amount=Money(amount_minor=500)))
    sandbox.post(f"/stripe/sessions/{paid.id}/dispute", {"reason": "fraudulent"})
    sandbox.post(f"/stripe/sessions/{paid.id}/dispute", {"outcome": "lost"})
    bodies = [body.encode() for _, _, body in receiver.wait_for(5)]
    notices = [read_notice(body) for body in bodies]
    refunds = [each for each in notices if isinstance(each, RefundNotice)]
    assert [(each.refund_id, each.key, each.bearer) for each in refunds] == [
        (part.id, "k1", ("rx_01TEST", 1))
    ]
    disputes = [each for each in notices if isinstance(each, DisputeNotice)]
    assert sorted(each.status for each in disputes) == ["lost", "open"]
    assert {(each.payment_intent, each.reason, each.bearer) for each in disputes} == {
        (paid.payment_intent, "fraudulent", None)
    }
