"""By the identity provider's own pages, where the stage has them (managed login with PKCE)."""

from http import HTTPStatus
from typing import Annotated, Any

from pharmonico.adapters import aws
from pharmonico.adapters.managed_login import exchanged
from pharmonico.fulfillment.staff.managed import AWAY_S, depart, returned
from pharmonico.fulfillment.staff.signing_in import Known
from pharmonico.kit.errors import NotFound
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Query, Response

from functions.session_api.api import TAG, admitted, api

AWAY_COOKIE = "__Host-away"
# Lax: the way back is a navigation from another site, which must bring the cookie along.
AWAY_RULES = "Path=/; Secure; HttpOnly; SameSite=Lax"
CALLBACK = "/api/v1/session/callback"
Short = Annotated[str, Query(min_length=1, max_length=2048)]


@api.get("/api/v1/session/managed", Action.SIGN_IN, tag=TAG)
def leave() -> Response[Any]:
    """To the provider's pages; 404 where the stage signs in by password."""
    known = settings()
    away = depart(
        domain=_domain(),
        client_id=known.need("STAFF_CLIENT_ID"),
        callback=f"{known.need('OPS_URL')}{CALLBACK}",
        tokens=aws.tokens(),
    )
    cookie = f"{AWAY_COOKIE}={away.state}; {AWAY_RULES}; Max-Age={AWAY_S}"
    return _to(away.url, cookie)


@api.get(CALLBACK, Action.SIGN_IN, tag=TAG)
def come_back(code: Short, state: Short) -> Response[Any]:
    """From the provider's pages, with a code that is good once; on to the dashboard."""
    known = settings()
    verifier = returned(state, kept=api.call.cookie(AWAY_COOKIE), tokens=aws.tokens())
    proof = exchanged(
        code,
        domain=_domain(),
        client_id=known.need("STAFF_CLIENT_ID"),
        callback=f"{known.need('OPS_URL')}{CALLBACK}",
        verifier=verifier,
    )
    admitted(Known("", proof))
    return _to("/", api.call.answer_headers.pop("Set-Cookie"))


def _domain() -> str:
    domain = settings().MANAGED_LOGIN
    if not domain:
        raise NotFound("sign_in.not_managed", "Sign in with your name and password here.")
    return domain


def _to(place: str, cookie: str) -> Response[Any]:
    headers: dict[str, str | list[str]] = {"Location": place, "Set-Cookie": cookie}
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)
