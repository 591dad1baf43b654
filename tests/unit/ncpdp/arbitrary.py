"""Arbitrary messages of every type, made from what the model says of its own fields."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from ncpdp.script import MESSAGE_TYPES, Header, ScriptMessage, Version
from ncpdp.script.fields import Spec, model_of, specs
from ncpdp.script.model.bodies import body_class

TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).map(str.strip).filter(bool)  # fmt: skip
DATES = st.one_of(
    st.dates().map(str), st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds"))
)
NUMBERS = st.decimals(0, 99_999, places=2).map(str)


def values_of(spec: Spec) -> st.SearchStrategy[Any]:
    """One value of a field: any text where text is meant, a code of its list where it has one."""
    if spec.model is not None:
        return instances(model_of(spec))
    if spec.kind == "date":
        return DATES
    if spec.codes is not None:
        return st.sampled_from(sorted(spec.codes.words))
    return NUMBERS if spec.numeric else TEXTS


def field_of(spec: Spec, *, always: bool = False) -> st.SearchStrategy[Any]:
    if spec.rest:
        return st.just(())
    if spec.kind in {"texts", "parts"}:
        return st.lists(values_of(spec), max_size=0 if spec.group else 2).map(tuple)
    return values_of(spec) if always else st.none() | values_of(spec)


@cache
def instances(model: Any) -> st.SearchStrategy[Any]:
    """Instances of a class of the model."""
    fields = {name: st.deferred(lambda one=spec: field_of(one)) for name, spec in specs(model)}
    return st.builds(model, **fields)


HEADERS = st.builds(
    Header,
    message_id=TEXTS,
    **{
        name: field_of(spec, always=name in {"to", "from_"})
        for name, spec in specs(Header)
        if name != "message_id"
    },
)
VERSIONS = st.sampled_from([Version.V2017071, Version.V2023011])


def messages(name: str) -> st.SearchStrategy[ScriptMessage]:
    """Messages of one type; parts come and go as they like."""
    model = body_class(name)
    assert model
    bodies = instances(model)
    return st.builds(ScriptMessage, header=HEADERS, body=bodies, version=VERSIONS)


NAMES = MESSAGE_TYPES
