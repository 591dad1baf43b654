"""NCPDP SCRIPT: prescriptions and what is said about them, in XML.

One room per family of messages; nothing is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncpdp.script.changes import change_request, change_response
    from ncpdp.script.converting import Change, Conversion, conversion, convert
    from ncpdp.script.envelope import parse_script
    from ncpdp.script.fills import rx_fill
    from ncpdp.script.model.allergies import Allergen, Allergy, Coded, Measurement, Observation
    from ncpdp.script.model.answers import Approval, Denial, FillNote
    from ncpdp.script.model.bodies import MESSAGE_TYPES, Body, OtherBody
    from ncpdp.script.model.change import RxChangeRequest, RxChangeResponse, Validation
    from ncpdp.script.model.clinical import Allergies, Diagnosis, DiagnosisCode
    from ncpdp.script.model.contact import Address, Contact, Name, Phone
    from ncpdp.script.model.coverage import Benefits
    from ncpdp.script.model.drug import DrugCoded, DrugUse, Quantity, Sig
    from ncpdp.script.model.enveloped import (
        Census,
        DrugAdministration,
        Enveloped,
        PAAppealRequest,
        PAAppealResponse,
        PACancelRequest,
        PACancelResponse,
        PAInitiationRequest,
        PAInitiationResponse,
        PANotification,
        PARequest,
        PAResponse,
        Recertification,
        REMSInitiationRequest,
        REMSInitiationResponse,
        REMSRequest,
        REMSResponse,
        Resupply,
    )
    from ncpdp.script.model.extras import (
        Compound,
        DiabeticSupply,
        Ingredient,
        OtherDate,
        PatientNote,
    )
    from ncpdp.script.model.fill import RxFill, RxFillIndicatorChange
    from ncpdp.script.model.header import DigitalSignature, Endpoint, Header, SenderSoftware
    from ncpdp.script.model.history import RxHistoryRequest, RxHistoryResponse
    from ncpdp.script.model.instruction import (
        Dosage,
        DoseAdministration,
        DoseCalculation,
        Duration,
        Frequency,
        Indication,
        Instruction,
        Interval,
        MaximumDose,
        SigCode,
        Timing,
        TimingAndDuration,
    )
    from ncpdp.script.model.medication import Medication
    from ncpdp.script.model.message import ScriptMessage
    from ncpdp.script.model.people import Facility, Patient, Pharmacy
    from ncpdp.script.model.persons import Agent, AlternateContact, Pharmacist
    from ncpdp.script.model.prescriber import Prescriber
    from ncpdp.script.model.prescribing import (
        CancelRx,
        CancelRxResponse,
        NewRx,
        NewRxRequest,
        NewRxResponseDenied,
    )
    from ncpdp.script.model.renewal import RxRenewalRequest, RxRenewalResponse
    from ncpdp.script.model.transfer import (
        RxTransferConfirm,
        RxTransferRequest,
        RxTransferResponse,
        pharmacy_of,
    )
    from ncpdp.script.model.transport import Error, GetMessage, Status, Verify
    from ncpdp.script.model.version import Version
    from ncpdp.script.rendering import write_script
    from ncpdp.script.renewals import renewal_request, renewal_response
    from ncpdp.script.replies import cancel_response, reply_error, reply_status, reply_verify
    from ncpdp.script.transfers import (
        transfer_confirm,
        transfer_request,
        transfer_response,
        transferred,
    )

__all__ = [
    "MESSAGE_TYPES",
    "Address",
    "Agent",
    "Allergen",
    "Allergies",
    "Allergy",
    "AlternateContact",
    "Approval",
    "Benefits",
    "Body",
    "CancelRx",
    "CancelRxResponse",
    "Census",
    "Change",
    "Coded",
    "Compound",
    "Contact",
    "Conversion",
    "Denial",
    "DiabeticSupply",
    "Diagnosis",
    "DiagnosisCode",
    "DigitalSignature",
    "Dosage",
    "DoseAdministration",
    "DoseCalculation",
    "DrugAdministration",
    "DrugCoded",
    "DrugUse",
    "Duration",
    "Endpoint",
    "Enveloped",
    "Error",
    "Facility",
    "FillNote",
    "Frequency",
    "GetMessage",
    "Header",
    "Indication",
    "Ingredient",
    "Instruction",
    "Interval",
    "MaximumDose",
    "Measurement",
    "Medication",
    "Name",
    "NewRx",
    "NewRxRequest",
    "NewRxResponseDenied",
    "Observation",
    "OtherBody",
    "OtherDate",
    "PAAppealRequest",
    "PAAppealResponse",
    "PACancelRequest",
    "PACancelResponse",
    "PAInitiationRequest",
    "PAInitiationResponse",
    "PANotification",
    "PARequest",
    "PAResponse",
    "Patient",
    "PatientNote",
    "Pharmacist",
    "Pharmacy",
    "Phone",
    "Prescriber",
    "Quantity",
    "REMSInitiationRequest",
    "REMSInitiationResponse",
    "REMSRequest",
    "REMSResponse",
    "Recertification",
    "Resupply",
    "RxChangeRequest",
    "RxChangeResponse",
    "RxFill",
    "RxFillIndicatorChange",
    "RxHistoryRequest",
    "RxHistoryResponse",
    "RxRenewalRequest",
    "RxRenewalResponse",
    "RxTransferConfirm",
    "RxTransferRequest",
    "RxTransferResponse",
    "ScriptMessage",
    "SenderSoftware",
    "Sig",
    "SigCode",
    "Status",
    "Timing",
    "TimingAndDuration",
    "Validation",
    "Verify",
    "Version",
    "cancel_response",
    "change_request",
    "change_response",
    "conversion",
    "convert",
    "parse_script",
    "pharmacy_of",
    "renewal_request",
    "renewal_response",
    "reply_error",
    "reply_status",
    "reply_verify",
    "rx_fill",
    "transfer_confirm",
    "transfer_request",
    "transfer_response",
    "transferred",
    "write_script",
]
_ROOMS = {
    "changes": "change_request change_response",
    "converting": "Change Conversion conversion convert",
    "envelope": "parse_script",
    "fills": "rx_fill",
    "model.allergies": "Allergen Allergy Coded Measurement Observation",
    "model.answers": "Approval Denial FillNote",
    "model.bodies": "Body MESSAGE_TYPES OtherBody",
    "model.change": "RxChangeRequest RxChangeResponse Validation",
    "model.clinical": "Allergies Diagnosis DiagnosisCode",
    "model.contact": "Address Contact Name Phone",
    "model.coverage": "Benefits",
    "model.drug": "DrugCoded DrugUse Quantity Sig",
    "model.enveloped": "Census DrugAdministration Enveloped PAAppealRequest PAAppealResponse "
    "PACancelRequest PACancelResponse PAInitiationRequest PAInitiationResponse PANotification "
    "PARequest PAResponse REMSInitiationRequest REMSInitiationResponse REMSRequest REMSResponse "
    "Recertification Resupply",
    "model.extras": "Compound DiabeticSupply Ingredient OtherDate PatientNote",
    "model.fill": "RxFill RxFillIndicatorChange",
    "model.header": "DigitalSignature Endpoint Header SenderSoftware",
    "model.history": "RxHistoryRequest RxHistoryResponse",
    "model.instruction": "Dosage DoseAdministration DoseCalculation Duration Frequency Indication "
    "Instruction Interval MaximumDose SigCode Timing TimingAndDuration",
    "model.medication": "Medication",
    "model.message": "ScriptMessage",
    "model.people": "Facility Patient Pharmacy",
    "model.persons": "Agent AlternateContact Pharmacist",
    "model.prescriber": "Prescriber",
    "model.prescribing": "CancelRx CancelRxResponse NewRx NewRxRequest NewRxResponseDenied",
    "model.renewal": "RxRenewalRequest RxRenewalResponse",
    "model.transfer": "RxTransferConfirm RxTransferRequest RxTransferResponse pharmacy_of",
    "model.transport": "Error GetMessage Status Verify",
    "model.version": "Version",
    "rendering": "write_script",
    "renewals": "renewal_request renewal_response",
    "replies": "cancel_response reply_error reply_status reply_verify",
    "transfers": "transfer_confirm transfer_request transfer_response transferred",
}
_WHERE = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(name)
    value = getattr(import_module(f"ncpdp.script.{_WHERE[name]}"), name)
    globals()[name] = value
    return value
