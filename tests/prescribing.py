"""A sample prescription, the drugs and pharmacies around it, and what the machine calls on them."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ncpdp
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.fulfillment.directory import Hours, Medication, Pharmacy, Place, Plan
from pharmonico.fulfillment.documents import (
    Delivery,
    Document,
    Enrollment,
    Insurance,
    Script,
    Validation,
)
from pharmonico.fulfillment.routing.areas import Point
from pharmonico.fulfillment.routing.need import Need
from pharmonico.fulfillment.validation.examining import Shelf

from tests.builders import NOON, a_clock, stored

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.status import Status

RX = "rx_01TEST"
SAMPLES = Path(__file__).parent / "unit" / "ncpdp" / "samples"
NDC = "00071015623"
COLUMBUS = (39.9908, -82.9999)


def message(name: str = "newrx", **changes: Any) -> dict[str, Any]:
    """The JSON form of a sample; `medication__sig=None` drops or replaces what lies at the path."""
    form = copy.deepcopy(_form(name))
    for path, value in changes.items():
        *steps, last = path.split("__")
        place = form
        for step in steps:
            place = place.setdefault(step, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return form


@cache
def _form(name: str) -> dict[str, Any]:
    return ncpdp.to_json(ncpdp.parse((SAMPLES / f"{name}.xml").read_bytes()))


def a_script(name: str = "newrx", **changes: Any) -> Script:
    form = message(name, **changes)
    return Script(media_type="application/xml", raw_base64="", message=form)


def a_medication(**changes: Any) -> Medication:
    facts: dict[str, Any] = {
        "ndc11": NDC,
        "name": "Lipitor",
        "generic": "atorvastatin calcium",
        "dosage_form": "tablet, film coated",
        "strength": "20 mg/1",
        "unit_price_minor": 120,
    }
    return Medication(**{**facts, **changes})


ZOLPIDEM = a_medication(
    ndc11="00024540131", name="Ambien", generic="zolpidem tartrate", dea_schedule="CIV"
)
PLAN = Plan(bin="610014", pcn="MEDDPRIME", group="EXGRP01", name="Synthetic", network="medicare")


HOURS = Hours(
    zone="America/New_York", week=(*[(480, 1200)] * 5, (540, 780), None), next_day_cutoff=960
)
LICENSED_UNTIL = date(2030, 12, 31)


def licences(*states: str) -> dict[str, date]:
    return dict.fromkeys(states, LICENSED_UNTIL)


def a_need(**changes: Any) -> Need:
    """An ordinary drug for a patient in Columbus."""
    facts: dict[str, Any] = {
        "home": Point(*COLUMBUS),
        "state": "OH",
        "at": NOON,
        "network": PLAN.network,
    }
    return Need(**{**facts, **changes})


def a_pharmacy(number: int = 1, **changes: Any) -> Pharmacy:
    """In the middle of the patient's ZIP, in the way of nothing but specialty and cold drugs."""
    facts: dict[str, Any] = {
        "pharmacy_id": f"ph_{number:07d}",
        "ncpdp_id": f"{number:07d}",
        "npi": "1234567893",
        "name": f"Pharmacy {number} (synthetic)",
        "synthetic": True,
        "address": Place(line1="1 Example St", city="Columbus", state="OH", postal_code="43201"),
        "phone": "6145550100",
        "lat": COLUMBUS[0],
        "lon": COLUMBUS[1],
        "licences": licences("OH"),
        "networks": {"medicare": "preferred"},
        "capacity": 100,
        "dea_number": "FS1234563",
        "dea_schedules": {"CII", "CIII", "CIV", "CV"},
        "hours": HOURS,
        "on_time_rate": 1.0,
    }
    return Pharmacy(**{**facts, **changes})


def a_directory(*pharmacies: Pharmacy, medications: tuple[Medication, ...] = ()) -> MemoryDirectory:
    known = (a_medication(), ZOLPIDEM, *medications)
    return MemoryDirectory(medications=known, pharmacies=pharmacies, plans=[PLAN])


def a_shelf(orders: MemoryOrders, **changes: Any) -> Shelf:
    """What validation reads from, over these orders."""
    facts: dict[str, Any] = {
        "orders": orders,
        "patients": MemoryPatients(orders),
        "directory": a_directory(),
        "clock": a_clock(),
    }
    return Shelf(**{**facts, **changes})


def an_enrollment(**changes: Any) -> Enrollment:
    facts: dict[str, Any] = {
        "prescription_id": RX,
        "started_at": NOON,
        "started_by": "usr_ops",
        "insurance": Insurance(
            bin="610014", pcn="MEDDPRIME", group="EXGRP01", member_id="YXE123456789"
        ),
        "delivery": a_delivery(),
    }
    return Enrollment(**{**facts, **changes})


def a_delivery(postal_code: str = "43201", state: str = "OH") -> Delivery:
    return Delivery(
        name="Jordan Doe", line1="99 Test St", city="Columbus", state=state, postal_code=postal_code
    )


def a_validation(**changes: Any) -> Validation:
    return Validation(**{"checked_at": NOON, "ndc": NDC, **changes})


def orders_with(*documents: Document, status: Status, **changes: Any) -> MemoryOrders:
    """One stored prescription with these papers; nothing published yet."""
    orders = MemoryOrders()
    order = stored(orders, status=status, **changes)
    for document in documents:
        orders.put_document(order.id, document)
    return orders


def the_order(orders: MemoryOrders, order_id: str = RX) -> Order:
    return orders.get(order_id)
