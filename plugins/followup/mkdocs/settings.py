"""The settings at the head of an ordinary page: what the theme can use, as text that is no HTML."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import escape

_BOUND: Final = (str, int, float, date)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one page, and the names of those that nobody could use."""

    values: dict[str, Any]
    refused: tuple[str, ...]


def read_settings(meta: Mapping[Any, Any], is_icon: Callable[[str], bool]) -> Settings:
    """What `meta` holds for the theme and for other plugins; `is_icon` knows the theme's icons.

    No value goes deeper than a list of texts: aliases in YAML can make a short text endless.
    """
    values: dict[str, Any] = {}
    refused = []
    for key, value in meta.items():
        if key == "template" or value is None:
            continue
        read = _READERS.get(key, _text_or_list)(value)
        if read is None or (key == "icon" and not is_icon(str(value))):
            refused.append(str(key))
        else:
            values[str(escape(key))] = read
    return Settings(values, tuple(refused))


def _text(value: object) -> str | None:
    return str(escape(value)) if isinstance(value, _BOUND) else None


def _texts(value: object) -> list[str] | None:
    items = value if isinstance(value, list) else [value]
    texts = [text for item in items if (text := _text(item)) is not None]
    return texts if len(texts) == len(items) else None


def _text_or_list(value: object) -> Any:
    if isinstance(value, list):
        return _texts(value)
    return value if isinstance(value, bool | int | float | date) else _text(value)


def _search(value: object) -> dict[str, Any] | None:
    if not isinstance(value, dict) or not value.keys() <= {"exclude", "boost"}:
        return None
    exclude, boost = value.get("exclude", False), value.get("boost", 1)
    good = isinstance(exclude, bool) and isinstance(boost, int | float) and math.isfinite(boost)
    return dict(value) if good else None


_READERS: Final[Mapping[str, Callable[[object], Any]]] = {
    "title": _text,
    "subtitle": _text,
    "description": _text,
    "status": _text,
    "icon": _text,
    "hide": _texts,
    "tags": _texts,
    "search": _search,
}
