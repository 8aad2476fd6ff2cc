"""The Report in a browser: days to choose, and what is printed; and the list of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, Portal

ROWS = ".fu-report tbody tr"
DAYS = """() => [...document.querySelectorAll('.fu-report tbody tr')]
  .filter(row => row.checkVisibility()).map(row => row.querySelector('time').dateTime)"""
SEEN = """selector => [...document.querySelectorAll(selector)]
  .filter(element => element.checkVisibility()).map(element => element.innerText.trim())"""


def days(page: Page) -> list[str]:
    """The days of the rows that can be seen."""
    found: list[str] = page.evaluate(DAYS)
    return found


def seen(page: Page, selector: str) -> list[str]:
    """The texts of these elements as far as they can be seen."""
    found: list[str] = page.evaluate(SEEN, selector)
    return found


def field(page: Page, name: str) -> str:
    """The day in one of the two fields."""
    return page.locator(f"#{name}").input_value()


@pytest.fixture
def report(portal: Portal, watch: Open) -> Iterator[Page]:
    """The sample's Report, of which the browser has nothing to complain."""
    with watch(portal.origin) as watching:
        watching.page.goto(f"{portal.origin}report/")
        yield watching.page
    assert watching.complaints == []
    assert watching.left == []


@pytest.fixture
def people(portal: Portal, watch: Open) -> Iterator[Page]:
    """The sample's People."""
    with watch(portal.origin) as watching:
        watching.page.goto(f"{portal.origin}people/")
        yield watching.page
    assert watching.complaints == []


def test_the_last_four_weeks_up_to_the_pinned_day_are_shown_first(report: Page) -> None:
    """28 days with the reader's own, not the device's; older rows and months are hidden."""
    assert (field(report, "from"), field(report, "to")) == ("2026-10-26", "2026-11-22")
    found = days(report)
    assert found == sorted(found)
    assert "2026-10-26" <= found[0] <= found[-1] <= "2026-11-22"
    assert len(found) < report.locator(ROWS).count()
    assert [" ".join(title.split()) for title in seen(report, ".fu-report h2")] == [
        f"October 2026 {sum(day < '2026-11' for day in found)}",
        f"November 2026 {sum(day > '2026-11' for day in found)}",
    ]


@pytest.mark.parametrize(
    ("button", "first", "last", "words"),
    [
        ("This month", "2026-11-01", "2026-11-22", "1 November to 22 November 2026"),
        ("Last month", "2026-10-01", "2026-10-31", "1 October to 31 October 2026"),
        ("Everything", "2026-02-01", "2026-11-22", "to 22 November 2026"),
        ("Last four weeks", "2026-10-26", "2026-11-22", "26 October to 22 November 2026"),
    ],
)
def test_a_button_chooses_the_days(
    report: Page, button: str, first: str, last: str, words: str
) -> None:
    """The fields, the first line and the rows follow, and the button says that it is chosen."""
    report.get_by_role("button", name="This month").click()
    report.get_by_role("button", name=button).click()
    assert field(report, "from") >= first
    assert field(report, "to") == last
    assert words in report.locator(".fu-head__lede").inner_text()
    found = days(report)
    assert found
    assert first <= found[0] <= found[-1] <= last
    assert seen(report, "[data-fu-range][aria-pressed=true]") == [button]
    if button == "Everything":
        assert len(found) == report.locator(ROWS).count()


def test_two_fields_choose_any_days_and_everything_is_counted_again(report: Page) -> None:
    """Both ends count; the counts are those of the rows, and one is not many."""
    report.fill("#from", "2026-11-16")
    report.fill("#to", "2026-11-16")
    found = report.evaluate(SEEN, f"{ROWS} td:nth-child(4)")
    assert set(days(report)) == {"2026-11-16"}
    applied = sum(what.startswith("Applied") for what in found)
    assert applied == 1
    lede = report.locator(".fu-head__lede").inner_text()
    assert lede == "1 application and 0 interviews, 16 November 2026."
    assert "1\napplication" in [
        text.replace("\n\n", "\n") for text in seen(report, ".fu-figures li")
    ]
    assert report.locator("[data-fu-range][aria-pressed=true]").count() == 0


def test_days_without_anything_say_how_to_go_on(report: Page) -> None:
    """Nothing was done at Christmas before the search; an end before its beginning shows nothing."""
    report.fill("#from", "2025-12-24")
    report.fill("#to", "2025-12-26")
    assert days(report) == []
    assert "Nothing between these days." in seen(report, "[data-fu-none]")[0]
    report.fill("#to", "2025-12-20")
    assert seen(report, "[data-fu-why]") == ["From lies after To."]
    assert "no days" in report.locator(".fu-head__lede").inner_text()
    report.get_by_role("button", name="Everything").click()
    assert seen(report, "[data-fu-none]") == []


def test_years_are_written_with_four_digits(report: Page) -> None:
    """A year below 1000 would be taken for one of the twentieth century."""
    report.fill("#from", "0001-01-01")
    assert days(report) == []
    assert seen(report, "[data-fu-why]") == ["Write the year with four digits."]


