"""The one layout of e-mails: a table with inline styles, which is what mail programs understand.

Every colour stands beside its background, so that a program that darkens one darkens both, and a
reader who asked for dark gets dark. Nothing is loaded from anywhere: no picture, no font, no pixel
that would tell who has read it.
"""

from __future__ import annotations

from html import escape

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_PAPER = "background-color:#f4f6f8;color:#1b1b1b"
_CARD = "background-color:#ffffff;color:#1b1b1b"
_BRAND = f"{_FONT};font-size:14px;font-weight:bold;color:#005ea2;padding:24px 32px 0"
_HEAD = f"{_FONT};font-size:22px;line-height:1.3;margin:0;padding:8px 32px 0"
_TEXT = f"{_FONT};font-size:16px;line-height:1.5;margin:0;padding:16px 32px 0"
_BUTTON = (
    f"{_FONT};display:inline-block;padding:14px 24px;border-radius:4px;font-size:16px;"
    "font-weight:bold;background-color:#005ea2;color:#ffffff;text-decoration:none"
)
_FOOTER = f"{_FONT};font-size:13px;line-height:1.5;color:#565c65;margin:0;padding:24px 32px"
_DARK = (
    "@media (prefers-color-scheme:dark){"
    ".paper{background-color:#111418!important;color:#f0f0f0!important}"
    ".card{background-color:#1d2229!important;color:#f0f0f0!important}"
    ".brand{color:#73b3e7!important}.quiet{color:#a9aeb1!important}}"
)


def page(
    language: str,
    subject: str,
    paragraphs: list[str],
    *,
    button: str,
    link: str,
    footer: str,
) -> str:
    """The whole document; whatever comes in is text and is escaped."""
    rows = [
        f'<p class="brand" style="{_BRAND}">Pharmonico</p>',
        f'<h1 style="{_HEAD}">{escape(subject)}</h1>',
        *(f'<p style="{_TEXT}">{escape(line)}</p>' for line in paragraphs),
    ]
    if link:
        anchor = f'<a style="{_BUTTON}" href="{escape(link)}">{escape(button)}</a>'
        rows.append(f'<p style="{_TEXT}">{anchor}</p>')
    rows.append(f'<p class="quiet" style="{_FOOTER}">{escape(footer)}</p>')
    return _document(language, subject, "".join(rows))


def _document(language: str, subject: str, rows: str) -> str:
    card = (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
        f' class="card" style="max-width:560px;border-radius:8px;{_CARD}"><tr><td>{rows}</td></tr>'
        "</table>"
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(subject)}</title><style>{_DARK}</style></head>"
        f'<body class="paper" style="margin:0;padding:0;{_PAPER}">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
        f' class="paper" style="{_PAPER}"><tr><td align="center" style="padding:24px 12px">'
        f"{card}</td></tr></table></body></html>"
    )
