"""The Report: proof of a job search, with only what an agency may see.

A row is a day, a company, the title applied for, a kind of activity and what became of it. Nothing
else gets in: no person, no address, no pay, nothing that was said or noted, no link. What is free
text in a note stays out but for the company and the title, and the address of the job ad without
what follows a question mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from followup.notes.schema import Event, Format, Role, Stage
from followup.portal.days import day_in_full, month_name
from followup.portal.model import Application, Happening, Interview
from followup.site.lookup import Lookup, interview_title
from followup.site.wording import TOUCHES


class Kind(StrEnum):
    """What is counted; everything else in the report is a row and no more."""

    APPLIED = "applied"
    INTERVIEW = "interview"
    TALK = "talk"
    MESSAGE = "message"
    ANSWER = "answer"


COUNTED: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.APPLIED: ("application", "applications"),
    Kind.INTERVIEW: ("interview", "interviews"),
    Kind.TALK: ("networking conversation", "networking conversations"),
    # All messages of a day to one opening are one: not what the Statistics call messages sent.
    Kind.MESSAGE: ("time I wrote", "times I wrote"),
    Kind.ANSWER: ("answer received", "answers received"),
}
"""What one and several of a kind are called."""

RESULTS: Final[Mapping[Stage, str]] = {
    Stage.SAVED: "",
    Stage.APPLIED: "Open",
    Stage.SCREENING: "In screening",
    Stage.INTERVIEWING: "In interviews",
    Stage.OFFER: "Offer",
    Stage.ACCEPTED: "Accepted",
    Stage.DECLINED: "Offer declined",
    Stage.REJECTED: "Rejected",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.NO_RESPONSE: "No response",
}

# What happened, and whether it counts; what is the owner's own affair (snoozed, skipped) is left out.
HAPPENED: Final[Mapping[Event, tuple[str, Kind | None]]] = {
    Event.RECEIVED: ("Heard from the employer", Kind.ANSWER),
    Event.CALL: ("Heard from the employer", Kind.ANSWER),
    Event.DATE_CHANGED: ("Heard from the employer", Kind.ANSWER),
    Event.INVITED: ("Invited to an interview", Kind.ANSWER),
    Event.OFFER: ("Received an offer", Kind.ANSWER),
    Event.REJECTED: ("Received a rejection", Kind.ANSWER),
    Event.ACCEPTED: ("Accepted the offer", None),
    Event.DECLINED: ("Declined the offer", None),
    Event.WITHDREW: ("Withdrew the application", None),
}
_Happened = tuple[date, str, Kind | None]
_RANKS: Final = {
    Kind.APPLIED: 0, Kind.ANSWER: 1, Kind.TALK: 2, Kind.INTERVIEW: 2, Kind.MESSAGE: 3, None: 4,
}  # fmt: skip
_SENT: Final = "Wrote to the employer"
# Where no opening is at stake, there is no employer yet, and a message goes to a contact.
WITH_A_CONTACT: Final[Mapping[str, str]] = {
    _SENT: "Wrote to a contact",
    "Heard from the employer": "Heard from a contact",
    "Invited to an interview": "Invited to a conversation",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """A row: what was done and received on one day with one opening; `kinds` are to be counted."""

    on: date
    day: str
    company: str
    title: str
    what: str
    ad: str
    result: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The activities of one month, the first day first."""

    title: str
    anchor: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind, and what one and several are called."""

    kind: str
    number: int
    one: str
    many: str

    @property
    def words(self) -> str:
        """What this number of them is called."""
        return self.one if self.number == 1 else self.many


@dataclass(frozen=True, slots=True)
class ReportView:
    """All activities by month; a script shows those of the days that the reader chooses."""

    name: str
    span: str
    lead: tuple[Count, ...]
    counts: tuple[Count, ...]
    months: tuple[Month, ...]
    until: date
    until_day: str
    as_of: str
    begun: bool


def build_report(lookup: Lookup) -> ReportView:
    """Everything up to the day of the build that proves a search for work."""
    applications = lookup.portal.applications.values()
    found = [activity for a in applications for activity in _activities(lookup, a)]
    activities = sorted(found, key=_order)
    counts = tuple(_counts(activities))
    return ReportView(
        name=lookup.portal.options.me.name,
        span=_span(activities),
        lead=_lead(counts),
        counts=counts,
        months=tuple(_months(activities)),
        until=lookup.today,
        until_day=_long(lookup.today),
        as_of=day_in_full(lookup.today),
        begun=bool(lookup.portal.entries),
    )


def _order(activity: Activity) -> tuple[date, str, str]:
    return activity.on, activity.company.casefold(), activity.title.casefold()


def _activities(lookup: Lookup, application: Application) -> Iterator[Activity]:
    """What happened with one application, a row for each day; the same twice on it is said once."""
    company = lookup.company(application.id).name
    result = _result(lookup, application)
    found = sorted(set(_happened(lookup, application)), key=_rank)
    for on, group in groupby(found, lambda item: item[0]):
        items = list(group)
        kinds = tuple(kind.value for _, _, kind in items if kind)
        yield Activity(
            on=on,
            day=lookup.day(on),
            company=company,
            title=application.title or "",
            what=_in_a_row([what for _, what, _ in items]),
            ad=_ad(application.job_url) if Kind.APPLIED.value in kinds else "",
            result=result,
            kinds=kinds,
        )


def _rank(item: _Happened) -> tuple[date, int, str]:
    """By day; within it as one follows from the other: an answer, the interview, a message."""
    on, what, kind = item
    return on, _RANKS[kind], what


def _in_a_row(what: Sequence[str]) -> str:
    """`Phone screen; wrote to the employer`."""
    return "; ".join((*what[:1], *(words[:1].lower() + words[1:] for words in what[1:])))


def _happened(lookup: Lookup, application: Application) -> Iterator[_Happened]:
    """The day, the words and the kind of all that happened; the offer of a note's facts once."""
    talk = _is_talk(application)
    if application.applied_on:
        yield application.applied_on, "Applied", Kind.APPLIED
    for path in application.interviews:
        interview = lookup.portal.interviews[path]
        if interview.over:
            yield interview.start.date(), *_interview(interview)
    for event in application.events:
        if (found := _event(event)) is not None:
            what, kind = found
            contact = talk or _with_a_contact(lookup, event)
            yield event.on, WITH_A_CONTACT.get(what, what) if contact else what, kind
    if application.offer and all(e.event is not Event.OFFER for e in application.events):
        yield application.offer.received_on, *HAPPENED[Event.OFFER]


