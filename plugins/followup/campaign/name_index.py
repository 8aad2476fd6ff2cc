"""The names of companies and people in all notes, to find one that is in the wrong letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final, get_args

from followup.campaign.phrasebook import Phrasebook
from followup.notes.schema import AcademicTitle, Honorific
from followup.portal.model import Person, Portal
from followup.portal.names import family_name

_WORD: Final = re.compile(r"\w+")
_ENDS: Final = (".", "!", "?", ":", "…")
_OPENING: Final = " \u00a0\u202f\"'“”„«»‘’()[]–-"
_TITLE: Final = re.compile(r"(\w+)\.?\s+\{family_name\}")
_SHORTEST: Final = 3
_LONGEST: Final = 8
_TITLES: Final = frozenset(
    word for title in (*get_args(Honorific), *get_args(AcademicTitle))
    for word in _WORD.findall(title)
)  # fmt: skip
Words = tuple[str, ...]
Found = tuple[Words, frozenset[str]]
"""A name with the companies it belongs to, or nothing."""


Names = Mapping[str, Mapping[Words, frozenset[str]]]
"""Names as words, by their first word; each with the companies it belongs to."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of companies, of people in full, and the family names of people.

    `titles` are the words before a family name, `ordinary` those that mean something else as well.
    """

    companies: Names
    people: Names
    families: Names
    titles: frozenset[str]
    ordinary: frozenset[str]

    def among(self, words: AbstractSet[str]) -> NameIndex:
        """The names that a text of these words, given without regard to case, can hold."""
        companies, people, families = (
            {first: names for first, names in index.items() if first.casefold() in words}
            for index in (self.companies, self.people, self.families)
        )
        titles = frozenset(title for title in self.titles if title.casefold() in words)
        return NameIndex(companies, people, families, titles, self.ordinary & words)

    def companies_in(self, text: str) -> Mapping[str, frozenset[str]]:
        """The companies that `text` names, by the name that stands there.

        Where a sentence begins, an ordinary word has a capital anyway: *Gap analysis* is no company.
        """
        plain = _WORD.findall(text)
        if self.companies.keys().isdisjoint((*plain, *map(str.lower, plain))):
            return {}
        words = [
            word[0].lower()
            if word[0].casefold() in self.ordinary and _begins(text, word.start())
            else word[0]
            for word in _WORD.finditer(text)
        ]
        return _named(words, partial(_longest, index=self.companies))

    def companies_of_people_in(self, text: str) -> Mapping[str, frozenset[str]]:
        """Where the people are whom `text` names in full, or by title and family name."""
        words = _WORD.findall(text)
        if self.people.keys().isdisjoint(words) and self.titles.isdisjoint(words):
            return {}
        return _named(words, self._longest_of_person)

    def _longest_of_person(self, words: list[str]) -> Found:
        """The longest name of a person that begins with the first of these words."""
        full, where = _longest(words, self.people)
        title, *behind = words
        if title not in self.titles or not behind:
            return full, where
        family, there = _longest(behind, self.families)
        titled = (title, *family)
        if not family or len(titled) < len(full) or sum(map(len, titled)) < _SHORTEST:
            return full, where
        return titled, there | where if titled == full else there


def _begins(text: str, place: int) -> bool:
    """Whether a sentence of `text` begins at `place`."""
    before = text[:place].rstrip(_OPENING)
    return not before or before.endswith(_ENDS)


def build_name_index(portal: Portal, books: Collection[Phrasebook]) -> NameIndex:
    """The index of every name in the portal, with the titles that people have in these books."""
    companies = ((_words(company.name), company.slug) for company in portal.companies.values())
    people = portal.people.values()
    return NameIndex(
        _by_first_word(companies, _SHORTEST, _LONGEST),
        _by_first_word(_full_names(people), _SHORTEST, _LONGEST),
        _by_first_word(_family_names(people), 1, _LONGEST - 1),
        _TITLES.union(*map(_titles_of, books)),
        frozenset().union(*(book.watched.ordinary for book in books)),
    )


def _titles_of(book: Phrasebook) -> Iterator[str]:
    """The word before a family name, wherever a letter addresses or names somebody by it."""
    rows = chain(book.salutations.model_dump().values(), book.references.model_dump().values())
    for row in rows:
        for text in [row] if isinstance(row, str) else row.values():
            yield from _TITLE.findall(text)


def _full_names(people: Iterable[Person]) -> Iterator[tuple[Words, str]]:
    for person in people:
        if person.name and len(person.name.split()) > 1:
            yield _words(person.name), person.company


def _family_names(people: Iterable[Person]) -> Iterator[tuple[Words, str]]:
    for person in people:
        if family := family_name(person):
            yield _words(family), person.company


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text))


def _by_first_word(names: Iterable[tuple[Words, str]], shortest: int, longest: int) -> Names:
    """Names of at least so many letters and at most so many words."""
    index: dict[str, dict[Words, frozenset[str]]] = {}
    for words, company in names:
        if sum(map(len, words)) < shortest or len(words) > longest:
            continue
        known = index.setdefault(words[0], {})
        known[words] = known.get(words, frozenset()) | {company}
    return index


def _named(
    words: list[str], longest_of: Callable[[list[str]], Found]
) -> Mapping[str, frozenset[str]]:
    """The longest name at each place."""
    found: dict[str, frozenset[str]] = {}
    place = 0
    while place < len(words):
        longest, companies = longest_of(words[place : place + _LONGEST])
        if longest:
            found[" ".join(longest)] = companies
        place += max(len(longest), 1)
    return found


def _longest(words: list[str], index: Names) -> Found:
    """The longest name that begins with the first of these words."""
    here = index.get(words[0])
    if here is None:
        return (), frozenset()
    runs = (tuple(words[:length]) for length in range(len(words), 0, -1))
    return next(((run, here[run]) for run in runs if run in here), ((), frozenset()))
