"""What is known for one letter: the facts it may name, each with its lines, and its situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from followup.campaign.fact import (
    Fact,
    day_of_writing,
    join_names,
    write_date,
    write_on_day,
    write_time,
    yes,
)
from followup.campaign.keeping import promise_line
from followup.campaign.material import Line, as_said
from followup.campaign.model import FollowUp
from followup.campaign.occasions import Occasion, build_occasion, facts_of_occasion, interview_of
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.promises import Promised, last_promised, promised_in_log, promised_in_note
from followup.campaign.recipients import MOST_SINGLE_THANKS, people_met
from followup.campaign.salutation import build_reference, is_named
from followup.campaign.third_person import contains_word, talks_about
from followup.notes.entry import Entry, Source
from followup.portal.model import Application, Interview, Person, Portal

_NAMED_STEPS = frozenset({"next_round", "decision", "offer"})
_CHECKS = frozenset({"status_check_1", "status_check_2", "closing_note"})


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known for one letter.

    `situation` answers the conditions of the phrasebook; `said` is the next step in their words,
    `promise` what the letter brings. `occasion` is what happened, where the letter answers that and
    no interview.
    """

    follow_up: FollowUp
    entry: Entry
    application: Application
    interview: Interview | None
    occasion: Occasion | None
    reader: Person | None
    facts: Mapping[str, Fact]
    situation: Mapping[str, str]
    said: Line | None
    promise: Line | None


def build_known(
    portal: Portal, follow_up: FollowUp, plan: Mapping[str, FollowUp], book: Phrasebook
) -> Known:
    """What the notes know for the letter of `follow_up`, which is one of the `plan`."""
    entry = portal.entries[follow_up.entry]
    application = portal.applications[follow_up.application]
    occasion = build_occasion(portal, follow_up)
    interview = interview_of(portal, follow_up, occasion)
    reader = portal.people[follow_up.to[0]] if follow_up.to else None
    written_on = day_of_writing(follow_up, portal.today)
    facts = dict(_facts_of_opening(portal, entry, application, interview, written_on.year, book))
    facts |= _facts_of_people(portal, entry, interview, reader, book)
    situation = {
        "reader": yes(reader is not None),
        "short": yes(follow_up.short),
        "thanks_too": yes(follow_up.thanks_too),
        "interview": yes(interview is not None),
    }
    if occasion:
        found = facts_of_occasion(portal, follow_up, occasion, reader, book)
        facts |= found[0]
        situation |= found[1]
    if interview:
        facts |= _facts_of_interview(interview, entry, written_on, book)
        situation |= _situation_of_interview(portal, interview)
    said = None
    if interview and not occasion:
        facts |= _facts_of_next_step(portal, follow_up, plan, interview, book)
        situation |= _meeting(portal, follow_up, interview, reader)
        said = _said(entry, interview, reader, book)
        situation["next"] = _next(interview)
    if reader and reader.role:
        situation["role"] = reader.role
    situation |= {
        "title": yes("title" in facts), "by": yes("by" in facts), "said": yes(said is not None),
    }  # fmt: skip
    company = portal.companies[application.company]
    promise = promise_line(entry, company, follow_up, reader, book)
    return Known(
        follow_up, entry, application, interview, occasion, reader, facts, situation, said, promise
    )


def source_of(person: Person, entry: Entry) -> Source:
    """The line that names a person, in this note where it does."""
    return person.sources.get(entry.path) or next(iter(person.sources.values()))


def is_for_all(portal: Portal, follow_up: FollowUp, interview: Interview) -> bool:
    """Whether a thank-you speaks to everybody through one person."""
    met = people_met(portal, interview)
    unreachable = len(met) > MOST_SINGLE_THANKS or not any(person.email for person in met)
    others = [person for person in met if person.id not in follow_up.to]
    return follow_up.touch == "thank_you" and unreachable and bool(others)


def _facts_of_opening(
    portal: Portal,
    entry: Entry,
    application: Application,
    interview: Interview | None,
    year: int,
    book: Phrasebook,
) -> Iterator[tuple[str, Fact]]:
    title = interview.title if interview else application.title
    if title:
        yield "title", Fact(title, (_source_of_title(portal, entry, application, title),))
    if application.applied_on and application.applied_source:
        text = write_date(application.applied_on, year, book)
        yield "applied", Fact(text, (application.applied_source,))
        if interview is None:
            yield "date", Fact(text, (application.applied_source,))


def _source_of_title(portal: Portal, entry: Entry, application: Application, title: str) -> Source:
    """The line of the title, in another note of the application where this one has none."""
    notes = [entry, *(portal.entries[path] for path in application.entries)]
    return next(note.source("title") for note in notes if note.front.title == title)


