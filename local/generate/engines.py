"""`docs/engines.md`: what each engine passed, from the file that the engine suite writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from local.engine.localstack import TAG

ROOT = Path(__file__).resolve().parents[2]
MATRIX = ROOT / "docs" / "engines.json"
PAGE = "docs/engines.md"


class Column(NamedTuple):
    """An engine of the page, and what is true of it where the suite has not run on it.

    In the title, `{}` stands for the version that ran, or else for `version`; `beside` says what
    another engine answers for it.
    """

    engine: str
    title: str
    version: str = ""
    unrun: str = "not run on the machine that wrote this page."
    beside: str = ""


COLUMNS = (
    Column("ministack", "MiniStack {}"),
    Column(
        "localstack-host",
        "LocalStack {}, its code without Docker",
        beside="MiniStack answers for DynamoDB with its streams (LocalStack's own is a Java program"
        " that it downloads) and for the user pool (which its free code does not serve).",
    ),
    Column(
        "localstack",
        "LocalStack {}, the Docker image",
        TAG,
        "not run here: no Docker daemon ran where this page was made. `ENGINE=localstack` starts"
        " the image of `compose.yaml`, and the same suite can be run on it.",
        "MiniStack answers for the user pool, which the free image does not serve.",
    ),
    Column(
        "aws",
        "AWS",
        "",
        "not run here: it takes an account, and the suite kills the engine it is run on. The"
        " template is synthesised and checked, not deployed by any test.",
    ),
)

HEAD = """\
# Engines

<!-- Written from engines.json, which the engine suite writes: make matrix. -->

One template is deployed to every engine, and one suite, `tests/engine`, judges each of them through
doors that anybody has: the API at the edge, the engine's own AWS API, and the played partners. A
check is *not served* where an engine is known not to be able to pass it, for the reason below; any
other failure fails the suite.

```sh
make test              # everything, the suite on MiniStack among it
make test-localstack   # the suite on LocalStack's code, without Docker
make matrix            # the suite on both, and this page anew
```
"""


def files() -> dict[str, str]:
    """The page by its path."""
    return {PAGE: page(json.loads(MATRIX.read_text()))}


def page(matrix: dict[str, Any]) -> str:
    """The whole page: a table of checks by engines, and what stands behind its words."""
    engines = matrix["engines"]
    titles = [_title(column, engines) for column in COLUMNS]
    rows = [
        [title, *(_cell(check, engines.get(column.engine)) for column in COLUMNS)]
        for check, title in matrix["checks"].items()
    ]
    lines = [_row(["check", *titles]), _row(["---"] * (len(COLUMNS) + 1)), *map(_row, rows)]
    return "\n".join([HEAD, *lines, "", *_notes(engines)]) + "\n"


def _title(column: Column, engines: dict[str, Any]) -> str:
    ran = engines.get(column.engine)
    return column.title.format(ran["version"] if ran else column.version)


def _cell(check: str, engine: dict[str, Any] | None) -> str:
    return str(engine["results"][check]["outcome"]) if engine else "not run"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _notes(engines: dict[str, Any]) -> list[str]:
    helped = [
        f"- **{_title(column, engines)}**: {column.beside}" for column in COLUMNS if column.beside
    ]
    unrun = [
        f"- **{_title(column, engines)}** was {column.unrun}"
        for column in COLUMNS
        if column.engine not in engines
    ]
    unserved = [
        f"- **{_title(column, engines)}** does not serve `{check}`: {result['reason']}"
        for column in COLUMNS
        for check, result in engines.get(column.engine, {}).get("results", {}).items()
        if result["outcome"] == "not served"
    ]
    return [*helped, *unrun, *unserved]
