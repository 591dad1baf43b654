"""A user pool of two people, one of whom has a second factor, and what a session needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.sealing import FernetSealer
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.staff.ports import Challenge, Proof
from pharmonico.kit.errors import Unauthenticated, Unavailable

from tests.builders import a_clock

if TYPE_CHECKING:
    from pharmonico.kit.clock import FixedClock

PASSWORD, CODE = "correct horse", "123456"


@dataclass
class Pool:
    """An access token is `<name>/<n>`; whoever is locked out gets none."""

    roles: dict[str, frozenset[Role]] = field(
        default_factory=lambda: {
            "ops": frozenset({Role.OPS}),
            "careful": frozenset({Role.AUDITOR}),
            "nobody": frozenset(),
        }
    )
    password: str = PASSWORD
    locked: set[str] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    is_down: bool = False
    given: int = 0

    def sign_in(self, username: str, password: str) -> Proof | Challenge:
        self._must_be_up()
        if username not in self.roles or password != self.password or username in self.locked:
            raise Unauthenticated("sign_in.refused", "No.")
        if username == "careful":
            return Challenge(question="totp", username=username, state="pool-state")
        return self._proof(username)

    def answer(self, challenge: Challenge, answer: str) -> Proof | Challenge:
        assert challenge.state == "pool-state"
        if answer != CODE:
            raise Unauthenticated("sign_in.code_refused", "No.")
        return self._proof(challenge.username)

    def renew(self, refresh_token: str) -> str:
        self._must_be_up()
        name = refresh_token.partition("/")[2]
        if name in self.locked or refresh_token in self.ended:
            raise Unauthenticated("sign_in.refused", "No.")
        return self._proof(name).access_token

    def end(self, refresh_token: str) -> None:
        self._must_be_up()
        self.ended.append(refresh_token)

    def verify(self, token: str) -> Caller:
        name = token.partition("/")[0]
        return Caller(id=f"usr_{name}", kind=Kind.STAFF, roles=self.roles[name])

    def _proof(self, name: str) -> Proof:
        self.given += 1
        return Proof(access_token=f"{name}/{self.given}", refresh_token=f"refresh/{name}")

    def _must_be_up(self) -> None:
        if self.is_down:
            raise Unavailable("sign_in.unavailable", "Down.")


@pytest.fixture
def pool() -> Pool:
    return Pool()


@pytest.fixture
def clock() -> FixedClock:
    return a_clock()


@pytest.fixture
def tokens(clock: FixedClock) -> MemoryTokens:
    return MemoryTokens(clock=clock)


@pytest.fixture
def sealer() -> FernetSealer:
    return FernetSealer()
