"""API: health, metrics, the documentation, and the 404 of every path nobody has."""

from pharmonico.adapters import aws, identity
from pharmonico.adapters.partners import partners
from pharmonico.adapters.probes import table_probe
from pharmonico.adapters.queue_depths import queues
from pharmonico.lambdas.http import Api

from functions.system_api.documentation import publish
from functions.system_api.health import watch
from functions.system_api.system import tell

api = Api(verifier=identity.verifier, sessions=aws.staff_sessions)
watch(api, table_probe)
tell(api, queues=queues, partners=partners, tokens=aws.tokens)
publish(api)
lambda_handler = api.handler
