"""Titles that somebody writes into a name, and where they belong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_HONORIFICS: Final[Mapping[str, str]] = {
    "mr": "Mr.", "herr": "Mr.", "monsieur": "Mr.", "señor": "Mr.", "sr": "Mr.",
    "ms": "Ms.", "frau": "Ms.", "madame": "Ms.", "mme": "Ms.", "señora": "Ms.", "sra": "Ms.",
    "mrs": "Mrs.", "miss": "Miss", "mx": "Mx.",
}  # fmt: skip
_ACADEMIC: Final[Mapping[str, str]] = {
    "dr": "Dr.", "dra": "Dr.", "doctor": "Dr.", "prof": "Prof.", "professor": "Prof.",
    "professorin": "Prof.",
}  # fmt: skip


def title_in(name: str) -> tuple[str, str] | None:
    """The key and the value that the first word of a name is, where it is a title and no name."""
    first, *rest = name.split() or [""]
    # A word of one's own: somebody may be called Miss, or Prof, alone.
    return title_of(first) if rest else None


def title_of(word: str) -> tuple[str, str] | None:
    """The key and the value in a note that a word is as a title, whatever it stands in."""
    plain = word.rstrip(".").casefold()
    if plain in _HONORIFICS:
        return "honorific", _HONORIFICS[plain]
    return ("academic_title", _ACADEMIC[plain]) if plain in _ACADEMIC else None
