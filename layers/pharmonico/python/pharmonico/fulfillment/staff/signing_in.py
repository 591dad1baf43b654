"""Commands: name and password, then whatever the pool asks for besides.

Wrong tries are counted per name and per address, whether or not the name exists; a question of
the pool is kept under an opaque reference, and is over after three wrong answers. Who knows the
password gets as many questions as they like, so wrong answers are counted per name as well.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from pharmonico.fulfillment.staff.ports import Challenge, Proof
from pharmonico.kit.errors import Gone, TooMany, Unauthenticated
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.fulfillment.staff.ports import IdentityProvider

WINDOW_S = 15 * 60
TRIES_PER_NAME_MAX, TRIES_PER_ADDRESS_MAX = 10, 50
TRIES_PER_HOP_MAX = 1_000
"""Of all who come by one server of a CDN, and of who makes addresses up."""
QUESTION_S = 3 * 60
"""Cognito's own sessions of a challenge live as long by default."""
ANSWERS_MAX = 3
ANSWERS_PER_NAME_MAX = 10
REFERENCE_BYTES = 32


class Asked(NamedTuple):
    """A question that was put to somebody, and the reference its answer has to name."""

    reference: str
    challenge: Challenge


class Known(NamedTuple):
    """Somebody who has proven who they are."""

    username: str
    proof: Proof


def sign_in(
    username: str,
    password: str,
    *,
    address: str,
    provider: IdentityProvider,
    tokens: Tokens,
    hop: str = "",
) -> Known | Asked:
    """The first step; `TooMany` before the pool is asked, `Unauthenticated` for a wrong pair.

    `hop` is who called us, where `address` is whom they call for.
    """
    name = username.strip().casefold()
    # Where it comes from first: who is kept out by that does not lock others' names.
    _count(f"sign_in_by#{fingerprint(hop)}", TRIES_PER_HOP_MAX, tokens)
    _count(f"sign_in_from#{fingerprint(address)}", TRIES_PER_ADDRESS_MAX, tokens)
    tries = f"sign_in_name#{fingerprint(name)}"
    _count(tries, TRIES_PER_NAME_MAX, tokens)
    following = provider.sign_in(name, password)
    tokens.drop(tries)  # whoever knows the password is nobody who guesses it
    return _next(following, name, tokens)


def asked_whom(reference: str, *, tokens: Tokens) -> str:
    """Whose question it is; empty for one that is over."""
    held = tokens.get(f"sign_in_question#{fingerprint(reference)}")
    return Challenge.model_validate_json(held).username if held else ""


def answer(
    reference: str, said: str, *, provider: IdentityProvider, tokens: Tokens
) -> Known | Asked:
    """A later step: a code, or a new password; `Gone` for a question that is over.

    `TooMany` after wrong answers to several questions about one name.
    """
    digest = fingerprint(reference)
    held = tokens.get(f"sign_in_question#{digest}")
    if held is None:
        raise _over()
    if tokens.count(f"sign_in_answers#{digest}", ttl_s=QUESTION_S) > ANSWERS_MAX:
        tokens.drop(f"sign_in_question#{digest}")
        raise _over()
    challenge = Challenge.model_validate_json(held)
    wrong = f"sign_in_wrong_answers#{fingerprint(challenge.username)}"
    _count(wrong, ANSWERS_PER_NAME_MAX, tokens)
    following = provider.answer(challenge, said)
    tokens.drop(wrong)
    if tokens.take(f"sign_in_question#{digest}") is None:
        raise Unauthenticated("sign_in.refused", "This step was taken already: start again.")
    return _next(following, challenge.username, tokens)


def _next(following: Proof | Challenge, username: str, tokens: Tokens) -> Known | Asked:
    if isinstance(following, Proof):
        return Known(username, following)
    reference = secrets.token_urlsafe(REFERENCE_BYTES)
    key = f"sign_in_question#{fingerprint(reference)}"
    tokens.put(key, following.model_dump_json(), ttl_s=QUESTION_S)
    return Asked(reference, following)


def _count(key: str, most: int, tokens: Tokens) -> None:
    if tokens.count(key, ttl_s=WINDOW_S) > most:
        raise TooMany(
            "sign_in.too_many_tries", "Too many tries: wait a while.", retry_after_s=WINDOW_S
        )


def _over() -> Gone:
    return Gone("sign_in.question_over", "This step is over: start with your password again.")
