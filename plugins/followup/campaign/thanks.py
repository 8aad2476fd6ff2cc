"""The thank-you after an interview: when it is due, to whom, and when it is too late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final

from followup.campaign.model import FollowUp, Reason, State
from followup.campaign.plans import Plan, settle
from followup.campaign.promises import Promised, promised_at
from followup.campaign.reasons import MEETING, explain
from followup.campaign.recipients import thanked
from followup.campaign.touches import Touch
from followup.campaign.workdays import Workdays
from followup.notes.schema import Format
from followup.portal.days import day_in_sentence, weekday_name
from followup.portal.model import Application, Happening, Interview, Portal

MORNING_ENDS: Final = time(13)
FRIDAY_ENDS: Final = time(15)
BEFORE: Final = "10:00"
_FRIDAY: Final = 4


def thank_yous(
    portal: Portal,
    application: Application,
    interview: Interview,
    log: Sequence[Happening],
    touch: Touch,
    workdays: Workdays,
) -> Iterator[FollowUp]:
    """One thank-you for each person who gets one, `missed` once it would be too late.

    `log` are the items of the interview's own note.
    """
    timing = _timing(interview, promised_at(portal, application, interview), touch, workdays)
    due_on, before, short, reason = timing
    for person in thanked(portal, interview):
        plan = Plan(
            touch=touch,
            application=application,
            interview=interview,
            entry=interview.path,
            to=(person.id,) if person else (),
            due_on=due_on,
            before=before,
            short=short,
            reason=reason,
            closing=log,
        )
        yield _missed(settle(plan, workdays), portal.today, touch, workdays)


def _missed(follow_up: FollowUp, today: date, touch: Touch, workdays: Workdays) -> FollowUp:
    until = workdays.add(follow_up.due_on, touch.waits["welcome"])
    late = follow_up.state is State.OPEN and today > until
    state = State.MISSED if late else follow_up.state
    return replace(follow_up, state=state, welcome_until=until)


def _timing(
    interview: Interview, promised: Promised | None, touch: Touch, workdays: Workdays
) -> tuple[date, str | None, bool, Reason]:
    """Due day, latest time, whether the short form fits, and why."""
    day = interview.day
    next_day = workdays.add(day, touch.waits["after_interview"])
    words = {
        "meeting": MEETING[interview.format],
        "day": day_in_sentence(day, next_day.year),
        "weekday": weekday_name(day),
        "time": f"{interview.end:%H:%M}",
        "ended": "ended" if interview.over else "ends",
        "was": "was" if interview.over else "is",
    }
    if promised and promised.by <= workdays.add(day, 1):
        until = day_in_sentence(promised.by, day.year)
        reason = explain(touch, "decided_soon", promised.source, until=until, **words)
        return day, None, True, reason
    if interview.format is Format.PHONE_SCREEN:
        return day, None, True, explain(touch, "phone", interview.source, **words)
    why = _why(interview, workdays)
    reason = explain(touch, why, interview.source, **words)
    if why in ("morning", "friday"):
        return day, None, False, reason
    return next_day, BEFORE, False, reason


def _why(interview: Interview, workdays: Workdays) -> str:
    """Which of the touch's reasons holds for an interview that ended then."""
    if not workdays.is_business_day(interview.day):
        return "day_off"
    if not interview.has_clock:
        return "no_time"
    ended = interview.end.time()
    if ended < MORNING_ENDS:
        return "morning"
    if interview.day.weekday() == _FRIDAY:
        return "friday" if ended <= FRIDAY_ENDS else "late_friday"
    return "afternoon"
