"""What stands in the calendar: interviews, messages, the days they decide, and tasks of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from zoneinfo import ZoneInfo

from followup.campaign.model import FollowUp, State
from followup.portal.model import Application, Interview
from followup.site.addresses import company_link, ics_link, line_link, note_link
from followup.site.lookup import Lookup, ahead, clock, interview_short, interview_title, way_to
from followup.site.parts import Link
from followup.site.rows import build_action, build_why
from followup.site.waiting import Expected, build_expected


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

    `company` is a slug. `open` says that it is to be done, so that it can be late; anything else
    just passes. `done` things are muted. After `until` an open one makes no sense any more.

    In calendar files it is known by `uid`, which is empty for what no file has: that depends on no
    date and no text, so that moving a date moves the same event. `notes` is what they say of it, a
    line each. What is open or still to come has a `file` of its own.
    """

    on: date
    kind: Kind
    title: str
    cell: str
    why: str
    link: Link
    application: str
    company: str
    open: bool = False
    done: bool = False
    until: date | None = None
    uid: str = ""
    notes: tuple[str, ...] = ()
    file: Link | None = None
    touch: str = ""
    interview: Interview | None = None

    @property
    def order(self) -> tuple[date, int]:
        """By day; within it interviews first."""
        return self.on, list(Kind).index(self.kind)


def build_calendar_events(lookup: Lookup) -> tuple[Event, ...]:
    """Everything that has a day, in the order of the days."""
    portal = lookup.portal
    interviews = sorted(portal.interviews.values(), key=lambda interview: interview.start)
    found = [
        _interview(lookup, interview)
        for interview in interviews
        if not interview.cancelled
        and (interview.start.date() < lookup.today or ahead(lookup, interview))
    ]
    found += _follow_ups(lookup)
    for application in portal.applications.values():
        found += [_decision(lookup, application, e) for e in build_expected(lookup, application)]
        found += _deadline(lookup, application)
    return tuple(sorted(found, key=lambda event: event.order))


def build_debriefs(lookup: Lookup) -> tuple[Event, ...]:
    """The notes to finish, which stand on no page of the calendar but in its files."""
    return tuple(
        _open(lookup, follow_up)
        for follow_up in lookup.follow_ups
        if follow_up.touch == "debrief" and follow_up.state is State.OPEN
    )


def interview_file(lookup: Lookup, interview: Interview) -> Link | None:
    """The calendar file of an interview that is still to take place, or does today."""
    return ics_link(_uid(interview.path, "interview")) if ahead(lookup, interview) else None


def _interview(lookup: Lookup, interview: Interview) -> Event:
    company = lookup.company(interview.application)
    title = " ".join(filter(None, (clock(lookup, interview), company.name)))
    length = f"{interview.minutes} min" if interview.has_clock else ""
    people = lookup.names(interview.people)
    details = " ".join(filter(None, (length, f"with {people}" if people else "")))
    past = interview.start.date() < lookup.today
    file = interview_file(lookup, interview)
    why = ", ".join(filter(None, (interview_short(interview), details))) + "."
    return Event(
        on=interview.start.date(),
        kind=Kind.INTERVIEW,
        title=title,
        cell=company.name if past else title,
        why=" ".join(filter(None, (why, _at_home(lookup, interview)))),
        link=way_to(lookup, interview),
        application=interview.application,
        company=company.slug,
        done=past,
        uid=_uid(interview.path, "interview") if past or file else "",
        notes=_interview_notes(lookup, interview, people),
        file=file,
        interview=interview,
    )


def _at_home(lookup: Lookup, interview: Interview) -> str:
    """`09:00 your time.`, with the day where it is another; nothing where both clocks agree."""
    if not interview.has_clock:
        return ""
    own = interview.start.astimezone(ZoneInfo(lookup.portal.options.timezone))
    if own.replace(tzinfo=None) == interview.start.replace(tzinfo=None):
        return ""
    day = "" if own.date() == interview.start.date() else f"{lookup.day(own.date())}, "
    return f"{day}{own:%H:%M} your time."


def _interview_notes(lookup: Lookup, interview: Interview, people: str) -> tuple[str, ...]:
    role = f" for {interview.title}" if interview.title else ""
    there = f"{clock(lookup, interview)}. {_at_home(lookup, interview)}"
    return (
        f"{interview_title(interview)}{role}, {lookup.company(interview.application).name}.",
        f"With {people}." if people else "",
        there if _at_home(lookup, interview) else "",
        interview.link or "",
        f"{interview.source.path}:{interview.source.line}",
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
    company = lookup.company(follow_up.application)
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
        application=follow_up.application,
        company=company.slug,
        open=True,
        until=interview.start.date() if preparing and interview else follow_up.welcome_until,
        uid=follow_up.uid,
        notes=(_opening(lookup, follow_up.application), f"{before}{follow_up.reason}"),
        file=ics_link(follow_up.uid),
        touch=follow_up.touch,
    )


def _opening(lookup: Lookup, application: str) -> str:
    """`Harbor & Pine, Junior Data Analyst.`."""
    title = lookup.portal.applications[application].title
    return ", ".join(filter(None, (lookup.company(application).name, title))) + "."


def _done(lookup: Lookup, follow_up: FollowUp, day: date) -> Event:
    words = lookup.words(follow_up)
    company = lookup.company(follow_up.application)
    title = lookup.title(follow_up, words.done)
    return Event(
        on=day,
        kind=Kind.OWN if words.own else Kind.MESSAGE,
        title=title,
        cell=title,
        why=f"{company.name}.",
        link=line_link(follow_up.closed_by) if follow_up.closed_by else note_link(follow_up.entry),
        application=follow_up.application,
        company=company.slug,
        done=True,
        touch=follow_up.touch,
    )


def _decision(lookup: Lookup, application: Application, expected: Expected) -> Event:
    company = lookup.company(application.id)
    title = f"{company.name} {'decides' if expected.decides else 'answers'}"
    promised = f"{expected.what}, as they said."
    why = f"“{expected.said}”" if expected.said else promised
    uid = _uid(application.id, "decision" if expected.decides else "answer")
    return Event(
        on=expected.by,
        kind=Kind.DECISION,
        title=title,
        cell=title,
        why=why,
        link=company_link(company.slug),
        application=application.id,
        company=company.slug,
        done=expected.by < lookup.today,
        uid=uid,
        notes=(_opening(lookup, application.id), why),
        file=None if expected.by < lookup.today else ics_link(uid),
    )


def _deadline(lookup: Lookup, application: Application) -> Iterator[Event]:
    offer, source = application.offer, application.offer_source
    if offer is None or offer.deadline is None or source is None or not application.live:
        return
    company = lookup.company(application.id)
    why = f"Deadline in the offer of {lookup.day(offer.received_on)}."
    uid = _uid(application.id, "deadline")
    yield Event(
        on=offer.deadline,
        kind=Kind.DEADLINE,
        title=f"Offer from {company.name} ends",
        cell=f"{company.name} offer ends",
        why=why,
        link=line_link(source),
        application=application.id,
        company=company.slug,
        done=offer.deadline < lookup.today,
        uid=uid,
        notes=(_opening(lookup, application.id), why, f"{source.path}:{source.line}"),
        file=None if offer.deadline < lookup.today else ics_link(uid),
    )


def _uid(home: str, kind: str) -> str:
    """What stays of something when its date moves: where it comes from, and what it is."""
    return hashlib.sha256(f"{home}\0{kind}".encode()).hexdigest()[:16]
