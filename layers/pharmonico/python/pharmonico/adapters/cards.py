"""Card photos on S3: signed upload forms, a look at the first bytes, the copy that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from pharmonico.fulfillment.enrollment.uploads import Glimpse, Offer

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import CopySourceTypeDef

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

    def look(self, key: str, *, head_bytes: int) -> Glimpse | None:
        """One ranged read tells the whole size as well."""
        try:
            answer = self._client.get_object(
                Bucket=self._bucket, Key=key, Range=f"bytes=0-{head_bytes - 1}"
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == _EMPTY:
                return Glimpse(size=0, head=b"")
            if code in _MISSING:
                return None
            raise
        size = int(answer["ContentRange"].rpartition("/")[2])
        return Glimpse(size=size, head=answer["Body"].read(head_bytes))

    def keep(self, key: str, as_key: str) -> bool:
        source: CopySourceTypeDef = {"Bucket": self._bucket, "Key": key}
        try:
            self._client.copy_object(Bucket=self._bucket, Key=as_key, CopySource=source)
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return False
            raise
        return True

    def drop(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=key)
