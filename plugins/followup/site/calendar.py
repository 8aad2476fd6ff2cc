"""The Calendar page: an agenda with reasons, and months that show the shape of the search."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from followup.campaign.workdays import Workdays
from followup.portal.days import month_name
from followup.site.events import Event, Kind, build_calendar_events
from followup.site.lookup import Lookup
from followup.site.wording import SAME_REASON, spell

_VISIBLE = 3
_SOON = 14
_YEAR = 366
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the agenda; `open` says that something on it is still to be done."""

    day: date
    anchor: str
    text: str
    open: bool
    holidays: tuple[str, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month, or a blank before the first and after the last.

    `anchor` leads to the agenda's day; `label` is the link's name for who cannot see the cell.
    `folded` is what there is no room for, unless a filter makes some.
    """

    day: date | None = None
    off: bool = False
    holiday: str = ""
    anchor: str = ""
    label: str = ""
    events: tuple[Event, ...] = ()
    folded: tuple[Event, ...] = ()

    @property
    def more(self) -> int:
        """How many things of the day are not shown in its cell."""
        return len(self.folded)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven cells."""

    title: str
    weeks: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What the Calendar page shows.

    `agenda` reaches two weeks ahead; `later`, `past` and `earlier` stand in closed disclosures.
    """

    weekdays: tuple[str, ...]
    kinds: tuple[Kind, ...]
    agenda: tuple[Day, ...]
    later: tuple[Day, ...]
    past: tuple[Day, ...]
    earlier: tuple[Month, ...]
    months: tuple[Month, ...]
    empty: bool
    # Slug and name of every company that has something in it.
    companies: tuple[tuple[str, str], ...]


def build_calendar(lookup: Lookup) -> CalendarView:
    """The Calendar page; everything in it comes from the notes and the employers' holidays."""
    events = build_calendar_events(lookup)
    agenda = tuple(_agenda(lookup, events))
    soon = lookup.today + timedelta(days=_SOON)
    past = tuple(_past(lookup, events))
    anchors = {day.day: day.anchor for day in (*past, *agenda)}
    months = tuple(_months(lookup, events, anchors))
    this_month = lookup.today.replace(day=1)
    earlier = tuple(month for first, month in months if first < this_month)
    return CalendarView(
        weekdays=_WEEKDAYS,
        kinds=tuple(Kind),
        agenda=tuple(day for day in agenda if day.day <= soon),
        later=tuple(day for day in agenda if day.day > soon),
        past=past,
        earlier=earlier,
        months=tuple(month for first, month in months if first >= this_month),
        empty=not events,
        companies=tuple(_companies(lookup, events)),
    )


def _companies(lookup: Lookup, events: Sequence[Event]) -> Sequence[tuple[str, str]]:
    found = {event.company for event in events}
    named = [(slug, company.name) for slug, company in lookup.portal.companies.items()]
    return sorted(
        (item for item in named if item[0] in found), key=lambda item: (item[1].casefold(), item[0])
    )


def _agenda(lookup: Lookup, events: Sequence[Event]) -> Iterator[Day]:
    """The days with something open, late ones too, and all that come, with their holidays."""
    coming = [event for event in events if event.open or event.on >= lookup.today]
    if not coming:
        return
    by_day = _by_day(coming)
    last = min(max(by_day), lookup.today + timedelta(days=_YEAR))
    for day in sorted({*by_day, *_holidays_between(lookup, lookup.today, last)}):
        yield _day(lookup, day, by_day.get(day, ()), "day")


def _past(lookup: Lookup, events: Sequence[Event]) -> Iterator[Day]:
    gone = [event for event in events if not event.open and event.on < lookup.today]
    for day, found in sorted(_by_day(gone).items()):
        yield _day(lookup, day, found, "past")


def _day(lookup: Lookup, day: date, events: Sequence[Event], prefix: str) -> Day:
    return Day(
        day=day,
        anchor=f"{prefix}-{day.isoformat()}",
        text=lookup.day(day),
        open=any(event.open for event in events),
        holidays=tuple(_holidays(lookup, day)) if prefix == "day" else (),
        events=tuple(_with_reasons(events)),
    )


def _with_reasons(events: Sequence[Event]) -> Iterator[Event]:
    """The events of a day; of those that one note gives the same reason, the first one says it."""
    before: Event | None = None
    for event in events:
        same = before and (event.why, event.link.key) == (before.why, before.link.key)
        yield replace(event, why=SAME_REASON) if same else event
        before = event


def _months(
    lookup: Lookup, events: Sequence[Event], anchors: Mapping[date, str]
) -> Iterator[tuple[date, Month]]:
    """Every month that holds something, and this one, with its first day; no gap of a few is left.

    A slip of the pen, such as a task in the year 2096, does not bring a thousand empty ones.
    """
    days = [event.on for event in events] + [lookup.today]
    by_day = _by_day(events)
    workdays = _workdays(lookup)
    for month in _without_gaps({day.replace(day=1) for day in days}):
        weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
        cells = tuple(
            tuple(
                _cell(lookup, day, by_day.get(day, ()), anchors, workdays)
                if day.month == month.month
                else Cell()
                for day in week
            )
            for week in weeks
        )
        yield month, Month(f"{month_name(month.month)} {month.year}", cells)


def _without_gaps(months: Collection[date]) -> Iterator[date]:
    """These months in order, and those between two that are at most a year apart."""
    for month, after in pairwise([*sorted(months), date.max]):
        yield month
        if (after - month).days <= _YEAR:
            while (month := (month + timedelta(days=31)).replace(day=1)) < after:
                yield month


def _cell(
    lookup: Lookup,
    day: date,
    events: Sequence[Event],
    anchors: Mapping[date, str],
    workdays: Workdays,
) -> Cell:
    ordered = sorted(events, key=lambda event: event.done)
    room = _VISIBLE if len(ordered) > _VISIBLE + 1 else len(ordered)
    open_ones = sum(event.open for event in events)
    full = room < len(ordered)
    needs_link = open_ones or full or any(event.on >= lookup.today for event in events)
    count = f"{open_ones} open" if open_ones else f"{spell(len(events))} in all"
    return Cell(
        day=day,
        off=not workdays.is_business_day(day),
        holiday=workdays.holiday(day) or "",
        anchor=anchors[day] if needs_link else "",
        label=f"{day.day} {month_name(day.month)}, {count}",
        events=tuple(ordered[:room]),
        folded=tuple(ordered[room:]),
    )


def _holidays_between(lookup: Lookup, first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if any(_holidays(lookup, day)):
            yield day


def _holidays(lookup: Lookup, day: date) -> Iterator[str]:
    """The holidays of a day, at home and where a live application's employer is."""
    options = lookup.portal.options
    home = _workdays(lookup).holiday(day)
    if home:
        yield f"{home}, not a business day"
    places = {
        (application.country, application.subdivision)
        for application in lookup.portal.applications.values()
        if application.live
    } - {(options.country, options.subdivision)}
    for country, subdivision in sorted(places, key=lambda place: (place[0], place[1] or "")):
        name = Workdays(country, subdivision).holiday(day)
        if name and name != home:
            yield f"{name} in {country}, not a business day there"


def _workdays(lookup: Lookup) -> Workdays:
    options = lookup.portal.options
    return Workdays(options.country, options.subdivision)


def _by_day(events: Iterable[Event]) -> Mapping[date, Sequence[Event]]:
    found: dict[date, list[Event]] = {}
    for event in events:
        found.setdefault(event.on, []).append(event)
    return found
