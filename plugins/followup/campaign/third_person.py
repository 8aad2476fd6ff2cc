"""Whether a line talks about somebody instead of to them."""

from __future__ import annotations

import re
from functools import lru_cache

from followup.campaign.phrasebook import Phrasebook
from followup.portal.model import Person


def talks_about(text: str, reader: Person | None, book: Phrasebook) -> bool:
    """Whether `text` says *she*, *his*, or the reader's own name: a letter to them cannot.

    A pronoun may mean somebody else; whether it does is more than a rule can tell.
    """
    if contains_word(text, book.watched.third_person):
        return True
    if reader is None:
        return False
    parts = _name_parts(reader)
    return bool(parts) and _any_of(parts).search(text) is not None


def contains_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of `words` stands in `text` as a word of its own, in either case."""
    return _any_of(words, re.IGNORECASE).search(text) is not None


def starts_with_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` begins with one of `words`, in either case."""
    return bool(words) and _any_of(words, re.IGNORECASE).match(text) is not None


def _name_parts(person: Person) -> tuple[str, ...]:
    """Every part of a name as it is written with a capital; `de` and `van` are nobody's own."""
    written = f"{person.name or ''} {person.family_name or ''}"
    return tuple(part for part in written.split() if len(part) > 1 and not part.islower())


@lru_cache(maxsize=1_024)
def _any_of(words: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """What finds one of the words; the same few are asked for in every letter."""
    choices = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<![\w'’-])(?:{choices})(?![\w-])", flags)
