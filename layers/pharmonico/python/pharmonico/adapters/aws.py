"""The adapters as the functions wire them: one call per port, nothing built before it is needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pharmonico.adapters.clients import client
from pharmonico.adapters.dynamodb.audit import DynamoAuditTrail
from pharmonico.adapters.dynamodb.directory import DynamoDirectory
from pharmonico.adapters.dynamodb.loads import DynamoLoads
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.email import SesSender
from pharmonico.adapters.eventbridge import EventBridgeBus
from pharmonico.adapters.payer import HttpPayer
from pharmonico.adapters.step_functions import StepFunctionsMachine
from pharmonico.adapters.tokens.dynamodb import DynamoTokens
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from pharmonico.adapters.cards import S3Cards
    from pharmonico.adapters.dynamodb.clients import DynamoClients
    from pharmonico.adapters.dynamodb.contacts import DynamoContacts
    from pharmonico.adapters.dynamodb.desk import DynamoDesk
    from pharmonico.adapters.dynamodb.patients import DynamoPatients
    from pharmonico.adapters.dynamodb.rosters import DynamoRosterPages, DynamoRosters
    from pharmonico.adapters.prescribers import HttpPrescribers
    from pharmonico.adapters.records import S3Records
    from pharmonico.fulfillment.intake.clients import Client
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.fulfillment.routing.scoring import Policy
    from pharmonico.fulfillment.staff.sessions import StaffSessions

CLOCK = SystemClock()


def orders() -> DynamoOrders:
    return DynamoOrders(client("dynamodb"), settings().need("ORDERS_TABLE"))


def tokens() -> Tokens:
    """On Redis where `TOKENS_URL` names one, else on DynamoDB."""
    if url := settings().TOKENS_URL:
        from pharmonico.adapters.tokens.redis import (  # noqa: PLC0415 - slow, and seldom used
            RedisTokens,
        )

        return RedisTokens.at(url)
    return DynamoTokens(client("dynamodb"), settings().need("TOKENS_TABLE"), clock=CLOCK)


def staff_sessions() -> StaffSessions:
    """Who is signed in at the dashboard, for the doors it calls."""
    from pharmonico.fulfillment.staff.sessions import (  # noqa: PLC0415 - for calls by cookie alone
        StaffSessions,
    )

    return StaffSessions(tokens=tokens(), clock=CLOCK)


def cards() -> S3Cards:
    from pharmonico.adapters.cards import (  # noqa: PLC0415 - pulls the enrollment in, 50 ms
        S3Cards,
    )

    return S3Cards(
        client("s3", "", "s3v4"),  # the same one as below, unless browsers have another address
        settings().need("DOCUMENTS_BUCKET"),
        signer=client("s3", settings().UPLOAD_URL, "s3v4"),
    )


def records() -> S3Records:
    from pharmonico.adapters.records import S3Records  # noqa: PLC0415 - few functions need it

    return S3Records(
        client("s3", "", "s3v4"),
        settings().need("DOCUMENTS_BUCKET"),
        signer=client("s3", settings().UPLOAD_URL, "s3v4"),
    )


@lru_cache(maxsize=1)
def known_clients() -> DynamoClients:
    """One per process: it remembers bindings for a minute."""
    from pharmonico.adapters.dynamodb.clients import (  # noqa: PLC0415 - pulls the codec in, 10 ms
        DynamoClients,
    )

    table = settings().need("DIRECTORY_TABLE")
    return DynamoClients(client("dynamodb"), table, clock=CLOCK)


def email() -> SesSender:
    from pharmonico.adapters.partners import watched  # noqa: PLC0415 - for who calls a partner

    sender = SesSender(client("sesv2", settings().EMAIL_URL), settings().EMAIL_FROM)
    return watched("ses", sender)


def contacts() -> DynamoContacts:
    from pharmonico.adapters.dynamodb.contacts import (  # noqa: PLC0415 - few functions need it
        DynamoContacts,
    )

    return DynamoContacts(client("dynamodb"), settings().need("ORDERS_TABLE"))


def machine() -> StepFunctionsMachine:
    return StepFunctionsMachine(client("stepfunctions"))


def bus() -> EventBridgeBus:
    return EventBridgeBus(client("events"), settings().need("EVENT_BUS"))


def audit_trail() -> DynamoAuditTrail:
    return DynamoAuditTrail(client("dynamodb"), settings().need("AUDIT_TABLE"), clock=CLOCK)


def directory() -> DynamoDirectory:
    return DynamoDirectory(client("dynamodb"), settings().need("DIRECTORY_TABLE"))


def patients() -> DynamoPatients:
    from pharmonico.adapters.dynamodb.patients import (  # noqa: PLC0415 - few functions need it
        DynamoPatients,
    )

    return DynamoPatients(client("dynamodb"), settings().need("ORDERS_TABLE"))


def desk() -> DynamoDesk:
    from pharmonico.adapters.dynamodb.desk import (  # noqa: PLC0415 - few functions need it
        DynamoDesk,
    )

    return DynamoDesk(client("dynamodb"), settings().need("DESK_TABLE"))


def loads() -> DynamoLoads:
    return DynamoLoads(client("dynamodb"), settings().need("ORDERS_TABLE"))


@lru_cache(maxsize=1)
def rosters() -> DynamoRosters:
    """One per process: it remembers the rosters it has read."""
    from pharmonico.adapters.dynamodb.rosters import (  # noqa: PLC0415 - for routing alone, 10 ms
        DynamoRosters,
    )

    table = settings().need("DIRECTORY_TABLE")
    return DynamoRosters(client("dynamodb"), table, clock=CLOCK)


def roster_pages() -> DynamoRosterPages:
    from pharmonico.adapters.dynamodb.rosters import (  # noqa: PLC0415 - for the rosters alone
        DynamoRosterPages,
    )

    return DynamoRosterPages(client("dynamodb"), settings().need("DIRECTORY_TABLE"))


@lru_cache(maxsize=1)
def routing_policy() -> Policy:
    """The weights of this deployment."""
    from pharmonico.fulfillment.routing.scoring import (  # noqa: PLC0415 - for routing alone
        read_policy,
    )

    return read_policy(settings().ROUTING_POLICY)


def prescribers() -> HttpPrescribers:
    from pharmonico.adapters.partners import watched  # noqa: PLC0415 - for correspondence alone
    from pharmonico.adapters.prescribers import HttpPrescribers  # noqa: PLC0415 - the same
    from pharmonico.adapters.secrets import secrets  # noqa: PLC0415 - the same

    def whose(_message: bytes, *, to: Client) -> str:
        return to.client_id

    return watched("prescriber", HttpPrescribers(secrets().prescriber_tokens), of=whose)


def payer() -> HttpPayer:
    from pharmonico.adapters.partners import watched  # noqa: PLC0415 - for who calls a partner

    return watched("payer", HttpPayer(settings().need("PAYER_URL")))
