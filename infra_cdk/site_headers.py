"""The headers both sites and the API answer with, on CloudFront and on the local edge alike."""

from __future__ import annotations

HSTS_MAX_AGE_S = 63_072_000  # two years, the browsers' preload minimum doubled

_NOT_NEEDED = (
    "accelerometer",
    "autoplay",
    "display-capture",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


def content_security_policy(upload_origin: str) -> str:
    """Nothing but the site's own files; card photos go straight to the upload bucket."""
    connect = f"'self' {upload_origin}".strip()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def permissions_policy() -> str:
    """The camera stays, for card photos; the rest is switched off."""
    return ", ".join(["camera=(self)", *(f"{feature}=()" for feature in _NOT_NEEDED)])


def site_headers(upload_origin: str) -> dict[str, str]:
    """Headers of every file of a site."""
    return {
        "Content-Security-Policy": content_security_policy(upload_origin),
        **_always(),
    }


def api_headers() -> dict[str, str]:
    """Headers of every answer of the API: it is never stored and loads nothing."""
    return {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        **_always(),
    }


def _always() -> dict[str, str]:
    return {
        "Strict-Transport-Security": f"max-age={HSTS_MAX_AGE_S}; includeSubDomains; preload",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": permissions_policy(),
    }
