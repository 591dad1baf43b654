"""The fields of specialty drugs that the catalogue and the pharmacies know."""

FIELDS = (
    "oncology",
    "hiv",
    "hepatitis",
    "rheumatology",
    "endocrinology",
    "neurology",
    "transplant",
    "rare_disease",
)
