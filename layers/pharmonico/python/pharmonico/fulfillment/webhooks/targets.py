"""Which addresses we may be made to call: public ones over TLS, never our own network.

The text is checked when an endpoint is registered; where its name leads is checked at every call
(`adapters.receivers`), because a name may lead elsewhere tomorrow.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from pharmonico.kit.errors import FieldError, Invalid

URL_CHARS_MAX = 500
HTTPS_PORTS = frozenset({443, 8443})
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last four bytes


def check_url(url: str, *, loopback: bool) -> str:
    """The URL; `Invalid` unless it is https to a public name (`loopback`: or http to ourselves)."""
    parts = _split(url)
    if parts is None or len(url) > URL_CHARS_MAX or "@" in parts.netloc or parts.fragment:
        raise _refused("Send an absolute URL without a user or a fragment.")
    if loopback and is_loopback_url(parts):
        return url
    if parts.scheme != "https" or parts.port not in {None, *HTTPS_PORTS}:
        raise _refused("Send an https URL on port 443 or 8443.")
    if not _is_public_name(str(parts.hostname)):
        raise _refused("Send a name or an address of the public internet.")
    return url


def is_loopback_url(parts: SplitResult) -> bool:
    return parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, however it is wrapped."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = _wrapped(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:  # fec0::/10, which Python takes for global
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour


def _split(url: str) -> SplitResult | None:
    if not url.isascii() or any(letter <= " " or letter == "\\" for letter in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # a bad one raises only when it is read
    except ValueError:
        return None
    return parts if parts.hostname else None


def _is_public_name(name: str) -> bool:
    try:
        return is_public(name)
    except ValueError:
        whole = name.removesuffix(".")
        return "." in whole.strip(".") and not whole.endswith((".local", ".internal", ".localhost"))


def _refused(detail: str) -> Invalid:
    fields = (FieldError("/url", "webhook.url_refused", detail),)
    return Invalid("webhook.url_refused", detail, fields)
