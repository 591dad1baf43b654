"""Idempotency-Key, ETag and If-Match."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.policy import Action
from pharmonico.kit.errors import Conflict
from pharmonico.lambdas.http.app import Api
from pharmonico.lambdas.http.call import open_call
from pharmonico.lambdas.http.errors import StillRunning
from pharmonico.lambdas.http.idempotency import once

from tests.gateway import Answer, proxy_event

if TYPE_CHECKING:
    from tests.unit.http.conftest import Shop


def make(shop: Shop, *, key: str = "key-1", name: str = "lens", **request: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    path = request.pop("path", "/things/one/make")
    return shop.send("POST", path, headers=headers, body={"name": name}, **request)


def test_the_same_request_twice_is_done_once_and_answered_alike(shop: Shop) -> None:
    first, second = make(shop), make(shop)
    assert (first.status, second.status, shop.made) == (202, 202, 1)
    assert first.body == second.body
    assert second.headers["location"] == "/things/one"
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


def test_without_a_key_nothing_is_done(shop: Shop) -> None:
    answer = make(shop, key="")
    assert (answer.status, answer.json["code"], shop.made) == (400, "idempotency.key_missing", 0)


@pytest.mark.parametrize("other", [{"name": "glass"}, {"path": "/things/two/make"}])
def test_the_same_key_with_another_request_is_an_error(shop: Shop, other: dict[str, str]) -> None:
    make(shop)
    answer = make(shop, **other)
    assert (answer.status, answer.json["code"], shop.made) == (422, "idempotency.key_reused", 1)


def test_a_key_belongs_to_its_caller(shop: Shop) -> None:
    make(shop, role="ops:anna")
    make(shop, role="ops:ben", name="glass")
    assert shop.made == 2


def test_a_refused_request_leaves_its_key_free(shop: Shop) -> None:
    shop.failure = Conflict("order.closed", "It is closed.")
    assert make(shop).status == 409
    shop.failure = None
    assert (make(shop).status, shop.made) == (202, 1)


def test_an_answer_is_kept_for_a_week(shop: Shop) -> None:
    make(shop)
    shop.clock.advance(timedelta(days=7, seconds=-1))
    make(shop)
    assert shop.made == 1
    shop.clock.advance(timedelta(seconds=2))
    make(shop)
    assert shop.made == 2


def test_a_secret_is_told_once_and_rests_nowhere(shop: Shop) -> None:
    first, second = (
        shop.send("POST", "/safe", headers={"Idempotency-Key": "key-1"}) for _ in range(2)
    )
    assert (first.json, shop.made) == ({"id": "safe", "secret": "whsec_1"}, 1)
    assert second.json == {"id": "safe", "secret": ""}
    assert second.headers["idempotent-replayed"] == "true"
    assert "whsec_" not in str(vars(shop.tokens))


def test_while_the_first_is_running_the_second_is_told_to_wait(shop: Shop) -> None:
    event = proxy_event("POST", "/x", headers={"Idempotency-Key": "key-1"}, body={"name": "lens"})
    call = open_call(shop.api.resolver._to_proxy_event(event), clock=shop.clock)
    call.caller = Caller(id="ops", kind=Kind.STAFF, roles=frozenset({Role.OPS}))

    def meanwhile() -> dict[str, Any]:
        with pytest.raises(StillRunning):
            once(call, "POST /x", dict, tokens=shop.tokens)
        return {"status": 200}

    assert once(call, "POST /x", meanwhile, tokens=shop.tokens) == {"status": 200}


def test_an_idempotent_route_needs_a_place_to_remember() -> None:
    with pytest.raises(TypeError, match="give the Api its tokens"):
        Api().post("/x", Action.SELECT_PHARMACY, idempotent=True)


def test_an_unchanged_record_is_answered_with_304_and_no_body(shop: Shop) -> None:
    first = shop.send("GET", "/things/one")
    again = shop.send("GET", "/things/one", headers={"If-None-Match": first.headers["etag"]})
    newer = shop.send("GET", "/things/one", headers={"If-None-Match": '"v2", W/"v1"'})
    assert (first.status, again.status, newer.status) == (200, 304, 200)
    assert (again.body, again.headers["etag"]) == ("", '"v3"')


@pytest.mark.parametrize(
    ("if_match", "status"),
    [("", 428), ("*", 428), ('"v2"', 412), ('"whatever"', 412), ('"v3"', 200), ('W/"v3"', 200)],
)
def test_a_change_names_the_version_it_is_based_on(shop: Shop, if_match: str, status: int) -> None:
    headers = {"If-Match": if_match} if if_match else {}
    answer = shop.send("PUT", "/things/one", headers=headers, body={"name": "lens"})
    assert answer.status == status
