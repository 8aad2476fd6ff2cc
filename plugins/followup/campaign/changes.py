"""What became of a plan: the follow-ups and stages that are not as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from followup.campaign.model import Campaign, FollowUp, State
from followup.notes.schema import Stage


class ChangeKind(StrEnum):
    """What happened to an application, or to a follow-up, in the order in which it is told."""

    STAGE = "stage"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    MISSED = "missed"
    REOPENED = "reopened"
    MOVED = "moved"
    NEW = "new"


_KINDS: Final = {
    State.OPEN: ChangeKind.REOPENED,
    State.DONE: ChangeKind.DONE,
    State.SKIPPED: ChangeKind.SKIPPED,
    State.CANCELLED: ChangeKind.CANCELLED,
    State.MISSED: ChangeKind.MISSED,
}
_AHEAD: Final = (State.OPEN, State.MISSED)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two plans.

    `follow_up` is what it is about, as it is now, or as it was where there is none any more; None
    where the application came to another `stage`. `was_on` is the day that one was moved from.
    """

    kind: ChangeKind
    application: str
    follow_up: FollowUp | None = None
    was_on: date | None = None
    stage: Stage | None = None


def build_changes(before: Campaign, after: Campaign) -> tuple[Change, ...]:
    """What is new in `after`: stages, then follow-ups.

    A question that is asked anew, because they wrote meanwhile, has moved to another day.
    """
    gone = (
        Change(ChangeKind.CANCELLED, old.application, old)
        for uid, old in before.follow_ups.items()
        if uid not in after.follow_ups and old.state in _AHEAD
    )
    found = _restarted([*_follow_ups(before, after), *gone], before)
    return (*_stages(before, after), *found)


def _stages(before: Campaign, after: Campaign) -> Iterator[Change]:
    for id_, application in after.portal.applications.items():
        old = before.portal.applications.get(id_)
        if old and old.stage is not application.stage:
            yield Change(ChangeKind.STAGE, id_, stage=application.stage)


def _restarted(changes: Sequence[Change], before: Campaign) -> Iterator[Change]:
    """The changes, one cancelled and one new of the same kind to the same person made one move."""
    ended: dict[object, list[Change]] = {}
    begun: dict[object, list[Change]] = {}
    for change in changes:
        if change.kind is ChangeKind.CANCELLED:
            ended.setdefault(_matter(change), []).append(change)
        elif change.kind is ChangeKind.NEW:
            begun.setdefault(_matter(change), []).append(change)
        else:
            yield change
    for matter, news in begun.items():
        for new in news:
            old = ended[matter].pop(0).follow_up if ended.get(matter) else None
            if old is None:
                yield new
                continue
            was_on = before.follow_ups[old.uid].due_on
            if new.follow_up and was_on != new.follow_up.due_on:
                yield replace(new, kind=ChangeKind.MOVED, was_on=was_on)
    for rest in ended.values():
        yield from rest


def _matter(change: Change) -> object:
    """What makes two follow-ups the same to their owner."""
    follow_up = change.follow_up
    assert follow_up is not None
    return change.application, follow_up.interview, follow_up.touch, follow_up.to


def _follow_ups(before: Campaign, after: Campaign) -> Iterator[Change]:
    for uid, new in after.follow_ups.items():
        old = before.follow_ups.get(uid)
        if old is None:
            if new.state in _AHEAD:
                yield Change(ChangeKind.NEW, new.application, new)
        elif old.state is not new.state:
            yield Change(_KINDS[new.state], new.application, new)
        elif new.state is State.OPEN and old.due_on != new.due_on:
            yield Change(ChangeKind.MOVED, new.application, new, was_on=old.due_on)
