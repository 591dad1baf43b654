"""What a message is about: the class of every message type, loaded when it is first met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ncpdp.script.fields import named_model

if TYPE_CHECKING:
    from ncpdp.script.model.change import RxChangeRequest, RxChangeResponse
    from ncpdp.script.model.enveloped import Enveloped
    from ncpdp.script.model.fill import RxFill, RxFillIndicatorChange
    from ncpdp.script.model.history import RxHistoryRequest, RxHistoryResponse
    from ncpdp.script.model.prescribing import (
        CancelRx,
        CancelRxResponse,
        NewRx,
        NewRxRequest,
        NewRxResponseDenied,
    )
    from ncpdp.script.model.renewal import RxRenewalRequest, RxRenewalResponse
    from ncpdp.script.model.transfer import (
        RxTransferConfirm,
        RxTransferRequest,
        RxTransferResponse,
    )
    from ncpdp.script.model.transport import Error, GetMessage, Status, Verify


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBody:
    """A message type this library does not know: its name, and its element as XML text."""

    name: str
    xml: str


Body: TypeAlias = (
    "NewRx | CancelRx | CancelRxResponse | NewRxRequest | NewRxResponseDenied"
    " | RxChangeRequest | RxChangeResponse | RxRenewalRequest | RxRenewalResponse"
    " | RxFill | RxFillIndicatorChange | RxTransferRequest | RxTransferResponse"
    " | RxTransferConfirm | RxHistoryRequest | RxHistoryResponse | Status | Error | Verify"
    " | GetMessage | Enveloped | OtherBody"
)
_ROOMS = {
    "prescribing": (
        "NewRx",
        "CancelRx",
        "CancelRxResponse",
        "NewRxRequest",
        "NewRxResponseDenied",
    ),
    "change": ("RxChangeRequest", "RxChangeResponse"),
    "renewal": ("RxRenewalRequest", "RxRenewalResponse"),
    "fill": ("RxFill", "RxFillIndicatorChange"),
    "transfer": ("RxTransferRequest", "RxTransferResponse", "RxTransferConfirm"),
    "history": ("RxHistoryRequest", "RxHistoryResponse"),
    "transport": ("Status", "Error", "Verify", "GetMessage"),
    "enveloped": (
        *(f"PA{step}{way}" for step in ("Initiation", "", "Appeal", "Cancel")
          for way in ("Request", "Response")),
        "PANotification",
        *(f"REMS{step}{way}" for step in ("Initiation", "") for way in ("Request", "Response")),
        "Census",
        "Resupply",
        "DrugAdministration",
        "Recertification",
    ),
}  # fmt: skip
_PLACES = {name: f"{room}:{name}" for room, names in _ROOMS.items() for name in names}
MESSAGE_TYPES = tuple(_PLACES)
ENVELOPED = frozenset(_ROOMS["enveloped"])


def body_class(name: str) -> type | None:
    """The class of a message type, or None for a type that is not known."""
    place = _PLACES.get(name)
    return named_model(place) if place else None
