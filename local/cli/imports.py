"""import: official files into the directory, and what their rows were refused for."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmonico.kit.clock import SystemClock

from local.cloud import running_cloud
from local.importing import checkpoints
from local.importing.catalogue import DynamoCatalogue
from local.importing.nadac import Nadac
from local.importing.ndc import Packages, Products, Stage
from local.importing.nppes import Nppes
from local.importing.openfda import OpenFda
from local.importing.pharmacies import DynamoPharmacies
from local.importing.progress import brief, shown
from local.importing.records import Unreadable
from local.importing.running import Files, run
from local.place import LocalError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date

    from local.importing.catalogue import Catalogue
    from local.importing.pharmacies import Pharmacies
    from local.importing.records import Counts, Importer

KINDS = {
    "ndc": "the FDA's product.txt, with package.txt beside it",
    "openfda": "openFDA's drug-ndc JSON file, unzipped",
    "nadac": "CMS's NADAC prices, CSV",
    "nppes": "CMS's npidata_pfile CSV: pharmacies with an NCPDP id",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to import, into what, and where state and reports of it lie."""

    file: Path
    folder: Path
    catalogue: Catalogue
    pharmacies: Pharmacies
    today: date
    assume: bool = False
    say: Callable[[str], None] = print


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    parser = commands.add_parser(
        "import",
        help="an official file into the directory; goes on where it was stopped",
        description="; ".join(f"{kind}: {what}" for kind, what in KINDS.items()),
    )
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--assume",
        action="store_true",
        help="nppes: fill profiles with guesses, so that a demonstration can route to them",
    )
    parser.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> None:
    """Import the file, and say what became of its records."""
    cloud = running_cloud(options.place)
    dynamodb, table = cloud.engine.client("dynamodb"), cloud.outputs["DirectoryTable"]
    wanted = Wanted(
        file=options.file,
        folder=options.place.data / "imports",
        catalogue=DynamoCatalogue(dynamodb, table),
        pharmacies=DynamoPharmacies(dynamodb, table),
        today=SystemClock().now().date(),
        assume=options.assume,
    )
    if not options.file.is_file():
        raise LocalError(f"there is no file {options.file}")
    IMPORTS[options.kind](wanted)


def import_ndc(wanted: Wanted) -> None:
    """Products into a stage, then packages into the catalogue."""
    packages = wanted.file.with_name("package.txt")
    if not packages.is_file():
        raise LocalError(f"{packages} is missing: the FDA's zip holds both files")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    staged = wanted.folder / f"{wanted.file.name}.stage"
    has_products = staged.exists() and checkpoints.load(_state(wanted, packages), packages)
    with closing(Stage(staged)) as stage:
        if not has_products:
            _import(wanted, wanted.file, Products(stage, wanted.today))
        _import(wanted, packages, Packages(stage, wanted.catalogue, wanted.today))
    staged.unlink()


def import_openfda(wanted: Wanted) -> None:
    """Products with their packages."""
    _import(wanted, wanted.file, OpenFda(wanted.catalogue, wanted.today))


def import_nadac(wanted: Wanted) -> None:
    """Prices of packages that the catalogue has."""
    _import(wanted, wanted.file, Nadac(wanted.catalogue))


def import_nppes(wanted: Wanted) -> None:
    """Pharmacies into the directory; the table's stream takes them to routing."""
    _import(wanted, wanted.file, Nppes(wanted.pharmacies, wanted.today, wanted.assume))


IMPORTS: dict[str, Callable[[Wanted], None]] = {
    "ndc": import_ndc,
    "openfda": import_openfda,
    "nadac": import_nadac,
    "nppes": import_nppes,
}


def _import(wanted: Wanted, file: Path, importer: Importer[Any]) -> None:
    files = Files(file, _state(wanted, file), wanted.folder / f"{file.name}.rejected.csv")
    try:
        with shown(file.name, file.stat().st_size) as show:
            counts = run(importer, files, show=show)
    except Unreadable as problem:
        raise LocalError(f"{file} cannot be imported as {importer.kind}: {problem}") from problem
    wanted.say(summary(file, counts, files.report))


def _state(wanted: Wanted, file: Path) -> Path:
    return wanted.folder / f"{file.name}.state.json"


def summary(file: Path, counts: Counts, report: Path) -> str:
    """What became of the records, reason by reason."""
    reasons = [
        f"  {number:>9,} {what} {reason}"
        for what, found in (("skipped:", counts.skipped), ("rejected:", counts.rejected))
        for reason, number in sorted(found.items(), key=lambda each: -each[1])
    ]
    where = [f"  rejected records, each with its reason: {report}"] if counts.rejected else []
    return "\n".join([f"{file.name}: {brief(counts)}", *reasons, *where])
