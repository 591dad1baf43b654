"""Name and password, a second factor, and what stands in the way of guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.staff import signing_in
from pharmonico.fulfillment.staff.managed import depart, returned
from pharmonico.fulfillment.staff.signing_in import (
    ANSWERS_MAX,
    ANSWERS_PER_NAME_MAX,
    TRIES_PER_ADDRESS_MAX,
    TRIES_PER_NAME_MAX,
    Asked,
    Known,
)
from pharmonico.kit.errors import Gone, TooMany, Unauthenticated

from tests.unit.staff.conftest import CODE, PASSWORD, Pool

if TYPE_CHECKING:
    from pharmonico.adapters.memory.tokens import MemoryTokens

HERE = "203.0.113.7"


def enter(
    pool: Pool, tokens: MemoryTokens, name: str, password: str = PASSWORD, address: str = HERE
) -> Known | Asked:
    return signing_in.sign_in(name, password, address=address, provider=pool, tokens=tokens)


def reply(pool: Pool, tokens: MemoryTokens, asked: Asked, said: str) -> Known | Asked:
    return signing_in.answer(asked.reference, said, provider=pool, tokens=tokens)


def test_a_password_is_enough_where_the_pool_says_so(pool: Pool, tokens: MemoryTokens) -> None:
    known = enter(pool, tokens, " OPS ")
    assert isinstance(known, Known)
    assert known.username == "ops"


def test_a_code_is_asked_for_and_its_question_is_answered_once(
    pool: Pool, tokens: MemoryTokens
) -> None:
    asked = enter(pool, tokens, "careful")
    assert isinstance(asked, Asked)
    assert isinstance(reply(pool, tokens, asked, CODE), Known)
    with pytest.raises(Gone, match="over"):
        reply(pool, tokens, asked, CODE)


def test_three_wrong_codes_end_the_question(pool: Pool, tokens: MemoryTokens) -> None:
    asked = enter(pool, tokens, "careful")
    assert isinstance(asked, Asked)
    for _ in range(ANSWERS_MAX):
        with pytest.raises(Unauthenticated):
            reply(pool, tokens, asked, "000000")
    with pytest.raises(Gone):
        reply(pool, tokens, asked, CODE)


def test_codes_are_not_guessed_at_by_asking_again_and_again(
    pool: Pool, tokens: MemoryTokens
) -> None:
    for number in range(ANSWERS_PER_NAME_MAX):
        asked = enter(pool, tokens, "careful", address=str(number))
        assert isinstance(asked, Asked)
        with pytest.raises(Unauthenticated):
            reply(pool, tokens, asked, "000000")
    asked = enter(pool, tokens, "careful", address="elsewhere")
    assert isinstance(asked, Asked)
    with pytest.raises(TooMany):
        reply(pool, tokens, asked, CODE)


def test_a_right_code_forgives_the_wrong_ones_before(pool: Pool, tokens: MemoryTokens) -> None:
    for number in range(2 * ANSWERS_PER_NAME_MAX):
        asked = enter(pool, tokens, "careful", address=str(number))
        assert isinstance(asked, Asked)
        with pytest.raises(Unauthenticated):
            reply(pool, tokens, asked, "000000")
        assert isinstance(reply(pool, tokens, asked, CODE), Known)


def test_who_is_kept_out_by_address_locks_no_name(pool: Pool, tokens: MemoryTokens) -> None:
    for number in range(TRIES_PER_ADDRESS_MAX):
        with pytest.raises(Unauthenticated):
            enter(pool, tokens, f"name{number}", "wrong")
    for _ in range(TRIES_PER_NAME_MAX):
        with pytest.raises(TooMany):
            enter(pool, tokens, "ops", "wrong")
    assert isinstance(enter(pool, tokens, "ops", address="elsewhere"), Known)


def test_a_made_up_reference_answers_nothing(pool: Pool, tokens: MemoryTokens) -> None:
    with pytest.raises(Gone):
        signing_in.answer("made up", CODE, provider=pool, tokens=tokens)


def test_guessing_at_a_name_ends_whether_or_not_it_exists(pool: Pool, tokens: MemoryTokens) -> None:
    for name in ("ops", "who?"):
        for number in range(TRIES_PER_NAME_MAX):
            with pytest.raises(Unauthenticated):
                enter(pool, tokens, name, "wrong", address=f"{name}{number}")
        with pytest.raises(TooMany):
            enter(pool, tokens, name, PASSWORD, address="elsewhere")


def test_whoever_knows_the_password_may_sign_in_as_often_as_they_like(
    pool: Pool, tokens: MemoryTokens
) -> None:
    for number in range(2 * TRIES_PER_NAME_MAX):
        if number % 3:
            with pytest.raises(Unauthenticated):
                enter(pool, tokens, "ops", "wrong", address=str(number))
        assert isinstance(enter(pool, tokens, "ops", address=str(number)), Known)


def test_guessing_at_many_names_from_one_place_ends(pool: Pool, tokens: MemoryTokens) -> None:
    for number in range(TRIES_PER_ADDRESS_MAX):
        with pytest.raises(Unauthenticated):
            enter(pool, tokens, f"name{number}", "wrong")
    with pytest.raises(TooMany):
        enter(pool, tokens, "ops")


def test_the_way_back_is_open_once_and_for_the_browser_that_left(tokens: MemoryTokens) -> None:
    away = depart(
        domain="https://sign-in.example",
        client_id="c",
        callback="https://ops.example/cb",
        tokens=tokens,
    )
    assert "code_challenge_method=S256" in away.url
    with pytest.raises(Unauthenticated):
        returned(away.state, kept="another browser's", tokens=tokens)
    verifier = returned(away.state, kept=away.state, tokens=tokens)
    assert verifier not in away.url
    with pytest.raises(Unauthenticated):
        returned(away.state, kept=away.state, tokens=tokens)
