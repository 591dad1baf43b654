"""The worklist of parcels in trouble, one parcel, and its label."""

from typing import Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.labels import labels
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.shipping.papers import ParcelDecision, Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import NotFound
from pharmonico.lambdas.http import Action, Query, Response
from pharmonico.lambdas.http.auditing import lists_shown_to
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor

from functions.shipments_api.api import (
    ONE,
    SHIPMENTS,
    TAG,
    api,
    audited,
    must_be_own,
    within_reach,
)
from functions.shipments_api.models import NOT_SHOWN, Parcels, ParcelView, line

PDF = "application/pdf"
TROUBLES = (Status.SHIPPING_ISSUE, Status.DELIVERY_EXCEPTION, Status.RETURNED)
Trouble = Literal["shipping_issue", "delivery_exception", "returned"]


@api.get(SHIPMENTS, Action.READ_SHIPMENTS, tag=TAG)
def list_parcels(
    *,
    status: Annotated[list[Trouble] | None, Query(description="one or several")] = None,
    pharmacy: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> Parcels:
    """Parcels somebody has to decide about: held, in trouble on their way, or returned."""
    statuses = tuple(Status(each) for each in status) if status else TROUBLES
    scope, key = f"shipments {' '.join(sorted(statuses))} {pharmacy}", secrets().signing_key
    query = OrderQuery(
        statuses,
        pharmacy_id=pharmacy,
        limit=limit,
        after=read_cursor(cursor, scope=scope, key=key),
    )
    page = aws.orders().page(query)
    if page.items:
        day = lists_shown_to(api.call, clock=aws.CLOCK)
        audited("parcels_listed", day, shown=" ".join(order.id for order in page.items))
    return Parcels(
        items=[line(order) for order in page.items],
        next_cursor=write_cursor(page.next_after, scope=scope, key=key),
    )


@api.get(ONE, Action.READ_SHIPMENTS, tag=TAG)
def read_parcel(prescription_id: str) -> ParcelView:
    """Where it goes and is, why this service was taken, every decision, and what may be done."""
    from pharmonico.fulfillment.shipping.worklist import (  # noqa: PLC0415 - brings the events, 60 ms
        actions,
    )

    order = within_reach(prescription_id)
    orders = aws.orders()
    enrollment = orders.document(order.id, Enrollment)
    decisions = orders.documents(order.id, ParcelDecision)
    shipments = orders.documents(order.id, Shipment)
    shown = ParcelView(
        prescription_id=order.id,
        revision=order.revision,
        status=order.status,
        reason=order.hold_reason,
        tracking=order.tracking,
        delivery=enrollment.delivery if enrollment else None,
        shipments=[each.model_dump(mode="json", exclude=NOT_SHOWN) for each in shipments],
        decisions=[each.model_dump(mode="json") for each in decisions],
        actions=list(actions(order, decisions)),
    )
    api.call.etag(order.revision, shown.model_dump_json())
    audited("parcel_read", order.id)
    return shown


@api.get(f"{ONE}/label", Action.READ_LABEL, tag=TAG)
def read_label(prescription_id: str) -> Response[bytes]:
    """The label as a PDF of four by six inches; a pharmacy reads those of its own parcels."""
    order = within_reach(prescription_id)
    must_be_own(order.pharmacy_id)
    shipment = aws.orders().document(order.id, Shipment)
    is_bought = shipment is not None and shipment.transaction_id and not shipment.voided
    pdf = labels().get(str(shipment.label_key)) if shipment and is_bought else None
    if pdf is None:
        raise NotFound("label.none", "This prescription has no label.")
    audited("label_read", order.id)
    name = f'inline; filename="{order.id}.pdf"'
    return Response(
        status_code=200, content_type=PDF, body=pdf, headers={"Content-Disposition": name}
    )
