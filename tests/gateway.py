"""API Gateway v1 proxy events as the REST API sends them, and its answers made readable."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BINARY = ("application/xml", "text/xml", "multipart/form-data")


def proxy_event(
    method: str,
    path: str,
    *,
    body: bytes | str | dict[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    binary: bool = False,
) -> dict[str, Any]:
    """One event; a dict body goes as JSON, a binary media type arrives as base64.

    Text that is no UTF-8 arrives damaged, as it does from the real gateway.
    """
    sent = dict(headers or {})
    if isinstance(body, dict):
        body = json.dumps(body)
        sent.setdefault("Content-Type", "application/json")
    media_type = {name.lower(): value for name, value in sent.items()}.get("content-type", "")
    raw = body.encode() if isinstance(body, str) else body
    encoded = raw is not None and (binary or media_type.split(";")[0] in BINARY)
    text = None
    if raw is not None:
        text = base64.b64encode(raw).decode() if encoded else raw.decode(errors="replace")
    return {
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": (
            {name: [value] for name, value in query.items()} if query else None
        ),
        "pathParameters": {"proxy": path.lstrip("/")},
        "requestContext": {
            "stage": "live",
            "path": f"/live{path}",
            "requestId": "request-1",
            "identity": {"sourceIp": "203.0.113.7"},
        },
        "body": text,
        "isBase64Encoded": encoded,
    }


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, and the body."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def send(
    handler: Callable[[dict[str, Any], Any], dict[str, Any]],
    method: str,
    path: str,
    **request: Any,
) -> Answer:
    """Call a Lambda handler with one request; `request` is what `proxy_event` takes."""
    raw = handler(proxy_event(method, path, **request), None)
    body = raw["body"] or ""
    if raw.get("isBase64Encoded"):
        body = base64.b64decode(body).decode(errors="replace")
    headers = {name.lower(): ", ".join(v) for name, v in raw["multiValueHeaders"].items()}
    return Answer(raw["statusCode"], body, headers)
