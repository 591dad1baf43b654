"""The samples of `events/invoke` against the template: what a function hears, by what route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.generate.invocations import HEARD

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly


@pytest.mark.parametrize("function", sorted(HEARD))
def test_a_sample_is_an_event_that_its_function_hears(local: Assembly, function: str) -> None:
    rules = local.resources("AWS::Events::Rule", stack="fulfillment")
    rule = f"BusTo{function.title().replace('_', '')}"
    ours = [each for name, each in rules.items() if name.startswith(rule)]
    event = HEARD[function]
    assert [each["EventPattern"]["source"] for each in ours] == [[event.source]]
    assert event.detail_type in ours[0]["EventPattern"].get("detail-type", [event.detail_type])
