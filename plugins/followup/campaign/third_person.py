"""Whether a line talks about somebody instead of to them."""

from __future__ import annotations

import re
from functools import lru_cache

from followup.campaign.phrasebook import Phrasebook
from followup.campaign.salutation import build_reference
from followup.portal.model import Person


def talks_in_third_person(text: str, book: Phrasebook) -> bool:
    """Whether `text` says *she* or *his*, or *Asked about SQL.*: a letter cannot, to whomever it goes.

    A pronoun may mean somebody else; whether it does is more than a rule can tell.
    """
    watched = book.watched
    if contains_word(text, watched.third_person):
        return True
    if watched.reports and _sentence_with(watched.reports).search(text):
        return True
    as_written = watched.third_person_as_written
    return bool(as_written) and _any_of(as_written).search(text) is not None


def names_of(person: Person, book: Phrasebook) -> tuple[str, ...]:
    """The name of a person and its parts, as a text may have them, without what means something else.

    *May* and *Will* alone name nobody, but *Ms. May* and *Will Turner* do.
    """
    ordinary = book.watched.ordinary
    parts = [part for part in _name_parts(person) if part.casefold() not in ordinary]
    whole = [build_reference(person, book), *([person.name] if person.name else [])]
    return tuple(dict.fromkeys((*parts, *(name for name in whole if " " in name))))


def contains_name(text: str, names: tuple[str, ...]) -> bool:
    """Whether one of these names stands in `text` as it is written."""
    plain = text.replace("’", "'")
    near = tuple(name for name in names if name.replace("’", "'") in plain)
    return bool(near) and _any_of(near).search(text) is not None


@lru_cache(maxsize=8_192)
def contains_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of `words` stands in `text` as a word of its own, in either case.

    Letters have many sentences in common.
    """
    return _any_of(words, re.IGNORECASE).search(text) is not None


def starts_with_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` begins with one of `words`, in either case."""
    return bool(words) and _any_of(words, re.IGNORECASE).match(text) is not None


def ends_with_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` ends with one of `words`, in either case, whatever mark stands after it."""
    last = text.rstrip(" \u00a0\u202f.,;:!?…\"'”’»)").rpartition(" ")[2]
    return last.casefold() in {word.casefold() for word in words}


def _name_parts(person: Person) -> tuple[str, ...]:
    """Every part of a name as it is written with a capital; `de` and `van` are nobody's own."""
    written = f"{person.name or ''} {person.family_name or ''}"
    return tuple(part for part in written.split() if len(part) > 1 and not part.islower())


@lru_cache(maxsize=64)
def _sentence_with(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds a sentence that begins with one of the words, in either case."""
    return re.compile(rf"(?:^|[.!?:;]\s+){_any_of(words).pattern}", re.IGNORECASE)


@lru_cache(maxsize=1_024)
def _any_of(words: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """What finds one of the words, with either apostrophe; the same few are asked for every time."""
    choices = "|".join(re.escape(word).replace("'", "['’]") for word in words)
    return re.compile(rf"(?<![\w'’-])(?:{choices})(?![\w-])", flags)
