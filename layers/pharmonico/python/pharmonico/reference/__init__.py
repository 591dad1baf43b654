"""Reference tables that functions read at run time: compact, loaded on first use, no SDK.

What is clinical in them is demonstration data: show `NOTICE` and the entry's sources where it is
used. The tables are compiled from the curated ones of `local/reference/tables`. Records are named
tuples here: declaring one costs a cold start an eighth of what a dataclass costs.
"""

NOTICE = "Demonstration data; needs a pharmacist's review."
