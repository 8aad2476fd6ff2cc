"""What the notes know already that a new note can take over."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

from followup.notes.schema import Format
from followup.portal.model import Application, Company, Interview, Person, Portal
from followup.portal.slugs import fold_name

_ALIKE: Final = 0.8


def same_name(names: Iterable[str], text: str) -> str | None:
    """The name that `text` means for certain, as it is written already."""
    folded = fold_name(text)
    return next((name for name in names if fold_name(name) == folded), None)


def near_names(names: Iterable[str], text: str) -> tuple[str, ...]:
    """The names that `text` may mean: one has all words of the other, or nearly all letters."""
    wanted, words = _plain(text), _words(text)
    return tuple(
        name
        for name in names
        if (words and _words(name) and (words <= _words(name) or _words(name) <= words))
        or difflib.SequenceMatcher(None, wanted, _plain(name)).ratio() >= _ALIKE
    )


def find_company(portal: Portal, name: str) -> Company | None:
    """The company of this name, whatever its capitals and spaces."""
    folded = fold_name(name)
    companies = portal.companies.values()
    return next((company for company in companies if fold_name(company.name) == folded), None)


def find_application(portal: Portal, company: Company, title: str | None) -> Application | None:
    """The company's application for this job title, the open one first."""
    folded = fold_name(title or "")
    found = [
        portal.applications[id_]
        for id_ in company.applications
        if fold_name(portal.applications[id_].title or "") == folded
    ]
    return min(found, key=lambda application: not application.live, default=None)


def find_people(
    portal: Portal, company: Company, text: str, email: str | None = None
) -> tuple[Person, ...]:
    """The people of the company whom `text` means: their id, or words of their name.

    With an address the whole name is meant, and the address tells namesakes apart.
    """
    people = [portal.people[id_] for id_ in company.people if portal.people[id_].name]
    if email:
        namesakes = [p for p in people if fold_name(p.name or "") == fold_name(text)]
        exact = [p for p in namesakes if (p.email or "").casefold() == email.casefold()]
        return tuple(exact or namesakes)
    named = company.person(text.removeprefix("@"))
    if found := tuple(person for person in people if person.id == named):
        return found
    words = _words(text)
    return tuple(person for person in people if words and words <= _words(person.name or ""))


def next_round(portal: Portal, application: Application, day: date) -> int | None:
    """Which interview one on that day would be, where the application has had one before."""
    before = [
        held
        for held in _interviews(portal, application)
        if held.start.date() <= day and held.format is not Format.NETWORKING and not held.cancelled
    ]
    return max(len(before), *(held.round or 0 for held in before)) + 1 if before else None


def usual_timezone(portal: Portal, application: Application) -> str | None:
    """The time zone of the application's last interview, where it is not the setting's."""
    held = _interviews(portal, application)
    zone = held[-1].timezone if held else portal.options.timezone
    return zone if zone != portal.options.timezone else None


def _interviews(portal: Portal, application: Application) -> list[Interview]:
    """By their start."""
    return [portal.interviews[path] for path in application.interviews]


def _plain(text: str) -> str:
    """`text` without capitals and accents."""
    apart = unicodedata.normalize("NFKD", fold_name(text))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _plain(text)))
