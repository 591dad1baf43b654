"""The pages of the error dictionary, from its entries."""

from __future__ import annotations

from html import escape
from typing import Any


def error_index(entries: dict[str, dict[str, Any]]) -> str:
    rows = "".join(
        f'<tr><td><a href="/api/errors/{escape(code)}"><code>{escape(code)}</code></a></td>'
        f"<td>{entry['status'] or ''}</td><td>{escape(entry['detail'])}</td></tr>"
        for code, entry in entries.items()
    )
    head = "<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>"
    return _page("Error dictionary", f"<table>{head}<tbody>{rows}</tbody></table>")


def error_page(code: str, entry: dict[str, Any]) -> str:
    facts = [("Meaning", entry["detail"]), ("What to do", entry["advice"])]
    if entry["status"]:
        facts.insert(0, ("HTTP status", f"{entry['status']} {entry['title']}"))
    rows = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    back = '<p><a href="/api/errors">All codes</a> · <a href="/docs">Documentation</a></p>'
    return _page(code, f"<dl>{rows}</dl>{back}")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Pharmonico</title>"
        '<link rel="stylesheet" href="/api/docs.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
