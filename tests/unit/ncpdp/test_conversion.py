"""One version to another: what changes is listed, what cannot be carried is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
import pytest
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


def test_a_version_may_be_named_by_its_text(newrx: ScriptMessage) -> None:
    done = conversion(newrx, "2023011")  # type: ignore[arg-type]  # as a caller without types may
    assert read(ncpdp.write(done.message)).version is Version.V2023011
    with pytest.raises(ncpdp.InvalidValue) as caught:
        conversion(newrx, "2099011")  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.code == "version.unsupported"


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


def test_every_person_has_a_name_of_the_version(newrx: ScriptMessage) -> None:
    agent = b"<PrescriberAgent><Name><LastName>Helper</LastName></Name></PrescriberAgent>"
    data = ncpdp.write(newrx).replace(b"</NonVeterinarian>", agent + b"</NonVeterinarian>")
    done = conversion(read(data), Version.V2023011)
    path = "NewRx/Prescriber/NonVeterinarian/PrescriberAgent/Name"
    assert ("name.moved", path) in [(change.code, change.path) for change in done.changes]
    later = read(ncpdp.write(done.message))
    back = conversion(later, Version.V2017071)
    assert ("name.moved", path) in [(change.code, change.path) for change in back.changes]
    assert read(ncpdp.write(back.message)) == read(data)


def test_what_is_not_moved_is_not_told(newrx: ScriptMessage) -> None:
    """A message of the later version that has some things where the earlier one has them."""
    data = ncpdp.write(newrx).replace(b"20170715", b"2023011")
    codes = [change.code for change in conversion(read(data), Version.V2017071).changes]
    assert codes == ["version.attributes"]


def test_a_product_code_that_says_more_than_its_number_stays(newrx: ScriptMessage) -> None:
    data = ncpdp.write(newrx).replace(b"<Code>00071015623", b'<Code from="us">00071015623')
    done = conversion(read(data), Version.V2023011)
    assert "ndc.moved" not in [change.code for change in done.changes]
    assert b'<Code from="us">00071015623' in ncpdp.write(done.message)


def test_qualifiers_that_are_lost_are_told() -> None:
    additional = OLD.replace(b"<Qualifier>R<", b"<Qualifier>A<")
    assert "NewRx/MedicationPrescribed/Refills/Qualifier" in [
        change.path for change in conversion(read(additional), Version.V2017071).lost
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<Strength>20<", b"<Strength><!-- mg -->20<"),
        (b"<Qualifier>TE<", b"<Qualifier> TE\n<"),
        (b">C48542<", b">C4<!-- - -->8542<"),
        (b"<ClinicName>Example ", b"<ClinicName>Ex<?x?>ample "),
        (b"<Value>3<", b"<Value><!-- three -->3<"),
    ],
)
def test_remarks_and_blanks_do_not_change_what_is_carried(old: bytes, new: bytes) -> None:
    assert old in OLD
    message = read(OLD.replace(old, new))
    assert message.body == read(OLD).body
    for version in (Version.V2017071, Version.V2023011):
        assert read(ncpdp.write(conversion(message, version).message)).body == message.body


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</LastName>", b"</LastName></Name><Name><LastName>Second</LastName>"),
        (b"<Substitutions>0<", b"<Substitutions>0<Substitutions/><"),
        (b">ND<", b"> ND <"),
        (b"<Substitutions>0<", b"<Substitutions><!-- yes -->0<"),
    ],
)
def test_what_counts_counts_in_the_later_version_too(
    newrx: ScriptMessage, old: bytes, new: bytes
) -> None:
    message = read(ncpdp.write(newrx).replace(old, new, 1))
    later = read(ncpdp.write(conversion(message, Version.V2023011).message))
    assert later.body == message.body
    back = read(ncpdp.write(conversion(later, Version.V2017071).message))
    assert back.body == message.body
