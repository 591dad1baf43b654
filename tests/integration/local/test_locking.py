"""The audit's bucket has its lock on the engine, whatever the engine made of the template."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from pharmonico.adapters.audit_vault import S3Vault
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import VersionConflict

from local.deploy.locking import lock_bucket

if TYPE_CHECKING:
    from local.aws import Engine

BUCKET = "a-vault-without-a-lock"


def test_a_bucket_without_its_lock_gets_it_once_and_keeps_what_it_is_given(engine: Engine) -> None:
    s3 = engine.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    vault = S3Vault(s3, BUCKET, signer=s3, retention=timedelta(days=1), clock=SystemClock())
    with pytest.raises(ClientError):
        vault.keep("digests/a", b"first")
    assert lock_bucket(engine, BUCKET)
    assert not lock_bucket(engine, BUCKET)
    vault.keep("digests/a", b"first")
    with pytest.raises(VersionConflict):
        vault.keep("digests/a", b"second")
    (version,) = s3.list_object_versions(Bucket=BUCKET)["Versions"]
    with pytest.raises(ClientError):
        s3.delete_object(Bucket=BUCKET, Key="digests/a", VersionId=version["VersionId"])
    s3.delete_object(Bucket=BUCKET, Key="digests/a")
    (kept,) = vault.kept("digests/")
    assert (kept.data, kept.is_covered) == (b"first", True)
