"""The payer's book on the sandbox's own shelves, for a sandbox without a deployed payer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.kit.errors import VersionConflict
from pharmonico.payer.account import Account
from pharmonico.payer.records import Record

from local.seed.payer_plans import PLANS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.payer.plans import Plan

    from local.sandbox.state import Shelf, State


class ShelfBook:
    """One thread serves, so reading and writing need no lock."""

    def __init__(self, *, state: State) -> None:
        self._accounts = state.shelf("payer.accounts")
        self._records = state.shelf("payer.records")
        self._plans = {(plan.bin, plan.pcn, plan.group): plan for plan in PLANS}

    def plans(self) -> tuple[Plan, ...]:
        return tuple(self._plans.values())

    def put_plan(self, plan: Plan) -> None:
        self._plans[plan.bin, plan.pcn, plan.group] = plan

    def account(self, key: str) -> Account:
        held = self._accounts.get(key)
        return Account.model_validate(held) if held else Account(key=key)

    def claim(self, key: str) -> Record | None:
        held = self._records.get(key)
        return Record.model_validate(held) if held else None

    def settle(self, accounts: Sequence[Account], records: Sequence[Record]) -> None:
        for account in accounts:
            _put(self._accounts, account)
        for record in records:
            _put(self._records, record)


def _put(shelf: Shelf, thing: Account | Record) -> None:
    held = shelf.get(thing.key)
    if thing.version != (held["version"] if held else 0):
        raise VersionConflict
    raised = thing.model_copy(update={"version": thing.version + 1})
    shelf.put(thing.key, raised.model_dump(mode="json"))
