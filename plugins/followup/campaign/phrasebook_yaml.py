"""A YAML file as plain texts, lists and mappings, with the place of each in the file.

Every scalar is a text: YAML's own reading would make a language `no` of Norwegian false. One that
YAML reads as something else is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from followup.notes.problems import Problem, Severity
from followup.notes.scalars import BareValue
from followup.notes.yaml_errors import SAFE_LOADER

Location = tuple[str | int, ...]
_DEEPEST = 12
_TEXT = "tag:yaml.org,2002:str"
_TOO_DEEP = "this is nested too deep"


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column of a file, both from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Located:
    """The content of a file, or of several laid over each other, and where each part begins."""

    value: dict[str, Any]
    places: Mapping[Location, Place]

    def mark(self, location: Location) -> Place:
        """The place of `location`, or of the nearest part around it."""
        for end in range(len(location), -1, -1):
            if place := self.places.get(location[:end]):
                return place
        return Place("", 1, 1)


class _FaultError(Exception):
    """Something in the file that ends its reading."""

    def __init__(self, mark: Any, message: str, hint: str) -> None:
        super().__init__(message)
        self.line: int = mark.line + 1 if mark else 1
        self.column: int = mark.column + 1 if mark else 1
        self.message, self.hint = message, hint


def parse_located(text: str, path: str) -> tuple[Located | None, tuple[Problem, ...]]:
    """The mapping that `text` holds, or None and what is wrong with the file."""
    places: dict[Location, Place] = {}
    try:
        value = _mapping(_read(_compose(text), (), places, path))
    except _FaultError as fault:
        problem = Problem(
            path, fault.line, fault.column, Severity.ERROR, "bad_phrasebook",
            fault.message, fault.hint,
        )  # fmt: skip
        return None, (problem,)
    places.setdefault((), Place(path, 1, 1))
    return Located(value, places), ()


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _FaultError(None, "this is no list of phrases", "write `name: text` on each line")
    return value


def _compose(text: str) -> Any:
    try:
        _refuse_depth(yaml.parse(text, SAFE_LOADER))
        return yaml.compose(text, SAFE_LOADER)
    except yaml.MarkedYAMLError as error:
        message = f"this is no YAML: {error.problem or 'it cannot be read'}"
        raise _FaultError(error.problem_mark, message, "put texts into double quotes") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _FaultError(None, "this is no YAML", "put texts into double quotes") from error


def _refuse_depth(events: Iterable[Any]) -> None:
    """Let nothing through that is nested so deep that composing it would crash."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _FaultError(event.start_mark, _TOO_DEEP, "no phrase needs that")


def _read(node: Any, location: Location, places: dict[Location, Place], path: str) -> Any:
    if node is None:
        return {}
    places.setdefault(location, _place(node, path))
    if len(location) > _DEEPEST:
        raise _FaultError(node.start_mark, _TOO_DEEP, "no alias is needed here")
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == _TEXT else BareValue(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            _read(item, (*location, number), places, path) for number, item in enumerate(node.value)
        ]
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in found:
            message = f"`{name}` is here twice" if name else "a name must be one word"
            raise _FaultError(key.start_mark, message, "give every phrase its own name")
        places[(*location, name)] = _place(key, path)
        found[name] = _read(value, (*location, name), places, path)
    return found


def _place(node: Any, path: str) -> Place:
    return Place(path, node.start_mark.line + 1, node.start_mark.column + 1)
