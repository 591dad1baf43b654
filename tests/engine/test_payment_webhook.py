"""Money is noted by the partner's signed word alone, once, and wakes the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import problem
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World

STALE_S = 301


def test_forged_and_stale_webhooks_change_nothing_and_a_repeated_one_no_more(
    world: World,
) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    checkout, door = rx.checkout, world.door
    with world.partners.unheard():
        world.partners.pay(checkout)
        body = until(lambda: world.partners.webhooks(checkout), "the webhook")[0]["body"]
        assert problem(door.stripe_says(body, secret="forged")) == (400, "signature.invalid")
        assert problem(door.stripe_says(body, age_s=STALE_S)) == (400, "signature.stale")
        assert rx.status == "awaiting_payment"
    rx.reaches("shipped")
    assert [world.partners.repeat_webhook(checkout)["status"] for _ in range(2)] == [200, 200]
    assert world.partners.repeat_webhook(checkout, forge=True)["status"] == 400
    assert world.partners.repeat_webhook(checkout, age_s=STALE_S)["status"] == 400
    rx.tells("shipping_label_generated")
    rx.tells_once("payment_successful")
    assert [each["status"] for each in rx.papers["payment"]] == ["paid"]
