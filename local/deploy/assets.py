"""Upload what the stacks need; a file that is there already is not sent twice."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from pathlib import Path

    from local.aws import Engine
    from local.deploy.assembly import Assembly, Asset

# A zip file that names no time and no umask has the same bytes wherever it is made.
EPOCH = (1980, 1, 1, 0, 0, 0)
FILE_MODE = (stat.S_IFREG | 0o644) << 16


def upload_assets(engine: Engine, assembly: Assembly) -> int:
    """Send what is missing; says how many files that were."""
    s3 = engine.client("s3")
    for bucket in {asset.bucket for asset in assembly.assets}:
        ensure_bucket(s3, bucket)
    missing = [asset for asset in assembly.assets if not _exists(s3, asset)]
    for asset in missing:
        s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=content(asset))
    return len(missing)


def ensure_bucket(s3: Any, bucket: str) -> None:
    """Create the bucket unless it exists."""
    try:
        s3.head_bucket(Bucket=bucket)
    except ClientError:
        s3.create_bucket(Bucket=bucket)


def content(asset: Asset) -> bytes:
    """The bytes to be sent."""
    return zip_folder(asset.source) if asset.zipped else asset.source.read_bytes()


def zip_folder(folder: Path) -> bytes:
    """The folder as a zip file, the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), date_time=EPOCH)
                entry.external_attr = FILE_MODE
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return target.getvalue()


def _exists(s3: Any, asset: Asset) -> bool:
    try:
        s3.head_object(Bucket=asset.bucket, Key=asset.key)
    except ClientError:
        return False
    return True
