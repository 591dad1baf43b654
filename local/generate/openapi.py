"""The OpenAPI document, merged over the API functions, and the page that renders it."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

from local.generate.describing import describe
from local.generate.docs_page import CSS, page

if TYPE_CHECKING:
    from pharmonico.lambdas.http import Api

FUNCTIONS = (
    "intake",
    "ops_api",
    "desk_api",
    "portal_api",
    "card_photos",
    "payments_api",
    "address_check",
    "shipments_api",
    "audit_api",
    "webhooks_api",
    "session_api",
    "webhook_stripe",
    "webhook_twilio",
    "webhook_shippo",
    "system_api",
)
STATIC = "functions/system_api/static"


def apis() -> dict[str, Api]:
    return {name: import_module(f"functions.{name}.handler").api for name in FUNCTIONS}


def document() -> dict[str, Any]:
    return describe(apis())


def files() -> dict[str, str]:
    """The function that serves it gets a copy: its asset holds nothing but its own folder."""
    described = document()
    text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    return {
        "api/fulfillment.openapi.json": text,
        f"{STATIC}/openapi.json": json.dumps(described, ensure_ascii=False) + "\n",
        f"{STATIC}/docs.html": page(described),
        f"{STATIC}/docs.css": CSS,
    }
