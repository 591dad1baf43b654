"""Coverage-guided fuzzing of both readers, in an environment that `make fuzz` makes.

Arguments are those of libFuzzer: a corpus folder, `-max_total_time=300`, `-artifact_prefix=…`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import atheris

# Loaded now, because what is loaded later is not instrumented.
MODULES = (
    "ncpdp.door",
    "ncpdp.json_schema",
    "ncpdp.cli.explaining",
    "ncpdp.sig",
    *(f"ncpdp.script.{name}" for name in ("checking", "envelope", "json_form", "rendering")),
    *(f"ncpdp.telecom.{name}" for name in ("answer", "checking", "claim_reading")),
    *(f"ncpdp.telecom.{name}" for name in ("framing", "json_form")),
)
with atheris.instrument_imports(include=["ncpdp"]):
    for module in MODULES:
        import_module(module)

from tests.fuzz.seeds import seeds  # noqa: E402 - after what has to be instrumented
from tests.fuzz.survival import survives  # noqa: E402 - the same


def one_input(data: bytes) -> None:
    survives(data)


def main() -> None:
    """Put the seeds into the corpus, then let atheris run; it ends the process itself."""
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    for folder in folders[:1]:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in seeds().items():
            (folder / name).write_bytes(data)
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
