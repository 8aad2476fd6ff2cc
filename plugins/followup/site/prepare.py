"""Preparation for an interview that is to come: what is known already, on one page that prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from followup.campaign.observations import observations
from followup.campaign.patterns import Kind, Level, Pattern
from followup.campaign.vocabulary import tag_of
from followup.notes.categories import CATEGORIES, Answer, answers
from followup.notes.entry import Bullet, BulletKind, Entry, Source
from followup.notes.schema import Format
from followup.portal.model import Application, Interview, Person
from followup.site.addresses import company_link, note_link, person_link, prepare_link
from followup.site.events import interview_file
from followup.site.facts import host_of
from followup.site.lookup import (
    Lookup,
    ahead,
    interview_short,
    interview_title,
    occupation,
    when,
)
from followup.site.parts import Fact, FactItem, Line, Link, Reference
from followup.site.person_line import full_name
from followup.site.promises import build_promises
from followup.site.rows import cite, refer
from followup.site.waiting import latest_held
from followup.site.wording import ANSWER, QUOTED, cut, quoted

_JOB, _PROOF, _PROBLEMS, _PROJECTS, _PERSONAL, _CLOSING = 2, 3, 4, 5, 9, 13
_ASK: Final = {
    2: "What does a usual day in this job look like?",
    4: "What makes this work difficult?",
    5: "What would I do in the first weeks?",
    10: "What is the next step after today?",
    11: "Are you talking with other candidates?",
    12: "When may I expect to hear from you?",
}
"""What to ask in the room so that a category gets its answer."""
# A networking chat leads to none.
_OF_A_DECISION: Final = frozenset({10, 11, 12})
_MOST: Final = 8
_FEW: Final = 3
_PER_POINT: Final = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of a note, who said it and when, and its place."""

    text: str
    who: str
    line: Reference
    about: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who will be there, and what the notes know of them."""

    name: str
    link: Link
    what: str
    met: str
    quotes: tuple[Quote, ...]
    hooks: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the thirteen that no note about this opening answers, and how to ask for it."""

    text: str
    ask: str


@dataclass(frozen=True, slots=True)
class Point:
    """A weakness to watch, or a strength to lead with: how often, and what to say instead."""

    title: str
    said: str
    better: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the company's page shows of a preparation: four short lists, and the way to all of it.

    `until` is its last day, that of the interview.
    """

    title: str
    intro: str
    link: Link
    until: date | None
    problems: tuple[Quote, ...]
    projects: tuple[Quote, ...]
    better: tuple[Quote, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class PrepareView:
    """The page of one preparation; `nothing` says that no note tells anything about the job yet.

    `past` is what it says from `past_from`, the day after the interview.
    """

    title: str
    company: Reference
    lede: str
    past: str
    past_from: date | None
    note: Link
    file: Link | None
    facts: tuple[Fact, ...]
    said: tuple[Quote, ...]
    job: tuple[Quote, ...]
    problems: tuple[Quote, ...]
    projects: tuple[Quote, ...]
    proofs: tuple[Quote, ...]
    people_title: str
    people: tuple[Attendee, ...]
    promises: tuple[Line, ...]
    questions: tuple[Question, ...]
    better: tuple[Quote, ...]
    weak: tuple[Point, ...]
    strong: tuple[Point, ...]
    nothing: bool


@dataclass(frozen=True, slots=True)
class Round:
    """What is prepared for: an interview that is planned, or the next round after `note`."""

    application: Application
    note: str
    interview: Interview | None


def rounds_of(lookup: Lookup, application: Application) -> tuple[Round, ...]:
    """What is to be prepared of one application, in order of the days."""
    if not application.live:
        return ()
    interviews = [lookup.portal.interviews[path] for path in application.interviews]
    coming = sorted(
        (i for i in interviews if ahead(lookup, i)), key=lambda interview: interview.start
    )
    if coming:
        return tuple(Round(application, interview.path, interview) for interview in coming)
    last = latest_held(lookup, application)
    announced = last is not None and last.next_step and last.next_step.what == "next_round"
    return (Round(application, last.path, None),) if last and announced else ()


def preparation_title(lookup: Lookup, round_: Round) -> str:
    """`Prepare for Acme`."""
    return f"Prepare for {lookup.company(round_.application.id).name}"


def build_preparation(lookup: Lookup, round_: Round) -> PrepareView:
    """The page of one preparation."""
    company = lookup.company(round_.application.id)
    notes = _notes(lookup, round_)
    quotes = {number: _quotes(lookup, notes, number) for number in (_JOB, _PROBLEMS, _PROJECTS)}
    interview = round_.interview
    weak, strong = _points(lookup, Kind.WEAKNESS), _points(lookup, Kind.STRENGTH)
    return PrepareView(
        title=preparation_title(lookup, round_),
        company=Reference(company.name, company_link(company.slug)),
        lede=_lede(lookup, round_),
        past=f"This was on {lookup.day(interview.start.date())}." if interview else "",
        past_from=interview.start.date() + timedelta(days=1) if interview else None,
        note=note_link(round_.note),
        file=interview_file(lookup, interview) if interview else None,
        facts=tuple(_facts(lookup, round_)),
        said=tuple(_said(lookup, round_)),
        job=quotes[_JOB],
        problems=quotes[_PROBLEMS],
        projects=quotes[_PROJECTS],
        proofs=tuple(replace(quote, who="") for quote in _quotes(lookup, notes, _PROOF)),
        people_title="Who will be there" if _is_known(round_) else "Whom you met",
        people=tuple(_attendee(lookup, person, notes) for person in _expected(lookup, round_)),
        promises=tuple(build_promises(lookup, [round_.application])),
        questions=tuple(_questions(lookup, round_, notes)),
        better=_better(lookup, notes),
        weak=weak,
        strong=strong,
        nothing=not any(quotes.values()),
    )


def build_briefing(lookup: Lookup, round_: Round) -> Briefing:
    """The short form of a preparation, for the company's own page."""
    notes = _notes(lookup, round_)
    return Briefing(
        title=_what(round_),
        intro=_intro(lookup, round_),
        link=prepare_link(round_.note),
        until=round_.interview.start.date() if round_.interview else None,
        problems=_quotes(lookup, notes, _PROBLEMS)[:_FEW],
        projects=_quotes(lookup, notes, _PROJECTS)[:_FEW],
        better=_better(lookup, notes)[:_FEW],
        questions=tuple(_questions(lookup, round_, notes))[:_FEW],
    )


