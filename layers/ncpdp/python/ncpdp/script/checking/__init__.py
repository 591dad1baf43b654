"""What a SCRIPT message itself shows to be wrong, without tables and without a clock."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from ncpdp.codes import NEW_GENDERS
from ncpdp.dates import day, is_timestamp
from ncpdp.errors import InvalidValue
from ncpdp.findings import Finding
from ncpdp.script.checking import medication, parties
from ncpdp.script.checking.messages import RULES
from ncpdp.script.checking.places import Place
from ncpdp.script.checking.required import body_parts, header_parts
from ncpdp.script.checking.values import values
from ncpdp.script.fields import class_of, specs
from ncpdp.script.model.bodies import OtherBody
from ncpdp.script.model.header import Header
from ncpdp.script.model.version import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ncpdp.script.model.message import ScriptMessage

_DAY = timedelta(days=1)
_PARTS: dict[str, Callable[[Any, Place], Iterator[Finding]]] = {
    "patient": parties.patient,
    "prescriber": parties.prescriber,
    "supervisor": parties.colleague,
    "follow_up_prescriber": parties.colleague,
    "pharmacy": parties.pharmacy,
    "pharmacies": parties.pharmacy,
    "facility": parties.facility,
    "benefits": parties.benefits,
    "medication": medication.medication,
    "medications": medication.medication,
    "requested": medication.medication,
    "dispensed": medication.medication,
}


def check_script(message: ScriptMessage) -> list[Finding]:
    """Findings in the order: header, required parts, leaves, structure, people, drugs, rules.

    Each has the line and column of its place in the bytes the message was read from.
    """
    found: list[Finding] = []
    try:
        _header(message, found)
        if not isinstance(message.body, OtherBody):
            _body(message.body, message.header, found)
            found.extend(_of_version(message))
    except (AttributeError, TypeError) as error:
        raise InvalidValue(
            "A field holds something else than text or a part of the model.", code="value.type"
        ) from error
    if message.source is not None and (found or message.source.odd):
        from ncpdp.script.checking.looking import looked_up  # noqa: PLC0415 - only when needed

        return looked_up(message, found)
    return found


def _header(message: ScriptMessage, found: list[Finding]) -> None:
    header, place = message.header, Place(("Header", "/header"), Header)
    found.extend(header_parts(header, place, message.type))
    values(header, place, found)
    if header.sent_time and not is_timestamp(header.sent_time):
        words = "SentTime is a date with a time."
        found.append(place.step("sent_time").error("date.malformed", header.sent_time, words))
    for attribute in ("to", "from_"):
        if getattr(header, attribute).qualifier is None:
            here = place.step(attribute).step("qualifier")
            found.append(here.warning("qualifier.code", None, "The qualifier is missing."))
    if isinstance(message.body, OtherBody):
        words = "This message type is not known."
        found.append(Finding("type.unknown", "warning", message.type, message.type, words, "/type"))


def _body(body: Any, header: Header, found: list[Finding]) -> None:
    place = Place((body.TAG, ""), type(body))
    found.extend(body_parts(body, place))
    values(body, place, found)
    for name, many in _parts(class_of(body)):
        content = getattr(body, name)
        if many:
            for index, one in enumerate(content):
                found.extend(_PARTS[name](one, place.step(name, index).of(one)))
        elif content is not None:
            found.extend(_PARTS[name](content, place.step(name).of(content)))
    found.extend(_whole(body, header, place))
    rule = RULES.get(body.TAG)
    if rule is not None:
        found.extend(rule(body, header, place))


@cache
def _parts(model: Any) -> tuple[tuple[str, bool], ...]:
    """The attributes that have rules of their own, and whether they repeat."""
    return tuple((name, spec.kind == "parts") for name, spec in specs(model) if name in _PARTS)


def _of_version(message: ScriptMessage) -> Iterator[Finding]:
    """What only a later version has a code or a place for."""
    if message.version is not Version.V2017071:
        return
    place = Place((message.type, ""), class_of(message.body))
    patient: Any = getattr(message.body, "patient", None)
    if patient and patient.gender in NEW_GENDERS:
        words = "2017071 has the gender codes M, F and U only."
        here = place.step("patient").of(patient).step("gender")
        yield here.warning("code.unknown", patient.gender, words)
    drug: Any = getattr(message.body, "medication", None)
    if drug and len(drug.rx_fill_indicators) > 1:
        here = place.step("medication").step("rx_fill_indicators", 1)
        words = "2017071 has one RxFillIndicator only."
        yield here.warning("element.repeated", drug.rx_fill_indicators[1], words)


def _whole(body: Any, header: Header, place: Place) -> Iterator[Finding]:
    """What holds for every message: not too many payers, nobody born after they are written of."""
    benefits = getattr(body, "benefits", ())
    if len(benefits) > parties.BENEFITS_MAX:
        words = f"A message has at most {parties.BENEFITS_MAX} coverages."
        yield place.step("benefits").error("benefits.too_many", None, words)
    patient: Any = getattr(body, "patient", None)
    born, sent = patient and patient.born_on, day(header.sent_time)
    if born and sent and born - sent > _DAY:  # it may be tomorrow already where it was written
        here = place.step("patient").step("date_of_birth")
        words = "The patient was born after the message was sent."
        yield here.error("demographics.missing", patient.date_of_birth, words)
