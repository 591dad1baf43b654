"""A structured SIG in two languages, and what follows from it for a day and for a box."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp import sig as sigs
from ncpdp.script import (
    Dosage,
    DoseAdministration,
    Duration,
    Frequency,
    Indication,
    Instruction,
    Interval,
    MaximumDose,
    NewRx,
    Quantity,
    Sig,
    SigCode,
    Timing,
    TimingAndDuration,
)
from ncpdp.sig import CannotTell, DailyDose, DaysSupply

if TYPE_CHECKING:
    from collections.abc import Callable

TABLET = SigCode(text="tablet", qualifier="DoseUnitOfMeasure", code="C48542")
DAY = SigCode(text="day", code="258703001")
HOUR = SigCode(text="hour", code="258702006")
WEEK = SigCode(text="week", code="258705008")
ORAL = SigCode(text="oral route", code="26643006")
TAKE = SigCode(text="Take", code="419652001")
BOX = Quantity(value="30", code_list_qualifier="38", unit_code="C48542")


def one(*timings: TimingAndDuration, amounts: tuple[str, ...] = ("1",), **more: object) -> Sig:
    """A SIG with one instruction: so many tablets by mouth, at these times."""
    dosage = Dosage(
        quantities=amounts,
        units=(TABLET,) * len(amounts),
        range_modifiers=("TO",) if len(amounts) > 1 else (),
    )
    dose = DoseAdministration(method=TAKE, dosage=dosage, route=ORAL)
    return Sig(instructions=(Instruction(administration=dose, timings=timings),), **more)


def times(count: str, unit: SigCode = DAY) -> TimingAndDuration:
    return TimingAndDuration(frequency=Frequency(values=(count,), units=unit))


def every(*hours: str) -> TimingAndDuration:
    between = ("TO",) if len(hours) > 1 else ()
    return TimingAndDuration(interval=Interval(values=hours, modifiers=between, units=HOUR))


def at(event: str, modifier: str | None = None) -> TimingAndDuration:
    word = SigCode(text=modifier) if modifier else None
    return TimingAndDuration(timing=Timing(event=SigCode(text=event), modifier=word))


PAIN = Indication(precursor=SigCode(text="as needed for"), indication=SigCode(text="pain"))
LASTING = TimingAndDuration(duration=Duration(value="10", units=DAY))
AT_MOST_4 = MaximumDose(value="4", units=TABLET, duration_value="1", duration_units=DAY)

TOLD = [
    (one(times("1")), "Take 1 tablet by mouth once daily.",
     "Tome 1 tableta por la boca una vez al día.", (1, 1), 30),
    (one(times("2"), amounts=("0.5",)), "Take 0.5 tablet by mouth twice daily.",
     "Tome 0.5 tableta por la boca dos veces al día.", (1, 1), 30),
    (one(times("3")), "Take 1 tablet by mouth 3 times daily.",
     "Tome 1 tableta por la boca 3 veces al día.", (3, 3), 10),
    (one(times("1", WEEK)), "Take 1 tablet by mouth once weekly.",
     "Tome 1 tableta por la boca una vez a la semana.", (Fraction(1, 7), Fraction(1, 7)), 210),
    (one(every("6")), "Take 1 tablet by mouth every 6 hours.",
     "Tome 1 tableta por la boca cada 6 horas.", (4, 4), 7),
    (one(every("4", "6"), amounts=("1", "2")),
     "Take 1 to 2 tablets by mouth every 4 to 6 hours.",
     "Tome 1 a 2 tabletas por la boca cada 4 a 6 horas.", (4, 12), 2),
    (one(at("bedtime")), "Take 1 tablet by mouth at bedtime.",
     "Tome 1 tableta por la boca a la hora de acostarse.", (1, 1), 30),
    (one(at("morning"), at("bedtime")), "Take 1 tablet by mouth in the morning and at bedtime.",
     "Tome 1 tableta por la boca por la mañana y a la hora de acostarse.", (2, 2), 15),
    (one(times("2"), LASTING), "Take 1 tablet by mouth twice daily for 10 days.",
     "Tome 1 tableta por la boca dos veces al día durante 10 días.", (2, 2), 10),
    (one(every("4"), indications=(PAIN,), maximum_doses=(AT_MOST_4,)),
     ("Take 1 tablet by mouth every 4 hours as needed for pain. "
      "Do not take more than 4 tablets in 1 day."),
     ("Tome 1 tableta por la boca cada 4 horas según sea necesario para el dolor. "
      "No tome más de 4 tabletas en 1 día."), (0, 4), 7),
    (one(times("1"), at("breakfast", "before")),
     "Take 1 tablet by mouth once daily before breakfast.",
     "Tome 1 tableta por la boca una vez al día antes del desayuno.", (1, 1), 30),
]  # fmt: skip


@pytest.mark.parametrize(("sig", "english", "spanish", "doses", "days"), TOLD)
def test_what_the_codes_say(
    sig: Sig, english: str, spanish: str, doses: tuple[Fraction, Fraction], days: int
) -> None:
    least, most = doses
    assert sigs.plain(sig, "en") == english
    assert sigs.plain(sig, "es") == spanish
    dose = sigs.daily_dose(sig)
    assert isinstance(dose, DailyDose)
    assert (dose.minimum, dose.maximum, dose.unit) == (least, most, "tablet")
    assert sigs.days_supply(sig, BOX) == DaysSupply(days, exact=least == most)


UNTOLD = [
    (None, "no_structure"),
    (Sig(text="Take 1 tablet daily"), "no_structure"),
    (one(), "timing"),
    (one(times("1"), times("2")), "timing"),
    (one(at("meal", "with")), "timing"),
    (one(times("1", SigCode(text="month"))), "timing"),
    (one(times("1"), amounts=("one",)), "dose"),
    (Sig(instructions=(*one(times("1")).instructions, *one(times("2")).instructions),
         multiple_instruction_modifiers=("THEN",)), "several_instructions"),
    (Sig(instructions=(Instruction(),)), "dose"),
]  # fmt: skip


@pytest.mark.parametrize(("sig", "reason"), UNTOLD)
def test_nothing_is_guessed(sig: Sig | None, reason: str) -> None:
    dose, supply = sigs.daily_dose(sig), sigs.days_supply(sig, BOX)
    assert isinstance(dose, CannotTell)
    assert (dose.reason, supply) == (reason, dose)
    assert not dose


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [
        (None, "quantity"),
        (Quantity(code_list_qualifier="QS", unit_code="C48542"), "quantity"),
        (Quantity(value="30", unit_code="C28254"), "unit"),
        (Quantity(value="0.5", unit_code="C48542"), "less_than_a_day"),
    ],
)
def test_a_box_of_other_things_lasts_nobody_knows_how_long(
    quantity: Quantity | None, reason: str
) -> None:
    answer = sigs.days_supply(one(times("1")), quantity)
    assert isinstance(answer, CannotTell)
    assert answer.reason == reason


def test_instructions_that_go_together_add_up() -> None:
    morning, evening = one(at("morning")), one(at("evening"), amounts=("2",))
    sig = Sig(
        instructions=morning.instructions + evening.instructions,
        multiple_instruction_modifiers=("AND",),
    )
    dose = sigs.daily_dose(sig)
    assert isinstance(dose, DailyDose)
    assert dose.maximum == 3
    assert sigs.plain(sig) == (
        "Take 1 tablet by mouth in the morning, and take 2 tablets by mouth in the evening."
    )


def test_text_alone_is_repeated_but_not_translated() -> None:
    sig = Sig(text="Take 1 tablet daily")
    assert sigs.plain(sig) == "Take 1 tablet daily"
    assert sigs.plain(sig, "es") == CannotTell("no_structure")


@pytest.mark.parametrize(
    ("sig", "answer"),
    [
        (one(times("1"), clarifying_text="with water"), CannotTell("free_text", "with water")),
        (one(at("sunrise")), CannotTell("word", "sunrise")),
        (one(times("1"), indications=(Indication(indication=SigCode(text="gout")),)),
         CannotTell("word", "gout")),
    ],
)  # fmt: skip
def test_spanish_never_mixes_in_english(sig: Sig, answer: CannotTell) -> None:
    assert sigs.plain(sig, "es") == answer


MESSAGE_SIG = b"""<SigText>Take 1 tablet by mouth once daily at bedtime</SigText>
<CodeSystem><SNOMEDVersion>20170131</SNOMEDVersion><FMTVersion>16.03d</FMTVersion></CodeSystem>
<Instruction><DoseAdministration>
<DoseDeliveryMethod><Text>Take</Text><Qualifier>SNOMED</Qualifier>
<Code>419652001</Code></DoseDeliveryMethod>
<Dosage><DoseQuantity>1</DoseQuantity><DoseUnitOfMeasure><Text>tablet</Text>
<Qualifier>DoseUnitOfMeasure</Qualifier><Code>C48542</Code></DoseUnitOfMeasure></Dosage>
<RouteOfAdministration><Text>oral route</Text><Qualifier>SNOMED</Qualifier>
<Code>26643006</Code></RouteOfAdministration>
</DoseAdministration>
<TimingAndDuration><AdministrationTiming><AdministrationTimingEvent><Text>bedtime</Text>
<Qualifier>SNOMED</Qualifier><Code>21029003</Code></AdministrationTimingEvent></AdministrationTiming></TimingAndDuration>
</Instruction>"""


def test_from_the_message(sample: Callable[[str], bytes]) -> None:
    head, _, rest = sample("newrx").partition(b"<SigText>")
    data = head + MESSAGE_SIG + rest.partition(b"</SigText>")[2]
    message = ncpdp.parse(data)
    assert isinstance(message, ncpdp.script.ScriptMessage)
    assert isinstance(message.body, NewRx)
    drug = message.body.medication
    assert drug
    assert ncpdp.check(message) == []
    assert sigs.plain(drug.sig, "es") == "Tome 1 tableta por la boca a la hora de acostarse."
    assert sigs.days_supply(drug.sig, drug.quantity) == DaysSupply(30, exact=True)
    assert ncpdp.parse(ncpdp.write(ncpdp.from_json(ncpdp.to_json(message)))) == message
