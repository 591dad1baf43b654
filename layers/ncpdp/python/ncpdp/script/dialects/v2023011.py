"""What 2023011 moved (medium confidence): names, gender, product codes, substitutions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED = ("HumanPatient", "NonVeterinarian", "Veterinarian")


def to_model_shape(root: Element) -> None:
    """Names/Name, GenderAndSex/AdministrativeGender, Product/DrugCoded/NDC, Substitutions twice."""
    for parent, child in list(_pairs(root)):
        if child.tag == "Names":
            _lift(parent, child, "Name", "Name")
        elif child.tag == "GenderAndSex":
            _lift(parent, child, "AdministrativeGender", "Gender")
        elif child.tag == "Product":
            _lift(parent, child, "DrugCoded", "DrugCoded")
        elif child.tag == "Substitutions":
            inner = child.find("Substitutions")
            if inner is not None:
                child.text = inner.text
                child.remove(inner)
        elif child.tag == "NDC":
            _ndc_to_code(child)


def from_model_shape(root: Element) -> None:
    """The same moves the other way."""
    for parent, child in list(_pairs(root)):
        if child.tag == "Name" and parent.tag in _NAMED:
            _wrap(parent, child, "Names", "Name")
        elif child.tag == "Gender" and parent.tag == "HumanPatient":
            _wrap(parent, child, "GenderAndSex", "AdministrativeGender")
        elif child.tag == "DrugCoded":
            _wrap(parent, child, "Product", "DrugCoded")
        elif child.tag == "Substitutions" and not len(child) and child.text:
            SubElement(child, "Substitutions").text = child.text
            child.text = None
        elif child.tag == "ProductCode":
            _code_to_ndc(parent, child)


def _pairs(root: Element) -> Iterator[tuple[Element, Element]]:
    for parent in root.iter():
        for child in parent:
            if isinstance(child.tag, str):
                yield parent, child


def _lift(parent: Element, wrapper: Element, tag: str, new_tag: str) -> None:
    """Put the wrapper's first such child before it; an emptied wrapper goes."""
    inner = wrapper.find(tag)
    if inner is None or parent.find(new_tag) is not None:
        return
    wrapper.remove(inner)
    inner.tag, inner.tail = new_tag, wrapper.tail
    place = list(parent).index(wrapper)
    parent.insert(place, inner)
    if not len(wrapper) and not wrapper.attrib:
        parent.remove(wrapper)


def _wrap(parent: Element, child: Element, tag: str, new_tag: str) -> None:
    """Put the child, first, into its wrapper, which follows it or is made."""
    wrapper = parent.find(tag)
    if wrapper is None:
        wrapper = Element(tag)
        wrapper.tail = child.tail
        parent.insert(list(parent).index(child), wrapper)
    parent.remove(child)
    child.tag, child.tail = new_tag, None
    wrapper.insert(0, child)


def _ndc_to_code(ndc: Element) -> None:
    """NDC, as text or with a Code inside, to ProductCode with the qualifier ND."""
    inner = ndc.find("Code")
    value = ndc.text if inner is None else inner.text
    for child in list(ndc):
        ndc.remove(child)
    ndc.tag, ndc.text = "ProductCode", None
    SubElement(ndc, "Code").text = value
    SubElement(ndc, "Qualifier").text = "ND"


def _code_to_ndc(parent: Element, code: Element) -> None:
    if parent.tag != "DrugCoded" or code.findtext("Qualifier") != "ND":
        return
    value = code.findtext("Code")
    for child in list(code):
        code.remove(child)
    code.tag, code.text = "NDC", value
