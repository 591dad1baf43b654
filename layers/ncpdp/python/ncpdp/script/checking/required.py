"""The parts without which a message is not of its type (Error 900)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.script.checking.places import Place
    from ncpdp.script.model.header import Header

_RELATED = frozenset({"Status", "Error", "Verify", "RxFill", "NewRxResponseDenied"})
_PRESCRIPTION = (
    "medication",
    "medication.drug_description",
    "medication.quantity",
    "medication.written_date",
    "medication.sig.text",
)
_REQUIRED: dict[str, tuple[str, ...]] = {
    "NewRx": (
        "patient",
        "prescriber",
        "medication",
        "medication.drug_description",
        "medication.quantity",
        "medication.written_date",
        "medication.substitutions",
        "medication.number_of_refills",
        "medication.sig.text",
    ),
    "CancelRx": ("patient", "prescriber", "medication", "medication.drug_description"),
    "NewRxRequest": ("patient", "pharmacy", "prescriber"),
    "RxChangeRequest": (
        "message_request_code",
        "patient",
        "pharmacy",
        "prescriber",
        *_PRESCRIPTION,
    ),
    "RxChangeResponse": ("patient", "prescriber"),
    "RxRenewalRequest": (
        "patient",
        "pharmacy",
        "pharmacy.address",
        "prescriber",
        "dispensed",
        "dispensed.drug_description",
        "dispensed.quantity",
    ),
    "RxRenewalResponse": ("patient", "prescriber", "medication", "medication.drug_description"),
    "RxFill": ("patient", "pharmacy", "prescriber"),
    "RxFillIndicatorChange": ("patient", "prescriber", "medication"),
    "RxTransferRequest": ("patient", "scope"),
    "RxHistoryRequest": ("patient",),
    "Status": ("code",),
    "Error": ("code", "description"),
    "Verify": ("code",),
}
# Exactly one of these; they are written with their prefix taken off.
_ANSWERS: dict[str, tuple[str, ...]] = {
    "CancelRxResponse": ("approved", "denied"),
    "NewRxResponseDenied": ("denied",),
    "RxChangeResponse": ("approved", "approved_with_changes", "denied", "validated"),
    "RxRenewalResponse": (
        "approved",
        "approved_with_changes",
        "denied",
        "denied_new_to_follow",
        "replace",
    ),
    "RxTransferResponse": ("approved", "approved_with_changes", "denied"),
    "RxHistoryResponse": ("approved", "denied"),
    "RxFill": (
        "status_dispensed",
        "status_partially_dispensed",
        "status_not_dispensed",
        "status_transferred",
    ),
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


def body_parts(body: Any, place: Place) -> Iterator[Finding]:
    """Each absent part once: nothing is said about what is inside an absent one."""
    yield from absent_parts(body, place, _REQUIRED.get(body.TAG, ()))
    answers = _ANSWERS.get(body.TAG)
    if answers:
        yield from _one_answer(body, place, answers)


def absent_parts(body: Any, place: Place, required: tuple[str, ...]) -> Iterator[Finding]:
    """Findings on the attributes, with dots between their steps, that are not there."""
    absent: list[str] = []
    for dotted in required:
        if absent and any(dotted.startswith(f"{outer}.") for outer in absent):
            continue
        value = body
        for attribute in dotted.split("."):
            value = getattr(value, attribute)
            if value is None:
                break
        if value is None:
            absent.append(dotted)
            here = place
            for attribute in dotted.split("."):
                here = here.step(attribute)
            yield _missing(here)


def prescription_parts(body: Any, place: Place) -> Iterator[Finding]:
    """What a prescription that holds from now on must say."""
    yield from absent_parts(body, place, _PRESCRIPTION)


def _missing(here: Place) -> Finding:
    path = here.path
    if path.endswith("/SigText"):
        return here.missing("sig.missing", f"Required, but missing: {path}.")
    return here.missing("element.missing", f"Required, but missing: {path}.")


def _one_answer(body: Any, place: Place, answers: tuple[str, ...]) -> Iterator[Finding]:
    given = [name for name in answers if getattr(body, name) is not None]
    if len(given) == 1:
        return
    names = ", ".join(name.removeprefix("status_").replace("_", " ") for name in answers)
    if given:
        words = f"A {body.TAG} says only one of {names}."
        yield place.step(given[1]).error("response.several", None, words)
    elif body.TAG == "RxFill":
        yield place.missing("fill_status.missing", f"A RxFill says one of {names}.")
    else:
        yield place.missing("response.missing", f"A {body.TAG} says one of {names}.")
