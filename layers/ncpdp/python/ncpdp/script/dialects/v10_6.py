"""What 10.6 calls otherwise (medium confidence); it is read, never written."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

_RENAMED = {
    "State": "StateProvince",
    "ZipCode": "PostalCode",
    "StoreName": "BusinessName",
    "BINLocationNumber": "IINNumber",
    "RefillRequest": "RxRenewalRequest",
    "RefillResponse": "RxRenewalResponse",
}
_NUMBERS = {
    "TE": "PrimaryTelephone",
    "FX": "Fax",
    "HP": "HomeTelephone",
    "WP": "WorkTelephone",
    "BN": "Beeper",
}
_IN_MEDICATION = ("MedicationPrescribed", "MedicationDispensed", "MedicationRequested")


def to_model_shape(root: Element) -> None:
    """Rename and regroup, in place, what the later versions have elsewhere."""
    for element in list(root.iter()):
        tag = element.tag
        if tag in _RENAMED:
            element.tag = _RENAMED[tag]
        elif tag == "CommunicationNumbers":
            _numbers(element)
        elif tag == "Patient":
            _wrap_all(element, "HumanPatient")
        elif tag == "Prescriber":
            _prescriber(element)
        elif tag == "DrugCoded":
            _drug(element)
        elif tag == "Quantity":
            _unit(element)
        elif tag in {"Primary", "Secondary"}:
            _rename(element, "Value", "Code")
        elif tag in _IN_MEDICATION:
            _medication(element)


def _rename(parent: Element, old: str, new: str) -> None:
    child = parent.find(old)
    if child is not None:
        child.tag = new


def _wrap_all(element: Element, tag: str) -> None:
    if element.find(tag) is None:
        wrapper = Element(tag)
        wrapper.extend(list(element))
        element[:] = [wrapper]


def _numbers(element: Element) -> None:
    for number in element.findall("Communication"):
        value, qualifier = number.findtext("Number"), number.findtext("Qualifier")
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
        SubElement(clinic, "BusinessName").text = clinic.text
        clinic.text = None
    _wrap_all(element, "NonVeterinarian")


def _drug(element: Element) -> None:
    """Flat code and qualifier pairs to elements that hold both."""
    for tag in ("ProductCode", "DrugDBCode"):
        code, qualifier = element.find(tag), element.find(f"{tag}Qualifier")
        if code is not None and not len(code):
            SubElement(code, "Code").text = code.text
            code.text = None
            if qualifier is not None:
                SubElement(code, "Qualifier").text = qualifier.text
                element.remove(qualifier)
    strength = element.find("Strength")
    if strength is not None and not len(strength):
        SubElement(strength, "StrengthValue").text = strength.text
        strength.text = None
    schedule = element.find("DEASchedule")
    if schedule is not None and not len(schedule):
        SubElement(schedule, "Code").text = schedule.text
        schedule.text = None


def _unit(element: Element) -> None:
    unit = element.find("PotencyUnitCode")
    if unit is not None:
        unit.tag = "QuantityUnitOfMeasure"
        SubElement(unit, "Code").text = unit.text
        unit.text = None


def _medication(element: Element) -> None:
    directions = element.find("Directions")
    sig = element.find("SIG")
    if directions is not None:
        directions.tag = "Sig"
        SubElement(directions, "SigText").text = directions.text
        directions.text = None
    elif sig is not None:
        sig.tag = "Sig"
    refills = element.find("Refills")
    if refills is not None:
        refills.tag = "NumberOfRefills"
        refills.text = refills.findtext("Value") or "0"
