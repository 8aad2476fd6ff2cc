"""The front matter of a file: finding the fence, and YAML as a tree that knows its places.

The tree is built from the parser's events with a stack of our own. Nothing is constructed, so no
value is interpreted (`14:30` stays text), and no nesting can exhaust the interpreter's stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from followup.notes.entry import Mark
from followup.notes.fault import Fault
from followup.notes.wording import quote
from followup.notes.yaml_errors import SAFE_LOADER, explain_yaml_error

DEEPEST = 8
LARGEST = 64 * 1024

_OPENING = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")
# What YAML does not allow or takes for a line break, which no editor shows.
_FORBIDDEN = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_QUOTES_HINT = 'put the text in double quotes, as in `said: "…"`'


@dataclass(frozen=True, slots=True)
class Fenced:
    """A file divided at its fence; `yaml` is None where there is no front matter.

    `yaml_line` and `body_line` are the lines of the file on which the two parts begin.
    """

    yaml: str | None
    body: str
    yaml_line: int
    body_line: int


class Scalar(NamedTuple):
    """A text value; `plain` says that it stands without quotes."""

    text: str
    plain: bool
    mark: Mark

    @property
    def is_absent(self) -> bool:
        """Whether this counts as no value at all: nothing, `~`, or a bare `null`."""
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: tuple[Node, ...]
    mark: Mark


class Key(NamedTuple):
    """A key with its place."""

    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Block:
    """A group of keys; a key that is given twice is here once, with its first value."""

    items: tuple[tuple[Key, Node], ...]
    mark: Mark


Node = Scalar | Sequence | Block


@dataclass(frozen=True, slots=True)
class Tree:
    """Front matter as read.

    `root` holds what could be read, up to an error that ends the reading. `fatal` are the faults
    that nobody could read on from; `strict` those that only a note forbids, such as an alias.
    """

    root: Block | None
    fatal: tuple[Fault, ...] = ()
    strict: tuple[Fault, ...] = ()


def _absent(mark: Mark) -> Scalar:
    return Scalar("", plain=True, mark=mark)


def split_fence(text: str) -> Fenced | Fault:
    """The two parts of a file with line feeds alone, or the fault of a fence without end."""
    first, newline, _ = text.partition("\n")
    if not _OPENING.fullmatch(first):
        return Fenced(None, text, 1, 1)
    start = end = len(first) + len(newline)
    line = 2
    while end < len(text):
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if _CLOSING.fullmatch(text, end, stop):
            return Fenced(text[start:end], text[stop + 1 :], 2, line + 1)
        end, line = stop + 1, line + 1
    return Fault(
        Mark(1, 1),
        "unclosed_front_matter",
        "the front matter has no end",
        "close it with a line `---` below the last key",
    )


def parse_front_matter(text: str, first_line: int) -> Tree:
    """The tree of the YAML in `text`, which begins on line `first_line` of its file."""
    places = Places(text, first_line)
    if size := _too_large(text, first_line):
        return Tree(None, (size,))
    if controls := tuple(_control_faults(text, places)):
        return Tree(None, controls)
    return _Reader(text, places).read()


@dataclass(frozen=True, slots=True)
class Places:
    """Offsets in a text as lines and columns of the file."""

    text: str
    first_line: int
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        object.__setattr__(self, "_starts", starts)

    def at(self, offset: int) -> Mark:
        """The place of the character at `offset`."""
        line = bisect_right(self._starts, min(offset, len(self.text))) - 1
        return Mark(self.first_line + line, offset - self._starts[line] + 1)


def _too_large(text: str, first_line: int) -> Fault | None:
    size = len(text.encode())
    if size <= LARGEST:
        return None
    return Fault(
        Mark(first_line, 1),
        "front_matter_too_large",
        f"the front matter has {size:,} bytes, more than {LARGEST:,}",
        "move long texts below the front matter",
    )


def _control_faults(text: str, places: Places) -> Iterator[Fault]:
    """The first forbidden character of each line."""
    last_line = 0
    for match in _FORBIDDEN.finditer(text):
        mark = places.at(match.start())
        if mark.line != last_line:
            last_line = mark.line
            yield Fault(
                mark,
                "control_character",
                f"invisible character U+{ord(match[0]):04X} in the front matter",
                "delete it and type the text again",
            )


@dataclass(slots=True)
class _Open:
    """A list or block that has begun and not ended."""

    mark: Mark
    is_block: bool
    values: list[Node] = field(default_factory=list)
    pairs: dict[str, tuple[Key, Node]] = field(default_factory=dict)
    key: Key | None = None
    awaits_value: bool = False


class _Reader:
    """Builds one tree from the events of one text."""

    def __init__(self, text: str, places: Places) -> None:
        self._text = text
        self._places = places
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._fatal: list[Fault] = []
        self._strict: list[Fault] = []

    def read(self) -> Tree:
        """The tree, read up to the first fault that ends it."""
        try:
            for event in yaml.parse(self._text, Loader=SAFE_LOADER):
                self._take(event)
                if self._fatal:
                    break
        except yaml.YAMLError as error:
            explained = explain_yaml_error(error, self._text)
            mark = self._places.at(explained.offset)
            self._fatal.append(Fault(mark, "yaml_syntax", explained.message, explained.hint))
        while self._open:
            self._close()
        return Tree(self._block(), tuple(self._fatal), tuple(self._strict))

    def _block(self) -> Block | None:
        if isinstance(self._root, Block):
            return self._root
        root = self._root
        if (
            not self._fatal
            and root is not None
            and not (isinstance(root, Scalar) and root.is_absent)
        ):
            self._fatal.append(
                Fault(
                    root.mark,
                    "not_a_mapping",
                    "the front matter holds no keys",
                    "write each line as `key: value`, with a space after the colon",
                )
            )
        return None

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                self._refuse_extras(event)
            mark = self._mark(event)
            self._attach(Scalar(event.value, event.style is None or event.style == "", mark))
        elif isinstance(event, CollectionStartEvent):
            self._refuse_extras(event)
            self._begin(event)
        elif isinstance(event, CollectionEndEvent):
            self._close()
        elif isinstance(event, AliasEvent):
            self._refuse_alias(event)
        elif isinstance(event, DocumentStartEvent) and self._root is not None:
            self._fatal.append(
                Fault(
                    self._mark(event),
                    "yaml_syntax",
                    "a second document begins here",
                    "a line that starts with `---` closes the front matter; put it on its own",
                )
            )

    def _mark(self, event: yaml.Event) -> Mark:
        # No other sign ends a line, as the forbidden ones are gone: YAML counts as we do.
        start = event.start_mark
        assert start is not None
        return Mark(self._places.first_line + start.line, start.column + 1)

    def _begin(self, event: CollectionStartEvent) -> None:
        mark = self._mark(event)
        if len(self._open) == DEEPEST:
            self._fatal.append(
                Fault(
                    mark,
                    "nested_too_deeply",
                    f"nested more than {DEEPEST} levels deep",
                    "put a text that begins with `[` or `{` in double quotes",
                )
            )
        else:
            self._open.append(_Open(mark, isinstance(event, MappingStartEvent)))

    def _close(self) -> None:
        done = self._open.pop()
        if done.is_block:
            if done.awaits_value and done.key is not None:
                done.pairs.setdefault(done.key.name, (done.key, _absent(done.key.mark)))
            self._attach(Block(tuple(done.pairs.values()), done.mark))
        else:
            self._attach(Sequence(tuple(done.values), done.mark))

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if not parent.is_block:
            parent.values.append(node)
        elif parent.awaits_value:
            self._attach_value(parent, node)
        else:
            parent.key = self._key(node)
            parent.awaits_value = True

    def _attach_value(self, parent: _Open, node: Node) -> None:
        key, parent.key, parent.awaits_value = parent.key, None, False
        if key is None:
            return
        if key.name not in parent.pairs:
            parent.pairs[key.name] = (key, node)
            return
        first = parent.pairs[key.name][0].mark.line
        self._strict.append(
            Fault(
                key.mark,
                "duplicate_key",
                f"{quote(key.name)} is given twice",
                f"it first stands in line {first}; keep one of the two",
            )
        )

    def _key(self, node: Node) -> Key | None:
        """The key that `node` is, or None for one that is no word."""
        if not isinstance(node, Scalar):
            self._strict.append(
                Fault(node.mark, "bad_key", "a key must be a plain word", _QUOTES_HINT)
            )
            return None
        if node.plain and node.text == "<<":
            self._strict.append(
                Fault(
                    node.mark,
                    "merge_key",
                    "`<<` cannot stand in a note",
                    "write the keys out",
                )
            )
            return None
        return Key(node.text, node.mark)

    def _refuse_extras(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.anchor is not None:
            name = quote(f"&{event.anchor}")
            message = f"{name} would be an anchor, which a note cannot have"
            self._strict.append(Fault(self._mark(event), "anchor", message, _QUOTES_HINT))
        if event.tag is not None:
            name = quote(f"!{event.tag.removeprefix('!').removeprefix('tag:yaml.org,2002:')}")
            message = f"{name} would be a type, which a note cannot have"
            self._strict.append(Fault(self._mark(event), "yaml_tag", message, _QUOTES_HINT))

    def _refuse_alias(self, event: AliasEvent) -> None:
        name = quote(f"*{event.anchor}")
        message = f"{name} would be an alias, which cannot stand here"
        self._strict.append(Fault(self._mark(event), "alias", message, _QUOTES_HINT))
        self._attach(_absent(self._mark(event)))
