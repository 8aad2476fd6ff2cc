"""The Calendar page in a browser: the filter, the days, today, and the files to download."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, Portal, serve
from tests.building import CONFIG, build_site, plant

NOTES = """\
== entries/2026-11-24-acme.md
---
company: Acme
title: Analyst
interview: {format: video, start: 2026-11-24 10:00}
---
== entries/2026-11-24-birch.md
---
company: Birch
title: Analyst
interview: {format: video, start: 2026-11-24 12:00}
reminders:
  - {on: 2026-11-24, what: One}
  - {on: 2026-11-24, what: Two}
  - {on: 2026-11-24, what: Three}
  - {on: 2026-11-24, what: Four}
  - {on: 2026-11-25, what: Five}
---
"""
SHOWN = """selector => [...document.querySelectorAll(selector)]
  .filter(element => element.checkVisibility()).map(element => element.innerText.trim())"""
UNFOLD = "document.querySelectorAll('.fu-cal details').forEach(part => { part.open = true; })"


@pytest.fixture(scope="module")
def two_companies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two companies that both have something on Tuesday."""
    built = build_site(plant(tmp_path_factory.mktemp("two"), NOTES))
    assert built.error is None, built.text
    return built.site


def shown(page: Page, selector: str) -> list[str]:
    """The texts of these elements as far as they can be seen; all disclosures are opened."""
    page.evaluate(UNFOLD)
    found: list[str] = page.evaluate(SHOWN, selector)
    return found


def titles(page: Page) -> set[str]:
    """What the agenda shows."""
    return set(shown(page, ".fu-agenda__item[data-kind] > div > a"))


def cell(page: Page, day: str) -> list[str]:
    """What the month shows of a day."""
    return [text.rpartition("\n")[2] for text in shown(page, f'td[data-day="{day}"] li')]


def test_filter_by_company(watch: Open, two_companies: Path) -> None:
    """Only what is of the company stays, in the agenda and in the months, and all comes back."""
    with serve(two_companies) as origin, watch(origin) as watching:
        page = watching.page
        page.goto(f"{origin}calendar/")
        before = titles(page)
        assert {"10:00 Acme", "12:00 Birch", "One", "Five"} <= before
        page.get_by_label("Company").select_option("Acme")
        assert "10:00 Acme" in titles(page)
        assert not {"12:00 Birch", "One", "Five"} & titles(page)
        assert not {"One", "Two"} & set(cell(page, "2026-11-24"))
        page.get_by_label("Company").select_option("")
        assert titles(page) == before
    assert watching.complaints == []
    assert watching.left == []


def test_filter_by_company_and_kind(watch: Open, two_companies: Path) -> None:
    """Both filters hold at once; what a full cell had folded away is shown."""
    with serve(two_companies) as origin, watch(origin) as watching:
        page = watching.page
        page.goto(f"{origin}calendar/")
        folded = set(cell(page, "2026-11-24"))
        assert not {"One", "Two", "Three", "Four"} <= folded
        page.get_by_label("Company").select_option("Birch")
        page.get_by_label("Kind").select_option("Your own")
        assert {"One", "Two", "Three", "Four", "Five"} <= titles(page)
        assert not {"10:00 Acme", "12:00 Birch"} & titles(page)
        assert {"One", "Two", "Three", "Four"} <= set(cell(page, "2026-11-24"))
        assert not shown(page, ".fu-agenda__item--off")
        page.get_by_label("Kind").select_option("All kinds")
        page.get_by_label("Company").select_option("All companies")
        assert set(cell(page, "2026-11-24")) == folded
        assert shown(page, ".fu-agenda__item--off")


def test_a_filter_that_leaves_nothing_says_so(watch: Open, two_companies: Path) -> None:
    """The page says how everything comes back, and that nothing lies ahead it does not say."""
    with serve(two_companies) as origin, watch(origin) as watching:
        page = watching.page
        page.goto(f"{origin}calendar/")
        assert not page.get_by_text("Nothing in the calendar matches").is_visible()
        page.get_by_label("Kind").select_option("Offer deadline")
        assert page.get_by_text("Nothing in the calendar matches").is_visible()
        assert titles(page) == set()
        assert shown(page, ".fu-cal [data-fu-empty]") == []
        page.get_by_label("Kind").select_option("")
        assert not page.get_by_text("Nothing in the calendar matches").is_visible()


