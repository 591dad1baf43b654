"""Saved views: of one person or shared with everybody; only who saved one changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.papers import EVERYBODY, VIEWS_MAX, Filters, View
from pharmonico.kit.errors import Conflict, Forbidden, NotFound, StaleRevision
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.desk.ports import Views
    from pharmonico.kit.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be saved, and by whom."""

    by: str
    name: str
    tab: str
    is_shared: bool
    filters: Filters
    words: str
    columns: tuple[str, ...]


def visible(person: str, *, views: Views) -> tuple[View, ...]:
    """One's own, then everybody's."""
    return (*views.views_of(person), *views.views_of(EVERYBODY))


def seen(view_id: str, person: str, *, views: Views) -> View:
    """The view, where the person may see it; `NotFound` as well for another's."""
    view = views.view(EVERYBODY, view_id) or views.view(person, view_id)
    if view is None:
        raise NotFound("view.not_found", "There is no such view.")
    return view


def own(view_id: str, person: str, *, views: Views) -> View:
    """The view, where the person saved it; `Forbidden` for one that another shares."""
    view = seen(view_id, person, views=views)
    if view.by != person:
        raise Forbidden("view.not_yours", "Only who saved a view changes it; save one of your own.")
    return view


def expect(view: View, version: int) -> None:
    if view.version != version:
        raise StaleRevision


def save(wish: Wish, *, views: Views, clock: Clock) -> View:
    """A new view; `Conflict` where there are as many as a list shows."""
    view = _view(wish, new_id("vw", clock=clock), version=0, clock=clock)
    _check_room(view, views)
    return views.save_view(view)


def change(known: View, wish: Wish, *, views: Views, clock: Clock) -> View:
    """The view anew. One that is shared or no longer shared moves, and is for a moment in both.

    `Conflict` where it would move to as many as a list shows.
    """
    view = _view(wish, known.view_id, version=known.version, clock=clock)
    if view.owner == known.owner:
        return views.save_view(view)
    _check_room(view, views)
    moved = views.save_view(view.model_copy(update={"version": 0}))
    views.drop_view(known)
    return moved


def _check_room(view: View, views: Views) -> None:
    if len(views.views_of(view.owner)) >= VIEWS_MAX:
        raise Conflict("view.too_many", f"At most {VIEWS_MAX} views can be saved here.")


def _view(wish: Wish, view_id: str, *, version: int, clock: Clock) -> View:
    return View(
        view_id=view_id,
        version=version,
        owner=EVERYBODY if wish.is_shared else wish.by,
        name=wish.name,
        by=wish.by,
        tab=wish.tab,
        filters=wish.filters,
        words=wish.words,
        columns=wish.columns,
        saved_at=clock.now(),
    )
