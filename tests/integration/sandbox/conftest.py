"""A sandbox in a process of its own, a receiver for its webhooks, and the providers' own SDKs."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import pytest
import shippo
import stripe
from botocore.config import Config
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as TwilioClient

from local.sandbox.credentials import LOCAL_ONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WAIT_S = 10


class Sandbox:
    """A running sandbox: its address, and an HTTP client for the control API."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "local.sandbox", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        found = re.search(r"http://[\d.:]+", self.process.stdout.readline())
        assert found is not None, "the sandbox did not say where it listens"
        self.url = found[0]
        self.http = httpx.Client(base_url=self.url, timeout=WAIT_S, trust_env=False)

    def get(self, path: str, **query: str) -> Any:
        return self.http.get(f"/sandbox{path}", params=query).raise_for_status().json()

    def items(self, path: str, **query: str) -> list[Any]:
        return list(self.get(path, **query)["items"])

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.http.post(f"/sandbox{path}", json=body or {}).raise_for_status().json()

    def stop(self) -> None:
        self.http.close()
        self.process.terminate()
        assert self.process.wait(WAIT_S) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()


class Receiver:
    """Plays the edge: keeps what the webhooks bring, refuses the first few on wish."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], str]] = []
        self.refuse_first = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                receiver.got.append((self.path, dict(self.headers), body))
                refused = len(receiver.got) <= receiver.refuse_first
                self.send_response(500 if refused else 200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait_for(self, count: int) -> list[tuple[str, dict[str, str], str]]:
        eventually(lambda: len(self.got) >= count)
        return self.got

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def eventually(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def running() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The running sandbox with nothing in it."""
    running.http.delete("/sandbox/state").raise_for_status()
    return running


@pytest.fixture
def receiver(sandbox: Sandbox) -> Iterator[Receiver]:
    """The sandbox sends its webhooks here."""
    receiver = Receiver()
    sandbox.post("/settings", {"webhooks": receiver.url})
    yield receiver
    receiver.stop()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Sandbox]]:
    """Starts sandboxes that share one data folder, and stops what is still running."""
    started: list[Sandbox] = []

    def start_one() -> Sandbox:
        started.append(Sandbox("--data", str(tmp_path)))
        return started[-1]

    yield start_one
    for sandbox in started:
        if sandbox.process.poll() is None:
            sandbox.stop()


@pytest.fixture
def payments(sandbox: Sandbox) -> stripe.StripeClient:
    addresses: Any = {"api": f"{sandbox.url}/stripe"}
    return stripe.StripeClient(LOCAL_ONLY.stripe_api_key, base_addresses=addresses)


@pytest.fixture
def parcels(sandbox: Sandbox) -> shippo.Shippo:
    return shippo.Shippo(api_key_header=LOCAL_ONLY.shippo_token, server_url=f"{sandbox.url}/shippo")


@pytest.fixture
def texts(sandbox: Sandbox) -> TwilioClient:
    class Rewriting(TwilioHttpClient):
        def request(self, method: str, url: str, *rest: Any, **named: Any) -> Any:
            local = url.replace("https://api.twilio.com", f"{sandbox.url}/twilio", 1)
            return super().request(method, local, *rest, **named)

    account, secret = LOCAL_ONLY.twilio_account_sid, LOCAL_ONLY.twilio_auth_token
    return TwilioClient(account, secret, http_client=Rewriting(timeout=WAIT_S))


@pytest.fixture
def mail(sandbox: Sandbox) -> Any:
    return boto3.client(
        "sesv2",
        endpoint_url=f"{sandbox.url}/ses",
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )
