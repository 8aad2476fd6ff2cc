"""What an event that somebody tells of becomes: the note it goes into, and its line there."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.campaign.model import Campaign, FollowUp, State
from followup.campaign.promises import ANSWERS
from followup.campaign.touches import TOUCHES
from followup.notes.append import Refusal
from followup.notes.schema import Event, LogItem
from followup.portal.events import known_ids
from followup.portal.facts import latest_first
from followup.portal.model import Application, Company, Person, Portal
from followup.portal.people import person_blocks

OWN_DEEDS: Final = frozenset({Event.SENT, Event.SKIPPED, Event.SNOOZED})
"""What the owner did about a follow-up; it stands in the note whose follow-up that is."""

_CLOSED: Final = (State.DONE, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class ToLog:
    """An event as the log of the note at `path` gets it; `meant` is the uid it is to concern."""

    path: str
    item: LogItem
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What an event may be about where that is not clear: follow-ups, or notes by their path."""

    follow_ups: tuple[FollowUp, ...] = ()
    notes: tuple[str, ...] = ()


def plan_event(
    campaign: Campaign, uid: str, event: Event, on: date, until: date | None = None
) -> ToLog | Refusal:
    """What a button beside a follow-up logs."""
    follow_up = campaign.follow_ups.get(uid)
    if follow_up is None:
        return Refusal("this follow-up is not there any more", "look at the plan again")
    return of_follow_up(campaign, follow_up, LogItem(on=on, event=event, until=until))


def of_follow_up(campaign: Campaign, follow_up: FollowUp, item: LogItem) -> ToLog | Refusal:
    """An event about one follow-up; where it is a deed of the owner's, it names that follow-up."""
    path = follow_up.entry
    if item.event not in OWN_DEEDS:
        return of_note(campaign, path, item)
    if item.touch not in (None, follow_up.touch):
        return Refusal(
            f"this follow-up is a `{follow_up.touch}` and no `{item.touch}`", "leave out the touch"
        )
    company = _company(campaign.portal, path)
    if item.to and follow_up.to and company.person(item.to) not in follow_up.to:
        return Refusal(
            f"this follow-up does not go to `{item.to}`", "leave out the person, or name another"
        )
    to = item.to or _written(campaign.portal, path, follow_up)
    named = item.model_copy(update={"touch": follow_up.touch, "to": to})
    logged = of_note(campaign, path, named)
    return ToLog(path, named, follow_up.uid) if isinstance(logged, ToLog) else logged


def of_follow_ups(
    campaign: Campaign, follow_ups: Sequence[FollowUp], item: LogItem
) -> ToLog | Refusal | Choice:
    """An event about one of these follow-ups."""
    if len(follow_ups) > 1:
        return Choice(follow_ups=tuple(follow_ups))
    return of_follow_up(campaign, follow_ups[0], item)


def of_note(campaign: Campaign, path: str, item: LogItem) -> ToLog | Refusal:
    """An event for the log of one note."""
    if unknown := _unknown_person(campaign.portal, path, item):
        return unknown
    if item.event is Event.INTERVIEW_CANCELLED and path not in campaign.portal.interviews:
        return Refusal("this note has no interview that could be cancelled", "name another note")
    if item.event not in (Event.SKIPPED, Event.SNOOZED):
        return ToLog(path, item)
    return _put_aside(campaign, path, item)


def of_applications(
    campaign: Campaign, applications: Sequence[Application], item: LogItem
) -> ToLog | Refusal | Choice:
    """An event about an application, of which words may fit several."""
    if item.event in OWN_DEEDS:
        return _deed(campaign, applications, item)
    if item.event is Event.INTERVIEW_CANCELLED:
        return _calling_off(campaign, applications, item)
    latest = tuple(_latest_note(campaign.portal, application) for application in applications)
    return of_note(campaign, latest[0], item) if len(latest) == 1 else Choice(notes=latest)


def of_people(
    campaign: Campaign, people: Sequence[tuple[Person, Application]], item: LogItem
) -> ToLog | Refusal | Choice:
    """An event about somebody: what the owner did is to them, what came is from them.

    `people` are those whom a name fits, each with an application; of several, what was done must be
    to one of them.
    """
    applications = tuple({application.id: application for _, application in people}.values())
    known = {person.id: person for person, _ in people}
    if item.event in OWN_DEEDS:
        likely = [f for a in applications for f in _likely(campaign, a, item, known)]
        if not likely:
            names = " or ".join(person.name or person.slug for person in known.values())
            return Refusal(
                f"nothing to {names} is open", "name the follow-up by its uid, or a note"
            )
        return of_follow_ups(campaign, likely, item)
    if item.event in ANSWERS and item.sender is None and len(known) == 1:
        (person,) = known.values()
        item = item.model_copy(update={"sender": person.slug})
    return of_applications(campaign, applications, item)


def concerned(campaign: Campaign, path: str, item: LogItem) -> tuple[FollowUp, ...]:
    """The follow-ups, whatever their state, that this event in the log of a note can be about."""
    company = _company(campaign.portal, path)
    person = company.person(item.to)
    application = _application(campaign.portal, path)
    return tuple(
        follow_up
        for follow_up in campaign.follow_ups.values()
        if follow_up.application == application.id
        and follow_up.interview in (None, path)
        and _is_meant(follow_up, item.touch, person)
    )


def _deed(
    campaign: Campaign, applications: Sequence[Application], item: LogItem
) -> ToLog | Refusal | Choice:
    """What the owner did about the one follow-up of these applications that it can be about."""
    for application in applications:
        if unknown := _unknown_person(campaign.portal, application.entries[0], item):
            return unknown
    found = [f for a in applications for f in _likely(campaign, a, item)]
    if found:
        return of_follow_ups(campaign, found, item)
    what = f"no {item.touch} " if item.touch else "nothing "
    to = f"to `{item.to}` " if item.to else ""
    return Refusal(f"{what}{to}is open there", "to log it all the same, name the note by its path")


