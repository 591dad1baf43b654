"""What a function may need: the words of its spec, and no resource yet."""

from __future__ import annotations

from enum import Enum


class Need(Enum):
    """Something a function is given: environment names and, where it is a resource, a grant."""

    ORDERS = "reads and writes prescriptions"
    ORDERS_READ = "reads prescriptions"
    AUDIT = "appends to the audit chains"
    AUDIT_READ = "reads and verifies the audit chains"
    AUDIT_VAULT = "keeps and reads the signed digests of the audit"
    TOKENS = "puts, takes and counts tokens"
    DIRECTORY = "reads pharmacies, prescribers, clients, medications and plans"
    ROSTERS = "keeps the pages of the pharmacies' rosters"
    ROUTING = "knows the weights of routing"
    CARDS = "takes card photos in"
    RECORDS = "keeps signed records"
    RECORDS_READ = "hands signed records out"
    LABELS = "stores labels"
    BUS = "publishes events"
    WAITS = "answers task tokens"
    WAIT_ENDS = "fails task tokens"
    EXECUTIONS = "looks at executions and stops them"
    SECRETS = "reads the providers' keys"
    STRIPE = "calls Stripe"
    SHIPPO = "calls Shippo"
    PAYER = "calls the payer's switch"
    MESSAGES = "sends e-mail and SMS"
    PORTAL_LINKS = "sends patients to the portal"
    API_LINKS = "says where its answers and its errors are described"
    VERIFIER = "verifies access tokens"
    SIGN_IN = "signs staff in"
    DISPENSE = "knows whether dispensing is automatic"
    PORTAL = "knows the portal's rules"
    DESK = "keeps the search's postings, open failures and saved views"
    DESK_READ = "searches"
    WEBHOOKS = "keeps webhook endpoints and their log"
    WEBHOOKS_QUEUE = "has webhooks sent"
    WEBHOOKS_TO = "knows where webhooks may go"
    PAYER_BOOK = "keeps the simulated payer's plans, accounts and claims"