def test_days_lead_to_the_agenda_by_keyboard(watch: Open, two_companies: Path) -> None:
    """Enter on a day of the month goes to that day in the agenda."""
    with serve(two_companies) as origin, watch(origin) as watching:
        watching.page.goto(f"{origin}calendar/")
        watching.page.locator('td[data-day="2026-11-25"] > a').press("Enter")
        watching.page.wait_for_url("**/calendar/#day-2026-11-25")


def test_a_day_without_anything_left_is_no_link(watch: Open, two_companies: Path) -> None:
    """Set by keyboard, the filter takes the link from a day that it empties, and gives it back."""
    with serve(two_companies) as origin, watch(origin) as watching:
        page = watching.page
        page.goto(f"{origin}calendar/")
        day = page.locator('td[data-day="2026-11-25"] > a')
        assert day.get_attribute("aria-label") == "25 November, 2 open"
        company = page.get_by_label("Company")
        company.press("ArrowDown")
        assert company.evaluate("box => box.selectedOptions[0].text") == "Acme"
        assert day.get_attribute("href") is None
        assert page.locator('td[data-day="2026-11-24"] > a').get_attribute("href")
        company.select_option("")
        assert str(day.get_attribute("href")).endswith("#day-2026-11-25")
        assert day.get_attribute("aria-label") == "25 November, 2 open"


def test_today_is_the_readers(watch: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that is framed is that of the device, not that of the build."""
    monkeypatch.setenv("FOLLOWUP_TODAY", "2026-11-22")
    built = build_site(plant(tmp_path, NOTES, CONFIG.replace("      today: 2026-11-22\n", "")))
    assert built.error is None, built.text
    with serve(built.site) as origin, watch(origin, timezone_id="Pacific/Kiritimati") as watching:
        watching.page.clock.set_fixed_time("2026-11-23T23:00:00+00:00")
        watching.page.goto(f"{origin}calendar/")
        today = watching.page.locator("td[aria-current=date]")
        assert [today.nth(n).get_attribute("data-day") for n in range(today.count())] == [
            "2026-11-24"
        ]


def test_without_script_there_is_no_filter(watch: Open, two_companies: Path) -> None:
    """What could not work is not there; the agenda and the files are."""
    with (
        serve(two_companies) as origin,
        watch(origin, java_script_enabled=False) as watching,
    ):
        watching.page.goto(f"{origin}calendar/")
        assert not watching.page.get_by_label("Company").is_visible()
        assert watching.page.get_by_role("link", name="12:00 Birch", exact=True).is_visible()
        assert watching.page.get_by_role("link", name="Download .ics", exact=True).is_visible()


def test_calendar_files_can_be_had(watch: Open, portal: Portal) -> None:
    """Every link to a calendar file on the page brings one; a click on it leaves the page there."""
    with watch(portal.origin) as watching:
        page = watching.page
        page.goto(f"{portal.origin}calendar/")
        links = page.locator('a[href$=".ics"]')
        assert links.count() > 10
        for address in links.evaluate_all("found => found.map(link => link.href)"):
            assert page.request.get(address).body().startswith(b"BEGIN:VCALENDAR\r\n")
        assert links.first.get_attribute("download") is None
        with page.expect_download() as download:
            links.first.click()
        assert download.value.suggested_filename == "followup.ics"
        assert page.locator("h1", has_text="Calendar").is_visible()
    assert watching.complaints == []


def test_paper_shows_no_controls(watch: Open, portal: Portal) -> None:
    """Printed, the page has the agenda and the months, and nothing to press."""
    with watch(portal.origin) as watching:
        page = watching.page
        page.goto(f"{portal.origin}calendar/")
        page.emulate_media(media="print")
        assert not page.get_by_label("Company").is_visible()
        assert not page.locator(".fu-ics").first.is_visible()
        assert page.locator(".fu-month").last.is_visible()
