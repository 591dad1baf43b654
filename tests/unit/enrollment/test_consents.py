"""Consents: known words in known versions, signed once, written down once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.records import MemoryRecords
from pharmonico.adapters.record_pdf import ReportlabScribe, showable
from pharmonico.fulfillment.enrollment import consents as texts
from pharmonico.fulfillment.enrollment.agreements import Agreement
from pharmonico.fulfillment.enrollment.consents import CURRENT, ConsentText, consents
from pharmonico.fulfillment.enrollment.enroll import find_enrollment, save_page, submit
from pharmonico.fulfillment.enrollment.papers import SignedRecord
from pharmonico.fulfillment.enrollment.record_words import WORDS
from pharmonico.fulfillment.enrollment.signing import Statement, keep_record, record_link
from pharmonico.kit.errors import Invalid, NotFound

from tests.enrolling import CONSENT, RX, World

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Consent
    from pharmonico.fulfillment.enrollment.consents import Language


def agreed(language: Language = "en") -> tuple[Agreement, ...]:
    return tuple(
        Agreement(id=each.id, version=each.version, text_hash=each.text_hash)
        for each in consents(language)
    )


def signed(**changes: Any) -> Consent:
    return CONSENT.model_copy(update={"agreements": agreed(), **changes})


def sign(world: World, consent: Consent) -> None:
    save_page(RX, consent, orders=world.orders, clock=world.clock)


def submitted(consent: Consent) -> World:
    world = World().validated()
    world.enter()
    world.save_all()
    sign(world, consent)
    world.clock.advance(timedelta(minutes=3))
    submit(RX, orders=world.orders, clock=world.clock)
    return world


def record(world: World, records: MemoryRecords) -> SignedRecord:
    return keep_record(
        *find_enrollment(RX, orders=world.orders),
        orders=world.orders,
        scribe=ReportlabScribe(),
        records=records,
        clock=world.clock,
    )


def pdf_of(world: World) -> str:
    records = MemoryRecords()
    kept = record(world, records)
    return records.objects[kept.object_key].decode("latin-1")


def test_both_languages_ask_for_the_same_consents_in_the_same_versions() -> None:
    asked = [[(each.id, each.version) for each in consents(language)] for language in ("en", "es")]
    assert asked[0] == asked[1] != []
    assert len({each.text_hash for each in CURRENT}) == len(CURRENT)


def test_a_text_may_not_change_without_a_new_version() -> None:
    """Whoever changes words changes this list, and thinks of the version and of RETIRED."""
    known = {(each.id, each.version, each.language): each.text_hash[:8] for each in CURRENT}
    assert known == {
        ("treatment", "2026-11", "en"): "c5d7f16e",
        ("privacy", "2026-11", "en"): "fb7003b5",
        ("treatment", "2026-11", "es"): "b396e587",
        ("privacy", "2026-11", "es"): "09a52ba1",
    }


def test_what_was_shown_is_kept_with_the_signature() -> None:
    world = World().validated()
    world.enter()
    sign(world, signed(signer="guardian", relationship="parent"))
    kept = world.enrollment.consent
    assert kept is not None
    assert (kept.agreements, kept.relationship) == (agreed(), "parent")
    assert kept.signed_at == world.clock.now()


def test_only_we_say_when_and_how_it_was_signed() -> None:
    world = World().validated()
    world.enter()
    long_ago = world.clock.now() - timedelta(days=400)
    sign(world, signed(signed_at=long_ago, verbal=True, entered_by="usr_somebody"))
    kept = world.enrollment.consent
    assert kept is not None
    assert (kept.signed_at, kept.verbal, kept.entered_by) == (world.clock.now(), False, None)


@pytest.mark.parametrize(
    ("agreements", "pointer"),
    [
        ((), "/agreements"),
        (agreed()[:1], "/agreements"),
        ((agreed()[0], agreed()[0]), "/agreements"),
        ((agreed()[0], agreed()[1].model_copy(update={"version": "2020-01"})), "/agreements/1"),
        ((agreed()[0].model_copy(update={"text_hash": "0" * 64}), agreed()[1]), "/agreements/0"),
        ((*agreed(), agreed()[0].model_copy(update={"id": "marketing"})), "/agreements/2"),
    ],
)
def test_other_words_than_todays_are_not_signed(
    agreements: tuple[Agreement, ...], pointer: str
) -> None:
    world = World().validated()
    world.enter()
    with pytest.raises(Invalid) as invalid:
        sign(world, signed(agreements=agreements))
    assert (invalid.value.code, invalid.value.errors[0].pointer) == ("consent.outdated", pointer)
    assert world.enrollment.consent is None


def test_retired_words_are_explained_but_no_longer_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    old = ConsentText("privacy", "2020-01", "en", "Privacy", "Whatever we said then.")
    monkeypatch.setattr(texts, "RETIRED", (old,))
    agreement = Agreement(id="privacy", version="2020-01", text_hash=old.text_hash)
    assert texts.text_of(agreement) == old
    with pytest.raises(Invalid, match="show them anew"):
        texts.check_agreements(signed(agreements=(agreed()[0], agreement)))


def test_words_that_were_changed_after_the_signature_are_signed_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World().validated()
    world.enter()
    world.save_all()
    sign(world, signed())
    today = tuple(replace(each, text=f"{each.text} Really.") for each in texts.CURRENT)
    monkeypatch.setattr(texts, "RETIRED", texts.CURRENT)
    monkeypatch.setattr(texts, "CURRENT", today)
    with pytest.raises(Invalid, match="show them anew"):
        submit(RX, orders=world.orders, clock=world.clock)
    sign(world, signed(agreements=agreed()))
    submit(RX, orders=world.orders, clock=world.clock)


def test_the_record_holds_name_time_and_every_word_that_was_signed() -> None:
    pdf = pdf_of(submitted(signed(signer="guardian", relationship="parent")))
    for words in (
        "Record of consent",
        RX,
        "Jordan Doe",
        "the patient's parent or guardian",
        "2026-09-15 12:00:00 UTC",
        "I agree that a pharmacy fills and delivers what my clinic ordered.",
        "I have read how my health information is used: to fill, bill and deliver",
    ):
        assert f"({words}" in pdf
    assert all(each.text_hash in pdf for each in agreed())


def test_the_record_speaks_the_patients_language() -> None:
    world = World().validated()
    world.enter()
    world.save_all()
    sign(world, signed(agreements=agreed("es")))
    update = {"language": "es"}
    world.orders.put_document(RX, world.enrollment.model_copy(update=update))
    submit(RX, orders=world.orders, clock=world.clock)
    pdf = pdf_of(world)
    assert "(Constancia de consentimiento)" in pdf
    assert "Acepto que una farmacia prepare y entregue" in pdf


def test_a_page_that_did_not_tell_its_words_is_not_said_to_have_shown_ours() -> None:
    world = submitted(signed())
    consent = world.enrollment.consent
    assert consent is not None
    of_old = consent.model_copy(update={"agreements": ()})
    world.orders.put_document(RX, world.enrollment.model_copy(update={"consent": of_old}))
    pdf = pdf_of(world)
    assert "did not tell which version" in pdf
    assert "SHA-256" not in pdf


def test_the_record_is_written_once_and_says_what_it_holds() -> None:
    world, records = submitted(signed()), MemoryRecords()
    first, second = record(world, records), record(world, records)
    assert first == second
    (pdf,) = records.objects.values()
    assert (first.size, first.sha256) == (len(pdf), hashlib.sha256(pdf).hexdigest())
    assert first.signed_at == world.clock.now() - timedelta(minutes=3)


def test_two_that_write_at_once_leave_one_record() -> None:
    world, records = submitted(signed()), MemoryRecords()
    read = world.orders.document

    def late(order_id: str, kind: type[Any], key: str = "1") -> Any:
        """Before this one looks further, another has written the record."""
        if kind is SignedRecord:
            world.orders.document = read  # type: ignore[method-assign]  # the race, once
            record(world, records)
            return None
        return read(order_id, kind, key)

    world.orders.document = late  # type: ignore[method-assign,assignment]  # the same
    kept = record(world, records)
    assert list(records.objects) == [kept.object_key]


def test_the_same_statement_is_the_same_file() -> None:
    world = submitted(signed())
    again = MemoryRecords()
    record(world, again)
    assert pdf_of(submitted(signed())).encode("latin-1") in again.objects.values()


def test_nothing_is_written_before_the_submission() -> None:
    world = World().validated()
    world.enter()
    world.save_all()
    with pytest.raises(NotFound):
        record(world, MemoryRecords())
    with pytest.raises(NotFound) as missing:
        record_link(RX, orders=world.orders, records=MemoryRecords())
    assert missing.value.code == "record.not_ready"


def test_the_address_is_short_lived_and_names_the_file_without_phi() -> None:
    world, records = submitted(signed()), MemoryRecords()
    record(world, records)
    link = record_link(RX, orders=world.orders, records=records)
    assert link.expires_in_s == 300
    assert f"as=consent-{RX}.pdf" in link.url
    assert "Doe" not in link.url


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("José Núñez", "José Núñez"),
        ("Łukasz", "[U+0141]ukasz"),
        ("王芳", "[U+738B][U+82B3]"),
        ("a\x07b", "a[U+0007]b"),
    ],
)
def test_no_letter_is_lost(name: str, shown: str) -> None:
    assert showable(name) == shown


def test_a_long_record_goes_on_to_the_next_page() -> None:
    long = Statement("Title", "en", (), tuple(("Heading", "verbum " * 200) for _ in range(12)))
    content = ReportlabScribe().write(long)
    pages = re.search(rb"/Count (\d+)", content)
    assert pages is not None
    assert int(pages[1]) > 1
    assert content.count(b"verbum") == 12 * 200


def test_every_label_is_there_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["es"].keys()
    assert all(word for language in WORDS.values() for word in language.values())
