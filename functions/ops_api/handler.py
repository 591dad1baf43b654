"""The API of staff and providers: lists, details, selection, cancel, redrive, enrollment."""

from functions.ops_api import (
    asking,
    claims,
    corrections,
    desk,
    dispensing,
    enrollments,
    letters,
    lists,
    moves,
    patients,
    reads,
    records,
    selection,
    wishes,
)
from functions.ops_api.api import api

lambda_handler = api.handler

ROUTES = (
    *(lists, reads, moves, corrections, letters, patients, wishes, desk),
    *(selection, enrollments, asking, records, claims, dispensing),
)
"""Imported for the routes they hang on the `Api`."""
