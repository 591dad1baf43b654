"""The JSON Schemas of the library's JSON form."""

from __future__ import annotations

import json

from ncpdp.json_schema import schemas

FOLDER = "layers/ncpdp/schemas"


def files() -> dict[str, str]:
    """Path from the root and text of every schema."""
    return {
        f"{FOLDER}/{name}": f"{json.dumps(schema, indent=1)}\n"
        for name, schema in schemas().items()
    }
