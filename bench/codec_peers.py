"""The same NewRx read by others: into objects, into dictionaries, into typed models."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import fromstring

import xmltodict
from lxml import objectify
from pydantic_xml import BaseXmlModel, attr, element


class _Name(BaseXmlModel, tag="Name", search_mode="unordered"):
    last_name: str | None = element(tag="LastName", default=None)
    first_name: str | None = element(tag="FirstName", default=None)


class _Address(BaseXmlModel, tag="Address", search_mode="unordered"):
    line1: str | None = element(tag="AddressLine1", default=None)
    city: str | None = element(tag="City", default=None)
    state: str | None = element(tag="StateProvince", default=None)
    postal_code: str | None = element(tag="PostalCode", default=None)


class _Person(BaseXmlModel, search_mode="unordered"):
    name: _Name | None = None
    gender: str | None = element(tag="Gender", default=None)
    address: _Address | None = None


class _Patient(BaseXmlModel, tag="Patient", search_mode="unordered"):
    human: _Person | None = element(tag="HumanPatient", default=None)


class _Prescriber(BaseXmlModel, tag="Prescriber", search_mode="unordered"):
    human: _Person | None = element(tag="NonVeterinarian", default=None)


class _Quantity(BaseXmlModel, tag="Quantity", search_mode="unordered"):
    value: str | None = element(tag="Value", default=None)
    qualifier: str | None = element(tag="CodeListQualifier", default=None)


class _Sig(BaseXmlModel, tag="Sig", search_mode="unordered"):
    text: str | None = element(tag="SigText", default=None)


class _Medication(BaseXmlModel, tag="MedicationPrescribed", search_mode="unordered"):
    description: str | None = element(tag="DrugDescription", default=None)
    quantity: _Quantity | None = None
    days_supply: str | None = element(tag="DaysSupply", default=None)
    substitutions: str | None = element(tag="Substitutions", default=None)
    refills: str | None = element(tag="NumberOfRefills", default=None)
    sig: _Sig | None = None


class _NewRx(BaseXmlModel, tag="NewRx", search_mode="unordered"):
    patient: _Patient | None = None
    prescriber: _Prescriber | None = None
    medication: _Medication | None = None


class _Body(BaseXmlModel, tag="Body"):
    newrx: _NewRx


class _Endpoint(BaseXmlModel):
    id: str
    qualifier: str | None = attr(name="Qualifier", default=None)


class _Header(BaseXmlModel, tag="Header", search_mode="unordered"):
    to: _Endpoint = element(tag="To")
    sender: _Endpoint = element(tag="From")
    message_id: str = element(tag="MessageID")
    sent_time: str = element(tag="SentTime")


class _Message(BaseXmlModel, tag="Message", search_mode="unordered"):
    header: _Header
    body: _Body


def by_elementtree(data: bytes) -> Any:
    """The bare tree: what everything else is measured against."""
    return fromstring(data)  # noqa: S314 - our own sample, and the yardstick


def by_objectify(data: bytes) -> Any:
    """Every element by its name: objectify alone converts nothing before it is looked at."""
    return _members(objectify.fromstring(data))


def _members(node: Any) -> Any:
    children = node.getchildren()
    if not children:
        return str(node)
    members = SimpleNamespace(**node.attrib)
    for child in children:
        setattr(members, child.tag, _members(child))
    return members


def by_xmltodict(data: bytes) -> Any:
    return xmltodict.parse(data)


def by_pydantic(data: bytes) -> Any:
    """Fewer fields than ours has: its figure flatters it."""
    return _Message.from_xml(data)


PEERS = {
    "lxml_objectify": by_objectify,
    "xmltodict": by_xmltodict,
    "pydantic_xml": by_pydantic,
}
