"""Claims to a simulated payer in memory, built and read with the codec."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp import telecom
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.payer import door
from pharmonico.payer.account import Account, account_key

from local.seed.payer_plans import PLANS
from tests.builders import a_clock

if TYPE_CHECKING:
    from ncpdp.telecom import Answer
    from pharmonico.kit.clock import FixedClock
    from pharmonico.payer.ports import Book

NPI = "1234567893"
ATORVASTATIN = "00071015623"
HMO = {"bin_": "999001", "pcn": "HMO"}


@dataclass
class Counter:
    """A pharmacy's counter: it bills `member` of a plan and reads what comes back."""

    bin_: str = "004336"
    pcn: str = "ADV"
    member_id: str = "MBR000000001"
    group: str = ""
    book: Book = field(default_factory=lambda: MemoryBook(PLANS))
    clock: FixedClock = field(default_factory=a_clock)
    rx: int = 7_000_000

    def bill(self, *, code: str = "B1", on: str = "", again: bool = False, **facts: Any) -> Answer:
        """Bill a new prescription, or the last one `again`."""
        self.rx += not again
        asked = telecom.billing_request(
            self.route(on=on, **_route_facts(facts)),
            self.member(**_member_facts(facts)),
            self.claim(**facts),
            code=code,
        )
        return self.send(asked)

    def reverse(self, *, on: str = "") -> Answer:
        claim = self.claim()
        asked = telecom.reversal_request(
            self.route(on=on), rx_number=claim.rx_number, ndc=claim.ndc
        )
        return self.send(asked)

    def send(self, asked: telecom.Request) -> Answer:
        said = ncpdp.parse(door.answer(ncpdp.write(asked), book=self.book, clock=self.clock))
        assert isinstance(said, telecom.Response)
        wrong = [each.code for each in ncpdp.check(said) if each.severity == "error"]
        assert [code for code in wrong if not code.startswith("npi")] == []  # it is the asker's
        return telecom.read_answer(said)

    def route(self, *, on: str = "", **changes: str) -> telecom.Route:
        given = {"bin": self.bin_, "pcn": self.pcn, "provider_id": NPI}
        return telecom.Route(**given | changes, date_of_service=on or f"{self.clock.now():%Y%m%d}")

    def member(self, **changes: str) -> telecom.Member:
        given = {"cardholder_id": self.member_id, "group_id": self.group}
        return telecom.Member(**given | {"date_of_birth": "19790517"} | changes)

    def claim(self, **changes: Any) -> telecom.Claim:
        given: dict[str, Any] = {
            "rx_number": str(self.rx),
            "ndc": ATORVASTATIN,
            "quantity": Decimal(30),
            "days_supply": 30,
            "date_written": f"{self.clock.now():%Y%m%d}",
            "prescriber_npi": NPI,
            "ingredient_minor": 2400,
        }
        return telecom.Claim(**given | changes)

    @property
    def account(self) -> Account:
        key = account_key(bin_=self.bin_, pcn=self.pcn, member_id=self.member_id)
        return self.book.account(key)


def _route_facts(facts: dict[str, Any]) -> dict[str, str]:
    return {name: facts.pop(name) for name in ("provider_id",) if name in facts}


def _member_facts(facts: dict[str, Any]) -> dict[str, str]:
    names = ("cardholder_id", "group_id", "person_code", "date_of_birth")
    return {name: facts.pop(name) for name in names if name in facts}
