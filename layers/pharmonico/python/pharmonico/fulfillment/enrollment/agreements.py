"""What a signature is made of, beside the name."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Relationship = Literal[
    "parent", "spouse", "child", "sibling", "legal_guardian", "power_of_attorney", "other"
]
"""Of whoever signs for the patient, to the patient."""


class Agreement(BaseModel):
    """One consent as it was shown: which, in which version, and the SHA-256 of its words."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str = Field(max_length=40)
    version: str = Field(max_length=20)
    text_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
