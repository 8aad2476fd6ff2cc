"""To whom a message goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from followup.notes.schema import Role
from followup.portal.model import Application, Happening, Interview, Person, Portal

MOST_SINGLE_THANKS: Final = 7
"""With more people than this, one thank-you to the main contact names them all."""

_CONTACTS: Final = (Role.RECRUITER, Role.COORDINATOR, Role.HIRING_MANAGER, Role.INTERVIEWER)
_MANAGERS: Final = (Role.HIRING_MANAGER, Role.INTERVIEWER)
_NOT_MET: Final = frozenset({Role.COORDINATOR, Role.REFERRER})


def people_met(portal: Portal, interview: Interview) -> tuple[Person, ...]:
    """Everyone the note names except coordinators and referrers, in its order."""
    return tuple(
        person for person in _people(portal, interview.people) if person.role not in _NOT_MET
    )


def thanked(portal: Portal, interview: Interview) -> tuple[Person | None, ...]:
    """Who gets a thank-you: each person met with an address, else one message for all.

    None stands for the one message that has nobody to go to yet.
    """
    reachable = [person for person in people_met(portal, interview) if person.email]
    if reachable and len(reachable) <= MOST_SINGLE_THANKS:
        return tuple(reachable)
    everybody = _people(portal, interview.people)
    return (_contact([p for p in everybody if p.email]) or _contact(everybody),)


def check_contact(portal: Portal, interview: Interview) -> Person | None:
    """Whom to ask where things stand: one person, never a panel.

    The recruiter or coordinator of the interview, else of the whole application; without either,
    the interview's hiring manager or first interviewer.
    """
    here = _people(portal, interview.people)
    elsewhere = _people(portal, portal.applications[interview.application].people)
    return _first(here, _CONTACTS[:2]) or _first(elsewhere, _CONTACTS[:2]) or _contact(here)


def main_contact(portal: Portal, application: Application) -> Person | None:
    """The recruiter of an application, else coordinator, hiring manager, first interviewer."""
    return _contact(_people(portal, application.people))


def manager(portal: Portal, interview: Interview) -> Person | None:
    """The hiring manager of an interview, else its first interviewer."""
    return _first(_people(portal, interview.people), _MANAGERS)


def sender_or_contact(portal: Portal, application: Application, item: Happening) -> Person | None:
    """Who wrote, as the log item says, else the main contact."""
    return portal.people[item.sender] if item.sender else main_contact(portal, application)


def sender_or_manager(
    portal: Portal, application: Application, item: Happening | None
) -> Person | None:
    """Who wrote, as the log item says, else the hiring manager, else the main contact."""
    if item and item.sender:
        return portal.people[item.sender]
    people = _people(portal, application.people)
    return _first(people, _MANAGERS[:1]) or _contact(people)


def referrer(portal: Portal, application: Application) -> Person | None:
    """Who recommended the owner for the opening."""
    return _first(_people(portal, application.people), (Role.REFERRER,))


def _contact(people: Sequence[Person]) -> Person | None:
    return _first(people, _CONTACTS)


def _first(people: Sequence[Person], roles: Iterable[Role]) -> Person | None:
    by_role = (person for role in roles for person in people if role_of(person) is role)
    return next(by_role, None)


def role_of(person: Person) -> Role:
    """What a person does in the hiring; who was met and has no role is an interviewer."""
    return person.role or Role.INTERVIEWER


def _people(portal: Portal, ids: Iterable[str]) -> tuple[Person, ...]:
    return tuple(portal.people[id_] for id_ in ids)
