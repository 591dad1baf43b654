"""Reference tables that functions read at run time: compact, loaded on first use, no SDK.

Everything clinical in them is demonstration data that needs a pharmacist's review.
"""
