"""Synthetic plans; the claims switch of the sandbox pays for every one of them."""

from __future__ import annotations

from pharmonico.fulfillment.directory import Plan
from pharmonico.payer.plans import ANY

from local.seed.payer_plans import PLANS as PAYER_PLANS

MEDICARE = "medicare-prime"
COMMERCIAL = "commercial-open"
NARROW = "commercial-narrow"
SYNTHETIC_BINS = "9990"
NETWORKS = (MEDICARE, COMMERCIAL, NARROW)

PLANS = (
    Plan(
        bin="610014",
        pcn="MEDDPRIME",
        group="EXGRP01",
        name="Synthetic Medicare Prime",
        network=MEDICARE,
        federal=True,
    ),
    Plan(
        bin="610014",
        pcn="MEDDPRIME",
        group="",
        name="Synthetic Medicare Prime, other groups",
        network=MEDICARE,
        federal=True,
    ),
    Plan(bin="004336", pcn="ADV", group="", name="Synthetic Choice", network=COMMERCIAL),
    Plan(bin="015581", pcn="NARROW", group="", name="Synthetic Value", network=NARROW),
    Plan(
        bin="019158",
        pcn="CNRX",
        group="",
        name="Synthetic Copay Card",
        network=COMMERCIAL,
        is_copay_card=True,
    ),
    *(
        Plan(
            bin=plan.bin,
            pcn=plan.pcn,
            group="" if plan.group == ANY else plan.group,
            name=plan.name,
            network=MEDICARE if plan.programme else COMMERCIAL,
            federal=plan.programme is not None,
            is_copay_card=plan.kind == "copay_card",
        )
        for plan in PAYER_PLANS
        if plan.bin.startswith(SYNTHETIC_BINS)
    ),
)
