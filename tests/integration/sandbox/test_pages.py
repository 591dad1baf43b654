"""The pages a developer clicks through: they escape, they act, they need no script."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import stripe

PAGES = ("", "checkouts", "parcels", "claims", "payers", "traffic", "trouble", "magic")
MAIL = {
    "FromEmailAddress": "clinic@example.com",
    "Destination": {"ToAddresses": ["pat@example.com"]},
    "Content": {
        "Simple": {
            "Subject": {"Data": "<script>alert(1)</script>"},
            "Body": {
                "Text": {"Data": "See https://portal.localhost/#t=abc"},
                "Html": {"Data": "<p><a href='https://portal.localhost/#t=abc'>Go</a></p>"},
            },
        }
    },
}


class Outline(HTMLParser):
    """What a screen reader would rely on: landmarks, one heading, labelled fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.tags if found == tag]


def fill(sandbox: Any) -> None:
    sandbox.http.post("/ses/v2/email/outbound-emails", json=MAIL).raise_for_status()
    sandbox.post("/faults", {"provider": "ses", "kind": "error"})


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_landmarks_one_heading_and_labelled_fields(sandbox: Any, name: str) -> None:
    fill(sandbox)
    answer = sandbox.http.get(f"/sandbox/{name}").raise_for_status()
    outline = Outline(answer.text)
    assert [html["lang"] for html in outline.all("html")] == ["en"]
    assert len(outline.all("main")) == len(outline.all("nav")) == len(outline.all("h1")) == 1
    assert [link["href"] for link in outline.all("a") if link.get("aria-current")]
    labelled = {label["for"] for label in outline.all("label")}
    fields = [*outline.all("input"), *outline.all("select")]
    assert {field["id"] for field in fields if field.get("type") != "hidden"} <= labelled
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_what_a_message_says_is_escaped(sandbox: Any) -> None:
    fill(sandbox)
    text = sandbox.http.get("/sandbox/").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert 'href="https://portal.localhost/#t=abc"' in text


def test_the_html_part_of_a_mail_is_framed_without_script(sandbox: Any) -> None:
    fill(sandbox)
    [mail] = sandbox.items("/mail")
    part = sandbox.http.get(f"/sandbox/mail/{mail['id']}/html")
    assert "sandbox allow-popups" in part.headers["content-security-policy"]
    assert "default-src 'none'" in part.headers["content-security-policy"]
    assert "Go</a>" in part.text


def test_a_checkout_is_paid_with_one_button(sandbox: Any, payments: stripe.StripeClient) -> None:
    price = {"currency": "usd", "unit_amount": 1234, "product_data": {"name": "Prescription"}}
    items: Any = [{"quantity": 1, "price_data": price}]
    session = payments.v1.checkout.sessions.create(
        {"mode": "payment", "success_url": "http://portal.localhost/", "line_items": items}
    )
    assert "$12.34" in sandbox.http.get("/sandbox/checkouts").text
    pressed = sandbox.http.post(
        f"/sandbox/checkouts/{session.id}", data={"card": "4242424242424242"}
    )
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/sandbox/checkouts")
    assert payments.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_parcel_is_moved_with_one_button(sandbox: Any, parcels: Any) -> None:
    parcels.tracking_status.create("shippo", "SHIPPO_TRANSIT", "rx_1")
    sandbox.http.post("/sandbox/parcels/SHIPPO_TRANSIT", data={"status": "DELIVERED"})
    moved = sandbox.get("/shippo/parcels/SHIPPO_TRANSIT")
    assert moved["tracking_status"]["status"] == "DELIVERED"


def test_a_fault_is_ordered_and_cleared_by_form(sandbox: Any) -> None:
    form = {"provider": "payer", "kind": "timeout", "times": "1", "delay_s": "2", "path": ""}
    sandbox.http.post("/sandbox/trouble", data=form)
    [fault] = sandbox.items("/faults")
    assert (fault["provider"], fault["delay_s"]) == ("payer", 2)
    sandbox.http.post(f"/sandbox/trouble/{fault['id']}/clear")
    assert sandbox.items("/faults") == []


def test_style_and_script_come_from_files(sandbox: Any) -> None:
    for name in ("sandbox.css", "sandbox.js", "icon.svg"):
        sandbox.http.get(f"/sandbox/static/{name}").raise_for_status()
    assert "<style" not in sandbox.http.get("/sandbox/").text
