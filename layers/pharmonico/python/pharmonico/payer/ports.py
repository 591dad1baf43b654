"""What the payer needs from the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.payer.account import Account
    from pharmonico.payer.plans import Plan
    from pharmonico.payer.records import Record


class Book(Protocol):
    """Plans, accounts and claims; accounts and the claims that changed them are one write."""

    def plans(self) -> tuple[Plan, ...]: ...

    def put_plan(self, plan: Plan) -> None: ...

    def account(self, key: str) -> Account:
        """Read consistently; a new one where there is none."""
        ...

    def claim(self, key: str) -> Record | None: ...

    def settle(self, accounts: Sequence[Account], records: Sequence[Record]) -> None:
        """Write all on the versions they were read at, or nothing; `VersionConflict`."""
        ...
