"""The shell of a state machine task: typed input, outcome as data, exceptions for the machine."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.fulfillment.machine.work import OpenWait, Work
from pharmonico.lambdas.failing import discreet, log_error
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.machine.work import Outcome
    from pharmonico.fulfillment.ports import Machine

    Handler = Callable[[dict[str, Any], Any], dict[str, Any]]
    W = TypeVar("W", bound=Work)

STAGE_ERROR = "StageError"


def stage(model: type[W]) -> Callable[[Callable[[W], Outcome]], Handler]:
    """Decorate `run(work) -> Outcome` into a Lambda handler that takes the machine's payload."""

    def decorate(run: Callable[[W], Outcome]) -> Handler:
        @discreet
        @wraps(run)
        def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
            work = model.model_validate(event)
            return _logged(run, work).model_dump()

        return lambda_handler

    return decorate


def opener(machine: Callable[[], Machine]) -> Callable[[Callable[[OpenWait], Outcome]], Handler]:
    """Decorate the opener of a token wait: whatever it raises fails the token by a name.

    An engine may swallow the exception of a function that opens a wait, so the token itself
    carries the failure and is retried and caught alike everywhere.
    """

    def decorate(run: Callable[[OpenWait], Outcome]) -> Handler:
        @discreet
        @wraps(run)
        def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
            work = OpenWait.model_validate(event)
            try:
                return _logged(run, work).model_dump()
            except Exception as error:  # noqa: BLE001 - the machine must hear of any failure
                cause = f"{type(error).__name__}: {getattr(error, 'code', '')}"
                log_error(error, f"{work.wait} wait not opened")
                machine().fail(work.token, STAGE_ERROR, cause)
                return {"outcome": "failed"}

        return lambda_handler

    return decorate


def _logged(run: Callable[[W], Outcome], work: W) -> Outcome:
    log = logger()
    log.append_keys(
        correlation_id=work.correlation_id, prescription_id=work.prescription_id, run=work.run
    )
    outcome = run(work)
    log.info("stage done", outcome=outcome.outcome)
    return outcome
