"""The payer port: bytes go out as they are, an answer comes back as it is, silence is a word."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.adapters.payer import BYTES_MAX, HttpPayer
from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.adjudication.claims import Payer

REQUEST = b"610014D0B1\x1e\x1cAM07"
ANSWER = b"D0B11A01\x1d\x1e\x1cAM21"


class Switch(BaseHTTPRequestHandler):
    """Answers as it was told to; remembers what it was asked."""

    status: ClassVar[int] = 200
    answer: ClassVar[bytes] = ANSWER
    delay_s: ClassVar[float] = 0.0
    asked: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked.append((self.path, body))
        time.sleep(self.delay_s)
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def switch() -> Iterator[tuple[str, type[Switch]]]:
    """A switch of its own on a free port, and the class to instruct it by."""
    own = type("OwnSwitch", (Switch,), {"asked": []})
    server = HTTPServer(("127.0.0.1", 0), own)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/payer", own
    server.shutdown()
    server.server_close()
    thread.join()


class PayerContract:
    def test_bytes_come_back_as_the_payer_wrote_them(self, payer: Payer) -> None:
        assert payer.send(REQUEST) == ANSWER

    def test_silence_is_unavailable(self, silent: Payer) -> None:
        with pytest.raises(Unavailable) as refused:
            silent.send(REQUEST)
        assert refused.value.code == "payer.no_answer"


class TestMemory(PayerContract):
    @pytest.fixture
    def payer(self) -> MemoryPayer:
        return MemoryPayer(ANSWER)

    @pytest.fixture
    def silent(self) -> MemoryPayer:
        return MemoryPayer(None)


class TestHttp(PayerContract):
    @pytest.fixture
    def payer(self, switch: tuple[str, type[Switch]]) -> HttpPayer:
        return HttpPayer(switch[0])

    @pytest.fixture
    def silent(self, switch: tuple[str, type[Switch]]) -> HttpPayer:
        switch[1].delay_s = 0.5
        return HttpPayer(switch[0], read_s=0.1)

    def test_the_request_is_posted_unchanged(self, switch: tuple[str, type[Switch]]) -> None:
        url, own = switch
        HttpPayer(f"{url}/").send(REQUEST)
        assert own.asked == [("/payer/claims", REQUEST)]

    @pytest.mark.parametrize("status", [302, 400, 429, 500, 503])
    def test_any_status_but_200_is_unavailable(
        self, switch: tuple[str, type[Switch]], status: int
    ) -> None:
        url, own = switch
        own.status = status
        with pytest.raises(Unavailable):
            HttpPayer(url).send(REQUEST)
        assert len(own.asked) == 1

    @pytest.mark.parametrize("answer", [b"", b"x" * (BYTES_MAX + 1)])
    def test_an_empty_or_endless_answer_is_unavailable(
        self, switch: tuple[str, type[Switch]], answer: bytes
    ) -> None:
        url, own = switch
        own.answer = answer
        with pytest.raises(Unavailable):
            HttpPayer(url).send(REQUEST)

    def test_nobody_listening_is_unavailable(self) -> None:
        with pytest.raises(Unavailable):
            HttpPayer("http://127.0.0.1:9", connect_s=0.2).send(REQUEST)
