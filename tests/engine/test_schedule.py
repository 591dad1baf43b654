"""What runs by the clock runs by the engine's own clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cloud.world import World


def test_a_parcel_whose_webhooks_are_lost_is_found_by_the_scheduled_poller(world: World) -> None:
    rx = world.a_prescription(at="shipped").waits_for("delivery")
    with world.partners.unheard(), world.backstage.every_minute("track_poller"):
        rx.scanned("DELIVERED").reaches("completed")
