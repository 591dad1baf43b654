"""`/api/v1/payments`: links, what was paid, refunds, and money that is held."""

from functions.payments_api import links, settling
from functions.payments_api.api import api

lambda_handler = api.handler

ROUTES = (links, settling)
"""Imported for the routes they hang on the `Api`."""
