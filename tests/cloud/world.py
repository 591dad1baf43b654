"""Everyone and everything the tests meet in one running cloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from local.client import Client
from local.demo.patient import INSURANCE
from tests.cloud.backstage import Backstage
from tests.cloud.door import INTAKE, Door
from tests.cloud.messages import Message, a_new_rx
from tests.cloud.partners import Partners
from tests.cloud.prescription import Prescription, Visitor
from tests.cloud.tap import Tap
from tests.cloud.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.cloud import Cloud


@dataclass
class World:
    """The cast around one cloud; `made` are the prescriptions of the test that runs."""

    cloud: Cloud
    watch: Watch = field(default_factory=Watch)
    made: list[Prescription] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    @cached_property
    def door(self) -> Door:
        return Door(self.cloud, self.watch.client(), self.tokens)

    @cached_property
    def ops(self) -> Client:
        return self._client("ops")

    @cached_property
    def pharmacist(self) -> Client:
        return self._client("pharmacist")

    @cached_property
    def provider(self) -> Client:
        return self._client("provider")

    @cached_property
    def partners(self) -> Partners:
        return Partners(self.cloud.ports.sandbox_url, self.watch.client())

    @cached_property
    def backstage(self) -> Backstage:
        return Backstage(self.cloud)

    @cached_property
    def tap(self) -> Tap:
        return Tap(self.cloud)

    def a_visitor(self) -> Visitor:
        """A browser that has never been at the portal."""
        edge = self.cloud.ports
        return Visitor(f"portal.localhost:{edge.edge}", edge.edge_url, self.watch.client())

    def a_prescription(
        self,
        at: str = "validated",
        *,
        message: Message | None = None,
        member: str = INSURANCE["member_id"],
    ) -> Prescription:
        """A new prescription, taken the straight way to the state `at`."""
        sent = message or a_new_rx()
        answer = self.door.send(sent.raw, INTAKE)
        assert answer.status_code == 202, answer.text
        rx = self.known(answer.json()["id"], sent, member=member)
        for reached, step in STRAIGHT_WAY:
            step(rx)
            if reached == at:
                return rx.reaches(at)
        raise AssertionError(f"nobody takes a prescription to {at}")

    def known(self, id_: str, message: Message, **facts: str) -> Prescription:
        """A prescription that a test sent itself."""
        self.watch.words |= {message.mark, message.address}
        rx = Prescription(self, id_, message, **facts)
        self.made.append(rx)
        return rx

    def tidy(self) -> None:
        """End what the test left waiting."""
        for rx in self.made:
            self.backstage.retire(rx.id)
        self.made.clear()

    def _client(self, role: str) -> Client:
        return Client(self.cloud.ports.edge_url, self.door.token(role), self.watch.client())


STRAIGHT_WAY: tuple[tuple[str, Callable[[Prescription], object]], ...] = (
    ("received", lambda _: None),
    ("validated", lambda rx: rx.reaches("validated")),
    ("awaiting_enrollment", lambda rx: rx.invite()),
    ("awaiting_pharmacy_selection", lambda rx: rx.enroll()),
    ("awaiting_payment", lambda rx: rx.select()),
    ("shipped", lambda rx: rx.pay()),
    ("completed", lambda rx: rx.reaches("shipped").scanned("DELIVERED")),
)
"""What brings a prescription to each state."""
