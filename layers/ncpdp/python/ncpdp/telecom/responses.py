"""What a payer answers: paid, rejected, captured, reversal accepted, or with DUR alerts."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING

from ncpdp.errors import InvalidValue
from ncpdp.telecom.answer import DUR, OTHER_AMOUNT, PRICING, Answer, DurAlert
from ncpdp.telecom.model import Field, Request, Response, ResponseHeader, Segment, Segments
from ncpdp.telecom.numbers import money_to_text, quantity_to_text
from ncpdp.telecom.segments import segment_of

if TYPE_CHECKING:
    from ncpdp.telecom.segments.answering import KnownPatient, PlanDetails

REJECTS_MAX = 5
MESSAGE_WIDTH, MESSAGES_MAX = 40, 25
DUR_MAX = 9


def respond(request: Request, *answers: Answer) -> Response:
    """A response with one answer per transaction of the request."""
    if len(answers) != _count(request):
        raise InvalidValue("Each transaction needs one answer.", code="telecom.transactions")
    return Response(
        header=_header(request, "A"),
        transactions=tuple(
            _transaction(request, index, answer) for index, answer in enumerate(answers)
        ),
    )


def paid_response(request: Request, answer: Answer) -> Response:
    """Paid (P) or a duplicate of a paid claim (D), with its pricing."""
    if not answer.is_paid:
        raise InvalidValue("A paid answer has the status P or D.", code="telecom.status", path="AN")
    return respond(request, answer)


def duplicate_response(request: Request, answer: Answer) -> Response:
    """The answer of before, given again to a claim that was paid before (D)."""
    return respond(request, replace(answer, status="D"))


def dur_response(
    request: Request, *alerts: DurAlert, rejects: tuple[str, ...] = ("88",), message: str = ""
) -> Response:
    """Rejected for drug-use review, with its alerts."""
    return respond(
        request,
        *[Answer(status="R", rejects=rejects, message=message, dur=alerts)] * _count(request),
    )


def eligibility_response(
    request: Request, answer: Answer, *details: PlanDetails | KnownPatient
) -> Response:
    """The answer to E1 (status A or R); `details` concern the transmission as a whole."""
    response = respond(request, answer)
    return replace(response, segments=tuple(map(segment_of, details)))


def rejected_response(
    request: Request, rejects: tuple[str, ...], *, message: str = "", answer: Answer | None = None
) -> Response:
    """Rejected (R) with its codes; pass `answer` to carry DUR alerts."""
    dur = answer.dur if answer else ()
    refused = Answer(status="R", rejects=rejects, message=message, dur=dur)
    return respond(request, *[refused] * _count(request))


def captured_response(request: Request, *, authorization_number: str = "") -> Response:
    """Captured (C): taken in, to be decided later."""
    answer = Answer(status="C", authorization_number=authorization_number)
    return respond(request, *[answer] * _count(request))


def reversal_response(request: Request, *, authorization_number: str = "") -> Response:
    """Reversal accepted: status A of a B2."""
    answer = Answer(status="A", authorization_number=authorization_number)
    return respond(request, *[answer] * _count(request))


def transmission_rejected(
    request: Request, rejects: tuple[str, ...], message: str = ""
) -> Response:
    """The whole transmission refused in the header, as a host does that cannot process it."""
    text = (Segment("20", (Field("F4", message),)),) if message else ()
    refused = (_status(Answer(status="R", rejects=rejects)),)
    return Response(
        header=_header(request, "R"), segments=text, transactions=(refused,) * _count(request)
    )


def _count(request: Request) -> int:
    """How many answers the request needs."""
    return max(len(request.transactions), 1)


def _header(request: Request, status: str) -> ResponseHeader:
    asked = request.header
    return ResponseHeader(
        transaction_code=asked.transaction_code,
        transaction_count=str(_count(request)),
        status=status,
        provider_id_qualifier=asked.provider_id_qualifier,
        provider_id=asked.provider_id,
        date_of_service=asked.date_of_service,
    )


def _transaction(request: Request, index: int, answer: Answer) -> Segments:
    segments = [_status(answer)]
    rx_number = answer.rx_number or request.get("07", "D2", index)
    if rx_number:
        segments.append(Segment("22", (Field("EM", "1"), Field("D2", rx_number))))
    optional = (_pricing(answer), _dur(answer), *map(segment_of, answer.more))
    return (*segments, *(segment for segment in optional if segment.fields))


def _status(answer: Answer) -> Segment:
    if len(answer.rejects) > REJECTS_MAX:
        raise InvalidValue("A response carries at most five reject codes.", code="telecom.rejects")
    pairs = [("AN", answer.status), ("F3", answer.authorization_number)]
    if answer.rejects:
        pairs.append(("FA", f"{len(answer.rejects):02d}"))
        pairs += [("FB", code) for code in answer.rejects]
    return _segment("21", [*pairs, *_words(answer.message)])


def _words(message: str) -> list[tuple[str, str]]:
    """The payer's words, forty characters an entry; `+` says that the next one goes on."""
    lines = wrap(message, MESSAGE_WIDTH)
    if len(lines) > MESSAGES_MAX:
        raise InvalidValue("The message is too long.", code="telecom.message", path="FQ")
    pairs = [("UF", f"{len(lines):02d}")] if lines else []
    for at, line in enumerate(lines, 1):
        pairs += [("UH", f"{at:02d}"), ("FQ", line), ("UG", "+" if at < len(lines) else "")]
    return pairs


def _pricing(answer: Answer) -> Segment:
    amounts = ((field_id, getattr(answer, name)) for name, field_id in PRICING.items())
    pairs: list[tuple[str, str]] = []
    for field_id, amount in amounts:
        if amount is not None:
            head = [("J2", "1"), ("J3", "99")] if field_id == OTHER_AMOUNT else []
            pairs += [*head, (field_id, money_to_text(amount))]
    return _segment("23", [*pairs, ("FM", answer.basis)])


def _dur(answer: Answer) -> Segment:
    if len(answer.dur) > DUR_MAX:
        raise InvalidValue("A response carries at most nine DUR alerts.", code="telecom.dur")
    pairs: list[tuple[str, str]] = []
    for counter, alert in enumerate(answer.dur, start=1):
        said = {name: getattr(alert, name) for name in DUR}
        quantity = said["quantity"]
        said["quantity"] = "" if quantity is None else quantity_to_text(quantity)
        pairs.append(("J6", str(counter)))
        pairs += [(field_id, said[name]) for name, field_id in DUR.items()]
    return _segment("24", pairs)


def _segment(segment_id: str, pairs: list[tuple[str, str]]) -> Segment:
    return Segment(segment_id, tuple(Field(key, value) for key, value in pairs if value))
