"""POST to somebody else's address without being led into our own network.

The name is resolved once, every address it has must be public, and the connection goes to one of
those: between check and call nobody can make the name mean something else. Redirects are not
followed, proxies of the environment not asked, and the answer's body is not read.
"""

from __future__ import annotations

import socket
import ssl
import threading
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pharmonico.fulfillment.webhooks.targets import check_url, is_loopback_url, is_public
from pharmonico.kit.errors import Rejected, Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

CONNECT_S = 4.0
WHOLE_S = 15.0
"""For connecting, sending and the answer's head together, however slowly it drips."""


class HttpReceivers:
    """`loopback` allows plain HTTP to this machine, for local stages."""

    def __init__(self, *, loopback: bool = False, whole_s: float = WHOLE_S) -> None:
        self._loopback = loopback
        self._whole_s = whole_s

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        parts = urlsplit(check_url(url, loopback=self._loopback))
        connection = _connection(parts, _address(parts))
        deadline = threading.Timer(self._whole_s, _cut, [connection])
        deadline.start()
        try:
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("POST", path, body=body, headers=dict(headers))
            return connection.getresponse().status
        except ssl.SSLError as error:
            raise Unavailable("webhook.tls", "The receiver's certificate is not good.") from error
        except TimeoutError as error:
            raise Unavailable("webhook.timeout", "The receiver did not answer.") from error
        except (OSError, HTTPException) as error:
            raise Unavailable("webhook.no_answer", "The receiver did not answer.") from error
        finally:
            deadline.cancel()
            connection.close()


def receivers() -> HttpReceivers:
    return HttpReceivers(loopback=takes_loopback())


def takes_loopback() -> bool:
    """Whether endpoints may be programs on the developer's own machine."""
    return settings().WEBHOOKS_TO == "loopback"


class _PinnedHttp(HTTPConnection):
    """Speaks for a name and connects to the address that was checked."""

    def __init__(self, name: str, port: int, address: str) -> None:
        super().__init__(name, port, timeout=CONNECT_S)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), CONNECT_S)
        self.sock.settimeout(WHOLE_S)


class _PinnedHttps(HTTPSConnection):
    """The same over TLS, with the certificate checked for the name."""

    def __init__(self, name: str, port: int, address: str) -> None:
        super().__init__(name, port, timeout=CONNECT_S, context=_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), CONNECT_S)
        plain.settimeout(WHOLE_S)
        self.sock = _context().wrap_socket(plain, server_hostname=self.host)


def _connection(parts: SplitResult, address: str) -> HTTPConnection:
    name = str(parts.hostname)
    if parts.scheme == "https":
        return _PinnedHttps(name, parts.port or 443, address)
    return _PinnedHttp(name, parts.port or 80, address)


def _address(parts: SplitResult) -> str:
    """An address of the name; `Rejected` when any of them is not public."""
    try:
        found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable("webhook.unknown_host", "The receiver's name is not known.") from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not is_loopback_url(parts) and not all(map(is_public, addresses)):
        raise Rejected("webhook.private_address", "The receiver's name leads to no public address.")
    return addresses[0]


def _cut(connection: HTTPConnection) -> None:
    """End the conversation from another thread; whoever reads from it gets an error."""
    if (open_socket := connection.sock) is not None:
        try:
            open_socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it had ended by itself


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
