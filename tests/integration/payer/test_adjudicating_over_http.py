"""Adjudication against the sandbox's switch: real D.0 over real HTTP, its magic member ids."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.payer import HttpPayer
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.adjudication.reversal import REVERSED, reverse_claim
from pharmonico.fulfillment.adjudication.stage import ADJUDICATED, adjudicate
from pharmonico.fulfillment.documents import Insurance
from pharmonico.fulfillment.machine.work import HELD
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

from tests.builders import a_clock, published, work
from tests.prescribing import (
    RX,
    a_directory,
    a_pharmacy,
    a_script,
    a_validation,
    an_enrollment,
    orders_with,
    the_order,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.machine.work import Outcome

WAIT_S = 10


@pytest.fixture(scope="module")
def payer() -> Iterator[HttpPayer]:
    """The switch of a sandbox that runs for this module alone."""
    command = [sys.executable, "-m", "local.sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://[\d.:]+", process.stdout.readline())
        assert found is not None
        _await(found[0])
        yield HttpPayer(f"{found[0]}/payer")
        process.terminate()
        process.wait(WAIT_S)


def _await(url: str) -> None:
    """The port is bound when the sandbox says so; it listens a moment later."""
    host, _, port = url.removeprefix("http://").partition(":")
    for _ in range(100):
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(url)


def selected(member_id: str, order_id: str = RX, **plan: str) -> MemoryOrders:
    """A prescription of that member; the Rx number follows from the id, so ids differ by test."""
    facts = {"bin": "610014", "pcn": "MEDDPRIME", "group": "EXGRP01", **plan}
    insurance = Insurance(member_id=member_id, **facts)
    papers = (a_script(), an_enrollment(insurance=insurance), a_validation())
    changes = {"pharmacy_id": "ph_0000001", "id": order_id}
    return orders_with(*papers, status=Status.PHARMACY_SELECTED, **changes)


def adjudicated(orders: MemoryOrders, payer: HttpPayer, order_id: str) -> Outcome:
    directory = a_directory(a_pharmacy())
    return adjudicate(
        work(order_id), orders=orders, directory=directory, payer=payer, clock=a_clock()
    )


def test_the_samples_member_pays_a_copay_and_a_cancellation_takes_it_back(payer: HttpPayer) -> None:
    orders = selected("YXE123456789", "rx_paid")
    assert adjudicated(orders, payer, "rx_paid") == ADJUDICATED
    order = the_order(orders, "rx_paid")
    assert (order.status, order.patient_pay.amount_minor) == (Status.ADJUDICATED, 1000)
    reverse = {"orders": orders, "payer": payer, "clock": a_clock()}
    assert reverse_claim(work("rx_paid"), **reverse) == REVERSED
    assert published(orders) == ["claim_adjudicated", "claim_reversed"]


@pytest.mark.parametrize("code", ["75", "79", "70", "65", "88"])
def test_a_magic_member_is_rejected_with_its_code(payer: HttpPayer, code: str) -> None:
    order_id = f"rx_reject_{code}"
    orders = selected(f"M00{code}", order_id)
    assert adjudicated(orders, payer, order_id) == HELD
    assert orders.document(order_id, Claim).reject_codes == (code,)


def test_a_switch_that_is_down_once_pays_the_second_time(payer: HttpPayer) -> None:
    orders = selected("M0092", "rx_down")
    with pytest.raises(Unavailable):
        adjudicated(orders, payer, "rx_down")
    assert adjudicated(orders, payer, "rx_down") == ADJUDICATED


def test_an_answer_that_was_lost_is_given_again_as_a_duplicate(payer: HttpPayer) -> None:
    lost = selected("YXE123456789", "rx_lost")
    adjudicated(lost, payer, "rx_lost")
    again = selected("YXE123456789", "rx_lost")
    assert adjudicated(again, payer, "rx_lost") == ADJUDICATED
    assert again.document("rx_lost", Claim).status == "paid"


@pytest.mark.parametrize(("plan", "code"), [({"bin": "999999"}, "01"), ({"pcn": "OTHER"}, "04")])
def test_a_plan_the_switch_does_not_know_is_rejected(
    payer: HttpPayer, plan: dict[str, str], code: str
) -> None:
    order_id = f"rx_plan_{code}"
    orders = selected("YXE123456789", order_id, **plan)
    assert adjudicated(orders, payer, order_id) == HELD
    assert orders.document(order_id, Claim).reject_codes == (code,)
