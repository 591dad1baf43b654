"""`GET /api/v1/prescriptions`: the lists, by status, pharmacy, plan, time and text."""

from datetime import datetime
from typing import Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.access import Kind
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.ports import OrderPage, OrderQuery
from pharmonico.fulfillment.reading import Page, progress, row
from pharmonico.fulfillment.status import Status
from pharmonico.kit.clock import in_utc
from pharmonico.lambdas.http import Action, Query
from pharmonico.lambdas.http.auditing import lists_shown_to
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor

from functions.ops_api.api import TAG, api, audited, unless_known

SEARCHED = (
    "words: patient's name, birth date, phone, member id, Rx, NDC, claim, tracking number or"
    " message id; all must fit"
)
FILTERS = ("status", "pharmacy", "plan", "from", "to", "q", "assignee", "on_hold")


@api.get("/api/v1/prescriptions", Action.LIST_PRESCRIPTIONS, tag=TAG)
def list_prescriptions(
    *,
    status: Annotated[list[Status] | None, Query(description="one or several statuses")] = None,
    pharmacy: Annotated[str | None, Query(max_length=64)] = None,
    plan: Annotated[str | None, Query(max_length=64, description="BIN-PCN")] = None,
    created_from: Annotated[datetime | None, Query(alias="from")] = None,
    created_to: Annotated[datetime | None, Query(alias="to")] = None,
    q: Annotated[str | None, Query(max_length=100, description=SEARCHED)] = None,
    assignee: Annotated[str | None, Query(max_length=64, description="who works on it")] = None,
    on_hold: Annotated[bool | None, Query(description="held by somebody, or not")] = None,
    sort: Annotated[Literal["newest", "oldest"], Query(description="by age")] = "newest",
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> Page:
    """Prescriptions by age. A provider sees its own, and how they are doing.

    A search may answer a short page with a cursor: the rest lies beyond.
    """
    caller = api.call.caller
    client_id = caller.client_id if caller.kind is Kind.PROVIDER else None
    filters = (status, pharmacy, plan, created_from, created_to, q, assignee, on_hold, client_id)
    scope, key = f"prescriptions{filters}{sort}", secrets().signing_key
    query = OrderQuery(
        statuses=tuple(status or ()),
        pharmacy_id=pharmacy,
        plan=plan,
        client_id=client_id,
        assignee=assignee,
        on_hold=on_hold,
        created_from=created_from and in_utc(created_from),
        created_to=created_to and in_utc(created_to),
        limit=limit,
        after=read_cursor(cursor, scope=scope, key=key),
        oldest_first=sort == "oldest",
    )
    page = _found(q, query, key) if q else aws.orders().page(query)
    next_cursor = write_cursor(page.next_after, scope=scope, key=key)
    rows = progress if caller.kind is Kind.PROVIDER else row
    shown = Page(items=[rows(order) for order in page.items], next_cursor=next_cursor)
    unless_known(shown)
    if caller.kind is not Kind.PROVIDER:
        named = dict(zip(FILTERS, filters, strict=False))
        _told_whom(page.items, by=[name for name, given in named.items() if given])
    return shown


def _found(text: str, query: OrderQuery, key: str) -> OrderPage:
    from pharmonico.fulfillment.desk.searching import (  # noqa: PLC0415 - for this filter alone
        search,
    )

    return search(text, query, orders=aws.orders(), postings=aws.desk(), key=key)


def _told_whom(orders: tuple[Order, ...], *, by: list[str]) -> None:
    """A list names patients: whom it showed is sealed onto the reader's chain of the day.

    The filters are named and their values left out: a search is mostly for a patient's name.
    """
    if orders:
        day = lists_shown_to(api.call, clock=aws.CLOCK)
        shown = " ".join(order.id for order in orders)
        audited("prescriptions_listed", day, shown=shown, by=" ".join(by))
