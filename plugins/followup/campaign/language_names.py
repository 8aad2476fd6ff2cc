"""The language that somebody means who writes it in their own way: `EN`, `en_US`, `English`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

_NAMES: Final[Mapping[str, str]] = {
    "english": "en",
    "american": "en-US",
    "british": "en-GB",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "spanish": "es",
    "español": "es",
    "espanol": "es",
    "castellano": "es",
}


def nearest_language(text: str, known: Collection[str]) -> str | None:
    """The one of `known` that is meant by `text`, or None."""
    base, _, region = text.strip().replace("_", "-").partition("-")
    spelled = f"{base.lower()}-{region.upper()}" if region else base.lower()
    meant = (spelled, _NAMES.get(text.strip().casefold(), ""), base.lower())
    return next((name for name in meant if name in known), None)
