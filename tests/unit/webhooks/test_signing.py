"""Signatures that receivers' libraries accept."""

import json
from pathlib import Path

from pharmonico.fulfillment.webhooks.endpoint import EVENT_TYPES
from pharmonico.fulfillment.webhooks.signing import new_secret, signed_headers

from tests.hooking import signature_fits


def test_the_specifications_own_example_comes_out() -> None:
    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        secrets=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        at_s=1614265330,
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_both_secrets_sign_while_two_are_good() -> None:
    old, new, other = new_secret(), new_secret(), new_secret()
    headers = signed_headers("msg_1", b"{}", secrets=[new, old], at_s=1)
    fitting = [signature_fits(secret, b"{}", headers) for secret in (new, old, other)]
    assert fitting == [True, True, False]


def test_another_body_does_not_fit() -> None:
    secret = new_secret()
    headers = signed_headers("msg_1", b"{}", secrets=[secret], at_s=1)
    assert not signature_fits(secret, b"{ }", headers)


PAGE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()


def test_the_page_for_receivers_names_every_event() -> None:
    assert [name for name in EVENT_TYPES if f"`{name}`" not in PAGE] == []


def test_the_pages_example_is_signed_as_it_says() -> None:
    head, _, rest = PAGE.partition("```http\n")[2].partition("\n\n")
    headers = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    body, secret = rest.splitlines()[0], PAGE.partition("signed with `")[2].partition("`")[0]
    assert signature_fits(secret, body.encode(), headers)
    assert json.loads(body)["type"] in EVENT_TYPES
