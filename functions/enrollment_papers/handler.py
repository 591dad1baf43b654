"""Queue: after a submission, the signed record is written and the coverages are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment.enrollment.coverages import check_coverages
from pharmonico.fulfillment.enrollment.enroll import find_enrollment
from pharmonico.fulfillment.enrollment.signing import keep_record
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    from pharmonico.adapters.record_pdf import (  # noqa: PLC0415 - ReportLab, 0.2 s of the start
        ReportlabScribe,
    )

    orders = aws.orders()
    order, enrollment = find_enrollment(event.data.prescription_id, orders=orders)
    keep_record(
        order,
        enrollment,
        orders=orders,
        scribe=ReportlabScribe(),
        records=aws.records(),
        clock=aws.CLOCK,
    )
    check_coverages(order, enrollment, orders=orders, payer=aws.payer(), clock=aws.CLOCK)