def _facts_of_people(
    portal: Portal,
    entry: Entry,
    interview: Interview | None,
    reader: Person | None,
    book: Phrasebook,
) -> dict[str, Fact]:
    facts = {}
    if reader:
        facts["person"] = Fact(build_reference(reader, book), (source_of(reader, entry),))
    met = people_met(portal, interview) if interview else ()
    others = [person for person in met if reader is None or person.id != reader.id]
    # A letter cannot speak of *somebody*: it names all of them or says *everybody*.
    if others and all(is_named(person) for person in others):
        names = join_names([build_reference(person, book) for person in others], book)
        facts["others"] = Fact(names, tuple(source_of(person, entry) for person in others))
    return facts


def _facts_of_interview(
    interview: Interview, entry: Entry, written_on: date, book: Phrasebook
) -> dict[str, Fact]:
    sources = (interview.source,)
    return {
        "on_day": Fact(write_on_day(interview.day, written_on, book), sources),
        "date": Fact(write_date(interview.day, written_on.year, book), sources),
        "time": Fact(
            write_time(interview.start.time(), book), (entry.source("interview", "start"),)
        ),
        "format": Fact(interview.format, (entry.source("interview", "format"),)),
    }


def _situation_of_interview(portal: Portal, interview: Interview) -> dict[str, str]:
    return {
        "format": interview.format.value,
        "first_round": yes(interview.round in (None, 1)),
        "clock": yes(interview.has_clock),
        "elsewhere": yes(interview.timezone != portal.options.timezone),
    }


def _facts_of_next_step(
    portal: Portal,
    follow_up: FollowUp,
    plan: Mapping[str, FollowUp],
    interview: Interview,
    book: Phrasebook,
) -> dict[str, Fact]:
    facts = {}
    entry = portal.entries[interview.path]
    home = "next_step" if interview.next_step else "decision"
    if interview.next_step or interview.decision:
        facts["next_step"] = Fact("", (entry.source(home),))
    promised = _promised(portal, follow_up, plan, interview)
    # A check that is allowed sooner must not speak of the day as past, nor thanks of it as ahead.
    is_check = follow_up.touch in _CHECKS
    written_on = day_of_writing(follow_up, portal.today)
    if promised and (promised.by < written_on) == is_check:
        text = write_date(promised.by, written_on.year, book)
        facts["by"] = Fact(text, (promised.source,))
    return facts


def _promised(
    portal: Portal, follow_up: FollowUp, plan: Mapping[str, FollowUp], interview: Interview
) -> Promised | None:
    """The day by which they said one would hear, as the date of this follow-up knows it.

    A check's reason names the line; where it names none, or a day for asking, the last day named
    before the check is due counts.
    """
    application = portal.applications[follow_up.application]
    in_note = promised_in_note(portal.entries[interview.path], interview)
    in_log = [item for item in application.events if promised_in_log(item)]
    line = _first_of_cycle(follow_up, plan).origin
    for promised in [in_note, *map(promised_in_log, in_log)]:
        if promised and promised.source == line:
            return promised
    happened = {item.source for item in application.events if not item.until}
    if follow_up.touch in _CHECKS and line in {interview.source, *happened}:
        return None
    early = (item for item in in_log if item.on <= follow_up.due_on)
    return last_promised(early, interview) or in_note


def _first_of_cycle(follow_up: FollowUp, plan: Mapping[str, FollowUp]) -> FollowUp:
    """The check that the others of its cycle wait for."""
    while before := plan.get(follow_up.after or ""):
        follow_up = before
    return follow_up


def _meeting(
    portal: Portal, follow_up: FollowUp, interview: Interview, reader: Person | None
) -> dict[str, str]:
    met = people_met(portal, interview)
    for_all = is_for_all(portal, follow_up, interview)
    situation = {
        "group": yes(for_all),
        "met": yes(reader is not None and any(person.id == reader.id for person in met)),
    }
    return situation if for_all else {**situation, "alone": yes(len(met) < 2)}


def _next(interview: Interview) -> str:
    """What comes next, by the names the phrasebook knows; empty where nothing is noted."""
    step = interview.next_step
    if step and step.what in _NAMED_STEPS:
        return step.what
    if step and step.what:
        return "other"
    return "decision" if step or interview.decision else ""


def _said(
    entry: Entry, interview: Interview, reader: Person | None, book: Phrasebook
) -> Line | None:
    """The next step as they put it, where the words can be said back to them.

    *You will hear from us* would turn round in a letter: such words stay in the note.
    """
    step = interview.next_step
    if step is None or not step.said:
        return None
    text = as_said(step.said)
    if not text or contains_word(text, book.watched.speaker) or talks_about(text, reader, book):
        return None
    return Line(text, entry.source("next_step", "said"))
