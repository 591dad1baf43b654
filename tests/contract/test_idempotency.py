"""A repeated request is remembered alike on every store of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent
from pharmonico.kit.errors import Conflict, Invalid
from pharmonico.lambdas.http.call import open_call
from pharmonico.lambdas.http.errors import StillRunning
from pharmonico.lambdas.http.idempotency import once

from tests.builders import a_clock
from tests.contract.test_tokens import store, tokens
from tests.gateway import proxy_event

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.lambdas.http.call import Call

FIXTURES = (store, tokens)
"""The stores of the tokens' own contract."""

ANSWER = {"status": 202, "body": {"id": "rx_1"}, "headers": {"ETag": '"v2"'}}


def a_call(name: str = "lens") -> Call:
    sent = proxy_event("POST", "/x", headers={"Idempotency-Key": "key"}, body={"name": name})
    return open_call(APIGatewayProxyEvent(sent), clock=a_clock())


def test_done_once_and_answered_twice(tokens: Tokens) -> None:
    runs: list[int] = []

    def run() -> dict[str, Any]:
        runs.append(1)
        return ANSWER

    answers = [once(a_call(), "POST /x", run, tokens=tokens) for _ in range(2)]
    assert answers == [ANSWER, ANSWER]
    assert runs == [1]


def test_another_request_under_the_key_is_an_error(tokens: Tokens) -> None:
    once(a_call(), "POST /x", lambda: ANSWER, tokens=tokens)
    with pytest.raises(Invalid):
        once(a_call("glass"), "POST /x", lambda: ANSWER, tokens=tokens)


def test_a_refusal_frees_the_key_and_a_running_one_holds_it(tokens: Tokens) -> None:
    def refuse() -> dict[str, Any]:
        with pytest.raises(StillRunning):
            once(a_call(), "POST /x", lambda: ANSWER, tokens=tokens)
        raise Conflict("order.closed", "It is closed.")

    with pytest.raises(Conflict):
        once(a_call(), "POST /x", refuse, tokens=tokens)
    assert once(a_call(), "POST /x", lambda: ANSWER, tokens=tokens) == ANSWER
