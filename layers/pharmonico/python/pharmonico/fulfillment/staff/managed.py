"""Signing in at the identity provider's own pages: authorization code with PKCE (RFC 7636).

The state that comes back must be the one this browser was sent away with, and is good once.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from pharmonico.kit.errors import Unauthenticated
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Tokens

AWAY_S = 10 * 60
STATE_BYTES, VERIFIER_BYTES = 32, 48
SCOPE = "openid"


class Departure(NamedTuple):
    """Where the browser is sent, and what it has to bring back."""

    url: str
    state: str


def depart(*, domain: str, client_id: str, callback: str, tokens: Tokens) -> Departure:
    """A new way to the provider's pages; the verifier of the code stays here."""
    state, verifier = (
        secrets.token_urlsafe(STATE_BYTES),
        secrets.token_urlsafe(VERIFIER_BYTES),
    )
    tokens.put(_key(state), verifier, ttl_s=AWAY_S)
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": callback,
        "scope": SCOPE,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return Departure(f"{domain}/oauth2/authorize?{urlencode(asked)}", state)


def returned(state: str, *, kept: str, tokens: Tokens) -> str:
    """The verifier for the state; `Unauthenticated` for another browser's, or a second time."""
    known = bool(state) and secrets.compare_digest(state.encode(), kept.encode())
    verifier = tokens.take(_key(state)) if known else None
    if verifier is None:
        raise Unauthenticated("sign_in.state_unknown", "Start signing in from the dashboard.")
    return verifier


def _key(state: str) -> str:
    return f"sign_in_away#{fingerprint(state)}"
