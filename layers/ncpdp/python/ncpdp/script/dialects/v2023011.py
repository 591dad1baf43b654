"""What 2023011 moved (medium confidence): names, gender, product codes, substitutions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ncpdp.script.dialects.moves import Inner, Lift, Product
from ncpdp.script.texts import has_elements, said, text_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ncpdp.script.dialects.moves import Move

_NAMED = frozenset(
    {
        "HumanPatient",
        "NonHumanPatient",
        "NonVeterinarian",
        "Veterinarian",
        "PrescriberAgent",
        "Pharmacist",
        "AlternateContact",
    }
)
_WRAPPED = {
    "Names": ("name.moved", "Name", "Name"),
    "GenderAndSex": ("gender.moved", "AdministrativeGender", "Gender"),
    "Product": ("product.moved", "DrugCoded", "DrugCoded"),
}
# What may have to be moved, by its tag in 2023011 and by that in 2017071.
_MOVED = frozenset({*_WRAPPED, "Substitutions", "NDC"})
_TO_MOVE = frozenset({"Name", "Gender", "DrugCoded", "Substitutions", "ProductCode"})


def to_model_shape(root: Element) -> list[Move]:
    """Names/Name, GenderAndSex/AdministrativeGender, Product/DrugCoded/NDC, Substitutions twice."""
    moves: list[Move] = []
    for parent, child in _pairs(root, _MOVED):
        if child.tag in _WRAPPED:
            code, tag, new_tag = _WRAPPED[child.tag]
            inner = child.find(tag)
            if inner is not None and parent.find(new_tag) is None:
                moves.append(Lift(code, parent, child, inner).to(new_tag))
        elif child.tag == "Substitutions":
            inner = child.find("Substitutions")
            if inner is not None and said(child) is None:
                moves.append(Inner(child, inner))
        elif child.tag == "NDC" and parent.tag == "DrugCoded":
            moves.append(Product(child, Element("Code"), Element("Qualifier")))
    return moves


def from_model_shape(root: Element, stay: AbstractSet[Element]) -> None:
    """The same moves the other way; elements that `stay` are not moved."""
    wrapped: dict[Element, int] = {}
    for parent, child in _pairs(root, _TO_MOVE):
        if child in stay or moved_as(parent, child) is None:
            continue
        if child.tag == "Name":
            _wrap(parent, child, ("Names", "Name"), wrapped)
        elif child.tag == "Gender":
            _wrap(parent, child, ("GenderAndSex", "AdministrativeGender"), wrapped)
        elif child.tag == "DrugCoded":
            _wrap(parent, child, ("Product", "DrugCoded"), wrapped)
        elif child.tag == "Substitutions":
            inner = Element("Substitutions")
            inner.text, inner[:] = child.text, list(child)
            child.text, child[:] = None, [inner]
        else:
            value = text_of(child[0])
            child.tag, child.text, child[:] = "NDC", value, []


def moved_as(parent: Element, child: Element) -> str | None:
    """The code of the move to 2023011 that is ahead of an element, if there is one."""
    tag = child.tag
    if tag == "Name":
        return "name.moved" if parent.tag in _NAMED else None
    if tag == "Gender":
        return "gender.moved" if parent.tag == "HumanPatient" else None
    if tag == "DrugCoded":
        return "product.moved"
    if tag == "Substitutions":
        return "substitutions.moved" if said(child) and not has_elements(child) else None
    if tag == "ProductCode" and parent.tag == "DrugCoded" and _is_plain_ndc(child):
        return "ndc.moved"
    return None


def _is_plain_ndc(code: Element) -> bool:
    """True when nothing is lost in giving the number alone."""
    tags = [child.tag for child in code]
    has_more = any(child.attrib or len(child) for child in code)
    return tags == ["Code", "Qualifier"] and said(code[1]) == "ND" and not has_more


def _pairs(root: Element, tags: AbstractSet[str]) -> list[tuple[Element, Element]]:
    """Elements of these tags, each behind the one it stands in."""
    return [(parent, child) for parent in root.iter() for child in parent if child.tag in tags]


def _wrap(
    parent: Element, child: Element, tags: tuple[str, str], wrapped: dict[Element, int]
) -> None:
    """Put the child into its wrapper, which follows it or is made, before what was there."""
    tag, new_tag = tags
    wrapper = parent.find(tag)
    if wrapper is None:
        wrapper = Element(tag)
        wrapper.tail = child.tail
        parent.insert(list(parent).index(child), wrapper)
    parent.remove(child)
    child.tag, child.tail = new_tag, None
    place = wrapped.get(wrapper, 0)
    wrapper.insert(place, child)
    wrapped[wrapper] = place + 1
