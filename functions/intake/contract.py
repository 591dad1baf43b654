"""What the OpenAPI document says about the doors' bodies, which no signature can tell."""

from typing import Any

_XML = {"schema": {"type": "string", "description": "NCPDP SCRIPT 2017071 or 2023011 (10.6 read)"}}
_JSON = {
    "schema": {
        "type": "object",
        "description": "The JSON form of the same message; not for controlled substances",
        "required": ["type", "header"],
        "properties": {
            "type": {
                "type": "string",
                "enum": [
                    *("NewRx", "CancelRx", "RxChangeResponse", "RxRenewalResponse"),
                    *("Status", "Verify", "Error"),
                ],
            },
            "version": {"type": "string", "enum": ["2017071", "2023011"]},
            "header": {"type": "object"},
        },
    }
}

INTAKE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/xml": _XML, "application/json": _JSON},
    }
}
SCRIPT_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/xml": _XML}}
}
SCRIPT_ANSWERS: dict[int, Any] = {
    200: {
        "description": "Status, CancelRxResponse or Error as a SCRIPT message",
        "content": {"application/xml": {"schema": {"type": "string"}}},
    }
}
