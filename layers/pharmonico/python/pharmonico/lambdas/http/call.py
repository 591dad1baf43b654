"""One request as a route sees it: the caller, the bytes, and the headers of the answer."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.access import NOBODY, Caller
from pharmonico.fulfillment.policy import acting_role
from pharmonico.kit.ids import fingerprint, new_id
from pharmonico.lambdas.http.errors import (
    BODY_BYTES_MAX,
    Malformed,
    NotModified,
    PreconditionFailed,
    PreconditionRequired,
    TooLarge,
)

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

    from pharmonico.fulfillment.policy import Action
    from pharmonico.kit.clock import Clock

CORRELATION_HEADER = "X-Correlation-Id"
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{8,64}")
_ETAG = re.compile(r'(?:W/)?"v(\d{1,10})(?:-[0-9a-f]{8})?"')


@dataclass
class Call:
    """The request in hand; `answer_headers` go out with whatever the route answers.

    `notes` is what the door leaves for a route, or a route for its own `refusal`.
    """

    event: APIGatewayProxyEvent
    correlation_id: str
    action: Action | None = None
    caller: Caller = NOBODY
    is_by_cookie: bool = False
    answer_headers: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who the event and the audit entry will name: the caller in the role that allows this."""
        if self.action is None:
            return Actor(id=self.caller.id, role=self.caller.kind)
        return Actor(id=self.caller.id, role=acting_role(self.caller, self.action))

    def header(self, name: str) -> str:
        """A request header, or empty."""
        return str(self.event.headers.get(name) or "").strip()

    @property
    def media_type(self) -> str:
        return self.header("content-type").split(";")[0].strip().lower()

    @property
    def source_ip(self) -> str:
        context = self.event.raw_event.get("requestContext") or {}
        return str((context.get("identity") or {}).get("sourceIp") or "")

    @property
    def came_from(self) -> str:
        """The caller's address with the hop before us, which alone is everybody's behind a CDN.

        Whoever calls us directly can make up the first part, and never the whole of another's.
        """
        hops = self.header("x-forwarded-for").split(",")[-2:]
        return " ".join([*(hop.strip() for hop in hops if hop), self.source_ip])

    @cached_property
    def body(self) -> bytes:
        """The exact bytes that were sent; `TooLarge` over the limit."""
        text = self.event.raw_event.get("body") or ""
        try:
            encoded = self.event.is_base64_encoded
            data = base64.b64decode(text, validate=True) if encoded else text.encode()
        except (binascii.Error, UnicodeEncodeError) as error:
            raise Malformed("request.unreadable", "The body cannot be decoded.") from error
        if len(data) > BODY_BYTES_MAX:
            raise TooLarge
        return data

    def cookie(self, name: str) -> str:
        """A cookie's value, or empty; a name given twice is not trusted."""
        pairs = [part.strip().partition("=") for part in self.header("cookie").split(";")]
        values = [value for key, _, value in pairs if key == name]
        return values[0] if len(values) == 1 else ""

    @property
    def expected_revision(self) -> int:
        """The revision named by If-Match: 428 when absent, 412 when it is none of ours."""
        named = self.header("if-match")
        if not named or named == "*":
            raise PreconditionRequired
        match = _ETAG.fullmatch(named)
        if match is None:
            raise PreconditionFailed
        return int(match.group(1))

    def etag(self, revision: int, shown: str = "") -> None:
        """Send the revision as ETag; ends a conditional GET with 304 when the caller has it.

        `shown` is the text of what is answered, where more than the revision can change it; the
        tag then differs with the text, and If-Match still means the revision alone.
        """
        tag = f'"v{revision}-{fingerprint(shown)[:8]}"' if shown else f'"v{revision}"'
        self.answer_headers["ETag"] = tag
        known = {
            part.strip().removeprefix("W/") for part in self.header("if-none-match").split(",")
        }
        if self.event.http_method == "GET" and tag in known:
            raise NotModified


def open_call(event: APIGatewayProxyEvent, *, clock: Clock) -> Call:
    """A call with the caller's correlation id, or a new one where theirs is unusable."""
    sent = str(event.headers.get(CORRELATION_HEADER) or "")
    known = _CORRELATION_ID.fullmatch(sent) is not None
    return Call(event=event, correlation_id=sent if known else new_id("cor", clock=clock))


def plainly_typed(event: dict[str, Any]) -> dict[str, Any]:
    """The event with its media type in small letters, and without one where there is no body.

    Case means nothing in it (RFC 9110, 8.3.1), but Powertools compares it letter by letter.
    """
    sent, has_body = event.get("headers") or {}, bool(event.get("body"))
    headers = {
        name: f"{value}".lower() if name.lower() == "content-type" else value
        for name, value in sent.items()
        if has_body or name.lower() != "content-type"
    }
    return {**event, "headers": headers}
