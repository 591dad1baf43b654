"""What a SCRIPT message itself shows to be wrong, without tables and without a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.codes import ERROR_CODES, QUALIFIERS, STATUS_CODES, VERIFY_CODE
from ncpdp.dates import is_timestamp
from ncpdp.script.checking import medication, parties
from ncpdp.script.checking.places import Place
from ncpdp.script.checking.required import body_parts, header_parts
from ncpdp.script.checking.values import values
from ncpdp.script.model.bodies import CancelRx, Error, NewRx, OtherBody, Status, Verify
from ncpdp.script.model.header import Header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.script.model.message import ScriptMessage

BENEFITS_MAX = 4


def check_script(message: ScriptMessage) -> list[Finding]:
    """Findings in the order: header, required parts, leaves, identifiers, drug."""
    return list(_findings(message))


def _findings(message: ScriptMessage) -> Iterator[Finding]:
    header, body = message.header, message.body
    head = Place("Header", "/header", Header)
    yield from header_parts(header, head, message.type)
    yield from values(header, head)
    yield from _header_codes(header, head)
    if isinstance(body, OtherBody):
        return
    place = Place(body.TAG, "", type(body))
    yield from body_parts(body, place)
    yield from values(body, place)
    if isinstance(body, Status | Error | Verify):
        yield from _answer_code(body, place)
    if isinstance(body, NewRx | CancelRx):
        yield from _parts(body, place)
    if isinstance(body, NewRx):
        yield from _new(body, header, place)


def _header_codes(header: Header, head: Place) -> Iterator[Finding]:
    if header.sent_time and not is_timestamp(header.sent_time):
        words = "SentTime is a date with a time."
        yield head.step("sent_time").error("date.malformed", header.sent_time, words)
    for attribute in ("to", "from_"):
        qualifier = getattr(header, attribute).qualifier
        if qualifier not in QUALIFIERS:
            here = head.step(attribute).step("qualifier")
            yield here.warning("qualifier.code", qualifier, "This qualifier is not in the list.")


def _answer_code(body: Status | Error | Verify, place: Place) -> Iterator[Finding]:
    known = {Status: STATUS_CODES, Error: ERROR_CODES, Verify: (VERIFY_CODE,)}[type(body)]
    if body.code and body.code not in known:
        words = f"A {body.TAG} has one of the codes {', '.join(known)}."
        yield place.step("code").error("answer.code", body.code, words)


def _parts(body: NewRx | CancelRx, place: Place) -> Iterator[Finding]:
    if body.patient:
        yield from parties.patient(body.patient, place.step("patient"))
    if body.prescriber:
        yield from parties.prescriber(body.prescriber, place.step("prescriber"))
    if body.pharmacy:
        yield from parties.pharmacy(body.pharmacy, place.step("pharmacy"))


def _new(body: NewRx, header: Header, place: Place) -> Iterator[Finding]:
    if body.medication:
        yield from medication.medication(body.medication, place.step("medication"))
    yield from medication.controlled(body, header, place)
    for index, coverage in enumerate(body.benefits):
        yield from parties.benefits(coverage, place.step("benefits", index))
    if len(body.benefits) > BENEFITS_MAX:
        words = f"A message has at most {BENEFITS_MAX} coverages."
        yield place.step("benefits").error("benefits.too_many", None, words)
