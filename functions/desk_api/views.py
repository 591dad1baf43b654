"""`/api/v1/views`: lists that people saved, their own and those of everybody."""

from datetime import datetime
from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.desk import saving
from pharmonico.fulfillment.desk.counting import Tab
from pharmonico.fulfillment.desk.papers import Filters, View
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.desk_api.api import api, audited, unless_known

TAG = "views"
_ID = "/api/v1/views/<view_id>"
Column = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]


class ViewForm(BaseModel):
    """What is saved: a tab, its filters, its columns; `shared` shows it to everybody."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    tab: Tab
    shared: bool = False
    filters: Filters = Filters()
    columns: Annotated[list[Column], Field(max_length=40)] = []


class SavedView(BaseModel):
    """A saved view; `mine` may be changed by the caller."""

    view_id: str
    version: int
    name: str
    tab: Tab
    shared: bool
    mine: bool
    filters: Filters
    columns: list[str]
    saved_by: str
    saved_at: datetime


class SavedViews(BaseModel):
    """The caller's own and those of everybody."""

    items: list[SavedView]


@api.get("/api/v1/views", Action.SAVE_VIEW, tag=TAG)
def list_views() -> SavedViews:
    """The caller's saved views, and those that are shared."""
    found = saving.visible(api.call.caller.id, views=aws.desk())
    shown = SavedViews(items=[_shown(view) for view in found])
    unless_known(shown)
    return shown


@api.get(_ID, Action.SAVE_VIEW, tag=TAG)
def read_view(view_id: str) -> SavedView:
    """One saved view: the caller's own, or a shared one by its link."""
    shown = _shown(saving.seen(view_id, api.call.caller.id, views=aws.desk()))
    # One that was shared begins its versions anew.
    api.call.etag(shown.version, shown.model_dump_json())
    return shown


@api.post("/api/v1/views", Action.SAVE_VIEW, idempotent=True, status=201, tag=TAG)
def save_view(command: Annotated[ViewForm, Body()]) -> SavedView:
    """Save a list under a name."""
    view = saving.save(_wish(command), views=aws.desk(), clock=aws.CLOCK)
    # This answer is kept for a repeat, where no patient's name may lie.
    return _saved("view_saved", view.model_copy(update={"words": ""}))


@api.put(_ID, Action.SAVE_VIEW, if_match=True, tag=TAG)
def change_view(view_id: str, command: Annotated[ViewForm, Body()]) -> SavedView:
    """Change one's own view, or a shared one that one saved oneself."""
    known = _own(view_id)
    view = saving.change(known, _wish(command), views=aws.desk(), clock=aws.CLOCK)
    return _saved("view_changed", view)


@api.delete(_ID, Action.SAVE_VIEW, if_match=True, tag=TAG)
def delete_view(view_id: str) -> SavedView:
    """Delete one's own view; the answer is how it was."""
    view = _own(view_id)
    aws.desk().drop_view(view)
    audited("view_deleted", f"views_{api.call.caller.id}", view=view.view_id)
    return _shown(view)


def _own(view_id: str) -> View:
    call = api.call
    view = saving.own(view_id, call.caller.id, views=aws.desk())
    saving.expect(view, call.expected_revision)
    return view


def _wish(command: ViewForm) -> saving.Wish:
    return saving.Wish(
        by=api.call.caller.id,
        name=command.name.strip(),
        tab=command.tab,
        is_shared=command.shared,
        filters=command.filters.model_copy(update={"q": None}),
        words=_sealed(command.filters.q),
        columns=tuple(command.columns),
    )


def _saved(action: str, view: View) -> SavedView:
    audited(action, f"views_{api.call.caller.id}", view=view.view_id)
    call = api.call
    call.etag(view.version)
    call.answer_headers["Location"] = f"/api/v1/views/{view.view_id}"
    return _shown(view)


def _shown(view: View) -> SavedView:
    return SavedView(
        view_id=view.view_id,
        version=view.version,
        name=view.name,
        tab=Tab(view.tab),
        shared=view.is_shared,
        mine=view.by == api.call.caller.id,
        filters=view.filters.model_copy(update={"q": _unsealed(view) or view.filters.q}),
        columns=list(view.columns),
        saved_by=view.by,
        saved_at=view.saved_at,
    )


def _sealed(words: str | None) -> str:
    from pharmonico.adapters.sealing import FernetSealer  # noqa: PLC0415 - few views have words

    return FernetSealer().seal(words, key=_key()) if words else ""


def _unsealed(view: View) -> str | None:
    from pharmonico.adapters.sealing import FernetSealer  # noqa: PLC0415 - few views have words

    return FernetSealer().unseal(view.words, key=_key()) if view.words else None


def _key() -> str:
    return f"words of views\x1f{secrets().signing_key}"
