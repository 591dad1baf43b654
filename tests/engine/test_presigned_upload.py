"""Card photos go straight to the bucket, which takes what was announced; the rest is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local.client import Refused
from local.demo.patient import PHOTO, PHOTO_TYPE

if TYPE_CHECKING:
    import httpx

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


@pytest.fixture
def visited(world: World) -> Prescription:
    """A patient who has opened the portal."""
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    return rx


def offer(rx: Prescription, media_type: str = PHOTO_TYPE) -> dict[str, Any]:
    wish = {"side": "front", "media_type": media_type}
    return dict(rx.patient.send("POST", "uploads", wish).json())


def post(rx: Prescription, form: dict[str, Any], content: bytes, **fields: str) -> httpx.Response:
    """Post to the bucket as a browser does; `fields` replace what the form was signed for."""
    file = {"file": ("card.png", content, fields.get("Content-Type", PHOTO_TYPE))}
    return rx.patient.http.post(form["url"], data={**form["fields"], **fields}, files=file)


def completed(rx: Prescription) -> tuple[int, str]:
    try:
        return rx.patient.send("POST", "uploads/front/complete").status_code, ""
    except Refused as refused:
        return refused.status, refused.problem["code"]


def cards(rx: Prescription) -> dict[str, Any]:
    return dict(rx.papers["enrollment"][0]["cards"])


def test_a_photo_of_the_announced_type_counts(visited: Prescription) -> None:
    assert post(visited, offer(visited), PHOTO).is_success
    assert completed(visited) == completed(visited) == (200, "")
    front = cards(visited)["front"]
    assert (front["media_type"], front["width"], front["height"]) == ("image/jpeg", 1, 1)


def test_the_bucket_refuses_another_type_than_announced(visited: Prescription) -> None:
    form = offer(visited)
    refused = post(visited, form, b"<html>", **{"Content-Type": "text/html"})
    assert refused.status_code == 403
    assert completed(visited) == (422, "upload.missing")
    assert cards(visited) == {}


def test_the_bucket_refuses_more_than_the_limit(visited: Prescription) -> None:
    form = offer(visited)
    refused = post(visited, form, PHOTO + b"\0" * form["bytes_max"])
    assert (refused.status_code, "EntityTooLarge" in refused.text) == (400, True)
    assert completed(visited) == (422, "upload.missing")


def test_the_bucket_refuses_another_place(visited: Prescription) -> None:
    assert post(visited, offer(visited), PHOTO, key="cards/mine").status_code == 403


def test_what_only_claims_to_be_a_photo_does_not_count(visited: Prescription) -> None:
    assert post(visited, offer(visited), b"%PDF-1.7 no photo at all").is_success
    assert completed(visited) == (422, "upload.wrong_type")
    assert cards(visited) == {}
    assert post(visited, offer(visited), PHOTO).is_success
    assert completed(visited) == (200, "")


def test_no_form_is_given_for_what_is_no_photo(visited: Prescription) -> None:
    with pytest.raises(Refused) as refused:
        offer(visited, "application/pdf")
    assert (refused.value.status, refused.value.problem["code"]) == (422, "request.invalid")
