"""One OpenAPI 3.1 document of several APIs: what Powertools knows, and what the shell adds.

Powertools describes parameters, bodies and answers; the headers, refusals and security that the
shell itself enforces are added here, from the flags each route carries.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pharmonico.lambdas.http.openapi import BEARER, SESSION
from pharmonico.lambdas.http.problems import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.lambdas.http import Api

VERSION = "3.1.0"
INFO = {
    "title": "Pharmonico fulfillment API",
    "version": "1",
    "description": "From an NCPDP SCRIPT prescription to its delivery.",
    "license": {"name": "MIT", "identifier": "MIT"},
}
SCHEMES = {
    BEARER: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "Access token: staff by sign-in, provider systems by client credentials",
    },
    SESSION: {"type": "apiKey", "in": "cookie", "name": "__Host-session"},
}
_REFS = "#/components/schemas/"
_HEADERS = {
    "x-idempotent": ("Idempotency-Key", "The same key with the same body is done once, 7 days"),
    "x-if-match": ("If-Match", "The ETag of the version the change is based on"),
}
_WRITES = ("post", "put", "delete")


def describe(apis: Mapping[str, Api]) -> dict[str, Any]:
    """The document; a schema name that two APIs use differently gets the API's name before it."""
    schemas: dict[str, Any] = {"Problem": _problem_schema()}
    paths: dict[str, Any] = {}
    for name, api in apis.items():
        part = _part(api)
        own = part.get("components", {}).get("schemas", {})
        renamed = _renamed(name, own, schemas)
        schemas |= {renamed[key]: _relinked(value, renamed) for key, value in own.items()}
        paths |= _relinked(part["paths"], renamed)
    names: set[str] = set()
    for path in paths.values():
        for method, operation in path.items():
            _claim(operation["operationId"], names)
            _complete(method, operation)
    return {
        "openapi": VERSION,
        "info": INFO,
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(_used(schemas, paths).items())),
            "responses": {"Problem": _problem_response()},
            "securitySchemes": SCHEMES,
        },
    }


def _claim(name: str, taken: set[str]) -> None:
    """Clients name their calls by it, so it stands for one route alone."""
    if name in taken and not name.endswith("_plain"):
        raise ValueError(f"two routes are called {name}: rename one of their functions")
    taken.add(name)


def _part(api: Api) -> dict[str, Any]:
    text = api.resolver.get_openapi_json_schema(openapi_version=VERSION)
    part: dict[str, Any] = json.loads(text)
    return part


def _renamed(api: str, own: dict[str, Any], taken: dict[str, Any]) -> dict[str, str]:
    prefix = "".join(word.capitalize() for word in api.split("_"))
    return {
        key: prefix + key if key in taken and taken[key] != value else key
        for key, value in own.items()
    }


def _relinked(value: Any, renamed: dict[str, str]) -> Any:
    """The same with every reference to a renamed schema following it."""
    if isinstance(value, list):
        return [_relinked(item, renamed) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _REFS + renamed.get(item.removeprefix(_REFS), item.removeprefix(_REFS))
        if key == "$ref" and isinstance(item, str)
        else _relinked(item, renamed)
        for key, item in value.items()
    }


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Put in what the shell does on every route of this kind, and drop its flags."""
    statuses = {"500", "503"}
    security = operation.pop("x-security")
    operation["security"] = security
    if security:
        statuses |= {"401", "403"}
    if method in _WRITES:
        statuses |= {"400", "409", "413", "415", "422"}
    if operation.get("parameters"):
        statuses |= {"404", "422"}
    for flag, (header, description) in _HEADERS.items():
        if operation.pop(flag):
            operation.setdefault("parameters", []).append(_header(header, description))
            statuses |= {"412", "428"} if header == "If-Match" else {"400"}
    responses = operation["responses"]
    for status in sorted(statuses - set(responses)):
        responses[status] = {"$ref": "#/components/responses/Problem"}


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": description,
        "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    }


def _problem_schema() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template=_REFS + "{model}", mode="serialization")
    field = schema.pop("$defs")["FieldProblem"]
    schema["properties"]["errors"]["items"] = field
    return schema


def _problem_response() -> dict[str, Any]:
    return {
        "description": "The request was refused, or could not be served; see its code",
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_REFS}Problem"}}},
    }


def _used(schemas: dict[str, Any], paths: dict[str, Any]) -> dict[str, Any]:
    """Only what something refers to, directly or through another schema."""
    wanted, found = {"Problem"}, set[str]()
    wanted |= _names(paths)
    while wanted:
        name = wanted.pop()
        found.add(name)
        wanted |= _names(schemas[name]) - found
    return {name: schemas[name] for name in found}


def _names(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*(_names(item) for item in value))
    if not isinstance(value, dict):
        return set()
    here = {item.removeprefix(_REFS) for key, item in value.items() if key == "$ref"}
    own = {name for name in here if "/" not in name}
    return own.union(*(_names(item) for item in value.values()))
