"""Two things at the same moment: whichever comes first, the end is right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from local.client import Refused
from tests.cloud.messages import a_cancel_rx, a_member, a_new_rx
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


def at_once(*acts: Callable[[], object]) -> list[object]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(act) for act in acts]]


def quiet(world: World, rx: Prescription) -> None:
    """Wait until neither machine works on it."""
    until(lambda: not world.backstage.running(rx.id), f"the end of work on {rx.id}")


def test_money_that_crosses_a_cancellation_goes_back(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment", member=a_member()).waits_for("payment")
    checkout, tag = rx.checkout, rx.tag

    def pay() -> bool:
        try:
            world.partners.pay(checkout)
        except Refused:
            return False  # the cancellation has closed the page already
        return True

    paid, cancelled = at_once(pay, lambda: world.door.act(f"{rx.path}/cancel", tag=tag))
    if cancelled.status_code == 412:  # the payment came first, so ops look again
        rx.reaches("shipped").waits_for("delivery").ops_do("cancel")
    rx.reaches("cancelled").tells("prescription_cancelled")
    until(
        lambda: rx.papers["payment"][0]["status"] == ("refunded" if paid else "expired"),
        "the money to be where it belongs",
    )
    quiet(world, rx)
    assert rx.papers["claim"][0]["status"] == "reversed"
    intent = world.partners.checkouts(rx.id)[0]["payment_intent"]
    refunds = world.partners.calls("stripe", "/v1/refunds", about=intent or "pi_")
    assert len([call for call in refunds if intent]) == (1 if paid else 0)


def test_a_claim_that_is_paid_while_ops_cancel_is_taken_back(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member())
    slow = {"kind": "timeout", "when": "after", "times": 1, "delay_s": 2}
    with world.partners.failing("payer", **slow):
        rx.select()
        until(lambda: world.partners.claims(rx.member), "the payer to be asked")
        rx.ops_do("cancel")
    rx.reaches("cancelled").tells("claim_reversed")
    quiet(world, rx)
    (claim,) = world.partners.claims(rx.member)
    last = claim["history"][-1]
    assert (last["code"], last["status"]) == ("B2", "A")


def test_a_cancel_rx_on_the_heels_of_its_new_rx_cancels(world: World) -> None:
    message = a_new_rx()
    sent = world.door.send(message.raw)
    cancel = a_cancel_rx(of=message).raw
    at_once(*[lambda: world.door.send(cancel)] * 3)
    rx = world.known(sent.headers["location"].rpartition("/")[2], message)
    rx.reaches("cancelled").tells("prescription_cancelled")
    quiet(world, rx)
    assert rx.status == "cancelled"
    rx.tells_once("prescription_cancelled")


def test_a_patient_who_clicks_twice_submits_once(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    rx.patient.fill_in()
    at_once(*[rx.patient.submit] * 3)
    rx.reaches("awaiting_pharmacy_selection").tells("pharmacies_recommended")
    rx.tells_once("enrollment_completed")


def test_a_webhook_that_comes_three_times_at_once_pays_once(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    checkout = rx.checkout
    with world.partners.unheard():
        world.partners.pay(checkout)
        until(lambda: world.partners.webhooks(checkout), "the webhook")
    answers = at_once(*[lambda: world.partners.repeat_webhook(checkout)] * 3)
    assert {answer["status"] for answer in answers} == {200}
    rx.reaches("shipped").tells("shipping_label_generated")
    rx.tells_once("payment_successful")
    assert len(world.partners.parcels(rx.id)) == 1
