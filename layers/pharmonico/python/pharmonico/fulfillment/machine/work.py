"""What the state machine hands a stage, and what a stage answers: ids and outcomes only."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.machine.waits import WaitName


class Work(BaseModel):
    """One call of a stage by an execution."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    prescription_id: str
    run: int
    execution: str
    correlation_id: str = ""


class OpenWait(Work):
    """A stage that opens a token wait gets the token along."""

    token: str
    wait: WaitName


class Expiry(Work):
    """A wait ran out."""

    wait: WaitName


class Breakdown(Work):
    """A stage gave up after its retries."""

    step: str
    machine: str = "fulfillment"
    error: str = "Unknown"
    cause: str = ""


class Outcome(BaseModel):
    """Business outcomes are data; the prescription's status says where the machine goes."""

    model_config = ConfigDict(frozen=True)

    outcome: str


SUPERSEDED = Outcome(outcome="superseded")
HELD = Outcome(outcome="held")
IGNORED = Outcome(outcome="ignored")
