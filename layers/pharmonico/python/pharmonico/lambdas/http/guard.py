"""The checks before any route runs: method, body, caller, policy; deny by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.access import NOBODY
from pharmonico.fulfillment.policy import (
    BROWSER_ONLY,
    OPEN_ON_LOCAL_STAGES,
    acting_role,
    is_public,
)
from pharmonico.kit.errors import Forbidden, Unauthenticated
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http.errors import Malformed, UnsupportedMedia

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.access import Caller, Sessions, Verifier
    from pharmonico.fulfillment.policy import Action
    from pharmonico.lambdas.http.call import Call

SESSION_COOKIE = "__Host-session"
JSON = "application/json"
LOCAL_STAGES = frozenset({"local", "embedded", "localstack", "localstack-host"})
_READS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Door:
    """Who can tell who is calling: a function wires what its callers use."""

    verifier: Callable[[], Verifier] | None = None
    sessions: Callable[[], Sessions] | None = None


def admit(call: Call, action: Action, *, accepts: tuple[str, ...], door: Door) -> None:
    """Let the call pass to its route, or raise the refusal."""
    call.action = action
    if action in OPEN_ON_LOCAL_STAGES and settings().STAGE in LOCAL_STAGES:
        return
    call.caller = _identify(call, action, door)
    acting_role(call.caller, action)
    if call.event.http_method in _READS:
        return
    if action in BROWSER_ONLY or call.is_by_cookie:
        _must_come_from_own_pages(call)
    _check_body(call, accepts)


def _identify(call: Call, action: Action, door: Door) -> Caller:
    if is_public(action):
        return NOBODY
    scheme, _, token = call.header("authorization").partition(" ")
    if door.verifier is not None and scheme.lower() == "bearer" and token:
        return door.verifier().verify(token.strip())
    return _session(call, door)


def _session(call: Call, door: Door) -> Caller:
    reference = call.cookie(SESSION_COOKIE)
    caller = door.sessions().caller(reference) if door.sessions and reference else None
    if caller is None:
        raise Unauthenticated("access.unauthenticated", "Sign in first.")
    call.is_by_cookie = True
    return caller


def _must_come_from_own_pages(call: Call) -> None:
    """A cookie is sent by any page's request; only the site's own pages may write."""
    if call.header("sec-fetch-site") != "same-origin":
        raise Forbidden("access.cross_site", "This can only be done from the site's own pages.")


def _check_body(call: Call, accepts: tuple[str, ...]) -> None:
    if not call.body:
        return
    if call.media_type not in accepts:
        raise UnsupportedMedia(accepts)
    if call.media_type == JSON:
        _must_be_text(call.body)


def _must_be_text(body: bytes) -> None:
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise Malformed("request.not_json", "The body is not valid JSON.") from error
