"""What a change of files asks for: from paths to functions, nothing done yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePath

WATCHED = ("functions", "layers", "infra_cdk", "statemachines", "web")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to bring up to date; `deploy` does all the rest too."""

    functions: frozenset[str] = frozenset()
    all_functions: bool = False
    sites: bool = False
    deploy: bool = False

    def __bool__(self) -> bool:
        return bool(self.functions or self.all_functions or self.sites or self.deploy)


def plan_of(changed: Iterable[PurePath]) -> Plan:
    """The least that brings these files, named from the root, into the running cloud."""
    functions: set[str] = set()
    everybody = sites = deploy = False
    for path in changed:
        match path.parts:
            case ("functions", name, *rest) if rest:
                functions.add(name)
            case ("layers", _, "python", *rest) if rest:
                everybody = True
            case ("infra_cdk" | "statemachines", *_):
                deploy = True
            case ("web", *rest) if "dist" not in rest:  # which is what a build writes
                sites = True
    return Plan(frozenset(functions), everybody, sites, deploy)


def faults(files: Iterable[Path]) -> list[str]:
    """Why Python would not even read them: `handler.py:12: invalid syntax`."""
    found = []
    for path in files:
        if path.suffix == ".py" and path.is_file():
            try:
                compile(path.read_bytes(), str(path), "exec")
            except (SyntaxError, ValueError) as error:
                line = getattr(error, "lineno", None)
                words = getattr(error, "msg", None) or str(error)
                found.append(f"{path}:{line}: {words}" if line else f"{path}: {words}")
    return found
