"""The life of one application as a line: what happened, where today stands, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import ceil

from followup.campaign.model import State
from followup.notes.schema import Event, Stage
from followup.portal.days import month_name
from followup.portal.model import Application, Interview, StageChange
from followup.site.lookup import Lookup, ahead
from followup.site.rows import to_do
from followup.site.waiting import build_expected
from followup.site.wording import FORMATS, STAGES, spell

# The last event stands where its label still fits.
_LAST = 80
# In rem: the axis at its narrowest, a letter of a label's two lines, and what keeps labels apart.
_AXIS, _BOLD, _SMALL, _APART = 56.0, 0.41, 0.335, 0.9


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A point of the line at `at` % of it, its label lifted by `level`."""

    on: date
    title: str
    day_text: str
    detail: str
    stage: bool
    ahead: bool
    at: int
    level: int


@dataclass(frozen=True, slots=True)
class Life:
    """The line of one application from `first` to `last`.

    `now` is how many events lie before today, whose mark stands between them; an application that
    has ended has no mark, and its line stops at the end.
    """

    first: date
    last: date
    events: tuple[LifeEvent, ...]
    levels: int
    today_at: int
    now: int | None


@dataclass(frozen=True, slots=True)
class _Point:
    on: date
    title: str
    detail: str
    stage: bool


def build_life(lookup: Lookup, application: Application) -> Life | None:
    """The line of an application, or None where nothing has a date."""
    points = sorted(_points(lookup, application), key=lambda point: (point.on, not point.stage))
    if not points:
        return None
    ended = not application.live
    first = points[0].on
    last = points[-1].on if ended else max(points[-1].on, lookup.today)
    span = max((last - first).days * 100 // _LAST, 7)
    places = [(point.on - first).days * 100 // span for point in points]
    levels = _levels(places, [_width(lookup, point) for point in points])
    today_at = places[-1] if ended else (lookup.today - first).days * 100 // span
    return Life(
        first=first,
        last=first + timedelta(days=span),
        events=tuple(
            _event(lookup, point, at, level)
            for point, at, level in zip(points, places, levels, strict=True)
        ),
        levels=max(levels) + 1,
        today_at=today_at,
        now=None if ended else sum(point.on <= lookup.today for point in points),
    )


def _width(lookup: Lookup, point: _Point) -> int:
    """How much of the axis a label takes, in percent: by its letters, rounded up."""
    below = " · ".join(filter(None, (_day_text(lookup, point.on), point.detail)))
    wide = max(_BOLD * len(point.title), _SMALL * len(below)) + _APART
    return ceil(100 * wide / _AXIS)


def _levels(places: Sequence[int], widths: Sequence[int]) -> list[int]:
    """The height of each label: from right to left 0, or one more than any it would cover."""
    levels = [0] * len(places)
    for number in range(len(places) - 1, -1, -1):
        covered = [
            levels[other]
            for other in range(number + 1, len(places))
            if places[other] < places[number] + widths[number]
        ]
        levels[number] = 1 + max(covered) if covered else 0
    return levels


def _event(lookup: Lookup, point: _Point, at: int, level: int) -> LifeEvent:
    return LifeEvent(
        on=point.on,
        title=point.title,
        day_text=_day_text(lookup, point.on),
        detail=point.detail,
        stage=point.stage,
        ahead=point.on > lookup.today,
        at=at,
        level=level,
    )


def _day_text(lookup: Lookup, on: date) -> str:
    year = f" {on.year}" if on.year != lookup.today.year else ""
    return f"{on.day} {month_name(on.month)[:3]}{year}"


def _points(lookup: Lookup, application: Application) -> Iterator[_Point]:
    interviews = [
        interview
        for path in application.interviews
        if not (interview := lookup.portal.interviews[path]).cancelled
    ]
    by_day = {interview.start.date(): interview for interview in interviews}
    reached = {change.on for change in application.history if change.stage in _INTERVIEWS}
    for change in application.history:
        yield _stage(lookup, application, change, by_day.get(change.on))
    for interview in interviews:
        if interview.start.date() not in reached:
            yield _interview(interview)
    if application.live:
        yield from _expected(lookup, application)


_INTERVIEWS = frozenset({Stage.SCREENING, Stage.INTERVIEWING})


def _stage(
    lookup: Lookup, application: Application, change: StageChange, held: Interview | None
) -> _Point:
    detail = ""
    if change.stage is Stage.APPLIED and application.found_through:
        detail = application.found_through
    elif change.stage in _INTERVIEWS and held:
        detail = _detail(held)
    elif change.stage in _INTERVIEWS:
        detail = _invited(lookup, application, change.on)
    return _Point(change.on, STAGES[change.stage].text, detail, stage=True)


def _interview(interview: Interview) -> _Point:
    people = len(interview.people)
    detail = f"{spell(people)} people" if people > 1 else ""
    return _Point(interview.start.date(), FORMATS[interview.format].short, detail, stage=False)


def _detail(interview: Interview) -> str:
    length = f", {interview.minutes} min" if interview.has_clock else ""
    return f"{FORMATS[interview.format].within}{length}"


def _invited(lookup: Lookup, application: Application, on: date) -> str:
    for event in application.events:
        if event.event is Event.INVITED and event.on == on and event.sender:
            return f"invited by {lookup.names([event.sender])}"
    return ""


def _expected(lookup: Lookup, application: Application) -> Iterator[_Point]:
    """What they promised, what the owner asks next, and when an offer ends."""
    coming = [lookup.portal.interviews[path] for path in application.interviews]
    if not any(ahead(lookup, interview) and not interview.over for interview in coming):
        for expected in build_expected(lookup, application):
            title = "They decide by" if expected.decides else "They answer by"
            detail = "" if expected.decides else expected.what.lower()
            yield _Point(expected.by, title, detail, stage=False)
    checks = (
        follow_up
        for follow_up in to_do(lookup, lookup.by_application.get(application.id, ()))
        if follow_up.touch in _CHECKS and follow_up.state is State.OPEN
    )
    for _, group in groupby(checks, key=lambda follow_up: follow_up.due_on):
        check = next(group)
        if check.due_on >= lookup.today:
            yield _Point(check.due_on, "You ask", lookup.names(check.to), stage=False)
    offer = application.offer
    if offer and offer.deadline and offer.deadline >= lookup.today:
        yield _Point(offer.deadline, "The offer ends", "", stage=False)


_CHECKS = frozenset({"status_check_1", "status_check_2", "application_check"})
