"""Why it is asked: prior authorization (12), diagnoses (13), documents (14), narrative (16)."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.telecom import parts as d0
from ncpdp.telecom.parts import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorAuthorization(Part):
    """What is asked of a prior authorization; type 1 initial, 2 reauthorization, 3 deferred."""

    request_type: str | None = d0.text("PA", 1)
    begins: str | None = d0.day("PB")
    ends: str | None = d0.day("PC")
    basis: str | None = d0.text("PD", 2)
    representative_first_name: str | None = d0.text("PE", 12)
    representative_last_name: str | None = d0.text("PF", 15)
    representative_street: str | None = d0.text("PG", 30)
    representative_city: str | None = d0.text("PH", 20)
    representative_state: str | None = d0.text("PJ", 2)
    representative_postal_code: str | None = d0.text("PK", 15)
    assigned_number: str | None = d0.text("PY", 11)
    authorization_number: str | None = d0.text("F3", 20)
    supporting_text: str | None = d0.text("PP", 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisEntry(Part):
    """Qualifier 02 is ICD-10-CM."""

    qualifier: str | None = d0.text("WE", 2)
    code: str | None = d0.text("DO", 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Part):
    date: str | None = d0.day("ZE")
    time: str | None = d0.text("H1", 4)
    dimension: str | None = d0.text("H2", 2)
    unit: str | None = d0.text("H3", 2)
    value: str | None = d0.text("H4", 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinical(Part):
    diagnoses: tuple[DiagnosisEntry, ...] = d0.counted(DiagnosisEntry, "VE", items_max=5)
    measurements: tuple[Measurement, ...] = d0.numbered(Measurement, "XE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Part):
    number: str | None = d0.text("4B", 3)
    percent: str | None = d0.text("4D", 5)
    date: str | None = d0.day("4G")
    amount_minor: int | None = d0.money("4H")
    numeric: str | None = d0.text("4J", 11)
    words: str | None = d0.text("4K", 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation(Part):
    """Answers to a form that goes with a claim."""

    type: str | None = d0.text("2Q", 3)
    begins: str | None = d0.day("2V")
    revised: str | None = d0.day("2W")
    status: str | None = d0.text("2U", 1)
    need_qualifier: str | None = d0.text("2S", 2)
    need_length: str | None = d0.text("2R", 3)
    signed: str | None = d0.day("2T")
    supporting_text: str | None = d0.text("2X", 65)
    questions: tuple[Question, ...] = d0.counted(Question, "2Z", digits=2, items_max=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative(Part):
    message: str | None = d0.text("BM", 200)
