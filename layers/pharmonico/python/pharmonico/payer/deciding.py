"""One transmission: each of its transactions is decided in turn, and all are kept in one write."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ncpdp import telecom
from ncpdp.telecom import Answer

from pharmonico.payer.account import Account, Fill, account_key, fingerprint
from pharmonico.payer.authorizing import ask, take_back, tell
from pharmonico.payer.drugs import drug_of
from pharmonico.payer.edits import Case, broken_fields, day_of, refusal, refused
from pharmonico.payer.plans import Plan, find_plan
from pharmonico.payer.pricing import counted, price
from pharmonico.payer.records import Record, claim_key, content_of, kept

if TYPE_CHECKING:
    from datetime import datetime

    from ncpdp.telecom import Claim, Member

    from pharmonico.payer.ports import Book

HOST_UNAVAILABLE = "92"
HOST_DOWN = "0092"
NOT_COVERED = "0065"
PAID_DIFFERENTLY = "83"
NOT_PROCESSED = "85"
NOTHING_TO_REVERSE = "87"
REVERSAL_DAYS = 90
BILLS = frozenset({"B1", "B3"})
REPORTS = frozenset({"N1", "N2", "N3"})
AUTHORIZATIONS = frozenset({"P1", "P2", "P3", "P4"})


@dataclass
class Sitting:
    """One request before the payer; what it changes lies in the accounts and `records`."""

    asked: telecom.Request
    book: Book
    now: datetime
    plans: tuple[Plan, ...]
    account: Account
    records: dict[str, Record] = field(default_factory=dict)
    _opened: dict[str, Account] = field(default_factory=dict)
    """The accounts as they were read."""
    _left: dict[str, Account] = field(default_factory=dict)
    """Accounts of this request's earlier transactions."""

    @classmethod
    def of(cls, asked: telecom.Request, *, book: Book, now: datetime) -> Sitting:
        member = telecom.read_member(asked)
        header = asked.header
        key = account_key(
            bin_=header.bin.strip(), pcn=header.pcn.strip(), member_id=member.cardholder_id
        )
        account = book.account(key)
        return cls(asked, book, now, book.plans(), account, _opened={key: account})

    def decide(self) -> list[Answer]:
        """One answer per transaction."""
        count = max(len(self.asked.transactions), 1)
        return [self._answer(index) for index in range(count)]

    def settle(self) -> None:
        """Keep what was decided; `VersionConflict` when somebody was faster."""
        accounts = [
            account
            for account in (self.account, *self._left.values())
            if account != self._opened[account.key]
        ]
        if accounts or self.records:
            self.book.settle(accounts, list(self.records.values()))

    def _answer(self, index: int) -> Answer:
        code = self.asked.type
        if code in REPORTS:
            return Answer(status="C", authorization_number=self._number(code, str(index)))
        if code == "E1":
            return self._eligible()
        if code in AUTHORIZATIONS:
            return self._authorization(code, index)
        if code != "B2" and code not in BILLS:
            return refused(NOT_PROCESSED)
        claim = telecom.read_claim(self.asked, index)
        record = self._record(claim)
        answer, record = self._decided(code, index, claim, record)
        self.records[record.key] = record.noting(code, answer, at=self.now)
        return answer

    def _decided(
        self, code: str, index: int, claim: Claim, record: Record
    ) -> tuple[Answer, Record]:
        if code == "B2":
            return self._reverse(record)
        if record.status != "paid":
            return self._bill(index, claim, record)
        if code == "B1":
            same = record.content == content_of(claim)
            return (record.paid_before() if same else refused(PAID_DIFFERENTLY)), record
        before = self.account
        _, reopened = self._reverse(record, within=None)
        answer, billed = self._bill(index, claim, reopened)
        if answer.is_paid:
            return answer, billed
        self.account = before  # what was paid stands until something better is
        return answer, record

    def _bill(self, index: int, claim: Claim, record: Record) -> tuple[Answer, Record]:
        member = telecom.read_member(self.asked, index)
        plan = self._plan(member)
        if isinstance(plan, str):
            return refused(plan), record
        if broken := broken_fields(self.asked.header, member, claim):
            return refused(*broken), record
        if member.cardholder_id.endswith(HOST_DOWN) and not record.was_down:
            return refused(HOST_UNAVAILABLE), record.model_copy(update={"was_down": True})
        on = self._day()
        if on is None:
            return refused("15"), record
        case = self._case(plan, member, claim, key=record.key, on=on)
        if answer := refusal(case):
            return answer, record.model_copy(update={"status": "rejected"})
        return self._pay(case, record)

    def _pay(self, case: Case, record: Record) -> tuple[Answer, Record]:
        plan, claim = case.plan, case.claim
        rule = plan.coverage(case.drug)
        answer = price(
            plan,
            plan.share(rule.tier if rule else "*"),
            self.account.totals(case.on.year),
            claim,
            member_id=case.member.cardholder_id,
            authorization=self._number(record.key, str(len(record.said))),
        )
        adds = counted(plan, answer)
        fill = Fill(
            claim=record.key,
            rx_number=claim.rx_number,
            ndc=claim.ndc,
            ingredients=case.drug.ingredients,
            on=case.on,
            days=claim.days_supply,
        )
        self.account = self.account.with_fill(fill, adds)
        paid = {
            "status": "paid",
            "account": self.account.key,
            "date_of_service": case.on,
            "content": content_of(claim),
            "answer": kept(answer),
            "counted": adds,
        }
        return answer, record.model_copy(update=paid)

    def _reverse(
        self, record: Record, *, within: int | None = REVERSAL_DAYS
    ) -> tuple[Answer, Record]:
        """Asking again gets the same answer; an unknown claim, or a very old one, is refused."""
        number = str(record.answer.get("authorization_number", ""))
        if record.status == "reversed":
            return Answer(status="A", authorization_number=number), record
        on = record.date_of_service
        is_old = within is not None and on is not None and self.now.date() - on > _days(within)
        if record.status != "paid" or on is None or is_old:
            return refused(NOTHING_TO_REVERSE, words="NO PAID CLAIM TO REVERSE"), record
        self._turn_to(record.account)
        self.account = self.account.without_fill(record.key, on, record.counted)
        reversed_ = record.model_copy(update={"status": "reversed"})
        return Answer(status="A", authorization_number=number), reversed_

    def _turn_to(self, key: str) -> None:
        """A reversal need not name the member: the claim knows the account."""
        if key == self.account.key:
            return
        self._left[self.account.key] = self.account
        if key not in self._opened:
            self._opened[key] = self.book.account(key)
        self.account = self._left.pop(key, self._opened[key])

    def _eligible(self) -> Answer:
        member = telecom.read_member(self.asked)
        plan = self._plan(member)
        if isinstance(plan, str):
            return refused(plan)
        on, ends = self._day(), plan.ended_on
        if on and ends and on > ends:
            return refused("69")
        if member.cardholder_id.endswith(NOT_COVERED):
            return refused("65")
        number = self._number("E1", member.cardholder_id, self.asked.header.date_of_service)
        return Answer(status="A", authorization_number=number, message=plan.name)

    def _authorization(self, code: str, index: int) -> Answer:
        member = telecom.read_member(self.asked, index)
        plan, on = self._plan(member), self._day()
        if isinstance(plan, str):
            return refused(plan)
        if on is None:
            return refused("15")
        if code in {"P1", "P4"}:
            claim = telecom.read_claim(self.asked, index)
            answer, self.account = ask(self.account, claim, member, drug=drug_of(claim.ndc), on=on)
        elif code == "P3":
            answer, self.account = tell(self.account, self.asked, index, member)
        else:
            answer, self.account = take_back(self.account, self.asked, index)
        return answer

    def _case(self, plan: Plan, member: Member, claim: Claim, *, key: str, on: date) -> Case:
        before = {other.id.strip() for other in claim.other_payers}
        return Case(
            header=self.asked.header,
            member=member,
            claim=claim,
            plan=plan,
            account=self.account,
            drug=drug_of(claim.ndc),
            key=key,
            on=on,
            is_government_before=any(each.programme and each.bin in before for each in self.plans),
        )

    def _record(self, claim: Claim) -> Record:
        key = claim_key(self.asked.header, claim)
        fresh = Record(key=key, rx_number=claim.rx_number, account=self.account.key)
        return self.records.get(key) or self.book.claim(key) or fresh

    def _plan(self, member: Member) -> Plan | str:
        header = self.asked.header
        return find_plan(
            self.plans, bin_=header.bin.strip(), pcn=header.pcn.strip(), group=member.group_id
        )

    def _day(self) -> date | None:
        return day_of(self.asked.header.date_of_service)

    @staticmethod
    def _number(*parts: str) -> str:
        return f"SIM{fingerprint(*parts)[:12].upper()}"


def _days(count: int) -> timedelta:
    return timedelta(days=count)
