"""D, the day by which they said one would hear, and what changed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from followup.notes.entry import Entry, Source
from followup.notes.schema import Event
from followup.portal.model import Application, Happening, Interview, Portal

INBOUND = frozenset({Event.RECEIVED, Event.CALL, Event.INVITED})
"""What counts as a sign of life."""

ANSWERS = INBOUND | {Event.OFFER, Event.REJECTED}
"""All that can come from an employer."""

_MOVES = INBOUND | {Event.DATE_CHANGED}


@dataclass(frozen=True, slots=True)
class Promised:
    """A day named by them and the line that says so."""

    by: date
    source: Source


def promised_for(portal: Portal, application: Application, interview: Interview) -> Promised | None:
    """The day that the note of an interview names, else the one for the decision from before it."""
    in_note = _promised_in_note(portal.entries[interview.path], interview)
    return in_note or promised_before(portal, application, interview)


def _promised_in_note(entry: Entry, interview: Interview) -> Promised | None:
    """The earlier of `next_step.by` and `decision.by`."""
    found = []
    if interview.next_step and interview.next_step.by:
        found.append(Promised(interview.next_step.by, entry.source("next_step", "by")))
    if interview.decision and interview.decision.by:
        found.append(Promised(interview.decision.by, entry.source("decision", "by")))
    return min(found, key=lambda promised: (promised.by, promised.source), default=None)


def promised_before(
    portal: Portal, application: Application, interview: Interview
) -> Promised | None:
    """The day for their decision that they named last before an interview, if it is still ahead then.

    Another round does not take it back. What was named as the next step is over with the round.
    """
    named = [
        (other.day, portal.entries[path].source("decision", "by"), other.decision.by)
        for path in application.interviews
        if (other := portal.interviews[path]).start < interview.start
        and other.decision
        and other.decision.by
    ]
    named += [
        (item.on, item.source, item.decision_by)
        for item in application.events
        if item.event in _MOVES and item.decision_by and item.on <= interview.day
    ]
    _, source, by = max(named, default=(None, None, None))
    return Promised(by, source) if source and by and by > interview.day else None


def promised_in_log(item: Happening) -> Promised | None:
    """The day a log item brought: the earlier of its two."""
    days = [day for day in (item.decision_by, item.next_step_by) if day]
    if item.event not in _MOVES or not days:
        return None
    return Promised(min(days), item.source)


def last_promised(events: Iterable[Happening], interview: Interview) -> Promised | None:
    """The day that the last of these events brought, of those that brought any.

    A day before the interview is about something else: nobody answers before asking.
    """
    found = (promised_in_log(item) for item in events)
    days = [promised for promised in found if promised and promised.by >= interview.day]
    return days[-1] if days else None


def promised_at(portal: Portal, application: Application, interview: Interview) -> Promised | None:
    """D as it stood on the day of the interview."""
    early = (
        item
        for item in application.events
        if item.entry == interview.path and item.on <= interview.day
    )
    return last_promised(early, interview) or promised_for(portal, application, interview)
