"""The sample portal, built once and served on this machine, and a browser that looks at it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Route,
    sync_playwright,
)

from tests.building import build_site

# A tag with its classes: what one page is made of and another may not be.
_PART = re.compile(r'<\w+(?: (?:class|role)="[^"]*")*')
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WITHOUT_WINDOWS = "chromium-headless-shell"


def _browser_file() -> str | None:
    """A browser of the machine, or None for the one that Playwright has downloaded."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


def _quick_file() -> str | None:
    """Debian's Chromium without the windows of a desktop, where it stands beside the whole one.

    Pages open in it in half the time.
    """
    found = _browser_file()
    if found and Path(found).name == "chromium":
        quick = Path(found).with_name(_WITHOUT_WINDOWS)
        return str(quick) if quick.is_file() else found
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as running:
        yield running


def start_browser(playwright: Playwright, *, whole: bool = True) -> Browser:
    """Chromium, the whole of it or what a test needs; its sandbox is not for an administrator."""
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    file = _browser_file() if whole else _quick_file()
    return playwright.chromium.launch(executable_path=file, args=arguments)


def _started(playwright: Playwright, *, whole: bool) -> Iterator[Browser]:
    """A browser; a machine without one fails the tests instead of skipping them."""
    try:
        started = start_browser(playwright, whole=whole)
    except Error as error:
        pytest.fail(f"no browser to test with; install Chromium or set CHROMIUM\n{error}")
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, as quick as there is."""
    yield from _started(playwright, whole=False)


@pytest.fixture
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with all that somebody at a desk has, such as installing a site."""
    yield from _started(playwright, whole=True)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server for a browser that may go away in the middle of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of any fault but a connection that the browser has closed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which `folder` is served on this machine."""
    server = Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True, slots=True)
class Portal:
    """A served site: its folder, its address, and that of every page."""

    site: Path
    origin: str
    pages: tuple[str, ...]

    def section(self, name: str) -> list[str]:
        """The addresses of a section; the empty one is that of the landing pages."""
        inside = f"{self.origin}{name}/"
        if name:
            return [page for page in self.pages if page.startswith(inside) and page != inside]
        return [page for page in self.pages if page.removeprefix(self.origin).count("/") < 2]

    def telling(self, section: str) -> list[str]:
        """The pages of a section, but for those made only of parts that one before is made of."""
        seen: set[str] = set()
        found = []
        for page in self.section(section):
            name = page.removeprefix(self.origin)
            file = self.site / (name if name.endswith(".html") else f"{name}index.html")
            parts = set(_PART.findall(file.read_text(encoding="utf-8")))
            if not parts <= seen:
                found.append(page)
            seen |= parts
        return found


@pytest.fixture(scope="session")
def sample_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it is built, once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    site = shared / "sample-site"
    with (shared / "sample-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            built = build_site(root, shared / "sample-site.new")
            assert built.error is None, built.text
            built.site.rename(site)
    return site


@pytest.fixture(scope="session")
def portal(sample_site: Path) -> Iterator[Portal]:
    """The sample, served."""
    with serve(sample_site) as origin:
        files = sorted(file.relative_to(sample_site) for file in sample_site.rglob("index.html"))
        pages = [origin + file.as_posix().removesuffix("index.html") for file in files]
        yield Portal(sample_site, origin, (*pages, f"{origin}404.html"))


def search(page: Page, words: str) -> None:
    """Type `words` into the search once it listens, and have what it finds on the screen."""
    box = page.get_by_role("textbox", name="Search")
    box.click()
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for()
    box.press_sequentially(words)
    found = page.locator(".md-search-result__item").first
    found.wait_for(state="attached")
    # The theme closes the search a moment after it has shown another page, whoever is typing, and
    # opens it for somebody who comes to it, not for who is there already.
    for _ in range(20):
        with suppress(Error):
            found.wait_for(timeout=1_000)
            return
        box.blur()
        box.click()
    raise AssertionError("the search stays closed")


@dataclass
class Watch:
    """A page, what it asked of other hosts, and what its console complained of."""

    page: Page
    left: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, said: ConsoleMessage) -> None:
        """Take note of an error that the console shows."""
        if said.type == "error":
            self.complaints.append(said.text)


Open = Callable[..., AbstractContextManager[Watch]]


@pytest.fixture
def watch(browser: Browser) -> Open:
    """A way to open a page in which every request to another host is aborted and recorded."""

    @contextmanager
    def opened(origin: str, **settings: object) -> Iterator[Watch]:
        context: BrowserContext = browser.new_context(**settings)  # type: ignore[arg-type]
        watching = Watch(context.new_page())

        def check(route: Route) -> None:
            if route.request.url.startswith(origin):
                route.continue_()
            else:
                watching.left.append(route.request.url)
                route.abort()

        context.route("**/*", check)
        watching.page.on("console", watching.hear)
        watching.page.on("pageerror", lambda error: watching.complaints.append(str(error)))
        try:
            yield watching
        finally:
            context.close()

    return opened
