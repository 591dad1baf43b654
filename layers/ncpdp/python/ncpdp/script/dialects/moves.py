"""Moves of elements that can be taken back, to the last blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ncpdp.script.texts import set_text, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Move(Protocol):
    """What was moved, under the code that a conversion tells it by, and where it is now."""

    code: str
    element: Element

    def undo(self) -> None: ...


class Lift:
    """A child put in place of its wrapper, or before it where the wrapper holds more."""

    def __init__(self, code: str, parent: Element, wrapper: Element, child: Element) -> None:
        self.code, self.element = code, child
        self._parent, self._wrapper = parent, wrapper
        self._tag, self._tail = child.tag, child.tail
        self._place = list(wrapper).index(child)
        self._was_alone = False

    def to(self, tag: str) -> Lift:
        parent, wrapper, child = self._parent, self._wrapper, self.element
        wrapper.remove(child)
        child.tag, child.tail = tag, wrapper.tail
        parent.insert(list(parent).index(wrapper), child)
        self._was_alone = not len(wrapper) and not wrapper.attrib
        if self._was_alone:
            parent.remove(wrapper)
        return self

    def undo(self) -> None:
        parent, wrapper, child = self._parent, self._wrapper, self.element
        siblings = list(parent)
        if child not in siblings:
            return
        place = siblings.index(child)
        parent.remove(child)
        if self._was_alone:
            wrapper.tail = child.tail
            parent.insert(place, wrapper)
        child.tag, child.tail = self._tag, self._tail
        wrapper.insert(self._place, child)


class Inner:
    """The text of a child taken over by the element around it."""

    code = "substitutions.moved"

    def __init__(self, element: Element, child: Element) -> None:
        self.element, self._child = element, child
        self._text, self._place = element.text, list(element).index(child)
        element.text = text_of(child)
        element.remove(child)

    def undo(self) -> None:
        if self.element.text != text_of(self._child):
            set_text(self._child, self.element.text)
        self.element.text = self._text
        self.element.insert(self._place, self._child)


class Product:
    """An NDC, as text or with a Code inside, made a product code with the qualifier ND."""

    code = "ndc.moved"

    def __init__(self, element: Element, code: Element, qualifier: Element) -> None:
        self.element, self._code, self._qualifier = element, code, qualifier
        self._tag, self._text, self._children = element.tag, element.text, list(element)
        inner = element.find("Code")
        self._inner = element if inner is None else inner
        code.text, qualifier.text = text_of(self._inner), "ND"
        others = [child for child in element if child is not inner]
        element.tag, element.text, element[:] = "ProductCode", None, [code, qualifier, *others]

    def undo(self) -> None:
        if list(self.element[:2]) != [self._code, self._qualifier] or self._qualifier.text != "ND":
            return  # it is another kind of code now
        self.element.tag, self.element.text = self._tag, self._text
        self.element[:] = self._children
        if self._code.text != text_of(self._inner):
            set_text(self._inner, self._code.text)
