"""What 10.6 calls otherwise (medium confidence); it is read, never written."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from ncpdp.script.texts import has_elements, said

_RENAMED = {
    "State": "StateProvince",
    "ZipCode": "PostalCode",
    "StoreName": "BusinessName",
    "BINLocationNumber": "IINNumber",
    "RefillRequest": "RxRenewalRequest",
    "RefillResponse": "RxRenewalResponse",
    "DenialReasonCode": "ReasonCode",
    "ApprovalReasonCode": "ReasonCode",
    "ChangeofPrescriptionStatusFlag": "ChangeOfPrescriptionStatusFlag",
    "SSN": "SocialSecurity",
}
_FILL_STATUSES = {
    "Filled": "Dispensed",
    "PartialFill": "PartiallyDispensed",
    "NotFilled": "NotDispensed",
}
_NUMBERS = {
    "TE": "PrimaryTelephone",
    "FX": "Fax",
    "HP": "HomeTelephone",
    "WP": "WorkTelephone",
    "BN": "Beeper",
}
_IN_MEDICATION = ("MedicationPrescribed", "MedicationDispensed", "MedicationRequested")
# Code lists that the later versions do not name any more.
DROPPED = frozenset({"UnitSourceCode", "FormSourceCode", "StrengthSourceCode"})
# These stand one level higher in the later versions.
_IN_REQUEST = {
    "ChangeRequestType": "MessageRequestCode",
    "ChangeOfPrescriptionStatusFlag": "ChangeOfPrescriptionStatusFlag",
}
# Dates that the later versions have in one element, with the name as their qualifier.
_DATES = ("EffectiveDate", "ExpirationDate", "PeriodEnd", "DeliveredOnDate", "DateValidated")
_NAME = ("LastName", "FirstName", "MiddleName", "Suffix", "Prefix")
_PLAIN_REFILLS = ("R", "P", None)


def to_model_shape(root: Element) -> None:
    """Rename and regroup, in place, what the later versions have elsewhere."""
    for element in list(root.iter()):
        tag = element.tag
        for child in [child for child in element if child.tag in DROPPED]:
            element.remove(child)
        if tag in _RENAMED:
            element.tag = _RENAMED[tag]
        elif tag in _STEPS:
            _STEPS[tag](element)
    for element in root.findall("Body/RxRenewalResponse/MedicationPrescribed"):
        element.tag = "MedicationResponse"
    for element in root.findall("Body/RxRenewalRequest/MedicationDispensed/NumberOfRefills"):
        element.tag = "PharmacyRequestedRefills"
    for body in root.findall("Body/*"):
        _request(body)


def dropped(parent: Element, child: Element) -> str | None:
    """In words, why an element has no place in the later versions, if it has none."""
    if child.tag in DROPPED:
        return "The later versions do not name this code list."
    if parent.tag == "Refills" and child.tag == "Qualifier" and said(child) not in _PLAIN_REFILLS:
        return "The later versions have the number of refills only."
    if parent.tag == "PriorAuthorization" and child.tag == "Qualifier":
        return "The later versions have the number of the prior authorization only."
    return None


def _rename(parent: Element, old: str, new: str) -> None:
    child = parent.find(old)
    if child is not None:
        child.tag = new


def _wrap_all(element: Element, tag: str) -> None:
    if element.find(tag) is None:
        wrapper = Element(tag)
        wrapper.extend(list(element))
        element[:] = [wrapper]


def _request(body: Element) -> None:
    """The kind of a change, out of its Request element."""
    request = body.find("Request")
    for old, new in _IN_REQUEST.items():
        child = None if request is None else request.find(old)
        if request is not None and child is not None and body.find(new) is None:
            request.remove(child)
            child.tag = new
            body.insert(list(body).index(request), child)


def _named(element: Element) -> None:
    """The parts of a name into an element of their own."""
    parts = [child for child in element if child.tag in _NAME]
    if parts and element.find("Name") is None:
        name = Element("Name")
        element.insert(list(element).index(parts[0]), name)
        for part in parts:
            element.remove(part)
        name.extend(parts)


def _fill_status(element: Element) -> None:
    for child in element:
        child.tag = _FILL_STATUSES.get(child.tag, child.tag)


def _numbers(element: Element) -> None:
    for number in element.findall("Communication"):
        value, qualifier = said(number.find("Number")), said(number.find("Qualifier"))
        if qualifier == "EM":
            number.tag, number.text = "ElectronicMail", value
            number[:] = []
        elif qualifier in _NUMBERS and element.find(_NUMBERS[qualifier]) is None:
            number.tag = _NUMBERS[qualifier]
            number[:] = []
            SubElement(number, "Number").text = value


def _prescriber(element: Element) -> None:
    clinic = element.find("ClinicName")
    if clinic is not None:
        clinic.tag = "PracticeLocation"
        _nest(clinic, "BusinessName")
    _wrap_all(element, "NonVeterinarian")


def _nest(element: Element | None, tag: str) -> None:
    """Text of its own, with its remarks, to a child of that name."""
    if element is not None and not has_elements(element):
        inner = Element(tag)
        inner.text, inner[:] = element.text, list(element)
        element.text, element[:] = None, [inner]


def _drug(element: Element) -> None:
    """Flat code and qualifier pairs to elements that hold both."""
    for tag in ("ProductCode", "DrugDBCode"):
        code, qualifier = element.find(tag), element.find(f"{tag}Qualifier")
        if code is not None and not has_elements(code):
            _nest(code, "Code")
            if qualifier is not None:
                SubElement(code, "Qualifier").text = said(qualifier)
                element.remove(qualifier)
    strength = element.find("Strength")
    _nest(strength, "StrengthValue")
    _nest(element.find("DEASchedule"), "Code")
    for old, new in (("FormCode", "StrengthForm"), ("StrengthCode", "StrengthUnitOfMeasure")):
        code = element.find(old)
        if code is not None and strength is not None:
            element.remove(code)
            SubElement(SubElement(strength, new), "Code").text = said(code)


def _quantity(element: Element) -> None:
    unit = element.find("PotencyUnitCode")
    if unit is not None:
        unit.tag = "QuantityUnitOfMeasure"
        _nest(unit, "Code")


def _medication(element: Element) -> None:
    directions = element.find("Directions")
    sig = element.find("SIG")
    if directions is not None:
        directions.tag = "Sig"
        _nest(directions, "SigText")
    elif sig is not None:
        sig.tag = "Sig"
    refills = element.find("Refills")
    if refills is not None:
        refills.tag = "NumberOfRefills"
        value, qualifier = said(refills.find("Value")), said(refills.find("Qualifier"))
        refills.text = value or _as_needed(qualifier)
        refills[:] = []
    _other_dates(element)
    authorization = element.find("PriorAuthorization")
    if authorization is not None and authorization.find("Value") is not None:
        authorization.text = said(authorization.find("Value"))
        authorization[:] = []


def _as_needed(qualifier: str | None) -> str | None:
    """The later versions have a number only: this one is not, and `check` says so."""
    return qualifier if qualifier == "PRN" else None


def _other_dates(element: Element) -> None:
    for date in [child for child in element if child.tag in _DATES]:
        moment = Element("OtherMedicationDate")
        moment.extend(list(date))
        qualifier = Element("OtherMedicationDateQualifier")
        qualifier.text = date.tag
        date.tag, date.text, date[:] = "OtherMedicationDate", None, [moment, qualifier]


def _evaluation(element: Element) -> None:
    agent = element.find("CoAgent")
    code = None if agent is None else agent.find("CoAgentID")
    if agent is None or code is None:
        return
    qualifier = agent.find("CoAgentQualifier")
    code.tag = "CoAgentCode"
    _nest(code, "Code")
    if qualifier is not None:
        SubElement(code, "Qualifier").text = said(qualifier)
        agent.remove(qualifier)


def _diagnosis(element: Element) -> None:
    _rename(element, "Value", "Code")


_STEPS = {
    "CommunicationNumbers": _numbers,
    "Patient": lambda element: _wrap_all(element, "HumanPatient"),
    "Prescriber": _prescriber,
    "Supervisor": _prescriber,
    "PrescriberAgent": _named,
    "Pharmacist": _named,
    "DrugCoded": _drug,
    "Quantity": _quantity,
    "Primary": _diagnosis,
    "Secondary": _diagnosis,
    "FillStatus": _fill_status,
    "DrugUseEvaluation": _evaluation,
    **dict.fromkeys(_IN_MEDICATION, _medication),
}
