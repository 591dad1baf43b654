"""A patient's browser at the portal's HTTP door, on the memory adapters."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.records import MemoryRecords
from pharmonico.kit.settings import Settings, settings

from functions.card_photos import api as card_photos_api
from functions.card_photos import handler as card_photos
from functions.card_photos import photos
from functions.portal_api import api, handler, paying
from tests.enrolling import PORTAL, World, code_in
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from collections.abc import Iterator

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    """A patient's browser: keeps the cookie, sends what browsers send."""

    def __init__(self, world: World, trail: MemoryAuditTrail) -> None:
        self.world = world
        self.trail = trail
        self.records = MemoryRecords()
        self.cookie = ""

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        headers = {**SAME_ORIGIN, **({"Cookie": self.cookie} if self.cookie else {})}
        place, _, asked = path.partition("?")
        query = dict(pair.split("=") for pair in asked.split("&")) if asked else None
        function = card_photos if place.startswith("uploads") else handler
        answer = send(
            function.lambda_handler,
            method,
            f"/api/v1/portal/{place}",
            body=body,
            headers=headers,
            query=query,
        )
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def open(self, born_on: str = "1979-05-17") -> Answer:
        return self.send("POST", "open", {"token": self.world.invite(), "date_of_birth": born_on})

    def confirm_code(self) -> Answer:
        self.send("POST", "code", {})
        self.world.post()
        return self.send("POST", "code/confirm", {"code": code_in(self.world.sms.sent[-1][1].sms)})


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    world, trail = World().validated(), MemoryAuditTrail()
    chosen = Settings.model_validate({"PORTAL_URL": PORTAL})
    for name, port in {
        "orders": world.orders,
        "tokens": world.tokens,
        "cards": world.cards,
    }.items():
        monkeypatch.setattr(aws, name, functools.partial(lambda port: port, port))
    browser = Browser(world, trail)
    monkeypatch.setattr(aws, "records", lambda: browser.records)
    monkeypatch.setattr(aws, "audit_trail", lambda: trail)
    monkeypatch.setattr(aws, "CLOCK", world.clock)
    for module in (api, card_photos_api, photos, paying):
        monkeypatch.setattr(module, "settings", lambda: chosen)
    settings.cache_clear()
    yield browser
    settings.cache_clear()
