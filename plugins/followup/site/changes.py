"""What became of the plan, as short sentences for a terminal or a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from followup.campaign.changes import Change, ChangeKind
from followup.campaign.model import FollowUp
from followup.notes.schema import Stage
from followup.portal.model import ENDS
from followup.site.lookup import Lookup
from followup.site.wording import count_of, sentence

# So many cancelled follow-ups are named; more are counted.
_NAMED: Final = 3

_STAGES: Final = {
    Stage.SAVED: "saved",
    Stage.APPLIED: "awaiting an answer",
    Stage.SCREENING: "in screening",
    Stage.INTERVIEWING: "in interviews",
    Stage.OFFER: "at an offer",
    Stage.ACCEPTED: "accepted",
    Stage.DECLINED: "declined",
    Stage.REJECTED: "rejected",
    Stage.WITHDRAWN: "withdrawn",
    Stage.NO_RESPONSE: "closed without a response",
}
_CLOSE: Final = "Log `withdrew` too, and the application is closed."
_ORDER: Final = {kind: place for place, kind in enumerate(ChangeKind)}
_SENTENCES: Final = {
    ChangeKind.DONE: "{what}: done.",
    ChangeKind.SKIPPED: "{what}: skipped.",
    ChangeKind.CANCELLED: "{what}: not needed any more.",
    ChangeKind.MISSED: "{what}: missed.",
    ChangeKind.REOPENED: "{what}: open again, due {day}.",
    ChangeKind.MOVED: "{what} moves from {was} to {day}.",
    ChangeKind.NEW: "New: {what}, due {day}.",
}


def describe_changes(lookup: Lookup, changes: Sequence[Change], about: str) -> tuple[str, ...]:
    """A sentence for each change, many alike in one; `lookup` knows the plan as it is now.

    The company is named where the change is of another application than `about`.
    """
    order = {follow_up.uid: place for place, follow_up in enumerate(lookup.follow_ups)}
    ended = {c.application for c in changes if c.stage in ENDS}
    lines = [_stage(lookup, c, changes, about) for c in changes if c.kind is ChangeKind.STAGE]
    rest = [
        change
        for change in changes
        if change.kind is not ChangeKind.STAGE
        and not (change.kind is ChangeKind.CANCELLED and change.application in ended)
    ]
    rest.sort(key=lambda change: (_ORDER[change.kind], _place(change, order)))
    return (*lines, *_each(lookup, rest, about))


def _place(change: Change, order: Mapping[str, int]) -> int:
    """Where a follow-up stands in the plan; what is not there any more comes last."""
    assert change.follow_up is not None
    return order.get(change.follow_up.uid, len(order))


def _stage(lookup: Lookup, change: Change, changes: Sequence[Change], about: str) -> str:
    """`The application is now rejected; two follow-ups are cancelled.`."""
    assert change.stage is not None
    company = lookup.company(change.application).name
    whose = "The application" if change.application == about else f"The application at {company}"
    said = f"{whose} is now {_STAGES[change.stage]}"
    cancelled = [
        other
        for other in changes
        if other.kind is ChangeKind.CANCELLED and other.application == change.application
    ]
    if change.stage not in ENDS or not cancelled:
        return f"{said}."
    return f"{said}; {_cancelled(len(cancelled))}."


def _each(lookup: Lookup, changes: Sequence[Change], about: str) -> Iterator[str]:
    cancelled = sum(change.kind is ChangeKind.CANCELLED for change in changes)
    for change in changes:
        if change.kind is not ChangeKind.CANCELLED or cancelled <= _NAMED:
            yield _line(lookup, change, about)
    if cancelled > _NAMED:
        yield f"{sentence(_cancelled(cancelled))}."


def _line(lookup: Lookup, change: Change, about: str) -> str:
    follow_up = change.follow_up
    assert follow_up is not None
    said = _SENTENCES[change.kind].format(
        what=_what(lookup, follow_up, about),
        day=lookup.day(follow_up.due_on),
        was=lookup.day(change.was_on or follow_up.due_on),
    )
    live = lookup.portal.applications[follow_up.application].live
    closes = change.kind is ChangeKind.DONE and follow_up.touch == "withdraw" and live
    return f"{said} {_CLOSE}" if closes else said


def _what(lookup: Lookup, follow_up: FollowUp, about: str) -> str:
    what = lookup.title(follow_up, lookup.words(follow_up).todo)
    company = lookup.company(follow_up.application).name
    named = follow_up.application == about or company in what
    return what if named else f"{what}, {company}"


def _cancelled(number: int) -> str:
    verb = "is" if number == 1 else "are"
    return f"{count_of(number, 'follow-up', 'follow-ups')} {verb} cancelled"
