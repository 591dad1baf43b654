"""The steps of the demo, in order, each waiting until the system is ready for it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.fulfillment.status import IN_MACHINE, Status

from local.client import Client
from local.demo.patient import DATE_OF_BIRTH, Patient
from local.demo.sandbox import Sandbox
from local.place import LocalError
from local.samples import freshened, new_mark, sample
from local.tokens import PROVIDER, bearer_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.kit.clock import Clock

    from local.cloud import Cloud

STEP_S = 60.0
REQUESTS_OF_OTHERS = 7  # NewRx, enrollment, list, detail, selection, two webhooks
POLL_S = 0.2
T = TypeVar("T")


@dataclass(frozen=True)
class Story:
    """One prescription's way, told line by line."""

    ops: Client
    provider: Client
    sandbox: Sandbox
    patient: Patient
    say: Callable[[str], None]

    @property
    def requests(self) -> int:
        """What a person and two systems would have asked the API; polling is the demo's own."""
        return self.patient.requests + REQUESTS_OF_OTHERS

    def play(self, *, clock: Clock) -> str:
        """From NewRx to completed; returns the prescription's id."""
        mark = new_mark()
        prescription = self.send(freshened(sample("newrx"), now=clock.now(), mark=mark))
        self.enroll(prescription, address=f"patient.{mark.lower()}@example.org")
        self.select(prescription)
        self.pay(prescription)
        self.deliver(prescription)
        self.reach(prescription, Status.COMPLETED)
        self.say("completed")
        return prescription

    def send(self, message: bytes) -> str:
        """The prescriber's system sends a NewRx."""
        answer = self.provider.send_message(message)
        prescription = answer.headers["location"].rstrip("/").rpartition("/")[2]
        self.say(f"provider   NewRx sent, prescription {prescription}")
        self.reach(prescription, Status.VALIDATED)
        self.say("machine    validated")
        return prescription

    def invite(self, prescription: str) -> None:
        """Ops send the patient the link."""
        self.ops.act("/api/enrollment/start", {"prescription_id": prescription})
        self.say("ops        enrollment started, invitation sent")

    def another_patient(self, *, clock: Clock) -> tuple[str, str]:
        """Somebody else, invited and waited for: the link, and the date of birth it asks for."""
        mark = new_mark()
        message = freshened(sample("newrx"), now=clock.now(), mark=mark)
        self.invite(self.send(message))
        address = f"patient.{mark.lower()}@example.org"
        link = wait_until(lambda: self.sandbox.invitation(address), "the invitation in the mailbox")
        year, month, day = DATE_OF_BIRTH.split("-")
        return link, f"{int(month)} {int(day)} {year}"

    def enroll(self, prescription: str, *, address: str) -> None:
        """Ops invite the patient, who opens the mail and fills everything in."""
        self.invite(prescription)
        link = wait_until(lambda: self.sandbox.invitation(address), "the invitation in the mailbox")
        self.patient.open(link)
        self.say("patient    link opened, date of birth given")
        self.patient.fill_in()
        self.patient.upload_card()
        self.say("patient    insurance, card photo, delivery, consent saved")
        last = self.sandbox.last_text()
        self.patient.ask_code()
        self.patient.confirm(wait_until(lambda: self.sandbox.code(since=last), "the code by SMS"))
        self.patient.check_answers()
        self.say("patient    answers checked, with the code from the SMS")
        self.patient.submit()
        self.say("patient    enrollment submitted")

    def select(self, prescription: str) -> None:
        """Ops choose the first of the ranking, upon what they see."""
        self.reach(prescription, Status.AWAITING_PHARMACY_SELECTION)
        found, tag = self.ops.read_tagged(f"/api/v1/prescriptions/{prescription}")
        best = found["documents"]["ranking"][-1]["candidates"][0]
        self.ops.act(
            f"/api/v1/prescriptions/{prescription}/pharmacy",
            {"pharmacy_id": best["pharmacy_id"]},
            tag=tag,
        )
        self.say(f"ops        {best['name']} selected, {best['score']:g} points")

    def pay(self, prescription: str) -> None:
        """The patient pays what the plan leaves, if it leaves anything."""
        found = self.reach(prescription, Status.AWAITING_PAYMENT, Status.PAID, Status.DISPENSED)
        self.say(f"machine    claim paid, the patient owes {_money(found['patient_pay'])}")
        if found["status"] != Status.AWAITING_PAYMENT:
            return
        checkout = wait_until(lambda: self.sandbox.checkout(prescription), "the checkout")
        self.sandbox.pay(checkout)
        self.say("patient    checkout paid")

    def deliver(self, prescription: str) -> None:
        """The carrier takes the parcel all the way."""
        found = self.reach(prescription, Status.SHIPPED)
        tracking = found["tracking"]
        self.say(f"machine    dispensed, label bought, tracking {tracking['number']}")
        self.sandbox.deliver(tracking["number"])
        self.say("carrier    parcel delivered")

    def reach(self, prescription: str, *wanted: Status) -> dict[str, Any]:
        """The prescription once it is in one of the states, or past the first of them."""
        return wait_until(
            lambda: self._arrived(prescription, wanted), f"{prescription} to be {wanted[0]}"
        )

    def _arrived(self, prescription: str, wanted: tuple[Status, ...]) -> dict[str, Any] | None:
        found = self.ops.read(f"/api/v1/prescriptions/{prescription}")
        if found["status"] in wanted:
            return found
        if found["status"] not in IN_MACHINE:
            why = found.get("hold_reason") or found.get("failure_step") or "see its timeline"
            raise LocalError(f"{prescription} is {found['status']} ({why})")
        return None


def story(cloud: Cloud, *, say: Callable[[str], None]) -> Story:
    """The cast, signed in."""
    edge = cloud.ports.edge_url
    return Story(
        ops=Client(edge, bearer_token(cloud, "ops")),
        provider=Client(edge, bearer_token(cloud, PROVIDER)),
        sandbox=Sandbox(cloud.ports.sandbox_url),
        patient=Patient(portal=f"portal.localhost:{cloud.ports.edge}", address=edge),
        say=say,
    )


def wait_until(look: Callable[[], T | None], what: str) -> T:
    deadline = time.monotonic() + STEP_S
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise LocalError(f"waited {STEP_S:.0f} s for {what}: pharmonico logs says why")
        time.sleep(POLL_S)
    return found


def _money(amount: dict[str, Any] | None) -> str:
    if not amount:
        return "nothing"
    return f"{amount['amount_minor'] / 100:.2f} {amount['currency']}"
