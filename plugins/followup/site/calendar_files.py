"""The calendar files of the portal: one for all, one for each event, and the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from followup.portal.model import Interview
from followup.site.addresses import CALENDAR, WHOLE_CALENDAR
from followup.site.events import Event, Kind, build_calendar_events, build_debriefs
from followup.site.ics import IcsEvent, nine_before, nine_of_the_day, render_ics
from followup.site.lookup import Lookup, interview_short

# What the feed calls things: it lies where a stranger's program can read it.
_NEUTRAL_KINDS: Final = {
    Kind.INTERVIEW: "Interview",
    Kind.MESSAGE: "Message",
    Kind.DECISION: "Deadline",
    Kind.DEADLINE: "Deadline",
    Kind.OWN: "Reminder",
}
_NEUTRAL_TOUCHES: Final = {"prepare": "Preparation", "offer_decide": "Deadline"}

_NAME: Final = "Followup"
_NEUTRAL_NAME: Final = "Calendar"


def plan_event_files(lookup: Lookup, company: str) -> Mapping[str, Callable[[], bytes]]:
    """What renders the calendar file of each single event at a company, by its key."""
    return {
        event.file.key: partial(_render_one, lookup, event)
        for event in _events(lookup)
        if event.file and event.company == company
    }


def plan_whole_calendars(
    look: Callable[[], Lookup], feed: str | None
) -> Mapping[str, Callable[[], bytes]]:
    """What renders the files with all events, by their keys: the feed only where there is one.

    `look` gives all there is to look up, once a file is asked for.
    """
    files: dict[str, Callable[[], bytes]] = {
        WHOLE_CALENDAR.key: lambda: render_whole_calendar(look())
    }
    if feed:
        files[f"{CALENDAR}/feed-{feed}.ics"] = lambda: _render_feed(look())
    return files


def render_whole_calendar(lookup: Lookup) -> bytes:
    """Everything that is open, comes, or has taken place, as one calendar file."""
    return render_ics((_ics_event(lookup, event) for event in _events(lookup)), name=_NAME)


def _render_one(lookup: Lookup, event: Event) -> bytes:
    return render_ics([_ics_event(lookup, event)])


def _render_feed(lookup: Lookup) -> bytes:
    """The same events at the same times, with nothing that says whose or what they are."""
    events = (_neutral(lookup, event) for event in _events(lookup))
    return render_ics(events, name=_NEUTRAL_NAME)


def _events(lookup: Lookup) -> tuple[Event, ...]:
    found = [event for event in build_calendar_events(lookup) if event.uid]
    return tuple(sorted([*found, *build_debriefs(lookup)], key=lambda event: event.order))


def _ics_event(lookup: Lookup, event: Event) -> IcsEvent:
    interview = event.interview
    company = lookup.portal.companies[event.company].name
    full = replace(
        _bare_event(lookup, event),
        summary=f"{company}: {interview_short(interview)}" if interview else event.title,
        description="\n".join(filter(None, event.notes)),
        category=event.kind.words,
        alarm=_alarm(lookup, event),
    )
    if interview is None:
        return full
    return replace(full, location=interview.place or "", url=interview.link or "")


def _neutral(lookup: Lookup, event: Event) -> IcsEvent:
    summary = _NEUTRAL_TOUCHES.get(event.touch, _NEUTRAL_KINDS[event.kind])
    return replace(_bare_event(lookup, event), summary=summary)


def _bare_event(lookup: Lookup, event: Event) -> IcsEvent:
    """An event with nothing but its times."""
    interview = event.interview
    start, end = _times(interview) if interview else (event.on, None)
    return IcsEvent(
        uid=f"{event.uid}@followup.invalid",
        stamp=_changed_on(lookup, event.application),
        start=start,
        end=end,
        summary="",
        free=end is None,
    )


def _times(interview: Interview) -> tuple[date | datetime, datetime | None]:
    """Start and end as UTC, or the day alone where the hour is not known."""
    if interview.has_clock:
        return interview.start.astimezone(UTC), interview.end.astimezone(UTC)
    return interview.start.date(), None


def _alarm(lookup: Lookup, event: Event) -> timedelta | None:
    """Nine in the morning, for what is open or still to come.

    There is none for notes to finish: their day is that of the interview, and at nine it may not
    have begun.
    """
    if event.touch == "debrief" or not event.file:
        return None
    interview = event.interview
    if interview and interview.has_clock:
        return nine_before(interview.start, ZoneInfo(lookup.portal.options.timezone))
    return nine_of_the_day()


def _changed_on(lookup: Lookup, application: str) -> date:
    """The latest day up to today on which anything happened in an application, by its notes.

    A program that has an event already takes the newer one by this. Where nothing has happened yet
    it is the portal's day.
    """
    return max(_days_of(lookup, application), default=lookup.today)


def _days_of(lookup: Lookup, application: str) -> Iterator[date]:
    about = lookup.portal.applications[application]
    held = (lookup.portal.interviews[path].day for path in about.interviews)
    applied = [about.applied_on] if about.applied_on else []
    offered = [about.offer.received_on] if about.offer else []
    for day in (*applied, *offered, *held, *(item.on for item in about.events)):
        if day <= lookup.today:
            yield day
