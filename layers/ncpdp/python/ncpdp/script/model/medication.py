"""The drug: prescribed, dispensed, requested or answered, all in one shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ncpdp.codes import SCHEDULE_BY_NCIT
from ncpdp.dates import day
from ncpdp.script.fields import leaf, leaves, moment, part, parts
from ncpdp.script.model.clinical import Diagnosis

if TYPE_CHECKING:
    from datetime import date

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_COUNT = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugCoded:
    """The product: `product_code` is an NDC where the qualifier is ND, RxNorm is `drug_db_code`."""

    product_code: str | None = leaf("ProductCode/Code")
    product_code_qualifier: str | None = leaf("ProductCode/Qualifier")
    strength_value: str | None = leaf("Strength/StrengthValue", numeric=True)
    strength_form_code: str | None = leaf("Strength/StrengthForm/Code")
    strength_unit_code: str | None = leaf("Strength/StrengthUnitOfMeasure/Code")
    drug_db_code: str | None = leaf("DrugDBCode/Code")
    drug_db_code_qualifier: str | None = leaf("DrugDBCode/Qualifier")
    dea_schedule_code: str | None = leaf("DEASchedule/Code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How much; list qualifier 38 original quantity, QS sufficient; the unit is an NCIt code."""

    value: str | None = leaf("Value", numeric=True)
    code_list_qualifier: str | None = leaf("CodeListQualifier")
    unit_code: str | None = leaf("QuantityUnitOfMeasure/Code")

    @property
    def amount(self) -> Decimal | None:
        """The number, or None when a plain one was not sent."""
        return Decimal(self.value or "") if _NUMBER.fullmatch(self.value or "") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugUse:
    """A drug-use evaluation: reason, service and result codes (see telecom E4, E5, E6)."""

    service_reason_code: str | None = leaf("ServiceReasonCode")
    professional_service_code: str | None = leaf("ProfessionalServiceCode")
    service_result_code: str | None = leaf("ServiceResultCode")
    acknowledgement_reason: str | None = leaf("AcknowledgementReason", length_max=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sig:
    """The directions as text; a structured instruction is kept in the source."""

    text: str | None = leaf("SigText", length_max=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """Substitutions 0 allowed, 1 dispense as written; refills do not count the first fill."""

    drug_description: str | None = leaf("DrugDescription", length_max=105)
    drug: DrugCoded | None = part(DrugCoded, "DrugCoded")
    quantity: Quantity | None = part(Quantity, "Quantity")
    days_supply: str | None = leaf("DaysSupply", numeric=True)
    written_date: str | None = moment("WrittenDate")
    last_fill_date: str | None = moment("LastFillDate")
    substitutions: str | None = leaf("Substitutions", numeric=True)
    number_of_refills: str | None = leaf("NumberOfRefills", numeric=True)
    diagnoses: tuple[Diagnosis, ...] = parts(Diagnosis, "Diagnosis")
    prior_authorization: str | None = leaf("PriorAuthorization")
    note: str | None = leaf("Note", length_max=210)
    drug_use: tuple[DrugUse, ...] = parts(DrugUse, "DrugUseEvaluation")
    sig: Sig | None = part(Sig, "Sig")
    rx_fill_indicators: tuple[str, ...] = leaves("RxFillIndicator")
    pharmacy_requested_refills: str | None = leaf("PharmacyRequestedRefills", numeric=True)

    @property
    def ndc(self) -> str | None:
        """The NDC as sent, or None when no NDC was sent."""
        coded = self.drug
        return coded.product_code if coded and coded.product_code_qualifier == "ND" else None

    @property
    def dea_schedule(self) -> str | None:
        """CII, CIII, CIV or CV; None for an unscheduled drug or an unknown code."""
        return SCHEDULE_BY_NCIT.get((self.drug and self.drug.dea_schedule_code) or "")

    @property
    def sig_text(self) -> str | None:
        return self.sig.text if self.sig else None

    @property
    def days(self) -> int | None:
        return _count(self.days_supply)

    @property
    def refills(self) -> int | None:
        return _count(self.number_of_refills)

    @property
    def written_on(self) -> date | None:
        return day(self.written_date)

    @property
    def is_dispense_as_written(self) -> bool:
        return self.substitutions == "1"


def _count(text: str | None) -> int | None:
    return int(text) if _COUNT.fullmatch(text or "") and text else None
