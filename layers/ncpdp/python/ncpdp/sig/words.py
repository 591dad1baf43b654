"""English and Spanish words for the codes of a structured SIG.

SNOMED CT and NCIt codes are facts of public code systems; each entry can be found by its code or
by its English text. What is not here is not translated.
"""

from __future__ import annotations

import re

from ncpdp.codes import DOSAGE_UNITS

Words = tuple[str, str]  # English, Spanish

METHODS: dict[str, Words] = {
    "take": ("Take", "Tome"),
    "swallow": ("Swallow", "Trague"),
    "chew": ("Chew", "Mastique"),
    "dissolve": ("Dissolve", "Disuelva"),
    "drink": ("Drink", "Beba"),
    "apply": ("Apply", "Aplique"),
    "inject": ("Inject", "Inyecte"),
    "inhale": ("Inhale", "Inhale"),
    "insert": ("Insert", "Inserte"),
    "instill": ("Instill", "Instile"),
    "place": ("Place", "Coloque"),
    "spray": ("Spray", "Rocíe"),
    "give": ("Give", "Administre"),
    "use": ("Use", "Use"),
}
METHOD_CODES = {"419652001": "take", "417924000": "apply", "422145002": "inject"}

UNITS: dict[str, tuple[str, str, str]] = {  # English plural, Spanish singular and plural
    "tablet": ("tablets", "tableta", "tabletas"),
    "capsule": ("capsules", "cápsula", "cápsulas"),
    "caplet": ("caplets", "comprimido", "comprimidos"),
    "ml": ("mL", "mL", "mL"),
    "mg": ("mg", "mg", "mg"),
    "g": ("g", "g", "g"),
    "mcg": ("mcg", "mcg", "mcg"),
    "unit": ("units", "unidad", "unidades"),
    "each": ("each", "unidad", "unidades"),
    "patch": ("patches", "parche", "parches"),
    "suppository": ("suppositories", "supositorio", "supositorios"),
    "packet": ("packets", "sobre", "sobres"),
    "lozenge": ("lozenges", "pastilla", "pastillas"),
    "troche": ("troches", "trocisco", "trociscos"),
    "drop": ("drops", "gota", "gotas"),
    "spray": ("sprays", "pulverización", "pulverizaciones"),
    "puff": ("puffs", "inhalación", "inhalaciones"),
    "inhalation": ("inhalations", "inhalación", "inhalaciones"),
    "applicator": ("applicators", "aplicador", "aplicadores"),
    "film": ("films", "lámina", "láminas"),
    "gum": ("gums", "chicle", "chicles"),
    "ring": ("rings", "anillo", "anillos"),
    "strip": ("strips", "tira", "tiras"),
    "syringe": ("syringes", "jeringa", "jeringas"),
    "vial": ("vials", "vial", "viales"),
    "ampule": ("ampules", "ampolla", "ampollas"),
    "wafer": ("wafers", "oblea", "obleas"),
}
UNIT_CODES = {code: unit.lower() for code, unit in DOSAGE_UNITS.items()}

ROUTES: dict[str, Words] = {
    "oral": ("by mouth", "por la boca"),
    "sublingual": ("under the tongue", "debajo de la lengua"),
    "topical": ("on the skin", "sobre la piel"),
    "transdermal": ("on the skin", "sobre la piel"),
    "ophthalmic": ("in the eye", "en el ojo"),
    "otic": ("in the ear", "en el oído"),
    "nasal": ("in the nose", "en la nariz"),
    "rectal": ("in the rectum", "por el recto"),
    "vaginal": ("in the vagina", "por la vagina"),
    "subcutaneous": ("under the skin", "debajo de la piel"),
    "intramuscular": ("into the muscle", "en el músculo"),
    "intravenous": ("into a vein", "en la vena"),
    "inhalation": ("by inhalation", "por inhalación"),
}
ROUTE_CODES = {
    "26643006": "oral",
    "37839007": "sublingual",
    "6064005": "topical",
    "45890007": "transdermal",
    "54485002": "ophthalmic",
    "10547007": "otic",
    "46713006": "nasal",
    "37161004": "rectal",
    "16857009": "vaginal",
    "34206005": "subcutaneous",
    "78421000": "intramuscular",
    "47625008": "intravenous",
}

