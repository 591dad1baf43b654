"""Instances made while reading are those of the class, whatever the interpreter allows."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import MESSAGE_TYPES, Header, making, reading
from ncpdp.script.fields import model_of, specs
from ncpdp.script.model.bodies import body_class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from dataclasses import Field

    from ncpdp.script import ScriptMessage


def parts_of(model: Any, seen: set[Any]) -> Iterator[Any]:
    if model not in seen:
        seen.add(model)
        yield model
        for _, spec in specs(model):
            if spec.model is not None:
                yield from parts_of(model_of(spec), seen)


def every_class() -> list[Any]:
    seen: set[Any] = set()
    roots = [Header, *map(body_class, MESSAGE_TYPES)]
    return [model for root in roots for model in parts_of(root, seen)]


@pytest.mark.parametrize("model", every_class(), ids=lambda model: model.__name__)
def test_an_instance_is_what_its_class_would_have_made(model: Any) -> None:
    values = [_said(one) for one in fields(model)]
    made = making.maker(model)(values)
    usual = model(**dict(zip([one.name for one in fields(model)], values, strict=True)))
    assert type(made) is model
    assert made == usual
    assert hash(made) == hash(usual)
    assert repr(made) == repr(usual)
    assert not hasattr(made, "__dict__")


def test_what_was_read_can_be_copied_and_kept_but_not_changed(newrx: ScriptMessage) -> None:
    assert copy.deepcopy(newrx) == newrx
    assert pickle.loads(pickle.dumps(newrx)) == newrx
    assert replace(newrx.header) == newrx.header
    with pytest.raises(FrozenInstanceError):
        newrx.header.message_id = "other"  # type: ignore[misc]  # that is the point


def test_an_interpreter_that_refuses_reads_the_same(
    sample: Callable[[str], bytes], newrx: ScriptMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_may_become", lambda _twin, _model: False)
    making.maker.cache_clear()
    reading.reader.cache_clear()
    try:
        assert ncpdp.parse(sample("newrx")) == newrx
    finally:
        making.maker.cache_clear()
        reading.reader.cache_clear()


def _said(one: Field[Any]) -> Any:
    """A text, or several where there may be several."""
    text = f"{one.name} is said"
    return (text,) if one.default == () else text
