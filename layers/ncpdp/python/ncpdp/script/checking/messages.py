"""The rules of each message type across its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ncpdp import codes
from ncpdp.script.checking import medication
from ncpdp.script.checking.required import absent_parts, prescription_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ncpdp.findings import Finding
    from ncpdp.script.checking.places import Place
    from ncpdp.script.model.header import Header
    from ncpdp.script.model.medication import Medication

REQUESTED_MAX = 9
_ASKS_FOR_A_DRUG = frozenset({"G", "T"})
_AUTHORIZATION = "U"


def new_rx(body: Any, header: Header, place: Place) -> Iterator[Finding]:
    if body.medication:
        yield from medication.new_prescription(body.medication, place.step("medication"))
        yield from medication.controlled(body.medication, body.prescriber, header, place)


def change_request(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    """Authorization needs to say what is to be confirmed; a substitution names the substitute."""
    code = body.message_request_code
    if code == _AUTHORIZATION and not body.message_request_sub_codes:
        words = "A request for authorization needs a sub code."
        yield place.step("message_request_sub_codes").error("request.sub_code", None, words)
    if code in _ASKS_FOR_A_DRUG and not body.requested:
        words = "The request names no drug to change to."
        yield place.step("requested").warning("requested.missing", None, words)
    if len(body.requested) > REQUESTED_MAX:
        words = f"At most {REQUESTED_MAX} drugs can be requested."
        yield place.step("requested").error("requested.too_many", str(len(body.requested)), words)


def change_response(body: Any, header: Header, place: Place) -> Iterator[Finding]:
    code = body.message_request_code
    if body.validated and code not in {None, _AUTHORIZATION}:
        words = "Validated answers a request for authorization only."
        yield place.step("validated").error("response.not_for_request", code, words)
    if code == _AUTHORIZATION and (body.approved or body.approved_with_changes):
        words = "A request for authorization is answered with Validated or Denied."
        yield place.step("message_request_code").warning("response.not_for_request", code, words)
    if body.approved or body.approved_with_changes:
        yield from prescription_parts(body, place)
        yield from _approved(body, header, place)
    yield from _denial(body, place)


def renewal_request(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    """The prescriber has to know when it was filled last and how often it shall be again."""
    drug = body.dispensed
    if drug is None:
        return
    here = place.step("dispensed")
    if not drug.last_fill_date:
        words = "The date of the last fill is missing."
        yield here.step("last_fill_date").warning("last_fill_date.missing", None, words)
    if not drug.pharmacy_requested_refills:
        words = "The number of refills that are asked for is missing."
        yield here.step("pharmacy_requested_refills").warning("refills.missing", None, words)


def renewal_response(body: Any, header: Header, place: Place) -> Iterator[Finding]:
    if body.approved or body.approved_with_changes or body.replace:
        yield from prescription_parts(body, place)
        yield from _approved(body, header, place)
    yield from _denial(body, place)


def cancel_response(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    yield from _denial(body, place)


def fill(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    """What was handed out is named; what was not may be named as it was prescribed."""
    if body.status in {"dispensed", "partially_dispensed"}:
        required = ("dispensed", "dispensed.drug_description", "dispensed.quantity")
        yield from absent_parts(body, place, required)
    elif body.status and body.dispensed is None and body.medication is None:
        here = place.step("dispensed")
        yield here.missing("element.missing", f"Required, but missing: {here.path}.")


def fill_indicator(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    in_drug = body.medication.rx_fill_indicators if body.medication else ()
    if not body.rx_fill_indicators and not in_drug:
        words = "The message does not say which fill statuses are wanted."
        yield place.step("rx_fill_indicators").error("rx_fill_indicator.missing", None, words)


def transfer_request(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    yield from _two_pharmacies(body, place)
    if body.scope == "SPECIFIC" and not body.medications:
        words = "A specific transfer names the prescriptions."
        yield place.step("medications").error("transfer.prescriptions", None, words)


def transfer_response(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    if body.approved or body.approved_with_changes:
        yield from absent_parts(body, place, ("patient",))
        yield from _two_pharmacies(body, place)
        if not body.medications:
            here = place.step("medications")
            yield here.missing("element.missing", f"Required, but missing: {here.path}.")
        for index, drug in enumerate(body.medications):
            yield from _quantities(drug, place.step("medications", index))
    yield from _denial(body, place)


def transfer_confirm(body: Any, _header: Header, place: Place) -> Iterator[Finding]:
    yield from _two_pharmacies(body, place)


def _approved(body: Any, header: Header, place: Place) -> Iterator[Finding]:
    if body.medication:
        yield from medication.controlled(body.medication, body.prescriber, header, place)


def _denial(body: Any, place: Place) -> Iterator[Finding]:
    denied = body.denied
    if denied and not (denied.reason_codes or denied.reason or denied.note):
        words = "The denial gives no reason."
        yield place.step("denied").warning("denial.reason_missing", None, words)


def _two_pharmacies(body: Any, place: Place) -> Iterator[Finding]:
    types = [one.transfer_type for one in body.pharmacies]
    if sorted(kind or "" for kind in types) == [codes.FROM_PHARMACY, codes.TO_PHARMACY]:
        return
    words = "A transfer names one pharmacy it goes to and one it comes from."
    if len(types) < 2:  # noqa: PLR2004 - one that takes and one that gives
        yield place.step("pharmacies").missing("transfer.pharmacies", words)
    else:
        yield place.step("pharmacies").error("transfer.pharmacies", None, words)


def _quantities(drug: Medication, place: Place) -> Iterator[Finding]:
    """38, 40 and QT once each; not more is transferred than remains, nor remains than was."""
    by = {one.code_list_qualifier: one.amount for one in drug.quantities}
    wanted = (codes.ORIGINAL_QUANTITY, codes.REMAINING_QUANTITY, codes.TRANSFERRED_QUANTITY)
    amounts = [by.get(qualifier) for qualifier in wanted]
    if len(drug.quantities) != len(wanted) or None in amounts:
        words = "A transferred drug has the quantities 38 original, 40 remaining, QT transferred."
        yield place.step("quantity").error("transfer.quantities", None, words)
        return
    original, remaining, transferred = (amount or 0 for amount in amounts)
    if not transferred <= remaining <= original:
        words = "More is transferred than remains, or more remains than was prescribed."
        yield place.step("quantity").error("transfer.quantities", str(transferred), words)


RULES: dict[str, Callable[[Any, Header, Place], Iterator[Finding]]] = {
    "NewRx": new_rx,
    "CancelRxResponse": cancel_response,
    "NewRxResponseDenied": cancel_response,
    "RxChangeRequest": change_request,
    "RxChangeResponse": change_response,
    "RxRenewalRequest": renewal_request,
    "RxRenewalResponse": renewal_response,
    "RxFill": fill,
    "RxFillIndicatorChange": fill_indicator,
    "RxTransferRequest": transfer_request,
    "RxTransferResponse": transfer_response,
    "RxTransferConfirm": transfer_confirm,
}
