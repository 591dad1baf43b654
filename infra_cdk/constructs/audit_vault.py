"""Where the audit's digests lie: a bucket that lets nobody delete, and the key that signs them.

The digests' own retention comes with each of them: the exports beside them go after a week.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra_cdk.constructs.logs import removal_policy

if TYPE_CHECKING:
    from infra_cdk.stages import Stage

EXPORTS = "exports/"
EXPORT_LIFE = Duration.days(7)
OLD_EXPORT_LIFE = Duration.days(1)


class AuditVault(Construct):
    """A bucket with Object Lock under the records' key, and an asymmetric key of its own."""

    def __init__(self, scope: Construct, *, stage: Stage, records: kms.IKey) -> None:
        super().__init__(scope, "AuditVault")
        self.key = kms.Key(
            self,
            "Key",
            description=f"Pharmonico {stage.name}: signs the digests of the audit",
            key_spec=kms.KeySpec.ECC_NIST_P256,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
            removal_policy=removal_policy(stage),
        )
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            object_lock_enabled=True,
            versioned=True,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=records,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=not stage.local,  # the local engines speak plain HTTP
            lifecycle_rules=[
                s3.LifecycleRule(
                    prefix=EXPORTS,
                    expiration=EXPORT_LIFE,
                    noncurrent_version_expiration=OLD_EXPORT_LIFE,
                )
            ],
            removal_policy=removal_policy(stage),
        )
