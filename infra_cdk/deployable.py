"""Say in one line why a stage cannot be deployed: `python -m infra_cdk.deployable dev`.

Asked before anything is built: the CDK finds out only after a minute.
"""

from __future__ import annotations

import sys

from botocore.exceptions import BotoCoreError
from botocore.session import Session

from infra_cdk.stages import StageUnknown, stage_named


class NotDeployable(Exception):
    """The stage is not one for AWS, or nobody is signed in there; its text is the one line."""


def main(stage: str) -> None:
    """Exit with the line, or without one."""
    try:
        check_stage(stage)
        check_credentials()
    except (StageUnknown, NotDeployable) as error:
        sys.exit(f"pharmonico: {error}")


def check_stage(name: str) -> None:
    """Local stages hold addresses of this machine."""
    if stage_named(name).local:
        raise NotDeployable(
            f"the stage {name} is for an engine on this machine (make up), not for AWS:"
            " make deploy STAGE=dev"
        )


def check_credentials() -> None:
    """As every AWS tool finds them: variables, profiles, sign-on, the instance's role."""
    try:
        found = Session().get_credentials()
    except BotoCoreError as error:
        raise NotDeployable(f"AWS credentials cannot be read: {error}") from error
    if found is None:
        raise NotDeployable(
            "no AWS credentials: run aws sso login or aws configure, or set AWS_PROFILE"
        )


if __name__ == "__main__":
    main(sys.argv[1])
