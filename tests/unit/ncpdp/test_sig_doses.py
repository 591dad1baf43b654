"""Directions of many kinds: the right number for a day and for a box, or none at all."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest
from ncpdp import sig as sigs
from ncpdp.script import (
    DoseCalculation,
    Instruction,
    Interval,
    MaximumDose,
    Quantity,
    Sig,
    Timing,
    TimingAndDuration,
)
from ncpdp.sig import CannotTell, DailyDose, DaysSupply

from tests.unit.ncpdp.directions import (
    at,
    box,
    dose,
    every,
    lasting,
    most,
    needed,
    sig,
    step,
    time,
    times,
    until,
    word,
)

TABLET = dose("1", "tablet")
PATCH = dose("1", "patch", "Apply", "transdermal")
UNITS = dose("10", "unit", "Inject", "subcutaneous")
TABLETS = box("30", "tablet")
DAILY = step(TABLET, times("1"))
FORTNIGHT = TimingAndDuration(
    frequency=times("1").frequency, duration=lasting("2", "week").duration
)

TOLD: list[tuple[Sig, Quantity, tuple[object, object], int]] = [
    (sig(step(TABLET, every("2", "day"))), TABLETS, (Fraction(1, 2), Fraction(1, 2)), 60),
    (sig(step(TABLET, times("1", "week"), at("bedtime"))), box("4", "tablet"),
     (Fraction(1, 7), Fraction(1, 7)), 28),
    (sig(step(PATCH, every("72"))), box("10", "patch"), (Fraction(1, 3), Fraction(1, 3)), 30),
    (sig(step(dose("1.5", "tablet"), every("8"))), TABLETS, (Fraction(9, 2), Fraction(9, 2)), 6),
    (sig(step(dose("1-2", "tablet"), every("4-6"), indications=(needed("pain"),),
              maximum_doses=(most("8"),))), TABLETS, (0, 8), 3),
    (sig(step(TABLET, indications=(needed(),)), maximum_doses=(most("3"),)), TABLETS, (0, 3), 10),
    (sig(step(TABLET, every("4")), indications=(needed(),), maximum_doses=(most("2", span="12"),)),
     TABLETS, (0, 4), 7),
    (sig(step(UNITS, times("3"), at("meal", "before"))), box("1000", "unit"), (30, 30), 33),
    (sig(step(dose("2", "puff", "Inhale", None), times("2"))), box("120", "puff"), (4, 4), 30),
    (sig(step(dose("1", "drop", "Instill", "ophthalmic", word("left eye")), times("4"))),
     box("100", "drop"), (4, 4), 25),
    (sig(step(TABLET, times("2"), at("morning"), at("bedtime"))), TABLETS, (2, 2), 15),
    (sig(step(TABLET, at("breakfast"), at("dinner"))), TABLETS, (2, 2), 15),
    (sig(step(TABLET, times("2"), until("until finished"))), TABLETS, (2, 2), 15),
    (sig(step(TABLET, times("1"), lasting("2", "week"))), TABLETS, (1, 1), 14),
    (sig(step(TABLET, FORTNIGHT, lasting("14"))), TABLETS, (1, 1), 14),
    (sig(step(TABLET, at("morning")), step(dose("2", "tablet"), at("bedtime")), between="AND"),
     TABLETS, (3, 3), 10),
    (sig(step(TABLET, times("1"), lasting("5")), step(TABLET, times("2"), lasting("5")),
         between="AND"), TABLETS, (3, 3), 5),
    (sig(DAILY, clarifying_text="Take with food."), TABLETS, (1, 1), 30),
    (sig(step(dose("17", "g", clarifying_text="dissolved in 8 ounces of water"), times("1"))),
     box("510", "g"), (17, 17), 30),
    (sig(step(TABLET, times("1"), indication_text="for blood pressure")), TABLETS, (1, 1), 30),
]  # fmt: skip


@pytest.mark.parametrize(("directions", "quantity", "doses", "days"), TOLD)
def test_what_follows(
    directions: Sig, quantity: Quantity, doses: tuple[Fraction, Fraction], days: int
) -> None:
    told = sigs.daily_dose(directions)
    assert isinstance(told, DailyDose)
    assert (told.minimum, told.maximum) == doses
    exact = doses[0] == doses[1]
    assert sigs.days_supply(directions, quantity) == DaysSupply(days, exact=exact)


def free(text: str) -> TimingAndDuration:
    return TimingAndDuration(clarifying_text=text)


NO_DOSE: list[tuple[Sig, str]] = [
    # how often is said in two ways
    (sig(step(TABLET, times("1"), every("2", "day"))), "timing"),
    (sig(step(TABLET, times("1"), at("morning"), at("bedtime"))), "timing"),
    (sig(step(TABLET, times("2"), at("bedtime"))), "timing"),
    (sig(step(TABLET, times("1", "week"), at("morning"), at("bedtime"))), "timing"),
    (sig(step(TABLET, at("morning"), at("breakfast", "with"))), "timing"),
    (sig(step(TABLET, times("2"), at("noon"), at("lunch"))), "timing"),
    (sig(step(TABLET, at("morning", "every other"))), "timing"),
    (sig(step(TABLET, times("1"), at("sunrise"))), "timing"),
    (sig(step(TABLET, at("morning"), at("meal", "with"))), "timing"),
    (sig(step(TABLET, every("1"), lasting("2", "hour"))), "timing"),
    (sig(step(TABLET, times("0"))), "timing"),
    # or not at all
    (sig(step(TABLET, indications=(needed(),))), "timing"),
    (sig(step(TABLET, times("3")), maximum_doses=(MaximumDose(value="2", units=word("tablet")),)),
     "timing"),
    # how much
    (sig(step(dose("0", "tablet"), times("1"))), "dose"),
    (sig(step(dose("1/2", "tablet"), times("1"))), "dose"),
    (sig(step(dose("2-1", "tablet"), times("1"))), "dose"),
    (sig(step(dose("1", "tablet", calculation=DoseCalculation(basis=("5",))), times("1"))), "dose"),
    (sig(step(dose("1", "drop", "Instill", "ophthalmic", word("both eyes")), times("4"))), "dose"),
    (sig(step(dose("1", "drop", "Instill", "ophthalmic", word(None, "362508001")), times("4"))),
     "dose"),
    (sig(step(dose("1", "spray", "Spray", "each nostril"), times("2"))), "dose"),
    (sig(step(TABLET, every("4")), maximum_doses=(most("4"),)), "dose"),
    (sig(step(TABLET, every("4"), indications=(needed(),)),
         maximum_doses=(MaximumDose(value="few", duration_units=time("day")),)), "dose"),
    (sig(step(TABLET, every("4"), indications=(needed(),), maximum_doses=(most("3000", "mg"),))),
     "unit"),
    (sig(DAILY, step(dose("5", "mL"), times("1")), between="AND"), "unit"),
    # several instructions
    (sig(step(dose("4", "tablet"), times("1"), lasting("2")), step(TABLET, times("1")),
         between="THEN"), "several_instructions"),
    (sig(DAILY, DAILY, between="OR"), "several_instructions"),
    (sig(DAILY, DAILY, DAILY, between="AND"), "several_instructions"),
    (sig(DAILY, DAILY), "several_instructions"),
    (sig(step(dose("2", "tablet"), times("1"), lasting("5")),
         step(TABLET, times("1"), lasting("10")), between="AND"), "several_instructions"),
    (sig(step(dose("3", "tablet"), times("1")), step(dose("2", "tablet"), times("1")),
         between="AND", maximum_doses=(most("4"),)), "dose"),
    # words that may say anything
    (sig(step(TABLET, times("1"), free("every other day"))), "free_text"),
    (sig(DAILY, clarifying_text="increase to 2 tablets after one week"), "free_text"),
    (sig(step(dose("1", "drop", "Instill", "ophthalmic", site_text="each eye"), times("4"))),
     "free_text"),
    (sig(step(dose("1", "tablet", route_text="or rectally"), times("4"))), "free_text"),
    (sig(step(TABLET, times("4"), indication_text="for pain, not to exceed two a day")),
     "free_text"),
    (sig(step(TABLET, TimingAndDuration(timing=Timing(
        event=word("morning"), clarifying_text="on Mondays")))), "free_text"),
    (sig(step(TABLET, every("4"), indications=(needed(),), maximum_doses=(
        MaximumDose(value="4", units=word("tablet"), duration_units=time("day"),
                    clarifying_text="of all kinds"),))), "free_text"),
    # a code that says something else than its text
    (sig(step(TABLET, TimingAndDuration(interval=Interval(
        values=("8",), units=word("day", time("hour").code))))), "timing"),
]  # fmt: skip


@pytest.mark.parametrize(("directions", "reason"), NO_DOSE)
def test_what_does_not_follow(directions: Sig, reason: str) -> None:
    told = sigs.daily_dose(directions)
    assert isinstance(told, CannotTell)
    assert told.reason == reason
    assert sigs.days_supply(directions, TABLETS) == told


@pytest.mark.parametrize(
    ("directions", "quantity", "reason"),
    [
        (sig(step(TABLET, times("1"), lasting("1", "month"))), box("90", "tablet"), "timing"),
        (sig(step(TABLET, times("1"), lasting("5"), lasting("10"))), TABLETS, "timing"),
        (sig(step(TABLET, times("1"), lasting("2.5"))), TABLETS, "timing"),
        (sig(step(TABLET, times("1"), until("until the fever is gone"))), TABLETS, "free_text"),
        (sig(step(TABLET, times("1"), TimingAndDuration(duration_text="for 5 days"))), TABLETS,
         "free_text"),
        (sig(step(TABLET, times("1"), TimingAndDuration(stop_indicator=word(None, "1")))), TABLETS,
         "timing"),
        (sig(DAILY), box("30", "tablet", "QS"), "quantity"),
        (sig(step(UNITS, times("1"))), box("10", "mL"), "unit"),
        (sig(step(dose("1", "drop", "Instill", "ophthalmic"), times("4"))), box("5", "mL"), "unit"),
        (sig(step(dose("2", "puff", "Inhale", None), every("4-6"))), box("1", "each"), "unit"),
        (sig(step(dose("500", "mg"), times("2"))), box("60", "tablet"), "unit"),
    ],
)  # fmt: skip
def test_a_dose_can_be_told_where_the_days_cannot(
    directions: Sig, quantity: Quantity, reason: str
) -> None:
    assert isinstance(sigs.daily_dose(directions), DailyDose)
    told = sigs.days_supply(directions, quantity)
    assert isinstance(told, CannotTell)
    assert told.reason == reason


@pytest.mark.parametrize(
    ("directions", "english", "spanish"),
    [
        (sig(step(PATCH, every("72"))), "Apply 1 patch on the skin every 72 hours.",
         "Aplique 1 parche sobre la piel cada 72 horas."),
        (sig(step(UNITS, times("3"), at("meal", "before"))),
         "Inject 10 units under the skin 3 times daily before meals.",
         "Inyecte 10 unidades debajo de la piel 3 veces al día antes de las comidas."),
        (sig(step(TABLET, at("breakfast"), at("dinner"))),
         "Take 1 tablet by mouth with breakfast and with dinner.",
         "Tome 1 tableta por la boca con el desayuno y con la cena."),
        (sig(step(TABLET, at("morning"), at("breakfast"))),
         "Take 1 tablet by mouth in the morning with breakfast.",
         "Tome 1 tableta por la boca por la mañana con el desayuno."),
        (sig(step(TABLET, times("2"), until("until finished"))),
         "Take 1 tablet by mouth twice daily until finished.",
         "Tome 1 tableta por la boca dos veces al día hasta terminar."),
        (sig(step(dose("4", "tablet"), times("1"), lasting("2")),
             step(dose("2", "tablet"), times("1"), lasting("2")), between="THEN"),
         ("Take 4 tablets by mouth once daily for 2 days, "
          "then take 2 tablets by mouth once daily for 2 days."),
         ("Tome 4 tabletas por la boca una vez al día durante 2 días, "
          "después tome 2 tabletas por la boca una vez al día durante 2 días.")),
        (sig(step(dose("1", "drop", "Instill", "ophthalmic", word("left eye")), times("4"))),
         "Instill 1 drop in the eye (left eye) 4 times daily.",
         CannotTell("free_text", "left eye")),
        (sig(step(dose("1", "drop", "Instill", "ophthalmic", word(None, "1")), times("4"))),
         CannotTell("word", "SiteOfAdministration"), CannotTell("word", "SiteOfAdministration")),
        (sig(step(TABLET, times("1"), until("until seen again"))),
         "Take 1 tablet by mouth once daily until seen again.",
         CannotTell("free_text", "until seen again")),
        (sig(step(TABLET, times("1"), TimingAndDuration(duration_trigger=word(None, "1")))),
         CannotTell("word", "DurationTrigger"), CannotTell("word", "DurationTrigger")),
        (sig(DAILY, clarifying_text="with food"), "Take 1 tablet by mouth once daily. With food.",
         CannotTell("free_text", "with food")),
        (sig(DAILY, maximum_doses=(MaximumDose(value="2", units=word("tablets"),
                                               duration_units=time("day"),
                                               clarifying_text="of all brands"),)),
         ("Take 1 tablet by mouth once daily. "
          "Do not take more than 2 tablets in 1 day of all brands."),
         CannotTell("free_text", "of all brands")),
    ],
)  # fmt: skip
def test_in_plain_words(
    directions: Sig, english: str | CannotTell, spanish: str | CannotTell
) -> None:
    assert sigs.plain(directions, "en") == english
    assert sigs.plain(directions, "es") == spanish


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("steps", [(Instruction(),), (DAILY, Instruction())])
def test_an_instruction_that_says_nothing_has_no_words(
    steps: tuple[Instruction, ...], language: Literal["en", "es"]
) -> None:
    assert sigs.plain(sig(*steps, between="AND"), language) == CannotTell("word", "Instruction")


TEXTS = [
    ("Take 1 tablet by mouth twice daily", "1", "2", True),
    ("TAKE ONE TABLET BY MOUTH TWICE DAILY", "1", "2", True),
    ("Take a tablet 2 times a day", "1", "2", True),
    ("TK 1 T PO B.I.D.", "1", "2", True),
    ("Take 1/2 tablet twice daily", "0.5", "2", True),
    ("Take half a tablet twice daily", "0.5", "2", True),
    ("Take 1 1/2 tablets twice daily", "1.5", "2", True),
    ("Take 1-2 tablets three times a day", "1-2", "3", True),
    ("Take 10 mg (1 tablet) 4 times daily", "1", "4", True),
    ("Use as directed", "1", "2", True),
    ("Take 2 tablets by mouth twice daily", "1", "2", False),
    ("Take two tablets by mouth twice daily", "1", "2", False),
    ("Take 1 tablet by mouth once daily", "1", "3", False),
    ("Take 1 tablet by mouth three times daily", "1", "2", False),
    ("Take 1 tablet tid", "1", "2", False),
    ("Take 1/2 tablet twice daily", "1", "2", False),
    ("Take 1 tablet twice daily", "1-2", "2", False),
    ("Take 1/0 tablet", "1", "2", True),
]


@pytest.mark.parametrize(("text", "amount", "count", "agrees"), TEXTS)
def test_the_text_is_what_counts(text: str, amount: str, count: str, *, agrees: bool) -> None:
    directions = sig(step(dose(amount, "tablet"), times(count)), text=text)
    told = sigs.daily_dose(directions)
    if agrees:
        assert isinstance(told, DailyDose)
    else:
        assert told == CannotTell("text", text)
        assert sigs.days_supply(directions, TABLETS) == told


def test_the_text_speaks_for_every_instruction() -> None:
    steps = (DAILY, step(dose("2", "tablet"), at("bedtime")))
    both = sig(*steps, between="AND", text="1 tablet once daily and 2 at bedtime")
    assert isinstance(sigs.daily_dose(both), DailyDose)
    one = sig(*steps, between="AND", text="1 tablet once daily, and at bedtime")
    assert isinstance(sigs.daily_dose(one), CannotTell)
