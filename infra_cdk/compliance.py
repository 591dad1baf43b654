"""The HIPAA rule set looks at every AWS stage; what we decided otherwise says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Acknowledgment, Validations
from cdk_nag import HIPAASecurityChecks

if TYPE_CHECKING:
    from aws_cdk import App

PACK = "HIPAA.Security"
DECIDED = {
    "APIGWCacheEnabledAndEncrypted": "answers are never stored, so there is nothing to encrypt",
    "APIGWSSLEnabled": "Lambda proxies need no client certificate: IAM says who may call them",
    "CloudWatchLogGroupEncrypted": "logs hold ids, never PHI; CloudWatch encrypts them at rest",
    "DynamoDBInBackupPlan": "point-in-time recovery keeps 35 days, deletion protection is on",
    "IAMNoInlinePolicy": "each role is one function's; a shared policy would grant too much",
    "LambdaConcurrency": "API Gateway throttles; a reserve would take from the account's pool",
    "LambdaDLQ": "asynchronous functions have failure destinations, the others a caller who waits",
    "LambdaInsideVPC": "every service is reached over TLS; a VPC would add cost and no boundary",
    "S3BucketLoggingEnabled": "every read of a document goes through the audit trail instead",
    "S3BucketReplicationEnabled": "one region by default; versions guard against mistakes",
    "S3DefaultEncryptionKMS": "the sites are public files; a key would tie two stacks in a circle",
    "SNSEncryptedKMS": "an alarm names a function and a count, never a patient",
    "SecretsManagerRotationEnabled": "the providers rotate their keys; there is no API to ask for",
}
DECIDED_FOR_A_CACHE = {
    "ElastiCacheRedisClusterAutomaticBackup": "tokens live for a week at most; none is restored",
    "VPCDefaultSecurityGroupClosed": "nothing is in it; closing it takes a helper function",
    "VPCNoUnrestrictedRouteToIGW": "the gateway to the providers needs a way out; none leads in",
}


def check_compliance(app: App, *, cache: bool = False) -> None:
    """Have the synthesis fail on every finding that was not decided upon."""
    validations = Validations.of(app)
    validations.add_plugins(HIPAASecurityChecks(app))
    validations.acknowledge(
        *(
            Acknowledgment(id=f"{PACK}::{PACK}-{rule}", reason=reason)
            for rule, reason in (DECIDED | (DECIDED_FOR_A_CACHE if cache else {})).items()
        )
    )
