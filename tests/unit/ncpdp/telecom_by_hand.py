"""D.0 messages put together field by field, not by the builders; everybody in them is synthetic."""

from __future__ import annotations

FS, RS, GS = "\x1c", "\x1e", "\x1d"


def segment(segment_id: str, *fields: str) -> str:
    """Such as `segment("07", "EM1", "D27")`."""
    return f"{RS}{FS}AM{segment_id}" + "".join(FS + field for field in fields)


def asking(code: str = "B1", count: int = 1, *, version: str = "D0", provider: str = "1234567893",
           qualifier: str = "01", pcn: str = "ADV", bin_: str = "004336") -> str:  # fmt: skip
    """The header of a request."""
    head = f"{bin_:<6}{version:<2}{code:<2}{pcn:<10}{count:<1}{qualifier}{provider:<15}"
    return f"{head}20260301V1        "


def saying(code: str = "B1", count: int = 1, status: str = "A") -> str:
    """The header of an answer."""
    return f"D0{code}{count}{status}01{'1234567893':<15}20260301"


PATIENT = segment("01", "CX99", "CYMRN123", "C419610102", "C52", "CAMARIA", "CBGARCIA",
                  "CM1 MAIN ST", "CNAUSTIN", "COTX", "CP78701", "CQ5125550100", "C701",
                  "4X01")  # fmt: skip
INSURED = segment("04", "C2M00012345", "CCMARIA", "CDGARCIA", "C1GRP100", "C3001", "C61")
PEOPLE = PATIENT + INSURED
CLAIM = segment("07", "EM1", "D21234567", "E103", "D700074433902", "E730000", "D300", "D530",
                "D61", "D80", "DE20260228", "DF05", "DJ3", "C800", "28EA", "E2318")  # fmt: skip
PRICE = segment("11", "D91204D", "DC150{", "DQ2500{", "DU1354D", "DN01")
PRESCRIBER = segment("03", "EZ01", "DB1993999998", "DRHOUSE", "PM5125550111", "2JGREG")
BILL = CLAIM + PRICE + PRESCRIBER
ONE_REVIEW = segment("08", "7E1", "E4DD", "E5M0", "E61G", "8E11", "J903", "H600074433902")
NINE_REVIEWS = segment(
    "08", *(one for at in range(1, 10) for one in (f"7E{at}", "E4TD", "E5P0", "E61B"))
)
PAYERS = segment("05", "4C2", "5C01", "6C03", "7C610014", "E820260301", "HB2", "HC07", "DV500{",
                 "HC05", "DV10{", "NR2", "NP06", "NQ1000{", "NP07", "NQ300{",
                 "5C02", "6C03", "7C015581", "E820260301", "5E02", "6E70", "6E75")  # fmt: skip
MIXTURE = segment("07", "EM1", "D21234567", "E100", "D70", "E760000", "D300", "D530", "D62",
                  "D80", "DE20260228", "DF05", "DJ3", "NX1", "DK08", "28GM")  # fmt: skip
INGREDIENTS = segment("10", "EF11", "EG2", "EC02", "RE03", "TE00074433902", "ED50000", "EE250{",
                      "UE01", "2G01", "2HU1", "RE03", "TE57962014009", "ED10000",
                      "EE100{")  # fmt: skip
FULL_PRICE = segment("11", "D91204D", "DC150{", "BE50{", "E325{", "H72", "H801", "H9100{", "H809",
                     "H920{", "HA15{", "GE10{", "HE6250{", "JE02", "DQ2500{", "DU1574D", "DN01",
                     "DX500{")  # fmt: skip
WISH = segment("12", "PA1", "PB20260301", "PC20270301", "PDME", "PY77")
CLINICAL = segment("13", "VE2", "WE02", "DOE785", "WE02", "DOI10", "XE1", "ZE20260228", "H11200",
                   "H201", "H301", "H4120", "XE2", "H202", "H499")  # fmt: skip
MORE = (
    segment("02", "EY01", "E91234567893")
    + segment("06", "DY20260101", "CFACME", "DZCLAIM9")
    + segment("09", "KE01", "MECPN123", "NE500{")
    + CLINICAL
    + segment("14", "2Q001", "2V20260101", "2Z02", "4B1A", "4D50", "4B2", "4KYES")
    + segment("15", "8C12", "3QHOME")
    + segment("16", "BMSOME WORDS")
)
BACK = segment("07", "EM1", "D21234567", "E103", "D700074433902", "D300")


def status(*fields: str) -> str:
    return segment("21", *fields)


PAID = status("ANP", "F3123456789", "UF02", "UH01", "FQFILLED AT A PREFERRED", "UG+", "UH02",
              "FQPHARMACY", "7F03", "8F8005550100")  # fmt: skip
REFERENCE = segment("22", "EM1", "D21234567")
PAYMENT = segment("23", "F51000{", "F61204D", "F7150{", "AV1", "FL25{", "J21", "J399", "J450{",
                  "J5100{", "F9329D", "FM01", "FH500{", "FI500{")  # fmt: skip
