"""What every store of tokens must do; the Redis adapter meets a real server (see conftest)."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.tokens.dynamodb import DynamoTokens
from pharmonico.adapters.tokens.redis import RedisTokens

from tests.builders import a_clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.ports import Tokens

STORES = ["memory", "dynamodb", "redis"]
HOUR_S = 3_600
CALLERS = 8


class Store:
    """The port, and a way to let seconds pass for it."""

    def __init__(self, tokens: Tokens, pass_s: Callable[[float], None]) -> None:
        self.tokens = tokens
        self.pass_s = pass_s


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    build: Callable[[pytest.FixtureRequest], Store] = globals()[f"on_{request.param}"]
    return build(request)


@pytest.fixture
def tokens(store: Store) -> Tokens:
    return store.tokens


def on_memory(_: pytest.FixtureRequest) -> Store:
    clock = a_clock()
    return Store(MemoryTokens(clock=clock), lambda s: clock.advance(timedelta(seconds=s)))


def on_dynamodb(request: pytest.FixtureRequest) -> Store:
    client = request.getfixturevalue("dynamodb")
    client.create_table(
        TableName="tokens",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    clock = a_clock()
    tokens = DynamoTokens(client, "tokens", clock=clock)
    return Store(tokens, lambda s: clock.advance(timedelta(seconds=s)))


def on_redis(request: pytest.FixtureRequest) -> Store:
    tokens = RedisTokens.at(request.getfixturevalue("redis_url"))
    tokens._client.flushdb()
    return Store(tokens, lambda s: time.sleep(s + 0.1))


def test_what_was_put_is_there_until_it_expires(store: Store) -> None:
    store.tokens.put("key", "value", ttl_s=1)
    assert store.tokens.get("key") == "value"
    store.pass_s(1)
    assert store.tokens.get("key") is None


def test_putting_again_replaces_value_and_expiry(store: Store) -> None:
    store.tokens.put("key", "old", ttl_s=1)
    store.tokens.put("key", "new", ttl_s=HOUR_S)
    store.pass_s(1)
    assert store.tokens.get("key") == "new"


def test_what_was_never_put_is_not_there(tokens: Tokens) -> None:
    assert (tokens.get("key"), tokens.take("key")) == (None, None)


def test_a_new_key_is_taken_by_the_first_only(tokens: Tokens) -> None:
    assert tokens.put_new("key", "first", ttl_s=HOUR_S)
    assert not tokens.put_new("key", "second", ttl_s=HOUR_S)
    assert tokens.get("key") == "first"


def test_an_expired_key_is_new_again(store: Store) -> None:
    store.tokens.put_new("key", "first", ttl_s=1)
    store.pass_s(1)
    assert store.tokens.put_new("key", "second", ttl_s=HOUR_S)
    assert store.tokens.get("key") == "second"


def test_taking_gives_the_value_once(tokens: Tokens) -> None:
    tokens.put("key", "value", ttl_s=HOUR_S)
    assert (tokens.take("key"), tokens.take("key")) == ("value", None)


def test_an_expired_value_cannot_be_taken(store: Store) -> None:
    store.tokens.put("key", "value", ttl_s=1)
    store.pass_s(1)
    assert store.tokens.take("key") is None


def test_swapping_answers_what_stood_there_before(store: Store) -> None:
    tokens = store.tokens
    assert tokens.swap("key", "first", ttl_s=HOUR_S) is None
    assert tokens.swap("key", "second", ttl_s=1) == "first"
    assert tokens.get("key") == "second"
    store.pass_s(1)
    assert tokens.swap("key", "third", ttl_s=HOUR_S) is None


def test_what_was_dropped_is_gone_and_dropping_again_is_no_error(tokens: Tokens) -> None:
    tokens.put("key", "value", ttl_s=HOUR_S)
    tokens.drop("key")
    tokens.drop("key")
    assert tokens.get("key") is None


def test_a_counter_counts_from_one(tokens: Tokens) -> None:
    assert [tokens.count("key", ttl_s=HOUR_S) for _ in range(3)] == [1, 2, 3]
    assert tokens.count("another", ttl_s=HOUR_S) == 1


def test_a_counter_lives_from_its_first_count_and_starts_over(store: Store) -> None:
    store.tokens.count("key", ttl_s=2)
    store.pass_s(1)
    assert store.tokens.count("key", ttl_s=2) == 2
    store.pass_s(1)
    assert store.tokens.count("key", ttl_s=2) == 1


def test_a_counter_with_a_pause_counts_nothing_within_it(store: Store) -> None:
    def count() -> int | None:
        return store.tokens.count_apart("key", ttl_s=4, pause_s=1)

    assert [count(), count()] == [1, None]
    store.pass_s(1)
    assert [count(), count()] == [2, None]
    store.pass_s(3)
    assert [count(), count()] == [1, None]


def test_a_dropped_counter_starts_over(tokens: Tokens) -> None:
    tokens.count("key", ttl_s=HOUR_S)
    tokens.drop("key")
    assert tokens.count("key", ttl_s=HOUR_S) == 1


@pytest.mark.parametrize("store", [name for name in STORES if name != "dynamodb"], indirect=True)
def test_of_many_at_once_one_takes_it(store: Store) -> None:
    """Not on the in-process DynamoDB, whose answer to a race would prove nothing."""
    store.tokens.put("key", "value", ttl_s=HOUR_S)
    taken: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: taken.append(store.tokens.take("key")))
        for _ in range(CALLERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=str) == [None] * (CALLERS - 1) + ["value"]
