"""What comes next with an application: things to do, interviews, the end of an offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from followup.campaign.model import FollowUp, State
from followup.portal.model import Application, Interview
from followup.site.lookup import Lookup, ahead, clock
from followup.site.parts import Next
from followup.site.rows import sensible_from, sensible_until, to_do


def build_coming(lookup: Lookup, applications: Iterable[Application]) -> tuple[Next, ...]:
    """All that comes next with these applications, in the order in which it is to be shown.

    Of these a page shows the first that makes sense on the reader's day. What never is the first
    is left out.
    """
    found = [item for application in applications for item in _of_one(lookup, application)]
    found.sort(key=_order)
    kept: list[Next] = []
    for _, item in found:
        if not any(_covers(other, item) for other in kept):
            kept.append(item)
    return tuple(kept)


def _order(placed: tuple[date, Next]) -> tuple[date, bool, bool]:
    """By day; what is to do after an interview stands behind it on its day."""
    day, item = placed
    return day, item.shown_from is not None, item.lapses


def with_weekday(lookup: Lookup, items: Iterable[Next]) -> tuple[Next, ...]:
    """The same for a list, where there is room for the day of the week."""
    return tuple(replace(item, on_text=lookup.day(item.on)) if item.on else item for item in items)


def _covers(first: Next, other: Next) -> bool:
    """Whether `first` makes sense on every day on which `other` does."""
    begins = (first.shown_from or date.min) <= (other.shown_from or date.min)
    return begins and (first.until or date.max) >= (other.until or date.max)


def _of_one(lookup: Lookup, application: Application) -> Iterator[tuple[date, Next]]:
    """What comes next with one application, each with the day that gives it its place."""
    follow_ups = lookup.by_application.get(application.id, ())
    for follow_up in to_do(lookup, follow_ups):
        words = lookup.words(follow_up)
        icon = "pen" if words.own else "mail"
        yield follow_up.due_on, _to_do(lookup, follow_up, icon, sensible_from(lookup, follow_up))
    for follow_up in follow_ups:
        if _is_planned_debrief(lookup, follow_up):
            place = _after_thanks(follow_up, follow_ups)
            yield place, _to_do(lookup, follow_up, "pen", follow_up.due_on)
    for path in application.interviews:
        interview = lookup.portal.interviews[path]
        if ahead(lookup, interview):
            day = interview.start.date()
            yield day, _passing(lookup, day, _interview_ahead(lookup, interview), "people")
    offer = application.offer
    if application.live and offer and offer.deadline:
        yield offer.deadline, _passing(lookup, offer.deadline, "The offer ends", "flag")


def _to_do(lookup: Lookup, follow_up: FollowUp, icon: str, shown_from: date | None) -> Next:
    return Next(
        icon=icon,
        text=lookup.title(follow_up, lookup.words(follow_up).todo),
        on=follow_up.due_on,
        on_text=lookup.short_day(follow_up.due_on),
        until=sensible_until(lookup, follow_up),
        shown_from=shown_from,
        hidden=shown_from is not None and shown_from > lookup.today,
    )


def _is_planned_debrief(lookup: Lookup, follow_up: FollowUp) -> bool:
    """Whether these are the notes on an interview to come; from its day they are to be written."""
    is_open = follow_up.state is State.OPEN
    return is_open and follow_up.touch == "debrief" and lookup.planned(follow_up)


def _after_thanks(debrief: FollowUp, follow_ups: Iterable[FollowUp]) -> date:
    """The day of the last thanks for an interview: these have a last day, and go first."""
    thanks = (
        follow_up.due_on
        for follow_up in follow_ups
        if (follow_up.touch, follow_up.interview) == ("thank_you", debrief.interview)
        and follow_up.state is State.OPEN
    )
    return max(thanks, default=debrief.due_on)


def _passing(lookup: Lookup, day: date, text: str, icon: str) -> Next:
    """Something that passes by itself and is never late."""
    return Next(icon, text, day, lookup.short_day(day), until=day, lapses=True)


def _interview_ahead(lookup: Lookup, interview: Interview) -> str:
    time = clock(lookup, interview)
    return f"Interview at {time}" if time else "Interview"
