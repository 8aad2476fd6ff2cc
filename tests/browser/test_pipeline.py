"""The Pipeline in a browser: the filter, the choice of what is shown, and the sorted table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, Portal

CARDS = ".fu-board .fu-tile"
VISIBLE = """selector => [...document.querySelectorAll(selector)]
  .filter(element => element.checkVisibility()).map(element => element.innerText.trim())"""


def shown(page: Page, selector: str) -> list[str]:
    """The texts of these elements as far as they can be seen."""
    found: list[str] = page.evaluate(VISIBLE, selector)
    return found


@pytest.fixture
def board(portal: Portal, watch: Open) -> Iterator[Page]:
    """The sample's Pipeline, of which the browser has nothing to complain."""
    with watch(portal.origin) as watching:
        watching.page.goto(f"{portal.origin}pipeline/")
        yield watching.page
    assert watching.complaints == []


def test_the_filter_leaves_the_cards_that_match(board: Page) -> None:
    """Typing narrows the board, and an empty result says how to go back."""
    everything = shown(board, f"{CARDS} h3")
    board.fill("#filter", "harbor")
    assert shown(board, f"{CARDS} h3") == ["Harbor & Pine"]
    board.fill("#filter", "nobody at all")
    assert shown(board, f"{CARDS} h3") == []
    assert "No application matches." in shown(board, "[data-fu-none]")[0]
    board.fill("#filter", "")
    assert shown(board, f"{CARDS} h3") == everything


def test_of_hundreds_of_cards_those_far_away_wait(board: Page) -> None:
    """They are laid out once they come near, and all of them on paper."""
    column = board.locator(".fu-board__cards", has=board.locator(".fu-tile")).first
    column.evaluate(
        "el => { for (let n = 0; n < 130; n++) el.append(el.children[0].cloneNode(true)); }"
    )
    waits = (
        "el => [...el.children].map(card => getComputedStyle(card).contentVisibility === 'auto')"
    )
    found = column.evaluate(waits)
    assert not any(found[:100])
    assert all(found[100:])
    board.emulate_media(media="print")
    assert not any(column.evaluate(waits))


def test_only_what_is_due_soon_is_shown_on_demand(board: Page) -> None:
    """Late leaves one part of what is due within a week, and that one part of the live ones."""
    counts = []
    for choice in ("late", "week", "live", ""):
        board.select_option("#show", choice)
        counts.append(len(shown(board, CARDS)))
    assert counts == sorted(counts)
    assert len(set(counts)) == 4


def test_the_table_sorts_by_each_column_and_back(board: Page) -> None:
    """A press sorts upward and says so, a second one downward; by keyboard as well."""
    assert shown(board, ".fu-table") == []
    board.get_by_role("button", name="Table", exact=True).click()
    assert shown(board, CARDS) == []
    head = board.get_by_role("button", name="Company", exact=True)
    head.focus()
    board.keyboard.press("Enter")
    names = shown(board, "#table tbody th a")
    assert names == sorted(names, key=str.casefold)
    assert board.locator("#table th[aria-sort=ascending]").count() == 1
    board.keyboard.press("Enter")
    assert shown(board, "#table tbody th a") == names[::-1]
    assert board.locator("#table th[aria-sort=descending]").inner_text().startswith("Company")


def test_a_card_shows_one_thing_at_a_time(board: Page) -> None:
    """Of all that comes next with an application only the next is seen."""
    seen = board.evaluate(
        """() => [...document.querySelectorAll('.fu-board .fu-tile')].map(tile =>
          [...tile.querySelectorAll('.fu-tile__next')].filter(e => e.checkVisibility()).length)"""
    )
    assert max(seen) == 1


def test_the_board_is_whole_without_script(sample_site: Path) -> None:
    """Both the board and the table stand in the page itself."""
    text = (sample_site / "pipeline" / "index.html").read_text(encoding="utf-8")
    assert text.count('class="fu-tile fu-card-of"') == text.count('<tr class="fu-card-of"') > 0


def test_counts_follow_the_filter(board: Page) -> None:
    """Columns and the buttons that jump to them say how many of how many, and so does a listener's line."""
    board.fill("#filter", "analyst harbor")
    assert shown(board, f"{CARDS} h3") == ["Harbor & Pine"]
    cards = board.locator(CARDS).count()
    column = board.locator(".fu-board__col", has=board.locator("h3", has_text="Harbor"))
    of = column.locator(".fu-tile").count()
    assert column.locator(".fu-count").inner_text() == f"1 of {of}"
    assert f"1 of {of}" in board.locator(".fu-board__nav .fu-count").all_text_contents()
    assert board.locator("[data-fu-shown]").text_content() == f"1 of {cards} shown"
    board.fill("#filter", "HÄRBOR")
    assert shown(board, f"{CARDS} h3") == ["Harbor & Pine"]
    board.fill("#filter", "")
    assert column.locator(".fu-count").inner_text() == str(of)
    assert board.locator("[data-fu-shown]").text_content() == ""


def test_a_thumb_finds_what_sorts_the_table(board: Page) -> None:
    """On a phone each head is at least 44 pixels wide and high."""
    board.set_viewport_size({"width": 390, "height": 800})
    board.get_by_role("button", name="Table", exact=True).click()
    boxes = [head.bounding_box() for head in board.locator(".fu-sort").all()]
    assert all(box["width"] >= 44 <= box["height"] for box in boxes if box)
    assert sum(box is not None for box in boxes) >= 3
