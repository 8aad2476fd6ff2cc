"""Interviews and days in calendar files, across zones, clock changes and the ends of years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from followup.notes.entry import Entry
from followup.site.ics import IcsEvent, render_ics
from tests.unit.notebook import note
from tests.unit.site.calendar_readers import build_calendar_files, read
from tests.unit.site.campaigns import lookup_of

WHOLE = "calendar/followup.ics"


MOMENTS = (
    # An ordinary day in each zone.
    ("Europe/Berlin", "2026-11-24 14:00", 60, "20261124T130000Z", "20261124T140000Z"),
    ("Asia/Tokyo", "2026-11-24 08:30", 45, "20261123T233000Z", "20261124T001500Z"),
    ("America/Los_Angeles", "2026-11-24 16:30", 60, "20261125T003000Z", "20261125T013000Z"),
    ("Pacific/Kiritimati", "2026-11-24 09:00", 60, "20261123T190000Z", "20261123T200000Z"),
    ("Pacific/Pago_Pago", "2026-11-24 15:00", 60, "20261125T020000Z", "20261125T030000Z"),
    ("Asia/Kolkata", "2026-11-24 10:00", 60, "20261124T043000Z", "20261124T053000Z"),
    # The day before and after the clocks go forward, and over the change itself.
    ("Europe/Berlin", "2027-03-27 10:00", 60, "20270327T090000Z", "20270327T100000Z"),
    ("Europe/Berlin", "2027-03-28 10:00", 60, "20270328T080000Z", "20270328T090000Z"),
    ("Europe/Berlin", "2027-03-28 01:30", 60, "20270328T003000Z", "20270328T013000Z"),
    ("America/Los_Angeles", "2027-03-13 10:00", 60, "20270313T180000Z", "20270313T190000Z"),
    ("America/Los_Angeles", "2027-03-14 10:00", 60, "20270314T170000Z", "20270314T180000Z"),
    # And back.
    ("Europe/Berlin", "2026-10-24 10:00", 60, "20261024T080000Z", "20261024T090000Z"),
    ("Europe/Berlin", "2026-10-25 10:00", 60, "20261025T090000Z", "20261025T100000Z"),
    ("Europe/Berlin", "2026-10-25 01:30", 120, "20261024T233000Z", "20261025T013000Z"),
    ("America/Los_Angeles", "2026-10-31 10:00", 60, "20261031T170000Z", "20261031T180000Z"),
    ("America/Los_Angeles", "2026-11-01 10:00", 60, "20261101T180000Z", "20261101T190000Z"),
    # Over the end of the year, and on a leap day.
    ("Asia/Tokyo", "2027-01-01 08:00", 60, "20261231T230000Z", "20270101T000000Z"),
    ("Pacific/Pago_Pago", "2026-12-31 23:30", 60, "20270101T103000Z", "20270101T113000Z"),
    ("Pacific/Kiritimati", "2027-01-01 00:15", 60, "20261231T101500Z", "20261231T111500Z"),
    ("Europe/Berlin", "2028-02-29 09:00", 60, "20280229T080000Z", "20280229T090000Z"),
    ("Asia/Tokyo", "2028-03-01 08:00", 60, "20280229T230000Z", "20280301T000000Z"),
)


def interview(start: str, minutes: int, zone: str, path: str = "a.md") -> Entry:
    """An interview at the clock of its place."""
    front = f"""company: Acme of {path}
