"""Where records live: five tables, two buckets, one key, the providers' secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

from infra_cdk.constructs.audit_vault import AuditVault
from infra_cdk.constructs.logs import removal_policy
from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage

TEXT, NUMBER = dynamodb.AttributeType.STRING, dynamodb.AttributeType.NUMBER
UPLOAD_ABANDONED = Duration.days(1)
OLD_VERSIONS = Duration.days(90)
PROVIDER_KEYS = (
    "stripe_api_key",
    "stripe_webhook_secret",
    "shippo_token",
    "shippo_webhook_secret",
    "shippo_webhook_token",
    "twilio_account_sid",
    "twilio_auth_token",
)


class DataStack(PharmonicoStack):
    """Everything that outlives a deployment."""

    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(scope, "data", stage=stage)
        self.key = kms.Key(
            self,
            "Key",
            description=f"Pharmonico {stage.name}: records, documents and secrets",
            enable_key_rotation=True,
            removal_policy=removal_policy(stage),
        )
        self.orders = self._table(
            "Orders",
            sort=("sk", TEXT),
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            ttl="expires_at",  # only the pharmacies' counters, which are of no use after their day
        )
        self.orders.add_global_secondary_index(
            index_name="by_status",
            partition_key=_attribute("gsi_status", TEXT),
            sort_key=_attribute("id", TEXT),
            # Keys alone: whole items in it would be written, and paid, a second time.
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        self.audit = self._table("Audit", sort=("seq", NUMBER))
        self.tokens = self._table("Tokens", ttl="expires_at")
        self.directory = self._table(
            "Directory", sort=("sk", TEXT), stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES
        )
        self.desk = self._table("Desk", sort=("sk", TEXT))
        self.webhooks = self._table("Webhooks", sort=("sk", TEXT), ttl="expires_at")
        self.payer = self._table("Payer", sort=("sk", TEXT)) if stage.payer_simulator else None
        self.cards = self._bucket("Cards", cors=[_posts_from(stage.portal_url)])
        self.labels = self._bucket("Labels")
        self.audit_vault = AuditVault(self, stage=stage, records=self.key)
        self.providers = self._secret()
        self.tell(
            OrdersTable=self.orders.table_name,
            AuditTable=self.audit.table_name,
            TokensTable=self.tokens.table_name,
            WebhooksTable=self.webhooks.table_name,
            DirectoryTable=self.directory.table_name,
            DeskTable=self.desk.table_name,
            CardsBucket=self.cards.bucket_name,
            LabelsBucket=self.labels.bucket_name,
            AuditBucket=self.audit_vault.bucket.bucket_name,
            AuditKey=self.audit_vault.key.key_arn,
            ProvidersSecret=self.providers.secret_arn,
        )
        if self.payer is not None:
            self.tell(PayerTable=self.payer.table_name)

    def _table(
        self,
        name: str,
        *,
        sort: tuple[str, dynamodb.AttributeType] | None = None,
        stream: dynamodb.StreamViewType | None = None,
        ttl: str | None = None,
    ) -> dynamodb.Table:
        # Table, not TableV2: a global table breaks cross-stack exports on LocalStack.
        return dynamodb.Table(
            self,
            name,
            table_name=self.stage_settings.table_name(name),
            partition_key=_attribute("pk", TEXT),
            sort_key=_attribute(*sort) if sort else None,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=self.key,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            stream=stream,
            time_to_live_attribute=ttl,
            deletion_protection=self.stage_settings.removal == "retain",
            removal_policy=removal_policy(self.stage_settings),
        )

    def _bucket(self, name: str, *, cors: list[s3.CorsRule] | None = None) -> s3.Bucket:
        return s3.Bucket(
            self,
            name,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=not self.stage_settings.local,  # the local engines speak plain HTTP
            versioned=True,
            cors=cors,
            lifecycle_rules=[
                s3.LifecycleRule(
                    abort_incomplete_multipart_upload_after=UPLOAD_ABANDONED,
                    noncurrent_version_expiration=OLD_VERSIONS,
                ),
                # Photos that were sent but never completed; a label's key has no such prefix.
                s3.LifecycleRule(prefix="incoming/", expiration=UPLOAD_ABANDONED),
            ],
            removal_policy=removal_policy(self.stage_settings),
        )

    def _secret(self) -> secretsmanager.Secret:
        """Empty keys to be filled in after the first deployment, and a signing key of its own."""
        return secretsmanager.Secret(
            self,
            "Providers",
            secret_name=self.stage_settings.named("providers"),
            description="Keys of Stripe, Shippo and Twilio, and the key that signs links",
            encryption_key=self.key,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps(dict.fromkeys(PROVIDER_KEYS, "")),
                generate_string_key="signing_key",
                password_length=64,
                exclude_punctuation=True,
            ),
            removal_policy=removal_policy(self.stage_settings),
        )


def _attribute(name: str, kind: dynamodb.AttributeType) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=kind)


def _posts_from(origin: str) -> s3.CorsRule:
    return s3.CorsRule(
        allowed_methods=[s3.HttpMethods.POST],
        allowed_origins=[origin],
        allowed_headers=["*"],
        max_age=3600,
    )
