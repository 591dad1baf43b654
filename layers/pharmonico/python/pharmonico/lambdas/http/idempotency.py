"""Idempotency-Key: the same request twice is done once and answered twice.

Kept over the `Tokens` port and not with Powertools' own idempotency: that one brings a second
store and boto3 into this ring, and knows neither "same key, other body" as 422 nor "still
running" as 409 with our problems. Only answers of success are kept: a refused request changed
nothing, so its key is free again. Answers of such routes hold ids, never PHI; a secret in one is
told once and not kept.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pharmonico.kit.errors import Invalid
from pharmonico.kit.ids import fingerprint
from pharmonico.lambdas.http.errors import Malformed, StillRunning

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.lambdas.http.call import Call

HEADER = "Idempotency-Key"
KEPT_S = 7 * 86_400
RUNNING_S = 60
_KEY = re.compile(r"[\x21-\x7e]{1,128}")

Answer = dict[str, Any]
"""`status`, `body` (JSON) and `headers` of an answer."""


def once(
    call: Call,
    route: str,
    run: Callable[[], Answer],
    *,
    tokens: Tokens,
    told_once: tuple[str, ...] = (),
) -> Answer:
    """Run, or replay what the first request with this key was answered.

    `told_once` are fields of the answer whose words are not kept: a replay has them empty.
    """
    key = fingerprint("idempotency", call.caller.id, route, key_of(call))
    request = fingerprint(call.event.path, call.body.hex())
    if not tokens.put_new(key, json.dumps({"request": request}), ttl_s=RUNNING_S):
        return _replay(tokens.get(key), request, call)
    try:
        answer = run()
    except BaseException:
        tokens.drop(key)
        raise
    kept = {"request": request, "answer": _without(told_once, answer)}
    tokens.put(key, json.dumps(kept), ttl_s=KEPT_S)
    return answer


def _without(told_once: tuple[str, ...], answer: Answer) -> Answer:
    if not told_once:
        return answer
    return {**answer, "body": {**answer["body"], **dict.fromkeys(told_once, "")}}


def _replay(kept: str | None, request: str, call: Call) -> Answer:
    if kept is None:
        raise StillRunning
    entry = json.loads(kept)
    if entry["request"] != request:
        raise Invalid(
            "idempotency.key_reused", "This Idempotency-Key was used with another request."
        )
    if "answer" not in entry:
        raise StillRunning
    call.answer_headers["Idempotent-Replayed"] = "true"
    answer: Answer = entry["answer"]
    return answer


def key_of(call: Call) -> str:
    """The caller's Idempotency-Key; `Malformed` when it is missing or unusable."""
    key = call.header(HEADER)
    if not _KEY.fullmatch(key):
        raise Malformed(
            "idempotency.key_missing", f"Send {HEADER} with 1 to 128 printable characters."
        )
    return key
