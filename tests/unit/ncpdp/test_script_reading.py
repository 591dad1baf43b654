"""What a reader of a NewRx gets to see, and the shapes in which it may arrive."""

from __future__ import annotations

import codecs
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import CancelRx, NewRx, OtherBody, ScriptMessage, Version, making
from ncpdp.script.reading import reader

if TYPE_CHECKING:
    from collections.abc import Callable

NS = "http://www.ncpdp.org/schema/SCRIPT"


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


def test_header(newrx: ScriptMessage) -> None:
    header = newrx.header
    assert (newrx.type, newrx.version) == ("NewRx", Version.V2017071)
    assert (header.to.id, header.to.qualifier) == ("2109886", "P")
    assert (header.from_.id, header.from_.qualifier) == ("1000000000001", "D")
    assert header.message_id == "EX-1"
    assert header.sent_time == "2026-09-14T15:04:05Z"
    assert header.prescriber_order_number == "PON-1"
    assert header.sender_software
    assert header.sender_software.product == "SyntheticScribe"
    assert not header.is_signed
    assert not header.is_test


def test_people(newrx: ScriptMessage) -> None:
    body = newrx.body
    assert isinstance(body, NewRx)
    assert body.patient
    assert body.patient.name
    assert (body.patient.name.last_name, body.patient.gender) == ("Doe", "M")
    assert body.patient.born_on == date(1979, 5, 17)
    assert body.patient.contact
    assert body.patient.contact.phone == "6145550120"
    assert body.patient.contact.email == "jordan.doe@example.org"
    assert body.prescriber
    assert (body.prescriber.npi, body.prescriber.dea_number) == ("1234567802", "AP1357929")
    assert body.prescriber.practice_name == "Example Internal Medicine"
    assert body.pharmacy
    assert (body.pharmacy.ncpdp_id, body.pharmacy.npi) == ("2109886", "1502203312")


def test_medication_and_benefits(newrx: ScriptMessage) -> None:
    body = newrx.body
    assert isinstance(body, NewRx)
    drug = body.medication
    assert drug
    assert (drug.ndc, drug.sig_text) == (
        "00071015623",
        "Take 1 tablet by mouth once daily at bedtime",
    )
    assert drug.quantity
    assert (drug.quantity.amount, drug.quantity.unit_code) == (Decimal(30), "C48542")
    assert (drug.days, drug.refills, drug.written_on) == (30, 3, date(2026, 9, 14))
    assert not drug.is_dispense_as_written
    assert drug.diagnoses[0].primary
    assert drug.diagnoses[0].primary.code == "E785"
    assert [(one.bin, one.pcn, one.cardholder_id) for one in body.benefits] == [
        ("610014", "MEDDPRIME", "YXE123456789")
    ]
    assert body.allergies
    assert body.allergies.no_known_allergies == "Y"


def test_a_controlled_drug_names_its_schedule_and_signature(sample: Callable[[str], bytes]) -> None:
    message = read(sample("newrx_controlled_civ"))
    assert isinstance(message.body, NewRx)
    assert message.body.medication
    assert message.body.medication.dea_schedule == "CIV"
    assert message.header.is_signed


def test_a_cancel_relates_to_the_prescription(sample: Callable[[str], bytes]) -> None:
    message = read(sample("cancelrx"))
    assert isinstance(message.body, CancelRx)
    assert message.header.relates_to_message_id == "EX-1"
    assert message.body.medication
    assert message.body.medication.ndc == "00071015623"


