"""A mix of generated messages sent at once: each ends or rests with people, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.status import IN_MACHINE, Status
from pharmonico.kit.clock import SystemClock

from local.cli.load import cast_of
from local.load.driver import drive
from local.load.table import lines
from local.synthetic.scripts import scripts

if TYPE_CHECKING:
    from tests.cloud.world import World

COUNT, IN_FLIGHT, SEED = 12, 4, 7


def test_a_mix_of_messages_comes_to_its_ends(world: World) -> None:
    today = SystemClock().now().date()
    cast = cast_of(world.cloud, world.watch.client(), seed=SEED, day=today)
    messages = list(scripts(COUNT, seed=SEED, day=today))
    report = drive(messages, cast, in_flight=IN_FLIGHT, tell=lambda _: None)
    table = "\n".join(lines(report, peak=0))
    assert not report.lost, table
    assert not report.stuck, table
    assert Status.COMPLETED in {one.status for one in report.prescriptions}, table
    assert {one.status for one in report.prescriptions}.isdisjoint(IN_MACHINE), table

    again = drive(messages, cast, in_flight=IN_FLIGHT, tell=lambda _: None)
    ids = {one.prescription for one in report.prescriptions}
    assert {one.prescription for one in again.prescriptions} == ids
