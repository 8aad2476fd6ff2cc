"""How the owner's text is quoted in a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONGEST_QUOTE = 60


def quote(text: str) -> str:
    """`text` in backticks, on one line, shortened, without anything that could move a cursor."""
    line = " ".join(text[: 4 * _LONGEST_QUOTE].split())
    short = line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
    return f"`{show_controls(short)}`"


def show_controls(text: str) -> str:
    """`text` with every character that does not print written as its code."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or unicodedata.category(character) == "Zs"
        else f"\\u{ord(character):04x}"
        for character in text
    )


def one_of(words: Iterable[str]) -> str:
    """The hint for a closed vocabulary: `one of onsite, hybrid, remote`."""
    return f"one of {', '.join(words)}"
