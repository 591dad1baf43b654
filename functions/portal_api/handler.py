"""The patient's API: open the invitation, fill in the pages, submit."""

from functions.portal_api import consents, opening, pages, paying, wishes
from functions.portal_api.api import api

lambda_handler = api.handler

ROUTES = (opening, pages, consents, paying, wishes)
"""Imported for the routes they hang on the `Api`."""
