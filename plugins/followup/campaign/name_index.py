"""The names of companies and people in all notes, to find one that is in the wrong letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

    def other_companies(self, text: str, own: str) -> tuple[str, ...]:
        """Companies that `text` names and that are not, and are no part of, the company `own`.

        Where a sentence begins, an ordinary word has a capital anyway: *Gap analysis* is no company.
        """
        found = list(_WORD.finditer(text))
        words = [
            word[0].lower()
            if word[0].casefold() in self.ordinary and _begins(text, word.start())
            else word[0]
            for word in found
        ]
        return _others(words, self.companies, own)

    def other_people(self, text: str, own: str) -> tuple[str, ...]:
        """People of other companies that `text` names in full, or by title and family name."""
        return _others(_WORD.findall(text), self.people, own)


def _begins(text: str, place: int) -> bool:
    """Whether a sentence of `text` begins at `place`."""
    before = text[:place].rstrip(_OPENING)
    return not before or before.endswith(_ENDS)


def build_name_index(portal: Portal, books: Collection[Phrasebook]) -> NameIndex:
    """The index of every name in the portal, with the titles that people have in these books."""
    companies = ((company.name, company.slug) for company in portal.companies.values())
    titles = sorted(_TITLES.union(*map(_titles_of, books)))
    ordinary = frozenset(word.casefold() for book in books for word in book.watched.ordinary_words)
    return NameIndex(_by_first_word(companies), _by_first_word(_people(portal, titles)), ordinary)


def _titles_of(book: Phrasebook) -> Iterator[str]:
    """The word before a family name, wherever a letter addresses or names somebody by it."""
    rows = chain(book.salutations.model_dump().values(), book.references.model_dump().values())
    for row in rows:
        for text in [row] if isinstance(row, str) else row.values():
            yield from _TITLE.findall(text)


def _people(portal: Portal, titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    for person in portal.people.values():
        if person.name and len(person.name.split()) > 1:
            yield person.name, person.company
        if family := family_name(person):
            yield from ((f"{title} {family}", person.company) for title in titles)


def _by_first_word(
    names: Iterable[tuple[str, str]],
) -> Mapping[str, Mapping[Words, frozenset[str]]]:
    index: dict[str, dict[Words, frozenset[str]]] = {}
    for name, company in names:
        words = tuple(_WORD.findall(name))
        if sum(map(len, words)) < _SHORTEST or len(words) > _LONGEST:
            continue
        known = index.setdefault(words[0], {})
        known[words] = known.get(words, frozenset()) | {company}
    return index


def _others(
    words: list[str], index: Mapping[str, Mapping[Words, frozenset[str]]], own: str
) -> tuple[str, ...]:
    """The longest name at each place, where it is none of `own`'s."""
    found = []
    if index.keys().isdisjoint(words):
        return ()
    place = 0
    while place < len(words):
        longest = _longest(words[place : place + _LONGEST], index)
        if longest and own not in index[longest[0]][longest]:
            found.append(" ".join(longest))
        place += max(len(longest), 1)
    return tuple(dict.fromkeys(found))


def _longest(words: list[str], index: Mapping[str, Mapping[Words, frozenset[str]]]) -> Words:
    """The longest name that begins with the first of these words."""
    here = index.get(words[0])
    if here is None:
        return ()
    runs = (tuple(words[:length]) for length in range(len(words), 0, -1))
    return next((run for run in runs if run in here), ())