def _interview(interview: Interview) -> tuple[str, Kind]:
    if interview.format is Format.NETWORKING:
        return "Networking conversation", Kind.TALK
    return interview_title(interview), Kind.INTERVIEW


def _event(event: Happening) -> tuple[str, Kind | None] | None:
    """What a line of a log says to somebody else, or None where it concerns the owner alone."""
    if event.event is Event.SENT:
        own = event.touch is not None and TOUCHES[event.touch].own
        return None if own else (_SENT, Kind.MESSAGE)
    return HAPPENED.get(event.event)


def _is_talk(application: Application) -> bool:
    """Whether it is about no opening so far."""
    return application.title is None and application.applied_on is None


def _with_a_contact(lookup: Lookup, event: Happening) -> bool:
    """Whether it went to, or came from, somebody who referred the owner: that is no employer."""
    other = lookup.portal.people.get(event.to or event.sender or "")
    return event.touch == "referrer_update" or (other is not None and other.role is Role.REFERRER)


def _result(lookup: Lookup, application: Application) -> str:
    """`In interviews`, or `Rejected, 17 Nov` where it is over."""
    words = RESULTS[application.stage]
    if application.live or not application.history:
        return words
    return f"{words}, {lookup.short_day(application.history[-1].on)}"


def _ad(address: str | None) -> str:
    """Where the job ad stands: host and path; what follows may say who reads it."""
    bare = (address or "").partition("://")[2]
    for mark in "?#":
        bare = bare.partition(mark)[0]
    host, slash, path = bare.partition("/")
    return f"{host.rpartition('@')[2]}{slash}{path}".rstrip("/")


def _counts(activities: Sequence[Activity]) -> Iterator[Count]:
    for kind, (one, many) in COUNTED.items():
        number = sum(activity.kinds.count(kind.value) for activity in activities)
        yield Count(kind.value, number, one, many)


def _lead(counts: Sequence[Count]) -> tuple[Count, ...]:
    """Applications and interviews; where there is neither, what else there is."""
    main = tuple(count for count in counts if count.kind in (Kind.APPLIED, Kind.INTERVIEW))
    others = tuple(count for count in counts if count.number)
    return others if others and not any(count.number for count in main) else main


def _months(activities: Iterable[Activity]) -> Iterator[Month]:
    for (year, month), group in groupby(activities, lambda a: (a.on.year, a.on.month)):
        yield Month(f"{month_name(month)} {year}", f"month-{year}-{month:02}", tuple(group))


def _span(activities: Sequence[Activity]) -> str:
    """`9 February to 22 November 2026`: from the first activity to the last."""
    if not activities:
        return ""
    first, last = activities[0].on, activities[-1].on
    end = _long(last)
    if first == last:
        return end
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {month_name(first.month)}{year} to {end}"


def _long(day: date) -> str:
    """`22 November 2026`."""
    return f"{day.day} {month_name(day.month)} {day.year}"
