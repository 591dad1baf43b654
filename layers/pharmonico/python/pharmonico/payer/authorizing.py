"""Prior authorizations: asked for, asked about, taken back.

A request is pending at first and decided when it is asked about: denied for member ids that end
in 1075, still pending for 2075, approved for all others.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ncpdp.telecom import Answer
from ncpdp.telecom.segments.answering import Authorized

from pharmonico.payer.account import Account, Authorization, fingerprint
from pharmonico.payer.edits import refused

if TYPE_CHECKING:
    from ncpdp.telecom import Claim, Member, Request

    from pharmonico.payer.drugs import Drug

DENIED, PENDING = "1075", "2075"
VALID = timedelta(days=365)
NUMBER_DIGITS = 11
UNKNOWN = "NO SUCH PRIOR AUTHORIZATION"


def ask(
    account: Account, claim: Claim, member: Member, *, drug: Drug, on: date
) -> tuple[Answer, Account]:
    """Take a request in (captured); asking twice for the same drug and day is one request."""
    digits = int(fingerprint(account.key, claim.ndc, member.cardholder_id, on.isoformat()), 16)
    number = f"{digits % 10**NUMBER_DIGITS:0{NUMBER_DIGITS}d}"
    known = account.authorization(number)
    if known is None:
        known = Authorization(
            number=number,
            ingredients=drug.ingredients,
            ndc=claim.ndc,
            status="pending",
            asked_on=on,
            until=on + VALID,
        )
        account = account.with_authorization(known)
    return _captured(known), account


def tell(account: Account, asked: Request, index: int, member: Member) -> tuple[Answer, Account]:
    """Decide what is pending, and say how it stands."""
    known = account.authorization(_asked_number(asked, index))
    if known is None:
        return refused("75", words=UNKNOWN), account
    ending = member.cardholder_id[-4:]
    if known.status == "pending" and ending != PENDING:
        status = "denied" if ending == DENIED else "approved"
        known = known.model_copy(update={"status": status})
        account = account.with_authorization(known)
    if known.status == "pending":
        return _captured(known), account
    if known.status == "denied":
        return refused("75", words="PRIOR AUTHORIZATION DENIED"), account
    details = Authorized(
        assigned_number=known.number,
        begins=known.asked_on.strftime("%Y%m%d"),
        ends=known.until.strftime("%Y%m%d"),
    )
    return Answer(status="A", authorization_number=known.number, more=(details,)), account


def take_back(account: Account, asked: Request, index: int) -> tuple[Answer, Account]:
    """Withdraw a request or an approval."""
    known = account.authorization(_asked_number(asked, index))
    if known is None:
        return refused("75", words=UNKNOWN), account
    gone = known.model_copy(update={"status": "denied"})
    return Answer(status="A", authorization_number=known.number), account.with_authorization(gone)


def _captured(known: Authorization) -> Answer:
    details = Authorized(assigned_number=known.number)
    return Answer(status="C", authorization_number=known.number, more=(details,))


def _asked_number(asked: Request, index: int) -> str:
    return (asked.get("12", "PY", index) or asked.get("12", "F3", index) or "").strip()
