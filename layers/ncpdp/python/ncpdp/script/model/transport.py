"""Answers of the road itself: Status, Error, Verify; and GetMessage, which empties a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ncpdp import codes
from ncpdp.script.fields import leaf, leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """000 taken over, 010 accepted by the receiver; 001 002 003 005 on the way."""

    TAG: ClassVar[str] = "Status"
    code: str | None = leaf("Code", codes=codes.STATUS)
    description_codes: tuple[str, ...] = leaves("DescriptionCode")
    description: str | None = leaf("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """600 601 602 700 trouble on the way, 900 the message was refused."""

    TAG: ClassVar[str] = "Error"
    code: str | None = leaf("Code", codes=codes.ERROR)
    description_codes: tuple[str, ...] = leaves("DescriptionCode")
    description: str | None = leaf("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """The receiver has taken the message in; the code is always 010."""

    TAG: ClassVar[str] = "Verify"
    code: str | None = leaf("VerifyStatus/Code", codes=codes.VERIFY)
    description: str | None = leaf("VerifyStatus/Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMessage:
    """Asks a mailbox for the next message; whose mailbox it is stands in the header."""

    TAG: ClassVar[str] = "GetMessage"
    service_level: str | None = leaf("ServiceLevel")
