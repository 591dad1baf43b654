"""Card photos on S3: signed upload forms, what arrived by them, and what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from pharmonico.fulfillment.enrollment.uploads import Offer, Posted

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_MISSING = {"NoSuchKey", "404"}
_EMPTY = "InvalidRange"


class S3Cards:
    """Clients must sign with `s3v4`: forms signed the older way are refused.

    `signer` makes the forms: browsers may find the bucket at another address than functions do.
    """

    def __init__(self, client: S3Client, bucket: str, *, signer: S3Client) -> None:
        self._client = client
        self._bucket = bucket
        self._signer = signer

    def offer(self, key: str, *, media_type: str, bytes_max: int, ttl_s: int) -> Offer:
        form = self._signer.generate_presigned_post(
            self._bucket,
            key,
            Fields={"Content-Type": media_type},
            Conditions=[{"Content-Type": media_type}, ["content-length-range", 1, bytes_max]],
            ExpiresIn=ttl_s,
        )
        return Offer(form["url"], form["fields"], expires_in_s=ttl_s, bytes_max=bytes_max)

    def read(self, key: str, *, bytes_max: int) -> Posted | None:
        """One ranged read tells the whole size as well."""
        try:
            answer = self._client.get_object(
                Bucket=self._bucket, Key=key, Range=f"bytes=0-{bytes_max - 1}"
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == _EMPTY:
                return Posted(size=0, content=b"")
            if code in _MISSING:
                return None
            raise
        size = int(answer["ContentRange"].rpartition("/")[2])
        return Posted(size=size, content=answer["Body"].read(bytes_max))

    def put(self, key: str, content: bytes, *, media_type: str) -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=media_type)

    def drop(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=key)
