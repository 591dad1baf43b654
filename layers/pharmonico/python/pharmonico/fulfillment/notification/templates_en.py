"""The messages in English."""

from __future__ import annotations

from pharmonico.fulfillment.notification.templates_words import Words

WORDS = {
    "enrollment": Words(
        subject="Please confirm your details",
        paragraphs=(
            "Hello,",
            "Your clinic asked us to deliver something to you.",
            "Please confirm your insurance and delivery details: it takes about five minutes.",
            "The link works once and for 30 minutes. You can ask for a new one from the old link.",
        ),
        button="Confirm my details",
        sms="Pharmonico: confirm your details within 30 min: {link}",
    ),
    "enrollment_reminder": Words(
        subject="We still need your details",
        paragraphs=(
            "Hello,",
            "Your clinic asked us to deliver something to you, and your details are still missing.",
            "Please confirm your insurance and delivery details: it takes about five minutes.",
            "This link replaces the one before; it works once and for 30 minutes.",
            "Without your answer we can send you nothing.",
        ),
        button="Confirm my details",
        sms="Pharmonico: your details are missing: {link}",
    ),
    "verify_insurance": Words(
        subject="Please check your insurance details",
        paragraphs=(
            "Hello,",
            "We could not confirm your insurance with the details we have.",
            "Please compare them with your card, and correct what differs.",
            "This link replaces the one before; it works once and for 30 minutes.",
        ),
        button="Check my insurance",
        sms="Pharmonico: check your insurance: {link}",
    ),
    "upload_card": Words(
        subject="Please send us a picture of your insurance card",
        paragraphs=(
            "Hello,",
            "We need a picture of your insurance card, front and back, that can be read well.",
            "You can take it with your phone's camera.",
            "This link replaces the one before; it works once and for 30 minutes.",
        ),
        button="Send a picture",
        sms="Pharmonico: a picture of your card: {link}",
    ),
    "code": Words(
        subject="Your code",
        paragraphs=(
            "Hello,",
            "Your code is {code}. It is good for 10 minutes.",
            "Nobody from Pharmonico will ever ask you for it.",
        ),
        sms="Pharmonico: your code is {code}, good for 10 minutes. Share it with nobody.",
    ),
    "payment": Words(
        subject="Your payment is due",
        paragraphs=(
            "Hello,",
            "Your order is ready but for your share of {amount}. It is sent after the payment.",
        ),
        button="Pay {amount}",
        sms="Pharmonico: please pay {amount}: {link}",
    ),
    "payment_reminder": Words(
        subject="Your payment is still open",
        paragraphs=(
            "Hello,",
            "Your order is waiting for your share of {amount}. It is sent after the payment.",
            "If you have paid in the meantime, you need not do anything.",
        ),
        button="Pay {amount}",
        sms="Pharmonico: {amount} still open: {link}",
    ),
    "receipt": Words(
        subject="We received your payment",
        paragraphs=(
            "Hello,",
            "Thank you: we received your payment of {amount}. Your reference is {reference}.",
            "We will write again when your order is on its way.",
        ),
        sms="Pharmonico: we received your payment of {amount}. Thank you.",
    ),
    "shipped": Words(
        subject="Your order was handed to the carrier",
        paragraphs=(
            "Hello,",
            "Your order is packed and handed to {carrier}. The tracking number is {tracking}.",
        ),
        sms="Pharmonico: your order is with {carrier}, tracking number {tracking}.",
    ),
    "out_for_delivery": Words(
        subject="Your order arrives today",
        paragraphs=(
            "Hello,",
            "Your order is out for delivery with {carrier}, tracking number {tracking}.",
            "Please make sure that somebody can take it in.",
        ),
        sms="Pharmonico: your order arrives today with {carrier}.",
    ),
    "delivered": Words(
        subject="Your order was delivered",
        paragraphs=(
            "Hello,",
            "{carrier} reports that your order was delivered. Please bring it inside.",
            "If it did not arrive or the parcel is damaged, tell us right away.",
        ),
        sms="Pharmonico: your order was delivered. If anything is wrong, tell us right away.",
    ),
    "problem": Words(
        subject="There is a problem with your delivery",
        paragraphs=(
            "Hello,",
            "{carrier} could not deliver your order, tracking number {tracking}.",
            "We are looking into it and will write again. You need not do anything now.",
        ),
        sms="Pharmonico: {carrier} could not deliver your order. We are looking into it.",
    ),
    "cancelled": Words(
        subject="Your order was cancelled",
        paragraphs=(
            "Hello,",
            "Your order with the reference {reference} was cancelled and will not be sent.",
            "If you paid already, the money goes back the way it came.",
            "Your clinic can tell you what happens next.",
        ),
        sms="Pharmonico: your order was cancelled. Your clinic can tell you what happens next.",
    ),
    "refunded": Words(
        subject="Your refund is on its way",
        paragraphs=(
            "Hello,",
            "We returned {amount} to you. Banks take five to ten days to show it.",
        ),
        sms="Pharmonico: we returned {amount} to you. Banks take 5 to 10 days to show it.",
    ),
    "footer": Words(
        subject="",
        paragraphs=("Pharmonico delivers for your clinic. Please do not answer this message.",),
        sms="",
    ),
}
