"""Which message an event calls for, to which addresses, and what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.enrollment.codes import code_channel, mint_code
from pharmonico.fulfillment.enrollment.links import mint_link
from pharmonico.fulfillment.enrollment.sessions import session_of
from pharmonico.fulfillment.notification.templates import Template
from pharmonico.fulfillment.payment.ledger import refund_of
from pharmonico.fulfillment.payment.portal_links import mint_payment_link
from pharmonico.fulfillment.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Enrollment
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock
    from pharmonico.kit.money import Money

Channel = Literal["email", "sms"]

_CALLED_FOR: dict[str, Template] = {
    "enrollment_started": Template.ENROLLMENT,
    "enrollment_reminder_required": Template.ENROLLMENT_REMINDER,
    "verification_code_requested": Template.CODE,
    "payment_link_required": Template.PAYMENT,
    "payment_reminder_required": Template.PAYMENT_REMINDER,
    "payment_successful": Template.RECEIPT,
    "payment_refunded": Template.REFUNDED,
    "shipping_label_generated": Template.SHIPPED,
    "shipment_updated": Template.OUT_FOR_DELIVERY,
    "delivered": Template.DELIVERED,
    "delivery_exception": Template.PROBLEM,
    "prescription_cancelled": Template.CANCELLED,
}

_ASKED = {"insurance": Template.VERIFY_INSURANCE, "card": Template.UPLOAD_CARD}

_ONLY_WHILE: dict[Template, Status] = {
    Template.ENROLLMENT: Status.AWAITING_ENROLLMENT,
    Template.ENROLLMENT_REMINDER: Status.AWAITING_ENROLLMENT,
    Template.VERIFY_INSURANCE: Status.AWAITING_ENROLLMENT,
    Template.UPLOAD_CARD: Status.AWAITING_ENROLLMENT,
    Template.PAYMENT: Status.AWAITING_PAYMENT,
    Template.PAYMENT_REMINDER: Status.AWAITING_PAYMENT,
}
"""A late event must not ask for what was done or called off in the meantime."""


def template_of(event: Event[Any], order: Order) -> Template | None:
    template = _CALLED_FOR.get(event.detail_type)
    if event.detail_type == "patient_asked":
        template = _ASKED[event.data.what]
    if template is None or _ONLY_WHILE.get(template, order.status) is not order.status:
        return None
    if template is Template.OUT_FOR_DELIVERY:
        entered = event.data.status_to == Status.OUT_FOR_DELIVERY != event.data.status_from
        return template if entered else None
    if template is Template.RECEIPT and not _amount_minor(order.patient_pay):
        return None
    return template


def addresses_of(
    template: Template, event: Event[Any], enrollment: Enrollment, *, tokens: Tokens, clock: Clock
) -> dict[Channel, str]:
    """Address by channel, the first to be tried first. A code has one channel and no other."""
    known: dict[Channel, str | None] = {
        "email": enrollment.contact_email,
        "sms": enrollment.contact_phone,
    }
    given = {channel: address for channel, address in known.items() if address}
    if template is not Template.CODE:
        return given
    session = session_of(event.data.session, tokens=tokens, clock=clock)
    if session is None:
        return {}
    only = code_channel(session.link_channel, enrollment)
    return {channel: address for channel, address in given.items() if channel == only}


def values_of(
    template: Template,
    event: Event[Any],
    order: Order,
    channel: Channel,
    *,
    orders: Orders,
    tokens: Tokens,
    portal_url: str,
) -> dict[str, str]:
    """What the words of the template name; secrets are made here and kept nowhere but hashed."""

    def invitation() -> dict[str, str]:
        token = mint_link(order.id, channel=channel, tokens=tokens)
        return {"link": f"{portal_url}/#t={token}"}

    def bill() -> dict[str, str]:
        link = mint_payment_link(order.id, tokens=tokens, portal_url=portal_url)
        return {"link": link, "amount": _amount(order, "open", orders=orders)}

    makers: dict[Template, Callable[[], dict[str, str]]] = {
        Template.ENROLLMENT: invitation,
        Template.ENROLLMENT_REMINDER: invitation,
        Template.VERIFY_INSURANCE: invitation,
        Template.UPLOAD_CARD: invitation,
        Template.CODE: lambda: {"code": mint_code(event.data.session, tokens=tokens)},
        Template.PAYMENT: bill,
        Template.PAYMENT_REMINDER: bill,
        Template.RECEIPT: lambda: {
            "amount": _amount(order, "paid", orders=orders),
            "reference": order.id,
        },
        Template.REFUNDED: lambda: {"amount": _refunded(event, order, orders=orders)},
        Template.CANCELLED: lambda: {"reference": order.id},
    }
    return makers.get(template, lambda: _parcel(order))()


def _parcel(order: Order) -> dict[str, str]:
    tracking = order.tracking
    if tracking is None:
        return {"carrier": "the carrier", "tracking": "-"}
    return {"carrier": tracking.carrier.upper(), "tracking": tracking.number}


def _refunded(event: Event[Any], order: Order, *, orders: Orders) -> str:
    """What this very refund gives back; an event of old names none."""
    attempt = event.data.attempt
    payment = orders.document(order.id, Payment, str(attempt)) if attempt else None
    refund = refund_of(payment, event.data.refund) if payment else None
    if refund is None:
        return _amount(order, "refunded", orders=orders)
    return _dollars(refund.amount.amount_minor)


def _amount(order: Order, state: str, *, orders: Orders) -> str:
    """What is asked, was paid or went back last, such as `$12.50`."""
    payments = sorted(orders.documents(order.id, Payment), key=lambda payment: payment.attempt)
    fitting = [payment.amount for payment in payments if payment.status == state]
    return _dollars(_amount_minor(fitting[-1] if fitting else order.patient_pay))


def _dollars(minor: int) -> str:
    return f"${minor // 100}.{minor % 100:02}"


def _amount_minor(amount: Money | None) -> int:
    return amount.amount_minor if amount else 0
