"""The pages of the enrollment: read, save one by one, submit."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.documents import Consent, Delivery, Insurance, SecondCoverage
from pharmonico.fulfillment.enrollment.enroll import Page, find_enrollment, save_page, submit
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.fulfillment.enrollment.view import FullProgress, Progress, with_answers
from pharmonico.lambdas.http import Action, Body, Query

from functions.portal_api.api import ENROLLMENT, TAG, admitted, api, audited, shown


@api.get(ENROLLMENT, Action.READ_ENROLLMENT, tag=TAG)
def read_enrollment(
    *, full: Annotated[bool, Query(description="with the answers, after the code")] = False
) -> FullProgress | Progress:
    """Which pages are saved; with `full` also what they say."""
    session = admitted(phi=full)
    orders = aws.orders()
    order, enrollment = find_enrollment(session.order_id, orders=orders)
    view = shown(order, enrollment, session)
    if not full:
        return view
    audited("enrollment_read", session)
    coverages = orders.documents(order.id, Eligibility)
    return with_answers(view, order, enrollment, coverages)


@api.put(f"{ENROLLMENT}/insurance", Action.SAVE_ENROLLMENT, tag=TAG)
def save_insurance(page: Annotated[Insurance, Body()]) -> Progress:
    """Save the insurance page; saving again replaces it."""
    return _saved(page)


@api.put(f"{ENROLLMENT}/secondary", Action.SAVE_ENROLLMENT, tag=TAG)
def save_secondary(page: Annotated[SecondCoverage, Body()]) -> Progress:
    """Save what pays after the insurance, a copay card among them; null takes it away."""
    return _saved(page)


@api.put(f"{ENROLLMENT}/delivery", Action.SAVE_ENROLLMENT, tag=TAG)
def save_delivery(page: Annotated[Delivery, Body()]) -> Progress:
    """Save the delivery page; saving again replaces it."""
    return _saved(page)


@api.put(f"{ENROLLMENT}/consent", Action.SAVE_ENROLLMENT, tag=TAG)
def save_consent(page: Annotated[Consent, Body()]) -> Progress:
    """Save the signed consents; the time of signing is ours."""
    return _saved(page)


@api.post("/api/v1/portal/submit", Action.SAVE_ENROLLMENT, tag=TAG)
def submit_enrollment() -> Progress:
    """The patient is done; submitting twice gives the same answer."""
    session = admitted()
    order, enrollment = submit(session.order_id, orders=aws.orders(), clock=aws.CLOCK)
    return shown(order, enrollment, session)


def _saved(page: Page) -> Progress:
    session = admitted()
    order, enrollment = save_page(session.order_id, page, orders=aws.orders(), clock=aws.CLOCK)
    return shown(order, enrollment, session)
