"""Shippo for functions that seldom call it: its SDK is imported with the first call, 200 ms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.carriers import Carriers


class _Late:
    def __getattr__(self, name: str) -> Any:
        from pharmonico.adapters.shippo_shipping import carriers  # noqa: PLC0415 - see above

        return getattr(carriers(), name)


def carriers() -> Carriers:
    """The carriers, not yet there: most cancellations find no label, most polls no parcel."""
    return cast("Carriers", _Late())