TIMES: dict[str, tuple[Words, Words]] = {  # singular, plural
    "minute": (("minute", "minuto"), ("minutes", "minutos")),
    "hour": (("hour", "hora"), ("hours", "horas")),
    "day": (("day", "día"), ("days", "días")),
    "week": (("week", "semana"), ("weeks", "semanas")),
    "month": (("month", "mes"), ("months", "meses")),
}
TIME_CODES = {
    "258701004": "minute",
    "258702006": "hour",
    "258703001": "day",
    "258705008": "week",
    "258706009": "month",
}

# With the words between the timing word and the event, and whether the event is once a day.
EVENTS: dict[str, tuple[str, str, bool]] = {
    "bedtime": ("bedtime", "la hora de acostarse", True),
    "morning": ("the morning", "la mañana", True),
    "noon": ("noon", "el mediodía", True),
    "evening": ("the evening", "la tarde", True),
    "night": ("the night", "la noche", True),
    "breakfast": ("breakfast", "el desayuno", True),
    "lunch": ("lunch", "el almuerzo", True),
    "dinner": ("dinner", "la cena", True),
    "meal": ("meals", "las comidas", False),
    "food": ("food", "alimentos", False),
}
PARTS_OF_DAY = {
    "morning": "morning",
    "breakfast": "morning",
    "noon": "noon",
    "lunch": "noon",
    "evening": "evening",
    "dinner": "evening",
    "night": "night",
    "bedtime": "night",
}
"""Two events of one part of the day may be one dose or two."""

EVENT_CODES = {
    "21029003": "bedtime",
    "73775008": "morning",
    "71997007": "noon",
    "3157002": "evening",
    "2546009": "night",
}
MODIFIERS: dict[str, Words] = {
    "before": ("before", "antes de"),
    "after": ("after", "después de"),
    "with": ("with", "con"),
    "without": ("without", "sin"),
    "during": ("during", "durante"),
    "at": ("at", "a"),
    "in": ("in", "por"),
}
MODIFIER_CODES = {"288556008": "before"}
AT_EVENT = dict.fromkeys(("bedtime", "noon"), "at") | dict.fromkeys(
    ("breakfast", "lunch", "dinner", "meal", "food"), "with"
)

UNTIL: dict[str, str] = {
    "until finished": "hasta terminar",
    "until gone": "hasta terminar",
    "until all taken": "hasta tomar todo",
    "until complete": "hasta completar",
}
HARMLESS = frozenset(
    {
        *("with food", "with or without food", "without food", "on an empty stomach"),
        *("with plenty of water", "with a meal"),
        *("swallow whole", "do not crush", "do not chew", "do not crush or chew", "shake well"),
        *UNTIL,
    }
)
"""Free text beside which the numbers still hold."""

VEHICLE = re.compile(
    r"(?:(?:mixed|dissolved|diluted|mix|dissolve|dilute) )?(?:in|with) (?:an? )?"
    r"(?:full glass of |(?:[0-9]+(?:-[0-9]+)? (?:to [0-9]+ )?)?(?:ounces?|oz|ml|cups?) (?:of )?)?"
    r"(?:water|juice|milk|applesauce|liquid|beverage)"
)
"""What a dose is taken in: its measure is none of the drug's."""

AS_NEEDED_CODES = frozenset({"225761000"})
INDICATIONS: dict[str, str] = {
    "pain": "el dolor",
    "headache": "el dolor de cabeza",
    "nausea": "las náuseas",
    "vomiting": "el vómito",
    "fever": "la fiebre",
    "cough": "la tos",
    "itching": "la picazón",
    "anxiety": "la ansiedad",
    "insomnia": "el insomnio",
    "sleep": "el sueño",
    "allergies": "las alergias",
    "constipation": "el estreñimiento",
    "diarrhea": "la diarrea",
    "wheezing": "las sibilancias",
    "shortness of breath": "la falta de aire",
    "muscle spasm": "los espasmos musculares",
    "high blood pressure": "la presión arterial alta",
    "high cholesterol": "el colesterol alto",
    "infection": "la infección",
    "diabetes": "la diabetes",
}
