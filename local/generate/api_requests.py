"""A request for each API function; `Bearer ops` stands for the token of a local role."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp import telecom
from pharmonico.lambdas.http.guard import JSON, SESSION_COOKIE

from local.generate.events import IDS, META
from local.generate.proxy_event import Request
from local.samples import FOLDER
from local.sandbox import shippo_tracks, stripe_objects
from local.sandbox.credentials import LOCAL_ONLY
from local.sandbox.twilio_inbound import inbound_sms
from local.sandbox.webhooks import SIGNATURE_HEADERS, signature
from local.seed.users import PASSWORD, username

if TYPE_CHECKING:
    from collections.abc import Callable

LOCAL_API = "http://127.0.0.1:8080"
AT = META.occurred_at.timestamp()
PRESCRIPTION = IDS["prescription_id"]
PORTAL_TOKEN = "EXAMPLE-LINK-TOKEN"  # noqa: S105 - no link ever carried it
BORN_ON = "1979-05-17"
PARCEL = "SHIPPO_DELIVERED"
AMOUNT_MINOR = 1000
NPI = "1234567893"
OBJECT = "0123456789abcdef0123456789abcdef"


def requests() -> dict[str, Request]:
    """One request by function's folder."""
    made: dict[str, Callable[[], Request]] = {
        "intake": _new_rx,
        "ops_api": _list,
        "desk_api": _counts,
        "audit_api": _verify,
        "portal_api": _open_link,
        "card_photos": _upload,
        "payments_api": _payment_link,
        "address_check": _address,
        "shipments_api": _parcels,
        "webhooks_api": _endpoint,
        "session_api": _sign_in,
        "webhook_stripe": _paid,
        "webhook_twilio": _stop,
        "webhook_shippo": _delivered,
        "payer_simulator": _claim,
        "system_api": lambda: Request(method="GET", path="/health"),
    }
    return {function: make() for function, make in made.items()}


def _new_rx() -> Request:
    headers = {"Authorization": "Bearer provider", "Content-Type": "application/xml"}
    body = (FOLDER / "newrx.xml").read_bytes()
    return Request(method="POST", path="/api/v1/script", headers=headers, body=body)


def _list() -> Request:
    return Request(
        method="GET",
        path="/api/v1/prescriptions",
        headers={"Authorization": "Bearer ops"},
        query={"status": "awaiting_enrollment"},
    )


def _verify() -> Request:
    headers = {"Authorization": "Bearer auditor"}
    return Request(method="GET", path="/api/v1/audit/verify", headers=headers)


def _parcels() -> Request:
    headers = {"Authorization": "Bearer ops"}
    return Request(method="GET", path="/api/v1/shipments", headers=headers)


def _counts() -> Request:
    return Request(method="GET", path="/api/v1/counts", headers={"Authorization": "Bearer ops"})


def _open_link() -> Request:
    proof = {"token": PORTAL_TOKEN, "date_of_birth": BORN_ON}
    return _posted("/api/v1/portal/open", proof, {"Sec-Fetch-Site": "same-origin"})


def _upload() -> Request:
    """The session's cookie is of its own time as well: it opens nothing."""
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"{SESSION_COOKIE}={PORTAL_TOKEN}"}
    return _posted("/api/v1/portal/uploads", {"side": "front", "media_type": "image/png"}, headers)


def _address() -> Request:
    typed = {
        "name": "Jordan Doe",
        "line1": "99 Test Stret",
        "city": "Columbus",
        "state": "OH",
        "postal_code": "43201",
    }
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"{SESSION_COOKIE}={PORTAL_TOKEN}"}
    return _posted("/api/v1/portal/address-check", typed, headers)


def _payment_link() -> Request:
    headers = {"Authorization": "Bearer ops", "Idempotency-Key": "example-1"}
    return _posted("/api/v1/payments", {"prescription_id": PRESCRIPTION}, headers)


def _endpoint() -> Request:
    headers = {"Authorization": "Bearer provider", "Idempotency-Key": "example-1"}
    wanted = {"url": "https://clinic.example/hooks", "events": ["prescription_dispensed"]}
    return _posted("/api/v1/webhooks/endpoints", wanted, headers)


def _sign_in() -> Request:
    """The local user of `local.seed.users`: a known password, on local stages alone."""
    given = {"username": username("ops"), "password": PASSWORD}
    return _posted("/api/v1/session", given, {"Sec-Fetch-Site": "same-origin"})


def _paid() -> Request:
    """`checkout.session.completed`, signed with the sandbox's key at the example's time."""
    ids = {"prescription_id": PRESCRIPTION, "attempt": "1"}
    price = {"currency": "usd", "unit_amount": AMOUNT_MINOR}
    order = {
        "mode": "payment",
        "success_url": "https://portal.pharmonico.example/",
        "metadata": ids,
    }
    bill = stripe_objects.session(
        order | {"line_items": [{"price_data": price}]}, identifier="cs_1", created=int(AT), url=""
    )
    bill |= {"status": "complete", "payment_status": "paid", "payment_intent": "pi_cs_1"}
    event = stripe_objects.event(
        "checkout.session.completed", bill, identifier="evt_example", created=int(AT)
    )
    return _signed("stripe", event, LOCAL_ONLY.stripe_webhook_secret)


def _delivered() -> Request:
    """`track_updated`, signed with the sandbox's key at the example's time."""
    track = shippo_tracks.track("usps", PARCEL)
    shippo_tracks.advance(track, "DELIVERED", at=AT)
    track["tracking_status"]["object_id"] = OBJECT  # the sandbox makes up a new one each time
    event = {"event": "track_updated", "test": True, "carrier": "usps", "data": track}
    return _signed("shippo", event, LOCAL_ONLY.shippo_webhook_secret)


def _stop() -> Request:
    """A STOP, signed with the sandbox's token for the local edge's usual address."""
    body, headers = inbound_sms(
        f"{LOCAL_API}/webhook/twilio", "+16145550120", "STOP", keys=LOCAL_ONLY
    )
    return Request(method="POST", path="/webhook/twilio", headers=headers, body=body.encode())


def _claim() -> Request:
    """A billing of the demo's plan."""
    today = f"{META.occurred_at:%Y%m%d}"
    asked = telecom.billing_request(
        telecom.Route(
            bin="610014",
            pcn="MEDDPRIME",
            provider_id=NPI,
            date_of_service=today,
        ),
        telecom.Member(cardholder_id="EXAMPLE0001", date_of_birth="19790517"),
        telecom.Claim(
            rx_number="7000001",
            ndc="00071015623",
            quantity=Decimal(30),
            days_supply=30,
            date_written=today,
            prescriber_npi=NPI,
            ingredient_minor=2400,
        ),
    )
    headers = {"Content-Type": "application/octet-stream"}
    return Request(method="POST", path="/payer/claims", headers=headers, body=ncpdp.write(asked))


def _signed(provider: str, event: dict[str, Any], secret: str) -> Request:
    body = json.dumps(event, separators=(",", ":"))
    header = {SIGNATURE_HEADERS[provider]: signature(secret, body, at=AT)}
    return _posted(f"/webhook/{provider}", event, header)


def _posted(path: str, body: dict[str, Any], headers: dict[str, str]) -> Request:
    text = json.dumps(body, separators=(",", ":"))
    headers = {"Content-Type": JSON, **headers}
    return Request(method="POST", path=path, headers=headers, body=text.encode())
