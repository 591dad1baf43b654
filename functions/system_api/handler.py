"""API: health, metrics, the documentation, and the 404 of every path nobody has."""

from pharmonico.adapters import aws, identity
from pharmonico.adapters.partners import partners
from pharmonico.adapters.probes import table_probe
from pharmonico.adapters.queue_depths import queues
from pharmonico.fulfillment import audit
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in

from functions.system_api.documentation import publish
from functions.system_api.health import watch
from functions.system_api.system import tell

api = Api(verifier=identity.verifier, sessions=aws.staff_sessions, tokens=aws.tokens)


def audited(action: str, resource: str, **detail: str) -> None:
    """An act of ops, sealed onto the chain of what it was about."""
    act = act_in(api.call, action, resource, source="system_api", clock=aws.CLOCK, detail=detail)
    audit.append(act, trail=aws.audit_trail(), fresh=True)


watch(api, table_probe)
tell(api, queues=queues, partners=partners, tokens=aws.tokens, audited=audited)
publish(api)
lambda_handler = api.handler
