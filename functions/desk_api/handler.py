"""The API of the desk: failures, work on many at once, counts, saved views, the search's upkeep."""

from functions.desk_api import bulk, counts, failures, rebuild, views
from functions.desk_api.api import api

lambda_handler = api.handler

ROUTES = (failures, bulk, counts, views, rebuild)
"""Imported for the routes they hang on the `Api`."""
