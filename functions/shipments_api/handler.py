"""The API of parcels: what is in trouble, why it travels as it does, labels, decisions."""

from functions.shipments_api import commands, reads
from functions.shipments_api.api import api

lambda_handler = api.handler

ROUTES = (reads, commands)
"""Imported for the routes they hang on the `Api`."""
