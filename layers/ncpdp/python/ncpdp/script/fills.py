"""The pharmacy reports what became of a prescription."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ncpdp.errors import InvalidValue
from ncpdp.script.model.answers import FillNote
from ncpdp.script.model.fill import FILL_STATUSES, RxFill
from ncpdp.script.speaking import (
    OUR_SOFTWARE,
    Envelope,
    answer,
    as_dispensed,
    complete,
    day_of,
    drug_of,
    people_of,
)

if TYPE_CHECKING:
    from ncpdp.script.model.drug import DrugCoded, Quantity
    from ncpdp.script.model.header import SenderSoftware
    from ncpdp.script.model.message import ScriptMessage
    from ncpdp.script.model.people import Pharmacy


def rx_fill(
    of: ScriptMessage,
    status: str,
    *,
    message_id: str,
    sent_time: str,
    drug: DrugCoded | None = None,
    quantity: Quantity | None = None,
    filled_on: str | None = None,
    lot_number: str | None = None,
    note: str | None = None,
    pharmacy: Pharmacy | None = None,
    rx_reference_number: str | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxFill: `dispensed`, `partially_dispensed`, `not_dispensed` or `transferred`.

    `drug` and `quantity` are what was handed out where that differs from what was prescribed;
    `filled_on` is a date, by default the day the message is sent.
    """
    if status not in FILL_STATUSES:
        raise InvalidValue(
            f"A fill status is one of {', '.join(FILL_STATUSES)}.", code="fill_status.unknown"
        )
    said = people_of(of)
    dispensed = as_dispensed(drug_of(of))
    if status in {"dispensed", "partially_dispensed"}:
        dispensed = replace(
            dispensed,
            last_fill_date=filled_on or day_of(sent_time),
            lot_number=lot_number,
            drug=drug or dispensed.drug,
            quantity=quantity or dispensed.quantity,
        )
    answers: dict[str, Any] = {f"status_{status}": FillNote(note=note)}
    body = RxFill(
        patient=said.patient,
        pharmacy=pharmacy or said.pharmacy,
        prescriber=said.prescriber,
        dispensed=dispensed,
        **answers,
    )
    envelope = Envelope(
        message_id=message_id,
        sent_time=sent_time,
        software=software,
        rx_reference_number=rx_reference_number,
    )
    return complete(answer(of, body, envelope))
