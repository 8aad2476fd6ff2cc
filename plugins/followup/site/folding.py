"""The text that the filter of a list looks at; the script folds what is typed in the same way."""

from __future__ import annotations

import unicodedata
from typing import Final

# Letters that no decomposition takes apart; `FOLDED` of the script says the same.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"}
)


def fold_text(*parts: str | None) -> str:
    """All that is given as one text without capitals and accents."""
    text = " ".join(filter(None, parts)).lower().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))
