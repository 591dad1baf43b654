"""RxFill says what became of the prescription: whole, in part, not at all, and only if wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from ncpdp.script import RxFill
from pharmonico.events.fulfillment import DispenseRefused, PrescriptionDispensed
from pharmonico.fulfillment.correspondence.filling import is_wanted, tell_fill
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.writing import original_of
from pharmonico.fulfillment.dispensing.papers import Dispensing, Refusal
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

from tests.builders import NOON, stored
from tests.prescribing import RX, a_directory, a_pharmacy, a_script
from tests.unit.correspondence.test_sending import raises

if TYPE_CHECKING:
    from tests.unit.correspondence.conftest import Correspondence

PHARMACY = a_pharmacy()


def dispensed(correspondence: Correspondence, script: Any = None, **facts: Any) -> Any:
    """The event of a prescription that was handed out so."""
    order = stored(correspondence.orders, status=Status.DISPENSED, pharmacy_id=PHARMACY.pharmacy_id)
    paper = {
        "dispensed_ndc": "00071015623",
        "quantity": "30",
        "lot": "A1",
        "expires_on": date(2027, 1, 1),
        "verified_by": "usr_pharmacist",
        "automatic": False,
        "dispensed_at": NOON,
    }
    correspondence.orders.put_document(RX, script or a_script())
    correspondence.orders.put_document(RX, Dispensing(**paper | facts))
    return record(PrescriptionDispensed, order, before=None, clock=correspondence.clock)


def told(correspondence: Correspondence, event: Any) -> RxFill:
    tell_fill(event, post=correspondence.post, directory=a_directory(PHARMACY))
    (received,) = correspondence.prescribers.received
    assert isinstance(received.body, RxFill)
    assert received.header.relates_to_message_id == "EX-1"
    return received.body


def test_what_was_dispensed_is_told_with_the_pharmacy_that_did(
    correspondence: Correspondence,
) -> None:
    body = told(correspondence, dispensed(correspondence))
    assert body.status == "dispensed"
    assert body.pharmacy is not None
    assert (body.pharmacy.ncpdp_id, body.pharmacy.npi) == (PHARMACY.ncpdp_id, PHARMACY.npi)
    assert body.dispensed is not None
    assert (body.dispensed.lot_number, body.dispensed.last_fill_date) == ("A1", "2026-09-15")


def test_a_part_is_told_as_a_part(correspondence: Correspondence) -> None:
    body = told(correspondence, dispensed(correspondence, quantity="10", remaining="20"))
    assert body.status == "partially_dispensed"
    assert body.dispensed is not None
    assert body.dispensed.quantity is not None
    assert body.dispensed.quantity.value == "10"


def test_another_product_is_told_by_its_own_code(correspondence: Correspondence) -> None:
    body = told(correspondence, dispensed(correspondence, dispensed_ndc="00071015640"))
    assert body.dispensed is not None
    assert body.dispensed.drug is not None
    assert body.dispensed.ndc == "00071015640"
    assert body.dispensed.drug.drug_db_code is None


def test_a_refusal_is_told_without_the_pharmacists_words(correspondence: Correspondence) -> None:
    order = stored(correspondence.orders, status=Status.AWAITING_ROUTING)
    correspondence.orders.put_document(RX, a_script())
    refusal = Refusal(
        pharmacy_id=PHARMACY.pharmacy_id, reason="out_of_stock", note="secret", by="u", at=NOON
    )
    correspondence.orders.put_document(RX, refusal)
    event = record(
        DispenseRefused, order, before=None, clock=correspondence.clock, reason="out_of_stock"
    )
    body = told(correspondence, event)
    assert body.status == "not_dispensed"
    assert body.status_not_dispensed is not None
    assert body.status_not_dispensed.note == "The pharmacy does not have it in stock."


def test_the_same_event_twice_is_one_message(correspondence: Correspondence) -> None:
    event = dispensed(correspondence)
    tell_fill(event, post=correspondence.post, directory=a_directory(PHARMACY))
    told(correspondence, event)
    assert len(correspondence.orders.documents(RX, OutgoingLetter)) == 1


def test_after_an_outage_the_same_message_goes_out(correspondence: Correspondence) -> None:
    event = dispensed(correspondence)
    accepts = correspondence.prescribers.answers
    correspondence.prescribers.answers = raises(Unavailable("prescriber.no_answer", "no"))
    with pytest.raises(Unavailable):
        tell_fill(event, post=correspondence.post, directory=a_directory(PHARMACY))
    correspondence.prescribers.answers = accepts
    tell_fill(event, post=correspondence.post, directory=a_directory(PHARMACY))
    first, second = correspondence.prescribers.received
    assert first == second
    (letter,) = correspondence.orders.documents(RX, OutgoingLetter)
    assert (letter.status, letter.tries) == ("acknowledged", 1)


@pytest.mark.parametrize(
    ("indicators", "wanted"),
    [
        ((), {"dispensed", "partially_dispensed", "not_dispensed"}),
        (("All Fill Statuses",), {"dispensed", "partially_dispensed", "not_dispensed"}),
        (("Dispensed And Partially Dispensed",), {"dispensed", "partially_dispensed"}),
        (("Partially Dispensed", "Not Dispensed"), {"partially_dispensed", "not_dispensed"}),
        (("Not Dispensed",), {"not_dispensed"}),
        (("Cancel All Fill Statuses",), set()),
    ],
)
def test_only_what_the_prescriber_wants_to_hear_is_told(
    correspondence: Correspondence, indicators: tuple[str, ...], wanted: set[str]
) -> None:
    dispensed(correspondence)
    original = original_of(RX, orders=correspondence.orders)
    body: Any = original.body
    asked = replace(
        original,
        body=replace(body, medication=replace(body.medication, rx_fill_indicators=indicators)),
    )
    statuses = ("dispensed", "partially_dispensed", "not_dispensed")
    assert {status for status in statuses if is_wanted(status, asked)} == wanted


def test_what_cannot_be_written_has_failed_and_is_told(correspondence: Correspondence) -> None:
    event = dispensed(correspondence, a_script(pharmacy=None))
    tell_fill(event, post=correspondence.post, directory=a_directory())
    (letter,) = correspondence.orders.documents(RX, OutgoingLetter)
    assert (letter.status, letter.problem) == ("failed", "element.missing")
    assert correspondence.prescribers.received == []
    assert correspondence.told() == [("prescriber_message_failed", "element.missing")]
