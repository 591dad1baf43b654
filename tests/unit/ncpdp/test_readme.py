"""The examples of the README run as they stand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import ncpdp

if TYPE_CHECKING:
    from collections.abc import Callable

README = (Path(ncpdp.__file__).parents[2] / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_examples_run(sample: Callable[[str], bytes]) -> None:
    names: dict[str, object] = {"newrx": sample("newrx")}
    examples = blocks("python")
    assert len(examples) == 5
    for example in examples:
        exec(example, names)


def test_the_json_example_is_a_good_message() -> None:
    (example,) = blocks("json")
    form = json.loads(example)
    message = ncpdp.from_json(form)
    assert ncpdp.check(message) == []
    assert ncpdp.to_json(message) == form


def test_every_code_of_the_library_is_listed() -> None:
    package = Path(ncpdp.__file__).parent
    sources = "\n".join(path.read_text() for path in package.rglob("*.py"))
    makers = r"(?:[eE]rror|warning|missing|inding|remark|add)"
    given = rf"(?:code=|{makers}\((?:\s*pointer,)?\s*)\"(\w+\.\w+)\""
    raised = set(re.findall(given, sources))
    assert len(raised) > 40
    listed = set(re.findall(r"`([a-z_0-9]+\.[a-z_0-9*]+)`", README))
    families = {code.removesuffix("*") for code in listed if code.endswith("*")}
    assert {code for code in raised - listed if not code.startswith(tuple(families))} == set()
