"""Where a value stands: its element path and its pointer in the JSON form.

Both are worked out only when there is something to say: most messages are in order.
"""

from __future__ import annotations

from typing import Any

from ncpdp.findings import Finding, Severity
from ncpdp.script.fields import Spec, chosen_by, model_of, path_of, spec_of


class Place:
    """An element with its class, so that attributes lead to the paths below it."""

    __slots__ = ("_above", "_attribute", "_index", "_model", "_root", "_value")

    def __init__(
        self,
        root: tuple[str, str],
        model: type | None,
        above: Place | None = None,
        attribute: str = "",
        index: int | None = None,
    ) -> None:
        self._root = root
        self._model = model
        self._above = above
        self._attribute = attribute
        self._index = index
        self._value: Any = None

    def of(self, value: Any) -> Place:
        """The same place, which knows what is there: the path names the element it chose."""
        self._value = value
        return self

    def step(self, attribute: str, index: int | None = None) -> Place:
        """The place of an attribute; `index` counts from 0 and shows from 1 in the path."""
        return Place(self._root, None, self, attribute, index)

    @property
    def message_type(self) -> str:
        return self._root[0]

    @property
    def model(self) -> type:
        if self._model is None:
            spec = self._spec
            self._model = model_of(spec) if spec.model else str
        return self._model

    @property
    def _spec(self) -> Spec:
        return spec_of(self._above.model if self._above else str, self._attribute)

    @property
    def chosen(self) -> str | None:
        """The element the fields stand in, where there is a choice and not the first was made."""
        name = "" if self._value is None else chosen_by(self.model)
        return getattr(self._value, name) if name else None

    @property
    def path(self) -> str:
        if self._above is None:
            return self._root[0]
        spec = self._spec
        path = f"{self._above.path}/{path_of(spec, self._above.chosen)}".removesuffix("/.")
        if self._index is None:
            return path
        return f"{path}[{self._index + (2 if spec.rest else 1)}]"

    @property
    def pointer(self) -> str:
        if self._above is None:
            return self._root[1]
        pointer = f"{self._above.pointer}/{self._attribute.rstrip('_')}"
        return pointer if self._index is None else f"{pointer}/{self._index}"

    def error(self, code: str, value: str | None, message: str) -> Finding:
        return self.finding(code, "error", value, message)

    def warning(self, code: str, value: str | None, message: str) -> Finding:
        return self.finding(code, "warning", value, message)

    def finding(self, code: str, severity: Severity, value: str | None, message: str) -> Finding:
        return Finding(code, severity, self.path, value, message, self.pointer)

    def missing(self, code: str, message: str) -> Finding:
        """A part without which the message is not of its type."""
        return Finding(code, "error", self.path, None, message, self.pointer, required=True)
