"""A 4x6 inch shipping label as a real PDF, written by hand: text, a frame and a row of bars."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.state import Json

WIDTH_PT, HEIGHT_PT = 288, 432
LINE_CHARS_MAX = 40
MANIFEST_LINES_MAX = 30


def label_pdf(label: Json, rate: Json, shipment: Json) -> bytes:
    """One page, 288 by 432 points; every address is synthetic and the label says so."""
    drawing = "\n".join(
        [
            "1 w 8 8 272 416 re S",
            f"8 360 m 280 360 l S 8 {HEIGHT_PT - 262} m 280 {HEIGHT_PT - 262} l S",
            *_text(18, 396, 20, [f"{rate['provider']} {rate['servicelevel']['name']}"]),
            *_text(18, 374, 8, ["SANDBOX LABEL - NOT VALID FOR POSTAGE"]),
            *_text(18, 344, 8, ["FROM", *_lines(shipment["address_from"])]),
            *_text(18, 270, 11, ["SHIP TO", *_lines(shipment["address_to"])]),
            *_bars(label["tracking_number"]),
            *_text(18, 60, 11, [label["tracking_number"]]),
            *_text(18, 30, 7, [f"Ref {label['metadata']}"]),
        ]
    )
    return _document(drawing.encode("latin-1", "replace"))


def manifest_pdf(made: Json) -> bytes:
    """The carrier's sheet of a day, as long as the page has room for its labels."""
    lines = [f"{made['carrier_account']} {str(made['shipment_date'])[:10]}", *made["transactions"]]
    drawing = "\n".join(
        [
            *_text(18, 396, 14, ["MANIFEST"]),
            *_text(18, 374, 8, ["SANDBOX - NO CARRIER KNOWS OF THIS"]),
            *_text(18, 350, 8, lines[:MANIFEST_LINES_MAX]),
        ]
    )
    return _document(drawing.encode("latin-1", "replace"))


def _lines(address: Json) -> list[str]:
    town = f"{address.get('city')}, {address.get('state')} {address.get('zip')}"
    lines = (address.get("name"), address.get("company"), address.get("street1"))
    return [str(line) for line in (*lines, address.get("street2"), town) if line]


def _text(left: int, top: int, size: int, lines: list[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        safe = line[:LINE_CHARS_MAX]
        for mark in "\\()":
            safe = safe.replace(mark, f"\\{mark}")
        yield f"BT /F1 {size} Tf {left} {top - place * (size + 3)} Td ({safe}) Tj ET"


def _bars(number: str) -> Iterator[str]:
    """Bars that look the part; their widths come from a hash, no scanner reads them."""
    left = 18
    for byte in hashlib.sha256(number.encode()).digest() * 2:
        width = 1 + byte % 3
        if left + width > WIDTH_PT - 18:
            return
        yield f"{left} 80 {width} 80 re f"
        left += width + 1 + (byte >> 4) % 3


def _document(drawing: bytes) -> bytes:
    box = f"[0 0 {WIDTH_PT} {HEIGHT_PT}]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    ]
    written = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return written + end % (size, written.rindex(b"xref\n0 "))
