"""The JSON form of a SCRIPT message: the attribute names of the model, snake_case.

`{"standard": "SCRIPT", "version": "2017071", "type": "NewRx", "header": {…}, "patient": {…}, …}`
with the fields of the body beside the header. Absent fields are left out; numbers are text, so
that nothing is rounded. A type without a class of its own carries its element in `xml`; what
the model does not know of the other types is in `extensions` (see `remainder`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ncpdp import markup
from ncpdp.errors import NcpdpError
from ncpdp.json_reading import Problems, escape, list_of, object_of, text_of
from ncpdp.script.fields import Spec, model_of, specs
from ncpdp.script.model.bodies import MESSAGE_TYPES, OtherBody, body_class
from ncpdp.script.model.header import Header
from ncpdp.script.model.message import ScriptMessage
from ncpdp.script.model.version import Version, version_of
from ncpdp.script.remainder import remainder_of
from ncpdp.script.restoring import KEYS, attribute_text, is_attribute, is_namespace, restored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ncpdp.script.model.bodies import Body

_FRAME = {"standard", "version", "type", "header", "attributes", "namespace", *KEYS}


def script_to_json(message: ScriptMessage, *, layout: bool = True) -> dict[str, Any]:
    """The message as plain JSON values; without `layout` it is not told where lines end."""
    form: dict[str, Any] = {
        "standard": "SCRIPT",
        "version": str(message.version),
        "type": message.type,
        "header": _values(message.header),
    }
    if message.attributes:
        form["attributes"] = dict(message.attributes)
    if message.namespace:
        form["namespace"] = message.namespace
    body = message.body
    content = {"xml": body.xml} if isinstance(body, OtherBody) else _values(body)
    return form | content | remainder_of(message, layout=layout)


def json_name(attribute: str) -> str:
    """The key of an attribute: `from_` is a Python word, `from` its key."""
    return attribute.rstrip("_")


def _values(value: Any) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for name, spec in specs(type(value)):
        content = getattr(value, name)
        if content is None or content == ():
            continue
        if spec.kind == "part":
            content = _values(content)
        elif spec.kind == "parts":
            content = [_values(one) for one in content]
        elif spec.kind == "texts":
            content = list(content)
        form[json_name(name)] = content
    return form


def script_from_json(obj: Mapping[str, Any]) -> ScriptMessage:
    """The message; every wrong field is listed in the error."""
    problems = Problems()
    if obj.get("standard", "SCRIPT") != "SCRIPT":
        problems.add("/standard", "json.value", "The standard is SCRIPT or TELECOM.")
    version = _version(obj.get("version", Version.V2017071.value), problems)
    header = _object(Header, obj.get("header"), "/header", problems)
    if isinstance(header, Header) and not header.message_id:
        problems.add("/header/message_id", "message_id.missing", "A message needs its message_id.")
    body = _body(obj, problems)
    attributes = _attributes(obj.get("attributes", {}), version, problems)
    namespace = text_of(obj.get("namespace"), "/namespace", problems) or ""
    if namespace and not is_namespace(namespace):
        problems.add("/namespace", "json.value", "Not a namespace.")
    problems.raise_if_any()
    message = restored(
        ScriptMessage(
            header=header, body=body, version=version, attributes=attributes, namespace=namespace
        ),
        obj,
        problems,
    )
    problems.raise_if_any()
    return message


def _version(value: Any, problems: Problems) -> Version:
    try:
        return Version(value)
    except ValueError:
        problems.add("/version", "version.unsupported", "The version is 2017071 or 2023011.")
        return Version.V2017071


def _attributes(value: Any, version: Version, problems: Problems) -> tuple[tuple[str, str], ...]:
    given = object_of(value, "/attributes", problems)
    before = len(problems.details)
    for name in given:
        if not is_attribute(str(name)):
            problems.add(f"/attributes/{escape(name)}", "json.value", "Not an attribute's name.")
    said = {
        name: attribute_text(content, f"/attributes/{escape(name)}", problems)
        for name, content in given.items()
    }
    is_script = said.get("TransactionDomain", "SCRIPT") == "SCRIPT"
    good = len(problems.details) == before and is_script and version_of(said) is version
    if said and not good and len(problems.details) == before:
        problems.add("/attributes", "json.value", "These name another version than the message.")
    return tuple(said.items())


def _body(obj: Mapping[str, Any], problems: Problems) -> Body:
    name = text_of(obj.get("type", ""), "/type", problems)
    model = body_class(name or "")
    if model is not None:
        values = {key: value for key, value in obj.items() if key not in _FRAME}
        body: Body = _object(model, values, "", problems)
        return body
    if name is None and obj.get("type"):
        return OtherBody(name="", xml="")
    xml = text_of(obj.get("xml"), "/xml", problems, length_max=markup.BYTES_MAX)
    if not name or not xml:
        problems.add(
            "/type", "message.unsupported", f"The type is one of {', '.join(MESSAGE_TYPES)}."
        )
        return OtherBody(name="", xml="")
    problems.unknown(obj, _FRAME | {"xml"}, "")
    return _other(name, xml, problems)


def _other(name: str, xml: str, problems: Problems) -> OtherBody:
    try:
        root = markup.tree(xml)
    except NcpdpError as error:
        problems.collect(error, "/xml")
    else:
        if root.tag.rpartition("}")[2] != name:
            problems.add("/xml", "json.value", "The element is not of the message's type.")
    return OtherBody(name=name, xml=xml)


def _object(model: type, value: Any, pointer: str, problems: Problems) -> Any:
    given = object_of(value, pointer or "/", problems)
    mapped = specs(model)
    problems.unknown(given, {json_name(name) for name, _ in mapped}, pointer)
    values: dict[str, Any] = {}
    for name, spec in mapped:
        content = given.get(json_name(name))
        if content is not None:
            values[name] = _field(spec, content, f"{pointer}/{json_name(name)}", problems)
    return model(**values)


def _field(spec: Spec, content: Any, pointer: str, problems: Problems) -> Any:
    if spec.kind == "texts":
        items = list_of(content, pointer, problems)
        found = (
            text_of(one, f"{pointer}/{at}", problems, numeric=bool(spec.numeric))
            for at, one in enumerate(items)
        )
        return tuple(one for one in found if one)
    if spec.model is None:
        return text_of(content, pointer, problems, numeric=bool(spec.numeric))
    model = model_of(spec)
    if spec.kind == "part":
        return _object(model, content, pointer, problems)
    items = list_of(content, pointer, problems)
    return tuple(_object(model, one, f"{pointer}/{at}", problems) for at, one in enumerate(items))
