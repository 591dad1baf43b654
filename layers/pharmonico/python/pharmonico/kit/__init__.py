"""Leaf helpers every ring may use: money, ids, clock, errors, settings."""
