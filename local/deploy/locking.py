"""The lock of the audit's bucket: an engine may take the bucket and leave the lock out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from local.aws import Engine

_UNLOCKED = {"ObjectLockConfigurationNotFoundError", "NoSuchObjectLockConfiguration"}


def lock_bucket(engine: Engine, bucket: str) -> bool:
    """Switch Object Lock on, as the template says; True where the engine had not."""
    s3 = engine.client("s3")
    try:
        s3.get_object_lock_configuration(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _UNLOCKED:
            raise
    else:
        return False
    s3.put_object_lock_configuration(
        Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
    )
    return True
