"""A letter goes out once, again after passing trouble, and never for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ncpdp.script import Error, reply_error, reply_status, reply_verify
from pharmonico.adapters.memory.prescribers import MemoryPrescribers
from pharmonico.fulfillment.correspondence.outgoing import message_id_of, order_id_of
from pharmonico.fulfillment.correspondence.sending import NO_ENDPOINT, TRIES_MAX
from pharmonico.kit.errors import Invalid, Unavailable

from tests.prescribing import RX

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncpdp.script import ScriptMessage

    from tests.unit.correspondence.conftest import Correspondence

AT = "2026-09-15T12:00:00Z"


def says_status(code: str) -> Callable[[ScriptMessage], ScriptMessage]:
    return lambda asked: reply_status(asked, code, message_id="S-1", sent_time=AT)


def says_error(code: str) -> Callable[[ScriptMessage], ScriptMessage]:
    return lambda asked: reply_error(asked, code, None, "No.", message_id="S-1", sent_time=AT)


def verifies(asked: ScriptMessage) -> ScriptMessage:
    return reply_verify(asked, message_id="S-1", sent_time=AT)


def raises(error: Exception) -> Callable[[ScriptMessage], ScriptMessage]:
    def answer(_: ScriptMessage) -> ScriptMessage:
        raise error

    return answer


def test_the_prescriber_gets_it_once(correspondence: Correspondence) -> None:
    letter = correspondence.queued()
    correspondence.send(letter)
    correspondence.send(letter)
    (received,) = correspondence.prescribers.received
    assert isinstance(received.body, Error)
    assert received.header.relates_to_message_id == "EX-1"
    assert (received.header.to.id, received.header.to.qualifier) == ("1000000000001", "D")
    assert correspondence.letter(letter).status == "acknowledged"


def test_its_id_leads_to_the_prescription_and_has_the_length_that_is_allowed() -> None:
    order_id = "rx_01K5EXAMP1E000000000000003"
    message_id = message_id_of(order_id, "evt_01K5EXAMP1E000000000000001")
    assert order_id_of(message_id) == order_id
    assert len(message_id) == 35
    assert message_id != message_id_of(order_id, "evt_01K5EXAMP1E000000000000002")


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (says_status("010"), "acknowledged"),
        (verifies, "acknowledged"),
        (says_status("000"), "sent"),
        (says_status("001"), "sent"),
    ],
)
def test_the_reply_says_how_far_it_came(
    correspondence: Correspondence, answers: Callable[[ScriptMessage], ScriptMessage], status: str
) -> None:
    correspondence.prescribers.answers = answers
    letter = correspondence.queued()
    correspondence.send(letter)
    assert correspondence.letter(letter).status == status


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        (says_error("900"), "script.error_900"),
        (says_error("601"), "script.error_601"),
        (raises(Invalid("prescriber.turned_away", "HTTP 403")), "prescriber.turned_away"),
    ],
)
def test_a_refusal_is_told_and_not_repeated(
    correspondence: Correspondence,
    answers: Callable[[ScriptMessage], ScriptMessage],
    problem: str,
) -> None:
    correspondence.prescribers = MemoryPrescribers(answers)
    letter = correspondence.queued()
    correspondence.send(letter)
    correspondence.send(letter)
    assert len(correspondence.prescribers.received) == 1
    assert correspondence.letter(letter).problem == problem
    assert correspondence.told()[-1] == ("prescriber_message_failed", problem)


@pytest.mark.parametrize(
    "trouble",
    [
        says_error("600"),
        says_error("602"),
        raises(Unavailable("prescriber.no_answer", "HTTP 503")),
        lambda asked: says_status("010")(_about_another(asked)),
    ],
)
def test_passing_trouble_is_tried_again_with_the_same_message(
    correspondence: Correspondence, trouble: Callable[[ScriptMessage], ScriptMessage]
) -> None:
    correspondence.prescribers.answers = trouble
    letter = correspondence.queued()
    with pytest.raises(Unavailable):
        correspondence.send(letter)
    assert (correspondence.letter(letter).status, correspondence.letter(letter).tries) == (
        "queued",
        1,
    )
    correspondence.prescribers.answers = verifies
    correspondence.send(letter)
    first, second = correspondence.prescribers.received
    assert first == second
    assert correspondence.letter(letter).status == "acknowledged"


def _about_another(asked: ScriptMessage) -> ScriptMessage:
    from dataclasses import replace  # noqa: PLC0415 - for this one helper

    return replace(asked, header=replace(asked.header, message_id="another"))


def test_after_so_many_tries_somebody_has_to_call(correspondence: Correspondence) -> None:
    correspondence.prescribers.answers = raises(Unavailable("prescriber.no_answer", "no"))
    letter = correspondence.queued()
    for _ in range(TRIES_MAX):
        with pytest.raises(Unavailable):
            correspondence.send(letter)
    correspondence.send(letter)
    assert len(correspondence.prescribers.received) == TRIES_MAX
    assert correspondence.letter(letter).status == "failed"
    assert correspondence.told()[-1] == ("prescriber_message_failed", "prescriber.no_answer")


def test_without_an_address_nothing_is_tried(correspondence: Correspondence) -> None:
    correspondence.clinic = correspondence.clinic.model_copy(update={"endpoint_url": ""})
    letter = correspondence.queued()
    correspondence.send(letter)
    assert correspondence.prescribers.received == []
    assert correspondence.letter(letter).problem == NO_ENDPOINT
    assert correspondence.orders.get(RX).status == "received"


def test_a_letter_nobody_wrote_is_not_sent(correspondence: Correspondence) -> None:
    correspondence.queued()
    correspondence.send("01TEST-unknown")
    assert correspondence.prescribers.received == []
