"""What every message of ours has in common: ends, ids, times, version; and that it is complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ncpdp.errors import Detail, InvalidValue, MissingElement
from ncpdp.script.model.header import MESSAGE_ID_MAX, DigitalSignature, Header, SenderSoftware
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.message import ScriptMessage
from ncpdp.script.model.version import NAMES, Version, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ncpdp.script.model.bodies import Body

OUR_SOFTWARE = SenderSoftware(developer="Pharmonico", product="ncpdp", version_release="0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the caller says about a message of its own; `sent_time` is ISO 8601 in UTC."""

    message_id: str
    sent_time: str
    software: SenderSoftware = OUR_SOFTWARE
    rx_reference_number: str | None = None
    prescriber_order_number: str | None = None
    signature: DigitalSignature | None = None


def answer(to: ScriptMessage | Header, body: Body, envelope: Envelope) -> ScriptMessage:
    """A message back to the sender of another one, related to it, in its version."""
    asked = to.header if isinstance(to, ScriptMessage) else to
    header = Header(
        to=asked.from_,
        from_=asked.to,
        message_id=checked_id(envelope.message_id),
        relates_to_message_id=asked.message_id,
        sent_time=envelope.sent_time,
        sender_software=envelope.software,
        rx_reference_number=envelope.rx_reference_number,
        prescriber_order_number=envelope.prescriber_order_number or asked.prescriber_order_number,
        digital_signature=envelope.signature,
    )
    if not isinstance(to, ScriptMessage):
        return ScriptMessage(header=header, body=body)
    version, attributes = _version(to)
    namespace = to.namespace if to.version is version else ""
    return ScriptMessage(
        header=header, body=body, version=version, attributes=attributes, namespace=namespace
    )


def checked_id(message_id: str) -> str:
    if not isinstance(message_id, str) or not 0 < len(message_id) <= MESSAGE_ID_MAX:
        raise InvalidValue("A MessageID has 1 to 35 characters.", code="message_id.length")
    return message_id


def people_of(message: ScriptMessage) -> Any:
    """The body of a message that names patient, pharmacy and prescriber, or could."""
    body = message.body
    if all(hasattr(body, name) for name in ("patient", "pharmacy", "prescriber")):
        return body
    words = f"A {message.type} is not about one patient, pharmacy and prescriber."
    raise InvalidValue(words, code="builder.not_a_request", path=message.type)


def one_of(outcome: str, outcomes: Iterable[str]) -> str:
    """The outcome, if it is one that the answer knows."""
    if outcome not in outcomes:
        words = f"The outcome is one of {', '.join(outcomes)}."
        raise InvalidValue(words, code="outcome.unknown")
    return outcome


def complete(message: ScriptMessage) -> ScriptMessage:
    """The message, which a receiver would not refuse; raises MissingElement for one it would."""
    from ncpdp.script.checking import check_script  # noqa: PLC0415 - checking knows the builders' parts

    missing = [finding for finding in check_script(message) if finding.required]
    if missing:
        first = missing[0]
        raise MissingElement(
            first.message,
            code=first.code,
            path=first.path,
            envelope=message,
            details=tuple(Detail(one.path, one.code, one.message) for one in missing),
        )
    return message


def drug_of(message: ScriptMessage) -> Medication:
    """The prescription a message is about; raises MissingElement when it names none."""
    for name in ("medication", "dispensed"):
        drug = getattr(message.body, name, None)
        if isinstance(drug, Medication):
            return drug
    raise MissingElement(
        "The message names no single drug.", code="element.missing", path=message.type
    )


def as_dispensed(drug: Medication) -> Medication:
    """A prescription as the pharmacy names what it handed out."""
    return replace(
        drug,
        diagnoses=(),
        drug_use=(),
        rx_fill_indicators=(),
        prior_authorization=None,
        note=None,
        further_quantities=(),
    )


def day_of(sent_time: str) -> str:
    return sent_time.partition("T")[0] if isinstance(sent_time, str) else ""


def _version(to: ScriptMessage) -> tuple[Version, tuple[tuple[str, str], ...]]:
    """The request's own version attributes, where that version is written at all."""
    if to.version is Version.V10_6:
        return Version.V2017071, ()
    said = dict(to.attributes)
    if version_of(said) is None or said.get("TransactionDomain", "SCRIPT") != "SCRIPT":
        return to.version, ()
    return to.version, tuple((name, said[name]) for name in NAMES if name in said)
