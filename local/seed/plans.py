"""Synthetic plans; the claims switch of the sandbox pays for every one of them."""

from __future__ import annotations

from pharmonico.fulfillment.directory import Plan

MEDICARE = "medicare-prime"
COMMERCIAL = "commercial-open"
NARROW = "commercial-narrow"
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
)
