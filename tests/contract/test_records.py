"""What every bucket of signed records must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config
from pharmonico.adapters.memory.records import MemoryRecords
from pharmonico.adapters.records import S3Records

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.enrollment.signing import Records

BUCKET = "documents"
KEY, PDF = "records/1", b"%PDF-1.3 a record"
S3V4 = Config(signature_version="s3v4")


@pytest.fixture(params=["memory", "s3"])
def bucket(request: pytest.FixtureRequest) -> tuple[Records, Callable[[], list[str]]]:
    """The port, and what lies in the bucket."""
    if request.param == "memory":
        memory = MemoryRecords()
        return memory, lambda: list(memory.objects)
    client = request.getfixturevalue("s3")
    client.create_bucket(Bucket=BUCKET)

    def keys() -> list[str]:
        found = client.list_objects_v2(Bucket=BUCKET)
        return [each["Key"] for each in found.get("Contents", ())]

    return S3Records(client, BUCKET, signer=boto3.client("s3", config=S3V4)), keys


def test_a_record_stays_until_it_is_dropped(bucket: Any) -> None:
    records, keys = bucket
    records.put(KEY, PDF)
    assert keys() == [KEY]
    records.drop(KEY)
    records.drop(KEY)
    assert keys() == []


def test_an_address_names_the_file_and_is_told_when_to_end(bucket: Any) -> None:
    records, _ = bucket
    records.put(KEY, PDF)
    url = records.link(KEY, file_name="consent.pdf", ttl_s=300)
    assert KEY in url
    assert "consent.pdf" in url
    assert "300" in url


def test_an_address_leads_to_where_browsers_find_the_bucket_and_downloads(aws_cloud: None) -> None:
    inside = boto3.client("s3", endpoint_url="http://172.18.0.2:4566", config=S3V4)
    outside = boto3.client("s3", endpoint_url="http://127.0.0.1:4566", config=S3V4)
    url = S3Records(inside, BUCKET, signer=outside).link(KEY, file_name="c.pdf", ttl_s=300)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert url.startswith(f"http://127.0.0.1:4566/{BUCKET}/{KEY}?")
    assert asked["X-Amz-Expires"] == "300"
    assert asked["response-content-disposition"] == 'attachment; filename="c.pdf"'
    assert asked["response-content-type"] == "application/pdf"
    assert asked["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"


def test_what_is_stored_is_a_pdf(s3: Any) -> None:
    s3.create_bucket(Bucket=BUCKET)
    S3Records(s3, BUCKET, signer=s3).put(KEY, PDF)
    kept = s3.get_object(Bucket=BUCKET, Key=KEY)
    assert (kept["ContentType"], kept["Body"].read()) == ("application/pdf", PDF)
