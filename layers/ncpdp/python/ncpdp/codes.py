"""Code lists: only what stands in openly licensed messages and public rules."""

from __future__ import annotations

SCHEDULE_BY_NCIT = {"C48675": "CII", "C48676": "CIII", "C48677": "CIV", "C48679": "CV"}
NCIT_BY_SCHEDULE = {schedule: code for code, schedule in SCHEDULE_BY_NCIT.items()}
NCIT_UNSCHEDULED = "C38046"

DOSAGE_UNITS = {"C48542": "tablet", "C48480": "capsule", "C28254": "mL", "C28253": "mg"}
NCIT_BY_UNIT = {unit.lower(): code for code, unit in DOSAGE_UNITS.items()}

STATUS_CODES = ("000", "001", "002", "003", "005", "010")
ERROR_CODES = ("600", "601", "602", "700", "900")
VERIFY_CODE = "010"
QUALIFIERS = ("P", "D", "C", "M", "PY", "REMS", "DIRECT", "ZZZ")
