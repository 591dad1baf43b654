"""One contract for what patients wish and which numbers have stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.dynamodb.contacts import DynamoContacts
from pharmonico.adapters.memory.contacts import MemoryContacts
from pharmonico.fulfillment.notification.contacts import Hours, Stop, Wishes, number_key
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON
from tests.contract.conftest import create_orders_table

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.contacts import Contacts


@pytest.fixture(params=["memory", "dynamodb"])
def contacts(request: pytest.FixtureRequest) -> Contacts:
    if request.param == "memory":
        return MemoryContacts()
    client = request.getfixturevalue("dynamodb")
    create_orders_table(client)
    return DynamoContacts(client, "orders")


def test_who_said_nothing_has_the_usual_wishes(contacts: Contacts) -> None:
    assert contacts.wishes("pat_1") == Wishes(patient_id="pat_1")
    assert contacts.stop("number") is None


def test_wishes_are_kept_and_two_writers_do_not_undo_each_other(contacts: Contacts) -> None:
    said = Wishes(patient_id="pat_1", channels="both", language="es", quiet=Hours(begin=20, end=9))
    kept = contacts.put_wishes(said)
    assert contacts.wishes("pat_1") == kept
    with pytest.raises(VersionConflict):
        contacts.put_wishes(said)
    assert contacts.put_wishes(kept.model_copy(update={"channels": "sms"})).version == 2


def test_the_last_word_of_a_number_counts(contacts: Contacts) -> None:
    for stopped in (True, False, True):
        contacts.put_stop(Stop(number="number", stopped=stopped, at=NOON))
        found = contacts.stop("number")
        assert found is not None
        assert found.stopped is stopped


def test_a_number_is_the_same_however_it_is_written_and_shows_nothing() -> None:
    keys = {
        number_key(phone, key="k" * 32)
        for phone in ("6145550120", "+16145550120", "(614) 555-0120", "1-614-555-0120")
    }
    (key,) = keys
    assert "5550120" not in key
    assert key not in {number_key("6145550120", key="x" * 32), number_key("6145550121", key="k")}
