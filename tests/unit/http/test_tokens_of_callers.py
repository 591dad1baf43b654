"""Access tokens: whom they name, and which are refused."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pharmonico.adapters.identity import JwtVerifier
from pharmonico.fulfillment.access import Kind, Role
from pharmonico.kit.errors import Unauthenticated, Unavailable

ISSUER = "https://issuer.example/pool"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OneKey:
    def get_signing_key_from_jwt(self, token: str) -> Any:
        jwt.get_unverified_header(token)
        return KEY.public_key()


class NoKeys:
    def get_signing_key_from_jwt(self, token: str) -> Any:
        raise jwt.PyJWKClientConnectionError("no way through")


VERIFIER = JwtVerifier(OneKey(), issuer=ISSUER, client_ids=frozenset({"dashboard", "clinic"}))


def a_token(*, key: Any = KEY, algorithm: str = "RS256", **changes: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "sub": "usr_1",
        "iat": now,
        "exp": now + 600,
        "token_use": "access",
        "client_id": "dashboard",
        "cognito:groups": ["ops", "unheard_of"],
        **changes,
    }
    known = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(known, key, algorithm=algorithm, headers={"kid": "1"})


def test_staff_have_the_roles_of_their_groups() -> None:
    caller = VERIFIER.verify(a_token())
    assert (caller.id, caller.kind, caller.roles) == ("usr_1", Kind.STAFF, {Role.OPS})


@pytest.mark.parametrize(
    ("scope", "roles"),
    [
        ("pharmonico/prescriptions.write", {Role.PROVIDER}),
        ("pharmonico/prescriptions.read", {Role.PROVIDER_READER}),
        (
            "openid pharmonico/prescriptions.read pharmonico/prescriptions.write",
            {Role.PROVIDER, Role.PROVIDER_READER},
        ),
    ],
)
def test_a_providers_system_has_the_roles_of_its_scopes(scope: str, roles: set[Role]) -> None:
    token = a_token(client_id="clinic", sub="clinic", scope=scope, **{"cognito:groups": None})
    caller = VERIFIER.verify(token)
    assert (caller.kind, caller.client_id, caller.roles) == (Kind.PROVIDER, "clinic", roles)


def test_a_token_without_groups_and_scopes_may_do_nothing() -> None:
    caller = VERIFIER.verify(a_token(**{"cognito:groups": "ops", "scope": "profile"}))
    assert caller.roles == frozenset()


@pytest.mark.parametrize(
    "token",
    [
        a_token(exp=int(time.time()) - 120),
        a_token(exp=None),
        a_token(iss="https://issuer.example/other"),
        a_token(token_use="id"),
        a_token(token_use=None),
        a_token(client_id="stranger"),
        a_token(key=OTHER_KEY),
        a_token(key="x" * 64, algorithm="HS256"),
        jwt.encode({"sub": "usr_1"}, None, algorithm="none"),
        "not.a.token",
        "x" * 10_000,
    ],
)
def test_a_token_that_proves_nothing_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated):
        VERIFIER.verify(token)


def test_unreachable_keys_are_our_trouble_not_the_callers() -> None:
    verifier = JwtVerifier(NoKeys(), issuer=ISSUER, client_ids=frozenset())
    with pytest.raises(Unavailable):
        verifier.verify(a_token())
