"""The Review in a browser: its cards on paper, with the rest of the page or alone."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open, Portal

SEEN = """() => [...document.querySelectorAll('.fu > *, .fu-rehearse')]
  .filter(element => element.checkVisibility()).map(element => element.className)"""


def seen(page: Page) -> set[str]:
    """The kinds of parts that can be seen."""
    found: list[str] = page.evaluate(SEEN)
    return set(found)


def test_the_cards_are_printed_alone(watch: Open, portal: Portal) -> None:
    """One press asks for nothing but the cards; the next print of the page is whole again."""
    with watch(portal.origin) as watching:
        page = watching.page
        page.goto(f"{portal.origin}review/")
        page.evaluate("window.print = () => { window.asked = true; }")
        page.get_by_role("button", name="Print the cards").click()
        assert page.evaluate("window.asked") is True
        assert "fu-head" in seen(page)
        page.emulate_media(media="print")
        assert seen(page) == {"fu-sec fu-deck", "fu-rehearse"}
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert {"fu-head", "fu-cols", "fu-rehearse"} <= seen(page)
