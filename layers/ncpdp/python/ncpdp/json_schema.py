"""JSON Schemas of the JSON form, made from the classes; `schemas()` gives every file by its name.

`script/definitions` has the parts, `script/<type>` one message type each, `telecom/request` and
`telecom/response` the two D.0 forms.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ncpdp.script.fields import Spec, model_of, specs
from ncpdp.script.json_form import json_name
from ncpdp.script.model.bodies import MESSAGE_TYPES, body_class
from ncpdp.script.model.header import Header
from ncpdp.telecom.json_values import name_of
from ncpdp.telecom.model import TRANSACTIONS_MAX, RequestHeader, ResponseHeader
from ncpdp.telecom.parts import Group, Leaf, Part, plan_of
from ncpdp.telecom.segments import SEGMENTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFINITIONS = "definitions.schema.json"
TEXT = {"type": "string"}
Schema = dict[str, Any]
EXTENSION: Schema = {
    "type": "object",
    "description": "What the classes do not know of the message, for writing it back in place.",
    "properties": {"path": TEXT, "at": {"type": "integer"}, "xml": TEXT, "value": TEXT},
    "required": ["path"],
}


def schemas() -> dict[str, Schema]:
    """Every schema by its file name below `schemas/`."""
    definitions: dict[str, tuple[type, Schema]] = {}
    reference = _script_part(Header, definitions)
    found = {
        f"script/{name}.schema.json": _script_message(name, reference, definitions)
        for name in MESSAGE_TYPES
    }
    parts = {name: schema for name, (_, schema) in sorted(definitions.items())}
    found[f"script/{DEFINITIONS}"] = _titled("script:definitions", {"$defs": parts})
    for kind, header in (("request", RequestHeader), ("response", ResponseHeader)):
        found[f"telecom/{kind}.schema.json"] = _telecom(kind, header)
    return found


def _titled(name: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:ncpdp:json:{name}", **schema}


def _object(properties: Schema, required: tuple[str, ...] = (), words: str = "") -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return {"description": words, **schema} if words else schema


def _script_message(
    name: str, header: Schema, definitions: dict[str, tuple[type, Schema]]
) -> Schema:
    body = body_class(name)
    frame: Schema = {
        "standard": {"const": "SCRIPT"},
        "version": {"enum": ["10.6", "2017071", "2023011"]},
        "type": {"const": name},
        "header": header,
        "attributes": {"type": "object", "additionalProperties": TEXT},
        "namespace": TEXT,
        "prefixes": {"type": "object", "additionalProperties": TEXT},
        "indent": TEXT,
        "extensions": {"type": "array", "items": EXTENSION},
    }
    properties = _properties(body, definitions) if body else {"xml": TEXT}
    message = _object(frame | properties, ("type", "header"), _words(body) if body else "")
    return _titled(f"script:{name}", {"title": name, **message})


def _properties(model: type, definitions: dict[str, tuple[type, Schema]]) -> Schema:
    return {json_name(name): _script_field(spec, definitions) for name, spec in specs(model)}


def _script_field(spec: Spec, definitions: dict[str, tuple[type, Schema]]) -> Schema:
    if spec.model is not None:
        part = _script_part(model_of(spec), definitions)
        return {"type": "array", "items": part} if spec.kind == "parts" else part
    text: Schema = {"type": ["string", "number"]} if spec.numeric else dict(TEXT)
    if spec.kind == "texts":
        return {"type": "array", "items": text}
    if spec.kind == "date":
        return {**text, "description": "YYYY-MM-DD, or a date with a time."}
    if spec.length_max is not None:
        return {**text, "description": f"At most {spec.length_max} characters."}
    return text


def _script_part(model: type, definitions: dict[str, tuple[type, Schema]]) -> Schema:
    name = model.__name__
    if name not in definitions:
        definitions[name] = (model, {})  # a part may contain itself
        schema = _object(_properties(model, definitions), words=_words(model))
        definitions[name] = (model, schema)
    elif definitions[name][0] is not model:
        raise LookupError(f"two parts are called {name}")
    return {"$ref": f"urn:ncpdp:json:script:definitions#/$defs/{name}"}


def _words(model: type) -> str:
    """The class's own sentence; a dataclass without one has its signature there."""
    text = " ".join((model.__doc__ or "").split())
    return "" if text.startswith(f"{model.__name__}(") else text


def _telecom(kind: str, header: type) -> Schema:
    definitions: dict[str, Schema] = {}
    listed = [_segment(segment_id, definitions) for segment_id in SEGMENTS]
    known: Schema = {"id": {"not": {"enum": list(SEGMENTS)}, **TEXT}, "fields": _pairs()}
    segment = {"anyOf": [*listed, _object(known, ("id", "fields"))]}
    many = {"type": "array", "items": {"$ref": "#/$defs/segment"}}
    names = [one.name for one in fields(header)]
    needed = tuple(one.name for one in fields(header) if one.default is not None)
    required = [name for name in needed if name in _REQUIRED]
    properties = {
        "standard": {"const": "TELECOM"},
        "version": {"const": "D0"},
        "kind": {"const": kind},
        "type": TEXT,
        "header": _object(dict.fromkeys(names, TEXT), tuple(required)),
        "segments": many,
        "transactions": {"type": "array", "items": many, "maxItems": TRANSACTIONS_MAX},
        "wire": {"type": "string", "contentEncoding": "base64"},
    }
    message = _object(properties, ("standard", "kind", "header"))
    return _titled(
        f"telecom:{kind}",
        {"title": f"D.0 {kind}", **message, "$defs": {"segment": segment, **definitions}},
    )


_REQUIRED = frozenset({"bin", "transaction_code", "provider_id", "date_of_service"})


def _segment(segment_id: str, definitions: dict[str, Schema]) -> Schema:
    values = _telecom_part(SEGMENTS[segment_id], definitions)
    properties = {
        "id": {"const": segment_id},
        "name": {"const": name_of(segment_id)},
        "fields": _pairs(),
        "values": values,
    }
    return _object(properties, ("id",))


def _pairs() -> Schema:
    pair = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
    return {"type": "array", "items": pair, "description": "Field id and value, as sent."}


def _telecom_part(model: type[Part], definitions: dict[str, Schema]) -> Schema:
    name = model.__name__
    if name not in definitions:
        properties: Schema = {}
        for key, spec in plan_of(model).items:
            if isinstance(spec, Group):
                part = _telecom_part(spec.model, definitions)
                words = f"At most {spec.items_max}; there may be more in a message that was sent."
                properties[key] = {"type": "array", "items": part, "description": words}
            else:
                properties[key] = _leaf(spec)
        definitions[name] = _object(properties, words=_words(model))
    return {"$ref": f"#/$defs/{name}"}


_KINDS = {
    "text": "Field {id}.",
    "money": "Field {id}, in cents.",
    "quantity": "Field {id}, at most three decimals.",
    "rate": "Field {id}, at most four decimals.",
    "number": "Field {id}.",
    "day": "Field {id}, CCYYMMDD.",
}


def _leaf(leaf: Leaf) -> Schema:
    words = _KINDS[leaf.kind].format(id=leaf.id)
    if leaf.kind in {"money", "number"}:
        return {"type": "integer", "description": words}
    if leaf.kind in {"quantity", "rate"}:
        return {"type": ["string", "number"], "description": words}
    if leaf.many:
        return {"type": "array", "items": TEXT, "description": words}
    width = f" At most {leaf.width} characters." if leaf.width else ""
    return {**TEXT, "description": words + width}
