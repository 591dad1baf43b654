"""API: the two doors for messages, SCRIPT XML and the JSON form of the same model."""

from pharmonico.adapters import aws, identity
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.intake.receive import Desk
from pharmonico.lambdas.http import Api

from functions.intake.doors import open_doors


def desk() -> Desk:
    return Desk(
        orders=aws.orders(),
        clients=aws.known_clients(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
        patient_key=secrets().signing_key,
    )


api = Api(verifier=identity.verifier, clock=aws.CLOCK)
open_doors(api, desk)
lambda_handler = api.handler
