"""What is due, late or ahead, as of the day on which a page is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open, serve
from tests.building import CONFIG, build_site, plant

NOTE = """\
== entries/2026-11-13-acme.md
---
company: Acme Logistics
title: Data Analyst
interview: {format: panel, start: 2026-11-13 16:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
---
## The job
- Forecasts how many trucks each depot needs. @okafor
"""


@pytest.fixture
def monday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site built on Monday, whose only thank-you is due that day, pinned to no day."""
    monkeypatch.setenv("FOLLOWUP_TODAY", "2026-11-16")
    root = plant(tmp_path, NOTE, CONFIG.replace("      today: 2026-11-22\n", ""))
    built = build_site(root)
    assert built.error is None, built.text
    return built.site


@pytest.mark.parametrize(
    ("read_on", "bucket", "word"),
    [
        ("2026-11-15T12:00:00", "week", "tomorrow"),
        ("2026-11-16T23:59:00", "today", "before 10:00"),
        ("2026-11-17T00:01:00", "late", "1 day late"),
        ("2026-11-19T12:00:00", "late", "3 days late"),
    ],
)
def test_a_copy_built_on_monday_is_right_on_every_day(
    watch: Open, monday: Path, read_on: str, bucket: str, word: str
) -> None:
    """The row moves to the part of the plan it belongs to, and its words follow the device's day."""
    with serve(monday) as origin, watch(origin, timezone_id="Pacific/Auckland") as watching:
        watching.page.clock.set_fixed_time(f"{read_on}+13:00")
        watching.page.goto(origin)
        row = watching.page.locator(
            f'[data-bucket="{bucket}"] .fu-row', has_text="Thank Ms. Okafor"
        )
        row.wait_for()
        assert word in row.locator(".fu-rel").inner_text()
    assert watching.left == []
    assert watching.complaints == []


def test_what_was_left_for_a_month_is_folded_away(watch: Open, tmp_path: Path) -> None:
    """On the day of the build it was due; a month later it is counted, out of the way, and there."""
    reminder = "---\nreminders: [{on: 2026-11-16, what: Call Sam}]\n"
    built = build_site(plant(tmp_path, NOTE.replace("---\n", reminder, 1), CONFIG))
    assert built.error is None, built.text
    page = built.site / "index.html"
    made = page.read_text(encoding="utf-8")
    with serve(built.site) as origin, watch(origin) as watching:
        for day, folded in (("2026-12-16", False), ("2026-12-17", True)):
            page.write_text(made.replace("2026-11-22", day), encoding="utf-8")
            watching.page.goto(origin)
            part = watching.page.locator(f'[data-bucket="{"long" if folded else "late"}"]')
            row = part.locator(".fu-row", has_text="Call Sam")
            assert row.is_visible() is not folded
            shown = len(part.locator(".fu-row:not([hidden])").all())
            assert part.locator(".fu-count").inner_text() == str(shown)
            assert "late" in watching.page.locator("[data-fu-lede]").inner_text()
        watching.page.get_by_text("Late for more than a month").click()
        assert row.is_visible()
    assert watching.left == []
    assert watching.complaints == []


def test_a_later_day_joins_the_agenda_once_it_is_near(watch: Open, tmp_path: Path) -> None:
    """What was folded away on the day of the build is in sight two weeks before it comes."""
    reminder = "---\nreminders: [{on: 2026-12-04, what: Call Sam}]\n"
    built = build_site(
        plant(
            tmp_path,
            NOTE.replace("---\n", reminder, 1),
            CONFIG.replace("2026-11-22", "2026-11-16"),
        )
    )
    assert built.error is None, built.text
    page = built.site / "calendar" / "index.html"
    near = page.read_text(encoding="utf-8").replace(
        'data-fu-day="2026-11-16"', 'data-fu-day="2026-11-20"'
    )
    with serve(built.site) as origin, watch(origin) as watching:
        day = watching.page.locator("#day-2026-12-04")
        watching.page.goto(f"{origin}calendar/")
        assert watching.page.locator("[data-fu-later] .fu-count").inner_text() == "1"
        assert not day.is_visible()
        page.write_text(near, encoding="utf-8")
        watching.page.goto(f"{origin}calendar/")
        watching.page.locator("[data-fu-agenda] > #day-2026-12-04").wait_for()
        assert not watching.page.locator("[data-fu-later]").is_visible()


def test_a_pinned_site_never_ages(watch: Open, tmp_path: Path) -> None:
    """With the plugin option `today` the browser takes that day for its own."""
    built = build_site(plant(tmp_path, NOTE, CONFIG.replace("2026-11-22", "2026-11-16")))
    assert built.error is None, built.text
    with serve(built.site) as origin, watch(origin) as watching:
        watching.page.clock.set_fixed_time("2031-01-01T12:00:00+00:00")
        watching.page.goto(origin)
        row = watching.page.locator('[data-bucket="today"] .fu-row', has_text="Thank Ms. Okafor")
        row.wait_for()
