"""The sample portal in a real browser: every page, in every look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Open, Portal, search, serve

SECTIONS = ("", "drafts", "companies", "notes", "people", "prepare")
WIDTHS = (1280, 390, 320)
_DESK: ViewportSize = {"width": 1280, "height": 900}
_PHONE: ViewportSize = {"width": 390, "height": 844}
_OPEN_ALL = "document.querySelectorAll('article details').forEach(part => { part.open = true; })"
_DARKEN = """() => {
  document.body.dataset.mdColorScheme = "slate";
  document.body.dataset.mdColorPrimary = "black";
}"""
# The theme fades from one colour to the next; the check looks at where that ends.
_SETTLE = """() => {
  getComputedStyle(document.body).color;
  document.getAnimations().forEach(animation => animation.finish());
}"""
# How far the page reaches beyond the window, and the first element that does.
_OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return "";
  const guilty = [...document.querySelectorAll("article *")].find(
    element => element.getBoundingClientRect().right > wide + 1);
  return guilty ? guilty.outerHTML.slice(0, 120) : "the page";
}"""


@pytest.mark.parametrize("section", SECTIONS)
def test_no_page_asks_another_host_or_complains(watch: Open, portal: Portal, section: str) -> None:
    """Every request stays on the site, no page has an error, and none scrolls sideways."""
    assert portal.section(section)
    wide = []
    with watch(portal.origin, reduced_motion="reduce") as watching:
        for address in portal.section(section):
            watching.page.set_viewport_size(_DESK)
            watching.page.goto(address)
            for width in WIDTHS:
                watching.page.set_viewport_size({"width": width, "height": 900})
                if guilty := watching.page.evaluate(_OVERFLOW):
                    wide.append(f"{address} at {width}: {guilty}")
    assert watching.left == []
    assert watching.complaints == []
    assert wide == []


def test_a_request_to_another_host_is_caught(watch: Open, tmp_path: Path) -> None:
    """The watch can fail: a page with a picture from elsewhere is noticed."""
    (tmp_path / "index.html").write_text('<img src="https://evil.example/x.png">', encoding="utf-8")
    with serve(tmp_path) as origin, watch(origin) as watching:
        watching.page.goto(origin)
    assert watching.left == ["https://evil.example/x.png"]
    assert watching.complaints


@pytest.mark.parametrize("section", SECTIONS)
def test_everybody_can_use_every_page(watch: Open, portal: Portal, section: str) -> None:
    """An automatic check finds nothing to mend, in light, dark and on a phone, all opened up.

    Pages that show nothing that another has not shown are passed over: the check takes a second.
    """
    found = []
    with watch(portal.origin, color_scheme="light", viewport=_DESK) as watching:
        for address in portal.telling(section):
            watching.page.set_viewport_size(_DESK)
            watching.page.goto(address)
            watching.page.evaluate(_OPEN_ALL)
            found += _violations(watching.page, "light")
            watching.page.set_viewport_size(_PHONE)
            found += _violations(watching.page, "phone")
            watching.page.evaluate(_DARKEN)
            found += _violations(watching.page, "dark", rules=["color-contrast"])
    assert found == []


def _violations(page: Page, look: str, rules: list[str] | None = None) -> list[str]:
    """What the check finds on the page as it is now, one line each."""
    page.evaluate(_SETTLE)
    options: dict[str, Any] = {"resultTypes": ["violations"], "selectors": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url} ({look}) {violation['id']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def test_an_unreadable_page_is_found(watch: Open, tmp_path: Path) -> None:
    """The check can fail: grey on grey, and a picture without words."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><title>t</title><main><h1>t</h1>'
        '<p style="color:#ccc;background:#ddd">grey</p><img src="x.png"></main>',
        encoding="utf-8",
    )
    with serve(tmp_path) as origin, watch(origin) as watching:
        watching.page.goto(origin)
        assert {line.split()[2] for line in _violations(watching.page, "light")} == {
            "color-contrast:",
            "image-alt:",
        }


def test_the_whole_page_is_there_without_script(watch: Open, portal: Portal) -> None:
    """Without JavaScript every landing page shows what it has, and its links lead on."""
    with watch(portal.origin, java_script_enabled=False) as watching:
        for address in portal.section(""):
            watching.page.goto(address)
            assert watching.page.locator("h1").is_visible(), address
        watching.page.goto(portal.origin)
        assert watching.page.get_by_text("22 November 2026, when this was built").is_visible()
        assert watching.page.locator(".fu-row").first.is_visible()
        watching.page.locator(".fu-row h3").first.wait_for()
        watching.page.locator(".fu-row__act a").first.click()
        assert watching.page.url != portal.origin
        assert watching.page.locator("h1").is_visible()


def test_search_palette_and_tabs_work_without_another_host(watch: Open, portal: Portal) -> None:
    """Searching, changing to dark and following a tab need nothing from elsewhere."""
    with watch(portal.origin, color_scheme="light") as watching:
        page = watching.page
        page.goto(portal.origin)
        search(page, "Harbor")
        page.locator(".md-search-result__link").first.wait_for()
        assert page.locator(".md-search-result__link", has_text="Harbor").count() > 0
        page.keyboard.press("Escape")
        page.get_by_title("Switch to dark").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.locator(".md-tabs__link", has_text="Calendar").click()
        page.locator("h1", has_text="Calendar").wait_for()
        assert page.locator(".md-tabs__item--active").inner_text().strip() == "Calendar"
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert watching.left == []
    assert watching.complaints == []


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("", lambda page: page.get_by_role("textbox", name="Search").hover()),
        ("", lambda page: page.get_by_role("textbox", name="Search").focus()),
        ("", lambda page: page.keyboard.press("/")),
        ("?q=Harbor", None),
        ("?h=Harbor", None),
    ],
    ids=["pointer", "focus", "key", "q", "h"],
)
def test_the_search_index_comes_when_it_is_wanted(
    watch: Open, portal: Portal, address: str, reach: Callable[[Page], None] | None
) -> None:
    """A page does without it until somebody reaches for the search; then it comes, once."""
    index = f"{portal.origin}search/search_index.json"
    with watch(portal.origin) as watching:
        page = watching.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(portal.origin + address)
        page.wait_for_load_state("networkidle")
        assert asked.count(index) == (reach is None)
        if reach:
            reach(page)
        if address != "?q=Harbor":
            search(page, "Harbor")
        page.locator(".md-search-result__link", has_text="Harbor").first.wait_for()
        assert asked.count(index) == 1
    assert watching.complaints == []


def test_the_buttons_of_a_letter_are_two_rows_on_a_phone(watch: Open, portal: Portal) -> None:
    """The next thing to do across the page, and everything else in one row below it."""
    with watch(portal.origin, viewport=_PHONE) as watching:
        watching.page.goto(f"{portal.origin}drafts/2026-11-20-harbor-pine-panel/")
        for letter in watching.page.locator(".fu-letter__acts:visible").all():
            boxes = [part.bounding_box() for part in letter.locator(":scope > :visible").all()]
            assert len(boxes) > 2
            assert len({round(box["y"]) for box in boxes if box}) == 2


def test_the_keyboard_reaches_the_page_first(watch: Open, portal: Portal) -> None:
    """The first stop of the Tab key skips to the article."""
    with watch(portal.origin) as watching:
        watching.page.goto(f"{portal.origin}companies/")
        watching.page.keyboard.press("Tab")
        assert watching.page.evaluate("document.activeElement.hash") == "#fu-main"
