"""The layouts of the standard's versions: what a message says decides how its header is cut.

D.0 is the only version in use before 11 February 2028. F6 is known by name and refused with its
own words: its header carries an eight-digit IIN, and its widths belong here once they are certain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ncpdp.errors import WrongVersion

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Layout:
    """One version: the widths of both headers and the places of version and code in them."""

    version: str
    request_widths: tuple[int, ...]
    response_widths: tuple[int, ...]
    # A trailing vendor id of blanks is the only part that a transport may have trimmed.
    request_length_min: int
    version_at: int = 6

    @property
    def request_length(self) -> int:
        return sum(self.request_widths)

    @property
    def response_length(self) -> int:
        return sum(self.response_widths)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the first bytes say: a request or a response, and of which layout."""

    layout: Layout
    is_response: bool = field(default=False)


D0 = Layout(
    version="D0",
    request_widths=(6, 2, 2, 10, 1, 2, 15, 8, 10),
    response_widths=(2, 2, 1, 1, 2, 15, 8),
    request_length_min=46,
)
LAYOUTS: Mapping[str, Layout] = {D0.version: D0}
NOT_YET = {
    "F6": "Version F6 is known but not read yet.",
    "51": "Version 5.1 was replaced by D.0 in 2012.",
}
CODES = frozenset(
    {"B1", "B2", "B3", "E1", "P1", "P2", "P3", "P4", "N1", "N2", "N3"}
    | {"D1", "S1", "S2", "S3", "C1", "C2", "C3"}
)


def looks_like_telecom(data: bytes) -> bool:
    """True when a version or a transaction code stands where one of the two headers has it."""
    head = data.lstrip(b"\x02\r\n")[:12].decode("latin-1")
    if head[2:4] in CODES or head[8:10] in CODES or _has_iin(head):
        return True
    return head[:2] in LAYOUTS or (head[6:8] in LAYOUTS and head[:6].strip(" ").isalnum())


def recognise(text: str) -> Recognised:
    """The layout of a message; raises WrongVersion for one that is not read."""
    if text[:2] in LAYOUTS:
        return Recognised(LAYOUTS[text[:2]], is_response=True)
    if text[6:8] in LAYOUTS:
        return Recognised(LAYOUTS[text[6:8]])
    said = text[:2] if text[2:4] in CODES else text[6:8]
    said = text[8:10] if _has_iin(text) else said
    raise WrongVersion(
        NOT_YET.get(said, "The version is not D.0."), code="version.unsupported", path="A2"
    )


def _has_iin(text: str) -> bool:
    """Whether the header of a later version begins with an eight-digit IIN."""
    return text[8:10] in NOT_YET and text[10:12] in CODES and text[:8].isdigit()
