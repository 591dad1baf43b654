"""One contract for every vault and every signer: what is kept stays, what is signed is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from pharmonico.adapters.audit_signing import KmsSigner
from pharmonico.adapters.audit_vault import S3Vault
from pharmonico.adapters.memory.vault import MemorySigner, MemoryVault
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit.ports import Signer, Vault

BUCKET = "audit"


@pytest.fixture
def bucket(s3: Any) -> Any:
    s3.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
    return s3


@pytest.fixture(params=["memory", "s3"])
def vault(request: pytest.FixtureRequest) -> Vault:
    if request.param == "memory":
        return MemoryVault()
    client = request.getfixturevalue("bucket")
    return S3Vault(client, BUCKET, signer=client, retention=timedelta(days=3), clock=SystemClock())


@pytest.fixture(params=["memory", "kms"])
def signer(request: pytest.FixtureRequest) -> Signer:
    if request.param == "memory":
        return MemorySigner()
    request.getfixturevalue("aws_cloud")
    return a_kms_signer()


def a_kms_signer() -> KmsSigner:
    client = boto3.client("kms")
    key = client.create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")["KeyMetadata"]["Arn"]
    return KmsSigner(client, key)


def test_files_come_in_the_order_of_their_keys(vault: Vault) -> None:
    for name in ("c", "a", "b"):
        vault.keep(f"digests/{name}", name.encode())
    vault.keep("elsewhere/x", b"x")
    found = list(vault.kept("digests/"))
    assert [(kept.key, kept.data) for kept in found] == [
        (f"digests/{name}", name.encode()) for name in "abc"
    ]
    assert not any(kept.is_covered for kept in found)
    newest = vault.newest("digests/")
    assert newest is not None
    assert newest.key == "digests/c"
    later = [kept.key for kept in vault.kept("digests/", at_or_after="digests/b")]
    assert later == ["digests/b", "digests/c"]


def test_an_empty_vault_holds_nothing(vault: Vault) -> None:
    assert list(vault.kept("digests/")) == []
    assert vault.newest("digests/") is None


def test_a_key_is_taken_once(vault: Vault) -> None:
    vault.keep("digests/a", b"first")
    with pytest.raises(VersionConflict):
        vault.keep("digests/a", b"second")
    (kept,) = vault.kept("digests/")
    assert (kept.data, kept.is_covered) == (b"first", False)


def test_what_is_laid_over_a_file_is_told_and_the_first_is_read(bucket: Any) -> None:
    vault = S3Vault(bucket, BUCKET, signer=bucket, retention=timedelta(days=3), clock=SystemClock())
    for name in ("deleted", "replaced", "whole"):
        vault.keep(f"digests/{name}", name.encode())
    bucket.delete_object(Bucket=BUCKET, Key="digests/deleted")
    bucket.put_object(Bucket=BUCKET, Key="digests/replaced", Body=b"forged")
    found = {kept.key: (kept.data, kept.is_covered) for kept in vault.kept("digests/")}
    assert found == {
        "digests/deleted": (b"deleted", True),
        "digests/replaced": (b"replaced", True),
        "digests/whole": (b"whole", False),
    }


def test_a_kept_version_cannot_be_deleted_before_its_time(bucket: Any) -> None:
    vault = S3Vault(bucket, BUCKET, signer=bucket, retention=timedelta(days=3), clock=SystemClock())
    vault.keep("digests/a", b"first")
    (version,) = bucket.list_object_versions(Bucket=BUCKET)["Versions"]
    with pytest.raises(ClientError):
        bucket.delete_object(Bucket=BUCKET, Key="digests/a", VersionId=version["VersionId"])
    assert bucket.head_object(Bucket=BUCKET, Key="digests/a")["ObjectLockMode"] == "COMPLIANCE"


def test_a_shared_file_has_a_link(vault: Vault) -> None:
    link = vault.share("exports/a", b"lines", ttl_s=60)
    assert "exports/a" in link


def test_a_signature_holds_for_its_bytes_alone(signer: Signer) -> None:
    signature = signer.sign(b"what was seen")
    assert signer.holds(b"what was seen", signature)
    assert not signer.holds(b"what was not", signature)


@pytest.mark.parametrize("value", ["", "no base64!", "bm8gc2lnbmF0dXJl"])
def test_what_is_no_signature_holds_nothing(signer: Signer, value: str) -> None:
    assert not signer.holds(b"x", replace(signer.sign(b"x"), value=value))


def test_the_signature_of_another_key_holds_nothing(aws_cloud: None) -> None:
    signer, other = a_kms_signer(), a_kms_signer()
    assert not signer.holds(b"x", other.sign(b"x"))
    forged = replace(other.sign(b"x"), key=signer.sign(b"x").key)
    assert not signer.holds(b"x", forged)
    assert not signer.holds(b"x", replace(signer.sign(b"x"), algorithm="none"))
