"""Every dependency is locked once, with hashes, and has its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
NAME = re.compile(r"^([A-Za-z0-9][\w.-]*)", re.MULTILINE)
PIN = re.compile(r"^([a-z0-9][\w.-]*)==(\S+)", re.MULTILINE)
WISHES = ["runtime", "local", "infra", "dev"]
LOCKS = sorted(path.name for path in REQUIREMENTS.glob("*.txt"))
SHIPPED = [name for name in LOCKS if name.startswith("vendor_")]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wished(name: str) -> list[str]:
    return NAME.findall((REQUIREMENTS / f"{name}.in").read_text())


@pytest.mark.parametrize("name", WISHES)
def test_every_dependency_says_why_it_is_there(name: str) -> None:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    assert [line for line in lines if NAME.match(line) and "  # " not in line] == []


@pytest.mark.parametrize("name", WISHES)
def test_the_readme_lists_every_dependency(name: str) -> None:
    readme = canonical((REQUIREMENTS.parent / "README.md").read_text())
    assert [wish for wish in wished(name) if canonical(wish) not in readme] == []


@pytest.mark.parametrize("name", WISHES)
def test_every_dependency_is_locked(name: str) -> None:
    locked = dict(PIN.findall((REQUIREMENTS / "lock.txt").read_text()))
    assert [wish for wish in wished(name) if canonical(wish) not in locked] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (REQUIREMENTS / lock).read_text())
    assert [block[:40] for block in blocks if PIN.match(block) and "--hash=" not in block] == []


@pytest.mark.parametrize("lock", SHIPPED)
def test_a_layer_carries_the_versions_that_are_tested(lock: str) -> None:
    tested = dict(PIN.findall((REQUIREMENTS / "lock.txt").read_text()))
    carried = dict(PIN.findall((REQUIREMENTS / lock).read_text()))
    assert {name: pin for name, pin in carried.items() if tested.get(name) != pin} == {}
