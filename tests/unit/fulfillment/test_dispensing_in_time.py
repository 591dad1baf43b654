"""What has waited too long at the counter needs a new prescription."""

from datetime import timedelta

import pytest
from pharmonico.fulfillment.documents import Validation
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

from tests.builders import NOON
from tests.prescribing import RX, the_order
from tests.unit.fulfillment.test_pharmacist import Shop


@pytest.mark.parametrize(
    ("schedule", "days", "is_too_old"), [("CII", 90, False), ("CII", 91, True), (None, 91, False)]
)
def test_what_has_waited_too_long_is_not_handed_out(
    schedule: str | None, days: int, is_too_old: bool
) -> None:
    written = NOON.date() - timedelta(days=days)
    shop = Shop(medication__written_date=written.isoformat())
    facts = shop.orders.document(RX, Validation)
    assert facts is not None
    shop.orders.put_document(RX, facts.model_copy(update={"dea_schedule": schedule}))
    if not is_too_old:
        shop.dispense()
        return
    with pytest.raises(Conflict) as refusal:
        shop.dispense()
    assert refusal.value.code == "dispensing.too_old"
    assert the_order(shop.orders).status is Status.AWAITING_DISPENSE
