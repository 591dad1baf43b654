"""Signed records on S3; an address to read one is signed for minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

PDF = "application/pdf"


class S3Records:
    """`signer` makes the addresses: browsers may find the bucket elsewhere than functions do."""

    def __init__(self, client: S3Client, bucket: str, *, signer: S3Client) -> None:
        self._client = client
        self._bucket = bucket
        self._signer = signer

    def put(self, key: str, pdf: bytes) -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=pdf, ContentType=PDF)

    def link(self, key: str, *, file_name: str, ttl_s: int) -> str:
        return self._signer.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentType": PDF,
                "ResponseContentDisposition": f'attachment; filename="{file_name}"',
                "ResponseCacheControl": "no-store",
            },
            ExpiresIn=ttl_s,
        )

    def drop(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=key)
