"""One patient's whole way through the portal, page by page, for pictures and for a tour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pharmonico.fulfillment.status import Status

from local.browser.card import card_photo
from local.browser.patient import AtThePortal
from local.demo.patient import DATE_OF_BIRTH
from local.demo.story import Story, wait_until
from local.samples import freshened, new_mark, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.kit.clock import Clock
    from playwright.sync_api import FilePayload, Page


class Desk(Protocol):
    """What staff do in between, by the API or at the dashboard."""

    def invite(self, prescription: str) -> None: ...

    def select(self, prescription: str) -> None: ...


@dataclass(frozen=True)
class Walk:
    """The cast, the page, and who is told of every page that stands.

    Where nobody sits at a `desk`, staff's part is played by the API. A `surname` is one that nobody
    in this cloud has yet.
    """

    told: Story
    page: Page
    seen: Callable[[str, Page], None]
    desk: Desk | None = None
    surname: str = ""

    def play(self, *, clock: Clock) -> str:
        """From the invitation to a parcel on its way; answers the prescription's id."""
        mark, desk = self.surname or new_mark(), self.desk or self.told
        address = f"patient.{mark.lower()}@example.org"
        prescription = self.told.send(freshened(sample("newrx"), now=clock.now(), mark=mark))
        desk.invite(prescription)
        sandbox = self.told.sandbox
        link = wait_until(lambda: sandbox.invitation(address), "the invitation")
        me = AtThePortal(self.page, sandbox)
        self.enter(me, link)
        self.fill_in(me)
        self.send(me)
        desk.select(prescription)
        self.told.reach(prescription, Status.AWAITING_PAYMENT)
        self.pay(wait_until(lambda: sandbox.payment_link(address), "the payment mail"))
        found = self.told.reach(prescription, Status.SHIPPED)
        sandbox.move(found["tracking"]["number"], "TRANSIT")
        self.told.reach(prescription, Status.IN_TRANSIT)
        self.page.reload()
        self.shown("order-on-its-way", ".scans")
        return prescription

    def shown(self, name: str, awaited: str = "h1") -> None:
        """The page stands once this is on it."""
        self.page.locator(awaited).first.wait_for()
        self.seen(name, self.page)

    def enter(self, me: AtThePortal, link: str) -> None:
        """Landing, date of birth with a mistake, tasks."""
        self.page.goto(link)
        self.shown("landing", "a.button")
        self.page.locator("a.button").click()
        me.submit()
        self.shown("birth-date-wrong", ".summary")
        me.born_on(DATE_OF_BIRTH)
        self.page.wait_for_url("**/tasks")
        self.shown("tasks", ".tasks")

    def fill_in(self, me: AtThePortal) -> None:
        """Every page of the list."""
        me.take_up("insurance")
        self.shown("insurance", "#bin")
        self.page.go_back()
        me.insurance()
        me.take_up("secondary")
        self.page.check("#has_secondary-yes")
        self.shown("second-coverage", "#bin")
        self.page.go_back()
        me.take_up("photos/front")
        self.page.locator("#chosen").wait_for(state="attached")
        card: FilePayload = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": card_photo()}
        self.page.set_input_files("#chosen", card)
        self.shown("card-photo", ".good")
        self.page.locator("main a.button").click()
        self.page.wait_for_url("**/photos/back")
        self.shown("card-back", ".files")
        self.page.locator("main .actions a").click()
        self.page.wait_for_url("**/tasks")
        me.take_up("delivery")
        self.shown("delivery", "#line1")
        self.page.go_back()
        me.delivery()
        me.take_up("consent")
        self.shown("consent", "#treatment")
        self.page.go_back()
        me.consent()

    def send(self, me: AtThePortal) -> None:
        """The code, the answers once more, the confirmation."""
        self.page.locator("main a.button").click()
        self.page.wait_for_url("**/code?*")
        self.shown("code")
        me.code()
        self.page.wait_for_url("**/check")
        self.shown("check-answers", ".answers")
        me.submit()
        self.page.wait_for_url("**/done")
        self.shown("confirmation", ".reference")
        self.page.locator("a[href^='/messages']").click()
        self.shown("messages", "#channels")

    def pay(self, link: str) -> None:
        """The price, the checkout of the sandbox, and back."""
        self.page.goto(link)
        self.shown("your-share", ".amount")
        self.page.locator("main a.button").click()
        self.page.get_by_role("button", name="(pays)").click()
        self.page.wait_for_url("**/order")
        self.shown("order-paid", ".way")
