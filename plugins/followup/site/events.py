"""What stands in the calendar: interviews, messages, the days they decide, and tasks of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from followup.campaign.model import FollowUp, State
from followup.portal.model import Application, Interview
from followup.site.addresses import company_link, line_link, note_link
from followup.site.lookup import Lookup, clock, interview_short
from followup.site.parts import Link
from followup.site.rows import build_action, build_why
from followup.site.waiting import Expected, build_expected
from followup.site.wording import sentence


class Kind(Enum):
    """What something in the calendar is: its icon, and its name in the key."""

    INTERVIEW = ("people", "Interview")
    MESSAGE = ("mail", "Message")
    DECISION = ("flag", "They decide")
    DEADLINE = ("end", "Offer deadline")
    OWN = ("pen", "Your own")

    @property
    def icon(self) -> str:
        """The icon's name."""
        return str(self.value[0])

    @property
    def words(self) -> str:
        """The name that the key gives it."""
        return str(self.value[1])


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on one day: its title, in few words for a cell, and why it is there.

    `open` says that it is to be done, so that it can be late; anything else just passes. `done`
    things are muted. After `until` an open one makes no sense any more.
    """

    on: date
    kind: Kind
    title: str
    cell: str
    why: str
    link: Link
    open: bool = False
    done: bool = False
    until: date | None = None

    @property
    def order(self) -> tuple[date, int]:
        """By day; within it interviews first."""
        return self.on, list(Kind).index(self.kind)


def build_calendar_events(lookup: Lookup) -> tuple[Event, ...]:
    """Everything that has a day, in the order of the days."""
    portal = lookup.portal
    interviews = sorted(portal.interviews.values(), key=lambda interview: interview.start)
    found = [_interview(lookup, interview) for interview in interviews if not interview.cancelled]
    found += _follow_ups(lookup)
    for application in portal.applications.values():
        found += [_decision(lookup, application, e) for e in build_expected(lookup, application)]
        found += _deadline(lookup, application)
    found += _reminders(lookup)
    return tuple(sorted(found, key=lambda event: event.order))


def _interview(lookup: Lookup, interview: Interview) -> Event:
    company = lookup.company(interview.application).name
    title = " ".join(filter(None, (clock(lookup, interview), company)))
    length = f"{interview.minutes} min" if interview.has_clock else ""
    people = lookup.names(interview.people)
    details = " ".join(filter(None, (length, f"with {people}" if people else "")))
    past = interview.start.date() < lookup.today
    return Event(
        on=interview.start.date(),
        kind=Kind.INTERVIEW,
        title=title,
        cell=company if past else title,
        why=", ".join(filter(None, (interview_short(interview), details))) + ".",
        link=note_link(interview.path),
        done=past,
    )


def _follow_ups(lookup: Lookup) -> Iterator[Event]:
    for follow_up in lookup.follow_ups:
        if follow_up.touch == "debrief":
            continue
        if follow_up.state is State.OPEN:
            yield _open(lookup, follow_up)
        elif follow_up.state is State.DONE and follow_up.closed_on:
            yield _done(lookup, follow_up, follow_up.closed_on)


def _open(lookup: Lookup, follow_up: FollowUp) -> Event:
    words = lookup.words(follow_up)
    why = build_why(lookup, follow_up, own=follow_up.entry)
    before = f"Before {follow_up.before}. " if follow_up.before else ""
    interview = lookup.portal.interviews.get(follow_up.interview or "")
    preparing = follow_up.touch == "prepare" and interview is not None
    return Event(
        on=follow_up.due_on,
        kind=Kind.OWN if words.own else Kind.MESSAGE,
        title=lookup.title(follow_up, words.alone or words.todo),
        cell=lookup.title(follow_up, words.cell),
        why=f"{before}{why}",
        link=build_action(lookup, follow_up)[1],
        open=True,
        until=interview.start.date() if preparing and interview else follow_up.welcome_until,
    )


def _done(lookup: Lookup, follow_up: FollowUp, day: date) -> Event:
    words = lookup.words(follow_up)
    title = lookup.title(follow_up, words.done)
    return Event(
        on=day,
        kind=Kind.OWN if words.own else Kind.MESSAGE,
        title=title,
        cell=title,
        why=f"{lookup.company(follow_up.application).name}.",
        link=line_link(follow_up.closed_by) if follow_up.closed_by else note_link(follow_up.entry),
        done=True,
    )


def _decision(lookup: Lookup, application: Application, expected: Expected) -> Event:
    company = lookup.company(application.id)
    title = f"{company.name} {'decides' if expected.decides else 'answers'}"
    promised = f"{expected.what}, as they said."
    return Event(
        on=expected.by,
        kind=Kind.DECISION,
        title=title,
        cell=title,
        why=f"“{expected.said}”" if expected.said else promised,
        link=company_link(company.slug),
        done=expected.by < lookup.today,
    )


def _deadline(lookup: Lookup, application: Application) -> Iterator[Event]:
    offer, source = application.offer, application.offer_source
    if offer is None or offer.deadline is None or source is None or not application.live:
        return
    company = lookup.company(application.id).name
    yield Event(
        on=offer.deadline,
        kind=Kind.DEADLINE,
        title=f"Offer from {company} ends",
        cell=f"{company} offer ends",
        why=f"Deadline in the offer of {lookup.day(offer.received_on)}.",
        link=line_link(source),
        done=offer.deadline < lookup.today,
    )


def _reminders(lookup: Lookup) -> Iterator[Event]:
    """The reminders of live applications, where no follow-up says whether one is done."""
    known = {f.reason.source for f in lookup.follow_ups if f.touch == "reminder"}
    for path, entry in lookup.portal.entries.items():
        for place, reminder in enumerate(entry.front.reminders):
            source = entry.source("reminders", place)
            if source in known or not lookup.application(path).live:
                continue
            yield Event(
                on=reminder.on,
                kind=Kind.OWN,
                title=sentence(reminder.what),
                cell=sentence(reminder.what),
                why=f"A reminder of yours; {lookup.company(lookup.application_of[path]).name}.",
                link=line_link(source),
                done=reminder.on < lookup.today,
            )
