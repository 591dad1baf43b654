"""What dumped papers look like, for the API's description alone.

Readers get papers as they are kept, without what is not to be shown: validating them a second time
would cost every cold function all their classes. So a field stays a plain mapping where it is
answered, and is described by its classes where somebody asks for the description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pydantic import BaseModel

    Schema = dict[str, Any]

_DEFS = "#/$defs/"


class DescribedAs:
    """Annotates a field with the schema that `make` answers when the description is written."""

    def __init__(self, make: Callable[[], Schema]) -> None:
        self._make = make

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> Schema:
        return self._make()


def papers_by_kind(kinds: Collection[type[BaseModel]], *, without: Collection[str]) -> Schema:
    """An object of lists, one per kind of paper; a kind of which there is none is absent."""
    properties = {_kind(each): papers((each,), without=without) for each in kinds}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def papers(kinds: Collection[type[BaseModel]], *, without: Collection[str] = ()) -> Schema:
    """A list of papers of these kinds."""
    found = [paper(each, without=without) for each in kinds]
    return {"type": "array", "items": found[0] if len(found) == 1 else {"anyOf": found}}


def paper(kind: type[BaseModel], *, without: Collection[str] = ()) -> Schema:
    """One paper as it is dumped without empty fields: what may be empty may be absent."""
    schema = kind.model_json_schema(mode="serialization")
    described: Schema = _whole(schema, schema.get("$defs", {}), frozenset(without))
    return described


def _whole(schema: Any, defs: Schema, without: frozenset[str]) -> Any:
    """The schema with every reference written out, so that it stands where it is put."""
    if isinstance(schema, list):
        return [_whole(each, defs, without) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _whole(defs[schema["$ref"].removeprefix(_DEFS)], defs, without)
    kept = {
        name: _whole(value, defs, without)
        for name, value in schema.items()
        if name not in {"$defs", "properties", "required", "default"}
    }
    if "properties" not in schema:
        return kept
    shown = {name: each for name, each in schema["properties"].items() if name not in without}
    kept["properties"] = {name: _whole(each, defs, without) for name, each in shown.items()}
    kept["required"] = [name for name, each in shown.items() if not _may_be_empty(each)]
    return kept


def _may_be_empty(schema: Schema) -> bool:
    return any(each.get("type") == "null" for each in schema.get("anyOf", ()))


def _kind(kind: type[BaseModel]) -> str:
    return str(vars(kind)["kind"])