def _what(round_: Round) -> str:
    return f"the {interview_short(round_.interview).lower()}" if round_.interview else (
        "the next round"
    )  # fmt: skip


def _lede(lookup: Lookup, round_: Round) -> str:
    """`Video interview, round 2, for Insights Associate, Tue 24 Nov, 10:00.`."""
    role = f" for {round_.application.title}" if round_.application.title else ""
    interview = round_.interview
    if interview is None:
        return f"The next round{role}; no date yet."
    return f"{interview_title(interview)}{role}, {when(lookup, interview)}."


def _intro(lookup: Lookup, round_: Round) -> str:
    interview = round_.interview
    if interview is None:
        return "They announced a next round; it has no date yet."
    people = lookup.names(interview.people)
    met = f" with {people}" if people else ""
    return f"{interview_short(interview)}{met}, {when(lookup, interview)}."


def _notes(lookup: Lookup, round_: Round) -> tuple[Entry, ...]:
    """The notes about this opening, and those of talks at the company about none; oldest first."""
    company = lookup.company(round_.application.id)
    applications = (lookup.portal.applications[name] for name in company.applications)
    paths = [
        path
        for application in applications
        if application.id == round_.application.id or application.title is None
        for path in application.entries
    ]
    interviews = lookup.portal.interviews
    paths.sort(key=lambda p: (interviews[p].start.isoformat() if p in interviews else "", p))
    return tuple(lookup.portal.entries[path] for path in paths)


def _quotes(lookup: Lookup, notes: Sequence[Entry], number: int) -> tuple[Quote, ...]:
    """The bullets of one category, those of the latest note first."""
    found = (
        _quote(lookup, entry, bullet)
        for entry in reversed(notes)
        for bullet in _flat(entry.bullets(number))
        if bullet.kind is BulletKind.PLAIN
    )
    return tuple(islice(found, _MOST))


def _flat(bullets: Iterable[Bullet]) -> Iterator[Bullet]:
    for bullet in bullets:
        yield bullet
        yield from _flat(bullet.children)


def _quote(lookup: Lookup, entry: Entry, bullet: Bullet, about: str = "") -> Quote:
    company = lookup.company(lookup.application_of[entry.path])
    ids = dict.fromkeys(filter(None, (company.person(written) for written in bullet.ids)))
    source = Source(entry.path, bullet.line)
    return Quote(quoted(bullet.text), lookup.names(ids), refer(lookup, source, None), about)


