"""What the openings of a table mean for the notes: new ones, and those that are there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from followup.importing.naming import free_name
from followup.importing.note_text import render_opening
from followup.importing.openings import Opening, Openings
from followup.importing.people import is_owner
from followup.importing.steps import Known, NewNote, Skipped, Step
from followup.notes.blank import note_name
from followup.portal.model import Portal
from followup.portal.slugs import fold_name


def plan_openings(
    portal: Portal, openings: Openings, taken: set[str], today: date
) -> Iterator[Step]:
    """A step for each row; an application that a note speaks of is left alone.

    `taken` are the folded names of all files, and gets those of the new ones.
    """
    known = {
        (fold_name(entry.front.company), fold_name(entry.front.title or "")): path
        for path, entry in portal.entries.items()
    }
    for line, reason in openings.skipped:
        yield Skipped(f"line {line}", reason)
    for opening in openings.found:
        what = f"{opening.company}, {opening.title}"
        if where := known.get(opening.key):
            yield Known(what, where)
            continue
        day = opening.applied_on or opening.saved_on or today
        path = free_name(note_name(opening.company, opening.title, day), taken)
        taken.add(path.casefold())
        known[opening.key] = path
        yield NewNote(path, render_opening(_without_owner(portal, opening)), what)


def _without_owner(portal: Portal, opening: Opening) -> Opening:
    """An opening whose contact is somebody else than who applied."""
    if is_owner(portal, opening.contact, opening.contact_email):
        return replace(opening, contact=None, contact_email=None)
    return opening
