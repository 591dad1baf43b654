"""API Gateway's proxy event (REST API, payload v1) of one request."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from infra_cdk.routes import ROUTES
from local.place import ACCOUNT

if TYPE_CHECKING:
    from datetime import datetime

STAGE = "live"
ENCODED = ("application/xml", "text/xml")
API = "exampleapi"
DOMAIN = f"{API}.execute-api.us-east-1.amazonaws.com"
REQUEST = "00000000-0000-4000-8000-000000000001"
CLIENT = "203.0.113.7"  # documentation's own network


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client sends."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


def proxy_event(function: str, request: Request, *, at: datetime) -> dict[str, Any]:
    """The request as the gateway hands it to the function.

    It would encode every body; here only what is no text for an editor is, which functions take
    as well.
    """
    headers = {"Host": DOMAIN, "User-Agent": "example/1", "X-Forwarded-For": CLIENT}
    headers |= request.headers
    resource, rest = _resource(function, request.path)
    encoded = request.headers.get("Content-Type") in ENCODED
    return {
        "resource": resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": headers,
        "multiValueHeaders": _listed(headers),
        "queryStringParameters": request.query or None,
        "multiValueQueryStringParameters": _listed(request.query) or None,
        "pathParameters": {"proxy": rest} if rest else None,
        "stageVariables": None,
        "requestContext": {
            "resourceId": "example",
            "resourcePath": resource,
            "httpMethod": request.method,
            "path": f"/{STAGE}{request.path}",
            "accountId": ACCOUNT,
            "protocol": "HTTP/1.1",
            "stage": STAGE,
            "domainPrefix": API,
            "domainName": DOMAIN,
            "apiId": API,
            "requestId": REQUEST,
            "requestTime": f"{at.astimezone(UTC):%d/%b/%Y:%H:%M:%S} +0000",
            "requestTimeEpoch": int(at.timestamp() * 1000),
            "identity": {"sourceIp": CLIENT, "userAgent": headers["User-Agent"]},
        },
        "body": None if request.body is None else _text(request.body, encoded=encoded),
        "isBase64Encoded": encoded,
    }


def _resource(function: str, path: str) -> tuple[str, str]:
    """The gateway's resource that takes the path, and what of it falls to `{proxy+}`."""
    for route in ROUTES[function]:
        fixed = route.removesuffix("+")
        if route == path or (fixed != route and path.startswith(fixed)):
            return route.replace("+", "{proxy+}"), path.removeprefix(fixed)
    raise LookupError(f"no route of {function} takes {path}")


def _listed(pairs: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in pairs.items()}


def _text(body: bytes, *, encoded: bool) -> str:
    return (base64.b64encode(body) if encoded else body).decode()