def test_a_stale_copy_claims_no_day_that_its_notes_do_not_cover(report: Page) -> None:
    """The ranges end where the notes do; a later day and a month beyond are told apart."""
    assert "Notes up to 22 November 2026." in report.locator(".fu-head").inner_text()
    report.evaluate("document.querySelector('[data-fu-report]').dataset.last = '2026-11-12'")
    for button, last in (("This month", "2026-11-12"), ("Everything", "2026-11-12")):
        report.get_by_role("button", name=button).click()
        assert (field(report, "to"), seen(report, "[data-fu-beyond]")) == (last, [])
    report.get_by_role("button", name="Last four weeks").click()
    assert (field(report, "from"), field(report, "to")) == ("2026-10-16", "2026-11-12")
    report.fill("#to", "2026-11-20")
    assert len(seen(report, "[data-fu-beyond]")) == 1
    assert "to 12 November 2026." in report.locator(".fu-head__lede").inner_text()
    report.evaluate("document.querySelector('[data-fu-report]').dataset.last = '2026-10-12'")
    report.get_by_role("button", name="This month").click()
    assert days(report) == []
    assert "no days" in report.locator(".fu-head__lede").inner_text()


def test_on_paper_the_statistics_stand_below_each_other(portal: Portal, watch: Open) -> None:
    """A table as wide as the sheet breaks no word; what it counts stands beside the first picture."""
    with watch(portal.origin) as watching:
        page = watching.page
        page.set_viewport_size({"width": 718, "height": 1000})
        page.goto(f"{portal.origin}statistics/")
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        wide = page.locator(".fu-plots").evaluate("e => e.clientWidth")
        widths = page.evaluate(
            "[...document.querySelectorAll('.fu-plot table')].map(e => e.clientWidth)"
        )
        first = page.locator(".fu-plot").first.bounding_box()
    assert len(widths) == 7
    assert min(widths) >= wide - 1
    assert first is not None
    assert first["y"] + first["height"] < 1000


def test_what_was_chosen_stays_when_the_reader_comes_back(report: Page) -> None:
    """A tab that is left and seen again keeps its days."""
    report.fill("#from", "2026-11-16")
    report.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert field(report, "from") == "2026-11-16"
    assert days(report)[0] >= "2026-11-16"


def test_the_print_says_whose_it_is_and_has_a_place_to_sign(report: Page) -> None:
    """Black on white from the dark scheme too, nothing to press, and a title to be filed under."""
    report.evaluate('document.body.dataset.mdColorScheme = "slate"')
    report.emulate_media(media="print")
    assert "Alex Kim" in seen(report, ".fu-head__over")
    assert seen(report, "h1") == ["Report of my job search"]
    assert seen(report, ".fu-sign span") == ["Place and date", "Signature"]
    assert seen(report, ".fu button, .fu input, .md-header, .md-tabs, .md-footer") == []
    colour = "e => getComputedStyle(e).color"
    assert report.locator("h1").evaluate(colour) == "rgb(0, 0, 0)"
    before = report.title()
    report.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert report.title() == "Alex Kim, job search, 26 October to 22 November 2026"
    report.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert report.title() == before


def test_one_press_prints(report: Page) -> None:
    """The button asks the browser to print."""
    report.evaluate("window.print = () => { window.asked = true; }")
    report.get_by_role("button", name="Print").click()
    assert report.evaluate("window.asked") is True


def test_without_script_everything_is_listed(portal: Portal, watch: Open) -> None:
    """All months, without a choice of days; on a phone too."""
    with watch(portal.origin, java_script_enabled=False) as watching:
        watching.page.goto(f"{portal.origin}report/")
        text = watching.page.locator("article").inner_text()
    assert "February 2026" in text
    assert "Last four weeks" not in text


def test_nobody_is_named_in_the_report(portal: Portal) -> None:
    """None of the sample's people: they are all in the list of people."""
    site = portal.site
    listed = (site / "people" / "index.html").read_text(encoding="utf-8")
    names = re.findall(r"<strong><a href=[^>]*>(?:(?:Dr|Ms|Mr|Mrs|Mx|Prof)\. )?([^<]+)</a>", listed)
    assert len(names) > 20
    report = (site / "report" / "index.html").read_text(encoding="utf-8")
    article = report.partition("<article")[2].partition("</article>")[0]
    assert "Harbor &amp; Pine" in article
    assert [name for name in names if name in article] == []
    assert [name for name in names if name.split()[-1] in re.findall(r"[\w-]+", article)] == []


def test_people_are_found_by_what_they_said(people: Page) -> None:
    """The words that match stand below the name, and go with the filter."""
    people.fill("#filter", "biscuit has chewed")
    assert seen(people, ".fu-item strong") == ["Mr. Anders Lund"]
    assert "Biscuit has chewed" in seen(people, "[data-fu-quote]")[0]
    people.fill("#filter", "lund")
    assert "Mr. Anders Lund" in seen(people, ".fu-item strong")
    people.fill("#filter", "said by nobody at all")
    assert seen(people, ".fu-item") == []
    people.fill("#filter", "")
    assert seen(people, "[data-fu-quote]") == []


def test_people_can_stand_by_last_contact(people: Page) -> None:
    """The latest first, those without any last, and back to the names."""
    by_name = seen(people, ".fu-item strong")
    people.select_option("#order", "contact")
    contacts = people.evaluate(
        "[...document.querySelectorAll('.fu-item')].map(i => i.dataset.on || '')"
    )
    assert contacts == sorted(contacts, reverse=True)
    assert contacts[0] == "2026-11-20"
    assert contacts[-1] == ""
    people.select_option("#order", "")
    assert seen(people, ".fu-item strong") == by_name
