"""The interviews of one application, with their times in the employer's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followup.notes.entry import Entry
from followup.notes.schema import Decision, Event, InterviewBlock, NextStep
from followup.portal.model import Completeness, Interview


def interview_times(block: InterviewBlock, timezone: str) -> tuple[datetime, datetime]:
    """Start and end in the employer's zone; both midnight where only the day is known.

    The minutes are real ones: an interview over the change to summer time ends an hour later by
    the clock on the wall.
    """
    zone = ZoneInfo(timezone)
    if block.start.clock is None:
        midnight = datetime.combine(block.start.day, time(), zone)
        return midnight, midnight
    start = datetime.combine(block.start.day, block.start.clock, zone)
    end = start.astimezone(UTC) + timedelta(minutes=block.minutes)
    return start, end.astimezone(zone)


def is_cancelled(entry: Entry, until: date) -> bool:
    """Whether the note's log says, up to that day, that its interview will not take place."""
    return any(
        item.event is Event.INTERVIEW_CANCELLED and item.on <= until for item in entry.front.log
    )


def build_interview(
    entry: Entry,
    *,
    application: str,
    company: str,
    title: str | None,
    timezone: str,
    country: str,
    subdivision: str | None,
    language: str,
    people: tuple[str, ...],
    over: bool,
    cancelled: bool,
    completeness: Completeness | None,
) -> Interview:
    """The interview of a note that has one; what the note leaves open comes from the arguments."""
    front = entry.front
    block = front.interview
    if block is None:
        raise ValueError(f"{entry.path} has no interview")
    zone = block.timezone or timezone
    start, end = interview_times(block, zone)
    return Interview(
        path=entry.path,
        application=application,
        company=company,
        title=title,
        format=block.format,
        round=block.round,
        start=start,
        end=end,
        has_clock=block.start.clock is not None,
        minutes=block.minutes,
        timezone=zone,
        country=country,
        subdivision=subdivision,
        language=language,
        place=block.place,
        link=block.link,
        first_names_used=block.first_names_used,
        people=people,
        next_step=front.next_step if isinstance(front.next_step, NextStep) else None,
        decision=front.decision if isinstance(front.decision, Decision) else None,
        over=over,
        cancelled=cancelled,
        completeness=completeness,
        source=entry.source("interview", "start"),
    )
