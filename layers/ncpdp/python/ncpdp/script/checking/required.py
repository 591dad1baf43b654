"""The parts without which a message is not of its type (Error 900)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.script.model.bodies import (
    Body,
    CancelRx,
    CancelRxResponse,
    Error,
    NewRx,
    OtherBody,
    Status,
    Verify,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.script.checking.places import Place
    from ncpdp.script.model.header import Header

_SIG = "medication.sig.text"
_RELATED = frozenset({"Status", "Error", "Verify", "RxFill"})
_REQUIRED: dict[type, tuple[str, ...]] = {
    NewRx: (
        "patient",
        "prescriber",
        "medication",
        "medication.drug_description",
        "medication.quantity",
        "medication.written_date",
        "medication.substitutions",
        "medication.number_of_refills",
        _SIG,
    ),
    CancelRx: ("patient", "prescriber", "medication", "medication.drug_description"),
    Status: ("code",),
    Error: ("code", "description"),
    Verify: ("code",),
}


def header_parts(header: Header, place: Place, message_type: str) -> Iterator[Finding]:
    """To, From and SentTime always; RelatesToMessageID where something is answered."""
    for name, present in (
        ("to", header.to.id),
        ("from_", header.from_.id),
        ("sent_time", header.sent_time),
    ):
        if not present:
            here = place.step(name)
            yield here.missing("element.missing", f"Required, but missing: {here.path}.")
    answers = message_type in _RELATED or message_type.endswith("Response")
    if answers and not header.relates_to_message_id:
        yield place.step("relates_to_message_id").missing(
            "relates_to.missing", "An answer must name the message it answers."
        )


def body_parts(body: Body, place: Place) -> Iterator[Finding]:
    """Each absent part once: nothing is said about what is inside an absent one."""
    if isinstance(body, OtherBody):
        return
    absent: list[str] = []
    for dotted in _REQUIRED.get(type(body), ()):
        if any(dotted.startswith(f"{outer}.") for outer in absent):
            continue
        value: object = body
        here = place
        for attribute in dotted.split("."):
            here = here.step(attribute)
            value = getattr(value, attribute) if value is not None else None
        if value is None:
            absent.append(dotted)
            yield _missing(here, dotted)
    if isinstance(body, CancelRxResponse) and (body.approved is None) == (body.denied is None):
        yield place.missing("response.missing", "The answer is either Approved or Denied.")


def _missing(here: Place, dotted: str) -> Finding:
    if dotted == _SIG:
        return here.missing("sig.missing", f"Required, but missing: {here.path}.")
    return here.missing("element.missing", f"Required, but missing: {here.path}.")
