"""The API of parcels: what is in trouble, why it travels as it does, labels, decisions."""

from functions.shipments_api import commands, reads, sheets
from functions.shipments_api.api import api

lambda_handler = api.handler

ROUTES = (sheets, reads, commands)
"""Imported for the routes they hang on the `Api`."""
