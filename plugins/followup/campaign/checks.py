"""The status checks after an interview, in cycles: every sign of life starts a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from followup.campaign.model import FollowUp, Reason, State
from followup.campaign.plans import Plan, cancelled, settle
from followup.campaign.promises import (
    INBOUND,
    Promised,
    last_promised,
    promised_in_note,
)
from followup.campaign.reasons import MEETING, explain
from followup.campaign.recipients import check_contact
from followup.campaign.touches import Touch
from followup.campaign.workdays import Workdays
from followup.notes.entry import Source
from followup.notes.schema import Event, Stage
from followup.portal.days import day_in_sentence
from followup.portal.model import Application, Happening, Interview, Portal, StageChange


@dataclass(frozen=True, slots=True)
class Cycle:
    """A stretch of silence: from the interview or a sign of life to the next sign of life.

    `since` is the day it begins and `source` the line that says so; `events` are those within it,
    `ended_by` the sign of life that ends it. `ask_on` is the day they named for asking.
    """

    number: int
    since: date
    source: Source
    promised: Promised | None
    ask_on: Promised | None
    events: tuple[Happening, ...]
    ended_by: Happening | None


def status_checks(
    portal: Portal,
    application: Application,
    interview: Interview,
    later: Interview | None,
    table: Mapping[str, Touch],
    workdays: Workdays,
) -> Iterator[FollowUp]:
    """The checks of every cycle.

    A sign of life cancels those of its cycle that are open, a later interview and an offer cancel
    the last ones; a cycle that comes to nothing because of that is left out.
    """
    contact = check_contact(portal, interview)
    to = (contact.id,) if contact else ()
    until = later.start.date() if later else None
    offered = _offered_since(application, interview)
    for cycle in _cycles(portal, application, interview, until):
        first = _first_check(application, interview, cycle, to, table["status_check_1"], workdays)
        checks = [first]
        if "status_check_2" in table:
            second = table["status_check_2"]
            checks.append(_second_check(application, interview, cycle, first, second, workdays))
        for check in checks:
            ended = _ended(check, cycle, later, offered)
            if ended.state is not State.CANCELLED or cycle.number == 0 or cycle.ended_by:
                yield ended


def _ended(
    check: FollowUp, cycle: Cycle, later: Interview | None, offered: StageChange | None
) -> FollowUp:
    """The check, cancelled by the first thing that makes it pointless."""
    if cycle.ended_by:
        return cancelled(check, cycle.ended_by.on, cycle.ended_by.source)
    if later:
        return cancelled(check, later.start.date(), later.source)
    if offered:
        return cancelled(check, offered.on, offered.source)
    return check


def _offered_since(application: Application, interview: Interview) -> StageChange | None:
    """The offer that answered what a check would ask."""
    changes = (c for c in application.history if c.stage is Stage.OFFER and c.on >= interview.day)
    return next(changes, None)


def _cycles(
    portal: Portal, application: Application, interview: Interview, until: date | None
) -> Iterator[Cycle]:
    """The cycles of an interview; one that a later interview follows ends on that day."""
    events = [
        item
        for item in application.events
        if (item.on >= interview.day or item.entry == interview.path)
        and (until is None or item.on <= until or item.entry == interview.path)
    ]
    heard = _one_a_day([e for e in events if e.event in INBOUND and e.on > interview.day])
    starts: list[Happening | None] = [None, *heard]
    ends: list[Happening | None] = [*heard, None]
    entry = portal.entries[interview.path]
    promised = promised_in_note(entry, interview)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        within = tuple(item for item in events if _is_within(item, start, end))
        brought = last_promised(within, interview)
        since = start.on if start else interview.day
        if start and promised and promised.by <= since:
            promised = None
        promised = brought or promised
        yield Cycle(
            number=number,
            since=since,
            source=start.source if start else interview.source,
            promised=promised,
            ask_on=_ask_on(portal, interview) if number == 0 and not brought else None,
            events=within,
            ended_by=end,
        )


def _one_a_day(heard: Sequence[Happening]) -> list[Happening]:
    """The signs of life, of several on one day the first: they start one cycle together."""
    return list({item.on: item for item in reversed(heard)}.values())[::-1]


def _is_within(item: Happening, start: Happening | None, end: Happening | None) -> bool:
    """Whether a log item belongs to the cycle between two signs of life.

    What was sent on the day of a sign of life was sent before it; what was heard belongs to the
    cycle that it starts.
    """
    own_deed = item.event in (Event.SENT, Event.SKIPPED, Event.SNOOZED)
    from_start = start is None or item.on > start.on or (item.on == start.on and not own_deed)
    to_end = end is None or item.on < end.on or (item.on == end.on and own_deed)
    return from_start and to_end


def _ask_on(portal: Portal, interview: Interview) -> Promised | None:
    step = interview.next_step
    if step is None or step.ask_on is None:
        return None
    return Promised(step.ask_on, portal.entries[interview.path].source("next_step", "ask_on"))


def _first_check(
    application: Application,
    interview: Interview,
    cycle: Cycle,
    to: tuple[str, ...],
    touch: Touch,
    workdays: Workdays,
) -> FollowUp:
    due_on, reason = _first_due(interview, cycle, touch, workdays)
    plan = Plan(
        touch=touch,
        application=application,
        interview=interview,
        entry=interview.path,
        to=to,
        due_on=due_on,
        reason=reason,
        closing=_own(cycle, interview),
        cycle=cycle.number,
    )
    return settle(plan, workdays)


def _first_due(
    interview: Interview, cycle: Cycle, touch: Touch, workdays: Workdays
) -> tuple[date, Reason]:
    if cycle.ask_on:
        due_on = workdays.on_or_after(cycle.ask_on.by)
        why = "asked" if due_on == cycle.ask_on.by else "asked_rolled"
        until = day_in_sentence(cycle.ask_on.by, due_on.year)
        return due_on, explain(touch, why, cycle.ask_on.source, until=until)
    if cycle.promised:
        due_on = workdays.add(cycle.promised.by, touch.waits["after_promise"])
        until = day_in_sentence(cycle.promised.by, due_on.year)
        return due_on, explain(touch, "promised", cycle.promised.source, until=until)
    due_on = workdays.add(cycle.since, touch.waits["after_interview"])
    why = "since_contact" if cycle.number else "silent"
    words = {
        "meeting": MEETING[interview.format],
        "day": day_in_sentence(cycle.since, due_on.year),
    }
    return due_on, explain(touch, why, cycle.source, **words)


def _second_check(
    application: Application,
    interview: Interview,
    cycle: Cycle,
    first: FollowUp,
    touch: Touch,
    workdays: Workdays,
) -> FollowUp:
    sent = first.state is State.DONE and first.closed_on is not None
    since = first.closed_on if sent and first.closed_on else first.due_on
    due_on = workdays.add(since, touch.waits["after_first"])
    source = first.closed_by if sent and first.closed_by else first.reason.source
    day = day_in_sentence(since, due_on.year)
    plan = Plan(
        touch=touch,
        application=application,
        interview=interview,
        entry=interview.path,
        to=first.to,
        due_on=due_on,
        reason=explain(touch, "after_sent" if sent else "after_due", source, day=day),
        closing=_own(cycle, interview),
        cycle=cycle.number,
        after=first.uid,
    )
    return settle(plan, workdays)


def _own(cycle: Cycle, interview: Interview) -> tuple[Happening, ...]:
    """The cycle's log items of the interview's own note: what was sent concerns that interview."""
    return tuple(item for item in cycle.events if item.entry == interview.path)