ALERTS = segment("24", "J61", "E4DD", "FS1", "FT1", "FU20260201", "FV30000", "FW1", "FX2",
                 "FYWARFARIN", "J62", "E4TD", "FS2", "NSMORE WORDS")  # fmt: skip
ANSWER = PAID + REFERENCE + PAYMENT
DUR_REFUSAL = status("ANR", "FA01", "FB88") + REFERENCE


def billed(*claims: str, code: str = "B1", people: str = PEOPLE) -> str:
    """A request with these transactions."""
    return asking(code, max(len(claims), 1)) + people + "".join(GS + one for one in claims)


def answered(*answers: str, code: str = "B1", before: str = "") -> str:
    """An answer with these transactions."""
    return saying(code, max(len(answers), 1)) + before + "".join(GS + one for one in answers)


def with_coverage(code: str) -> str:
    return CLAIM.replace("C800", f"C8{code}") + PRICE + PRESCRIBER


GOOD: dict[str, str] = {
    **{f"b1_{count}": billed(*[BILL] * count) for count in range(1, 5)},
    "dur": billed(BILL + ONE_REVIEW),
    "dur_9": billed(BILL + NINE_REVIEWS),
    "cob": billed(with_coverage("02") + PAYERS),
    "cob_share": billed(with_coverage("8") + PAYERS),
    "compound": billed(MIXTURE + PRICE + PRESCRIBER + INGREDIENTS),
    "full_price": billed(CLAIM + FULL_PRICE),
    "everything": billed(BILL + MORE),
    "prescriber_of_all": billed(CLAIM + PRICE, people=PEOPLE + PRESCRIBER),
    "b2": billed(BACK, code="B2", people=INSURED),
    "b2_2": billed(BACK, BACK, code="B2", people=""),
    "b3": billed(BILL, code="B3"),
    "e1": billed(code="E1"),
    "p1": billed(BILL + WISH, code="P1"),
    "p2": billed(CLAIM + WISH, code="P2"),
    "p3": billed(WISH, code="P3"),
    "p4": billed(CLAIM + WISH, code="P4"),
    "n1": billed(CLAIM + PRICE, code="N1"),
    "n2": billed(BACK, code="N2", people=INSURED),
    "n3": billed(CLAIM + PRICE, code="N3"),
    **{code: billed(BILL, code=code) for code in ("D1", "S1", "S2", "S3", "C1", "C2", "C3")},
    "negative": billed(BILL.replace("DC150{", "DC15}").replace("DU1354D", "DU1189D")),
    "minus_zero": billed(BILL.replace("DC150{", "DC00}").replace("DU1354D", "DU1204D")),
    "most": billed(CLAIM + segment("11", "D99999999I", "DU9999999I")),
    "service": billed(BILL.replace("EM1", "EM2").replace("D91204D", "BE1204D")),
    "over_the_counter": billed(BILL.replace("EM1", "EM3")),
    "paid": answered(
        ANSWER,
        before=segment("20", "F4WELCOME") + segment("25", "C1GRP100", "J703", "J8610014"),
    ),
    "duplicate": answered(status("AND", "F31") + REFERENCE + PAYMENT),
    "service_fee": answered(status("ANP") + segment("23", "F5100{", "F61000{", "J150{", "F9950{")),
    "rejected": answered(status("ANR", "FA03", "FB75", "FB76", "4F01", "FB7X") + REFERENCE),
    "dur_refusal": answered(DUR_REFUSAL + ALERTS),
    "captured": answered(status("ANC", "F3123") + REFERENCE),
    "captured_again": answered(status("ANQ") + REFERENCE),
    "no_rejects": answered(ANSWER.replace("F3123456789", "FA00")),
    "paid_and_refused": answered(ANSWER, status("ANR", "FA01", "FB79") + REFERENCE),
    "refused_as_a_whole": saying(status="R") + segment("20", "F4NO") + GS
    + status("ANR", "FA01", "FB01"),
    "refused_for_two": saying(count=2, status="R") + GS + status("ANR", "FA01", "FB92"),
    "refused_in_the_header": saying(status="R"),
    "reversed": answered(status("ANA", "F31") + REFERENCE, code="B2"),
    "reversed_before": answered(status("ANS", "F31"), code="B2"),
    "covered": answered(
        status("ANA", "UF01", "UH01", "FQACTIVE")
        + segment("28", "NT2", "5C01", "6C03", "7C610014", "MHADV", "5C02", "6C03", "7C015581")
        + segment("27", "URA", "U1H1234"),
        code="E1",
        before=segment("25", "C1GRP100") + segment("29", "CBGARCIA"),
    ),
    "authorized": answered(
        status("ANA") + segment("26", "PR20260301", "RA30000", "RB1000{", "PW05", "PY77"), code="P4"
    ),
    "deferred": answered(status("ANF"), code="P4"),
    "preferred": answered(
        status("ANR", "FA01", "FB70")
        + segment("22", "EM1", "D27", "9F2", "AP03", "AR00074433902", "AS50{", "AP03", "AR7")
    ),
}  # fmt: skip
