"""`POST /api/v1/search/rebuild`: the search and the open failures anew, a stretch per call."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.lambdas.http import Action, Body
from pharmonico.lambdas.http.cursors import read_cursor, write_cursor
from pydantic import BaseModel, Field

from functions.desk_api.api import TAG, api, audited

AT_ONCE = 25
SCOPE = "rebuild"


class Stretch(BaseModel):
    """Where the last call ended; nothing begins with the newest prescription."""

    cursor: Annotated[str | None, Field(max_length=512)] = None


class Rebuilt(BaseModel):
    """How many were looked at, how many of them stood under other words; call again with the
    cursor until there is none."""

    seen: int
    changed: int
    next_cursor: str | None = None


@api.post("/api/v1/search/rebuild", Action.REBUILD_SEARCH, tag=TAG)
def rebuild_search(command: Annotated[Stretch, Body()]) -> Rebuilt:
    """Put the next 25 prescriptions under the words they are searched by now."""
    from pharmonico.fulfillment.desk.failures import keep  # noqa: PLC0415 - for this route alone
    from pharmonico.fulfillment.desk.indexing import index  # noqa: PLC0415 - brings the codec

    key, orders, desk = secrets().signing_key, aws.orders(), aws.desk()
    after = read_cursor(command.cursor, scope=SCOPE, key=key)
    page = orders.page(OrderQuery(limit=AT_ONCE, after=after))
    changed = 0
    for order in page.items:
        changed += index(order.id, orders=orders, postings=desk, key=key)
        keep(order.id, orders=orders, failures=desk)
    if not command.cursor:
        audited("search_rebuilt", "desk_search")
    cursor = write_cursor(page.next_after, scope=SCOPE, key=key)
    return Rebuilt(seen=len(page.items), changed=changed, next_cursor=cursor)
