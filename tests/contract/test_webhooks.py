"""One contract for endpoints and their log; and what the real receiver's client refuses."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pharmonico.adapters import receivers as http_receivers
from pharmonico.adapters.dynamodb.webhooks import DynamoDeliveries, DynamoEndpoints
from pharmonico.adapters.memory.webhooks import MemoryDeliveries, MemoryEndpoints
from pharmonico.adapters.receivers import HttpReceivers
from pharmonico.adapters.webhook_queue import SqsDispatch
from pharmonico.fulfillment.webhooks.delivery import Delivery
from pharmonico.fulfillment.webhooks.endpoint import Endpoint, Secret
from pharmonico.fulfillment.webhooks.ports import Task
from pharmonico.kit.errors import Invalid, Rejected, Unavailable, VersionConflict

from tests.builders import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pharmonico.fulfillment.webhooks.ports import Deliveries, Endpoints


@pytest.fixture
def webhooks_table(dynamodb: Any) -> Any:
    dynamodb.create_table(
        TableName="webhooks",
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    return dynamodb


@pytest.fixture(params=["memory", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> tuple[Endpoints, Deliveries]:
    if request.param == "memory":
        return MemoryEndpoints(), MemoryDeliveries()
    client = request.getfixturevalue("webhooks_table")
    return DynamoEndpoints(client, "webhooks"), DynamoDeliveries(client, "webhooks")


def an_endpoint(name: str, audience: str = "client#clinic") -> Endpoint:
    return Endpoint(
        endpoint_id=f"whe_{name}",
        audience=audience,
        url=f"https://clinic.example/{name}",
        events=("delivered",),
        secrets=(Secret(value="whsec_" + "A" * 44),),
        created_at=NOON,
        created_by="clinic",
    )


def a_delivery(number: int, **changes: Any) -> Delivery:
    facts = {"endpoint_id": "whe_1", "message_id": f"msg_{number:03}", "event_type": "delivered"}
    at = NOON + timedelta(seconds=number)
    return Delivery.model_validate({**facts, "body": "{}", "created_at": at, **changes})


def test_an_endpoint_is_found_by_its_id_and_under_its_audience_alone(stores: Any) -> None:
    endpoints, _ = stores
    kept = [
        endpoints.add(each)
        for each in (an_endpoint("1"), an_endpoint("2"), an_endpoint("3", "labeler#00071"))
    ]
    assert endpoints.get("whe_2") == kept[1]
    assert endpoints.of("client#clinic") == tuple(kept[:2])
    assert endpoints.of("client#nobody") == ()
    assert endpoints.all(limit=10) == tuple(kept)
    assert len(endpoints.all(limit=2)) == 2


def test_what_was_dropped_is_nowhere(stores: Any) -> None:
    endpoints, _ = stores
    kept = endpoints.add(an_endpoint("1"))
    endpoints.drop(kept)
    assert (endpoints.get("whe_1"), endpoints.of("client#clinic")) == (None, ())
    assert endpoints.all(limit=10) == ()


def test_two_writers_of_an_endpoint_do_not_undo_each_other(stores: Any) -> None:
    endpoints, _ = stores
    kept = endpoints.add(an_endpoint("1"))
    endpoints.put(kept.model_copy(update={"status": "paused"}))
    with pytest.raises(VersionConflict):
        endpoints.put(kept.model_copy(update={"description": "late"}))
    with pytest.raises(VersionConflict):
        endpoints.add(an_endpoint("1"))
    found = endpoints.get("whe_1")
    assert found is not None
    assert (found.status, found.description) == ("paused", "")


def test_the_log_is_read_newest_first_and_by_pages(stores: Any) -> None:
    _, deliveries = stores
    for number in range(5):
        deliveries.put(a_delivery(number, status="failed" if number % 2 else "delivered"))
    deliveries.put(a_delivery(9, endpoint_id="whe_2"))
    first = deliveries.page("whe_1", limit=2)
    rest = deliveries.page("whe_1", limit=5, after=first.next_after)
    read = [each.message_id for each in (*first.items, *rest.items)]
    assert read == ["msg_004", "msg_003", "msg_002", "msg_001", "msg_000"]
    assert rest.next_after is None
    failed = deliveries.page("whe_1", limit=5, statuses=("failed",))
    assert [each.message_id for each in failed.items] == ["msg_003", "msg_001"]


def test_a_delivery_is_written_on_the_version_that_was_read(stores: Any) -> None:
    _, deliveries = stores
    kept = deliveries.put(a_delivery(1))
    assert deliveries.get("whe_1", "msg_001") == kept
    with pytest.raises(VersionConflict):
        deliveries.put(a_delivery(1))
    assert deliveries.put(kept.again()).round == 2


def test_the_log_forgets_after_thirty_days(webhooks_table: Any) -> None:
    DynamoDeliveries(webhooks_table, "webhooks").put(a_delivery(0))
    (item,) = webhooks_table.scan(TableName="webhooks")["Items"]
    assert int(item["expires_at"]["N"]) == int((NOON + timedelta(days=30)).timestamp())


def test_tasks_go_into_the_queue_however_many(aws_cloud: None) -> None:
    import boto3  # noqa: PLC0415 - only inside the mocked account

    sqs: Any = boto3.client("sqs")
    url = sqs.create_queue(QueueName="webhooks")["QueueUrl"]
    tasks = [Task(endpoint_id="whe_1", message_id=f"msg_{n}", round=1) for n in range(23)]
    SqsDispatch(sqs, url).hand_in(tasks)
    count = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert count["ApproximateNumberOfMessages"] == "23"


class Listener(BaseHTTPRequestHandler):
    """Answers what its path says: a status, or lets the caller wait."""

    got: list[tuple[str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if self.path == "/drip":
            self._drip()
            return
        self.send_response(int(self.path.strip("/").partition("?")[0]))
        self.send_header("Location", "/200")
        self.end_headers()

    def _drip(self) -> None:
        try:
            for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200:
                self.wfile.write(bytes([letter]))
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Nothing to say."""


