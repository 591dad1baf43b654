"""Stream: the orders table's outbox goes to the event bus."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.lambdas.stream import publisher

lambda_handler = publisher(aws.bus)
