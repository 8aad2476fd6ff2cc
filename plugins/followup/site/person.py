"""The People list, and the page of one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from followup.portal.model import Happening, Person
from followup.portal.names import family_name
from followup.portal.people import is_contact
from followup.site.addresses import company_link, person_link
from followup.site.company import leaf_notes
from followup.site.facts import build_happening
from followup.site.folding import fold_text
from followup.site.lookup import Lookup, name_of
from followup.site.parts import Fact, FactItem, Leaf, Line, Link, Reference, Row
from followup.site.person_line import beside_name, build_person_line, full_name
from followup.site.rows import build_row, refer, shown, to_do
from followup.site.said import Quote, build_hooks, build_quotes, openings_of
from followup.site.today import build_leaf
from followup.site.wording import TOUCHES, count_of, sentence, unquoted


@dataclass(frozen=True, slots=True)
class PersonView:
    """What the page of a person shows."""

    name: str
    company: Reference
    lede: str
    contact_on: date | None
    contact: str
    facts: tuple[Fact, ...]
    to_do: tuple[Row, ...]
    to_do_count: int
    meetings: tuple[Leaf, ...]
    messages: tuple[Line, ...]
    hooks: tuple[Quote, ...]
    quotes: tuple[Quote, ...]
    about_you: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the list: the line, the day of the last contact, and what the filter looks at.

    `search` is who they are, `said` a line for each thing they said or were told.
    """

    title: str
    link: Link
    text: str
    contact_on: date | None
    contact: str
    search: str
    said: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The list of all people, by family name."""

    lede: str
    count: str
    people: tuple[Listed, ...]


def build_person(lookup: Lookup, person: Person) -> PersonView:
    """The page of a person."""
    company = lookup.portal.companies[person.company]
    follow_ups = lookup.by_recipients.get((person.id,), ())
    interviews = [lookup.portal.interviews[path] for path in reversed(person.interviews)]
    contact = person.last_contact_on
    quotes = tuple(build_quotes(lookup, person))
    rows = tuple(
        replace(build_row(lookup, f, named=False), who="") for f in to_do(lookup, follow_ups)
    )
    return PersonView(
        name=full_name(person),
        company=Reference(company.name, company_link(company.slug)),
        lede=beside_name(person),
        contact_on=contact,
        contact=lookup.day(contact) if contact else "",
        facts=tuple(_facts(person)),
        to_do=rows,
        to_do_count=shown(rows),
        meetings=tuple(
            build_leaf(interview, notes=leaf_notes(lookup, interview)) for interview in interviews
        ),
        messages=tuple(_messages(lookup, person)),
        hooks=tuple(build_hooks(lookup, person)),
        quotes=quotes,
        about_you=tuple(build_quotes(lookup, person, own=True)),
    )


def build_people(lookup: Lookup) -> PeopleView:
    """The list of all people."""
    people = sorted(lookup.portal.people.values(), key=_alphabetical)
    companies = lookup.portal.companies
    met = sum(1 for person in people if person.last_contact_on)
    return PeopleView(
        lede=_list_lede(met, len(people)),
        count=count_of(len(people), "person", "people"),
        people=tuple(_listed(lookup, person, companies[person.company].name) for person in people),
    )


def _listed(lookup: Lookup, person: Person, company: str) -> Listed:
    line = build_person_line(lookup, person, company=company)
    contact = person.last_contact_on
    quotes = (quote for own in (False, True) for quote in build_quotes(lookup, person, own=own))
    said = [quote.text for quote in (*build_hooks(lookup, person), *quotes)]
    said += [unquoted(event.note) for event in _contacts(lookup, person) if event.note]
    return Listed(
        title=line.title,
        link=person_link(person),
        text=line.text,
        contact_on=contact,
        contact=lookup.day(contact) if contact else "",
        search=line.search,
        said="\n".join(dict.fromkeys(" ".join(text.split()) for text in said)),
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
    # `ozanli` for `Özanlı`, `odegard` for `Ødegård`: as a reader looks for it.
    return fold_text(family), fold_text(name), person.id


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
    for event in _contacts(lookup, person):
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


def _contacts(lookup: Lookup, person: Person) -> list[Happening]:
    """The lines of the logs that are between the owner and this person, the latest first."""
    found = [
        event
        for application in openings_of(lookup, person)
        for event in application.events
        if is_contact(event, person.id, person.interviews)
        and not (event.touch and TOUCHES[event.touch].own)
    ]
    return sorted(found, key=lambda event: (event.on, event.source), reverse=True)


def _noted(note: str | None) -> str:
    return f"“{unquoted(note)}”" if note else ""
