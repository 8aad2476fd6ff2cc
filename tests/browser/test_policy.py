"""The sample under its policy: everything works, and a script that somebody planted does not run."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from followup.mkdocs.policy import find_inline, script_hashes
from followup.site.headers import build_policy, page_headers
from tests.browser.conftest import Open, Portal, Server, Watch, search, serve

# One page tells the test of every violation, also those that happened before it was asked.
LISTEN = """
window.VIOLATIONS = [];
document.addEventListener("securitypolicyviolation", event =>
  window.VIOLATIONS.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
PLANTED = {
    "a script": ("<script>window.RAN = 1</script>", "script-src-elem"),
    "a script of another host": ("<script src=https://a.example/x.js></script>", "script-src-elem"),
    "a handler": ('<img src="x" onerror="window.RAN = 1">', "script-src-attr"),
    "a style sheet": ("<style>body { display: none }</style>", "style-src-elem"),
    "a remote image": ('<img src="https://a.example/x.png">', "img-src"),
    "a frame": ('<iframe src="https://a.example/"></iframe>', "frame-src"),
    "another base": ('<base href="https://a.example/">', "base-uri"),
}


@contextmanager
def guarded(site: Path, headers: Mapping[str, str]) -> Iterator[str]:
    """The address of a server that sends exactly these headers with everything."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def do_GET(self) -> None:
            """Answer; the sitemap with the port, which the theme compares and a build cannot know."""
            if self.path != "/sitemap.xml":
                return super().do_GET()
            origin = f"http://{self.headers['Host']}/"
            text = (site / "sitemap.xml").read_text(encoding="utf-8")
            body = text.replace("https://portal.invalid/", origin).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def headers(sample_site: Path) -> Mapping[str, str]:
    """What goes with every page of the sample; the hashes are those of the page for no page."""
    missing = (sample_site / "404.html").read_text(encoding="utf-8")
    return page_headers(build_policy(script_hashes(find_inline(missing))))


@pytest.fixture
def guard(sample_site: Path, headers: Mapping[str, str], watch: Open) -> Iterator[Watch]:
    """A page of the sample under its policy, in a window of a desk; nothing may be violated."""
    allowed = {"permissions": ["clipboard-read", "clipboard-write"]}
    size = {"width": 1280, "height": 900}
    with guarded(sample_site, headers) as origin, watch(origin, viewport=size, **allowed) as seen:
        said: list[str] = []
        seen.page.on("console", lambda message: said.append(message.text))
        seen.page.add_init_script(LISTEN)
        seen.page.goto(origin)
        yield seen
        assert seen.page.evaluate("window.VIOLATIONS") == []
        assert said == []
        assert seen.complaints == []
        assert seen.left == []


def visit(watching: Watch, address: str) -> Page:
    """The page at `address`, by a whole load of it."""
    assert watching.page.evaluate("window.VIOLATIONS") == []
    watching.page.goto(re.sub(r"(?<=\d/).*", "", watching.page.url) + address)
    return watching.page


def test_search_and_instant_navigation(guard: Watch) -> None:
    """The search finds a note in its worker; its page comes without a whole load, and so do tabs."""
    page = guard.page
    page.wait_for_load_state("networkidle")
    page.evaluate("window.SAME = true")
    search(page, "Harbor")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(re.compile("h=harbor"))
    page.locator(".md-tabs__link", has_text="Calendar").click()
    expect(page.locator(".md-content h1")).to_have_text("Calendar")
    page.locator(".md-tabs__link", has_text="Companies").click()
    expect(page.locator(".md-content h1")).to_have_text("Companies")
    assert page.evaluate("window.SAME") is True


def test_the_palette_is_kept(guard: Watch) -> None:
    """The other palette is chosen, stays through a load, and no page flashes in the first."""
    page = guard.page
    page.locator("label[title='Switch to dark']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    visit(guard, "calendar/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def pasted(box: Locator) -> str:
    """What the clipboard holds, as somebody pastes it; the page itself may not read it."""
    box.press("Control+a")
    box.press("Control+v")
    return box.input_value()


def test_copying(guard: Watch) -> None:
    """A draft's button puts the message on the clipboard."""
    page = visit(guard, "drafts/2026-11-10-northlight-final/")
    button = page.locator("[data-fu-copy$='--text']").locator("visible=true").first
    target = page.locator(f"[id='{button.get_attribute('data-fu-copy')}']")
    first = str(target.evaluate("element => element.value || element.textContent")).split("\n")[0]
    button.click()
    expect(page.get_by_text("Copied").first).to_be_attached()
    assert first.strip()
    box = page.get_by_role("textbox", name="Search")
    box.click()
    assert pasted(box).startswith(first.strip())


def test_calendar_filters(guard: Watch) -> None:
    """A company leaves fewer entries, and all come back."""
    page = visit(guard, "calendar/")
    entries = page.locator(".fu-agenda__item[data-kind]").locator("visible=true")
    count = entries.count()
    page.get_by_label("Company").select_option("Harbor & Pine")
    assert 0 < entries.count() < count
    page.get_by_label("Company").select_option("")
    assert entries.count() == count


def test_the_board(guard: Watch) -> None:
    """The board is narrowed by typing, and shown as a table that sorts."""
    page = visit(guard, "pipeline/")
    cards = page.locator(".fu-board .fu-tile").locator("visible=true")
    assert cards.count() > 1
    page.fill("#filter", "harbor")
    expect(cards).to_have_count(1)
    page.fill("#filter", "")
    page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_role("button", name="Company", exact=True).click()
    expect(page.locator("#table th[aria-sort=ascending]")).to_have_count(1)


def test_the_form_for_a_new_note(guard: Watch) -> None:
    """It takes rows, downloads the note and copies it."""
    page = visit(guard, "new/")
    page.fill("#new-company", "Acme Logistics")
    page.fill("#new-title", "Clerk")
    page.locator("[data-fu-add=what_went_right]").click()
    with page.expect_download() as waiting:
        page.locator("[data-fu-note=download]").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "company: Acme Logistics" in text
    page.locator("[data-fu-note=copy]").click()
    expect(page.locator("[data-fu-told]")).to_contain_text("Copied.")
    assert "company: Acme Logistics" in pasted(page.locator("#new-the_job"))


def test_every_kind_of_page(guard: Watch, portal: Portal) -> None:
    """No page violates the policy as it loads."""
    sections = ("", "notes", "companies", "drafts", "people", "prepare")
    for page in [page for section in sections for page in portal.telling(section)]:
        visit(guard, page.removeprefix(portal.origin))


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_planted_is_stopped_and_reported(
    sample_site: Path, headers: Mapping[str, str], watch: Open, tmp_path: Path, kind: str
) -> None:
    """The tests above can fail: each of these is a violation that the page tells of, and does nothing."""
    html, directive = PLANTED[kind]
    site = spoiled(sample_site, tmp_path, html)
    with guarded(site, headers) as origin, watch(origin) as watching:
        page = watching.page
        page.add_init_script(LISTEN)
        page.goto(f"{origin}spoiled.html")
        page.wait_for_timeout(50)
        found = page.evaluate("window.VIOLATIONS")
        assert {violation.split()[0] for violation in found} == {directive}
        assert page.evaluate("window.RAN") is None
    assert watching.left == []


@pytest.mark.parametrize("kind", ["a script", "a handler"])
def test_without_the_policy_it_would_run(
    sample_site: Path, watch: Open, tmp_path: Path, kind: str
) -> None:
    """It is the policy that stops it."""
    site = spoiled(sample_site, tmp_path, PLANTED[kind][0])
    with guarded(site, {}) as origin, watch(origin) as watching:
        watching.page.goto(f"{origin}spoiled.html")
        watching.page.wait_for_function("window.RAN === 1")


def test_no_page_reads_the_clipboard(
    sample_site: Path, headers: Mapping[str, str], watch: Open
) -> None:
    """Not even where the reader's browser would let it."""
    read = "navigator.clipboard.readText().then(() => 'read', error => error.name)"
    found = []
    for sent in (headers, {}):
        with (
            guarded(sample_site, sent) as origin,
            watch(origin, permissions=["clipboard-read", "clipboard-write"]) as watching,
        ):
            watching.page.goto(origin)
            watching.page.evaluate("navigator.clipboard.writeText('x')")
            found.append(watching.page.evaluate(read))
    assert found == ["NotAllowedError", "read"]


@pytest.mark.parametrize("framed", [False, True])
def test_no_other_page_frames_it(
    sample_site: Path, headers: Mapping[str, str], browser: Browser, tmp_path: Path, framed: bool
) -> None:
    """In a frame of another site nothing is shown; without the policy it is."""
    with guarded(sample_site, {} if framed else headers) as origin:
        (tmp_path / "index.html").write_text(f'<iframe src="{origin}"></iframe>', encoding="utf-8")
        with serve(tmp_path) as other:
            page = browser.new_page()
            page.goto(other)
            shown = page.frame_locator("iframe").locator("h1", has_text="Today")
            assert shown.count() == framed
            page.close()


def spoiled(sample: Path, folder: Path, html: str) -> Path:
    """A copy of the sample's home page with `html` in its text, and all that it needs."""
    site = folder / "site"
    shutil.copytree(sample / "assets", site / "assets")
    page = (sample / "index.html").read_text(encoding="utf-8")
    # Before everything else, for what changes how the rest is read.
    (site / "spoiled.html").write_text(page.replace("<head>", f"<head>{html}"), encoding="utf-8")
    return site
