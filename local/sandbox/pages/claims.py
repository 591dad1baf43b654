"""The claims page: every claim the switch saw, its answers in words and the D.0 behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp import telecom
from starlette.routing import Route

from local.sandbox.markup import Html, el
from local.sandbox.money import dollars
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, empty, folded

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.payer_claims import Claims
    from local.sandbox.state import Json

HERE = "/sandbox/claims"
STATUS_WORDS = {
    "P": "P paid",
    "D": "D duplicate of paid",
    "A": "A approved",
    "C": "C captured",
    "R": "R rejected",
}
# One field per line reads better than one line per message.
_LINES = {0x1C: "\n  ", 0x1D: "\n== transaction", 0x1E: "\n-- segment"}


class ClaimsPage:
    """GET lists claims, newest first."""

    def __init__(self, *, claims: Claims) -> None:
        self._claims = claims

    def routes(self) -> list[Route]:
        return [Route("/claims", self.show)]

    async def show(self, _: Request) -> Response:
        cards = [_card(claim) for claim in list(self._claims.newest())[:ROWS_MAX]]
        return page("Claims", *(cards or [empty("No claim arrived yet.")]), here=HERE)


def _card(claim: Json) -> Html:
    where = f"BIN {claim['bin']} PCN {claim['pcn']} member {claim['member_id']}"
    who = f"pharmacy {claim['provider_id']} on {claim['date_of_service']}"
    exchanges = [_exchange(exchange) for exchange in reversed(claim["history"])]
    title = f"Rx {claim['rx_number']} fill {claim['fill_number']} "
    return el("article", el("h2", title), el("p", f"{where}, {who}", class_="meta"), *exchanges)


def _exchange(exchange: Json) -> Html:
    words = [f" {exchange['code']}", *map(_reject_words, exchange["rejects"])]
    if exchange["patient_pay_minor"] is not None:
        paid = dollars(exchange["total_paid_minor"] or 0)
        words.append(f"plan pays {paid}, patient pays {dollars(exchange['patient_pay_minor'])}")
    status = badge(STATUS_WORDS.get(exchange["status"], exchange["status"]))
    both = f"REQUEST\n{exchange['request']}\n\nRESPONSE\n{exchange['response']}"
    line = ": ".join([words[0], "; ".join(words[1:])]) if words[1:] else words[0]
    return folded([status, line, el("span", f" {exchange['at']}")], both.translate(_LINES))


def _reject_words(code: str) -> str:
    return f"{code} {telecom.reject(code).words}"
