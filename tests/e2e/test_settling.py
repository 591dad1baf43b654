"""Money after it came: parts go back, another amount is held, a dispute is flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


def payments(world: World, rx: Prescription) -> Any:
    return world.door.get(f"/api/v1/payments/{rx.id}")


def settle(world: World, rx: Prescription, how: str, **said: Any) -> Any:
    tag = payments(world, rx).headers["etag"]
    return world.door.act(f"/api/v1/payments/{rx.id}/{how}", said, tag=tag)


def test_a_part_goes_back_from_the_queue(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    rx.pay().reaches("shipped")
    whole = settle(world, rx, "refunds", reason="service", note="came late")
    assert (whole.status_code, whole.json()["code"]) == (409, "payment.cancel_instead")
    asked = settle(world, rx, "refunds", reason="service", note="came late", amount_minor=300)
    assert (asked.status_code, asked.json()["status"]) == (202, "asked")

    def gone() -> Any:
        (paid,) = payments(world, rx).json()["payments"]
        return paid if paid["refunds"][0]["status"] == "succeeded" else None

    paid = until(gone, "the refund")
    assert (paid["taken_minor"], paid["back_minor"], paid["left_minor"]) == (1000, 300, 700)
    rx.tells_once("payment_refunded")
    assert rx.status == "shipped"


def test_another_amount_is_held_until_ops_accept_it(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    world.partners.charge(rx.checkout, 900)
    rx.reaches("payment_failed")
    assert rx.shown["alerts"] == ["payment.amount_mismatch"]
    accepted = settle(world, rx, "accept", attempt=1, note="the rest was waived")
    assert (accepted.status_code, accepted.json()["status"]) == (202, "paid")
    rx.reaches("shipped").tells_once("payment_successful")


def test_a_dispute_is_flagged_and_nothing_else_happens(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    checkout = rx.checkout
    rx.pay().reaches("shipped")
    world.partners.dispute(checkout, reason="fraudulent")
    until(lambda: rx.shown["alerts"] == ["payment.disputed"], "the flag")
    world.partners.dispute(checkout, outcome="won")
    until(lambda: rx.shown["alerts"] == [], "the end of the dispute")
    assert rx.status == "shipped"
