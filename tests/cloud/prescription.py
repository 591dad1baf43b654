"""One prescription in a test's hands: what people do to it, and what has come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local.demo.patient import INSURANCE, Patient
from tests.cloud.door import PRESCRIPTIONS
from tests.cloud.waiting import DEADLINE_S, until

if TYPE_CHECKING:
    import httpx

    from tests.cloud.messages import Message
    from tests.cloud.world import World

CANCELLED = "Cancelled"  # the error that a cancellation answers an open token with
ENDS = {"completed", "cancelled", "failed", "validation_issue", "claim_rejected", "no_pharmacy"}
"""Where nothing moves on by itself: waiting for anything else there is in vain."""


@dataclass
class Visitor(Patient):
    """A patient who also does what the pages would not let them."""

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return self._send(method, path, body)

    @property
    def session(self) -> str:
        return self._session


@dataclass
class Prescription:
    """By its id, in the world it lives in."""

    world: World
    id: str
    message: Message
    member: str = INSURANCE["member_id"]
    link: str = ""
    patient: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.patient = self.world.a_visitor()

    @property
    def path(self) -> str:
        return f"{PRESCRIPTIONS}/{self.id}"

    @property
    def status(self) -> str:
        return str(self.stored["status"])

    @property
    def stored(self) -> dict[str, Any]:
        return self.world.backstage.order(self.id)

    @property
    def shown(self) -> dict[str, Any]:
        """What ops sees."""
        return self.world.ops.read(self.path)

    @property
    def papers(self) -> dict[str, Any]:
        return dict(self.shown["documents"])

    @property
    def tag(self) -> str:
        return self.world.ops.read_tagged(self.path)[1]

    @property
    def history(self) -> list[str]:
        """The actions of its timeline, reads left out."""
        entries = self.world.ops.read(f"{self.path}/timeline")["entries"]
        actions = (entry["act"]["action"] for entry in entries)
        return [action for action in actions if not action.endswith("_read")]

    def reaches(self, *statuses: str, deadline_s: float = DEADLINE_S) -> Prescription:
        """Wait until it is in one of the states; fails at once where it rests in another."""

        def arrived() -> bool:
            now = self.stored
            stuck = now["status"] in ENDS - set(statuses)
            assert not stuck, f"{now['status']}: {now.get('hold_reason')} {now.get('failure_step')}"
            return now["status"] in statuses

        until(arrived, f"{self.id} to be {' or '.join(statuses)}", deadline_s=deadline_s)
        return self

    def waits_for(self, wait: str) -> Prescription:
        """Wait until the machine has noted that it waits for this."""

        def waiting() -> bool:
            return (self.stored.get("wait") or {}).get("name") == wait

        until(waiting, f"{self.id} to wait for {wait}")
        return self

    def tells(self, *actions: str, times: int = 1) -> Prescription:
        """Wait until its timeline has the actions; the bus may bring them in any order."""

        def told() -> bool:
            history = self.history
            return all(history.count(action) >= times for action in actions)

        until(told, f"{self.id} to tell of {', '.join(actions)}")
        return self

    def tells_once(self, *actions: str) -> Prescription:
        """The same, each of them exactly once."""
        history = self.tells(*actions).history
        assert {action: history.count(action) for action in actions} == dict.fromkeys(actions, 1)
        return self

    def invite(self) -> str:
        """Ops start the enrollment, or send a fresh link; answers the link that was mailed."""
        self.world.ops.act("/api/enrollment/start", {"prescription_id": self.id})
        return self.mailed_link()

    def mailed_link(self) -> str:
        """The next link in the patient's mailbox that is not the one we have."""

        def arrived() -> str | None:
            link = self.world.partners.invitation(self.message.address)
            return link if link != self.link else None

        self.link = until(arrived, f"an invitation at {self.message.address}")
        return self.link

    def prove(self) -> str:
        """The patient asks for a code and confirms it; answers the channel it came by."""
        last = self.world.partners.last_text()
        channel = self.patient.ask_code()
        code = until(lambda: self.world.partners.code(since=last), "the code by SMS")
        self.patient.confirm(code)
        return channel

    def enroll(self) -> Prescription:
        """The patient opens the link, fills everything in and submits.

        The payer is asked about the coverage at once: a trouble that a test makes comes after it.
        """
        self.patient.open(self.link or self.invite())
        self.patient.fill_in()
        if self.member != INSURANCE["member_id"]:
            page = {**INSURANCE, "member_id": self.member}
            self.patient.send("PUT", "enrollment/insurance", page)
        self.patient.submit()
        until(lambda: "eligibility" in self.papers, "the answer about the coverage")
        return self

    def select(self) -> Prescription:
        """Ops take the first of the ranking."""
        self.reaches("awaiting_pharmacy_selection")
        found, tag = self.world.ops.read_tagged(self.path)
        best = found["documents"]["ranking"][-1]["candidates"][0]["pharmacy_id"]
        self.world.ops.act(f"{self.path}/pharmacy", {"pharmacy_id": best}, tag=tag)
        return self

    @property
    def checkout(self) -> str:
        """The open checkout, once there is one."""
        return until(lambda: self.world.partners.checkout(self.id), f"a checkout of {self.id}")

    def pay(self) -> Prescription:
        self.reaches("awaiting_payment")
        self.world.partners.pay(self.checkout)
        return self

    @property
    def tracking_number(self) -> str:
        return str(self.stored["tracking"]["number"])

    def scanned(self, status: str) -> Prescription:
        """The carrier scans the parcel."""
        self.world.partners.move(self.tracking_number, status)
        return self

    @property
    def exchanged(self) -> list[tuple[str, str]]:
        """What was said with the switch: code and answer."""
        claims = self.world.partners.claims(self.member)
        return [(said["code"], said["status"]) for claim in claims for said in claim["history"]]

    def is_undone(self) -> Prescription:
        """Wait until its cancellation has done its work, and look how it and the way ended."""
        self.reaches("cancelled").tells("prescription_cancelled")
        behind = self.world.backstage
        until(lambda: len(behind.executions(self.id)) >= 2, "the cancellation to start")
        until(lambda: not behind.running(self.id), f"the end of work on {self.id}")
        # An engine may count one as failed whose wait was cancelled while it was being stopped.
        ended = behind.executions(self.id)
        found = [each["status"] for each in ended if each.get("error") != CANCELLED]
        assert set(found) <= {"SUCCEEDED", "ABORTED"}
        return self

    def ops_do(self, verb: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """A command of ops upon what they see now."""
        return self.world.ops.act(f"{self.path}/{verb}", body, tag=self.tag)
