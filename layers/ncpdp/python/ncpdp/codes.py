"""Code lists: only what stands in openly licensed messages and public rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of one field with their words, and what `check` says about any other code."""

    words: Mapping[str, str]
    finding: str = "code.unknown"
    severity: Literal["error", "warning"] = "error"

    def __contains__(self, code: str) -> bool:
        return code in self.words


SCHEDULE_BY_NCIT = {
    "C48672": "CI",
    "C48675": "CII",
    "C48676": "CIII",
    "C48677": "CIV",
    "C48679": "CV",
}
NCIT_BY_SCHEDULE = {schedule: code for code, schedule in SCHEDULE_BY_NCIT.items()}
NCIT_UNSCHEDULED = "C38046"

# NCI Thesaurus codes of the units a quantity or a dose is counted in.
DOSAGE_UNITS = {
    "C48542": "tablet",
    "C48480": "capsule",
    "C28254": "mL",
    "C28253": "mg",
    "C48155": "g",
    "C48152": "mcg",
    "C44278": "unit",
    "C64933": "each",
    "C64696": "caplet",
    "C48524": "patch",
    "C48539": "suppository",
    "C48521": "packet",
    "C48506": "lozenge",
    "C48548": "troche",
    "C48552": "wafer",
    "C69124": "gum",
    "C48491": "drop",
    "C48537": "spray",
    "C65060": "puff",
    "C48501": "inhalation",
    "C62412": "applicator",
    "C54564": "blister",
    "C53499": "film",
    "C48499": "implant",
    "C62276": "insert",
    "C48504": "kit",
    "C120263": "lancet",
    "C120216": "pen needle",
    "C65032": "pad",
    "C62609": "ring",
    "C53502": "sponge",
    "C53503": "stick",
    "C48538": "strip",
    "C53504": "swab",
    "C48540": "syringe",
    "C48551": "vial",
    "C48473": "ampule",
    "C48477": "bottle",
    "C48481": "cartridge",
}
NCIT_BY_UNIT = {unit.lower(): code for code, unit in DOSAGE_UNITS.items()}

STATUS_CODES = ("000", "001", "002", "003", "005", "010")
ERROR_CODES = ("600", "601", "602", "700", "900")
VERIFY_CODE = "010"
QUALIFIERS = ("P", "D", "C", "M", "PY", "REMS", "DIRECT", "ZZZ")
QUALIFIER = CodeList(
    {
        "P": "pharmacy",
        "D": "prescriber",
        "C": "clinic",
        "M": "mailbox",
        "PY": "payer",
        "REMS": "REMS administrator",
        "DIRECT": "Direct address",
        "ZZZ": "as both sides have agreed",
    },
    "qualifier.code",
    "warning",
)
STATUS = CodeList(
    {
        "000": "taken over for delivery",
        "001": "delivered to the receiver's mailbox",
        "002": "no more messages",
        "003": "no message available",
        "005": "taken over, the receiver's answer is awaited",
        "010": "accepted by the receiver",
    },
    "answer.code",
)
ERROR = CodeList(
    {
        "600": "communication problem, try again later",
        "601": "the receiver cannot process",
        "602": "the receiver's system is in trouble",
        "700": "configuration error",
        "900": "the message was refused",
    },
    "answer.code",
)
VERIFY = CodeList({VERIFY_CODE: "taken in by the receiver"}, "answer.code")
MESSAGE_REQUEST = CodeList(
    {
        "G": "generic substitution",
        "T": "therapeutic interchange",
        "P": "prior authorization",
        "D": "drug use evaluation",
        "S": "script clarification",
        "OS": "out of stock",
        "U": "prescriber authorization",
    }
)
URGENCY = CodeList({"S": "stat", "X": "expedited"})
CHANGE_OF_STATUS = CodeList({"C": "cancel", "D": "discontinue"})
SUBSTITUTIONS = CodeList({"0": "allowed", "1": "dispense as written"}, "substitutions.code")
PAYER_RESPONSIBILITY = CodeList({"P": "primary", "S": "secondary", "T": "tertiary", "U": "unknown"})
PATIENT_RELATIONSHIP = CodeList({"1": "self", "2": "spouse", "3": "child", "4": "other"})
NEW_GENDERS = frozenset({"N", "X"})  # from 2023011 on
GENDER = CodeList({"M": "male", "F": "female", "U": "unknown", "N": "non-binary", "X": "other"})
CLINICAL_INFORMATION = CodeList(
    {"1": "by the prescriber", "2": "inferred by the pharmacy"}, severity="warning"
)
YES_NO = CodeList({"Y": "yes", "N": "no"})
PATIENT_KIND = CodeList({"NonHumanPatient": "an animal"})
PRESCRIBER_KIND = CodeList({"Veterinarian": "treats animals"})
CHECKED_REMS = CodeList(
    {
        "A": "checked, the prescriber's part is done",
        "B": "checked, the prescriber's part is not yet done",
        "N": "not checked",
    }
)
TO_PHARMACY = "TRANSFER TO PHARMACY"
FROM_PHARMACY = "TRANSFER FROM PHARMACY"
TRANSFER_TYPE = CodeList(
    {
        TO_PHARMACY: "the pharmacy that will fill it",
        FROM_PHARMACY: "the pharmacy that gives it up",
    }
)
TRANSFER_REQUEST = CodeList(
    {"ALL": "every prescription of the patient", "SPECIFIC": "the prescriptions that are named"}
)
ORIGINAL_QUANTITY, REMAINING_QUANTITY, TRANSFERRED_QUANTITY = "38", "40", "QT"
QUANTITY_LIST = CodeList(
    {
        ORIGINAL_QUANTITY: "original quantity",
        REMAINING_QUANTITY: "remaining quantity",
        TRANSFERRED_QUANTITY: "quantity transferred",
        "87": "quantity received",
        "QS": "quantity sufficient",
        "CF": "compound final quantity",
    },
    severity="warning",
)
DEA_SCHEDULE = CodeList({**SCHEDULE_BY_NCIT, NCIT_UNSCHEDULED: "not scheduled"}, severity="warning")
