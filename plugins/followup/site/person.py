"""The People list, and the page of one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from followup.notes.entry import Bullet, Source
from followup.notes.schema import Event
from followup.portal.model import Person
from followup.portal.names import family_name
from followup.site.addresses import company_link
from followup.site.company import beside_name, build_person_line, full_name, leaf_notes
from followup.site.facts import build_happening
from followup.site.lookup import Lookup, name_of
from followup.site.parts import Fact, FactItem, Leaf, Line, Reference, Row
from followup.site.rows import build_row, refer, shown, to_do
from followup.site.today import build_leaf
from followup.site.wording import TOUCHES, count_of, sentence, unquoted

# What somebody told about the job and its next steps; what it showed about the owner is not theirs.
_THEIRS = (2, 4, 5, 9, 13)


@dataclass(frozen=True, slots=True)
class Quote:
    """Something from a note, and its line."""

    text: str
    line: Reference


@dataclass(frozen=True, slots=True)
class PersonView:
    """What the page of a person shows."""

    name: str
    company: Reference
    lede: str
    last_contact: str
    facts: tuple[Fact, ...]
    to_do: tuple[Row, ...]
    to_do_count: int
    meetings: tuple[Leaf, ...]
    messages: tuple[Line, ...]
    hooks: tuple[Quote, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The list of all people, by family name."""

    lede: str
    count: str
    people: tuple[Line, ...]


def build_person(lookup: Lookup, person: Person) -> PersonView:
    """The page of a person."""
    company = lookup.portal.companies[person.company]
    follow_ups = [f for f in lookup.follow_ups if f.to == (person.id,)]
    interviews = [lookup.portal.interviews[path] for path in reversed(person.interviews)]
    contact = person.last_contact_on
    rows = tuple(
        replace(build_row(lookup, f, named=False), who="") for f in to_do(lookup, follow_ups)
    )
    return PersonView(
        name=full_name(person),
        company=Reference(company.name, company_link(company.slug)),
        lede=beside_name(person),
        last_contact=f"Last contact {lookup.day(contact)}" if contact else "No contact yet",
        facts=tuple(_facts(person)),
        to_do=rows,
        to_do_count=shown(rows),
        meetings=tuple(
            build_leaf(interview, notes=leaf_notes(lookup, interview)) for interview in interviews
        ),
        messages=tuple(_messages(lookup, person)),
        hooks=tuple(
            Quote(unquoted(hook), refer(lookup, source, None))
            for hook, source in person.hooks.values()
        ),
        quotes=tuple(_quotes(lookup, person)),
    )


def build_people(lookup: Lookup) -> PeopleView:
    """The list of all people."""
    people = sorted(lookup.portal.people.values(), key=_alphabetical)
    companies = lookup.portal.companies
    met = sum(1 for person in people if person.last_contact_on)
    return PeopleView(
        lede=_list_lede(met, len(people)),
        count=count_of(len(people), "person", "people"),
        people=tuple(
            build_person_line(lookup, person, company=companies[person.company].name)
            for person in people
        ),
    )


def _list_lede(met: int, total: int) -> str:
    """`43 people; you were in contact with 37 of them.`."""
    count = sentence(count_of(total, "person", "people"))
    if total < 2:
        return f"{count}." if total else f"{count} yet."
    part = "all" if met == total else met or "none"
    return f"{count}; you were in contact with {part} of them."


def _alphabetical(person: Person) -> tuple[str, str, str]:
    name = person.name or name_of(person)
    family = family_name(person) or name.rpartition(" ")[2]
    return _plain(family), _plain(name), person.id


def _plain(name: str) -> str:
    """`ozanli` for `Özanlı`: as a reader looks for it, without regard to marks on letters."""
    split = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _facts(person: Person) -> Iterator[Fact]:
    if person.email:
        yield Fact("E-mail", (FactItem(person.email, href=f"mailto:{_quoted(person.email)}"),))
    if person.phone:
        yield Fact("Phone", (FactItem(person.phone),))
    if person.salutation:
        yield Fact("Salutation", (FactItem(person.salutation),))


def _quoted(address: str) -> str:
    return quote(address, safe="@")


def _messages(lookup: Lookup, person: Person) -> Iterator[Line]:
    """What the logs say went between the two, the latest first."""
    found = [
        event
        for application in lookup.portal.applications.values()
        if application.company == person.company
        for event in application.events
        if not (event.touch and TOUCHES[event.touch].own)
        and (
            person.id in (event.to, event.sender)
            or (event.event is Event.SENT and event.to is None and event.entry in person.interviews)
        )
    ]
    for event in sorted(found, key=lambda event: (event.on, event.source), reverse=True):
        entry = lookup.portal.entries[event.entry]
        item = next(
            item
            for place, item in enumerate(entry.front.log)
            if entry.source("log", place) == event.source and item.event is event.event
        )
        yield Line(
            title="",
            text=sentence(build_happening(lookup, entry, item)),
            notes=tuple(filter(None, (lookup.day(event.on), _noted(event.note)))),
            line=refer(lookup, event.source, None),
        )


def _noted(note: str | None) -> str:
    return f"“{unquoted(note)}”" if note else ""


def _quotes(lookup: Lookup, person: Person) -> Iterator[Quote]:
    """What this person said, in the order of the notes."""
    company = lookup.portal.companies[person.company]
    for path in person.sources:
        entry = lookup.portal.entries[path]
        for bullet in entry.bullets(*_THEIRS):
            if any(company.person(written) == person.id for written in bullet.ids):
                yield _quote(lookup, path, bullet)


def _quote(lookup: Lookup, path: str, bullet: Bullet) -> Quote:
    return Quote(unquoted(bullet.text), refer(lookup, Source(path, bullet.line), None))
