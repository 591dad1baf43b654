"""The text of a leaf, which may go on behind remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def text_of(element: Element | None) -> str | None:
    """What is said up to the first element inside, as a reader hears it who skips remarks."""
    if element is None or not len(element):
        return None if element is None else element.text
    said = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            break
        said += child.tail or ""
    return said or None


def said(element: Element | None) -> str | None:
    """The text without the blanks around it, or None where there is none."""
    return (text_of(element) or "").strip() or None


def set_text(element: Element, content: str | None) -> None:
    """The text in place of the old one, which may go on behind remarks."""
    element.text = content
    for child in element:
        if isinstance(child.tag, str):
            return
        child.tail = None


def has_elements(element: Element) -> bool:
    """True when there are more than text and remarks inside."""
    return any(isinstance(child.tag, str) for child in element)
