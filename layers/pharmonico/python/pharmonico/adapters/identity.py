"""Access tokens of the user pool: staff by group, providers by scope.

Cognito's access tokens carry no `aud`, so `token_use` and `client_id` are checked instead.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

import jwt
from jwt import PyJWKClient

from pharmonico.fulfillment.access import PHARMACY_GROUP, STAFF, Caller, Kind, Role
from pharmonico.kit.errors import Unauthenticated, Unavailable
from pharmonico.kit.settings import settings

SCOPES = {
    "pharmonico/prescriptions.write": Role.PROVIDER,
    "pharmonico/prescriptions.read": Role.PROVIDER_READER,
}
LEEWAY_S = 30
KEYS_TTL_S = 3600
KEYS_TIMEOUT_S = 3
TOKEN_CHARS_MAX = 8_192
_USES = ("access",)
_REQUIRED = ["exp", "iat", "iss", "sub", "token_use", "client_id"]


class Keys(Protocol):
    """Finds the public key a token was signed with."""

    def get_signing_key_from_jwt(self, token: str) -> Any: ...


class JwtVerifier:
    """Proves RS256 tokens of one issuer; `client_ids` empty takes any client of the pool."""

    def __init__(self, keys: Keys, *, issuer: str, client_ids: frozenset[str]) -> None:
        self._keys = keys
        self._issuer = issuer
        self._client_ids = client_ids

    def verify(self, token: str) -> Caller:
        claims = self._claims(token)
        if claims["token_use"] not in _USES:
            raise _refused()
        if self._client_ids and claims["client_id"] not in self._client_ids:
            raise _refused()
        return caller_of(claims)

    def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > TOKEN_CHARS_MAX:
            raise _refused()
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                issuer=self._issuer,
                leeway=LEEWAY_S,
                options={"require": _REQUIRED, "verify_aud": False},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise Unavailable("access.keys_unavailable", "Tokens cannot be checked now.") from error
        except jwt.PyJWTError as error:
            raise _refused() from error
        return claims


def caller_of(claims: dict[str, Any]) -> Caller:
    """Staff have groups we know; a provider's system has our scopes and no user behind it."""
    named = claims.get("cognito:groups")
    groups = [str(group) for group in named] if isinstance(named, list) else []
    roles = frozenset(role for role in STAFF if role in groups)
    if roles:
        belongs = (each for each in groups if each.startswith(PHARMACY_GROUP))
        return Caller(
            id=str(claims["sub"]),
            kind=Kind.STAFF,
            roles=roles,
            pharmacies=frozenset(each.removeprefix(PHARMACY_GROUP) for each in belongs),
        )
    scopes = str(claims.get("scope", "")).split()
    if granted := frozenset(role for scope, role in SCOPES.items() if scope in scopes):
        client_id = str(claims["client_id"])
        return Caller(id=client_id, kind=Kind.PROVIDER, roles=granted, client_id=client_id)
    return Caller(id=str(claims["sub"]), kind=Kind.STAFF, roles=frozenset())


def _refused() -> Unauthenticated:
    return Unauthenticated("access.bad_token", "The access token is not valid (any more).")


@lru_cache(maxsize=1)
def verifier() -> JwtVerifier:
    """The process's verifier; the issuer's keys are fetched on first use and kept for an hour."""
    known = settings()
    issuer = known.need("TOKEN_ISSUER")
    url = known.TOKEN_JWKS_URL or f"{issuer}/.well-known/jwks.json"
    keys = PyJWKClient(url, lifespan=KEYS_TTL_S, timeout=KEYS_TIMEOUT_S)
    client_ids = frozenset(filter(None, map(str.strip, known.TOKEN_CLIENT_IDS.split(","))))
    return JwtVerifier(keys, issuer=issuer, client_ids=client_ids)
