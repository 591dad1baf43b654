"""The rules a prescription is held against, and who may release it."""
