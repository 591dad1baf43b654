"""Stripe's words for how a refund or a dispute stands, in ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pharmonico.fulfillment.payment.records import DisputeStatus


def refund_status(said: str | None) -> Literal["pending", "succeeded", "failed"]:
    """A refund that was cancelled did not go back either; what needs somebody is on its way."""
    if said in ("failed", "canceled"):
        return "failed"
    return "succeeded" if said == "succeeded" else "pending"


def dispute_status(said: str) -> DisputeStatus:
    """A warning that was closed took nothing; one that is not closed may still become one."""
    if said == "lost":
        return "lost"
    return "won" if said in ("won", "warning_closed", "prevented") else "open"