def _likely(
    campaign: Campaign,
    application: Application,
    item: LogItem,
    people: Container[str] | None = None,
) -> list[FollowUp]:
    """What can be done about an application now, else what is open, else what was missed.

    With `people`, only what goes to one of these.
    """
    person = campaign.portal.companies[application.company].person(item.to)
    fitting = [
        follow_up
        for follow_up in campaign.follow_ups.values()
        if follow_up.application == application.id
        and _is_meant(follow_up, item.touch, person)
        and (people is None or any(id_ in people for id_ in follow_up.to))
        and (item.touch or item.event is not Event.SENT or TOUCHES[follow_up.touch].is_message)
    ]
    ranks: tuple[Callable[[FollowUp], bool], ...] = (
        lambda follow_up: follow_up.state is State.OPEN and _is_up(campaign, follow_up),
        lambda follow_up: follow_up.state is State.OPEN,
        lambda follow_up: follow_up.state is State.MISSED,
    )
    return next((some for rank in ranks if (some := [f for f in fitting if rank(f)])), [])


def _is_up(campaign: Campaign, follow_up: FollowUp) -> bool:
    """Whether it can be done now: it waits for no other message and no interview."""
    before = campaign.follow_ups.get(follow_up.after or "")
    if before and before.state not in _CLOSED:
        return False
    interview = campaign.portal.interviews.get(follow_up.interview or "")
    return interview is None or interview.over or follow_up.due_on < interview.day


def _is_meant(follow_up: FollowUp, touch: str | None, person: str | None) -> bool:
    to = person is None or not follow_up.to or person in follow_up.to
    return to and touch in (None, follow_up.touch)


def _calling_off(
    campaign: Campaign, applications: Sequence[Application], item: LogItem
) -> ToLog | Refusal | Choice:
    """The one interview of these applications that is ahead on the day of the event."""
    ahead = [
        path
        for application in applications
        for path in application.interviews
        if not campaign.portal.interviews[path].cancelled
        and campaign.portal.interviews[path].start.date() >= item.on
    ]
    if len(ahead) > 1:
        return Choice(notes=tuple(ahead))
    if ahead:
        return of_note(campaign, ahead[0], item)
    return Refusal("no interview is ahead there", "name the note of the interview by its path")


def _put_aside(campaign: Campaign, path: str, item: LogItem) -> ToLog | Refusal:
    """A skip or snooze, which without anything open would say nothing at all."""
    fitting = concerned(campaign, path, item) if item.touch else ()
    if any(follow_up.state in (State.OPEN, State.MISSED) for follow_up in fitting):
        return ToLog(path, item)
    verb = "skip" if item.event is Event.SKIPPED else "put off"
    why = f"which follow-up to {verb} is missing"
    if item.touch:
        why = f"there is no {_named(item)} to {verb}"
    if fitting:
        why = f"{_named(item)} is {fitting[-1].state} already"
    return Refusal(why, _open_there(campaign, path, item))


def explain_no_effect(campaign: Campaign, path: str, item: LogItem) -> Refusal:
    """Why a deed closes or moves nothing where it would stand, and what it could be about."""
    there = _open_there(campaign, path, item)
    if item.touch is None:
        return Refusal("without a touch it closes nothing", there)
    fitting = concerned(campaign, path, item)
    if not fitting:
        return Refusal(f"no {_named(item)} was planned", there)
    if item.event is Event.SNOOZED:
        return Refusal(f"{_named(item)} would be due on that day anyway", "choose another day")
    if any(follow_up.state is State.OPEN for follow_up in fitting):
        return Refusal(f"{_named(item)} stays open: on {item.on} it was not there yet", there)
    return Refusal(f"{_named(item)} is {fitting[-1].state} already", there)


def _named(item: LogItem) -> str:
    return f"{item.touch} to `{item.to}`" if item.to else str(item.touch)


def _open_there(campaign: Campaign, path: str, item: LogItem) -> str:
    anything = item.model_copy(update={"touch": None, "to": None})
    names = (
        " to ".join((f.touch, *filter(None, [_written(campaign.portal, path, f)])))
        for f in concerned(campaign, path, anything)
        if f.state is State.OPEN
    )
    return f"open there: {', '.join(dict.fromkeys(names)) or 'nothing'}"


def _latest_note(portal: Portal, application: Application) -> str:
    return latest_first(portal.entries[path] for path in application.entries)[0].path


def _unknown_person(portal: Portal, path: str, item: LogItem) -> Refusal | None:
    company = _company(portal, path)
    for written in filter(None, (item.to, item.sender)):
        if company.person(written) is None:
            message = f"nobody at {company.name} has the id `{written}`"
            return Refusal(message, known_ids(written, company.ids))
    return None


def _written(portal: Portal, path: str, follow_up: FollowUp) -> str | None:
    """The id by which the note names the one person a follow-up goes to."""
    if len(follow_up.to) != 1:
        return None
    company = _company(portal, path)
    own = (block.id for block in person_blocks(portal.entries[path]) if block.id)
    given = (id_ for id_ in own if company.person(id_) == follow_up.to[0])
    return next(given, portal.people[follow_up.to[0]].slug)


def _company(portal: Portal, path: str) -> Company:
    return portal.companies[_application(portal, path).company]


def _application(portal: Portal, path: str) -> Application:
    return next(a for a in portal.applications.values() if path in a.entries)
