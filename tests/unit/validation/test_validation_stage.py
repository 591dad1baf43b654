"""Validating: a clean message goes on, any other rests with people, and nothing happens twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.machine.work import Outcome
    from pharmonico.fulfillment.order import Order

import pytest
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Validation
from pharmonico.fulfillment.machine.waiting import WAITING
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED, Outcome
from pharmonico.fulfillment.order import Origin
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.release import release
from pharmonico.fulfillment.validation.stage import VALID, validate
from pharmonico.kit.errors import Conflict, Forbidden, Invalid, StaleRevision

from tests.builders import EXECUTION, opening, published, work
from tests.prescribing import RX, a_medication, a_script, a_shelf, orders_with, the_order

OPS = Actor(id="usr_ops", role="ops")
PHARMACIST = Actor(id="usr_rph", role="pharmacist")
CIV = "newrx_controlled_civ"


def validated(orders: MemoryOrders) -> Outcome:
    return validate(work(), shelf=a_shelf(orders))


def held(sample: str = "newrx", **changes: Any) -> MemoryOrders:
    orders = orders_with(a_script(sample, **changes), status=Status.RECEIVED)
    assert validated(orders) == HELD
    return orders


def released(orders: MemoryOrders, actor: Actor = PHARMACIST, **changes: Any) -> Order:
    facts = {"note": "Called the clinic.", "shelf": a_shelf(orders), **changes}
    return release(RX, actor=actor, **facts)


def test_a_clean_message_is_validated_with_its_product() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED)
    assert validated(orders) == VALID
    assert (the_order(orders).status, published(orders)) == (
        Status.VALIDATED,
        ["prescription_validated"],
    )
    assert orders.document(RX, Validation).ndc == "00071015623"


def test_the_token_of_the_wait_behind_it_is_left_in_the_same_write() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED, owner=EXECUTION)
    before = the_order(orders).version
    opens = opening(WaitName.ENROLLMENT)
    assert validate(opens, shelf=a_shelf(orders)) == WAITING
    order = the_order(orders)
    assert (order.status, order.version - before) == (Status.VALIDATED, 1)
    assert order.wait is not None
    assert (order.wait.name, order.wait.token) == (WaitName.ENROLLMENT, opens.token)


def test_a_later_runs_wait_is_left_to_its_opener() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED, run=2)
    assert validate(opening(WaitName.ENROLLMENT, run=2), shelf=a_shelf(orders)) == VALID
    assert the_order(orders).wait is None


def test_what_is_held_leaves_no_token() -> None:
    orders = orders_with(a_script(prescriber__npi="1234567890"), status=Status.RECEIVED)
    assert validate(opening(WaitName.ENROLLMENT), shelf=a_shelf(orders)) == HELD
    assert the_order(orders).wait is None


def test_of_two_executions_that_validate_at_once_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED)
    save, rival = orders.save, work(execution="another")

    def overtaken(order: Order, **written: Any) -> Order:
        monkeypatch.setattr(orders, "save", save)
        assert validate(rival, shelf=a_shelf(orders)) == VALID
        return save(order, **written)

    monkeypatch.setattr(orders, "save", overtaken)
    assert validated(orders) == SUPERSEDED
    assert the_order(orders).owner == "another"
    assert published(orders) == ["prescription_validated"]


def test_a_bad_npi_is_held_with_its_finding_and_nobody_owns_it() -> None:
    orders = held(prescriber__npi="1234567890")
    order = the_order(orders)
    assert (order.status, order.hold_reason, order.owner) == (
        Status.VALIDATION_ISSUE,
        "npi.check_digit",
        None,
    )
    assert published(orders) == ["validation_failed"]
    assert [finding.code for finding in orders.document(RX, Validation).findings] == [
        "npi.check_digit"
    ]


def test_validating_twice_is_validating_once() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED)
    assert [validated(orders), validated(orders)] == [VALID, VALID]
    assert published(orders) == ["prescription_validated"]


def test_another_execution_does_not_validate() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED, owner=EXECUTION + "-other")
    assert validated(orders) == SUPERSEDED
    assert published(orders) == []


def test_a_controlled_substance_from_the_json_door_is_held_for_want_of_a_signature() -> None:
    origin = Origin(client_id="clinic", sender="1", message_id="EX-2", format="json")
    orders = orders_with(a_script(CIV), status=Status.RECEIVED, origin=origin)
    assert validated(orders) == HELD
    assert the_order(orders).hold_reason == "epcs.signature_missing"


def test_ops_release_an_identifier_and_the_machine_takes_it_up_again() -> None:
    orders = held(prescriber__npi="1234567890")
    order = released(orders, OPS)
    assert (order.status, order.run, order.hold_reason) == (Status.VALIDATED, 2, None)
    assert published(orders)[1:] == ["prescription_validated", "prescription_resumed"]
    assert orders.events[-1].data.resume_at == "AwaitEnrollment"
    (override,) = orders.document(RX, Validation).overrides
    assert (override.codes, override.by, override.note) == (
        ("npi.check_digit",),
        "usr_ops",
        "Called the clinic.",
    )


def test_ops_do_not_release_what_a_pharmacist_has_to_judge() -> None:
    orders = held(medication__written_date="2025-01-01")
    with pytest.raises(Forbidden):
        released(orders, OPS)
    assert released(orders).status is Status.VALIDATED


def test_nobody_releases_a_drug_fact_of_a_controlled_substance() -> None:
    orders = held(CIV, medication__number_of_refills="6")
    with pytest.raises(Conflict, match=r"refills\.not_allowed"):
        released(orders)
    assert the_order(orders).status is Status.VALIDATION_ISSUE


def test_nobody_releases_what_cannot_be_billed() -> None:
    with pytest.raises(Conflict, match=r"days_supply\.missing"):
        released(held(medication__days_supply=None))


def test_an_open_product_has_to_be_named_before_it_goes_on() -> None:
    orders = held(medication__drug=None)
    with pytest.raises(Invalid) as refused:
        released(orders)
    assert refused.value.errors[0].code == "product.required"
    released(orders, product=a_medication())
    assert orders.document(RX, Validation).ndc == "00071015623"


def test_a_product_the_message_names_is_not_replaced_by_a_release() -> None:
    orders = held(prescriber__npi="1234567890")
    with pytest.raises(Conflict):
        released(orders, product=a_medication())


def test_a_controlled_product_is_never_put_in_by_a_release() -> None:
    orders = held(medication__drug=None)
    with pytest.raises(Conflict):
        released(orders, product=a_medication(dea_schedule="CII"))


@pytest.mark.parametrize("note", ["", "   ", "x" * 1001])
def test_a_release_needs_a_note(note: str) -> None:
    orders = held(prescriber__npi="1234567890")
    with pytest.raises(Invalid):
        released(orders, note=note)


def test_what_is_not_held_cannot_be_released() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED)
    with pytest.raises(Conflict):
        released(orders)


def test_of_two_who_release_the_second_is_refused() -> None:
    orders = held(prescriber__npi="1234567890")
    seen = the_order(orders).revision
    released(orders, expected_revision=seen)
    with pytest.raises(StaleRevision):
        released(orders, expected_revision=seen)
