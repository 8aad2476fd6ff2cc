"""A preparation on a phone, on a wide screen and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, Portal

SMALLEST = """() => Math.min(...[...document.querySelectorAll('.fu-cols--prepare *')]
  .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize) * .75))"""


def _top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("wide", [390, 1440])
def test_where_and_when_comes_first(watch: Open, portal: Portal, wide: int) -> None:
    """On a phone before all else; where there is a side, at the top of it, beside the rest."""
    page_address = portal.section("prepare")[0]
    viewport = {"width": wide, "height": 800}
    with watch(portal.origin, viewport=viewport) as watching:
        watching.page.goto(page_address)
        card, rest = "#facts", ".fu-cols--prepare > .fu-stack .fu-sec__title, .fu-empty"
        if wide < 1000:
            assert _top(watching.page, card) < _top(watching.page, rest)
        else:
            assert abs(_top(watching.page, card) - _top(watching.page, rest)) < 40
            assert _top(watching.page, "aside.fu-stack") > _top(watching.page, card)


def test_print_can_be_read_at_arms_length(watch: Open, portal: Portal) -> None:
    """Nothing on paper is smaller than nine points."""
    with watch(portal.origin) as watching:
        watching.page.emulate_media(media="print")
        for address in portal.section("prepare"):
            watching.page.goto(address)
            assert watching.page.evaluate(SMALLEST) >= 9, address
