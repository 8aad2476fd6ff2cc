"""Passphrases: made by lot, or somebody's own where nobody would guess it.

What is published can be collected and tried for ever, without a limit on how often; so the lock is only
as good as this.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from followup.publish.vault import normalize_passphrase

WORDS: Final = 6
"""So many words of the list, of 7,776 each: 77.5 bits."""
FEWEST_CHARACTERS: Final = 20
_FEWEST_KINDS: Final = 8
_FEWEST_TO_CHOOSE_FROM: Final = 7_776
_LONGEST_CHARACTERS: Final = 1_000
_LEET: Final = str.maketrans("013457@$!|", "oleastasil")
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
)
_SHORTEST_RUN: Final = 3


def make_passphrase(choose: Callable[[Sequence[str]], str]) -> str:
    """Six words; `choose` draws one of them all, such as `secrets.choice`."""
    return " ".join(choose(_words()) for _ in range(WORDS))


def find_weakness(passphrase: str) -> str | None:
    """Why a passphrase is refused, or None for a good one."""
    text = normalize_passphrase(passphrase)
    if any(unicodedata.category(sign).startswith("C") for sign in text):
        return "it holds characters that not every keyboard can type"
    if len(text) < FEWEST_CHARACTERS:
        return f"it has {len(text)} characters, and needs at least {FEWEST_CHARACTERS}"
    if len(text) > _LONGEST_CHARACTERS:
        return f"it has more than {_LONGEST_CHARACTERS:,} characters"
    if len(set(text.casefold())) < _FEWEST_KINDS:
        return f"it is made of fewer than {_FEWEST_KINDS} different characters"
    if _repeats(text):
        return "it says the same thing again and again"
    if _is_common(text):
        return "it is one of those that are tried first"
    return None


def _repeats(text: str) -> bool:
    """Whether it is one piece said more than once, and that piece too short."""
    folded = "".join(text.casefold().split())
    size = (folded + folded).find(folded, 1)
    return size < len(folded) and size < FEWEST_CHARACTERS


def _is_common(text: str) -> bool:
    """Whether common pieces, runs of keys and digits follow one another from beginning to end."""
    typed = "".join(sign for sign in text.casefold() if sign.isalnum() or ord(sign) in _LEET)
    meant = typed.translate(_LEET)
    reached = {0}
    for start in range(len(typed)):
        if start in reached:
            sizes = _pieces_at(typed, start) | _pieces_at(meant, start)
            reached |= {start + size for size in sizes}
    return len(typed) in reached


def _pieces_at(text: str, start: int) -> set[int]:
    """The lengths of all the pieces that begin at `start`."""
    rest = text[start:]
    sizes = {len(piece) for piece in _common() if rest.startswith(piece)}
    sizes |= {size for size in range(_SHORTEST_RUN, len(rest) + 1) if _is_run(rest[:size])}
    if not rest[0].isalpha():
        sizes.add(1)
    return sizes


def _is_run(text: str) -> bool:
    """Whether it is one key again and again, or neighbours on a keyboard or in the alphabet."""
    return len(set(text)) == 1 or any(text in row or text in row[::-1] for row in _ROWS)


@cache
def _words() -> tuple[str, ...]:
    """The words to choose from; fewer would make every passphrase weaker, and nobody would see it."""
    words = _load("words.txt")
    if len(set(words)) < _FEWEST_TO_CHOOSE_FROM:
        raise RuntimeError("the list of words is not whole")
    return words


@cache
def _common() -> frozenset[str]:
    return frozenset(_load("common.txt"))


def _load(name: str) -> tuple[str, ...]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return tuple(re.findall(r"^[^#\s]+$", text, re.M))
