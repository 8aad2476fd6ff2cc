"""The plan as an event would leave it, before the event is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from followup.campaign.changes import Change, ChangeKind, build_changes
from followup.campaign.events_to_log import OWN_DEEDS, ToLog, explain_no_effect
from followup.campaign.model import Campaign
from followup.campaign.schedule import build_follow_ups
from followup.notes.append import Insertion, Refusal, append_event
from followup.notes.entry_parser import parse_entry
from followup.notes.memory import Memory
from followup.notes.problems import Problem, Severity
from followup.notes.schema import Event
from followup.portal.build import build_portal

_EFFECTS = {
    Event.SENT: frozenset({ChangeKind.DONE}),
    Event.SKIPPED: frozenset({ChangeKind.SKIPPED}),
    Event.SNOOZED: frozenset({ChangeKind.MOVED, ChangeKind.REOPENED, ChangeKind.MISSED}),
}


@dataclass(frozen=True, slots=True)
class Foresight:
    """What an event would change: the note, the plan without its drafts, and how that differs.

    `warnings` say what is odd about it, each a line of text: that it lies ahead, or changes nothing.
    """

    insertion: Insertion
    after: Campaign
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


def foresee(
    campaign: Campaign, to_log: ToLog, data: bytes, memory: Memory | None = None
) -> Foresight | Refusal:
    """What logging an event in the note with the bytes `data` would change, or why it is refused.

    Companies that it says nothing about are taken from `memory`.
    """
    memory = memory or Memory()
    insertion = append_event(to_log.path, data, to_log.item)
    if isinstance(insertion, Refusal):
        return insertion
    entry, _ = parse_entry(to_log.path, insertion.data)
    assert entry is not None, "an insertion can be read"
    portal = campaign.portal
    entries = {**portal.entries, to_log.path: entry}
    after_portal = build_portal(entries.values(), portal.today, portal.options, memory)
    problems = _new_problems(portal.problems, after_portal.problems)
    if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
        return Refusal(errors[0].message, errors[0].hint)
    after = Campaign(after_portal, build_follow_ups(after_portal, memory), {})
    changes = build_changes(campaign, after)
    warnings = tuple(problem.message for problem in problems)
    if to_log.item.event in OWN_DEEDS and not warnings:
        odd = _odd_effect(campaign, to_log, changes)
        if isinstance(odd, Refusal):
            return odd
        warnings = odd
    return Foresight(insertion, after, changes, warnings)


def _new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """Those that were not there; every line below the new one has another number now."""
    known = Counter((problem.path, problem.code, problem.message) for problem in before)
    new = []
    for problem in after:
        key = (problem.path, problem.code, problem.message)
        if known[key]:
            known[key] -= 1
        else:
            new.append(problem)
    return new


def _odd_effect(
    campaign: Campaign, to_log: ToLog, changes: Iterable[Change]
) -> Refusal | tuple[str, ...]:
    """A warning or refusal where a deed of the owner's does not do what it says.

    What was sent is history even where it closes nothing; a skip or snooze of nothing is not.
    """
    item = to_log.item
    found = [
        change.follow_up.uid
        for change in changes
        if change.kind in _EFFECTS[item.event] and change.follow_up
    ]
    if not found:
        why = explain_no_effect(campaign, to_log.path, item)
        return (f"{why.message}; {why.hint}",) if item.event is Event.SENT else why
    if to_log.meant and to_log.meant not in found:
        return Refusal(
            "it would count for another follow-up of this kind, which comes first",
            "log that one first",
        )
    return ()
