"""The drug as the message states it; whether it suits the patient is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.script.checking.places import Place
    from ncpdp.script.model.bodies import NewRx
    from ncpdp.script.model.header import Header
    from ncpdp.script.model.medication import Medication

ICD_10 = "ABF"


def medication(value: Medication, place: Place) -> Iterator[Finding]:
    """NDC, quantity, days' supply, substitution code and diagnoses."""
    yield from _ndc(value, place)
    yield from _quantity(value, place)
    if not value.days_supply:
        words = "The days' supply is missing."
        yield place.step("days_supply").error("days_supply.missing", None, words)
    if value.substitutions not in {None, "0", "1"}:
        words = "Substitutions is 0 or 1."
        yield place.step("substitutions").error("substitutions.code", value.substitutions, words)
    for index, diagnosis in enumerate(value.diagnoses):
        for attribute in ("primary", "secondary"):
            coded = getattr(diagnosis, attribute)
            if coded and coded.qualifier == ICD_10 and not identifiers.is_icd10cm(coded.code or ""):
                here = place.step("diagnoses", index).step(attribute).step("code")
                yield here.error("icd10.malformed", coded.code, "This is not an ICD-10-CM code.")


def controlled(body: NewRx, header: Header, place: Place) -> Iterator[Finding]:
    """A scheduled drug needs a DEA number and a signature, and no refills on schedule II."""
    drug = body.medication
    if drug is None or drug.dea_schedule is None:
        return
    if body.prescriber and not body.prescriber.dea_number:
        here = place.step("prescriber").step("dea_number")
        yield here.error("dea.missing", None, "A controlled substance needs a DEA number.")
    if not header.is_signed:
        words = "A controlled substance needs the digital signature indicator."
        yield Finding(
            "epcs.signature_missing",
            "error",
            "Header/DigitalSignature",
            None,
            words,
            "/header/digital_signature",
        )
    if drug.dea_schedule == "CII" and drug.refills:
        here = place.step("medication").step("number_of_refills")
        words = "A schedule II drug has no refills."
        yield here.error("refills.not_allowed", drug.number_of_refills, words)


def _ndc(value: Medication, place: Place) -> Iterator[Finding]:
    if value.ndc is None:
        yield place.step("drug").finding("ndc.absent", "info", None, "No NDC was sent.")
        return
    problem = identifiers.ndc_problem(value.ndc)
    if problem:
        code = "ndc.ambiguous" if problem == "ambiguous" else "ndc.malformed"
        here = place.step("drug").step("product_code")
        yield here.error(code, value.ndc, "The NDC cannot be brought to eleven digits.")


def _quantity(value: Medication, place: Place) -> Iterator[Finding]:
    quantity = value.quantity
    if quantity is None or quantity.code_list_qualifier == "QS":
        return
    amount = quantity.amount
    if amount is None or amount <= 0:
        here = place.step("quantity").step("value")
        yield here.error("quantity.not_positive", quantity.value, "The quantity is not above zero.")
