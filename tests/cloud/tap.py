"""A queue on the bus that hears everything: what was published, how often and in what order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.cloud.aws import client
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from local.cloud import Cloud

NAME = "e2e-tap"
PATTERN = json.dumps({"source": ["pharmonico.fulfillment"]})


@dataclass
class Tap:
    """Open it before the events of interest; they stay heard."""

    cloud: Cloud
    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def sqs(self) -> Any:
        return client(self.cloud, "sqs")

    def open(self) -> None:
        """Make the queue and its rule."""
        events = client(self.cloud, "events")
        self.url = self.sqs.create_queue(QueueName=NAME)["QueueUrl"]
        asked = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        bus = self.cloud.outputs["EventBus"]
        events.put_rule(Name=NAME, EventBusName=bus, EventPattern=PATTERN)
        target = {"Id": NAME, "Arn": asked["Attributes"]["QueueArn"]}
        events.put_targets(Rule=NAME, EventBusName=bus, Targets=[target])

    def events(self, prescription: str, detail_type: str = "") -> list[dict[str, Any]]:
        """What was published about a prescription so far, of one kind or of all."""
        self._listen()
        return [
            event
            for event in self.heard
            if event["detail"]["data"]["prescription_id"] == prescription
            and detail_type in ("", event["detail-type"])
        ]

    def first(self, prescription: str, detail_type: str) -> dict[str, Any]:
        """The first event of the kind, once it was published."""
        found = until(
            lambda: self.events(prescription, detail_type), f"{detail_type} of {prescription}"
        )
        return found[0]

    def _listen(self) -> None:
        while True:
            answer = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)
            for message in answer.get("Messages", []):
                self.heard.append(json.loads(message["Body"]))
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            if not answer.get("Messages"):
                return
