"""Leftovers, private addresses and unexplained exceptions are banned by name."""

from __future__ import annotations

import re

# Put together from halves, so that this file does not ban itself.
LEFTOVER = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b"
)
NOT_RUN = re.compile(r"pytest\.(mark\.)?" + "(sk" + "ip|xf" + "ail)|unittest.sk" + "ip")
MACHINE_PATH = re.compile(r"(?<![\w.$}>])/(" + "|".join(["ro" + "ot", "home/\\w+", "Users"]) + ")/")
REGISTRY = re.compile("|".join(["files.python" + "hosted", "registry.np" + "mjs", "/simp" + "le/"]))
SECRET = re.compile("(AK" + "IA[0-9A-Z]{16}|sk_li" + "ve_|BEGIN [A-Z ]*PRIVATE " + "KEY)")
_CODES = r"[A-Z]+\d+(?:,\s*[A-Z]+\d+)*"
IGNORE = re.compile(
    rf"#\s*(?:noqa(?::\s*{_CODES})?|type:\s*ignore(?:\[[\w, -]+\])?)(?P<reason>[^\n]*)"
)
REASON = re.compile(r"[\w ,.']{8,}")
BARE_IGNORE = re.compile(r"#\s*(noqa(?!:)|type:\s*ignore(?!\[))")


def hits(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_for_later(texts: dict[str, str]) -> None:
    assert hits(LEFTOVER, texts) == []


def test_every_test_runs(sources: dict[str, str]) -> None:
    assert hits(NOT_RUN, sources) == []


def test_no_file_names_a_place_of_one_machine(texts: dict[str, str]) -> None:
    assert hits(MACHINE_PATH, texts) == []


def test_no_lock_names_a_package_registry(texts: dict[str, str]) -> None:
    assert hits(REGISTRY, texts) == []


def test_no_file_holds_a_live_secret(texts: dict[str, str]) -> None:
    assert hits(SECRET, texts) == []


def test_every_ignore_names_its_rule_and_its_reason(sources: dict[str, str]) -> None:
    unexplained = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in sources.items()
        for number, line in enumerate(text.splitlines(), 1)
        if not name.startswith("tests/tidy/")
        for match in IGNORE.finditer(line)
        if not REASON.search(match["reason"]) or BARE_IGNORE.search(line)
    ]
    assert unexplained == []
