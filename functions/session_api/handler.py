"""Staff sign in at the dashboard and out of it; what they may do is told, so that it is offered."""

from functions.session_api import managed, password  # noqa: F401 - they hang routes on the API
from functions.session_api.api import api

lambda_handler = api.handler
