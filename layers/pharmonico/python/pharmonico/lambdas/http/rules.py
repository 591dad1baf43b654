"""What a route declares, beside its path: the action it performs and how it is guarded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pharmonico.lambdas.http.guard import JSON
from pharmonico.lambdas.http.idempotency import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.event_handler import Response

    from pharmonico.fulfillment.policy import Action
    from pharmonico.kit.errors import PharmonicoError
    from pharmonico.lambdas.http.call import Call

    Refusal = Callable[[PharmonicoError, Call], Response[Any] | None]

SEGMENT = "[^/]{1,128}"
"""What stands for a name in a path: longer than any id, shorter than any key's limit."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One route: `idempotent` demands an Idempotency-Key, `if_match` an If-Match.

    `refusal` may answer an error in another form than a problem, or pass with None. `told_once`
    are secrets of its answer, which a replay leaves empty.
    """

    method: str
    path: str
    action: Action
    accepts: tuple[str, ...] = (JSON,)
    idempotent: bool = False
    if_match: bool = False
    refusal: Refusal | None = None
    told_once: tuple[str, ...] = ()

    def is_at(self, path: str) -> bool:
        """Whether a request's path is this route's, whatever its method."""
        return re.fullmatch(re.sub(r"<\w+>", SEGMENT, self.path) + "/*", path) is not None

    def demand(self, call: Call) -> None:
        """Refuse before any work when a header this route needs is missing."""
        if self.idempotent:
            key_of(call)
        if self.if_match:
            _ = call.expected_revision
