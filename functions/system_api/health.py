"""`GET /health` and `GET /metrics`: is it up, and how much is waiting where."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Literal, Protocol

from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Api, Response
from pydantic import BaseModel

TAG = "System"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
State = Literal["ok", "failing"]


class Health(BaseModel):
    """`ok` when every check is."""

    status: State
    stage: str
    checks: dict[str, State]


class Probe(Protocol):
    def answers(self) -> bool: ...

    def counts(self) -> dict[str, int]: ...


def watch(api: Api, probe: Callable[[], Probe]) -> None:
    """Hang both routes on the API."""

    @api.get("/health", Action.READ_HEALTH, tag=TAG, responses=HEALTH_ANSWERS)
    def health() -> Response[Health]:
        """Say whether the service can work: 200 with every check ok, else 503."""
        state: State = "ok" if probe().answers() else "failing"
        status = HTTPStatus.OK if state == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
        body = Health(status=state, stage=settings().STAGE, checks={"orders_table": state})
        return Response(status_code=status, content_type="application/json", body=body)

    @api.get("/metrics", Action.READ_METRICS, tag=TAG, responses=METRICS_ANSWERS)
    def metrics() -> Response[str]:
        """Prescriptions by open status, in Prometheus' text format.

        Counting stops at 500 per status. A local stage answers without a token.
        """
        return Response(status_code=200, content_type=METRICS_TYPE, body=exposition(probe()))


def exposition(probe: Probe) -> str:
    lines = [
        "# HELP pharmonico_prescriptions Prescriptions by open status (500 means 500 or more).",
        "# TYPE pharmonico_prescriptions gauge",
        *(
            f'pharmonico_prescriptions{{status="{status}"}} {count}'
            for status, count in probe.counts().items()
        ),
    ]
    return "\n".join(lines) + "\n"


HEALTH_ANSWERS = {
    200: {"description": "Everything works", "content": {"application/json": {"model": Health}}},
    503: {"description": "A check fails", "content": {"application/json": {"model": Health}}},
}
METRICS_ANSWERS = {
    200: {"description": "The figures", "content": {"text/plain": {"schema": {"type": "string"}}}}
}
