"""The claims switch over HTTP: D.0 bytes both ways."""

from __future__ import annotations

from functools import lru_cache

import urllib3

from pharmonico.kit.errors import Unavailable

CONNECT_S = 3.0
READ_S = 15.0
BYTES_MAX = 64 * 1024
OK = 200
_HEADERS = {"Content-Type": "application/octet-stream", "Accept": "application/octet-stream"}


class HttpPayer:
    """Posts to `<url>/claims`; whatever is not a complete 200 in time is `Unavailable`.

    It never repeats a request by itself: whether a claim may be sent again is decided above.
    """

    def __init__(self, url: str, *, connect_s: float = CONNECT_S, read_s: float = READ_S) -> None:
        self._url = f"{url.rstrip('/')}/claims"
        self._timeout = urllib3.Timeout(connect=connect_s, read=read_s)

    def send(self, request: bytes) -> bytes:
        try:
            answer = _pool().request(
                "POST",
                self._url,
                body=request,
                headers=_HEADERS,
                timeout=self._timeout,
                retries=False,
                preload_content=False,
            )
            content = answer.read(BYTES_MAX + 1)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable("payer.no_answer", "The payer did not answer.") from error
        if answer.status != OK or not content or len(content) > BYTES_MAX:
            raise Unavailable("payer.no_answer", f"The switch answered HTTP {answer.status}.")
        return bytes(content)


@lru_cache(maxsize=1)
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=2)