def self_signed(name: str, folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(who, who, key.public_key(), 1)
    certificate = (
        builder.not_valid_before(NOON - timedelta(days=3650))
        .not_valid_after(NOON + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "pem").write_bytes(certificate.public_bytes(pem) + key.private_bytes(pem, *plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


class Server(HTTPServer):
    """Silent about callers that hang up."""

    def handle_error(self, *_: Any) -> None:
        """They are the point of a test."""


@contextmanager
def listening(tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[Any]]]:
    got: list[Any] = []
    server = Server(("127.0.0.1", 0), type("One", (Listener,), {"got": got}))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_receivers_status_comes_back_and_a_redirect_is_not_followed() -> None:
    with listening() as (url, got):
        receivers = HttpReceivers(loopback=True)
        statuses = [
            receivers.post(f"{url}/{said}", b"{}", {"webhook-id": "msg_1"})
            for said in ("204?a=b", "500", "302")
        ]
    assert statuses == [204, 500, 302]
    assert [path for path, _, _ in got] == ["/204?a=b", "/500", "/302"]
    assert (got[0][1]["webhook-id"], got[0][2]) == ("msg_1", b"{}")


def test_an_answer_that_drips_is_cut_off() -> None:
    with listening() as (url, _):
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            HttpReceivers(loopback=True, whole_s=0.3).post(f"{url}/drip", b"{}", {})
    assert time.monotonic() - begun < 5


def test_nobody_listening_is_trouble_of_theirs() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unavailable):
        HttpReceivers(loopback=True).post(f"http://127.0.0.1:{port}/", b"{}", {})


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:10.0.0.1"]])
def test_a_name_that_leads_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    found = [(0, 0, 0, "", (address, 0)) for address in addresses]
    monkeypatch.setattr(http_receivers.socket, "getaddrinfo", lambda *_, **__: found)
    for loopback in (False, True):
        with pytest.raises(Rejected, match="no public address"):
            HttpReceivers(loopback=loopback).post("https://clinic.example/", b"{}", {})


def test_the_address_that_was_checked_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(0, 0, 0, "", ("8.8.8.8", 0))]
    called: list[Any] = []

    def connect(address: Any, _timeout: float) -> Any:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(http_receivers.socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(http_receivers.socket, "create_connection", connect)
    with pytest.raises(Unavailable):
        HttpReceivers().post("https://clinic.example:8443/", b"{}", {})
    assert called == [("8.8.8.8", 8443)]


def test_a_certificate_that_nobody_vouches_for_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        http_receivers.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("8.8.8.8", 0))]
    )
    with listening(tls=self_signed("clinic.example", tmp_path)) as (url, got):
        caller = socket.socket()
        caller.connect(("127.0.0.1", int(url.rpartition(":")[2])))
        monkeypatch.setattr(http_receivers.socket, "create_connection", lambda *_: caller)
        with caller, pytest.raises(Unavailable) as refused:
            HttpReceivers().post("https://clinic.example/200", b"{}", {})
    assert (refused.value.code, got) == ("webhook.tls", [])


def test_plain_http_and_loopback_are_refused_outside_local_stages() -> None:
    with pytest.raises(Invalid):
        HttpReceivers().post("http://127.0.0.1:9/", b"{}", {})
