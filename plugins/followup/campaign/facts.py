"""What is known for one letter: the facts it may name, each with its lines, and its situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from followup.campaign.material import Line, in_one_line
from followup.campaign.model import FollowUp
from followup.campaign.phrasebook import Phrasebook, fill
from followup.campaign.promises import Promised, last_promised, promised_in_log, promised_in_note
from followup.campaign.recipients import MOST_SINGLE_THANKS, people_met
from followup.campaign.third_person import contains_word, talks_about
from followup.notes.entry import Entry, Source
from followup.portal.model import Application, Interview, Person, Portal
from followup.portal.names import reference_name

_SOON = 7
_NAMED_STEPS = frozenset({"next_round", "decision", "offer"})


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a letter may say, and the lines it stands on."""

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known for one letter.

    `situation` answers the conditions of the phrasebook; `said` is the next step in their words.
    """

    follow_up: FollowUp
    entry: Entry
    application: Application
    interview: Interview | None
    reader: Person | None
    facts: Mapping[str, Fact]
    situation: Mapping[str, str]
    said: Line | None


def build_known(
    portal: Portal, follow_up: FollowUp, plan: Mapping[str, FollowUp], book: Phrasebook
) -> Known:
    """What the notes know for the letter of `follow_up`, which is one of the `plan`."""
    entry = portal.entries[follow_up.entry]
    application = portal.applications[follow_up.application]
    interview = portal.interviews[follow_up.interview] if follow_up.interview else None
    reader = portal.people[follow_up.to[0]] if follow_up.to else None
    facts = dict(
        _facts_of_opening(portal, entry, application, interview, follow_up.due_on.year, book)
    )
    facts |= _facts_of_people(portal, entry, interview, reader, book)
    situation = {
        "reader": _yes(reader is not None),
        "short": _yes(follow_up.short),
        "thanks_too": _yes(follow_up.thanks_too),
    }
    said = None
    if interview:
        facts |= _facts_of_interview(interview, entry, follow_up.due_on, book)
        facts |= _facts_of_next_step(portal, follow_up, plan, interview, book)
        situation |= _meeting(portal, follow_up, interview, reader)
        said = _said(entry, interview, reader, book)
        situation["next"] = _next(interview)
    if reader and reader.role:
        situation["role"] = reader.role
    situation |= {
        "title": _yes("title" in facts), "by": _yes("by" in facts), "said": _yes(said is not None),
    }  # fmt: skip
    return Known(follow_up, entry, application, interview, reader, facts, situation, said)


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
        facts["person"] = Fact(reference_name(reader), (source_of(reader, entry),))
    met = people_met(portal, interview) if interview else ()
    others = [person for person in met if reader is None or person.id != reader.id]
    if others:
        names = join_names([reference_name(person) for person in others], book)
        facts["others"] = Fact(names, tuple(source_of(person, entry) for person in others))
    return facts


def _facts_of_interview(
    interview: Interview, entry: Entry, due_on: date, book: Phrasebook
) -> dict[str, Fact]:
    sources = (interview.source,)
    return {
        "on_day": Fact(write_on_day(interview.day, due_on, book), sources),
        "date": Fact(write_date(interview.day, due_on.year, book), sources),
        "format": Fact(interview.format, (entry.source("interview", "format"),)),
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
    is_check = follow_up.touch != "thank_you"
    if promised and (promised.by < follow_up.due_on) == is_check:
        text = write_date(promised.by, follow_up.due_on.year, book)
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
    line = _first_of_pair(follow_up, plan).reason.source
    for promised in [in_note, *map(promised_in_log, in_log)]:
        if promised and promised.source == line:
            return promised
    happened = {item.source for item in application.events if not item.until}
    if follow_up.touch != "thank_you" and line in {interview.source, *happened}:
        return None
    known = (item for item in in_log if item.on <= follow_up.due_on)
    return last_promised(known, interview) or in_note


def _first_of_pair(follow_up: FollowUp, plan: Mapping[str, FollowUp]) -> FollowUp:
    return plan.get(follow_up.after or "", follow_up)


def _meeting(
    portal: Portal, follow_up: FollowUp, interview: Interview, reader: Person | None
) -> dict[str, str]:
    met = people_met(portal, interview)
    for_all = is_for_all(portal, follow_up, interview)
    situation = {
        "format": interview.format.value,
        "group": _yes(for_all),
        "met": _yes(reader is not None and any(person.id == reader.id for person in met)),
    }
    return situation if for_all else {**situation, "alone": _yes(len(met) < 2)}


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
    text = in_one_line(step.said)
    if contains_word(text, book.watched.speaker) or talks_about(text, reader, book):
        return None
    return Line(text, entry.source("next_step", "said"))


def write_date(day: date, year: int, book: Phrasebook) -> str:
    """`19 November`, with the year where it is not `year`."""
    dates = book.dates
    return _write(dates.date if day.year == year else dates.date_other_year, day, book)


def write_on_day(day: date, due_on: date, book: Phrasebook) -> str:
    """`on Thursday` within a week before `due_on`, else `on 19 November`.

    Counted from the day the message is due, never from today: nobody knows when it is sent.
    """
    dates = book.dates
    if 0 <= (due_on - day).days < _SOON:
        return _write(dates.on_day_soon, day, book)
    return _write(dates.on_day if day.year == due_on.year else dates.on_day_other_year, day, book)


def _write(pattern: str, day: date, book: Phrasebook) -> str:
    values = {
        "weekday": book.weekdays[day.weekday()],
        "day": str(day.day),
        "month": book.months[day.month - 1],
        "year": str(day.year),
    }
    return fill(pattern, values)


def join_names(names: Sequence[str], book: Phrasebook) -> str:
    """`Ms. Rivera, Mr. Oduya and Ms. Dahl`, as the language lists them."""
    if len(names) < 2:
        return "".join(names)
    return book.series.between.join(names[:-1]) + book.series.last + names[-1]


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
