"""Schedule: seal what the audit's chains have come to since the last digest."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import audit_signing, audit_vault, aws
from pharmonico.fulfillment.audit.digests import ChainsBroken, make_digest
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """`{"early": true}` closes the running hour at this moment."""
    digest = make_digest(
        trail=aws.audit_trail(),
        vault=audit_vault.vault(),
        signer=audit_signing.signer(),
        clock=aws.CLOCK,
        early=event.get("early") is True,
    )
    if digest is None:
        return {"number": None, "chains": 0}
    logger().info("digest kept", number=digest.number, chains=len(digest.heads))
    if digest.broken:  # the digest is kept and says so; raising rings the alarm
        for broken in digest.broken:
            logger().error("chain broken", chain=broken.chain, fault=broken.fault)
        raise ChainsBroken
    return {"number": digest.number, "chains": len(digest.heads)}
