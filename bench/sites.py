"""What the sites weigh as built, and how soon the portal shows something on a slow phone."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from bench.results import Result, median
from infra_cdk.site_headers import site_headers
from local.browser.chromium import Tab, chromium, tab
from local.deploy.sites import content_type
from local.edge.site import file_of
from local.place import LOOPBACK, ROOT
from local.web.building import build_sites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from bench.plan import Wanted

Answers = Mapping[str, Any]
NOTHING: Answers = {}
JSON = "application/json"
WEB = ROOT / "web"
ROUNDS = 5
SLOW_CPU = 4
BITS_PER_S = 1_600_000
LATENCY_MS = 150
LINK = "/#t=measured"
WATCH_WORDS = """
new MutationObserver((_, watching) => {
  if (!document.querySelector("h1")) return;
  watching.disconnect();
  requestAnimationFrame(() => { window.wordsAt = performance.now(); });
}).observe(document, { childList: true, subtree: true });
"""
FIRST_OF_PORTAL = re.compile(r"(index|es)-.*\.js$")
"""What the landing page is made of, for those who read Spanish: they get both languages' words."""
FIRST_OF_OPS = re.compile(r"(index|ListView)-.*\.js$")
"""The page itself and the worklist, where every day begins."""
STATIC_IMPORT = re.compile(r"""(?:from|import)["']\./([\w-]+\.js)["']""")
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure(wanted: Wanted) -> Iterator[Result]:
    """Weights of both sites, then the portal in a browser."""
    if not wanted("portal") and not wanted("ops"):
        return
    build_sites(print)
    portal, ops = (WEB / site / "dist" / "assets" for site in ("portal", "ops"))
    yield Result("portal.js_gz_kb", first_route(portal, FIRST_OF_PORTAL), "KB", 30)
    yield Result("portal.js_total_gz_kb", weight(portal, r"\.js$"), "KB")
    yield Result("portal.css_gz_kb", weight(portal, r"\.css$"), "KB", 20)
    if ops.is_dir():
        yield Result("ops.first_route_js_gz_kb", first_route(ops, FIRST_OF_OPS), "KB", 200)
    with served(WEB / "portal" / "dist", "portal") as address, chromium() as browser:
        times = [first_content_ms(browser, address) for _ in range(ROUNDS)]
        content, words = zip(*times, strict=True)
        yield Result("portal.first_content_ms", median(content, digits=0), "ms", 1000)
        yield Result("portal.first_words_ms", median(words, digits=0), "ms")


def weight(folder: Path, pattern: str) -> float:
    """The files of the name together, compressed one by one, in KB of 1,000 bytes."""
    fitting = [path for path in folder.iterdir() if re.search(pattern, path.name)]
    return round(sum(len(gzip.compress(path.read_bytes(), 9)) for path in fitting) / 1000, 1)


def first_route(folder: Path, first: re.Pattern[str]) -> float:
    """The scripts of this name, with every module that they import at once."""
    fetched: set[str] = set()
    waiting = [path.name for path in folder.glob("*.js") if first.match(path.name)]
    while waiting:
        name = waiting.pop()
        if name not in fetched:
            fetched.add(name)
            waiting += STATIC_IMPORT.findall((folder / name).read_text())
    return weight(folder, "|".join(re.escape(name) for name in fetched))


def first_content_ms(browser: Browser, address: str) -> tuple[float, float]:
    """From the click on the mailed link to the frame and to the page's words, nothing cached."""
    with tab(browser, phone=True) as opened:
        slow_down(opened)
        opened.page.add_init_script(WATCH_WORDS)
        opened.page.goto(address + LINK)
        opened.page.wait_for_function("window.wordsAt")
        found = opened.page.evaluate(f"[{FIRST_PAINT}, window.wordsAt]")
        return float(found[0]), float(found[1])


def slow_down(opened: Tab) -> None:
    session = opened.page.context.new_cdp_session(opened.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    line = {"latency": LATENCY_MS, "offline": False}
    speed = BITS_PER_S / 8
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {**line, "downloadThroughput": speed, "uploadThroughput": speed},
    )


@contextmanager
def served(folder: Path, site: str, answers: Answers = NOTHING) -> Iterator[str]:
    """The built site as its distribution serves it: compressed, under the production headers.

    `answers` is what an API would say, by path.
    """
    server = ThreadingHTTPServer((LOOPBACK, 0), _handler(folder, answers))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{site}.localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(folder: Path, answers: Answers) -> type[SimpleHTTPRequestHandler]:
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    packed = {name: gzip.compress(path.read_bytes()) for name, path in files.items()}
    said = {path: gzip.compress(json.dumps(answer).encode()) for path, answer in answers.items()}

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            name = file_of(path)
            is_api = path.startswith("/api/")
            body = said.get(path, b"") if is_api else packed.get(name, b"")
            self.send_response(200 if body else 404)
            for header, value in site_headers("").items():
                self.send_header(header, value)
            self.send_header("Content-Type", JSON if is_api else content_type(name))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """A bench prints its figures alone."""

    return Handler
