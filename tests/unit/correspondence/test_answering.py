"""What prescribers say to our messages is found by our MessageID, noted, and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import (
    Error,
    ScriptMessage,
    Status,
    change_request,
    change_response,
    reply_error,
    reply_verify,
)
from pharmonico.fulfillment.correspondence.failed import LETTER_FAILED
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.writing import original_of
from pharmonico.fulfillment.documents import Script

from tests.builders import published
from tests.unit.intake.conftest import NEW_RX, Clinic
from tests.unit.intake.test_cancel_rx import body_of

if TYPE_CHECKING:
    from ncpdp.script.changes import ChangeOutcome

AT = "2026-09-15T13:00:00Z"


@pytest.fixture
def asked() -> tuple[Clinic, ScriptMessage]:
    """A clinic whose prescription we have asked about, by a message that was sent."""
    clinic = Clinic()
    clinic.script(NEW_RX)
    return clinic, ask(clinic)


def ask(clinic: Clinic, code: str = "S", cause: str = "one") -> ScriptMessage:
    order = clinic.stored[0]
    message = change_request(
        original_of(order.id, orders=clinic.orders),
        code,
        message_id=message_id_of(order.id, cause),
        sent_time=sent_time(clinic.clock.now()),
        reason="Which strength is meant?",
    )
    letter, event = compose(order, message, about=code, clock=clinic.clock)
    sent = letter.model_copy(update={"status": "sent"})
    clinic.orders.save(order, events=[event], documents=[sent])
    return message


def letter_of(clinic: Clinic, message: ScriptMessage) -> OutgoingLetter:
    found = clinic.orders.document(clinic.stored[0].id, OutgoingLetter, message.header.message_id)
    assert found is not None
    return found


def an_answer(message: ScriptMessage, outcome: ChangeOutcome = "approved", **said: Any) -> bytes:
    facts: dict[str, Any] = {"message_id": "A-1", "sent_time": AT, **said}
    return ncpdp.write(change_response(message, outcome, **facts))


def test_an_answer_is_accepted_kept_and_told(asked: tuple[Clinic, ScriptMessage]) -> None:
    clinic, message = asked
    status = body_of(clinic.script(an_answer(message)))
    assert isinstance(status, Status)
    assert status.code == "010"
    letter = letter_of(clinic, message)
    assert (letter.status, letter.outcome) == ("answered", "approved")
    kept = clinic.orders.document(clinic.stored[0].id, Script, letter.answer_key or "")
    assert kept is not None
    assert kept.message["type"] == "RxChangeResponse"
    assert published(clinic.orders)[-1] == "prescriber_answered"
    assert clinic.orders.events[-1].data.reason == "approved"
    assert clinic.orders.events[-1].meta.actor.id == "clinic"


def test_twice_it_is_answered_alike_and_told_once(asked: tuple[Clinic, ScriptMessage]) -> None:
    clinic, message = asked
    first = clinic.script(an_answer(message))
    assert clinic.script(an_answer(message)).body == first.body
    assert published(clinic.orders).count("prescriber_answered") == 1


def test_a_second_answer_that_says_something_else_is_refused(
    asked: tuple[Clinic, ScriptMessage],
) -> None:
    clinic, message = asked
    clinic.script(an_answer(message))
    error = body_of(clinic.script(an_answer(message, "denied", message_id="A-2")))
    assert isinstance(error, Error)
    assert error.description_codes == ("letter.answered",)
    assert letter_of(clinic, message).outcome == "approved"


def test_an_answer_before_its_requests_acknowledgement_counts(
    asked: tuple[Clinic, ScriptMessage],
) -> None:
    clinic, message = asked
    letter = letter_of(clinic, message)
    queued = letter.model_copy(update={"status": "queued"})
    clinic.orders.put_document(clinic.stored[0].id, queued)
    clinic.script(an_answer(message))
    clinic.script(ncpdp.write(reply_verify(message, message_id="V-1", sent_time=AT)))
    assert letter_of(clinic, message).status == "answered"


def test_verify_acknowledges(asked: tuple[Clinic, ScriptMessage]) -> None:
    clinic, message = asked
    answer = clinic.script(ncpdp.write(reply_verify(message, message_id="V-1", sent_time=AT)))
    assert isinstance(body_of(answer), Status)
    assert letter_of(clinic, message).status == "acknowledged"


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        ("900", "failed", "prescriber_message_failed"),
        ("601", "failed", "prescriber_message_failed"),
        ("600", "queued", "prescriber_message_required"),
        ("602", "queued", "prescriber_message_required"),
    ],
)
def test_an_error_that_comes_later_fails_it_or_has_it_sent_again(
    asked: tuple[Clinic, ScriptMessage], code: str, status: str, told: str
) -> None:
    clinic, message = asked
    said = reply_error(message, code, None, "No.", message_id="E-1", sent_time=AT)
    assert isinstance(body_of(clinic.script(ncpdp.write(said))), Status)
    assert letter_of(clinic, message).status == status
    assert published(clinic.orders)[-1] == told
    assert clinic.stored[0].alerts == ((LETTER_FAILED,) if status == "failed" else ())


def test_an_answer_to_a_letter_that_had_failed_takes_its_mark_away(
    asked: tuple[Clinic, ScriptMessage],
) -> None:
    clinic, message = asked
    said = reply_error(message, "900", None, "No.", message_id="E-1", sent_time=AT)
    clinic.script(ncpdp.write(said))
    clinic.script(an_answer(message))
    assert letter_of(clinic, message).status == "answered"
    assert clinic.stored[0].alerts == ()


def test_what_relates_to_no_message_of_ours_is_refused(
    asked: tuple[Clinic, ScriptMessage],
) -> None:
    clinic, message = asked
    stranger = an_answer(message).replace(message.header.message_id.encode(), b"EX-99")
    error = body_of(clinic.script(stranger))
    assert isinstance(error, Error)
    assert error.description_codes == ("letter.unknown",)
    assert clinic.intake(stranger).status == 404


def test_nobody_answers_for_a_prescriber_or_a_clinic_that_is_not_theirs(
    asked: tuple[Clinic, ScriptMessage],
) -> None:
    clinic, message = asked
    order = clinic.stored[0]
    for foreign in (
        {"summary": order.summary.model_copy(update={"prescriber_npi": "1999999984"})},
        {"origin": order.origin.model_copy(update={"sender": "2000000000002"})},
    ):
        other = order.model_copy(update={"version": clinic.stored[0].version, **foreign})
        clinic.orders.save(other)
        error = body_of(clinic.script(an_answer(message)))
        assert isinstance(error, Error)
        assert error.description_codes == ("letter.unknown",)
    assert letter_of(clinic, message).status == "sent"


def test_an_answer_to_another_kind_of_message_is_refused(
    asked: tuple[Clinic, ScriptMessage],
) -> None:
    clinic, message = asked
    letter = letter_of(clinic, message)
    fill = letter.model_copy(update={"message_type": "RxFill"})
    clinic.orders.put_document(clinic.stored[0].id, fill)
    error = body_of(clinic.script(an_answer(message)))
    assert isinstance(error, Error)
    assert error.description_codes == ("letter.wrong_answer",)
