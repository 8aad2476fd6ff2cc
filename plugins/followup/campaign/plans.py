"""What one interview or application asks for, before the log says what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from followup.campaign.model import FollowUp, Reason, State
from followup.campaign.reasons import fill
from followup.campaign.touches import SNOOZED, Touch
from followup.campaign.workdays import Workdays
from followup.notes.entry import Source
from followup.notes.schema import Event
from followup.portal.days import day_in_sentence
from followup.portal.model import Application, Happening, Interview


@dataclass(frozen=True, slots=True)
class Plan:
    """A follow-up to be: all but its state.

    `recipient` tells the follow-ups of one touch apart; `closing` are the log items that may
    finish, skip or move it.
    """

    touch: Touch
    application: Application
    interview: Interview | None
    entry: str
    to: tuple[str, ...]
    due_on: date
    reason: Reason
    closing: Sequence[Happening]
    before: str | None = None
    cycle: int = 0
    short: bool = False
    after: str | None = None

    @property
    def uid(self) -> str:
        """A hash of where it comes from, never of a date or text: moved, it stays the same event."""
        home = self.interview.path if self.interview else self.application.id
        recipient = ",".join(self.to)
        parts = (home, self.touch.name, recipient, str(self.cycle))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def settle(plan: Plan, workdays: Workdays) -> FollowUp:
    """The follow-up of a plan, done, skipped or moved as the log says."""
    sent = _first(plan, Event.SENT)
    skipped = _first(plan, Event.SKIPPED)
    closed = sent or skipped
    state = State.DONE if sent else State.SKIPPED if skipped else State.OPEN
    plan = _snoozed(plan, workdays)
    return FollowUp(
        uid=plan.uid,
        touch=plan.touch.name,
        application=plan.application.id,
        interview=plan.interview.path if plan.interview else None,
        entry=plan.entry,
        to=plan.to,
        due_on=plan.due_on,
        before=plan.before,
        state=state,
        closed_on=closed.on if closed else None,
        closed_by=closed.source if closed else None,
        reason=plan.reason,
        short=plan.short,
        after=plan.after,
    )


def _snoozed(plan: Plan, workdays: Workdays) -> Plan:
    """The plan put off by its last `snoozed`; a message rolls on to a business day."""
    last = next(_matching(plan, Event.SNOOZED, reversed(plan.closing)), None)
    if last is None or last.until is None:
        return plan
    due_on = workdays.on_or_after(last.until) if plan.touch.is_message else last.until
    until = day_in_sentence(last.until, due_on.year)
    return replace(plan, due_on=due_on, before=None, reason=fill(SNOOZED, last.source, until=until))


def _first(plan: Plan, event: Event) -> Happening | None:
    return next(_matching(plan, event, plan.closing), None)


def _matching(plan: Plan, event: Event, log: Iterable[Happening]) -> Iterator[Happening]:
    """Log items of this touch, to somebody it goes to or to nobody in particular."""
    return (
        item
        for item in log
        if item.event is event
        and item.touch == plan.touch.name
        and (item.to is None or not plan.to or item.to in plan.to)
    )


def cancelled(follow_up: FollowUp, on: date, by: Source) -> FollowUp:
    """The follow-up ended by something that happened; what is done or skipped stays so."""
    if follow_up.state not in (State.OPEN, State.MISSED):
        return follow_up
    return replace(follow_up, state=State.CANCELLED, closed_on=on, closed_by=by)
