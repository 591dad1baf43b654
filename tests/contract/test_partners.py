"""What every store of the partners' states must do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.partners import DynamoPartners
from pharmonico.adapters.memory.partners import MemoryPartners
from pharmonico.fulfillment.partners import PartnerState

from tests.builders import NOON
from tests.contract.conftest import create_desk_table

if TYPE_CHECKING:
    from pharmonico.fulfillment.partners import PartnerStates

SECOND = timedelta(seconds=1)
CODE = "payer.no_answer"


@pytest.fixture(params=["memory", "dynamodb"])
def partners(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryPartners()
    client = request.getfixturevalue("dynamodb")
    create_desk_table(client)
    return DynamoPartners(client, "desk")


def test_of_whom_nothing_is_known_nothing_is_said(partners: PartnerStates) -> None:
    assert partners.state("payer") == PartnerState(name="payer")
    assert partners.states() == ()


def test_failures_in_a_row_are_counted_until_there_is_an_answer(partners: PartnerStates) -> None:
    partners.note_success("payer", at=NOON)
    for number in (1, 2):
        at = NOON + number * SECOND
        said = partners.note_failure("payer", CODE, at=at, try_at=at + SECOND)
        assert said.failures == number
    failed = PartnerState(
        name="payer",
        failures=2,
        succeeded_at=NOON,
        failed_at=NOON + 2 * SECOND,
        code=CODE,
        try_at=NOON + 3 * SECOND,
    )
    assert said == partners.state("payer") == failed
    partners.note_success("payer", at=NOON + 4 * SECOND)
    assert partners.state("payer").failures == 0
    assert partners.state("payer").failed_at == NOON + 2 * SECOND


def test_one_of_many_may_try(partners: PartnerStates) -> None:
    partners.note_failure("payer", CODE, at=NOON, try_at=NOON + SECOND)
    assert not partners.claim_try("payer", now=NOON, until=NOON + SECOND)
    due, next_due = NOON + SECOND, NOON + 2 * SECOND
    tries = [partners.claim_try("payer", now=due, until=next_due) for _ in range(3)]
    assert tries == [True, False, False]
    assert partners.claim_try("payer", now=next_due, until=next_due + SECOND)


def test_every_partner_is_told_of_by_name(partners: PartnerStates) -> None:
    for name in ("stripe", "payer", "prescriber#clinic"):
        partners.note_success(name, at=NOON)
    assert [each.name for each in partners.states()] == ["payer", "prescriber#clinic", "stripe"]