title: Analyst
interview: {{format: video, start: {start}, minutes: {minutes}, timezone: {zone}}}
people: [{{id: x, name: Ann Ito, honorific: Ms., email: a@acme.example}}]
"""
    return note(path, front)


@pytest.mark.parametrize(("zone", "start", "minutes", "starts", "ends"), MOMENTS)
def test_interviews_are_moments(
    zone: str, start: str, minutes: int, starts: str, ends: str
) -> None:
    """Their times stand in the file as UTC."""
    data = build_calendar_files(lookup_of(interview(start, minutes, zone)))[WHOLE]
    assert f"\r\nDTSTART:{starts}\r\nDTEND:{ends}\r\n".encode() in data


@pytest.mark.parametrize("zone", sorted({row[0] for row in MOMENTS}))
def test_programs_show_the_hour_of_the_place(zone: str, tmp_path: Path) -> None:
    """Read in the zone of the place, each interview is at the hour that its note gives."""
    entries = {
        f"{number}.md": interview(start, minutes, where, f"{number}.md")
        for number, (where, start, minutes, *_) in enumerate(MOMENTS)
    }
    data = build_calendar_files(lookup_of(*entries.values()))[WHOLE]
    seen = [s for s in read(tmp_path, data, zone=zone).values() if s.category == "Interview"]
    starts = {s.description.splitlines()[-1].split(":")[0]: s.start for s in seen}
    assert starts.keys() == entries.keys()
    for number, (where, start, *_) in enumerate(MOMENTS):
        assert (starts[f"{number}.md"] == start) or where != zone


def test_one_interview_on_both_sides_of_the_date_line(tmp_path: Path) -> None:
    """Half past midnight on a Tuesday in Kiritimati is late on Sunday in Pago Pago."""
    entry = interview("2026-11-24 00:30", 60, "Pacific/Kiritimati")
    data = build_calendar_files(lookup_of(entry))[WHOLE]
    shown = {}
    for zone in ("Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"):
        (seen,) = [s for s in read(tmp_path, data, zone=zone).values() if s.category == "Interview"]
        shown[zone] = seen.start
    assert shown == {
        "Pacific/Kiritimati": "2026-11-24 00:30",
        "Europe/Berlin": "2026-11-23 11:30",
        "Pacific/Pago_Pago": "2026-11-22 23:30",
    }


DAYS = {
    date(2026, 12, 31): "20270101",
    date(2027, 1, 1): "20270102",
    date(2028, 2, 28): "20280229",
    date(2028, 2, 29): "20280301",
    date(2027, 3, 28): "20270329",
    date(2026, 10, 25): "20261026",
    date(2099, 12, 31): "21000101",
}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"])
def test_days_are_days_everywhere(zone: str, tmp_path: Path) -> None:
    """A whole day is the same day for every reader, and ends before the next begins."""
    files = [
        render_ics([IcsEvent(uid=f"{day}@x.invalid", stamp=day, start=day, summary="Day")])
        for day in DAYS
    ]
    for data, (day, end) in zip(files, DAYS.items(), strict=True):
        times = f"\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\nDTEND;VALUE=DATE:{end}\r\n"
        assert times.encode() in data
    seen = read(tmp_path, *files, zone=zone)
    for day in DAYS:
        one = seen[f"{day}@x.invalid"]
        assert (one.start, one.end) == (day.isoformat(), day.isoformat())


@pytest.mark.parametrize(
    ("zone", "start", "due_on"),
    [
        ("Pacific/Kiritimati", "2026-11-24 09:00", "2026-11-24"),
        ("Pacific/Pago_Pago", "2026-11-24 09:00", "2026-11-24"),
        ("Asia/Tokyo", "2026-11-24 15:00", "2026-11-25"),
        ("America/Los_Angeles", "2026-12-31 15:00", "2027-01-04"),
        ("Europe/Berlin", "2028-02-28 15:00", "2028-02-29"),
    ],
)
def test_a_touch_is_on_the_employers_day(
    zone: str, start: str, due_on: str, tmp_path: Path
) -> None:
    """A message stands on the day that it is at the employer's place, whatever UTC says."""
    data = build_calendar_files(lookup_of(interview(start, 60, zone)))[WHOLE]
    (seen,) = [s for s in read(tmp_path, data, zone=zone).values() if s.title == "Thank Ms. Ito"]
    assert (seen.start, seen.end) == (due_on, due_on)
