"""What staff ask the prescriber, and the generated answer given to the request that went out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import ncpdp

from local.client import Refused
from local.load.board import PRESCRIPTIONS
from local.synthetic.scripts import answering

if TYPE_CHECKING:
    from datetime import date

    from local.load.playing import Cast
    from local.synthetic.scripts import Sent

LETTER_S, POLL_S = 60.0, 0.5
QUESTION = {"code": "G", "text": "May a generic be dispensed?"}
REFILLS = 3
VERDICTS = ("approved", "denied", "denied_new_to_follow")


def ask_change(prescription: str, answer: Sent, cast: Cast, *, seed: int, day: date) -> str:
    """Ask for a generic and have it answered; what our door said to the answer."""
    return _ask(prescription, "change", QUESTION, answer, cast, seed=seed, day=day)[0]


def ask_renewal(
    prescription: str, answer: Sent, cast: Cast, *, seed: int, day: date
) -> tuple[str, str]:
    """Ask for more refills and have it answered; what our door said, and the request's id."""
    wish = {"refills": REFILLS}
    return _ask(prescription, "renewal", wish, answer, cast, seed=seed, day=day)


def renewed(prescription: str, request: str, cast: Cast) -> str | None:
    """The prescription that the renewal granted to this request has become, once it is there."""
    deadline = time.monotonic() + LETTER_S
    while time.monotonic() < deadline:
        for letter in _letters(prescription, cast):
            if letter["key"] == request and letter.get("applied"):
                applied = str(letter["applied"])
                return applied if applied.startswith("rx_") else None
        time.sleep(POLL_S)
    return None


def said(message: bytes) -> str:
    """An answer in a few words: its type, and its codes or verdict."""
    body = getattr(ncpdp.parse(message), "body", None)
    verdict = next((word for word in VERDICTS if getattr(body, word, None)), None)
    codes = (getattr(body, "code", None), *getattr(body, "description_codes", ()))
    return " ".join(filter(None, (type(body).__name__, *codes, verdict)))


def _ask(
    prescription: str,
    what: str,
    wish: dict[str, Any],
    answer: Sent,
    cast: Cast,
    *,
    seed: int,
    day: date,
) -> tuple[str, str]:
    """`Refused` where it may not be asked now, for whatever reason."""
    path = f"{PRESCRIPTIONS}/{prescription}"
    _, tag = cast.ops.read_tagged(path)
    cast.ops.act(f"{path}/{what}-requests", wish, tag=tag)
    request = _sent_out(prescription, f"Rx{what.title()}Request", cast)
    xml = answering(answer, request_id=request, seed=seed, day=day)
    return said(cast.provider.send_message(xml, path="/api/v1/script").content), request


def _sent_out(prescription: str, kind: str, cast: Cast) -> str:
    """The message id under which the request went out, once it is acknowledged."""
    deadline = time.monotonic() + LETTER_S
    while time.monotonic() < deadline:
        for letter in _letters(prescription, cast):
            if letter["message_type"] == kind and letter["status"] in {"sent", "acknowledged"}:
                return str(letter["key"])
        time.sleep(POLL_S)
    raise TimeoutError(f"{kind} about {prescription} did not go out")


def _letters(prescription: str, cast: Cast) -> list[dict[str, Any]]:
    try:
        found = cast.ops.read(f"{PRESCRIPTIONS}/{prescription}")
    except Refused:
        return []
    return list(found["documents"].get("letter", ()))
