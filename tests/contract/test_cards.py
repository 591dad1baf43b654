"""What every bucket of card photos must do."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from pharmonico.adapters.cards import S3Cards
from pharmonico.adapters.memory.cards import MemoryCards
from pharmonico.fulfillment.enrollment.uploads import Posted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.enrollment.uploads import Cards

CONTENT = b"\xff\xd8\xff\xe0 a photo"
BUCKET = "cards"


class Bucket:
    """The port, and a way to put an object there as a browser would."""

    def __init__(self, cards: Cards, put: Callable[[str, bytes], Any]) -> None:
        self.cards = cards
        self.put = put


@pytest.fixture(params=["memory", "s3"])
def bucket(request: pytest.FixtureRequest) -> Bucket:
    if request.param == "memory":
        memory = MemoryCards()
        return Bucket(memory, memory.objects.__setitem__)
    client = request.getfixturevalue("s3")
    client.create_bucket(Bucket=BUCKET)
    return Bucket(
        S3Cards(client, BUCKET, signer=client),
        lambda key, content: client.put_object(Bucket=BUCKET, Key=key, Body=content),
    )


def test_what_arrived_is_read_whole(bucket: Bucket) -> None:
    bucket.put("incoming/1", CONTENT)
    for bytes_max in (len(CONTENT), 1_000):
        assert bucket.cards.read("incoming/1", bytes_max=bytes_max) == Posted(len(CONTENT), CONTENT)


def test_of_what_is_too_large_only_a_part_is_read_and_the_size(bucket: Bucket) -> None:
    bucket.put("incoming/1", CONTENT)
    assert bucket.cards.read("incoming/1", bytes_max=4) == Posted(len(CONTENT), CONTENT[:4])


def test_an_empty_file_is_read_as_empty(bucket: Bucket) -> None:
    bucket.put("incoming/1", b"")
    assert bucket.cards.read("incoming/1", bytes_max=16) == Posted(0, b"")


def test_what_is_not_there_is_not_read(bucket: Bucket) -> None:
    assert bucket.cards.read("incoming/1", bytes_max=16) is None


def test_what_was_put_is_read_and_stays_when_the_upload_is_dropped(bucket: Bucket) -> None:
    bucket.put("incoming/1", b"as it came")
    bucket.cards.put("cards/1", CONTENT, media_type="image/jpeg")
    bucket.cards.drop("incoming/1")
    assert bucket.cards.read("cards/1", bytes_max=1_000) == Posted(len(CONTENT), CONTENT)
    assert bucket.cards.read("incoming/1", bytes_max=1_000) is None


def test_dropping_twice_is_no_error(bucket: Bucket) -> None:
    bucket.put("incoming/1", CONTENT)
    bucket.cards.drop("incoming/1")
    bucket.cards.drop("incoming/1")
    assert bucket.cards.read("incoming/1", bytes_max=16) is None


def test_a_form_names_its_type_its_limit_and_its_end(aws_cloud: None) -> None:
    client = boto3.client("s3", config=Config(signature_version="s3v4"))
    offer = S3Cards(client, BUCKET, signer=client).offer(
        "incoming/1", media_type="image/png", bytes_max=1_000, ttl_s=600
    )
    assert offer.fields["Content-Type"] == "image/png"
    assert offer.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert (offer.bytes_max, offer.expires_in_s) == (1_000, 600)
    assert _policy(offer.fields["policy"]) >= {
        ("Content-Type", "image/png"),
        ("content-length-range", 1, 1_000),
        ("key", "incoming/1"),
    }


def test_a_form_leads_to_where_browsers_find_the_bucket(aws_cloud: None) -> None:
    config = Config(signature_version="s3v4")
    inside = boto3.client("s3", endpoint_url="http://172.18.0.2:4566", config=config)
    outside = boto3.client("s3", endpoint_url="http://127.0.0.1:4566", config=config)
    cards = S3Cards(inside, BUCKET, signer=outside)
    offer = cards.offer("incoming/1", media_type="image/png", bytes_max=1_000, ttl_s=600)
    assert offer.url == f"http://127.0.0.1:4566/{BUCKET}"


def _policy(encoded: str) -> set[tuple[Any, ...]]:
    conditions = json.loads(base64.b64decode(encoded))["conditions"]
    return {
        tuple(condition) if isinstance(condition, list) else next(iter(condition.items()))
        for condition in conditions
    }