def _facts(lookup: Lookup, round_: Round) -> Iterator[Fact]:
    """When and where it is, and what was told about pay and place."""
    interview = round_.interview
    if interview:
        length = f", {interview.minutes} min" if interview.has_clock else ""
        yield Fact("When", (FactItem(when(lookup, interview) + length),))
        if interview.place:
            yield Fact("Where", (FactItem(interview.place),))
        if interview.link:
            yield Fact("Link", (FactItem(host_of(interview.link), href=interview.link),))
    application = round_.application
    if application.job_url:
        yield Fact("Opening", (FactItem(host_of(application.job_url), href=application.job_url),))
    if application.resume:
        yield Fact("Résumé sent", (FactItem(application.resume),))


def _said(lookup: Lookup, round_: Round) -> Iterator[Quote]:
    """How the last interview ended: the next step in their words, and what they said in concluding."""
    last = latest_held(lookup, round_.application)
    if last is None:
        return
    entry = lookup.portal.entries[last.path]
    step = last.next_step
    if step and step.said:
        line = refer(lookup, entry.source("next_step", "said"), None)
        yield Quote(quoted(step.said), "", line, "The next step")
    for bullet in entry.bullets(_CLOSING):
        yield _quote(lookup, entry, bullet, "In concluding")


def _expected(lookup: Lookup, round_: Round) -> tuple[Person, ...]:
    """Who will be there; where that is not known yet, whom the opening has brought so far."""
    if round_.interview and _is_known(round_):
        return lookup.people(round_.interview.people)
    return lookup.people(round_.application.people)


def _is_known(round_: Round) -> bool:
    return round_.interview is not None and bool(round_.interview.people)


def _attendee(lookup: Lookup, person: Person, notes: Sequence[Entry]) -> Attendee:
    company = lookup.portal.companies[person.company]
    met = [
        f"{interview_short(interview)}, {lookup.day(interview.start.date())}"
        for path in person.interviews
        if (interview := lookup.portal.interviews[path]).over and not interview.cancelled
    ]
    quotes = [
        replace(_quote(lookup, entry, bullet), who="")
        for entry in notes
        for bullet in _flat(entry.bullets(_JOB, _PROBLEMS, _PROJECTS, _PERSONAL, _CLOSING))
        if any(company.person(written) == person.id for written in bullet.ids)
    ]
    return Attendee(
        name=full_name(person),
        link=person_link(person),
        what=occupation(person, both=True),
        met=f"Met: {'; '.join(met)}" if met else "Not met yet",
        quotes=tuple(quotes[-_MOST:]),
        hooks=tuple(
            Quote(quoted(hook), "", refer(lookup, source, None))
            for hook, source in person.hooks.values()
        ),
    )


def _questions(lookup: Lookup, round_: Round, notes: Sequence[Entry]) -> Iterator[Question]:
    """The questions that no note about this opening answers, and what to ask in the room."""
    over = [
        entry
        for entry in notes
        if (interview := lookup.portal.interviews.get(entry.path)) and interview.over
    ]
    known = [answers(entry) for entry in over if entry.path in round_.application.entries]
    interview = round_.interview
    talk = interview is not None and interview.format is Format.NETWORKING
    for number, ask in _ASK.items():
        if talk and number in _OF_A_DECISION:
            continue
        if not any(answer[number - 1] is not Answer.MISSING for answer in known):
            yield Question(CATEGORIES[number - 1].question, ask)


def _better(lookup: Lookup, notes: Sequence[Entry]) -> tuple[Quote, ...]:
    """The better answers noted at this company, the latest first, with what went wrong."""
    found = []
    for entry in reversed(notes):
        for item in observations(entry):
            for text, source in item.better:
                line = refer(lookup, source, None)
                found.append(Quote(quoted(text, ANSWER), "", line, _as_label(item.text)))
    return tuple(found)


def _as_label(text: str) -> str:
    """A bullet as it stands before a comma."""
    return cut(text, QUOTED).rstrip(".")


def _points(lookup: Lookup, kind: Kind) -> tuple[Point, ...]:
    """What keeps coming up in all interviews: weaknesses to watch, or strengths to lead with."""
    firm = (Level.RECURRING, Level.WATCH)
    return tuple(
        _point(lookup, pattern)
        for pattern in lookup.patterns
        if pattern.kind is kind and pattern.level in firm
    )


def _point(lookup: Lookup, pattern: Pattern) -> Point:
    better = (
        Quote(quoted(text, ANSWER), "", cite(lookup, source), _as_label(evidence.text))
        for evidence in pattern.evidence
        for text, source in evidence.better
    )
    return Point(
        title=tag_of(pattern.tag).title,
        said=f"in {pattern.count} of your last {pattern.of} interviews",
        better=tuple(islice(better, _PER_POINT)),
    )
