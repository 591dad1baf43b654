"""A day's work for pictures: synthetic people in many states, refusals, outages, notes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.webhooks.endpoint import EVENT_TYPES

from local.demo.story import wait_until
from local.load.board import PRESCRIPTIONS
from local.load.playing import Played, follow
from local.seed.users import username
from local.synthetic.cases import case
from local.synthetic.scripts import script
from local.tokens import joins_pharmacy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.cloud import Cloud
    from local.load.playing import Cast
    from local.synthetic.cases import Case

    Twist = Callable[[Case], Case]

SEED, OPS = 7, username("ops")
IN_FLIGHT = 4
S = Status
STRAIGHT = (
    *(S.COMPLETED, S.DELIVERY_EXCEPTION, S.SHIPPED, S.AWAITING_PAYMENT),
    S.AWAITING_PHARMACY_SELECTION,
    *(S.AWAITING_ENROLLMENT, S.VALIDATED, S.OUT_FOR_DELIVERY, S.AWAITING_PAYMENT),
    *(S.AWAITING_ENROLLMENT, S.AWAITING_PHARMACY_SELECTION, S.IN_TRANSIT, S.COMPLETED),
    *(S.VALIDATED, S.IN_TRANSIT, S.AWAITING_ENROLLMENT, S.AWAITING_PAYMENT, S.VALIDATED),
    *(S.AWAITING_PHARMACY_SELECTION, S.AWAITING_ENROLLMENT, S.VALIDATED, S.AWAITING_PAYMENT),
    *(S.AWAITING_ENROLLMENT, S.OUT_FOR_DELIVERY, S.AWAITING_PHARMACY_SELECTION, S.COMPLETED),
)
"""Where each of the first prescriptions is left to stand; plans refuse some on the way."""
SCANS = {
    S.IN_TRANSIT: (S.IN_TRANSIT,),
    S.OUT_FOR_DELIVERY: (S.IN_TRANSIT, S.OUT_FOR_DELIVERY),
    S.DELIVERY_EXCEPTION: (S.IN_TRANSIT, S.DELIVERY_EXCEPTION),
}
TOLD_AS = {
    S.IN_TRANSIT: "TRANSIT",
    S.OUT_FOR_DELIVERY: "OUT_FOR_DELIVERY",
    S.DELIVERY_EXCEPTION: "FAILURE",
}
REFUSALS = ("0075", "0079", "0088", "0070")
"""How member ids end that the simulated payer refuses, each for another reason."""
FAILING, AT_THE_COUNTER = 2, 3
ENDPOINTS = "/api/v1/webhooks/endpoints"
RECEIVERS = {"clinic-ehr": {}, "warehouse": {"status": 503, "times": -1}}
"""Systems that hear of events, and how they answer: the second one is down."""
HOLD = {"reason": "asked_prescriber", "note": "Dose looks high for the weight; asked the clinic."}
NOTE = {"text": "Called at 10:40, no answer. The daughter takes calls after 5 PM."}
VIEW = {
    "name": "Waiting for a card photo",
    "tab": "enrollment",
    "shared": True,
    "filters": {"status": ["awaiting_enrollment"], "sort": "oldest"},
    "columns": [],
}


@dataclass
class Showcase:
    """One cloud's day; `played` is what there is to be photographed."""

    cloud: Cloud
    cast: Cast
    say: Callable[[str], None]
    played: list[Played] = field(default_factory=list)
    endpoint: str = ""
    _number: int = -1

    def fill(self) -> None:
        """Play everything; some minutes."""
        self.listen()
        self.play(STRAIGHT)
        for ending in REFUSALS:
            self.play((S.COMPLETED,), _member(ending))
        self.play((S.VALIDATED,), lambda found: replace(found, flaw="npi"))
        self.play((S.VALIDATED,), lambda found: replace(found, flaw="ndc"))
        self.play((S.VALIDATED,), self._twin)
        self.fail("payer", S.AWAITING_PHARMACY_SELECTION)
        self.fail("shippo", S.AWAITING_PAYMENT)
        with self.by_hand():
            counter = self.play((S.AWAITING_DISPENSE,) * AT_THE_COUNTER)
        for each in counter:
            if each.status == S.AWAITING_DISPENSE:
                joins_pharmacy(self.cloud, self._read(each.prescription)["pharmacy_id"])
        self.work()

    def one(self, *statuses: Status) -> str | None:
        """A prescription in the first of these states that any is in."""
        found = (each for status in statuses for each in self.played if each.status == status)
        return next((each.prescription for each in found), None)

    def listen(self) -> None:
        """Register the receivers, before anything is to be told."""
        for name, answers in RECEIVERS.items():
            url = f"{self.cast.sandbox.url}/hooks/{name}"
            made = self.cast.provider.act(ENDPOINTS, {"url": url, "events": list(EVENT_TYPES)})
            self.cast.sandbox.receive(name, secret=made["secret"], **answers)
            self.endpoint = self.endpoint or made["endpoint_id"]

    def play(self, ends: tuple[Status, ...], twist: Twist = lambda found: found) -> list[Played]:
        """One new prescription for each end, so many at once as the engine bears."""
        numbers = [self._next() for _ in ends]
        with ThreadPoolExecutor(IN_FLIGHT) as crew:
            made = list(crew.map(lambda number, end: self._one(number, end, twist), numbers, ends))
        self.played += made
        return made

    def fail(self, provider: str, after: Status) -> None:
        """Bring some so far, then have the partner be down while they go on."""
        made = self.play((after,) * FAILING)
        with self.cast.sandbox.failing(provider, method="POST"):
            for each in made:
                each.until = None
            with ThreadPoolExecutor(IN_FLIGHT) as crew:
                list(crew.map(lambda each: follow(each, self.cast), made))
        self.say(f"{provider} was down: {', '.join(each.status for each in made)}")

    @contextmanager
    def by_hand(self) -> Iterator[None]:
        """Pharmacies wait for a pharmacist, as the setting `dispense` would have it."""
        functions = self.cloud.engine.client("lambda")
        name = f"pharmonico-{self.cloud.stage}-dispense"
        found = functions.get_function_configuration(FunctionName=name)
        known = found["Environment"]["Variables"]

        def turn(dispense: str) -> None:
            variables = {"Variables": {**known, "DISPENSE": dispense}}
            functions.update_function_configuration(FunctionName=name, Environment=variables)

        turn("manual")
        try:
            yield
        finally:
            turn(known["DISPENSE"])

    def work(self) -> None:
        """What staff leave behind: somebody's work, a note, a hold, a saved view."""
        ops = self.cast.ops
        waiting = [each for each in self.played if each.status == S.VALIDATED]
        for each in waiting[:2]:
            ops.act(f"{PRESCRIPTIONS}/{each.prescription}/assignment", {"assignee": OPS})
        if held := self.one(S.AWAITING_PHARMACY_SELECTION):
            _, tag = ops.read_tagged(f"{PRESCRIPTIONS}/{held}")
            ops.act(f"{PRESCRIPTIONS}/{held}/hold", HOLD, tag=tag)
        if asked := self.one(S.AWAITING_ENROLLMENT):
            ops.act(f"{PRESCRIPTIONS}/{asked}/notes", NOTE)
        ops.act("/api/v1/views", VIEW)

    def _next(self) -> int:
        """The number of the next plain new prescription that generated days begin with."""
        while True:
            self._number += 1
            found = case(self._number, seed=SEED)
            if found.kind == "new" and not found.flaw and found.interacts_with is None:
                return self._number

    def _one(self, number: int, end: Status, twist: Twist) -> Played:
        sent = script(number, seed=SEED, day=self.cast.day, clinical=twist)
        answer = self.cast.provider.send_message(sent.xml, path="/api/v1/script")
        prescription = answer.headers["location"].rstrip("/").rpartition("/")[2]
        until = S.SHIPPED if end in SCANS else end
        played = follow(Played(sent.case, prescription, until=until), self.cast)
        if end in SCANS and played.status == S.SHIPPED:
            for status in SCANS[end]:
                self._scan(prescription, status)
            played.status = end
        self.say(f"{played.status:28} {sent.case.regimen.description}")
        return played

    def _scan(self, prescription: str, status: Status) -> None:
        """One scan after the other, as a carrier's news come."""
        number = self._read(prescription)["tracking"]["number"]
        self.cast.sandbox.move(number, TOLD_AS[status])
        wait_until(
            lambda: self._read(prescription)["status"] == status or None,
            f"{prescription} to be {status}",
        )

    def _twin(self, found: Case) -> Case:
        """Somebody very like the first patient: the last name misspelt, another phone."""
        first, other = self.played[0].case.patient, found.patient
        name = f"{first.last_name}s"
        twin = replace(first, last_name=name, phone=other.phone, email=other.email)
        return replace(found, patient=twin)

    def _read(self, prescription: str) -> dict[str, Any]:
        return self.cast.ops.read(f"{PRESCRIPTIONS}/{prescription}")


def _member(ending: str) -> Twist:
    def twist(found: Case) -> Case:
        member = f"{found.coverage.member_id[:-4]}{ending}"
        return replace(found, coverage=replace(found.coverage, member_id=member))

    return twist
