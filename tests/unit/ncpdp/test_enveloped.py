"""Prior authorization and REMS: the people and the drug are typed, the rest is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from ncpdp.script import Enveloped, PARequest, ScriptMessage

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = b"""<PAReferenceID>PA-1</PAReferenceID><Request><QuestionSet>
<Question><QuestionID>1</QuestionID><Answer>Y</Answer></Question></QuestionSet></Request>"""


@pytest.fixture
def asked(sample: Callable[[str], bytes]) -> bytes:
    data = sample("newrx").replace(b"NewRx>", b"PARequest>")
    return data.replace(b"<PARequest>", b"<PARequest>" + QUESTIONS)


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


def test_it_is_a_class_of_its_own(asked: bytes) -> None:
    message = read(asked)
    assert message.type == "PARequest"
    body = message.body
    assert isinstance(body, PARequest)
    assert isinstance(body, Enveloped)
    assert body.pa_reference_id == "PA-1"
    assert body.patient
    assert body.medication
    assert body.medication.ndc == "00071015623"


def test_the_rest_is_kept_through_changes_and_json(asked: bytes) -> None:
    message = read(asked)
    assert ncpdp.write(message) == asked
    changed = replace(message, header=replace(message.header, message_id="NEW"))
    expected = asked.replace(b"EX-1<", b"NEW<")
    for written in (
        ncpdp.write(changed),
        ncpdp.write(ncpdp.from_json(ncpdp.to_json(changed))),
    ):
        assert canonicalize(written.decode(), strip_text=True) == canonicalize(
            expected.decode(), strip_text=True
        )


def test_its_people_and_drug_are_checked(asked: bytes) -> None:
    assert ncpdp.check(read(asked)) == []
    (finding,) = ncpdp.check(read(asked.replace(b"1234567802", b"1234567803")))
    assert (finding.code, finding.path) == (
        "npi.check_digit",
        "PARequest/Prescriber/NonVeterinarian/Identification/NPI",
    )
