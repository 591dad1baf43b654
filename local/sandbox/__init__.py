"""Stripe, Shippo, Twilio, SES, the payer's switch and a mailbox, played on one loopback port."""
