"""Prescribers' systems over HTTP: SCRIPT XML both ways."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import urllib3

from pharmonico.kit.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.fulfillment.intake.clients import Client

CONNECT_S = 3.0
READ_S = 15.0
BYTES_MAX = 256 * 1024
OK = 200
TOO_EARLY, TOO_MANY, REQUEST_TIMEOUT = 425, 429, 408
_SERVER_ERRORS = 500
_XML = "application/xml"


class HttpPrescribers:
    """Posts to the client's `endpoint_url`, with the bearer token its record refers to.

    It never repeats a message by itself: whether one is sent again is decided above.
    """

    def __init__(
        self, tokens: Mapping[str, str], *, connect_s: float = CONNECT_S, read_s: float = READ_S
    ) -> None:
        self._tokens = tokens
        self._timeout = urllib3.Timeout(connect=connect_s, read=read_s)

    def send(self, message: bytes, *, to: Client) -> bytes:
        headers = {"Content-Type": f"{_XML}; charset=utf-8", "Accept": _XML}
        if token := self._tokens.get(to.endpoint_credential):
            headers["Authorization"] = f"Bearer {token}"
        try:
            answer = _pool().request(
                "POST",
                to.endpoint_url,
                body=message,
                headers=headers,
                timeout=self._timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            content = answer.read(BYTES_MAX + 1)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable("prescriber.no_answer", "The prescriber did not answer.") from error
        if answer.status != OK:
            raise _refused(answer.status)
        if not content or len(content) > BYTES_MAX:
            raise Unavailable("prescriber.no_answer", "The prescriber's answer is no message.")
        return bytes(content)


def _refused(status: int) -> Invalid | Unavailable:
    """Whoever turns a message away by HTTP would do so again, unless it was only busy."""
    words = f"The prescriber's system answered HTTP {status}."
    if status >= _SERVER_ERRORS or status in (REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY):
        return Unavailable("prescriber.no_answer", words)
    return Invalid("prescriber.turned_away", words)


@lru_cache
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=2)
