"""NCPDP SCRIPT: prescriptions and what is said about them, in XML."""

from __future__ import annotations

from ncpdp.script.envelope import parse_script
from ncpdp.script.model.bodies import (
    Approval,
    Body,
    CancelRx,
    CancelRxResponse,
    Denial,
    Error,
    NewRx,
    OtherBody,
    Status,
    Verify,
)
from ncpdp.script.model.clinical import Allergies, Allergy, Coded, Diagnosis, DiagnosisCode
from ncpdp.script.model.contact import Address, Contact, Name, Phone
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.header import DigitalSignature, Endpoint, Header, SenderSoftware
from ncpdp.script.model.medication import DrugCoded, DrugUse, Medication, Quantity, Sig
from ncpdp.script.model.message import ScriptMessage
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber
from ncpdp.script.model.version import Version
from ncpdp.script.rendering import convert, write_script
from ncpdp.script.replies import cancel_response, reply_error, reply_status, reply_verify

__all__ = [
    "Address",
    "Allergies",
    "Allergy",
    "Approval",
    "Benefits",
    "Body",
    "CancelRx",
    "CancelRxResponse",
    "Coded",
    "Contact",
    "Denial",
    "Diagnosis",
    "DiagnosisCode",
    "DigitalSignature",
    "DrugCoded",
    "DrugUse",
    "Endpoint",
    "Error",
    "Facility",
    "Header",
    "Medication",
    "Name",
    "NewRx",
    "OtherBody",
    "Patient",
    "Pharmacy",
    "Phone",
    "Prescriber",
    "Quantity",
    "ScriptMessage",
    "SenderSoftware",
    "Sig",
    "Status",
    "Verify",
    "Version",
    "cancel_response",
    "convert",
    "parse_script",
    "reply_error",
    "reply_status",
    "reply_verify",
    "write_script",
]
