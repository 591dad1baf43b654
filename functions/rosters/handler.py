"""Stream: what changes in the directory's pharmacies goes into the rosters that routing reads."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.lambdas.directory import follower

lambda_handler = follower(lambda moves: aws.roster_pages().keep(moves))
