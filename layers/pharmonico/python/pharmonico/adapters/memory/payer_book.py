"""The payer's book in memory, with the same conditions as the real one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from pharmonico.kit.errors import VersionConflict
from pharmonico.payer.account import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pharmonico.payer.plans import Plan
    from pharmonico.payer.records import Record

    Thing = TypeVar("Thing", Account, Record)


class MemoryBook:
    def __init__(self, plans: Iterable[Plan] = ()) -> None:
        self._lock = threading.Lock()
        self._plans = {(plan.bin, plan.pcn, plan.group): plan for plan in plans}
        self._accounts: dict[str, Account] = {}
        self._claims: dict[str, Record] = {}

    def plans(self) -> tuple[Plan, ...]:
        return tuple(self._plans.values())

    def put_plan(self, plan: Plan) -> None:
        self._plans[plan.bin, plan.pcn, plan.group] = plan

    def account(self, key: str) -> Account:
        return self._accounts.get(key) or Account(key=key)

    def claim(self, key: str) -> Record | None:
        return self._claims.get(key)

    def settle(self, accounts: Sequence[Account], records: Sequence[Record]) -> None:
        with self._lock:
            for account in accounts:
                _check(account, self._accounts.get(account.key))
            for record in records:
                _check(record, self._claims.get(record.key))
            self._accounts |= {account.key: _raised(account) for account in accounts}
            self._claims |= {record.key: _raised(record) for record in records}


def _raised(thing: Thing) -> Thing:
    return thing.model_copy(update={"version": thing.version + 1})


def _check(thing: Account | Record, held: Account | Record | None) -> None:
    if thing.version != (held.version if held else 0):
        raise VersionConflict
