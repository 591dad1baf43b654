"""What one prescription leaves for the next of the same patient."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.fulfillment.documents import Validation
from pharmonico.fulfillment.machine.work import HELD, Outcome
from pharmonico.fulfillment.patients.history import person_of
from pharmonico.fulfillment.patients.matching import bucket_of
from pharmonico.fulfillment.patients.papers import LINKED_MAX, PatientRecord, Person, pair_key
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.stage import VALID, validate

from tests.builders import stored, work
from tests.prescribing import a_script, a_shelf

KEY = "k" * 32


def sent(
    orders: MemoryOrders,
    order_id: str,
    patient: str = "pat_1",
    renewal_of: str | None = None,
    **changes: Any,
) -> Outcome:
    """A prescription of the sample for this patient is stored and validated."""
    stored(orders, id=order_id, patient_id=patient, renewal_of=renewal_of)
    script = a_script(**changes)
    bucket = bucket_of(person_of_script(script.message), key=KEY)
    orders.put_document(order_id, script.model_copy(update={"bucket": bucket}))
    return validate(work(order_id), shelf=a_shelf(orders))


def person_of_script(form: dict[str, Any]) -> Person:
    import ncpdp  # noqa: PLC0415 - for this alone

    message: Any = ncpdp.from_json(form, complete=False)
    return person_of(message.body)


def found(orders: MemoryOrders, order_id: str) -> list[str]:
    validation = orders.document(order_id, Validation)
    assert validation is not None
    return [finding.code for finding in validation.findings]


def test_the_second_copy_of_an_order_is_held() -> None:
    orders = MemoryOrders()
    assert sent(orders, "rx_1") == VALID
    assert sent(orders, "rx_2") == HELD
    assert found(orders, "rx_2") == ["duplicate.same_order"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("medication__written_date", "9999-12-31"),
        ("medication__written_date", "0001-01-01"),
        ("medication__days_supply", "36500000"),
        ("medication__number_of_refills", "99999999999"),
        ("medication__number_of_refills", "-3"),
    ],
)
def test_nonsense_in_a_message_is_validated_like_anything_else(place: str, said: str) -> None:
    orders = MemoryOrders()
    assert sent(orders, "rx_1", **{place: said}) in (HELD, VALID)


def test_a_renewal_is_no_duplicate_of_what_it_continues() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1")
    assert sent(orders, "rx_2", renewal_of="rx_1") == VALID
    assert found(orders, "rx_2") == []
    assert sent(orders, "rx_3", renewal_of="rx_2") == HELD  # the first is a stranger to it


def test_another_patient_is_another_history() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1")
    assert sent(orders, "rx_2", "pat_2") == VALID


def test_a_cancelled_order_may_be_sent_again() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1")
    order = orders.get("rx_1")
    orders.save(order.model_copy(update={"status": Status.CANCELLED}))
    assert sent(orders, "rx_2") == VALID


def test_an_allergy_told_once_is_known_the_next_time() -> None:
    orders = MemoryOrders()
    told = {"allergies": {"items": [{"drug": {"text": "atorvastatin"}}]}}
    assert sent(orders, "rx_1", medication__drug_description="Metformin 500 MG", **told) == HELD
    assert "allergy.substance" in found(orders, "rx_1")
    sent(orders, "rx_2", medication__written_date="2026-09-15")
    assert "allergy.substance" in found(orders, "rx_2")


def test_records_a_person_called_the_same_are_read_together() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1", "pat_1")
    person = Person(last_name="Doe", first_name="Jordan", born="1979-05-17")
    linked = PatientRecord(patient_id="pat_2", person=person, same_as=("pat_1",) * LINKED_MAX)
    orders.put_document(linked.owner, linked)
    assert sent(orders, "rx_2", "pat_2") == HELD


def test_a_nameless_patient_has_no_history() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1", patient__name=None)
    sent(orders, "rx_2", patient__name=None)
    assert "duplicate.same_order" not in found(orders, "rx_2")
    assert MemoryPatients(orders).record("pat_1") is None


def test_two_at_once_of_one_patient_do_not_miss_each_other() -> None:
    class Racing(MemoryPatients):
        """The other prescription is validated between our reading and our writing."""

        raced = False

        def record(self, patient_id: str) -> PatientRecord | None:
            seen = super().record(patient_id)
            if not self.raced:
                self.raced = True
                sent(orders, "rx_1")
            return seen

    orders = MemoryOrders()
    stored(orders, id="rx_2", patient_id="pat_1")
    orders.put_document("rx_2", a_script())
    shelf = a_shelf(orders, patients=Racing(orders))
    assert validate(work("rx_2"), shelf=shelf) == HELD
    assert found(orders, "rx_2") == ["duplicate.same_order"]


def test_somebody_who_may_be_known_under_another_name_is_asked_about() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1", "pat_1")
    sent(orders, "rx_2", "pat_2", patient__name__last_name="Do\u00e9-Smith")
    (pair,) = MemoryPatients(orders).open_pairs(limit=10).items
    assert (pair.key, pair.prescription_id) == (pair_key("pat_1", "pat_2"), "rx_2")
    assert pair.breakdown["born"] == (30.0, 30.0)


def test_a_known_patient_is_asked_about_once() -> None:
    orders = MemoryOrders()
    sent(orders, "rx_1", "pat_1")
    for number in (2, 3):
        sent(orders, f"rx_{number}", "pat_2", patient__name__last_name="Deo")
    assert len(MemoryPatients(orders).open_pairs(limit=10).items) == 1
