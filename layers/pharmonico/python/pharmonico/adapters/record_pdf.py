"""A statement as a PDF by ReportLab, with the fonts that every reader brings."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from pharmonico.fulfillment.enrollment.signing import Statement

WIDTH, HEIGHT = LETTER
MARGIN = 72.0
LABEL_WIDTH = 160.0
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
SIZE, TITLE_SIZE = 10.5, 18
LEADING = 15.0
ENCODING = "cp1252"
"""What the readers' own fonts can show; any other letter is written out as its code."""


class ReportlabScribe:
    def write(self, statement: Statement) -> bytes:
        out = BytesIO()
        # Invariant: neither the time of writing nor a random id gets into the file.
        canvas = Canvas(
            out, pagesize=LETTER, invariant=1, pageCompression=0, lang=statement.language
        )
        canvas.setTitle(statement.title)
        canvas.setCreator("Pharmonico")
        page = _Page(canvas)
        page.line(statement.title, font=BOLD, size=TITLE_SIZE)
        page.gap()
        for label, value in statement.facts:
            page.fact(label, value)
        for heading, text in statement.texts:
            page.gap()
            page.line(heading, font=BOLD)
            for paragraph in text.splitlines():
                page.line(paragraph)
        canvas.showPage()
        canvas.save()
        return out.getvalue()


class _Page:
    """Lines from the top of the page to its end, then on the next one."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = HEIGHT - MARGIN

    def gap(self) -> None:
        self._y -= LEADING

    def line(self, text: str, *, font: str = PLAIN, size: float = SIZE, x: float = MARGIN) -> None:
        for part in simpleSplit(showable(text), font, size, WIDTH - MARGIN - x):
            self._break()
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, self._y, part)
            self._y -= max(LEADING, size + LEADING - SIZE)

    def fact(self, label: str, value: str) -> None:
        self._break()
        self._canvas.setFont(BOLD, SIZE)
        self._canvas.drawString(MARGIN, self._y, showable(label))
        self.line(value, x=MARGIN + LABEL_WIDTH)

    def _break(self) -> None:
        if self._y < MARGIN:
            self._canvas.showPage()
            self._y = HEIGHT - MARGIN


def showable(text: str) -> str:
    """The text, letters that the fonts lack as `[U+0141]`: a record loses none silently."""
    return "".join(letter if _has(letter) else f"[U+{ord(letter):04X}]" for letter in text)


def _has(letter: str) -> bool:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return letter.isprintable()
