"""What each need of a function means: its environment names and the least grant that serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters.dynamodb.partners import PARTNERS_PK
from pharmonico.fulfillment.desk.queues import DEAD_SUFFIX

from infra_cdk.constructs.state_machine import executions_arn, machine_arn
from infra_cdk.needs import Need
from infra_cdk.queues import WEBHOOKS, WITH_DEAD_LETTERS, WITH_QUEUE

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_cdk import Stack
    from aws_cdk import aws_dynamodb as dynamodb
    from aws_cdk import aws_events as events
    from aws_cdk import aws_s3 as s3

    from infra_cdk.constructs.function import Function
    from infra_cdk.stacks.cache import CacheStack
    from infra_cdk.stacks.data import DataStack
    from infra_cdk.stacks.identity import Issuer
    from infra_cdk.stages import Stage

READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
PUT = ("dynamodb:PutItem", "dynamodb:ConditionCheckItem")  # whole items, on their version
COUNT = ("dynamodb:UpdateItem",)
TAKE = ("dynamodb:DeleteItem",)
BATCH = ("dynamodb:BatchWriteItem",)


class Access:
    """Gives the functions of one stack what their specs ask for."""

    def __init__(
        self,
        *,
        stage: Stage,
        data: DataStack,
        issuer: Issuer,
        bus: events.IEventBus | None = None,
        cache: CacheStack | None = None,
    ) -> None:
        self._stage = stage
        self._data = data
        self._issuer = issuer
        self._bus = bus
        self._cache = cache
        self._rules = self._of_stores() | self._of_services()

    def _of_stores(self) -> dict[Need, Callable[[Function], None]]:
        return {
            Need.ORDERS: self._orders,
            Need.ORDERS_READ: self._orders_read,
            Need.AUDIT: self._audit,
            Need.AUDIT_READ: self._audit_read,
            Need.AUDIT_VAULT: self._audit_vault,
            Need.TOKENS: self._tokens,
            Need.DIRECTORY: self._directory,
            Need.ROSTERS: self._rosters,
            Need.CARDS: self._cards,
            Need.RECORDS: self._records,
            Need.RECORDS_READ: self._records_read,
            Need.LABELS: self._labels,
            Need.SECRETS: self._secrets,
            Need.DESK: self._desk,
            Need.DESK_READ: self._desk_read,
            Need.WEBHOOKS: self._webhooks,
            Need.PAYER_BOOK: self._payer_book,
        }

    def _of_services(self) -> dict[Need, Callable[[Function], None]]:
        return {
            Need.ROUTING: self._routing,
            Need.BUS: self._events,
            Need.WAITS: self._waits,
            Need.WAIT_ENDS: self._wait_ends,
            Need.EXECUTIONS: self._executions,
            Need.STRIPE: self._stripe,
            Need.SHIPPO: self._shippo,
            Need.PAYER: self._payer,
            Need.MESSAGES: self._messages,
            Need.PORTAL_LINKS: self._portal_links,
            Need.API_LINKS: self._api_links,
            Need.VERIFIER: self._verifier,
            Need.SIGN_IN: self._sign_in,
            Need.DISPENSE: self._dispense,
            Need.PORTAL: self._portal,
            Need.PARTNERS: self._partners,
            Need.SYSTEM: self._system,
            Need.WEBHOOKS_QUEUE: self._webhooks_queue,
            Need.WEBHOOKS_TO: self._webhooks_to,
        }

    def give(self, function: Function) -> None:
        """Environment and grants for every need of the function."""
        for need in function.spec.needs:
            self._rules[need](function)

    def _orders(self, function: Function) -> None:
        self._table(function, "ORDERS_TABLE", self._data.orders, *READ, *PUT, *COUNT)

    def _orders_read(self, function: Function) -> None:
        self._table(function, "ORDERS_TABLE", self._data.orders, *READ)

    def _audit(self, function: Function) -> None:
        self._table(function, "AUDIT_TABLE", self._data.audit, *READ, *PUT)

    def _audit_read(self, function: Function) -> None:
        self._table(function, "AUDIT_TABLE", self._data.audit, *READ)

    def _audit_vault(self, function: Function) -> None:
        vault = self._data.audit_vault
        files = ("s3:PutObject", "s3:PutObjectRetention", "s3:GetObject", "s3:GetObjectVersion")
        self._bucket(function, "AUDIT_BUCKET", vault.bucket, *files)
        function.may("s3:ListBucketVersions", on=[vault.bucket.bucket_arn])
        function.knows("AUDIT_SIGNER", vault.key.key_arn)
        function.knows("AUDIT_RETENTION_DAYS", str(self._stage.audit_retention_days))
        function.knows("UPLOAD_URL", self._stage.upload_url)  # where links have to lead
        function.may("kms:Sign", "kms:GetPublicKey", on=[vault.key.key_arn])

    def _tokens(self, function: Function) -> None:
        self._table(function, "TOKENS_TABLE", self._data.tokens, *READ, *PUT, *COUNT, *TAKE)
        if self._cache is None:
            function.knows("TOKENS_URL", self._stage.tokens_url)
            return
        function.knows("TOKENS_URL", self._cache.url)
        self._cache.let_in(function)

    def _directory(self, function: Function) -> None:
        self._table(function, "DIRECTORY_TABLE", self._data.directory, *READ)

    def _desk(self, function: Function) -> None:
        self._table(function, "DESK_TABLE", self._data.desk, *READ, *PUT, *TAKE, *BATCH)

    def _desk_read(self, function: Function) -> None:
        self._table(function, "DESK_TABLE", self._data.desk, *READ)

    def _rosters(self, function: Function) -> None:
        self._table(function, "DIRECTORY_TABLE", self._data.directory, *READ, *PUT, *COUNT)

    def _routing(self, function: Function) -> None:
        function.knows("ROUTING_POLICY", self._stage.routing_policy)

    def _cards(self, function: Function) -> None:
        actions = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
        self._bucket(function, "DOCUMENTS_BUCKET", self._data.cards, *actions)
        function.knows("UPLOAD_URL", self._stage.upload_url)
        function.knows("UPLOAD_BYTES_MAX", str(self._stage.upload_bytes_max))

    def _records(self, function: Function) -> None:
        actions = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
        self._bucket(function, "DOCUMENTS_BUCKET", self._data.cards, *actions, below="records/")
        function.knows("UPLOAD_URL", self._stage.upload_url)

    def _records_read(self, function: Function) -> None:
        """An address that it signs opens no more than it may read itself."""
        self._bucket(
            function, "DOCUMENTS_BUCKET", self._data.cards, "s3:GetObject", below="records/"
        )
        function.knows("UPLOAD_URL", self._stage.upload_url)

    def _labels(self, function: Function) -> None:
        actions = ("s3:GetObject", "s3:PutObject")
        self._bucket(function, "LABELS_BUCKET", self._data.labels, *actions)

    def _events(self, function: Function) -> None:
        if self._bus is None:
            raise ValueError(f"{function.spec.name} publishes, and its stack has no bus")
        function.knows("EVENT_BUS", self._bus.event_bus_name)
        function.may("events:PutEvents", on=[self._bus.event_bus_arn])

    def _waits(self, function: Function) -> None:
        machine = machine_arn(function, "fulfillment", stage=self._stage)
        function.may("states:SendTaskSuccess", "states:SendTaskFailure", on=[machine])

    def _wait_ends(self, function: Function) -> None:
        machine = machine_arn(function, "fulfillment", stage=self._stage)
        function.may("states:SendTaskFailure", on=[machine])

    def _executions(self, function: Function) -> None:
        executions = executions_arn(function, "fulfillment", stage=self._stage)
        function.may("states:DescribeExecution", "states:StopExecution", on=[executions])
        machine = machine_arn(function, "fulfillment", stage=self._stage)
        function.may("states:ListExecutions", on=[machine])

    def _secrets(self, function: Function) -> None:
        function.knows("PROVIDERS_SECRET", self._data.providers.secret_arn)
        function.may("secretsmanager:GetSecretValue", on=[self._data.providers.secret_arn])
        self._data.key.grant_decrypt(function.resource)

    def _stripe(self, function: Function) -> None:
        function.knows("STRIPE_URL", self._stage.stripe_url)
        self._partners(function)

    def _shippo(self, function: Function) -> None:
        function.knows("SHIPPO_URL", self._stage.shippo_url)
        self._partners(function)

    def _payer_book(self, function: Function) -> None:
        if self._data.payer is not None:
            self._table(function, "PAYER_TABLE", self._data.payer, *READ, *PUT)

    def _webhooks(self, function: Function) -> None:
        self._table(function, "WEBHOOKS_TABLE", self._data.webhooks, *READ, *PUT, *TAKE)

    def _webhooks_queue(self, function: Function) -> None:
        """By name: the queue belongs to its consumer, and others only put something in."""
        name = self._stage.named(WEBHOOKS)
        function.knows("WEBHOOKS_QUEUE", name)
        arn = function.resource.stack.format_arn(service="sqs", resource=name)
        function.may("sqs:SendMessage", "sqs:GetQueueUrl", on=[arn])

    def _webhooks_to(self, function: Function) -> None:
        function.knows("WEBHOOKS_TO", "loopback" if self._stage.local else "public")

    def _partners(self, function: Function) -> None:
        """The partners' items of the desk's table, and nothing else in it."""
        function.knows("DESK_TABLE", self._data.desk.table_name)
        function.may(
            "dynamodb:GetItem",
            *COUNT,
            on=[self._data.desk.table_arn],
            only={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [PARTNERS_PK]}},
        )
        self._data.key.grant_encrypt_decrypt(function.resource)

    def _system(self, function: Function) -> None:
        function.knows("DESK_TABLE", self._data.desk.table_name)
        function.may(
            "dynamodb:Query",
            on=[self._data.desk.table_arn],
            only={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [PARTNERS_PK]}},
        )
        function.knows("QUEUES", " ".join(WITH_QUEUE))
        function.knows("DEAD_LETTERS", " ".join(WITH_DEAD_LETTERS))
        function.knows("QUEUE_PREFIX", self._stage.named(""))
        arn = function.resource.stack.format_arn(service="sqs", resource=self._stage.named("*"))
        function.may("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage", on=[arn])
        function.may("sqs:ReceiveMessage", "sqs:DeleteMessage", on=[f"{arn}{DEAD_SUFFIX}"])

    def _payer(self, function: Function) -> None:
        function.knows("PAYER_URL", self._stage.payer_url)
        self._partners(function)

    def _messages(self, function: Function) -> None:
        self._partners(function)
        function.knows("TWILIO_URL", self._stage.twilio_url)
        function.knows("EMAIL_URL", self._stage.email_url)
        function.knows("EMAIL_FROM", self._stage.email_from)
        function.knows("SMS_FROM", self._stage.sms_from)
        function.knows("QUIET_HOURS", self._stage.quiet_hours)
        function.may("ses:SendEmail", on=[_sender_arn(function.resource.stack, self._stage)])

    def _portal_links(self, function: Function) -> None:
        function.knows("PORTAL_URL", self._stage.portal_url)

    def _api_links(self, function: Function) -> None:
        function.knows("API_URL", self._stage.api_url)

    def _verifier(self, function: Function) -> None:
        function.knows("TOKEN_ISSUER", self._issuer.url)
        function.knows("TOKEN_JWKS_URL", self._issuer.jwks_url)
        function.knows("TOKEN_CLIENT_IDS", self._issuer.client_ids)

    def _sign_in(self, function: Function) -> None:
        function.knows("STAFF_CLIENT_ID", self._issuer.staff_client_id)
        function.knows("IDENTITY_URL", self._stage.identity_url)
        function.knows("MANAGED_LOGIN", self._issuer.sign_in_url)
        function.knows("OPS_URL", self._stage.ops_url)

    def _dispense(self, function: Function) -> None:
        function.knows("DISPENSE", self._stage.dispense)

    def _portal(self, function: Function) -> None:
        function.knows("PORTAL_OTP", self._stage.portal_otp)

    def _table(self, function: Function, name: str, table: dynamodb.ITable, *actions: str) -> None:
        function.knows(name, table.table_name)
        function.may(*actions, on=[table.table_arn, f"{table.table_arn}/index/*"])
        self._data.key.grant_encrypt_decrypt(function.resource)

    def _bucket(
        self, function: Function, name: str, bucket: s3.IBucket, *actions: str, below: str = ""
    ) -> None:
        function.knows(name, bucket.bucket_name)
        function.may(*actions, on=[bucket.arn_for_objects(f"{below}*")])
        # Without it S3 answers 403 for an object that is not there, where 404 is meant.
        function.may("s3:ListBucket", on=[bucket.bucket_arn])
        self._data.key.grant_encrypt_decrypt(function.resource)


def _sender_arn(stack: Stack, stage: Stage) -> str:
    domain = stage.email_from.partition("@")[2]
    return stack.format_arn(service="ses", resource="identity", resource_name=domain)
