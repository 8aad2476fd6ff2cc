"""One file of the notes folder as an `Entry`, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import yaml

from followup.notes.body import Body, parse_body
from followup.notes.entry import Entry, Mark
from followup.notes.fault import Fault
from followup.notes.front_matter import Block, Fenced, Tree, parse_front_matter, split_fence
from followup.notes.problems import Problem
from followup.notes.schema import NOTE_ONLY_KEYS
from followup.notes.validate import Validated, flatten, validate
from followup.notes.wording import quote
from followup.notes.yaml_errors import SAFE_LOADER

LARGEST_NOTE = 256 * 1024
"""More bytes than anybody writes about one interview; what is read stays quick to read."""

# Every C0 control but tab and line feed; the page's own renderer uses some of them as marks.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KEY = re.compile(r"([A-Za-z_]+)[ \t]*:(?:[ \t]|$)")
_FENCE = re.compile(r"[ \t]*---[ \t]*")


def parse_entry(path: str, data: bytes) -> tuple[Entry | None, tuple[Problem, ...]]:
    """The note that `data`, the file at `path`, holds, and its problems in order.

    Neither a note nor a problem: an ordinary page. A note with an error is not returned.
    """
    text = _decode(data)
    if isinstance(text, Fault):
        return None, (text.at(path),)
    fenced = split_fence(text)
    if isinstance(fenced, Fault):
        return None, (fenced.at(path),)
    if fenced.yaml is None:
        return None, tuple(fault.at(path) for fault in _lost_front_matter(text))
    tree = parse_front_matter(fenced.yaml, fenced.yaml_line)
    if not _is_note(tree.root):
        faults = tree.fatal or tuple(_page_faults(fenced, tree))
        return None, tuple(fault.at(path) for fault in faults)
    return _parse_note(path, data, fenced, tree)


def _parse_note(
    path: str, data: bytes, fenced: Fenced, tree: Tree
) -> tuple[Entry | None, tuple[Problem, ...]]:
    faults = [*tree.fatal, *tree.strict, *_placement_faults(path), *_size_faults(data)]
    validated = _validate(tree)
    faults += validated.faults
    faults += _control_faults(fenced)
    body = Body((), ())
    if len(data) <= LARGEST_NOTE:
        body = parse_body(_CONTROL.sub("\ufffd", fenced.body), fenced.body_line)
    faults += body.faults
    problems = tuple(sorted({fault.at(path) for fault in faults}))
    if validated.front is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    entry = Entry(
        path=path,
        front=validated.front,
        marks=validated.marks,
        sections=body.sections,
        body=fenced.body,
        body_line=fenced.body_line,
        digest=hashlib.sha256(data).hexdigest(),
    )
    return entry, problems


def _decode(data: bytes) -> str | Fault:
    """The text of a file with line feeds alone, or the place where it stops being UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind a byte order mark.
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        return _undecodable(data, offset)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _undecodable(data: bytes, offset: int) -> Fault:
    before = data[:offset].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Fault(
        mark,
        "not_utf8",
        f"byte 0x{data[offset]:02x} is not UTF-8 text",
        "save the file with the encoding UTF-8",
    )


def _page_faults(fenced: Fenced, tree: Tree) -> Iterator[Fault]:
    """What MkDocs could not read at the head of an ordinary page, and would print as text.

    With aliases a few lines can stand for more than any memory holds, so they are not tried.
    """
    if aliases := [fault for fault in tree.strict if fault.code == "alias"]:
        yield from aliases
        return
    try:
        yaml.load(fenced.yaml or "", SAFE_LOADER)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = fenced.yaml_line + (mark.line if mark else 0)
        yield Fault(
            Mark(line, mark.column + 1 if mark else 1),
            "unreadable_page",
            "MkDocs cannot read the front matter of this page, and would show it as text",
            "correct the value, or put it in quotes",
        )


def _is_note(root: Block | None) -> bool:
    return root is not None and any(key.name in NOTE_ONLY_KEYS for key, _ in root.items)


def _validate(tree: Tree) -> Validated:
    """The values of a tree; of one that broke off, those before its last key."""
    assert tree.root is not None
    flat = flatten(tree.root)
    validated = validate(flat)
    if not tree.fatal:
        return validated
    # The last key is half read, and what follows may hold the keys that seem to be missing.
    last = tree.root.items[-1][0].mark.line
    kept = tuple(
        fault
        for fault in validated.faults
        if fault.mark.line < last and not fault.code.startswith("missing_")
    )
    return Validated(None, validated.marks, kept)


def _lost_front_matter(text: str) -> Iterator[Fault]:
    """Keys of a note that stand where nobody will look for them, and would be shown as text."""
    lines = text.lstrip("\ufeff\n\t ").split("\n", 40)[:40]
    number = text.count("\n", 0, len(text) - len(text.lstrip("\ufeff\n\t "))) + 1
    fence = _FENCE.fullmatch(lines[0])
    keys = (match[1] for line in lines if (match := _KEY.match(line.lstrip())))
    first = _KEY.match(lines[0])
    if fence and any(key in NOTE_ONLY_KEYS for key in keys):
        column = len(text.split("\n", number)[number - 1]) - len(lines[0]) + 1
        yield Fault(
            Mark(number, column),
            "fence_not_first",
            "the front matter does not begin on the first line",
            "delete what stands before `---`",
        )
    elif first and first[1] in NOTE_ONLY_KEYS:
        yield Fault(
            Mark(number, 1),
            "missing_fence",
            f"{quote(first[1])} stands outside the front matter",
            "put a line `---` before the first key and another after the last",
        )


def _placement_faults(path: str) -> Iterator[Fault]:
    if path == "index.md":
        yield Fault(
            Mark(1, 1),
            "index_is_a_note",
            "`index.md` is the text of the Today page and cannot be a note",
            "rename it, for example to `2026-11-19-company-panel.md`",
        )


def _size_faults(data: bytes) -> Iterator[Fault]:
    if len(data) > LARGEST_NOTE:
        yield Fault(
            Mark(1, 1),
            "note_too_large",
            f"the note has {len(data):,} bytes, more than {LARGEST_NOTE:,}",
            "put long pasted texts into a file of their own and link to it",
        )


def _control_faults(fenced: Fenced) -> Iterator[Fault]:
    """The first invisible character of each line of the body."""
    if not _CONTROL.search(fenced.body):
        return
    for number, line in enumerate(fenced.body.split("\n"), fenced.body_line):
        if found := _CONTROL.search(line):
            yield Fault(
                Mark(number, found.start() + 1),
                "control_character",
                f"invisible character U+{ord(found[0]):04X}",
                "delete it",
            )
