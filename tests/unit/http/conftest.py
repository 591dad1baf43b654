"""A small API on the shell, with one route of each kind, and callers of every role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import pytest
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.kit.errors import Conflict, StaleRevision, TooMany, Unavailable, VersionConflict
from pharmonico.lambdas.http import Action, Api, Query, Response
from pydantic import BaseModel, Field

from tests.builders import a_clock
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from pharmonico.kit.clock import FixedClock

ERRORS: dict[str, Exception] = {
    "conflict": Conflict("order.closed", "It is closed."),
    "version": VersionConflict(),
    "too_many": TooMany("links.too_many", "Later, please.", retry_after_s=60),
    "unavailable": Unavailable("payer.silent", "The payer does not answer."),
    "unforeseen": RuntimeError("Jordan Doe, 1979-05-17"),
}


FILE = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3"
"""What a PDF begins with: it is no text."""


class Wish(BaseModel):
    name: Annotated[str, Field(min_length=2, max_length=5)]
    count: int = 1


class Thing(BaseModel):
    id: str
    made: int


class Safe(BaseModel):
    id: str
    secret: str


class RoleVerifier:
    """A token is the name of a role."""

    def verify(self, token: str) -> Caller:
        role = Role(token.partition(":")[0])
        kind = Kind.PROVIDER if role in {Role.PROVIDER, Role.PROVIDER_READER} else Kind.STAFF
        return Caller(id=token, kind=kind, roles=frozenset({role}), client_id=token)


class OneSession:
    def caller(self, reference: str) -> Caller | None:
        if reference != "open":
            return None
        patient = frozenset({Role.PATIENT})
        return Caller(id="pat_1", kind=Kind.PATIENT, roles=patient, prescription_id="rx_1")


class Shop:
    """The API under test; `made` counts what was really done, `failure` is raised by `fail`."""

    def __init__(self) -> None:
        self.made = 0
        self.failure: Exception | None = None
        self.clock: FixedClock = a_clock()
        self.tokens = MemoryTokens(clock=self.clock)
        self.api = Api(
            verifier=RoleVerifier,
            sessions=OneSession,
            tokens=lambda: self.tokens,
            clock=self.clock,
        )
        self._hang_routes(self.api)
        self._hang_safe(self.api)

    def _hang_routes(self, api: Api) -> None:
        @api.get("/things/<id>", Action.READ_PRESCRIPTION)
        def read(id: str) -> Thing:  # noqa: A002 - the path's own name
            api.call.etag(3)
            return Thing(id=id, made=self.made)

        @api.get("/things", Action.LIST_PRESCRIPTIONS)
        def list_things(limit: Annotated[int, Query(ge=1, le=100)] = 25) -> list[Thing]:
            return [Thing(id="first", made=limit)]

        @api.post(
            "/things/<id>/make",
            Action.SELECT_PHARMACY,
            also="/make/<id>",
            idempotent=True,
            status=202,
        )
        def make(id: str, wish: Wish) -> Thing:  # noqa: A002 - the path's own name
            if self.failure:
                raise self.failure
            self.made += 1
            api.call.answer_headers["Location"] = f"/things/{id}"
            return Thing(id=wish.name, made=self.made)

        @api.put("/things/<id>", Action.SELECT_PHARMACY, if_match=True)
        def change(id: str, wish: Wish) -> Thing:  # noqa: A002 - the path's own name
            if api.call.expected_revision != 3:
                raise StaleRevision
            return Thing(id=wish.name, made=self.made)

        @api.put("/page", Action.SAVE_ENROLLMENT)
        def save(wish: Wish) -> Thing:
            return Thing(id=api.call.caller.id, made=wish.count)

        @api.get("/broken", Action.READ_HEALTH)
        def fail() -> Response[str]:
            raise self.failure or AssertionError("no failure was set")

        @api.get("/leave", Action.READ_HEALTH)
        def leave() -> Response[Any]:
            return Response(status_code=303, headers={"Location": "/elsewhere"})

    def _hang_safe(self, api: Api) -> None:
        @api.get("/file", Action.READ_HEALTH)
        def download() -> Response[bytes]:
            return Response(status_code=200, content_type="application/pdf", body=FILE)

        @api.post("/safe", Action.SELECT_PHARMACY, idempotent=True, told_once=("secret",))
        def open_safe() -> Safe:
            self.made += 1
            return Safe(id="safe", secret=f"whsec_{self.made}")

    def send(self, method: str, path: str, *, role: str = "ops", **request: Any) -> Answer:
        headers = {"Authorization": f"Bearer {role}"} if role else {}
        headers |= request.pop("headers", {})
        return send(self.api.handler, method, path, headers=headers, **request)


@pytest.fixture
def shop() -> Shop:
    return Shop()
