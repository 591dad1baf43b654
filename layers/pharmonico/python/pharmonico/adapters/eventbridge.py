"""The bus on EventBridge; only the publisher and its tests may write to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_events import EventBridgeClient

BATCH_MAX = 10
"""PutEvents takes at most ten entries."""


class EventBridgeBus:
    def __init__(self, client: EventBridgeClient, name: str) -> None:
        self._client = client
        self._name = name

    def publish(self, envelopes: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(envelopes), BATCH_MAX):
            self._put(envelopes[start : start + BATCH_MAX])

    def _put(self, envelopes: Sequence[dict[str, Any]]) -> None:
        answer = self._client.put_events(
            Entries=[
                {
                    "EventBusName": self._name,
                    "Source": envelope["source"],
                    "DetailType": envelope["detail_type"],
                    "Detail": json.dumps(envelope["detail"]),
                }
                for envelope in envelopes
            ]
        )
        if answer["FailedEntryCount"]:
            raise Unavailable("bus.refused", f"{answer['FailedEntryCount']} events were refused")
