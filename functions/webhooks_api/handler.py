"""/api/v1/webhooks: providers and ops register endpoints, read their log and replay it."""

from functions.webhooks_api import endpoints, log
from functions.webhooks_api.api import api

lambda_handler = api.handler

ROUTES = (endpoints, log)
"""Imported for the routes they hang on the `Api`."""
