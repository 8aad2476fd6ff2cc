"""Habits that notes show without saying so: what was not asked, not collected, not sent in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.campaign.recipients import people_met
from followup.notes.entry import Source
from followup.notes.schema import Format, NotApplicable
from followup.portal.days import day_in_list
from followup.portal.model import Interview, Person, Portal
from followup.portal.names import reference_name

_DECISION: Final = 12


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """A place that shows a habit, and what it shows, as a sentence."""

    tag: str
    source: Source
    text: str


Late = Mapping[str, tuple[Sign, ...]]
"""The thank-yous that went out late or not at all, by the path of their interview."""


def signs(portal: Portal, interview: Interview, late: Late) -> Iterator[Sign]:
    """What one interview that is over shows of each habit."""
    yield from _not_asked(portal, interview)
    yield from _no_address(portal, interview)
    yield from late.get(interview.path, ())


def late_thanks(portal: Portal, follow_ups: Iterable[FollowUp]) -> Late:
    """The thank-yous that were sent after their day, missed, or are overdue today."""
    found: dict[str, list[Sign]] = {}
    for follow_up in follow_ups:
        said = _late(portal, follow_up)
        if said and follow_up.interview:
            sign = Sign("late_thank_you", follow_up.closed_by or follow_up.origin, said)
            found.setdefault(follow_up.interview, []).append(sign)
    return {path: tuple(sorted(late)) for path, late in found.items()}


def _not_asked(portal: Portal, interview: Interview) -> Iterator[Sign]:
    """The missing day of the decision; a networking chat leads to none."""
    complete = interview.completeness
    if interview.format is Format.NETWORKING or not complete or _DECISION not in complete.missing:
        return
    entry = portal.entries[interview.path]
    place = entry.source("decision") if ("decision",) in entry.marks else interview.source
    yield Sign("decision_not_asked", place, "When they decide is not noted.")


def _no_address(portal: Portal, interview: Interview) -> Iterator[Sign]:
    """Everyone met who cannot be written to; where nobody was met, that nobody else can be."""
    entry = portal.entries[interview.path]
    everyone = [portal.people[id_] for id_ in interview.people]
    if not everyone:
        if not isinstance(entry.front.people, NotApplicable):
            yield Sign("no_address", interview.source, "Nobody you met is named.")
        return
    met = people_met(portal, interview)
    if not met and any(person.email for person in everyone):
        return
    for person in met or everyone:
        if not person.email:
            place = person.sources.get(entry.path, interview.source)
            yield Sign("no_address", place, f"No address for {_called(person)}.")


def _late(portal: Portal, follow_up: FollowUp) -> str:
    """What is late about a thank-you, or nothing."""
    if follow_up.touch != "thank_you":
        return ""
    today, due_on = portal.today, follow_up.due_on
    names = [_called(portal.people[id_]) for id_ in follow_up.to]
    thanks = f"The thank-you to {names[0]}" if names else "The thank-you"
    due = f"was due on {day_in_list(due_on, today.year)}"
    sent = follow_up.closed_on
    if follow_up.state is State.DONE and sent and sent > due_on:
        return f"{thanks} {due} and went out on {day_in_list(sent, today.year)}."
    if follow_up.state is State.MISSED:
        return f"{thanks} {due} and was not sent."
    if follow_up.state is State.OPEN and today > due_on:
        return f"{thanks} {due} and is not sent yet."
    return ""


def _called(person: Person) -> str:
    named = person.name or person.family_name
    return reference_name(person) if named else person.job_title or "somebody"
