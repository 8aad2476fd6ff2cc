"""An interview at another time or place: what its note says now, and those bytes exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from followup.importing.marks import find_marks
from followup.importing.note_text import Meeting, render_scalar
from followup.notes.append import Refusal, refuse_unread
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.front_matter import Fenced, split_fence
from followup.notes.schema import FrontMatter, InterviewBlock, Start
from followup.notes.yaml_errors import SAFE_LOADER
from followup.portal.interviews import interview_times

_BOM: Final = b"\xef\xbb\xbf"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BY_HAND: Final = "change the lines shown above in your editor"


@dataclass(frozen=True, slots=True)
class Difference:
    """A key of `interview:` with what the note says (None: nothing) and what is so now."""

    key: str
    line: int
    old: str | None
    new: str


def find_differences(entry: Entry, meeting: Meeting, timezone: str) -> tuple[Difference, ...]:
    """Where a note's interview is another than `meeting`, the start first; its hour in the note's zone.

    What the meeting does not say is no difference. `timezone` is the one of a note that names none.
    """
    block = entry.front.interview
    if block is None:
        return ()
    now = _in_zone(meeting, block.timezone or timezone, timezone)
    values = {
        "start": (_start_text(block.start), now.start),
        "minutes": (str(block.minutes), str(now.minutes) if now.minutes else None),
        "place": (block.place, now.place),
        "link": (block.link, now.link),
    }
    return tuple(
        Difference(
            key,
            entry.source("interview", key).line,
            old if ("interview", key) in entry.marks else None,
            new,
        )
        for key, (old, new) in values.items()
        if new is not None and new != old
    )


def move_interview(
    path: str, data: bytes, differences: Sequence[Difference], key: str, version: int
) -> bytes | Refusal:
    """The note in `data` with other values for these keys, and the version of its invitation.

    Only the bytes of the values change, and what comes out is read again: the note must say what it
    said, but for these values.
    """
    before, problems = parse_entry(path, data)
    if before is None:
        return refuse_unread(problems)
    if before.front.interview is None:
        return Refusal("the note has no interview any more", "take the invitation in once more")
    if any(difference.old is None for difference in differences):
        return Refusal("a line has to be added to the note", _BY_HAND)
    head = _BOM if data.startswith(_BOM) else b""
    text = data[len(head) :].decode()
    edits = [*_value_edits(text, differences), *_version_edits(before, text, key, version)]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    after, _ = parse_entry(path, head + text.encode())
    wanted = _moved(before.front, differences)
    if after is None or after.front != wanted or not _same_body(before, after):
        return Refusal("these lines are written in a way that cannot be changed safely", _BY_HAND)
    return head + text.encode()


def _in_zone(meeting: Meeting, zone: str, otherwise: str) -> Meeting:
    """A meeting with its hour as the clocks of `zone` show it."""
    own = meeting.timezone or otherwise
    if meeting.clock is None or own == zone:
        return meeting
    block = {"format": "video", "start": Start(day=meeting.day, clock=meeting.clock)}
    start, _ = interview_times(InterviewBlock.model_validate(block), own)
    there = start.astimezone(ZoneInfo(zone))
    return Meeting(
        there.date(), there.time().replace(fold=0), meeting.minutes, zone, meeting.place,
        meeting.link,
    )  # fmt: skip


def _start_text(start: Start) -> str:
    return Meeting(start.day, start.clock).start


def _value_edits(text: str, differences: Sequence[Difference]) -> Iterator[tuple[int, int, str]]:
    """Where each value stands in `text`, and what takes its place."""
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    fenced = split_fence(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not isinstance(fenced, Fenced) or fenced.yaml is None:
        return
    root = yaml.compose(fenced.yaml, SAFE_LOADER)
    nodes = _values(_values(root).get("interview"))
    first = fenced.yaml_line - 1
    for difference in differences:
        node = nodes.get(difference.key)
        if not isinstance(node, yaml.ScalarNode) or node.start_mark.line != node.end_mark.line:
            continue
        begin = starts[first + node.start_mark.line]
        yield (
            begin + node.start_mark.column,
            begin + node.end_mark.column,
            _in_quotes(render_scalar(difference.new), node.style),
        )


def _in_quotes(new: str, style: str | None) -> str:
    """A value in the quotes that its place has, and in some where braces might hold it."""
    if new.startswith('"'):
        return new
    if style == "'" and "'" not in new:
        return f"'{new}'"
    return f'"{new}"' if style or re.search(r"[,\[\]{}]", new) else new


def _values(node: Any) -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _version_edits(
    entry: Entry, text: str, key: str, version: int
) -> Iterator[tuple[int, int, str]]:
    """The place of the version in the comment that names the invitation, counted from the end."""
    for mark in find_marks(entry):
        if mark.kind == "invitation" and mark.key == key and mark.start >= 0:
            digits = str(mark.version)
            place = re.search(
                rf"<!-- invitation: {re.escape(mark.key)} version ({digits}) -->", text
            )
            if place:
                yield place.start(1), place.end(1), str(version)
            return


def _moved(front: FrontMatter, differences: Sequence[Difference]) -> FrontMatter:
    """What the front matter must say afterwards."""
    assert front.interview is not None
    told = {difference.key: difference.new for difference in differences}
    values = {**dict(front.interview), **told}
    return front.model_copy(update={"interview": InterviewBlock.model_validate(values)})


def _same_body(before: Entry, after: Entry) -> bool:
    return before.sections == after.sections
