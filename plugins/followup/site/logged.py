"""What a button says once it was pressed, and what the page it stands on can show at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from followup.campaign.changes import Change, ChangeKind
from followup.campaign.model import FollowUp, State
from followup.notes.schema import Event, LogItem
from followup.site.changes import describe_changes
from followup.site.lookup import Lookup
from followup.site.wording import TOUCHES

# What was pressed has a sentence of its own.
_SAID: Final = (ChangeKind.DONE, ChangeKind.SKIPPED, ChangeKind.MOVED)
_OVER: Final = {
    State.DONE: "done",
    State.SKIPPED: "skipped",
    State.CANCELLED: "not needed any more",
    State.MISSED: "missed",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of the follow-ups that a page shows: uids of those over, and those moved."""

    over: tuple[str, ...]
    moved: tuple[FollowUp, ...]


def describe_logged(lookup: Lookup, follow_up: FollowUp, item: LogItem, after: Lookup) -> str:
    """What was pressed, as a sentence: `Thanked Ms. Dahl.`; `after` knows the day of what is put off."""
    company = lookup.company(follow_up.application).name
    words = TOUCHES[follow_up.touch]
    what = _what(lookup, follow_up)
    if item.event is Event.SENT:
        same = words.done == words.todo
        said = f"Done: {what}" if same else lookup.title(follow_up, words.done)
    elif item.event is Event.SNOOZED:
        said = f"{what}: put off until {after.day(after.campaign.follow_ups[follow_up.uid].due_on)}"
    else:
        said = {
            Event.SKIPPED: f"Skipped: {what}",
            Event.RECEIVED: f"Noted that {company} wrote back",
            Event.INVITED: f"Noted that {company} invited you",
            Event.REJECTED: f"Noted that {company} said no",
        }[item.event]
    return f"{said.removesuffix('.')}."


def describe_consequences(
    after: Lookup, follow_up: FollowUp, changes: tuple[Change, ...]
) -> tuple[str, ...]:
    """What else changes in the plan, a sentence each; `after` knows the plan as it is then."""
    others = [
        change
        for change in changes
        if change.kind not in _SAID
        or change.follow_up is None
        or change.follow_up.uid != follow_up.uid
    ]
    return describe_changes(after, others, follow_up.application)


def describe_over(lookup: Lookup, follow_up: FollowUp) -> str:
    """Why a button beside a follow-up that is over writes nothing: `Thank Ms. Dahl: already sent`."""
    day = f" on {lookup.day(follow_up.closed_on)}" if follow_up.closed_on else ""
    sent = follow_up.state is State.DONE and not TOUCHES[follow_up.touch].own
    return f"{_what(lookup, follow_up)}: already {'sent' if sent else _OVER[follow_up.state]}{day}."


def build_shift(before: Lookup, after: Lookup) -> Shift:
    """What a page that shows the plan `before` can show of the plan `after`."""
    now = after.campaign.follow_ups
    was = [one for one in before.follow_ups if one.state is State.OPEN]
    still = [(one, now[one.uid]) for one in was if _is_open(now.get(one.uid))]
    return Shift(
        over=tuple(one.uid for one in was if not _is_open(now.get(one.uid))),
        moved=tuple(new for old, new in still if old.due_on != new.due_on),
    )


def _is_open(follow_up: FollowUp | None) -> bool:
    return follow_up is not None and follow_up.state is State.OPEN


def _what(lookup: Lookup, follow_up: FollowUp) -> str:
    return lookup.title(follow_up, lookup.words(follow_up).todo)
