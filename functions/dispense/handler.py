"""Task `AwaitDispense`: dispense at once (auto) or wait for the pharmacist (manual)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.fulfillment.dispensing import stage as dispensing
from pharmonico.kit.settings import settings
from pharmonico.lambdas.stage import opener

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome


@opener(aws.machine)
def lambda_handler(work: OpenWait) -> Outcome:
    return dispensing.open_dispensing(
        work,
        automatic=settings().DISPENSE == "auto",
        orders=aws.orders(),
        machine=aws.machine(),
        clock=aws.CLOCK,
    )
