"""The audit's vault on S3 with Object Lock: a version that is locked stays until its time is over.

The lock does not keep anybody from laying a newer version or a deletion over a file. So files are
read by their first version, and what came later is told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from pharmonico.adapters.clients import client
from pharmonico.fulfillment.audit.ports import Kept
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import VersionConflict
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_s3 import S3Client

    from pharmonico.kit.clock import Clock

_TAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}
TYPE = "application/x-ndjson"


class S3Vault:
    """`signer` makes links: browsers may find the bucket at another address than functions do."""

    def __init__(
        self,
        client: S3Client,
        bucket: str,
        *,
        signer: S3Client,
        retention: timedelta,
        clock: Clock,
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._signer = signer
        self._retention = retention
        self._clock = clock

    def keep(self, key: str, data: bytes) -> None:
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=data,
                ContentType=TYPE,
                IfNoneMatch="*",
                ChecksumAlgorithm="SHA256",
                ObjectLockMode="COMPLIANCE",
                ObjectLockRetainUntilDate=self._clock.now() + self._retention,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _TAKEN:
                raise VersionConflict from error
            raise

    def kept(self, prefix: str, *, at_or_after: str = "") -> Iterator[Kept]:
        for versions in self._listed(prefix):
            if versions[0]["Key"] >= at_or_after:
                yield from self._first(versions)

    def newest(self, prefix: str) -> Kept | None:
        newest = None
        for newest in self._listed(prefix):  # noqa: B007 - the last one counts
            pass
        return next(self._first(newest), None) if newest else None

    def share(self, key: str, data: bytes, *, ttl_s: int) -> str:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=TYPE)
        return self._signer.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=ttl_s
        )

    def _listed(self, prefix: str) -> Iterator[list[Any]]:
        """The versions and deletions of each key, by key; those of one may lie on two pages."""
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        waiting: list[Any] = []
        for page in pages:
            listed = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            for version in sorted(listed, key=lambda each: each["Key"]):
                if waiting and waiting[0]["Key"] != version["Key"]:
                    yield waiting
                    waiting = []
                waiting.append(version)
        if waiting:
            yield waiting

    def _first(self, versions: list[Any]) -> Iterator[Kept]:
        """The oldest version with content; deletions have no size."""
        filled = [each for each in versions if "Size" in each]
        if not filled:
            return
        oldest = min(filled, key=lambda each: (each["LastModified"], bool(each["IsLatest"])))
        answer = self._client.get_object(
            Bucket=self._bucket, Key=oldest["Key"], VersionId=oldest["VersionId"]
        )
        yield Kept(oldest["Key"], answer["Body"].read(), is_covered=len(versions) > 1)


def vault() -> S3Vault:
    return S3Vault(
        client("s3", "", "s3v4"),
        settings().need("AUDIT_BUCKET"),
        signer=client("s3", settings().UPLOAD_URL, "s3v4"),
        retention=timedelta(days=settings().AUDIT_RETENTION_DAYS),
        clock=SystemClock(),
    )
