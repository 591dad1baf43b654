"""The claim: built, sent, answered, reversed."""
