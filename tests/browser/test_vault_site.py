"""The sample portal in the vault: everything works under the policy, and nothing leaves the origin."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from followup.mkdocs.building import build_site
from tests.browser.conftest import search
from tests.browser.vault_maker import Recipe, hosting, make_vault
from tests.browser.vaults import field as passphrase_field
from tests.browser.vaults import open_context, opening, painted, unlock

# One process builds the site, once.
pytestmark = pytest.mark.xdist_group("vault-site")
_PLACEHOLDER = b"https://portal.invalid/"
_INLINE = re.compile(rb"<script>(.*?)</script>", re.S)
_PART = re.compile(rb'<\w+(?: (?:class|role)="[^"]*")*')
_REPORT = """addEventListener("securitypolicyviolation", event =>
  console.error("violation of", event.violatedDirective, event.blockedURI))"""


def _policy(files: Mapping[str, bytes]) -> str:
    """The policy of the site; the theme's own scripts are those of a page without any note."""
    sums = [hashlib.sha256(script).digest() for script in _INLINE.findall(files["404.html"])]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in sums)
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self'; "
        "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@pytest.fixture(scope="module")
def files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The sample's site with addresses that say nothing."""

    def hide(key: str) -> str:
        return hashlib.sha256(f"address of {key}".encode()).hexdigest()[:20]

    folder = tmp_path_factory.mktemp("site")
    build_site(root, folder, date(2026, 11, 22), hide)
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


@dataclass
class _Reading:
    """An open vault: its page and address, what went wrong, and what was asked of other hosts.

    `asked_by_worker` counts the worker's own requests, which are watched like those of a page.
    """

    context: BrowserContext
    page: Page
    address: str
    left: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    asked_by_worker: int = 0

    def hear(self, said: ConsoleMessage) -> None:
        """Take note of an error that the console shows."""
        if said.type == "error":
            self.complaints.append(said.text)

    def see(self, request: Request) -> None:
        """Take note of a request to another host."""
        self.asked_by_worker += request.service_worker is not None
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.left.append(request.url)


@contextmanager
def _reading(
    browser: Browser,
    files: Mapping[str, bytes],
    policy: str | None = None,
    **settings: object,
) -> Iterator[_Reading]:
    with hosting({}) as host, open_context(browser, **settings) as context:
        at_home = files["sitemap.xml"].replace(_PLACEHOLDER, host.address.encode())
        headers = {"Content-Security-Policy": policy or _policy(files)}
        host.files = make_vault(Recipe({**files, "sitemap.xml": at_home}, headers=headers))
        reading = _Reading(context, context.new_page(), host.address)
        context.on("request", reading.see)
        reading.page.add_init_script(_REPORT)
        reading.page.goto(host.address)
        unlock(reading.page)
        reading.page.on("console", reading.hear)
        reading.page.on("pageerror", lambda error: reading.complaints.append(str(error)))
        yield reading


def _telling(files: Mapping[str, bytes]) -> Iterator[str]:
    """The pages that have a part which no page before had."""
    seen: set[bytes] = set()
    for name, data in files.items():
        parts = set(_PART.findall(data))
        if name.endswith(".html") and not parts <= seen:
            yield name
            seen |= parts


def test_every_page_keeps_to_the_policy(browser: Browser, files: Mapping[str, bytes]) -> None:
    """No page breaks the policy, complains, or asks another host for anything."""
    pages = list(_telling(files))
    assert len(pages) > 15
    with _reading(browser, files) as reading:
        for name in pages:
            reading.page.goto(reading.address + name)
        reading.page.wait_for_load_state("networkidle")
    assert reading.complaints == []
    assert reading.left == []
    assert reading.asked_by_worker


def test_what_breaks_it_is_noticed(browser: Browser, files: Mapping[str, bytes]) -> None:
    """The test above can fail: a remote picture asks, and an inline script is refused."""
    page = b'<img src="https://evil.example/a.png"><script>window.RAN = 1</script>'
    bad = {**files, "bad.html": page}
    with _reading(browser, bad) as reading:
        reading.page.goto(f"{reading.address}bad.html")
        assert reading.page.evaluate("window.RAN") is None
        assert any("violation of script-src" in said for said in reading.complaints)
        assert any("violation of img-src" in said for said in reading.complaints)
    with _reading(browser, bad, "script-src 'self' 'unsafe-inline'") as reading:
        reading.page.goto(f"{reading.address}bad.html")
        assert reading.page.evaluate("window.RAN") == 1
        worker = reading.context.service_workers[0]
        worker.evaluate("fetch('https://evil.example/b').catch(() => null)")
        assert reading.left == ["https://evil.example/a.png", "https://evil.example/b"]


