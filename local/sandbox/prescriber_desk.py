"""The prescriber's desk: what pharmacies have written, and the answers that go back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

import ncpdp
from ncpdp.script import (
    DigitalSignature,
    RxChangeRequest,
    RxRenewalRequest,
    ScriptMessage,
    change_response,
    renewal_response,
    reply_error,
    reply_status,
    reply_verify,
)
from ncpdp.script.changes import ChangeOutcome
from ncpdp.script.renewals import RenewalOutcome
from starlette.exceptions import HTTPException

from local.sandbox.state import iso, now, token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.state import Json, State

ACCEPTED = "010"
REPLIES = ("status", "verify", "error")
CHANGE_OUTCOMES: tuple[str, ...] = get_args(ChangeOutcome)
RENEWAL_OUTCOMES: tuple[str, ...] = get_args(RenewalOutcome)
_ANSWERS = {"RxChangeRequest": CHANGE_OUTCOMES, "RxRenewalRequest": RENEWAL_OUTCOMES}
SIGNED = DigitalSignature(version="1", indicator="true")


class Desk:
    """Messages by MessageID, newest last; a message that comes again is the same message."""

    def __init__(self, *, state: State) -> None:
        self._state = state
        self._messages = state.shelf("prescriber.messages")
        self._orders = state.shelf("prescriber.replies")

    def newest(self) -> Iterator[Json]:
        return self._messages.newest()

    def message(self, message_id: str) -> Json:
        found = self._messages.get(message_id)
        if found is None:
            raise HTTPException(404, "no such message")
        return found

    def order_reply(self, order: Json) -> Json:
        """From now on (so many times) reply otherwise than by Status 010."""
        reply, code = str(order.get("reply", "status")), str(order.get("code", ACCEPTED))
        if reply not in REPLIES:
            raise HTTPException(400, f"reply is one of {', '.join(REPLIES)}")
        times = order.get("times", 1)
        if not isinstance(times, int):
            raise HTTPException(400, "times is a number")
        self._state.changed()
        return self._orders.put("1", {"reply": reply, "code": code, "times": times})

    def take(self, raw: bytes) -> bytes:
        """Keep the message and reply to it."""
        asked = ncpdp.parse(raw)
        if not isinstance(asked, ScriptMessage):
            raise HTTPException(400, "this is not a SCRIPT message")
        reply = self._reply(asked)
        key = asked.header.message_id
        known = self._messages.get(key)
        message = known or self._messages.put(key, _noted(asked, raw))
        message["times"] += 1
        self._state.changed()
        return ncpdp.write(reply)

    def answer(self, message_id: str, outcome: str, order: Json) -> bytes:
        """The prescriber's answer to a request, to be sent to the pharmacy."""
        message = self.message(message_id)
        asked = ncpdp.parse(message["raw"].encode())
        if not isinstance(asked, ScriptMessage):
            raise HTTPException(400, "this is not a SCRIPT message")
        written = _with_medication(_answer(asked, outcome, order), order.get("medication"))
        message["answers"].append({"at": iso(now()), "outcome": outcome})
        self._state.changed()
        return ncpdp.write(written)

    def _reply(self, asked: ScriptMessage) -> ScriptMessage:
        order = self._orders.get("1") or {"reply": "status", "code": ACCEPTED, "times": 0}
        if order["times"] == 0:
            order = order | {"reply": "status", "code": ACCEPTED}
        elif order["times"] > 0:
            self._orders.put("1", order | {"times": order["times"] - 1})
        common: Any = _said()
        if order["reply"] == "verify":
            return reply_verify(asked, **common)
        if order["reply"] == "error":
            return reply_error(asked, order["code"], None, "As ordered.", **common)
        return reply_status(asked, order["code"], **common)


def outcomes_of(message_type: str) -> tuple[str, ...]:
    """What a prescriber may answer to a message of this type."""
    return (*_ANSWERS.get(message_type, ()), "verify", "error")


def _answer(asked: ScriptMessage, outcome: str, order: Json) -> ScriptMessage:
    if outcome not in outcomes_of(asked.type):
        raise HTTPException(400, f"outcome is one of {', '.join(outcomes_of(asked.type))}")
    common: Any = _said()
    said: Any = outcome
    if outcome == "verify":
        return reply_verify(asked, **common)
    if outcome == "error":
        return reply_error(asked, str(order.get("code", "900")), None, "As ordered.", **common)
    common["note"] = order.get("note")
    if isinstance(asked.body, RxRenewalRequest):
        drug = asked.body.dispensed
        signature = SIGNED if drug and drug.dea_schedule else None
        replacement = drug if outcome == "replace" else None
        return renewal_response(asked, said, medication=replacement, signature=signature, **common)
    common["medication"] = _chosen(asked.body)
    return change_response(asked, said, **common)


def _chosen(body: Any) -> Any:
    """Of several drugs that were requested the first is approved."""
    is_choice = isinstance(body, RxChangeRequest) and len(body.requested) > 1
    return body.requested[0] if is_choice else None


def _with_medication(message: ScriptMessage, facts: Json | None) -> ScriptMessage:
    """The answer with other facts of the drug, in the words of the message's JSON form."""
    if not facts:
        return message
    form = ncpdp.to_json(message)
    form["medication"] = form.get("medication", {}) | facts
    changed = ncpdp.from_json(form)
    if not isinstance(changed, ScriptMessage):
        raise HTTPException(400, "this is not a SCRIPT message")
    return changed


def _noted(asked: ScriptMessage, raw: bytes) -> Json:
    form = ncpdp.to_json(asked)
    return {
        "id": asked.header.message_id,
        "type": asked.type,
        "at": iso(now()),
        "to": asked.header.to.id,
        "relates_to": asked.header.relates_to_message_id,
        "form": form,
        "raw": raw.decode(),
        "times": 0,
        "answers": [],
    }


def _said() -> Json:
    sent_time = datetime.fromtimestamp(now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"message_id": token("EHR-", 8), "sent_time": sent_time}
