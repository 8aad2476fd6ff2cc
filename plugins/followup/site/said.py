"""Everything somebody said, as the notes have it, and what came up between them and the owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from followup.notes.categories import CATEGORIES
from followup.notes.entry import Bullet, BulletKind, Entry, Section, Source
from followup.notes.placeholders import says_something
from followup.notes.schema import Decision, NextStep
from followup.portal.facts import latest_first
from followup.portal.model import Application, Person
from followup.site.lookup import Lookup
from followup.site.parts import Reference
from followup.site.rows import refer
from followup.site.wording import unquoted

# What it showed about the owner is not theirs, though it came up between the two.
_OWN = frozenset({3, 6, 7, 8})
_NEXT_STEP, _DECISION, _CLOSING = 10, 12, 13
_TITLES = {category.number: category.title for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class Quote:
    """Something from a note, what it is about, and its line."""

    text: str
    line: Reference
    about: str = ""


def openings_of(lookup: Lookup, person: Person) -> Iterator[Application]:
    """The openings at this person's company."""
    for name in lookup.portal.companies[person.company].applications:
        yield lookup.portal.applications[name]


def build_hooks(lookup: Lookup, person: Person) -> Iterator[Quote]:
    """The owner's sentences for this person."""
    for hook, source in person.hooks.values():
        yield Quote(unquoted(hook), refer(lookup, source, None))


def build_quotes(lookup: Lookup, person: Person, *, own: bool = False) -> Iterator[Quote]:
    """What this person said or asked, the latest note first; `own`: what it showed of the owner."""
    paths = [path for a in openings_of(lookup, person) for path in a.entries]
    entries = latest_first(lookup.portal.entries[path] for path in paths)
    for entry in entries:
        if not own:
            yield from _spoken(lookup, person, entry)
        for section in entry.sections:
            if (section.category in _OWN) is own:
                yield from _said_in(lookup, person, entry, section)


def _spoken(lookup: Lookup, person: Person, entry: Entry) -> Iterator[Quote]:
    """What the facts of a note quote; of several people met, nobody knows who said it."""
    if not _alone(lookup, person, entry):
        return
    step, decision = entry.front.next_step, entry.front.decision
    if isinstance(step, NextStep) and step.said:
        line = refer(lookup, entry.source("next_step", "said"), None)
        yield Quote(unquoted(step.said), line, _TITLES[_NEXT_STEP])
    if isinstance(decision, Decision) and decision.said:
        line = refer(lookup, entry.source("decision", "said"), None)
        yield Quote(unquoted(decision.said), line, _TITLES[_DECISION])


def _alone(lookup: Lookup, person: Person, entry: Entry) -> bool:
    """Whether the note is about a meeting with nobody else."""
    interview = lookup.portal.interviews.get(entry.path)
    return interview is not None and interview.people == (person.id,)


def _said_in(lookup: Lookup, person: Person, entry: Entry, section: Section) -> Iterator[Quote]:
    """The bullets of a section that carry the person's id, and those below them that carry none.

    Closing words without an id are theirs who sat there alone.
    """
    about = _TITLES.get(section.category or 0, section.heading)
    closing = section.category == _CLOSING and _alone(lookup, person, entry)
    for bullet in _bullets(lookup, person, section.bullets, theirs=closing):
        line = refer(lookup, Source(entry.path, bullet.line), None)
        yield Quote(unquoted(bullet.text), line, about)


def _bullets(
    lookup: Lookup, person: Person, bullets: Iterable[Bullet], *, theirs: bool
) -> Iterator[Bullet]:
    company = lookup.portal.companies[person.company]
    for bullet in bullets:
        named = [company.person(written) for written in bullet.ids]
        said = person.id in named if named else theirs and bullet.kind is BulletKind.PLAIN
        if said and says_something(bullet.text):
            yield bullet
        yield from _bullets(lookup, person, bullet.children, theirs=said)
