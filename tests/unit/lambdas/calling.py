"""Calling functions with their samples, all on one cloud of memory adapters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.enrollment.enroll import start_enrollment
from pharmonico.fulfillment.notification.inbound import REPLIES
from pharmonico.fulfillment.shipping.tracking import parcel_key
from pharmonico.fulfillment.status import Status

from local.generate.api_requests import PARCEL
from tests.enrolling import a_script as a_contactable_script
from tests.prescribing import a_script, a_validation, an_enrollment
from tests.unit.lambdas.invoking import EXECUTION, RX, Cloud

if TYPE_CHECKING:
    import pytest

SAMPLES = Path(__file__).parents[3] / "events" / "invoke"
STOPPED = REPLIES["stop", "en"]
READ = (a_script(), a_validation(), an_enrollment())


@dataclass
class Invoker:
    """Calls functions with their samples, all on one cloud."""

    cloud: Cloud
    monkeypatch: pytest.MonkeyPatch

    def call(self, name: str) -> Any:
        handler = import_module(f"functions.{name}.handler")
        self.cloud.wire(handler, self.monkeypatch)
        return handler.lambda_handler(json.loads((SAMPLES / f"{name}.json").read_text()), None)

    def outcome(self, name: str) -> str:
        return str(self.call(name)["outcome"])

    def ask(self, name: str) -> tuple[int, str]:
        """Status and body of an API function's answer."""
        answer = self.call(name)
        return answer["statusCode"], answer["body"]

    def heard(self, name: str) -> str:
        """What came of a webhook."""
        status, body = self.ask(name)
        assert status == 200
        return str(json.loads(body)["outcome"])

    def to_the_till(self) -> None:
        facts = {"pharmacy_id": "ph_0000001", "owner": EXECUTION}
        self.cloud.given(Status.PHARMACY_SELECTED, *READ, **facts)
        assert self.outcome("adjudicate") == "adjudicated"
        assert self.outcome("payment") == "waiting"

    def to_the_carrier(self) -> None:
        self.to_the_till()
        self.cloud.checkouts.pay("cs_1")
        assert self.heard("webhook_stripe") == "paid"
        assert self.outcome("dispense") == "answered"
        assert self.outcome("ship") == "shipped"

    def scanned_as_in_the_samples(self) -> None:
        """The carrier's numbers are its own; the samples name a parcel of theirs."""
        order = self.cloud.order
        assert order.tracking is not None
        tracking = order.tracking.model_copy(update={"carrier": "usps", "number": PARCEL})
        changed = order.changed(at=order.updated_at, tracking=tracking)
        self.cloud.orders.save(changed, parcel=parcel_key("usps", PARCEL))


def invite(cloud: Cloud) -> None:
    cloud.given(Status.VALIDATED, a_contactable_script())
    ops = Actor(id="usr_ops", role="ops")
    start_enrollment(RX, actor=ops, orders=cloud.orders, tokens=cloud.tokens, clock=cloud.clock)
