"""`python -m local.cli`, for the Makefile."""

import sys

from local.cli import main

sys.exit(main())
