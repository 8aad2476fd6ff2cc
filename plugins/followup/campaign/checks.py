"""What is sent while waiting for an answer, in cycles: every sign of life starts a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.campaign.plans import Busy, Plan, cancelled, settle, spaced
from followup.campaign.promises import (
    INBOUND,
    Promised,
    last_promised,
    promised_for,
)
from followup.campaign.recipients import check_contact, manager
from followup.campaign.scene import Scene
from followup.notes.categories import Answer, answer_to
from followup.notes.entry import Source
from followup.notes.schema import Event, Stage
from followup.portal.model import Happening, Interview, Person

# The numbers of the categories that a message with something useful can be about.
_PROBLEMS, _PROJECTS = 4, 5
_OWN_DEEDS: Final = frozenset({Event.SENT, Event.SKIPPED, Event.SNOOZED})


@dataclass(frozen=True, slots=True)
class Cycle:
    """A stretch of silence: from the interview or a sign of life to the next sign of life.

    `since` is the day it begins and `source` the line that says so; `log` are the log items within
    it that concern the interview. `ask_on` is the day they named for asking.
    """

    number: int
    since: date
    source: Source
    promised: Promised | None
    ask_on: Promised | None
    log: tuple[Happening, ...]
    ended_by: Happening | None


def while_waiting(
    scene: Scene, interview: Interview, thanks: Sequence[FollowUp], busy: Busy
) -> Iterator[FollowUp]:
    """The checks and the useful messages of every cycle.

    A sign of life cancels those of its cycle that are open, a later interview and an offer cancel
    the last ones; a cycle that comes to nothing because of that is left out. `busy` are the days on
    which somebody hears about the interview already.
    """
    ending = _ending(scene, interview)
    for cycle in _cycles(scene, interview):
        end = (cycle.ended_by.on, cycle.ended_by.source) if cycle.ended_by else ending
        # What is cancelled anyway takes nobody's day.
        taken = set(busy) if end else busy
        for follow_up in _of_cycle(scene.within(cycle.log), interview, cycle, thanks, taken):
            ended = cancelled(follow_up, *end) if end else follow_up
            if ended.state is not State.CANCELLED or cycle.number == 0 or cycle.ended_by:
                yield ended


def _ending(scene: Scene, interview: Interview) -> tuple[date, Source] | None:
    """What makes any further question pointless: a later interview, or an offer."""
    if later := scene.later_than(interview):
        return later.start.date(), later.source
    changes = scene.application.history
    offers = (c for c in changes if c.stage is Stage.OFFER and c.on >= interview.day)
    offer = next(offers, None)
    return (offer.on, offer.source) if offer else None


def _of_cycle(
    scene: Scene, interview: Interview, cycle: Cycle, thanks: Sequence[FollowUp], busy: Busy
) -> Iterator[FollowUp]:
    """The messages of one cycle, each counted from the day that the one before really has."""
    space = partial(spaced, busy=busy, workdays=scene.workdays, earliest=interview.day)
    if cycle.number == 0 and "value_add" in scene.table:
        yield from map(space, _value_add(scene, interview, cycle, thanks))
    contact = check_contact(scene.portal, interview)
    last = space(settle(_first_check(scene, cycle, contact), scene.workdays))
    yield last
    for name, wait in (("status_check_2", "after_first"), ("closing_note", "after_second")):
        if name not in scene.table:
            continue
        since, source, why = _since(last)
        due_on = scene.workdays.add(since, scene.table[name].waits[wait])
        number = cycle.number
        plan = scene.plan(name, why, due_on, source, contact, number, after=last.uid, day=since)
        last = space(settle(plan, scene.workdays))
        yield last


def _since(last: FollowUp) -> tuple[date, Source, str]:
    """The day the message before was sent, else is due, its line, and the reason's name."""
    if last.state is State.DONE and last.closed_on and last.closed_by:
        return last.closed_on, last.closed_by, "after_sent"
    return last.due_on, last.reason.source, "after_due"


def _first_check(scene: Scene, cycle: Cycle, contact: Person | None) -> Plan:
    waits = scene.table["status_check_1"].waits
    if asked := cycle.ask_on:
        due_on = scene.workdays.on_or_after(asked.by)
        why = "asked" if due_on == asked.by else "asked_rolled"
        source, until = asked.source, asked.by
    elif promised := cycle.promised:
        due_on = scene.workdays.add(promised.by, waits["after_promise"])
        why, source, until = "promised", promised.source, promised.by
    else:
        due_on = scene.workdays.add(cycle.since, waits["after_interview"])
        why = "since_contact" if cycle.number else "silent"
        source, until = cycle.source, cycle.since
    return scene.plan(
        "status_check_1", why, due_on, source, contact, cycle.number, until=until, day=cycle.since
    )


def _value_add(
    scene: Scene, interview: Interview, cycle: Cycle, thanks: Sequence[FollowUp]
) -> Iterator[FollowUp]:
    """Something useful half way through a long wait, where the notes know what it could be about."""
    touch = scene.table["value_add"]
    promised = cycle.promised
    if promised is None:
        return
    days = scene.workdays.between(interview.day, promised.by)
    if days < touch.waits["shortest"]:
        return
    note = scene.portal.entries[interview.path]
    if not any(answer_to(n, note) is Answer.ANSWERED for n in (_PROJECTS, _PROBLEMS)):
        return
    due_on, why = scene.workdays.add(interview.day, days // 2), "half_way"
    thanked = max((f.due_on for f in thanks), default=interview.day)
    earliest = scene.workdays.add(thanked, touch.waits["after_thanks"])
    if due_on < earliest:
        due_on, why = earliest, "after_thanks"
    plan = scene.plan(
        "value_add", why, due_on, promised.source, manager(scene.portal, interview),
        until=promised.by,
    )  # fmt: skip
    yield settle(plan, scene.workdays)


def _cycles(scene: Scene, interview: Interview) -> Iterator[Cycle]:
    """The cycles of an interview; one that a later interview follows ends on that day."""
    later = scene.later_than(interview)
    until = later.start.date() if later else date.max
    events = [
        item
        for item in scene.application.events
        if item.entry == interview.path or interview.day <= item.on <= until
    ]
    heard = _one_a_day([e for e in events if e.event in INBOUND and e.on > interview.day])
    starts: list[Happening | None] = [None, *heard]
    ends: list[Happening | None] = [*heard, None]
    promised = promised_for(scene.portal, scene.application, interview)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        within = [item for item in events if _is_within(item, start, end)]
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
            ask_on=_ask_on(scene, interview) if number == 0 and not brought else None,
            log=tuple(item for item in within if item.entry == interview.path),
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
    own_deed = item.event in _OWN_DEEDS
    from_start = start is None or item.on > start.on or (item.on == start.on and not own_deed)
    to_end = end is None or item.on < end.on or (item.on == end.on and own_deed)
    return from_start and to_end


def _ask_on(scene: Scene, interview: Interview) -> Promised | None:
    step = interview.next_step
    if step is None or step.ask_on is None:
        return None
    entry = scene.portal.entries[interview.path]
    return Promised(step.ask_on, entry.source("next_step", "ask_on"))
