"""What a message answers that is no interview: an invitation, an offer, a rejection, an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.campaign.briefing import Briefing
from followup.campaign.fact import Fact, day_of_writing, join_names, yes
from followup.campaign.model import FollowUp
from followup.campaign.recipients import people_met
from followup.campaign.voice import Voice
from followup.notes.entry import Source
from followup.notes.schema import Event, Format, Stage
from followup.portal.model import ENDS, Application, Happening, Interview, Person, Portal

OCCASIONS: Final[Mapping[str, Event | None]] = {
    "confirm_invitation": Event.INVITED,
    "rejection_reply": Event.REJECTED,
    "offer_thanks": Event.OFFER,
    "withdraw": None,
    "referrer_update": None,
}
"""The touches that answer something that happened, with the event where it is one of the log."""

_FIRST_INTERVIEW: Final = "interview"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happened: the day, the lines that say so, and who told.

    `outcome` is the stage it brought, or `interview` for the first one.
    """

    on: date
    sources: tuple[Source, ...]
    sender: str | None
    outcome: str


def build_occasion(portal: Portal, follow_up: FollowUp) -> Occasion | None:
    """What the message of `follow_up` is about, or None where that is an interview.

    Found by the line that its reason names; one that was put off names another, and then the last
    of its kind counts.
    """
    if follow_up.touch not in OCCASIONS:
        return None
    application = portal.applications[follow_up.application]
    if event := OCCASIONS[follow_up.touch]:
        return _logged(application, follow_up, event)
    if follow_up.touch == "withdraw":
        others = (a for a in portal.applications.values() if a.id != application.id)
        return _stage_change(others, follow_up, frozenset({Stage.ACCEPTED}))
    if follow_up.interview:
        interview = portal.interviews[follow_up.interview]
        return Occasion(interview.day, (interview.source,), None, _FIRST_INTERVIEW)
    return _stage_change([application], follow_up, ENDS)


def has_happened(portal: Portal, follow_up: FollowUp) -> bool:
    """Whether what a message answers is past, though its own interview may be ahead."""
    occasion = build_occasion(portal, follow_up)
    return occasion is not None and occasion.outcome != _FIRST_INTERVIEW


def _logged(application: Application, follow_up: FollowUp, event: Event) -> Occasion:
    """An event of the log; an offer may stand in the note's facts instead."""
    items = [item for item in application.events if item.event is event]
    here = [item for item in items if item.entry == follow_up.entry] or items
    named = [item for item in here if item.source == follow_up.reason.source]
    told = [item for item in named if item.sender in follow_up.to]
    found = _last(told) or _last(named) or _last(here)
    if found is None:
        offer, source = application.offer, application.offer_source
        on = offer.received_on if offer else follow_up.due_on
        return Occasion(on, (source or follow_up.reason.source,), None, "")
    return Occasion(found.on, (found.source,), found.sender, "")


def _last(items: list[Happening]) -> Happening | None:
    return items[-1] if items else None


def _stage_change(
    applications: Iterable[Application], follow_up: FollowUp, stages: frozenset[Stage]
) -> Occasion:
    changes = [c for a in applications for c in a.history if c.stage in stages]
    named = [change for change in changes if change.source == follow_up.reason.source]
    found = max(named or changes, key=lambda c: (c.on, c.source), default=None)
    if found is None:
        return Occasion(follow_up.due_on, (follow_up.reason.source,), None, "")
    return Occasion(found.on, (found.source,), None, found.stage.value)


def interview_of(
    portal: Portal, follow_up: FollowUp, occasion: Occasion | None
) -> Interview | None:
    """The interview that a message speaks of: an invitation's own, if it is still to come then."""
    interview = portal.interviews[follow_up.interview] if follow_up.interview else None
    if interview is None or occasion is None:
        return interview
    speaks_of_it = follow_up.touch in ("confirm_invitation", "referrer_update")
    return interview if speaks_of_it and interview.day >= occasion.on else None


