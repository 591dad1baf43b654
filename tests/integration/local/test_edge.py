"""The edge passes requests to the API byte for byte, and answers as CloudFront would."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config

from local.edge.app import create_app
from local.edge.forward import BODY_BYTES_MAX
from local.edge.target import Target
from local.place import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = 9  # the discard port: nobody listens there
API = "/_aws/execute-api/abc/live"
UTF_16 = '<?xml version="1.0" encoding="UTF-16"?><Message/>'.encode("utf-16")


class Upstream(BaseHTTPRequestHandler):
    """Remembers what came; files of the portal's bucket exist, nothing else does."""

    seen: list[dict[str, Any]]

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        self.seen.append(
            {"method": self.command, "path": self.path, "body": body, "headers": self.headers}
        )
        if self.path.startswith(API):
            self._send(200, b"\x00\xffanswer", "application/xml")
        elif self.path in {"/portal-bucket/index.html", "/portal-bucket/assets/app-1a2b.js"}:
            self._send(200, b"<html>", "text/html; charset=utf-8")
        else:
            self._send(404, b"<Error/>", "application/xml")

    do_GET = answer  # noqa: N815 - the server asks for this name
    do_POST = answer  # noqa: N815 - the same

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.send_header("Connection", "keep-alive, X-Private")
        self.send_header("X-Private", "of this connection")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def upstream() -> Iterator[ThreadingHTTPServer]:
    Upstream.seen = []
    server = ThreadingHTTPServer((LOOPBACK, 0), Upstream)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@contextlib.contextmanager
def edge_at(port: int, engine: int, folder: Path, **outputs: str) -> Iterator[httpx.Client]:
    """The edge on a real port, in a thread of its own, and a client that goes there."""
    file = folder / "outputs.json"
    file.write_text(json.dumps(outputs))
    app = create_app(Target(engine_url=f"http://{LOOPBACK}:{engine}", outputs_file=file))
    config = Config()
    config.bind = [f"{LOOPBACK}:{port}"]
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    serving = serve(app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]  # Starlette
    thread = threading.Thread(target=loop.run_until_complete, args=[serving])
    thread.start()
    transport = httpx.HTTPTransport(retries=10)
    base = f"http://{LOOPBACK}:{port}"
    with httpx.Client(base_url=base, transport=transport, trust_env=False) as client:
        yield client
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.fixture
def edge(upstream: ThreadingHTTPServer, port: int, tmp_path: Path) -> Iterator[httpx.Client]:
    outputs = {"ApiId": "abc", "ApiStage": "live", "PortalBucket": "portal-bucket"}
    with edge_at(port, upstream.server_address[1], tmp_path, **outputs) as client:
        yield client


def test_a_body_arrives_and_an_answer_returns_byte_for_byte(edge: httpx.Client) -> None:
    answer = edge.post(
        "/api/intake?a=1&b=%2F", content=UTF_16, headers={"Content-Type": "application/xml"}
    )
    (seen,) = Upstream.seen
    assert seen["body"] == UTF_16
    assert seen["path"] == f"{API}/api/intake?a=1&b=%2F"
    assert seen["headers"]["Content-Type"] == "application/xml"
    assert answer.content == b"\x00\xffanswer"


def test_an_encoded_path_is_not_decoded_on_the_way(edge: httpx.Client) -> None:
    edge.get("/api/v1/prescriptions/rx_1%2F..%2Fx")
    assert Upstream.seen[0]["path"] == f"{API}/api/v1/prescriptions/rx_1%2F..%2Fx"


