"""The header: who speaks to whom, when, and about which message."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.codes import QUALIFIER
from ncpdp.script.fields import leaf, part

MESSAGE_ID_MAX = 35


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A sender or receiver; qualifier P pharmacy, D prescriber, C clinic, M mailbox, PY payer…"""

    id: str | None = leaf(".")
    qualifier: str | None = leaf("@Qualifier", codes=QUALIFIER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderSoftware:
    developer: str | None = leaf("SenderSoftwareDeveloper")
    product: str | None = leaf("SenderSoftwareProduct")
    version_release: str | None = leaf("SenderSoftwareVersionRelease")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What a mailbox delivered, and what is acknowledged to it (medium confidence)."""

    id: str | None = leaf(".")
    delivered_id: str | None = leaf("DeliveredID")
    acknowledgement_id: str | None = leaf("AcknowledgementID")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitalSignature:
    """The EPCS indicator, and the signature as it was sent; it is kept, not verified here."""

    version: str | None = leaf("@Version")
    indicator: str | None = leaf("DigitalSignatureIndicator")
    digest_value: str | None = leaf("DigestValue")
    signature_value: str | None = leaf("SignatureValue")
    x509_data: str | None = leaf("X509Data")

    @property
    def present(self) -> bool:
        """True when the sender says so, or, where nothing is said, when a signature stands here."""
        if self.indicator is None:
            return self.signature_value is not None
        return self.indicator.lower() in {"true", "1", "y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`sent_time` is ISO 8601; a token or password in Security is kept in the source only."""

    to: Endpoint = part(Endpoint, "To", always=True)
    from_: Endpoint = part(Endpoint, "From", always=True)
    message_id: str = leaf("MessageID", length_max=MESSAGE_ID_MAX)
    relates_to_message_id: str | None = leaf("RelatesToMessageID", length_max=MESSAGE_ID_MAX)
    sent_time: str | None = leaf("SentTime")
    sender_secondary_id: str | None = leaf("Security/Sender/SecondaryIdentification")
    sender_tertiary_id: str | None = leaf("Security/Sender/TertiaryIdentification")
    receiver_secondary_id: str | None = leaf("Security/Receiver/SecondaryIdentification")
    receiver_tertiary_id: str | None = leaf("Security/Receiver/TertiaryIdentification")
    sender_software: SenderSoftware | None = part(SenderSoftware, "SenderSoftware")
    mailbox: Mailbox | None = part(Mailbox, "Mailbox")
    test_message: str | None = leaf("TestMessage")
    rx_reference_number: str | None = leaf("RxReferenceNumber", length_max=35)
    tertiary_identifier: str | None = leaf("TertiaryIdentifier", length_max=35)
    prescriber_order_number: str | None = leaf("PrescriberOrderNumber", length_max=35)
    digital_signature: DigitalSignature | None = part(DigitalSignature, "DigitalSignature")

    @property
    def is_test(self) -> bool:
        return (self.test_message or "").lower() in {"true", "1", "y"}

    @property
    def is_signed(self) -> bool:
        """True when the sender says that the message is digitally signed (EPCS)."""
        return bool(self.digital_signature and self.digital_signature.present)