def test_the_portal_works_in_the_vault(browser: Browser, files: Mapping[str, bytes]) -> None:
    """Search, palette, instant navigation and saving work as they do without the vault."""
    with _reading(browser, files, reduced_motion="reduce") as reading:
        page = reading.page
        page.wait_for_load_state("networkidle")
        page.evaluate("window.SAME = true")
        page.locator(".md-tabs__link", has_text="Calendar").click()
        page.locator("h1", has_text="Calendar").wait_for()
        assert page.evaluate("window.SAME"), "the page was loaded anew"
        search(page, "forecast")
        page.locator(".md-search-result__item").first.wait_for()
        page.keyboard.press("Escape")
        scheme = "document.body.dataset.mdColorScheme"
        before = page.evaluate(scheme)
        page.locator('[data-md-component="palette"] label:visible').click()
        assert page.evaluate(scheme) != before
        page.locator(".md-tabs__link", has_text="Drafts").click()
        page.get_by_role("heading", name="Drafts", exact=True).wait_for()
        page.locator(".fu-lines a").first.click()
        with page.expect_download() as saving:
            page.locator('a[href$=".eml"]:visible').first.click()
        assert b"Subject: " in saving.value.path().read_bytes()
        assert page.evaluate("window.SAME"), "the page was loaded anew"
    assert reading.complaints == []
    assert reading.left == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_lock_stands_in_the_header(
    browser: Browser, files: Mapping[str, bytes], width: int
) -> None:
    """A *Lock* button with icon and word stands beside the palette's, and locks."""
    view = {"width": width, "height": 800}
    with _reading(browser, files, viewport=view) as reading:
        page = reading.page
        button = page.get_by_role("button", name="Lock")
        lock, palette = (
            place.bounding_box()
            for place in (button, page.locator('[data-md-component="palette"] label:visible'))
        )
        assert lock
        assert palette
        assert 0 <= palette["x"] - lock["x"] - lock["width"] < 30
        assert button.locator("svg").is_visible()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        page.goto(f"{reading.address}404.html")
        button.click()
        passphrase_field(page).wait_for()
        page.go_back()
        page.locator("h1", has_text="Locked").wait_for()


def test_only_the_vault_has_it(sample_site: Path, files: Mapping[str, bytes]) -> None:
    """Pages outside a vault have no *Lock* and no script of it; in the vault all have both."""
    for name in ("index.html", "404.html", "calendar/index.html"):
        page = (sample_site / name).read_text(encoding="utf-8")
        assert "data-fu-lock" not in page
        assert "shell.js" not in page
    for name, data in files.items():
        if name.endswith(".html"):
            assert data.count(b"data-fu-lock") == 1, name
            assert data.count(b"shell.js") == 1, name


def _large_site(files: Mapping[str, bytes], size: int) -> Mapping[str, bytes]:
    """The site with as many more pages as make `size` bytes; their words do not compress away."""
    drawn = random.Random(7)
    page = files["index.html"]
    more: dict[str, bytes] = {}
    total = 0
    while total < size:
        words = drawn.randbytes(len(page) // 6).hex().encode()
        more[f"{len(more):020x}/index.html"] = page + b"<p>" + words
        total += len(page) + len(words)
    return {**files, **more}


def test_a_large_vault_opens_fast(browser: Browser, files: Mapping[str, bytes]) -> None:
    """Twenty megabytes of pages open within three seconds; a page after that takes a third of one.

    The median of five openings counts, and of the pages of all of them.
    """
    large = _large_site(files, 20_000_000)
    opened, seen = [], []
    with hosting(make_vault(Recipe(large))) as host:
        for _ in range(5):
            with open_context(browser) as context:
                page = context.new_page()
                opened.append(opening(page, host.address))
                for name in list(large)[-5:]:
                    page.goto(f"{host.address}{name}", wait_until="commit")
                    seen.append(painted(page))
    assert median(opened) < 3, opened
    assert median(seen) < 0.3, seen
