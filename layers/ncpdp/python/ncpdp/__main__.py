"""`python -m ncpdp`: see `python -m ncpdp --help`."""

from __future__ import annotations

import sys

from ncpdp.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
