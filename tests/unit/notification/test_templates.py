"""What stands in a message, and what never does."""

from pathlib import Path
from string import Formatter

import pytest
from pharmonico.fulfillment.notification import templates_en, templates_es
from pharmonico.fulfillment.notification.templates import SMS_CHARS_MAX, Language, Template, render
from pharmonico.fulfillment.notification.templates_words import Words

from local.generate.messages import VALUES

SNAPSHOTS = Path(__file__).parent / "snapshots"

LONGEST = {
    "link": "https://portal.some-long-stage.pharmonico.example/pay#r=" + "A" * 43,
    "amount": "$12345.67",
    "reference": "rx_01JCZ5A7B8C9D0E1F2G3H4J5K6",
    "carrier": "DHL EXPRESS",
    "tracking": "1" * 34,
    "code": "123456",
}
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EVERY = [(template, language) for template in Template for language in ("en", "es")]
ASKING = [
    Template.ENROLLMENT,
    Template.ENROLLMENT_REMINDER,
    Template.VERIFY_INSURANCE,
    Template.UPLOAD_CARD,
    Template.PAYMENT,
    Template.PAYMENT_REMINDER,
]
TELLING = ("prescription", "receta", "medic", "drug", "rx ", "fármaco", "diagnos", "birth", "nacim")


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_an_sms_is_one_segment(template: Template, language: Language) -> None:
    sms = render(template, language, LONGEST).sms
    assert 0 < len(sms) <= SMS_CHARS_MAX
    assert set(sms) <= GSM


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_no_message_says_what_it_is_about(template: Template, language: Language) -> None:
    message = render(template, language, LONGEST)
    said = f"{message.subject} {message.text} {message.html} {message.sms}".lower()
    assert [word for word in TELLING if word in said] == []


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_both_forms_of_an_email_say_the_same(template: Template, language: Language) -> None:
    message = render(template, language, LONGEST)
    assert message.subject
    assert f'<html lang="{language}">' in message.html
    assert message.text.count(LONGEST["link"]) == message.html.count(LONGEST["link"])


@pytest.mark.parametrize("template", ASKING)
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_asks_for_something_carries_its_link(template: Template, language: Language) -> None:
    message = render(template, language, LONGEST)
    assert LONGEST["link"] in message.text
    assert f'href="{LONGEST["link"]}"' in message.html
    assert LONGEST["link"] in message.sms


@pytest.mark.parametrize("words", [templates_en.WORDS, templates_es.WORDS])
def test_only_values_that_say_nothing_can_be_named(words: dict[str, Words]) -> None:
    """A name, a drug or a birth date has no way into a message: there is no value for it."""
    texts = [
        text
        for word in words.values()
        for text in (word.subject, *word.paragraphs, word.sms, word.button)
    ]
    named = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    assert named == LONGEST.keys()


def test_both_languages_say_the_same_things() -> None:
    assert templates_en.WORDS.keys() == templates_es.WORDS.keys()
    for name, word in templates_en.WORDS.items():
        assert bool(word.button) == bool(templates_es.WORDS[name].button)
    assert {*Template, "footer"} == templates_en.WORDS.keys()


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_a_mail_loads_nothing_and_runs_nothing(template: Template, language: Language) -> None:
    html = render(template, language, LONGEST).html
    assert [bad for bad in ("<img", "<script", "url(", "@import", "<link") if bad in html] == []
    assert html.count("http") == html.count(LONGEST["link"])


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_a_mail_reads_as_it_was_looked_at(template: Template, language: Language) -> None:
    """Changed on purpose? `python -m local.generate messages`, and look at what differs."""
    kept = SNAPSHOTS / f"{template}.{language}.html"
    assert render(template, language, VALUES).html + "\n" == kept.read_text()


def test_values_cannot_bring_markup_along() -> None:
    message = render(Template.SHIPPED, "en", {**LONGEST, "carrier": "<script>x</script>"})
    assert "<script>" not in message.html