def test_who_called_is_told_and_the_connection_is_not(edge: httpx.Client) -> None:
    answer = edge.get(
        "/health",
        headers={"Host": "ops.localhost:8080", "Cookie": "a=1", "TE": "trailers"},
    )
    headers = Upstream.seen[0]["headers"]
    assert headers["X-Forwarded-Host"] == "ops.localhost:8080"
    assert headers["X-Forwarded-For"]
    assert headers["Cookie"] == "a=1"
    assert headers["TE"] is None
    assert "x-private" not in answer.headers
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "portal.localhost:8080", "ops.localhost:8080"])
def test_the_api_answers_under_every_host_with_its_headers(edge: httpx.Client, host: str) -> None:
    answer = edge.get("/api/v1/prescriptions", headers={"Host": host})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_body_over_the_limit_is_refused_before_the_api(edge: httpx.Client) -> None:
    answer = edge.post("/api/intake", content=b"x" * (BODY_BYTES_MAX + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "body.too_large"
    assert answer.headers["content-type"] == "application/problem+json"
    assert Upstream.seen == []


def test_a_body_at_the_limit_passes(edge: httpx.Client) -> None:
    assert edge.post("/api/intake", content=b"x" * BODY_BYTES_MAX).status_code == 200


def test_a_view_of_the_portal_shows_its_one_page(edge: httpx.Client) -> None:
    for path in ("/", "/enrollment", "/enrollment/insurance"):
        answer = edge.get(path, headers={"Host": "portal.localhost:8080"})
        assert answer.text == "<html>"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_missing_file_is_not_the_page(edge: httpx.Client) -> None:
    answer = edge.get("/assets/old.js", headers={"Host": "portal.localhost:8080"})
    assert answer.status_code == 404


def test_a_site_is_only_read(edge: httpx.Client) -> None:
    answer = edge.post("/index.html", headers={"Host": "portal.localhost:8080"})
    assert answer.status_code == 405


def test_the_bare_address_has_no_site(edge: httpx.Client) -> None:
    assert edge.get("/").json()["code"] == "route.unknown"


def test_a_dead_engine_is_one_clear_line(port: int, tmp_path: Path) -> None:
    with edge_at(port, NOBODY, tmp_path, ApiId="abc") as client:
        answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["code"] == "engine.down"
    assert "make up" in answer.json()["detail"]


def test_a_page_of_a_dead_engine_is_asked_for_again_by_the_browser(
    port: int, tmp_path: Path
) -> None:
    with edge_at(port, NOBODY, tmp_path, OpsBucket="ops-bucket") as client:
        host = {"Host": f"ops.localhost:{port}"}
        page = client.get("/work/intake", headers=host)
        script = client.get("/assets/index-1.js", headers=host)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert 'http-equiv="refresh"' in page.text
    assert (script.status_code, script.json()["code"]) == (503, "engine.down")


def test_nothing_deployed_yet_is_told_alike(port: int, tmp_path: Path) -> None:
    with edge_at(port, NOBODY, tmp_path) as client:
        assert client.get("/health").status_code == 503


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e%2fcards-bucket/card.png",
        "/assets/%2e%2e%2f..%2f..%2fcards-bucket/card.png",
        "/..%5ccards-bucket/card.png",
        "/../cards-bucket/card.png",
        "/./%2e%2e/cards-bucket/card.png",
    ],
)
def test_a_site_serves_nothing_beside_its_bucket(edge: httpx.Client, path: str) -> None:
    assert asked_raw(edge, path, host="portal.localhost:8080") == 404
    assert Upstream.seen == []


@pytest.mark.parametrize("path", ["/api/../../../../../cards-bucket/card.png", "/api/./x/../../y"])
def test_a_request_for_the_api_goes_nowhere_else(edge: httpx.Client, path: str) -> None:
    assert asked_raw(edge, path, host="127.0.0.1:8080") == 404
    assert Upstream.seen == []


def test_a_path_too_odd_for_a_route_is_answered_with_the_headers_all_the_same(
    edge: httpx.Client,
) -> None:
    answer = edge.get("/x%0d%0aSet-Cookie:%20a=b")
    assert answer.json()["code"] == "route.unknown"
    assert answer.headers["x-content-type-options"] == "nosniff"


def asked_raw(edge: httpx.Client, path: str, *, host: str) -> int:
    """The status for a path that a client would tidy up before it sends it."""
    connection = HTTPConnection(edge.base_url.host, edge.base_url.port)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