@pytest.mark.parametrize(
    ("declared", "encode"),
    [
        ("UTF-16", lambda text: text.encode("utf-16")),
        ("UTF-16", lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be")),
        ("UTF-16", lambda text: text.encode("utf-16-le")),
        ("UTF-16", lambda text: text.encode()),
        ("UTF-8", lambda text: codecs.BOM_UTF8 + text.encode()),
        ("ISO-8859-1", lambda text: text.encode("latin-1")),
    ],
    ids=["utf-16", "utf-16-be", "utf-16-no-mark", "printed-string", "utf-8-mark", "latin-1"],
)
def test_encodings_mean_the_same_message(
    sample: Callable[[str], bytes],
    newrx: ScriptMessage,
    declared: str,
    encode: Callable[[str], bytes],
) -> None:
    text = sample("newrx").decode().replace("encoding='UTF-8'", f"encoding='{declared}'")
    data = encode(text)
    message = read(data)
    assert message == newrx
    assert ncpdp.write(message) == data


def test_a_default_namespace(sample: Callable[[str], bytes], newrx: ScriptMessage) -> None:
    data = sample("newrx").replace(b"<Message ", f'<Message xmlns="{NS}" '.encode())
    message = read(data)
    assert message.namespace == NS
    assert (message.header, message.body) == (newrx.header, newrx.body)


def test_a_prefixed_namespace(sample: Callable[[str], bytes], newrx: ScriptMessage) -> None:
    data = prefixed(sample("newrx"))
    message = read(data)
    assert (message.header, message.body) == (newrx.header, newrx.body)


def prefixed(data: bytes) -> bytes:
    text = data.decode().replace("</", "</s:")
    head, _, rest = text.partition("<Message ")
    rest = "".join(
        f"<{'' if piece.startswith('/') else 's:'}{piece}" for piece in rest.split("<")[1:]
    )
    attributes = text.partition("<Message ")[2].partition("<")[0]
    return f'{head}<s:Message xmlns:s="{NS}" {attributes}{rest}'.encode()


@pytest.mark.parametrize(
    "soap",
    ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"],
)
def test_a_soap_envelope_is_unwrapped(
    sample: Callable[[str], bytes], newrx: ScriptMessage, soap: str
) -> None:
    inner = sample("newrx").partition(b"?>")[2].decode()
    data = f'<w:Envelope xmlns:w="{soap}"><w:Body><Put>{inner}</Put></w:Body></w:Envelope>'
    message = read(data.encode())
    assert message == newrx
    assert ncpdp.write(message).startswith(b"<Message ")


def test_a_soap_envelope_without_a_message_has_its_own_error() -> None:
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    data = f'<w:Envelope xmlns:w="{soap}"><w:Body/></w:Envelope>'.encode()
    with pytest.raises(ncpdp.NotReadable) as caught:
        ncpdp.parse(data)
    assert caught.value.code == "script.wrapper"


def test_an_unsupported_type_still_has_its_header(sample: Callable[[str], bytes]) -> None:
    message = read(sample("newrx").replace(b"NewRx>", b"RxNews>"))
    assert isinstance(message.body, OtherBody)
    assert message.type == "RxNews"
    assert [finding.code for finding in ncpdp.check(message)] == ["type.unknown"]
    assert message.header.message_id == "EX-1"


def test_a_vendor_element_of_the_same_name_is_not_taken_for_ours(
    sample: Callable[[str], bytes], newrx: ScriptMessage
) -> None:
    data = sample("newrx").replace(
        b"<DaysSupply>", b'<v:Note xmlns:v="urn:vendor">mine</v:Note><DaysSupply>'
    )
    message = read(data)
    assert message.body == newrx.body
    assert ncpdp.write(message) == data


@pytest.mark.parametrize("sent", ["9" * 5000, "1E5", "Infinity", "-", "x", ""])
def test_numbers_that_are_none_are_none(sample: Callable[[str], bytes], sent: str) -> None:
    data = sample("newrx").replace(b"<Value>30<", f"<Value>{sent}<".encode())
    data = data.replace(b"<DaysSupply>30<", f"<DaysSupply>{sent}<".encode())
    message = read(data)
    assert isinstance(message.body, NewRx)
    drug = message.body.medication
    assert drug
    assert drug.quantity
    assert (drug.days, drug.quantity.amount) == (None, None)
    assert "quantity.not_positive" in [finding.code for finding in ncpdp.check(message)]


@pytest.mark.parametrize("name", ["newrx", "rxrenewalrequest", "rxtransferrequest"])
def test_an_interpreter_may_refuse_to_change_classes(
    sample: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    usual = read(sample(name))
    monkeypatch.setattr(making, "_may_become", lambda *_: False)
    try:
        making.maker.cache_clear()
        reader.cache_clear()
        body: Any = read(sample(name)).body
    finally:
        making.maker.cache_clear()
        reader.cache_clear()
    assert body == usual.body
    assert hash(body) == hash(usual.body)
    with pytest.raises(FrozenInstanceError):
        body.patient = None
