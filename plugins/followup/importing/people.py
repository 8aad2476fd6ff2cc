"""Who in an invitation or message is known already, and at which company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from followup.importing.ics import Guest, Invitation
from followup.importing.names import parse_name
from followup.importing.note_text import Attendee, build_attendee
from followup.notes.schema import PersonBlock
from followup.portal.model import Application, Company, Person, Portal
from followup.portal.people import id_slug
from followup.portal.slugs import fold_name, slug_of

_MOST: Final = 30
# Where anybody may have an address, or where many companies' mail comes from.
_SHARED: Final = re.compile(
    r"(?:.*\.)?(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|gmx|web|t-online"
    r"|freenet|aol|proton|protonmail|pm|mail|email|posteo|mailbox|fastmail|zoho|yandex|orange|free"
    r"|laposte|wanadoo|sfr|bluewin|telefonica|terra|qq|163|126|linkedin|xing|indeed|stepstone"
    r"|greenhouse|greenhouse-mail|lever|hire\.lever|myworkday|workday|smartrecruiters|workable"
    r"|workablemail|ashbyhq|bamboohr|personio|recruitee|teamtailor|icims|jobvite|successfactors"
    r"|breezy|calendly|goodtime)\.[a-z]{2,6}(?:\.[a-z]{2})?"
)


def is_owner(portal: Portal, name: str | None, address: str | None) -> bool:
    """Whether this is the owner of the notes, by the settings of the workspace."""
    me = portal.options.me
    same_address = bool(address and me.email) and (address or "").casefold() == me.email.casefold()
    called = parse_name(name).name if name else ""
    return same_address or (called != "" and fold_name(called) == fold_name(me.name))


def people_with(portal: Portal, addresses: Iterable[str]) -> list[Person]:
    """Everybody in the notes who has one of these addresses."""
    wanted = {address.casefold() for address in addresses}
    return [p for p in portal.people.values() if p.email and p.email.casefold() in wanted]


def people_at_domain(portal: Portal, address: str) -> list[Person]:
    """Everybody with an address in the same domain, where only one company's people have one.

    A domain in which anybody may have an address says nothing.
    """
    domain = _domain(address)
    if not domain or _SHARED.fullmatch(domain):
        return []
    found = [p for p in portal.people.values() if p.email and _domain(p.email) == domain]
    return found if len({person.company for person in found}) == 1 else []


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def applications_of(portal: Portal, people: Iterable[Person]) -> list[Application]:
    """The applications whose notes name one of these people."""
    ids = {person.id for person in people}
    return [a for a in portal.applications.values() if ids.intersection(a.people)]


def guests_of(portal: Portal, invitation: Invitation) -> list[Guest]:
    """Everybody in an invitation but the owner, who sent it first, each once."""
    first = [invitation.organizer] if invitation.organizer else []
    found: dict[object, Guest] = {}
    for guest in (*first, *invitation.guests):
        key = guest.email.casefold() if guest.email else fold_name(guest.name or "")
        if is_owner(portal, guest.name, guest.email):
            continue
        known = found.get(key)
        if known is None or not known.name:
            found[key] = guest
    return list(found.values())[:_MOST]


def build_attendees(
    portal: Portal, company: Company | None, guests: Sequence[Guest]
) -> list[Attendee]:
    """The guests as a note names them; who is known at the company keeps name and id.

    A name without an address is somebody whose address stands there too. Two addresses of one name
    are two people, so each of them gets an id.
    """
    with_address = {fold_name(guest.name or "") for guest in guests if guest.email}
    people = [
        guest for guest in guests if guest.email or fold_name(guest.name or "") not in with_address
    ]
    known = {
        place: person
        for place, guest in enumerate(people)
        if (person := _find_known(portal, company, guest))
    }
    found = {place: _as_known(person, people[place].email) for place, person in known.items()}
    slugs = {slug_of_attendee(attendee) for attendee in found.values()}
    for place, guest in enumerate(people):
        if place not in found:
            attendee = build_attendee(guest.name, guest.email)
            if (slug := slug_of_attendee(attendee)) in slugs:
                taken = slugs | set(company.ids if company else ())
                attendee = replace(attendee, id=_free(slug, taken))
            slugs.add(slug_of_attendee(attendee))
            found[place] = attendee
    return [found[place] for place in range(len(people))]


def _find_known(portal: Portal, company: Company | None, guest: Guest) -> Person | None:
    if not (guest.email and company):
        return None
    same = people_with(portal, [guest.email])
    return next((person for person in same if person.company == company.slug), None)


def slug_of_attendee(attendee: Attendee) -> str:
    """What `from` calls somebody whom a new note names."""
    block = {"id": attendee.id, "name": attendee.name, "email": attendee.email}
    return id_slug(PersonBlock.model_validate(block))


def _as_known(person: Person, email: str | None) -> Attendee:
    by_name = bool(person.name) and slug_of(person.name or "") == person.slug
    return Attendee(person.name, email, None if by_name else person.slug)


def _free(slug: str, taken: set[str]) -> str:
    return next(name for number in count(2) if (name := f"{slug}-{number}") not in taken)
