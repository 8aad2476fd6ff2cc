"""What calendar programs make of a calendar file: khal and vobject, just as their users get them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import vobject

from followup.site.calendar_files import plan_event_files, plan_whole_calendars
from followup.site.lookup import Lookup

CONFIG = """\
[calendars]
[[read]]
path = {folder}/events
[default]
default_calendar = read
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
FIELDS = ("uid", "title", "start-long", "end-long", "location", "description", "categories", "url")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as a program shows it, its times by the clock of a zone: `2026-11-24 16:00`.

    Of one that lasts the whole day `start` and `end` are the first and last day.
    """

    uid: str
    title: str
    start: str
    end: str
    location: str
    description: str
    category: str
    url: str


def read(folder: Path, *files: bytes, zone: str = "UTC") -> Mapping[str, Seen]:
    """The events of calendar files by uid, in which both programs must see the same."""
    found = [seen for data in files for seen in vobject_reads(data, zone)]
    by_uid = {seen.uid: seen for seen in found}
    assert len(by_uid) == len(found)
    assert khal_reads(folder, files, found, zone) == by_uid
    return by_uid


def vobject_reads(data: bytes, zone: str = "UTC") -> tuple[Seen, ...]:
    """What vobject reads; the file must hold one calendar."""
    (calendar,) = vobject.readComponents(data.decode())
    return tuple(_seen(event, zone) for event in calendar.contents.get("vevent", ()))


def khal_reads(
    folder: Path, files: Iterable[bytes], expected: Iterable[Seen], zone: str
) -> Mapping[str, Seen]:
    """What khal shows of the days of the `expected` after it has imported the files."""
    home = folder / f"khal-{len(list(folder.iterdir()))}"
    (home / "events").mkdir(parents=True)
    (home / "config").write_text(CONFIG.format(folder=home, zone=zone), encoding="utf-8")
    names = []
    for number, data in enumerate(files):
        names.append(str(home / f"{number}.ics"))
        Path(names[-1]).write_bytes(data)
    days = [date.fromisoformat(day[:10]) for seen in expected for day in (seen.start, seen.end)]
    if not days:
        return {}
    _khal(home, "import", "--batch", "-a", "read", *names)
    fields = [word for field in FIELDS for word in ("--json", field)]
    said = _khal(home, "list", "--once", *fields, str(min(days) - DAY), str(max(days) + DAY))
    shown = [event for line in said.splitlines() for event in json.loads(line)]
    return {event["uid"]: Seen(*(event[field] for field in FIELDS)) for event in shown}


def _khal(home: Path, *arguments: str) -> str:
    """What khal prints, told nothing by the machine; it must have nothing to complain of."""
    places = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "DATA", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-m", "khal", "--config", str(home / "config"), *arguments],
        env={**os.environ, **places, "HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _seen(event: vobject.base.Component, zone: str) -> Seen:
    def value(name: str) -> str:
        return str(event.getChildValue(name, ""))

    start, end = event.dtstart.value, event.dtend.value
    if isinstance(start, datetime):
        first, last = _local(start, zone), _local(end, zone)
    else:
        first, last = start.isoformat(), (end - DAY).isoformat()
    return Seen(
        uid=value("uid"),
        title=value("summary"),
        start=first,
        end=last,
        location=value("location"),
        description=value("description"),
        category=event.getChildValue("categories", [""])[0],
        url=value("url"),
    )


def _local(moment: datetime, zone: str) -> str:
    assert moment.utcoffset() == timedelta(0)
    return moment.astimezone(UTC).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def build_calendar_files(lookup: Lookup) -> Mapping[str, bytes]:
    """Every calendar file of a portal, by its key."""
    plans = [plan_event_files(lookup, company) for company in lookup.portal.companies]
    plans.append(plan_whole_calendars(lambda: lookup, lookup.portal.options.feed))
    return {key: render() for plan in plans for key, render in plan.items()}
