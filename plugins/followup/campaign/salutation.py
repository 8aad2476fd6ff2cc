"""How a letter begins: formal, and without guessing a gender, a title or a family name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from followup.campaign.phrasebook import Agreeing, Phrasebook, fill, placeholders
from followup.notes.name_titles import title_in
from followup.portal.model import Person
from followup.portal.names import family_name

Policy = Literal["formal", "first_name"]


class Doubt(StrEnum):
    """What keeps a formal salutation from being certain."""

    NAME = "name"
    HONORIFIC = "honorific"
    FAMILY_NAME = "family_name"


@dataclass(frozen=True, slots=True)
class Salutation:
    """The line a letter begins with, and what was not known for it."""

    text: str
    doubts: tuple[Doubt, ...] = ()


def build_salutation(person: Person | None, book: Phrasebook, policy: Policy) -> Salutation:
    """The salutation by the first row that fits: given verbatim, first name, title, honorific, name."""
    if person and person.salutation:
        return Salutation(person.salutation)
    if person is None or not is_named(person):
        return _nobody(person, book)
    if policy == "first_name" and (given := given_name(person)):
        row = agree(book.salutations.first_name, person.honorific)
        return Salutation(fill(row, {"given_name": given, **_fields(person, book)}))
    return _formal(person, book)


def is_named(person: Person) -> bool:
    """Whether a note knows what a person is called."""
    return bool(person.name or family_name(person))


def build_reference(person: Person, book: Phrasebook) -> str:
    """How a sentence names a person: by title and family name where those are certain."""
    fields = _fields(person, book)
    rows = (_reference_row(person, book), book.references.name)
    texts = [agree(row, person.honorific) for row in rows]
    fitting = (text for text in texts if set(placeholders(text)) <= set(fields))
    text = next(fitting, None)
    return fill(text, fields) if text else family_name(person) or book.gaps.nobody


def _reference_row(person: Person, book: Phrasebook) -> Agreeing:
    rows = book.references
    if person.academic_title:
        return rows.academic if person.honorific else rows.academic_without_honorific
    return rows.honorific if person.honorific else rows.name


def begin_after_comma(text: str, book: Phrasebook) -> str:
    """The first sentence of a letter as the language writes it after `Sehr geehrte Frau Okafor,`."""
    opening = book.opening
    if opening.lower_case == "no":
        return text
    word = re.match(r"\w+", text)
    if word is None or word[0] in opening.but:
        return text
    return text[:1].lower() + text[1:]


def _nobody(person: Person | None, book: Phrasebook) -> Salutation:
    row = agree(book.salutations.nobody, person.honorific if person else None)
    return Salutation(row, (Doubt.NAME,))


def _formal(person: Person, book: Phrasebook) -> Salutation:
    """A row with a family name only where that is certain; else the full name."""
    doubts = tuple(_doubts(person))
    row = agree(_row(person, book), person.honorific)
    fields = _fields(person, book)
    if any(name not in fields for name in placeholders(row)):
        row = agree(book.salutations.name, person.honorific)
    if any(name not in fields for name in placeholders(row)):
        return _nobody(person, book)
    return Salutation(fill(row, fields), doubts)


def _row(person: Person, book: Phrasebook) -> Agreeing:
    rows = book.salutations
    if person.academic_title:
        return rows.academic if person.honorific else rows.academic_without_honorific
    return rows.honorific if person.honorific else rows.name


def _doubts(person: Person) -> list[Doubt]:
    found = []
    if not (person.honorific or person.academic_title):
        found.append(Doubt.HONORIFIC)
    if not family_name(person):
        found.append(Doubt.FAMILY_NAME)
    return found


def _fields(person: Person, book: Phrasebook) -> Mapping[str, str]:
    """What is known of a person, by the name a salutation asks for it."""
    title = person.academic_title
    if title and (translated := book.academic_titles.get(title)):
        title = agree(translated, person.honorific)
    known = {
        "name": person.name,
        "family_name": family_name(person),
        "honorific": person.honorific,
        "academic_title": title,
    }
    return {name: value for name, value in known.items() if value}


def agree(texts: Agreeing, honorific: str | None) -> str:
    """The text that agrees with an honorific; `other` where there is none of its own.

    Of somebody without an honorific no more is known than of `Mx.`.
    """
    if isinstance(texts, str):
        return texts
    by_honorific = {str(key): text for key, text in texts.items()}
    return by_honorific.get(honorific or "Mx.", by_honorific["other"])


def given_name(person: Person) -> str | None:
    """The first part of the name that is no part of a given family name.

    A title, or a family name before a comma, is no given name; which part is one would be a guess.
    """
    name = person.name or ""
    if "," in name or title_in(name):
        return None
    if person.family_name:
        rest = name.removeprefix(person.family_name) if name != person.family_name else ""
        name = rest if rest[:1] in ("", " ") else name
    return next(iter(name.split()), None)
