"""Pictures of pages, small enough to be kept with the code, and the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from local.browser.chromium import picture_of
from local.browser.looks import SCHEMES, SETTLED

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from local.browser.chromium import Scheme

COLOURS = 256  # with fewer, large pages lose the brand's own
HEAD = """# Screenshots

Every page of both sites in both themes, on synthetic people; the portal as a phone shows it, the
dashboard at 1280 pixels. `make screenshots` takes them anew, by the sites' own routers.
"""
SITES = {"portal": "Patient portal", "ops": "Ops dashboard"}


@dataclass
class Album:
    """A folder of pictures named `site-name-scheme.png`."""

    folder: Path
    names: dict[str, list[str]] = field(default_factory=lambda: {site: [] for site in SITES})

    def keep(self, site: str, name: str, page: Page, *, whole: bool = True) -> None:
        """The page in both themes, in few colours, which is a quarter of the bytes."""
        known = self.names[site]
        if name not in known:
            known.append(name)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(SETTLED, arg=scheme)
            taken = Image.open(BytesIO(picture_of(page, whole=whole)))
            few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(self.folder / _file(site, name, scheme), optimize=True)
        page.emulate_media(color_scheme="light")

    def finish(self) -> int:
        """Write the index and drop what is of no page any more; says how many there are."""
        kept = {
            _file(site, name, scheme)
            for site, names in self.names.items()
            for name in names
            for scheme in SCHEMES
        }
        for path in self.folder.glob("*.png"):
            if path.name not in kept:
                path.unlink()
        (self.folder / "README.md").write_text(self._index())
        return len(kept)

    def _index(self) -> str:
        parts = [HEAD]
        for site, names in self.names.items():
            rows = "".join(
                f"| {name} | ![{name}, light]({_file(site, name, 'light')}) "
                f"| ![{name}, dark]({_file(site, name, 'dark')}) |\n"
                for name in names
            )
            parts.append(f"## {SITES[site]}\n\n| page | light | dark |\n|---|---|---|\n{rows}")
        return "\n".join(parts)


def _file(site: str, name: str, scheme: Scheme) -> str:
    return f"{site}-{name}-{scheme}.png"
