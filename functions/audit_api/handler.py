"""The auditors' API: who did what, who looked at whom, whether any of it was changed."""

from functions.audit_api import entries, exports, proofs
from functions.audit_api.api import api

lambda_handler = api.handler

ROUTES = (entries, proofs, exports)
"""Imported for the routes they hang on the `Api`."""
