"""People as an address book takes them in (vCard 3.0, RFC 2426)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

from followup.portal.model import Person
from followup.portal.names import family_name
from followup.site.lookup import Lookup, name_of
from followup.site.wording import ROLES, sentence

_LONGEST: Final = 75
# Some programs end a line at each of these; none of them can be written in a card.
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_TITLES: Final = frozenset({"mr", "ms", "mrs", "miss", "mx", "dr", "prof"})


def render_vcard(lookup: Lookup) -> str:
    """A card for everybody the notes name, in the order of their companies.

    It holds who they are and how to reach them, and nothing that the notes say about them.
    """
    return "".join(_card(lookup, person) for person in lookup.portal.people.values())


def _card(lookup: Lookup, person: Person) -> str:
    company = lookup.portal.companies[person.company].name
    return "".join(
        _fold(f"{name}:{value}\r\n")
        for name, value in (
            ("BEGIN", "VCARD"),
            ("VERSION", "3.0"),
            ("PRODID", "-//Followup//People//EN"),
            ("UID", f"{hashlib.sha256(person.id.encode()).hexdigest()[:32]}@followup.invalid"),
            ("FN", _text(_full_name(person, company))),
            ("N", _parts(_name_parts(person))),
            ("ORG", _text(company)),
            *_known(lookup, person),
            ("END", "VCARD"),
        )
    )


def _known(lookup: Lookup, person: Person) -> Iterator[tuple[str, str]]:
    """What is known of a person, where it is."""
    facts = (
        ("TITLE", person.job_title),
        ("EMAIL;TYPE=INTERNET", person.email),
        ("TEL;TYPE=WORK", person.phone),
        ("NOTE", _note(lookup, person)),
    )
    for name, value in facts:
        if value:
            yield name, _text(value)


def _full_name(person: Person, company: str) -> str:
    """The name as it is noted; without one what the person is, else the company."""
    known = person.name or person.family_name or person.job_title or person.role
    return person.name or (name_of(person) if known else company)


def _name_parts(person: Person) -> tuple[str, ...]:
    """Family name, given name, additional names, prefix, suffix; empty where it would be a guess."""
    family = family_name(person)
    if family is None:
        return ("", "", "", "", "")
    prefix = person.academic_title or person.honorific or ""
    return (family, _given_name(person.name or "", family), "", prefix, "")


def _given_name(name: str, family: str) -> str:
    """What the name holds beside the family name, before or after it, if that is surely a name.

    A word in lower case, as in `María de la Vega`, may belong to either; a title belongs to none.
    """
    if name.endswith(f" {family}"):
        rest = name.removesuffix(family)
    elif name.startswith((f"{family} ", f"{family},")):
        rest = name.removeprefix(family)
    else:
        return ""
    words = rest.strip(" ,").split()
    doubtful = any(w[0].islower() or w.casefold().rstrip(".") in _TITLES for w in words)
    return "" if doubtful else " ".join(words)


def _note(lookup: Lookup, person: Person) -> str:
    """`Hiring manager, Data Analyst`: why they are in the address book."""
    titles = dict.fromkeys(lookup.application(path).title for path in person.sources)
    role = sentence(ROLES[person.role]) if person.role else ""
    return ", ".join(filter(None, (role, *titles)))


def _parts(parts: Iterable[str]) -> str:
    return ";".join(map(_text, parts))


def _text(text: str) -> str:
    """A text as a card holds it: on one line, with nothing in it that could end it."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n")).strip().translate(_ESCAPED)


def _fold(line: str) -> str:
    """The line in pieces of at most 75 bytes, none of which splits a character."""
    pieces = [""]
    used = 0
    for character in line.removesuffix("\r\n"):
        size = len(character.encode())
        if used + size > _LONGEST:
            pieces.append("")
            used = 1
        pieces[-1] += character
        used += size
    return "\r\n ".join(pieces) + "\r\n"
