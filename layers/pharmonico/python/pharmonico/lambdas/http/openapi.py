"""What the OpenAPI document says about a route beyond its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.policy import POLICY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.lambdas.http.rules import Rule

BEARER = "access_token"
SESSION = "portal_session"


def operation_extras(
    rule: Rule, run: Callable[..., Any], *, plain: bool, tag: str = "", **described: Any
) -> dict[str, Any]:
    """The resolver's keyword arguments: names from the function, words from its docstring."""
    summary, _, rest = (run.__doc__ or run.__name__).strip().partition("\n")
    extensions = {
        "x-action": rule.action.value,
        "x-roles": sorted(POLICY[rule.action]),
        "x-idempotent": rule.idempotent,
        "x-if-match": rule.if_match,
        "x-security": security_of(rule),
        **described.pop("openapi_extensions", {}),
    }
    return {
        "summary": summary.rstrip("."),
        "description": " ".join(rest.split()) or None,
        "operation_id": run.__name__ + ("_plain" if plain else ""),
        "tags": [tag] if tag else None,
        "openapi_extensions": extensions,
        **described,
    }


def security_of(rule: Rule) -> list[dict[str, list[str]]]:
    """Bearer for staff and providers, the cookie for patients, nothing for open routes."""
    roles = POLICY[rule.action]
    if Role.ANYONE in roles:
        return []
    cookie: list[dict[str, list[str]]] = [{SESSION: []}] if Role.PATIENT in roles else []
    return [{BEARER: []}, *cookie] if roles - {Role.PATIENT} else cookie
