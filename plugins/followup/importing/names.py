"""Somebody's name as directories and mail programs write it, taken apart as a note has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from followup.notes.name_titles import title_in

# A department, or `External`, behind the name.
_BEHIND: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")
# What stands behind a comma without being a given name, in small letters alone.
_DEGREES: Final = frozenset(
    "jr sr ii iii iv esq phd mba md jd llm llb cpa cfa cfp pmp phr sphr shrmcp shrmscp msc bsc meng"
    " mph mpa dds rn".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name without what is no part of it; `family_name` where it is told and has several words."""

    name: str
    honorific: str | None = None
    academic_title: str | None = None
    family_name: str | None = None


def parse_name(written: str) -> Named:
    """The name in `Prof. Dr. van Dijk, Marie (HR)`: the given one first, titles by themselves.

    What is none of these forms stays as it is written; a note that has it gets a warning.
    """
    text = written.strip()
    while (shorter := _BEHIND.sub("", text)) not in ("", text):
        text = shorter
    text, titles = _without_titles(text)
    parts = [part for part in map(str.strip, text.split(",")) if part and not _is_degree(part)]
    family = None
    if len(parts) == 2 and all(map(_WORDS.fullmatch, parts)):
        given, more = _without_titles(parts[1])
        titles = {**titles, **more}
        text, family = f"{given} {parts[0]}", parts[0] if " " in parts[0] else None
    elif len(parts) == 1:
        text = parts[0]
    return Named(text, titles.get("honorific"), titles.get("academic_title"), family)


def _without_titles(name: str) -> tuple[str, dict[str, str]]:
    """A name without the titles before it, and these by their keys in a note."""
    titles: dict[str, str] = {}
    while found := title_in(name):
        key, title = found
        if key in titles and (titles[key], title) != ("Prof.", "Dr."):
            break
        titles[key] = f"{titles[key]} {title}" if key in titles else title
        name = name.split(maxsplit=1)[1]
    return name, titles


def _is_degree(part: str) -> bool:
    return re.sub(r"[\W_]", "", part).casefold() in _DEGREES
