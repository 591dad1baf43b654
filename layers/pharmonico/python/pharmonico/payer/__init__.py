"""A payer to try claims against: plans, accumulators and rules behind a D.0 switch.

It is a simulator. Its plans, prices and members are synthetic, it is deployed where there are no
real payers, and it knows of the rest of Pharmonico only what a payer knows: the bytes of a claim.
"""
