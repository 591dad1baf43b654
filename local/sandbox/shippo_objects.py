"""Shippo's objects as the 2018-02-08 API prints them: addresses, rates, labels, tracks."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from local.sandbox.state import iso

if TYPE_CHECKING:
    from local.sandbox.state import Json

OWNER = "sandbox@pharmonico.test"
DAY_S = 86_400
OUNCES_OF = {"oz": 1.0, "lb": 16.0, "g": 0.035274, "kg": 35.274}
SURCHARGE_MINOR_PER_LB = 45
ADDRESS_FIELDS = (
    *("name", "company", "street_no", "street1", "street2", "street3", "city", "state", "zip"),
    *("country", "phone", "email", "is_residential", "metadata"),
)

MISTYPED, MEANT = "Stret", "Street"
"""A validated address comes back as carriers write it: this is what they put right."""

# carrier, service token, name, price in cents, days, promised hour
SERVICES = (
    ("USPS", "usps_ground_advantage", "Ground Advantage", 640, 5, None),
    ("USPS", "usps_priority", "Priority Mail", 985, 3, None),
    ("UPS", "ups_ground", "Ground", 1120, 4, None),
    ("UPS", "ups_second_day_air", "2nd Day Air", 2430, 2, "20:00:00"),
    ("UPS", "ups_next_day_air_saver", "Next Day Air Saver", 4210, 1, "15:00:00"),
    ("FedEx", "fedex_2_day", "2Day", 2310, 2, "17:00:00"),
    ("FedEx", "fedex_priority_overnight", "Priority Overnight", 4790, 1, "10:30:00"),
)
TRACKING_PAGES = {
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
    "UPS": "https://www.ups.com/track?tracknum=",
    "FedEx": "https://www.fedex.com/fedextrack/?trknbr=",
}


class ShippoRefusedError(Exception):
    """Shippo answers with a JSON object of complaints and an HTTP status."""

    def __init__(self, body: Json, *, status: int = 400) -> None:
        super().__init__(str(body))
        self.body = body
        self.status = status


def stamped(at: float) -> Json:
    """The fields that every Shippo object carries."""
    return {
        "object_id": secrets.token_hex(16),
        "object_owner": OWNER,
        "object_created": iso(at),
        "object_updated": iso(at),
        "test": True,
    }


def address(order: Json, *, at: float) -> Json:
    """An address; `validate` adds the verdict (ZIP 99999 fails) and what carriers put right."""
    if not order.get("country"):
        raise ShippoRefusedError({"country": ["This field is required."]})
    wanted = ("name", "street1", "city", "state", "zip")
    made = {name: order.get(name) for name in ADDRESS_FIELDS} | stamped(at)
    made["is_complete"] = all(order.get(name) for name in wanted)
    if order.get("validate"):
        made["validation_results"] = verdict(made)
        made["street1"] = str(made["street1"] or "").replace(MISTYPED, MEANT)
    return made


def verdict(made: Json) -> Json:
    bad_zip = str(made.get("zip") or "").startswith("99999")
    if bad_zip or not made["is_complete"]:
        code = "invalid_postal_code" if bad_zip else "verification_error"
        text = "The address could not be verified: no such place."
        message = {"source": "UPS", "code": code, "type": "address_error", "text": text}
        return {"is_valid": False, "messages": [message]}
    return {"is_valid": True, "messages": []}


def parcel(order: Json, *, at: float) -> Json:
    given = {name: order.get(name) for name in ("length", "width", "height", "distance_unit")}
    given |= {name: order.get(name) for name in ("weight", "mass_unit", "template", "metadata")}
    for name in ("weight", "mass_unit"):
        if not given[name]:
            raise ShippoRefusedError({"parcels": [{name: ["This field is required."]}]})
    return given | stamped(at) | {"object_state": "VALID", "extra": order.get("extra") or {}}


def rates(shipment_id: str, parcels: list[Json], *, at: float) -> list[Json]:
    """One rate per service, dearer by the pound, with the days it promises."""
    pounds = sum(_ounces(box) for box in parcels) / 16
    made = [_rate(service, shipment_id, pounds, at) for service in SERVICES]
    _mark(made, "CHEAPEST", lambda rate: float(rate["amount"]))
    _mark(made, "FASTEST", lambda rate: (rate["estimated_days"], float(rate["amount"])))
    return made


def _ounces(box: Json) -> float:
    try:
        return float(box["weight"]) * OUNCES_OF[box["mass_unit"]]
    except (KeyError, ValueError) as bad:
        raise ShippoRefusedError(
            {"parcels": [{"weight": ["A valid number is required."]}]}
        ) from bad


def _mark(made: list[Json], attribute: str, key: Any) -> None:
    min(made, key=key)["attributes"].append(attribute)


def _rate(service: tuple[Any, ...], shipment_id: str, pounds: float, at: float) -> Json:
    carrier, token, name, price_minor, days, promised_hour = service
    cents = price_minor + round(SURCHARGE_MINOR_PER_LB * pounds)
    amount = f"{cents // 100}.{cents % 100:02d}"
    return stamped(at) | {
        "amount": amount,
        "amount_local": amount,
        "currency": "USD",
        "currency_local": "USD",
        "attributes": [],
        "carrier_account": f"sandbox_{carrier.lower()}",
        "provider": carrier,
        "servicelevel": {"name": name, "token": token, "terms": "", "extended_token": token},
        "shipment": shipment_id,
        "estimated_days": days,
        "arrives_by": promised_hour,
        "duration_terms": f"Delivery in {days} business day{'s' if days > 1 else ''}.",
        "messages": [],
        "zone": "4",
    }


def tracking_number(carrier: str) -> str:
    digits = f"{secrets.randbelow(10**12):012d}"
    return {"USPS": f"9205590175{digits}", "UPS": f"1ZSBX{digits}0"}.get(carrier, digits)


def transaction(rate: Json, order: Json, *, at: float, labels_url: str) -> Json:
    base = _bought(rate, order, at=at)
    number = tracking_number(rate["provider"])
    return base | {
        "status": "SUCCESS",
        "label_file_type": order.get("label_file_type") or "PDF_4x6",
        "label_url": f"{labels_url}/{base['object_id']}.pdf",
        "tracking_number": number,
        "tracking_status": "PRE_TRANSIT",
        "tracking_url_provider": TRACKING_PAGES[rate["provider"]] + number,
        "eta": iso(at + rate["estimated_days"] * DAY_S),
        "commercial_invoice_url": None,
        "qr_code_url": None,
        "messages": [],
    }


def failed_transaction(rate: Json, order: Json, *, at: float) -> Json:
    """Shippo answers 201 with status ERROR when the carrier refuses to print."""
    text = "The carrier could not create this label. (Street says LABEL ERROR.)"
    message = {"source": rate["provider"], "code": "carrier_error", "text": text}
    return _bought(rate, order, at=at) | {"status": "ERROR", "messages": [message]}


def _bought(rate: Json, order: Json, *, at: float) -> Json:
    return stamped(at) | {
        "object_state": "VALID",
        "rate": rate["object_id"],
        "metadata": str(order.get("metadata") or "")[:100],
        # Null, but there: the SDK cannot read a transaction that leaves it out.
        "created_by": None,
    }
