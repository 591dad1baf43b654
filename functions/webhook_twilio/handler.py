"""POST /webhook/twilio: what patients answer by SMS, proven by Twilio's signature."""

from xml.sax.saxutils import escape

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.twilio_webhook import must_be_twilios, read_inbound
from pharmonico.fulfillment.notification.inbound import hear
from pharmonico.fulfillment.notification.ways import Manners
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Api, Response
from pharmonico.lambdas.logs import logger

PATH = "/webhook/twilio"
FORM = "application/x-www-form-urlencoded"
XML = "application/xml"

api = Api(clock=aws.CLOCK)


@api.post(PATH, Action.RECEIVE_WEBHOOK, accepts=(FORM,), tag="webhooks")
def receive_sms() -> Response[str]:
    """Take an SMS to us: STOP, START and HELP are heard, and answered in TwiML."""
    keys, call = secrets(), api.call
    fields = must_be_twilios(
        call.body,
        url=settings().need("API_URL").rstrip("/") + PATH,
        header=call.header("x-twilio-signature"),
        token=keys.twilio_auth_token,
    )
    sms = read_inbound(fields)
    manners = Manners(contacts=aws.contacts(), signing_key=lambda: keys.signing_key)
    heard = hear(sms.phone, sms.text, is_answered=sms.is_answered, manners=manners, clock=aws.CLOCK)
    logger().info("sms heard", word=heard.word)
    reply = f"<Message>{escape(heard.reply)}</Message>" if heard.reply else ""
    return Response(status_code=200, content_type=XML, body=f"<Response>{reply}</Response>")


lambda_handler = api.handler
