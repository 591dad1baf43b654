"""`python -m local.deploy.to_aws STAGE`: the built sites into the buckets of a stage on AWS.

What a browser must not keep is uploaded as such, so nothing has to be invalidated: CloudFront asks
the bucket again, and a file that never changes has another name.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import boto3

from infra_cdk.stages import stage_named
from local.deploy.sites import upload_sites


@dataclass(frozen=True)
class Account:
    """The account of the caller's credentials."""

    def client(self, service: str) -> Any:
        """A client of one service."""
        open_client: Any = boto3.client
        return open_client(service)


def outputs_of(stage: str, account: Account) -> dict[str, str]:
    """What the stage's web stack tells."""
    name = stage_named(stage).named("web")
    (stack,) = account.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def main(stage: str) -> None:
    account = Account()
    outputs = outputs_of(stage, account)
    for site in upload_sites(account, outputs):
        print(f"{site}: https://{outputs[f'{site.capitalize()}DomainName']}/")


if __name__ == "__main__":
    main(sys.argv[1])
