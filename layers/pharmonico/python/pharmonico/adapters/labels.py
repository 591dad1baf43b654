"""Label files in S3; the bucket encrypts them, the random key says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters.clients import client
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class S3Labels:
    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, pdf: bytes) -> None:
        self._client.put_object(
            Bucket=self._bucket, Key=key, Body=pdf, ContentType="application/pdf"
        )

    def get(self, key: str) -> bytes | None:
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except self._client.exceptions.NoSuchKey:
            return None


def labels() -> S3Labels:
    return S3Labels(client("s3"), settings().need("LABELS_BUCKET"))
