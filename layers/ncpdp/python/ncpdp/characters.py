"""Characters that a message cannot carry, whatever its form."""

from __future__ import annotations

import re

# XML 1.0 has no way to write these, escaped or not.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
