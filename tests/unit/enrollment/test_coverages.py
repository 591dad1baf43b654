"""E1 after the submission: information, never a reason to wait."""

import pytest
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.fulfillment.documents import SecondCoverage
from pharmonico.fulfillment.enrollment.coverages import check_coverages
from pharmonico.fulfillment.enrollment.enroll import find_enrollment, save_page, submit
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

from tests.billing import says
from tests.enrolling import INSURANCE, RX, World

COVERED = Answer(status="A", message="Example plan")


class Silent:
    """A payer that does not answer."""

    def send(self, request: bytes) -> bytes:
        raise Unavailable("payer.no_answer", "no")


def submitted(*, second: bool = False) -> World:
    world = World().validated()
    world.enter()
    world.save_all()
    if second:
        page = SecondCoverage(coverage=INSURANCE.model_copy(update={"member_id": "COPAY1"}))
        save_page(RX, page, orders=world.orders, clock=world.clock)
    submit(RX, orders=world.orders, clock=world.clock)
    return world


def check(world: World, payer: MemoryPayer | Silent) -> dict[str, str]:
    order, enrollment = find_enrollment(RX, orders=world.orders)
    check_coverages(order, enrollment, orders=world.orders, payer=payer, clock=world.clock)
    return {each.key: each.status for each in world.orders.documents(RX, Eligibility)}


def test_every_coverage_is_asked_about_once() -> None:
    world, payer = submitted(second=True), MemoryPayer(says(COVERED), says(COVERED))
    assert check(world, payer) == {"primary": "active", "secondary": "active"}
    check(world, payer)
    assert len(payer.sent) == 2


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(status="R", rejects=("65",)), "inactive"),
        (Answer(status="R", rejects=("92",)), "unknown"),
    ],
)
def test_what_the_payer_says_is_kept_and_stops_nothing(answer: Answer, status: str) -> None:
    world = submitted()
    assert check(world, MemoryPayer(says(answer))) == {"primary": status}
    assert world.orders.get(RX).status is Status.AWAITING_ROUTING


def test_a_payer_that_is_down_leaves_it_unknown() -> None:
    world = submitted()
    assert check(world, Silent()) == {"primary": "unknown"}
    assert world.orders.get(RX).status is Status.AWAITING_ROUTING


def test_nobody_is_asked_before_the_submission() -> None:
    world, payer = World().validated(), MemoryPayer(says(COVERED))
    world.enter()
    world.save_all()
    assert check(world, payer) == {}
    assert payer.sent == []
