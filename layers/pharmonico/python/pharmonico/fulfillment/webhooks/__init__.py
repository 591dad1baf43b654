"""Outgoing webhooks: who is told of which event, signed, retried and kept in a log."""
