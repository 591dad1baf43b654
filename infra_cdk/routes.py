"""Which API function answers which paths; `+` stands for everything below."""

ROUTES: dict[str, tuple[str, ...]] = {
    "intake": ("/api/intake", "/api/v1/script"),
    "ops_api": (
        "/api/v1/prescriptions",
        "/api/v1/prescriptions/+",
        "/api/v1/claims",
        "/api/v1/claims/+",
        "/api/v1/dispensing",
        "/api/v1/patients/+",
        "/api/v1/enrollments",
        "/api/enrollment/+",
    ),
    "desk_api": (
        "/api/v1/failures",
        "/api/v1/failures/+",
        "/api/v1/bulk",
        "/api/v1/counts",
        "/api/v1/views",
        "/api/v1/views/+",
        "/api/v1/search/+",
    ),
    "portal_api": ("/api/v1/portal/+",),
    "card_photos": ("/api/v1/portal/uploads", "/api/v1/portal/uploads/+"),
    "address_check": ("/api/v1/portal/address-check",),
    "payments_api": ("/api/v1/payments", "/api/v1/payments/+", "/api/payments/+"),
    "audit_api": ("/api/v1/audit", "/api/v1/audit/+"),
    "shipments_api": ("/api/v1/shipments", "/api/v1/shipments/+"),
    "webhooks_api": ("/api/v1/webhooks/+",),
    "session_api": ("/api/v1/session", "/api/v1/session/+"),
    "webhook_stripe": ("/webhook/stripe",),
    "webhook_twilio": ("/webhook/twilio",),
    "webhook_shippo": ("/webhook/shippo",),
    "payer_simulator": ("/payer/claims",),
    # The rest: health, metrics, docs, the error pages, and the 404 of every path nobody has.
    "system_api": ("/+", "/api/+", "/api/v1/+", "/webhook/+"),
}

# Without it a message in UTF-16 arrives destroyed, and a label leaves as base64: of a browser's
# Accept the gateway looks at the first type alone, so no narrower one would do.
BINARY_MEDIA_TYPES = ("*/*",)
