"""The patient's API: open the invitation, fill in the pages, upload the card, submit."""

from functions.portal_api import opening, pages, paying, photos
from functions.portal_api.api import api

lambda_handler = api.handler

ROUTES = (opening, pages, photos, paying)
"""Imported for the routes they hang on the `Api`."""
