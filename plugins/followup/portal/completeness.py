"""How much of the thirteen categories a note of an interview answers."""

from __future__ import annotations

from followup.notes.categories import Answer, answers
from followup.notes.entry import Entry
from followup.portal.model import Completeness


def build_completeness(entry: Entry) -> Completeness:
    """The count of categories answered or not applicable, and the numbers of those missing."""
    found = answers(entry)
    missing = tuple(
        number for number, answer in enumerate(found, start=1) if answer is Answer.MISSING
    )
    return Completeness(len(found) - len(missing), len(found), missing)
