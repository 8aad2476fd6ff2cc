"""The thank-you after an interview: when it is due, to whom, and when it is too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.campaign.plans import settle
from followup.campaign.promises import promised_at
from followup.campaign.recipients import thanked
from followup.campaign.scene import Scene
from followup.campaign.workdays import Workdays
from followup.notes.entry import Source
from followup.notes.schema import Format
from followup.portal.days import weekday_name
from followup.portal.model import Interview

MORNING_ENDS: Final = time(13)
FRIDAY_ENDS: Final = time(15)
BEFORE: Final = "10:00"
_FRIDAY: Final = 4
_SAME_DAY: Final = frozenset({"decided_soon", "phone", "morning", "friday"})
_SHORT: Final = frozenset({"decided_soon", "phone"})


def thank_yous(scene: Scene, interview: Interview) -> Iterator[FollowUp]:
    """One thank-you for each person who gets one, `missed` once it would be too late."""
    why, source, until = _why(scene, interview)
    next_day = scene.workdays.add(interview.day, scene.table["thank_you"].waits["after_interview"])
    due_on = interview.day if why in _SAME_DAY else next_day
    for person in thanked(scene.portal, interview):
        plan = scene.plan(
            "thank_you",
            why,
            due_on,
            source,
            person,
            before=None if why in _SAME_DAY else BEFORE,
            short=why in _SHORT,
            day=interview.day,
            until=until,
            weekday=weekday_name(interview.day),
            time=f"{interview.end:%H:%M}",
            ended="ended" if interview.over else "ends",
            was="was" if interview.over else "is",
        )
        yield _missed(scene, settle(plan, scene.workdays))


def _missed(scene: Scene, follow_up: FollowUp) -> FollowUp:
    until = scene.workdays.add(follow_up.due_on, scene.table["thank_you"].waits["welcome"])
    late = follow_up.state is State.OPEN and scene.portal.today > until
    state = State.MISSED if late else follow_up.state
    return replace(follow_up, state=state, welcome_until=until)


def _why(scene: Scene, interview: Interview) -> tuple[str, Source, date]:
    """Which of the touch's reasons holds, the line it stands on, and the day they named."""
    promised = promised_at(scene.portal, scene.application, interview)
    if promised and promised.by <= scene.workdays.add(interview.day, 1):
        return "decided_soon", promised.source, promised.by
    if interview.format is Format.PHONE_SCREEN:
        return "phone", interview.source, interview.day
    return _why_by_the_clock(interview, scene.workdays), interview.source, interview.day


def _why_by_the_clock(interview: Interview, workdays: Workdays) -> str:
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
