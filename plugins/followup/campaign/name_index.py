"""The names of companies and people in all notes, to find one that is in the wrong letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import Final, get_args

from followup.campaign.phrasebook import Phrasebook
from followup.notes.schema import AcademicTitle, Honorific
from followup.portal.model import Portal
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


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names as words, by their first word; each with the companies it belongs to."""

    companies: Mapping[str, Mapping[Words, frozenset[str]]]
    people: Mapping[str, Mapping[Words, frozenset[str]]]
    ordinary: frozenset[str]

    def among(self, words: AbstractSet[str]) -> NameIndex:
        """The names that a text of these words, given without regard to case, can hold."""
        companies, people = (
            {first: names for first, names in index.items() if first.casefold() in words}
            for index in (self.companies, self.people)
        )
        return NameIndex(companies, people, self.ordinary & words)

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
        return _named(words, self.companies)

    def companies_of_people_in(self, text: str) -> Mapping[str, frozenset[str]]:
        """Where the people are whom `text` names in full, or by title and family name."""
        return _named(_WORD.findall(text), self.people)


def _begins(text: str, place: int) -> bool:
    """Whether a sentence of `text` begins at `place`."""
    before = text[:place].rstrip(_OPENING)
    return not before or before.endswith(_ENDS)


def build_name_index(portal: Portal, books: Collection[Phrasebook]) -> NameIndex:
    """The index of every name in the portal, with the titles that people have in these books."""
    companies = ((_words(company.name), company.slug) for company in portal.companies.values())
    titles = sorted(_TITLES.union(*map(_titles_of, books)))
    ordinary = frozenset().union(*(book.watched.ordinary for book in books))
    return NameIndex(_by_first_word(companies), _by_first_word(_people(portal, titles)), ordinary)


def _titles_of(book: Phrasebook) -> Iterator[str]:
    """The word before a family name, wherever a letter addresses or names somebody by it."""
    rows = chain(book.salutations.model_dump().values(), book.references.model_dump().values())
    for row in rows:
        for text in [row] if isinstance(row, str) else row.values():
            yield from _TITLE.findall(text)


def _people(portal: Portal, titles: Sequence[str]) -> Iterator[tuple[Words, str]]:
    for person in portal.people.values():
        if person.name and len(person.name.split()) > 1:
            yield _words(person.name), person.company
        if family := family_name(person):
            own = _words(family)
            yield from (((title, *own), person.company) for title in titles)


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text))


def _by_first_word(
    names: Iterable[tuple[Words, str]],
) -> Mapping[str, Mapping[Words, frozenset[str]]]:
    index: dict[str, dict[Words, frozenset[str]]] = {}
    for words, company in names:
        if sum(map(len, words)) < _SHORTEST or len(words) > _LONGEST:
            continue
        known = index.setdefault(words[0], {})
        known[words] = known.get(words, frozenset()) | {company}
    return index


def _named(
    words: list[str], index: Mapping[str, Mapping[Words, frozenset[str]]]
) -> Mapping[str, frozenset[str]]:
    """The longest name at each place."""
    found: dict[str, frozenset[str]] = {}
    if index.keys().isdisjoint(words):
        return found
    place = 0
    while place < len(words):
        longest = _longest(words[place : place + _LONGEST], index)
        if longest:
            found[" ".join(longest)] = index[longest[0]][longest]
        place += max(len(longest), 1)
    return found


def _longest(words: list[str], index: Mapping[str, Mapping[Words, frozenset[str]]]) -> Words:
    """The longest name that begins with the first of these words."""
    here = index.get(words[0])
    if here is None:
        return ()
    runs = (tuple(words[:length]) for length in range(len(words), 0, -1))
    return next((run for run in runs if run in here), ())
