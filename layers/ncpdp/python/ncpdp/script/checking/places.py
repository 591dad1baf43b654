"""Where a value stands: its element path and its pointer in the JSON form."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.findings import Finding, Severity
from ncpdp.script.fields import spec_of


@dataclass(frozen=True, slots=True)
class Place:
    """An element with its class, so that attributes lead to the paths below it."""

    path: str
    pointer: str
    model: type

    def step(self, attribute: str, index: int | None = None) -> Place:
        """The place of an attribute; `index` counts from 0 and shows from 1 in the path."""
        spec = spec_of(self.model, attribute)
        path = f"{self.path}/{spec.paths[0]}".removesuffix("/.")
        pointer = f"{self.pointer}/{attribute.rstrip('_')}"
        if index is not None:
            path, pointer = f"{path}[{index + 1}]", f"{pointer}/{index}"
        return Place(path, pointer, spec.model or str)

    def error(self, code: str, value: str | None, message: str) -> Finding:
        return self.finding(code, "error", value, message)

    def warning(self, code: str, value: str | None, message: str) -> Finding:
        return self.finding(code, "warning", value, message)

    def finding(self, code: str, severity: Severity, value: str | None, message: str) -> Finding:
        return Finding(code, severity, self.path, value, message, self.pointer)

    def missing(self, code: str, message: str) -> Finding:
        """A part without which the message is not of its type."""
        return Finding(code, "error", self.path, None, message, self.pointer, required=True)
