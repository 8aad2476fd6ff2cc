"""What the openings of a table mean for the notes: new ones, and those that are there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from followup.importing.naming import free_name
from followup.importing.note_text import render_opening
from followup.importing.openings import Opening, Openings
from followup.importing.people import is_owner
from followup.importing.steps import Known, NewNote, Skipped, Step
from followup.notes.blank import note_name
from followup.notes.schema import Event, Stage
from followup.portal.model import ENDS, Portal
from followup.portal.slugs import fold_name
from followup.portal.stages import STAGE_OF_EVENT, STAGE_ORDER

_EVENTS: Final = {stage: event for event, stage in STAGE_OF_EVENT.items()} | {
    Stage.SCREENING: Event.INVITED,
    Stage.INTERVIEWING: Event.INVITED,
}
"""What a log says where an application has come to a stage."""


def plan_openings(
    portal: Portal, openings: Openings, taken: set[str], today: date
) -> Iterator[Step]:
    """A step for each row; an application that a note speaks of is left alone.

    `taken` are the folded names of all files, and gets those of the new ones.
    """
    stages = {
        path: application.stage
        for application in portal.applications.values()
        for path in application.entries
    }
    known = {
        (fold_name(entry.front.company), fold_name(entry.front.title or "")): path
        for path, entry in portal.entries.items()
    }
    for line, reason in openings.skipped:
        yield Skipped(f"line {line}", reason)
    for opening in openings.found:
        what = f"{opening.company}, {opening.title}"
        if where := known.get(opening.key):
            yield Known(what, where, _further(opening, stages[where]))
            continue
        day = opening.applied_on or opening.saved_on or today
        path = free_name(note_name(opening.company, opening.title, day), taken)
        taken.add(path.casefold())
        known[opening.key] = path
        stages[path] = opening.status or (Stage.APPLIED if opening.applied_on else Stage.SAVED)
        yield NewNote(path, render_opening(_without_owner(portal, opening)), what)


def _further(opening: Opening, stage: Stage) -> str:
    """What the table says of an application that a note has not so far; nothing where it lags behind."""
    told = opening.status
    if told is None or STAGE_ORDER[told] <= STAGE_ORDER[stage] or stage in ENDS:
        return ""
    how = f"if it is so, `followup log` it as `{_EVENTS[told]}`"
    return f"it is `{told}` there, and `{stage}` in your notes; {how}"


def _without_owner(portal: Portal, opening: Opening) -> Opening:
    """An opening whose contact is somebody else than who applied."""
    if is_owner(portal, opening.contact, opening.contact_email):
        return replace(opening, contact=None, contact_email=None)
    return opening
