"""Upload the web sites into their buckets, as a distribution would find them there."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any, Protocol

from local.place import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SITES = ("portal", "ops")
# A file whose name carries its digest never changes; every other is asked for anew.
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
DIGESTED = "assets/"
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
NOT_SITE = {"node_modules", "src"}
NOT_SERVED = {".built"}


class Clients(Protocol):
    """An engine, or an account."""

    def client(self, service: str) -> Any:
        """A client of one service."""
        ...


def upload_sites(engine: Clients, outputs: dict[str, str]) -> list[str]:
    """Send every site that is there; says which."""
    sent = []
    for site in SITES:
        folder, bucket = site_folder(site), outputs.get(f"{site.capitalize()}Bucket", "")
        if folder and bucket:
            upload_site(engine, folder, bucket)
            sent.append(site)
    return sent


def site_folder(site: str, *, web: Path = ROOT / "web") -> Path | None:
    """The built site, where it was built."""
    folder = web / site / "dist"
    return folder if (folder / "index.html").is_file() else None


def upload_site(engine: Clients, folder: Path, bucket: str) -> None:
    """Make the bucket hold exactly the folder's files."""
    s3 = engine.client("s3")
    files = {str(path.relative_to(folder)): path for path in _files(folder)}
    # The page comes last: what it names is there before it names it.
    for name, path in sorted(files.items(), key=lambda file: file[0].endswith(".html")):
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=path.read_bytes(),
            ContentType=content_type(name),
            CacheControl=FOREVER if name.startswith(DIGESTED) else ASK_AGAIN,
        )
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for stored in page.get("Contents", []):
            if stored["Key"] not in files:
                s3.delete_object(Bucket=bucket, Key=stored["Key"])


def content_type(name: str) -> str:
    """The type a browser must be told; text says its encoding."""
    suffix = name[name.rfind(".") :]
    kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_SERVED)
    return [path for path in found if not NOT_SITE & set(path.relative_to(folder).parts)]
