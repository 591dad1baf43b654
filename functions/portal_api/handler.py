"""The patient's API: open the invitation, fill in the pages, submit."""

from functions.portal_api import consents, opening, pages, paying
from functions.portal_api.api import api

lambda_handler = api.handler

ROUTES = (opening, pages, consents, paying)
"""Imported for the routes they hang on the `Api`."""
