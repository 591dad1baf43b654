"""API: health, metrics, the documentation, and the 404 of every path nobody has."""

from pharmonico.adapters import identity
from pharmonico.adapters.probes import table_probe
from pharmonico.lambdas.http import Api

from functions.system_api.documentation import publish
from functions.system_api.health import watch

api = Api(verifier=identity.verifier)
watch(api, table_probe)
publish(api)
lambda_handler = api.handler
