"""Made-up people, prescribers and plans, the same ones for the same seed; nobody real is meant.

Each is made from the seed and its own number alone, so that the thousandth is the same however
many are asked for. Places and their ZIP codes are real, telephone numbers end in 555-01xx, mail
goes to names under `.example`, and identifiers pass their check digits.
"""