def facts_of_occasion(
    note: Briefing, follow_up: FollowUp, occasion: Occasion, reader: Person | None
) -> tuple[dict[str, Fact], dict[str, str]]:
    """What a letter may say of an occasion and of the time before it, and its situation."""
    portal, application = note.portal, note.application
    year = day_of_writing(follow_up, portal.today).year
    facts = {
        "event": Fact("", occasion.sources),
        "date": Fact(note.voice.date_of(occasion.on, year), occasion.sources),
    }
    situation = {"sender": yes(reader is not None and occasion.sender == reader.id)}
    if occasion.outcome:
        situation["outcome"] = occasion.outcome
    circle = _circle(portal, application, occasion.on)
    facts |= dict(_facts_of_circle(circle, reader, note.voice))
    situation |= _situation_of_circle(circle, reader)
    situation["interviewed"] = yes(bool(circle.interviews))
    if circle.interviews:
        situation["format"] = circle.interviews[-1].format.value
    if follow_up.touch == "withdraw":
        offer = _offer_of(application, occasion.on)
        facts |= {"offer": offer} if offer else {}
        situation["offered"] = yes(offer is not None)
    if follow_up.touch == "offer_thanks":
        deadline = _deadline(portal, application, follow_up, note.voice)
        facts |= {"deadline": deadline} if deadline else {}
        situation["deadline"] = _is_deadline_known(application, deadline)
    return facts, situation


def _offer_of(application: Application, until: date) -> Fact | None:
    """The line with the offer that an application had brought by a day."""
    told = [e for e in application.events if e.event is Event.OFFER and e.on <= until]
    if told:
        return Fact("", (told[-1].source,))
    offer, source = application.offer, application.offer_source
    return Fact("", (source,)) if offer and source and offer.received_on <= until else None


@dataclass(frozen=True, slots=True)
class Circle:
    """The interviews of an application up to a day, and everybody who was met there."""

    interviews: tuple[Interview, ...]
    people: tuple[Person, ...]


def _circle(portal: Portal, application: Application, until: date) -> Circle:
    held = tuple(
        interview
        for path in application.interviews
        if (interview := portal.interviews[path]).over
        and interview.day <= until
        and interview.format is not Format.NETWORKING
    )
    met = {person.id: person for interview in held for person in people_met(portal, interview)}
    return Circle(held, tuple(met.values()))


def _facts_of_circle(
    circle: Circle, reader: Person | None, voice: Voice
) -> Iterator[tuple[str, Fact]]:
    if circle.interviews:
        yield "interviews", Fact("", (circle.interviews[-1].source,))
    if others := _others(circle, reader):
        names = join_names([voice.reference(person) for person in others], voice.book)
        yield "others", Fact(names, tuple(_line_of(circle, person) for person in others))


def _line_of(circle: Circle, person: Person) -> Source:
    """The line of the last of these interviews that names a person."""
    here = (
        person.sources[interview.path]
        for interview in reversed(circle.interviews)
        if interview.path in person.sources
    )
    return next(here)


def _situation_of_circle(circle: Circle, reader: Person | None) -> dict[str, str]:
    others = len(_others(circle, reader))
    return {
        "met": yes(reader is not None and any(p.id == reader.id for p in circle.people)),
        "colleagues": "none" if not others else "one" if others == 1 else "several",
    }


def _others(circle: Circle, reader: Person | None) -> tuple[Person, ...]:
    """Everybody else who was met and has a name: a letter cannot speak of *somebody*."""
    return tuple(p for p in circle.people if p.name and (reader is None or p.id != reader.id))


def _deadline(
    portal: Portal, application: Application, follow_up: FollowUp, voice: Voice
) -> Fact | None:
    """The day by which the offer is to be answered, while that is ahead."""
    offer, source = application.offer, application.offer_source
    if offer is None or source is None or offer.deadline is None:
        return None
    written_on = day_of_writing(follow_up, portal.today)
    if offer.deadline < written_on:
        return None
    line = portal.entries[source.path].source("offer", "deadline")
    return Fact(voice.date_of(offer.deadline, written_on.year), (line,))


def _is_deadline_known(application: Application, deadline: Fact | None) -> str:
    if deadline:
        return "yes"
    return "past" if application.offer and application.offer.deadline else "no"
