"""Shippo's webhook body as a scan; reading it needs no SDK."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ValidationError

from pharmonico.fulfillment.shipping.parcels import Scan
from pharmonico.kit.errors import Invalid


class _Substatus(BaseModel):
    code: str = ""


class _Status(BaseModel):
    status: str
    substatus: _Substatus | None = None
    status_date: AwareDatetime


class _Track(BaseModel):
    carrier: str
    tracking_number: str
    tracking_status: _Status | None = None


class _Event(BaseModel):
    event: str


class _TrackUpdated(BaseModel):
    event: Literal["track_updated"]
    data: _Track


def read_scan(body: bytes) -> Scan | None:
    """The scan in a proven body; None for events that are not about tracking."""
    try:
        if _Event.model_validate_json(body).event != "track_updated":
            return None
        track = _TrackUpdated.model_validate_json(body).data
    except ValidationError as error:
        raise Invalid("webhook.unreadable", "This is not a tracking update.") from error
    said = track.tracking_status
    if said is None:
        return None
    return Scan(
        carrier=track.carrier,
        number=track.tracking_number,
        status=said.status,
        substatus=said.substatus.code if said.substatus else "",
        at=said.status_date,
    )
