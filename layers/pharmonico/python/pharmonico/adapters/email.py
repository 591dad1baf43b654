"""E-mail by Amazon SES v2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from pharmonico.kit.errors import Rejected, Unavailable

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client

    from pharmonico.fulfillment.notification.templates import Message

_REFUSED = {"MessageRejected", "BadRequestException"}


class SesSender:
    def __init__(self, client: SESV2Client, sender: str) -> None:
        self._client = client
        self._sender = sender

    def send(self, to: str, message: Message) -> str:
        """SES's message id; `Rejected` for an address or message that SES will never take."""
        try:
            answer = self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [to]},
                Content={
                    "Simple": {
                        "Subject": {"Data": message.subject, "Charset": "UTF-8"},
                        "Body": {
                            "Text": {"Data": message.text, "Charset": "UTF-8"},
                            "Html": {"Data": message.html, "Charset": "UTF-8"},
                        },
                    }
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _REFUSED:
                raise Rejected("email.refused", "The e-mail was refused for good.") from error
            raise Unavailable("email.unavailable", "E-mail cannot be sent now.") from error
        except BotoCoreError as error:
            raise Unavailable("email.unavailable", "E-mail cannot be sent now.") from error
        return answer["MessageId"]
