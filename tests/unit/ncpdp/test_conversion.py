"""One version to another: what changes is listed, what cannot be carried is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import ScriptMessage, Version, conversion

from tests.unit.ncpdp.test_versions import OLD

if TYPE_CHECKING:
    from collections.abc import Callable


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


def test_to_2023011_everything_is_carried(newrx: ScriptMessage) -> None:
    done = conversion(newrx, Version.V2023011)
    assert done.lost == ()
    assert [(change.code, change.path) for change in done.changes] == [
        ("version.attributes", "Message"),
        ("name.moved", "NewRx/Patient/HumanPatient/Name"),
        ("gender.moved", "NewRx/Patient/HumanPatient/Gender"),
        ("name.moved", "NewRx/Prescriber/NonVeterinarian/Name"),
        ("product.moved", "NewRx/MedicationPrescribed/DrugCoded"),
        ("ndc.moved", "NewRx/MedicationPrescribed/DrugCoded/ProductCode"),
        ("substitutions.moved", "NewRx/MedicationPrescribed/Substitutions"),
    ]
    again = read(ncpdp.write(done.message))
    assert (again.version, again.body) == (Version.V2023011, newrx.body)


def test_to_the_same_version_nothing_changes(newrx: ScriptMessage) -> None:
    assert conversion(newrx, Version.V2017071).changes == ()


def test_back_to_2017071_some_things_have_no_place(newrx: ScriptMessage) -> None:
    newer = ncpdp.write(conversion(newrx, Version.V2023011).message)
    newer = newer.replace(b"Gender>M<", b"Gender>N<")
    newer = newer.replace(b"</Names>", b"<PreferredName/></Names>", 1)
    fills = b"<RxFillIndicator>A</RxFillIndicator><RxFillIndicator>B</RxFillIndicator>"
    newer = newer.replace(b"</Sig>", b"</Sig>" + fills).replace(b"<Sig>", b"<Novelty/><Sig>")
    done = conversion(read(newer), Version.V2017071)
    assert [(change.code, change.path) for change in done.lost] == [
        ("names.several", "NewRx/Patient/HumanPatient/Names"),
        ("gender.code", "NewRx/Patient/HumanPatient/Gender"),
        ("rx_fill_indicator.repeated", "NewRx/MedicationPrescribed/RxFillIndicator[2]"),
        ("element.unknown", "NewRx/MedicationPrescribed/Novelty"),
    ]
    written = ncpdp.write(done.message)
    assert b"<PreferredName/>" in written
    assert b"<Novelty/>" in written


def test_10_6_is_put_into_the_order_of_2017071() -> None:
    done = conversion(read(OLD), Version.V2017071)
    codes = [change.code for change in done.changes]
    assert codes == [
        "version.attributes",
        "namespace.dropped",
        "version.reshaped",
        "element.dropped",
    ]
    assert [change.path for change in done.lost] == [
        "NewRx/MedicationPrescribed/Quantity/UnitSourceCode"
    ]
    again = read(ncpdp.write(done.message))
    assert again.body == read(OLD).body
    assert ncpdp.check(again) == []


def test_a_signature_does_not_outlive_the_change(sample: Callable[[str], bytes]) -> None:
    done = conversion(read(sample("newrx_controlled_civ")), Version.V2023011)
    assert [change.code for change in done.lost] == ["signature.void"]
