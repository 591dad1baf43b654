"""The adapters as the functions wire them: one call per port, nothing built before it is needed."""

from __future__ import annotations

from pharmonico.adapters.clients import client
from pharmonico.adapters.dynamodb.audit import DynamoAuditTrail
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.eventbridge import EventBridgeBus
from pharmonico.adapters.step_functions import StepFunctionsMachine
from pharmonico.adapters.tokens.dynamodb import DynamoTokens
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.settings import settings

CLOCK = SystemClock()


def orders() -> DynamoOrders:
    return DynamoOrders(client("dynamodb"), settings().need("ORDERS_TABLE"))


def tokens() -> DynamoTokens:
    return DynamoTokens(client("dynamodb"), settings().need("TOKENS_TABLE"), clock=CLOCK)


def machine() -> StepFunctionsMachine:
    return StepFunctionsMachine(client("stepfunctions"))


def bus() -> EventBridgeBus:
    return EventBridgeBus(client("events"), settings().need("EVENT_BUS"))


def audit_trail() -> DynamoAuditTrail:
    return DynamoAuditTrail(client("dynamodb"), settings().need("AUDIT_TABLE"))
