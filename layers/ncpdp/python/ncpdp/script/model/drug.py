"""The product, how much of it, and how it is to be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ncpdp.codes import DEA_SCHEDULE, QUANTITY_LIST
from ncpdp.script.fields import leaf, leaves, parts

if TYPE_CHECKING:
    from ncpdp.script.model.instruction import Indication, Instruction, MaximumDose

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugCoded:
    """The product: `product_code` is an NDC where the qualifier is ND, RxNorm is `drug_db_code`.

    The strength of a combination is no number: `10-325`.
    """

    product_code: str | None = leaf("ProductCode/Code")
    product_code_qualifier: str | None = leaf("ProductCode/Qualifier")
    strength_value: str | None = leaf("Strength/StrengthValue", numeric="free")
    strength_form_code: str | None = leaf("Strength/StrengthForm/Code")
    strength_unit_code: str | None = leaf("Strength/StrengthUnitOfMeasure/Code")
    drug_db_code: str | None = leaf("DrugDBCode/Code")
    drug_db_code_qualifier: str | None = leaf("DrugDBCode/Qualifier")
    dea_schedule_code: str | None = leaf("DEASchedule/Code", codes=DEA_SCHEDULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How much; list qualifier 38 original quantity, QS sufficient; the unit is an NCIt code.

    On a transfer there are three: 38 original, 40 remaining, QT transferred.
    """

    value: str | None = leaf("Value", numeric="decimal")
    code_list_qualifier: str | None = leaf("CodeListQualifier", codes=QUANTITY_LIST)
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
    coagent_code: str | None = leaf("CoAgent/CoAgentCode/Code")
    coagent_qualifier: str | None = leaf("CoAgent/CoAgentCode/Qualifier")
    coagent_description: str | None = leaf("CoAgent/CoAgentCode/Description")
    clinical_significance_code: str | None = leaf("ClinicalSignificanceCode")
    acknowledgement_reason: str | None = leaf("AcknowledgementReason", length_max=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sig:
    """The directions: the text always counts; `instructions` say the same in codes.

    `multiple_instruction_modifiers` are the words between the instructions: AND, THEN, OR.
    """

    text: str | None = leaf("SigText", length_max=1000)
    snomed_version: str | None = leaf("CodeSystem/SNOMEDVersion")
    fmt_version: str | None = leaf("CodeSystem/FMTVersion")
    instructions: tuple[Instruction, ...] = parts(
        "instruction:Instruction", "Instruction", group="instruction"
    )
    multiple_instruction_modifiers: tuple[str, ...] = leaves(
        "MultipleInstructionModifier", group="instruction"
    )
    indications: tuple[Indication, ...] = parts("instruction:Indication", "IndicationForUse")
    maximum_doses: tuple[MaximumDose, ...] = parts(
        "instruction:MaximumDose", "MaximumDoseRestriction"
    )
    clarifying_text: str | None = leaf("ClarifyingFreeText")
