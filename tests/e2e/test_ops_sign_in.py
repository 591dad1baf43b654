"""The sign-in's further steps in a browser: a new password, an authenticator, and its codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.pool import LENT, a_newcomer, code_of, second_factors
from tests.working import SLOW_MS, a_shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.cloud.world import World
    from tests.working import Shift

OWN = "Pharmonico-own-2"
STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


@pytest.fixture
def newcomer(world: World) -> Iterator[str]:
    with a_newcomer(world.cloud, "ops") as name:
        yield name


def begin(shift: Shift, name: str, password: str) -> None:
    shift.go("/sign-in")
    shift.page.get_by_label("E-mail").fill(name)
    shift.page.get_by_label("Password", exact=True).fill(password)
    shift.button("Sign in").click()


def answer(shift: Shift, label: str, text: str) -> None:
    shift.page.get_by_label(label, exact=True).fill(text, timeout=SLOW_MS)
    shift.look()
    shift.button("Continue").click()


def is_in(shift: Shift, name: str) -> None:
    work = shift.page.get_by_role("navigation", name="Work")
    expect(work).to_be_visible(timeout=SLOW_MS)
    expect(shift.page.get_by_role("button", name=name)).to_be_visible()
    assert shift.page.evaluate(STORED) == []


def test_a_lent_password_is_changed_and_an_authenticator_set_up_and_asked(
    world: World, chrome: Browser, newcomer: str
) -> None:
    with second_factors(world.cloud), a_shift(world, chrome) as shift:
        begin(shift, newcomer, LENT)
        answer(shift, "New password", OWN)
        secret = shift.page.locator("code").first.inner_text(timeout=SLOW_MS)
        answer(shift, "Code of your authenticator app", code_of(secret))
        is_in(shift, newcomer)
        shift.page.get_by_role("button", name=newcomer).click()
        shift.page.get_by_role("menuitem", name="Sign out").click()
        shift.page.wait_for_url("**/sign-in*", timeout=SLOW_MS)
        begin(shift, newcomer, OWN)
        right = code_of(secret)
        answer(shift, "Code of your authenticator app", f"{(int(right) + 1) % 10**6:06}")
        said = shift.page.get_by_role("alert")
        expect(said).to_have_text("This code is not the right one.", timeout=SLOW_MS)
        expect(said).to_be_focused()
        answer(shift, "Code of your authenticator app", code_of(secret))
        is_in(shift, newcomer)


def test_a_lent_password_is_good_once(world: World, chrome: Browser, newcomer: str) -> None:
    with a_shift(world, chrome) as shift:
        begin(shift, newcomer, LENT)
        answer(shift, "New password", OWN)
        is_in(shift, newcomer)
        shift.page.get_by_role("button", name=newcomer).click()
        shift.page.get_by_role("menuitem", name="Sign out").click()
        shift.page.wait_for_url("**/sign-in*", timeout=SLOW_MS)
        begin(shift, newcomer, LENT)  # it was lent once
        said = shift.page.get_by_role("alert")
        expect(said).to_have_text("Name and password do not fit together.", timeout=SLOW_MS)
        begin(shift, newcomer, OWN)
        is_in(shift, newcomer)
