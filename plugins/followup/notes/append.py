"""A note with one more event in its log, and not a byte changed but the inserted ones.

The place is found by the marks of the parser, text is put in there, and what comes out is read
again: unless it says exactly what the note said before and the new event, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.front_matter import Fenced, split_fence
from followup.notes.problems import Problem, Severity, first_error
from followup.notes.schema import LogItem
from followup.notes.yaml_errors import SAFE_LOADER
from followup.notes.yaml_text import render_text

_TOO_LARGE: Final = ("front_matter_too_large", "note_too_large")
_BOM: Final = b"\xef\xbb\xbf"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_WORD_OR_DAY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a note is left as it is, and what its owner can do."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Insertion:
    """A file with a run of bytes put in: all of it, the run, where it begins, and on which line."""

    data: bytes
    run: bytes
    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something goes: behind a whole line (`column` None) or into it; both count from 0."""

    line: int
    column: int | None
    text: str


def append_event(path: str, data: bytes, item: LogItem) -> Insertion | Refusal:
    """The note in `data` with `item` at the end of its log, or why that cannot be."""
    before, problems = parse_entry(path, data)
    if before is None:
        return refuse_unread(problems)
    place = _find_place(data, item)
    if isinstance(place, Refusal):
        return place
    insertion = _insert(data, place)
    after, faults = parse_entry(path, insertion.data)
    if fault := _fault_of_event(faults, insertion.line):
        return Refusal(fault.message, fault.hint)
    if after is None or not _means_the_same(before, after, item):
        return Refusal(
            "the log of this note is written in a way that nothing can be added to safely",
            f"add to the end of `log:` yourself: - {render_item(item)}",
        )
    return insertion


def refuse_unread(problems: Iterable[Problem]) -> Refusal:
    """Why a file that holds no note is left as it is; of its `problems` some may only be warnings."""
    fault = first_error(problems)
    where = f" in line {fault.line}" if fault else ""
    return Refusal(f"the note has an error{where}", "mend it first: `followup check` shows it")


def _fault_of_event(faults: Iterable[Problem], line: int) -> Problem | None:
    """What is wrong with the event itself, on its line, or with a note of the size it then has."""
    return next(
        (
            fault
            for fault in faults
            if fault.severity is Severity.ERROR
            and (fault.code in _TOO_LARGE or (fault.line == line and fault.code != "yaml_syntax"))
        ),
        None,
    )


def take_back(path: str, data: bytes, insertion: Insertion) -> bytes | Refusal:
    """`data` without the run of an insertion, which must still stand in it, once."""
    gone = Refusal("what was written is no longer there as it was", "change the note yourself")
    at = insertion.offset
    if data[at : at + len(insertion.run)] != insertion.run:
        if data.count(insertion.run) != 1:
            return gone
        at = data.index(insertion.run)
    rest = data[:at] + data[at + len(insertion.run) :]
    now, _ = parse_entry(path, data)
    then, _ = parse_entry(path, rest)
    if now is None or then is None or not _one_event_less(now, then):
        return Refusal("what was written carries what came after it", "change the note yourself")
    return rest


def render_item(item: LogItem) -> str:
    """An event as a line of the log has it: `{on: 2026-11-20, event: sent, to: okafor}`."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in _pairs(item)) + "}"


def _pairs(item: LogItem) -> Iterator[tuple[str, str]]:
    for name in type(item).model_fields:
        value = getattr(item, name)
        if value is not None:
            yield ("from" if name == "sender" else name), render_text(str(value), _WORD_OR_DAY)


def _find_place(data: bytes, item: LogItem) -> _Place | Refusal:
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    fenced = split_fence(text)
    if not isinstance(fenced, Fenced) or fenced.yaml is None:
        return Refusal("the note has no front matter", "begin it with a line `---`")
    root = yaml.compose(fenced.yaml, SAFE_LOADER)
    first = fenced.yaml_line - 1
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return Refusal(
            "the front matter stands in braces",
            "write each key on a line of its own",
        )
    for key, value in root.value:
        if key.value == "log":
            return _in_log(key, value, first, item)
    margin = " " * int(root.value[0][0].start_mark.column)
    return _Place(fenced.body_line - 3, None, f"{margin}log:\n{margin}  - {render_item(item)}")


def _in_log(key: yaml.Node, value: yaml.Node, first: int, item: LogItem) -> _Place | Refusal:
    """The place at the end of a log that is there already; `first` is the line YAML begins on."""
    new = render_item(item)
    if isinstance(value, yaml.ScalarNode):
        if value.value:
            return Refusal(
                f"the log holds `{value.value}` and no events", "take that out, so that `log:` ends"
            )
        margin = " " * int(key.start_mark.column)
        return _Place(first + key.start_mark.line, None, f"{margin}  - {new}")
    if not isinstance(value, yaml.CollectionNode) or not value.flow_style:
        margin = " " * int(value.start_mark.column)
        return _Place(first + _last_line(value), None, f"{margin}- {new}")
    if not value.value:
        return _Place(first + value.start_mark.line, value.start_mark.column + 1, new)
    end = value.value[-1].end_mark
    return _Place(first + end.line, end.column, f", {new}")


def _last_line(node: yaml.Node) -> int:
    """The line on which a node ends; YAML lets a block reach down to whatever follows it."""
    if isinstance(node, yaml.ScalarNode):
        below = node.style in ("|", ">") and node.end_mark.column == 0
        return int(max(node.end_mark.line - below, node.start_mark.line))
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    if isinstance(node, yaml.MappingNode):
        key, value = node.value[-1]
        empty = (
            isinstance(value, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index
        )
        return int(key.end_mark.line) if empty else _last_line(value)
    return _last_line(node.value[-1])


def _insert(data: bytes, place: _Place) -> Insertion:
    """`data` with the text of `place` put in, with line ends as the lines round it have them."""
    head = _BOM if data.startswith(_BOM) else b""
    lines = _LINE.findall(data[len(head) :].decode())
    before = "".join(lines[: place.line])
    line = lines[place.line]
    content = line.rstrip("\r\n")
    newline = line[len(content) :] or "\n"
    if place.column is None:
        before += line
        run = place.text.replace("\n", newline) + newline
    else:
        before += line[: place.column]
        run = place.text
    start = head + before.encode()
    inside = run.encode()
    number = place.line + (2 if place.column is None else 1) + place.text.count("\n")
    return Insertion(start + inside + data[len(start) :], inside, len(start), number)


def _means_the_same(before: Entry, after: Entry, item: LogItem) -> bool:
    """Whether `after` says what the note said, and the event at the end of the log."""
    logged = (*before.front.log, item)
    return after.front.log == logged and _all_but_log(after) == _all_but_log(before)


def _one_event_less(now: Entry, then: Entry) -> bool:
    logged = list(now.front.log)
    shorter = any(
        tuple(logged[:place] + logged[place + 1 :]) == then.front.log
        for place in range(len(logged))
    )
    return shorter and _all_but_log(now) == _all_but_log(then)


def _all_but_log(entry: Entry) -> tuple[object, str]:
    return entry.front.model_copy(update={"log": ()}), entry.body
