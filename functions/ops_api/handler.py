"""The API of staff and providers: lists, details, selection, cancel, redrive, enrollment."""

from functions.ops_api import (
    claims,
    corrections,
    dispensing,
    enrollments,
    lists,
    moves,
    patients,
    reads,
    selection,
)
from functions.ops_api.api import api

lambda_handler = api.handler

ROUTES = (
    *(lists, reads, moves, corrections, patients),
    *(selection, enrollments, claims, dispensing),
)
"""Imported for the routes they hang on the `Api`."""
