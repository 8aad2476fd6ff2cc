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

_CLOSING = frozenset({Event.SENT, Event.SKIPPED})


@dataclass(frozen=True, slots=True)
class Plan:
    """A follow-up to be: all but its state.

    `cycle` tells several of one touch to one person apart: how many restarts came before it, or how
    many of its kind. `closing` are the log items that may finish, skip or move it.
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
    said: str = ""

    @property
    def uid(self) -> str:
        """A hash of where it comes from, never of a date or text: moved, it stays the same event."""
        home = self.interview.path if self.interview else self.application.id
        recipient = ",".join(self.to)
        parts = (home, self.touch.name, recipient, str(self.cycle))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def settle(plan: Plan, workdays: Workdays, closing: Sequence[Happening] | None = None) -> FollowUp:
    """The follow-up of a plan, done, skipped or moved as its log says, or these items of it."""
    log = plan.closing if closing is None else closing
    concerning = [item for item in log if _concerns(plan, item)]
    sent = next((item for item in concerning if item.event is Event.SENT), None)
    closed = sent or next((i for i in concerning if i.event is Event.SKIPPED), None)
    state = State.DONE if sent else State.SKIPPED if closed else State.OPEN
    asked_by = plan.reason.source
    snoozed = [item for item in concerning if item.event is Event.SNOOZED]
    plan = _snoozed(plan, snoozed[-1], workdays) if snoozed else plan
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
        asked_by=asked_by,
        said=plan.said,
    )


def settle_each(plans: Iterable[Plan], workdays: Workdays) -> Iterator[FollowUp]:
    """The follow-ups of several plans of one touch.

    Of several to one person each log item finishes, skips or moves the one that is due first.
    """
    waiting = sorted(plans, key=lambda plan: (plan.due_on, plan.cycle))
    items: dict[str, list[Happening]] = {plan.uid: [] for plan in waiting}
    by_person: dict[tuple[str, ...], list[Plan]] = {}
    for plan in waiting:
        by_person.setdefault(plan.to, []).append(plan)
    for group in by_person.values():
        left = list(group)
        for item in group[0].closing:
            if left and _concerns(left[0], item):
                items[left[0].uid].append(item)
                if item.event in _CLOSING:
                    left.pop(0)
    for plan in waiting:
        yield settle(plan, workdays, items[plan.uid])


def _snoozed(plan: Plan, last: Happening, workdays: Workdays) -> Plan:
    """The plan put off by its last `snoozed`; a message rolls on to a business day."""
    if last.until is None:
        return plan
    due_on = workdays.on_or_after(last.until) if plan.touch.is_message else last.until
    until = day_in_sentence(last.until, due_on.year)
    return replace(plan, due_on=due_on, before=None, reason=fill(SNOOZED, last.source, until=until))


def _concerns(plan: Plan, item: Happening) -> bool:
    """Whether a log item is of this touch, to somebody it goes to or to nobody in particular."""
    to = item.to is None or not plan.to or item.to in plan.to
    return item.touch == plan.touch.name and to


Busy = set[tuple[str | None, tuple[str, ...], date]]
"""The days on which somebody gets a message about an interview already: interview, to whom, when."""


def busy_days(follow_ups: Iterable[FollowUp]) -> Busy:
    """The days on which something was sent."""
    return {
        (follow_up.interview, follow_up.to, follow_up.closed_on)
        for follow_up in follow_ups
        if follow_up.state is State.DONE and follow_up.closed_on
    }


def spaced(follow_up: FollowUp, busy: Busy, workdays: Workdays, earliest: date) -> FollowUp:
    """An open message on a day when its reader gets no other about the interview; `busy` grows.

    It waits for the next business day; a promise goes out a day sooner, while that is not before
    `earliest`. One that its owner put off keeps the day they chose.
    """
    if follow_up.state is not State.OPEN or not follow_up.interview or not follow_up.to:
        return follow_up
    due_on = follow_up.due_on
    back = follow_up.touch == "deliver_promise"
    put_off = follow_up.origin != follow_up.reason.source
    while not put_off and (follow_up.interview, follow_up.to, due_on) in busy:
        sooner = workdays.add(due_on, -1)
        back = back and sooner >= earliest
        due_on = sooner if back else workdays.add(max(due_on, follow_up.due_on), 1)
    busy.add((follow_up.interview, follow_up.to, due_on))
    if due_on == follow_up.due_on:
        return follow_up
    after = follow_up.reason.after.removesuffix(".") + "; one message a day is enough."
    return replace(
        follow_up, due_on=due_on, before=None, reason=replace(follow_up.reason, after=after)
    )


def cancelled(follow_up: FollowUp, on: date, by: Source) -> FollowUp:
    """The follow-up ended by something that happened; what is done or skipped stays so."""
    if follow_up.state not in (State.OPEN, State.MISSED):
        return follow_up
    return replace(follow_up, state=State.CANCELLED, closed_on=on, closed_by=by)
