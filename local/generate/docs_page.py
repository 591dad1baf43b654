"""The page at `/docs`: quickstart, rules of answering and every operation, as plain HTML."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from local.samples import FOLDER

HERE = Path(__file__).parent
CSS = (HERE / "docs.css").read_text()
EXAMPLE = "newrx.json"
QUICKSTART = (
    (HERE / "quickstart.html")
    .read_text()
    .replace(f"{{{EXAMPLE}}}", escape((FOLDER / EXAMPLE).read_text().rstrip()))
)


def page(document: dict[str, Any]) -> str:
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    tags = sorted({tag for *_, operation in operations for tag in operation.get("tags", [])})
    sections = "".join(_section(tag, operations) for tag in tags)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document['info']['title'])}</title>"
        '<link rel="stylesheet" href="/api/docs.css"></head>\n<body><main>'
        f"<h1>{escape(document['info']['title'])}</h1>\n{QUICKSTART}\n"
        f'<h2 id="operations">Operations</h2>\n{sections}</main></body></html>\n'
    )


def _section(tag: str, operations: list[tuple[str, str, dict[str, Any]]]) -> str:
    mine = [one for one in operations if tag in one[2].get("tags", [])]
    return f"<h3>{escape(tag.capitalize())}</h3>\n" + "".join(_operation(*one) for one in mine)


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    rows = "".join(_parameter(parameter) for parameter in operation.get("parameters", []))
    head = "<thead><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr></thead>"
    table = f"<table>{head}<tbody>{rows}</tbody></table>" if rows else ""
    statuses = ", ".join(sorted(operation["responses"]))
    return (
        f'<article id="{escape(operation["operationId"])}"><h4><code>{method.upper()} '
        f"{escape(path)}</code></h4><p><strong>{escape(operation['summary'])}.</strong> "
        f"{escape(operation.get('description') or '')}</p>{table}{_body(operation)}"
        f"<p>May: {escape(', '.join(operation['x-roles']))}. Answers: {statuses}.</p></article>\n"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    required = "" if parameter.get("required") else " (optional)"
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code>{required}</td><td>{parameter['in']}</td>"
        f"<td>{escape(parameter.get('description', ''))}</td></tr>"
    )


def _body(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return ""
    parts = [f"<code>{escape(kind)}</code>{_shape(media)}" for kind, media in content.items()]
    return f"<p>Body: {' or '.join(parts)}.</p>"


def _shape(media: dict[str, Any]) -> str:
    name = str(media.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    return f" ({escape(name)} in the <a href='/api/openapi.json'>document</a>)" if name else ""
