"""What a response says: yes, yes but, no, or something else instead."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval; it may say nothing at all."""

    reason_codes: tuple[str, ...] = leaves("ReasonCode")
    reference_number: str | None = leaf("ReferenceNumber", length_max=35)
    note: str | None = leaf("Note", length_max=210)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial with reason codes and, where they do not tell enough, words."""

    reason_codes: tuple[str, ...] = leaves("ReasonCode")
    reference_number: str | None = leaf("ReferenceNumber", length_max=35)
    reason: str | None = leaf("DenialReason", length_max=210)
    note: str | None = leaf("Note", length_max=210)


@dataclass(frozen=True, slots=True, kw_only=True)
class FillNote:
    """A fill status; most often it says nothing more."""

    reason_codes: tuple[str, ...] = leaves("ReasonCode")
    reference_number: str | None = leaf("ReferenceNumber", length_max=35)
    note: str | None = leaf("Note", length_max=210)
