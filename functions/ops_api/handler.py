"""The API of staff and providers: lists, details, selection, cancel, redrive, enrollment."""

from functions.ops_api import claims, dispensing, enrollments, lists, moves, reads, selection
from functions.ops_api.api import api

lambda_handler = api.handler

ROUTES = (lists, reads, moves, selection, enrollments, claims, dispensing)
"""Imported for the routes they hang on the `Api`."""
