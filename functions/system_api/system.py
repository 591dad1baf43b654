"""`/api/v1/system/queues` and `/partners`: what waits where, and who answers."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, cast

from pharmonico.fulfillment.desk.queues import Queues
from pharmonico.fulfillment.partners import (
    ALWAYS_SHOWN,
    CircuitState,
    Partner,
    PartnerState,
    PartnerStates,
)
from pharmonico.fulfillment.ports import Tokens
from pharmonico.lambdas.http import Action, Api, Path
from pydantic import BaseModel

TAG = "System"
QUEUES = "/api/v1/system/queues"
KEPT_AS, KEPT_S = "system_queues", 10


class Queue(BaseModel):
    """Messages of one function or machine, about as many as there are.

    `waiting` can be taken now, `in_flight` is worked on or rests before its next try; null where
    there is no queue before it. `dead_letters` are those that nobody could take, kept for 14 days.
    """

    name: str
    waiting: int | None
    in_flight: int | None
    dead_letters: int


class QueueList(BaseModel):
    """Every queue by name, as of that moment; the same for everybody for ten seconds."""

    queues: list[Queue]
    counted_at: datetime


class Redriven(BaseModel):
    """How many dead letters were put back, at most 100 a call: call again for the rest."""

    name: str
    redriven: int


class PartnerHealth(BaseModel):
    """How a partner last answered.

    `endpoint` is the client whose system it is, of a `prescriber`. `failures` are those in a row,
    `last_failure_code` says how the last one failed. The circuit opens after five: then one call
    in two seconds goes through to try (`half_open`: the next one will), the others fail at once,
    and the first answer closes it. Successes are noted once a minute.
    """

    partner: Partner
    endpoint: str | None
    circuit: CircuitState
    failures: int
    last_success: datetime | None
    last_failure: datetime | None
    last_failure_code: str | None


class PartnerList(BaseModel):
    """The partners, those in trouble first; prescribers' systems once they were called."""

    partners: list[PartnerHealth]


def tell(
    api: Api,
    *,
    queues: Callable[[], Queues],
    partners: Callable[[], PartnerStates],
    tokens: Callable[[], Tokens],
    audited: Callable[..., None],
) -> None:
    """Hang the routes on the API; `audited` seals an act of ops."""

    @api.get(QUEUES, Action.READ_SYSTEM, tag=TAG)
    def list_queues() -> QueueList:
        """Read how many messages wait before each function, and how many nobody could take."""
        if kept := tokens().get(KEPT_AS):
            return QueueList.model_validate_json(kept)
        depths = [Queue(**asdict(depth)) for depth in queues().depths()]
        found = QueueList(queues=depths, counted_at=api.clock.now())
        tokens().put(KEPT_AS, found.model_dump_json(), ttl_s=KEPT_S)
        return found

    @api.post(f"{QUEUES}/<name>/redrive", Action.REDRIVE_QUEUE, idempotent=True, tag=TAG)
    def redrive_queue(name: Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]) -> Redriven:
        """Put what nobody could take back into the queue it came from, to be tried again."""
        redriven = queues().redrive(name)
        audited("queue_redriven", f"queue_{name}", messages=str(redriven))
        tokens().drop(KEPT_AS)
        return Redriven(name=name, redriven=redriven)

    @api.get("/api/v1/system/partners", Action.READ_SYSTEM, tag=TAG)
    def list_partners() -> PartnerList:
        """Read how Stripe, Shippo, Twilio, SES, the payer and prescribers' systems answer."""
        now = api.clock.now()
        known = {state.name: state for state in partners().states()}
        for name in ALWAYS_SHOWN:
            known.setdefault(name, PartnerState(name=name))
        shown = sorted(known.values(), key=lambda state: (state.failures == 0, state.name))
        return PartnerList(partners=[_partner(state, now) for state in shown])


def _partner(state: PartnerState, now: datetime) -> PartnerHealth:
    partner, _, endpoint = state.name.partition("#")
    return PartnerHealth(
        partner=cast("Partner", partner),
        endpoint=endpoint or None,
        circuit=state.circuit(now),
        failures=state.failures,
        last_success=state.succeeded_at,
        last_failure=state.failed_at,
        last_failure_code=state.code or None,
    )
