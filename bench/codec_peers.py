"""The same NewRx read by others: into objects, into dictionaries, into typed models.

Each reads every value that ours reads, which `said` shows, and is written the fastest way that was
found. All of them do less than ours: only pydantic-xml gives typed models, and none notices what
stands in the wrong order or bounds what it reads.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import fromstring

import xmltodict
from lxml import objectify
from pydantic import BaseModel

from bench.codec_pydantic import Message


def by_elementtree(data: bytes) -> Any:
    """The bare tree: what everything else is measured against."""
    return fromstring(data)  # noqa: S314 - our own sample, and the yardstick


def by_objectify(data: bytes) -> Any:
    """Every element and attribute by its name, lists where there are several: objectify alone
    converts nothing before it is looked at."""
    return _members(objectify.fromstring(data))


def _members(node: Any) -> Any:
    members: dict[str, Any] = dict(node.items())
    if members and not node.countchildren():
        members["text"] = node.text
    for child in node.getchildren():
        tag, is_text = child.tag, not child.countchildren() and not child.keys()
        value = child.text if is_text else _members(child)
        if tag not in members:
            members[tag] = value
        elif isinstance(members[tag], list):
            members[tag].append(value)
        else:
            members[tag] = [members[tag], value]
    return SimpleNamespace(**members)


def by_xmltodict(data: bytes) -> Any:
    return xmltodict.parse(data)


def by_pydantic(data: bytes) -> Any:
    return Message.from_xml(data)


PEERS = {
    "lxml_objectify": by_objectify,
    "xmltodict": by_xmltodict,
    "pydantic_xml": by_pydantic,
}


def said(value: Any) -> set[str]:
    """Every text in what was read, whatever it was read into."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, SimpleNamespace | BaseModel):
        inner: Any = vars(value).values()
    elif is_dataclass(value):
        inner = [getattr(value, one.name) for one in fields(value)]
    elif isinstance(value, dict):
        inner = value.values()
    else:
        inner = value if isinstance(value, list | tuple) else ()
    return set().union(*map(said, inner))
