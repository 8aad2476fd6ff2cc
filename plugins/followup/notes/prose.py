"""The body of a note made ready for the page's Markdown renderer, and its HTML put together again.

The renderer nests lists only at four spaces and lets no list interrupt a paragraph; people write
two spaces and no blank line. So that the page cannot mean anything else than what `body` read, the
renderer never sees a list or a quotation: `prepare_prose` hands it their paragraphs one by one, at
the left edge, with a marker in front that says what opens and closes there, and `finish_prose` puts
the tags in the markers' places. A marker consists of private-use characters that the note itself
does not contain, so none can be forged, and none is left over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import NamedTuple

from followup.notes.block import Block
from followup.notes.blocks import parse_blocks
from followup.notes.entry import Entry
from followup.notes.inline import LINK_TARGET, InlineMark, MarkKind, parse_inline, parse_labels
from followup.notes.open_tags import count_open_tags

# A paragraph that begins like this may be an extension's syntax; nothing is put in front of it.
_EXTENSION = re.compile(
    r"!!!|\?\?\?|===|:\s|\||\{|///|\$\$|;?--8<--|\*?\[[^\]\n]*\]:|\[TOC\]", re.IGNORECASE
)
_TABLE = re.compile(r"^[^\n]*\n[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\||$)", re.MULTILINE)
_LEADING_HASHES = re.compile(r"^#+", re.MULTILINE)
_TRAILING_HASHES = re.compile(r"(?<![\\#])#+$")
_PLAIN_INFO = re.compile(r"[\w#.+-]*|\{[^{}\n]*\}|[\w#.+-]+(?:[ ]+\w+=\"[^\"\n]*\")+")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
# Wherever it stands, Python's parser of HTML takes it for XML, and gives up.
_MARKED_SECTION = re.compile(r"<(?=!\[)")
# `<` that no `>` follows; `](` that no address follows. Comments are left alone.
_UNCLOSED_TAG = re.compile(rf"<(?![^<>]*>|!)|{_MARKED_SECTION.pattern}")
_NO_TARGET = re.compile(rf"(?<=\])\((?!{LINK_TARGET[2:]})")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_PRIVATE_FIRST, _PRIVATE_LAST = 0xF0000, 0xFFFF0
_PRIVATE = re.compile(f"[{chr(_PRIVATE_FIRST)}-\U0010ffff]")
_DIGITS = 10
# The renderer looks for the end of a bracket from every bracket that opens. More than this many
# inside each other are nobody's links, and would take it time that grows with their square.
_DEEPEST_BRACKETS = 8
# It copies a whole block for each sign in it that stands for something. So many characters may be
# copied: a page of dense text takes a hundredth of that, and more would take it seconds.
_MOST_COPIED = 100_000_000
_SIGN = re.compile(r"[^\w\s|-]|[_\n]")


class _Structure(NamedTuple):
    """Tags that open or close in front of a block; `line` is the anchor the block gets."""

    tags: str
    line: int | None
    tight: bool


class _Reference(NamedTuple):
    """An `@id` or `#tag`, with the text that stands for it where it cannot be shown."""

    kind: MarkKind
    name: str
    source: str


_Step = _Structure | _Reference | str


@cache
def _digits_from(first: int) -> Mapping[int, int]:
    """The characters of an alphabet that begins at `first` by the digits that they stand for."""
    return {ord(str(digit)): first + digit for digit in range(_DIGITS)}


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """Twelve characters that a text does not contain: ten digits, a beginning and an end."""

    first: int

    def write(self, number: int) -> str:
        """The marker with this number."""
        begin, end = chr(self.first + _DIGITS), chr(self.first + _DIGITS + 1)
        return f"{begin}{str(number).translate(_digits_from(self.first))}{end}"

    def read(self, digits: str) -> int:
        """The number between a marker's beginning and end."""
        return int("".join([str(ord(digit) - self.first) for digit in digits]))

    @property
    def pattern(self) -> str:
        """A marker as a regular expression with its digits as a group."""
        digits = f"[{chr(self.first)}-{chr(self.first + _DIGITS - 1)}]"
        return f"{chr(self.first + _DIGITS)}({digits}+){chr(self.first + _DIGITS + 1)}"


@dataclass(frozen=True, slots=True)
class Prose:
    """Text for the renderer, and what each marker in it stands for."""

    text: str
    alphabet: _Alphabet
    steps: tuple[_Step, ...]


PersonLink = Callable[[str], tuple[str, str] | None]
"""The name and the address to show for an id, or None for an id that is nobody's."""
TagText = Callable[[str], str]
"""The words to show for a tag."""


def prepare_prose(entry: Entry) -> Prose:
    """The body of `entry` for the renderer."""
    return prepare_body(entry.body, entry.body_line)


def prepare_body(body: str, first_line: int) -> Prose:
    """A body that begins on `first_line` of its file, for the renderer."""
    return _Writer(body, first_line).write()


def finish_prose(html: str, prose: Prose, *, person: PersonLink, tag: TagText) -> str:
    """What the renderer made of `prose.text`, with tags, anchors and references in place."""
    return _Finisher(prose, person, tag).finish(html)


def _choose_alphabet(text: str) -> _Alphabet:
    if not _PRIVATE.search(text):
        return _Alphabet(_PRIVATE_FIRST)
    used = {ord(character) & ~0xF for character in set(text) if ord(character) >= _PRIVATE_FIRST}
    free = (first for first in range(_PRIVATE_FIRST, _PRIVATE_LAST, 16) if first not in used)
    return _Alphabet(next(free))


class _Writer:
    """Writes one body anew, block by block."""

    def __init__(self, body: str, first_line: int) -> None:
        self._body = body
        self._first_line = first_line
        self._labels = parse_labels(body)
        self._alphabet = _choose_alphabet(body)
        self._steps: list[_Step] = []
        self._blocks: list[str] = []
        self._pending: list[str] = []
        self._anchored: set[int] = set()
        self._items = 0
        self._quotes = 0
        self._open_tags = 0
        self._in_items: list[bool] = []

    def write(self) -> Prose:
        """The whole body."""
        for block in parse_blocks(self._body):
            self._write_block(block)
        self._flush()
        return Prose("\n\n".join(self._blocks) + "\n", self._alphabet, tuple(self._steps))

    def _write_block(self, block: Block) -> None:
        kind = block.kind
        if kind == "paragraph":
            self._write_paragraph(block)
        elif kind == "heading":
            self._flush(self._anchor(block))
            self._blocks.append(self._heading(block))
        elif kind == "fence":
            self._flush()
            self._blocks.append(_render_fence(block))
        elif kind == "code_block":
            self._flush()
            text = _MARKED_SECTION.sub(self._literal, block.text)
            lines = text.rstrip("\n").split("\n")
            self._blocks.append("\n".join(f"    {line}" if line else "" for line in lines))
        elif kind == "html_block":
            self._flush()
            self._blocks.append(self._html(block.text.rstrip("\n")))
        elif kind == "hr":
            self._flush()
            self._blocks.append("***")
        else:
            self._pending.append(self._tag(block))

    def _tag(self, block: Block) -> str:
        """The tag that begins or ends a list, an item or a quotation."""
        kind = block.kind
        if kind.endswith("_close"):
            self._leave(kind)
            return f"</{block.tag}>"
        if kind == "ordered_list_open" and block.start is not None:
            return f'<ol start="{block.start}">'
        if kind == "blockquote_open":
            self._quotes += 1
        if kind != "list_item_open":
            return f"<{block.tag}>"
        # As in `body`: an item of a quotation is no bullet.
        self._in_items.append(not self._quotes)
        self._items += self._in_items[-1]
        line = self._anchor(block) if self._in_items[-1] else None
        return "<li>" if line is None else f'<li id="L{line}">'

    def _leave(self, kind: str) -> None:
        if kind == "blockquote_close":
            self._quotes -= 1
        elif kind == "list_item_close":
            self._items -= self._in_items.pop()

    def _anchor(self, block: Block) -> int | None:
        """The line of a block, or None if something before it on that line has the anchor."""
        line = self._first_line + block.line
        if line in self._anchored:
            return None
        self._anchored.add(line)
        return line

    def _mark(self, step: _Step) -> str:
        self._steps.append(step)
        return self._alphabet.write(len(self._steps) - 1)

    def _flush(self, line: int | None = None) -> None:
        """Write the tags that wait, and an anchor for the next block, as a block of their own."""
        if self._pending or line is not None:
            self._blocks.append(self._mark(_Structure("".join(self._pending), line, tight=False)))
            self._pending.clear()

    def _write_paragraph(self, block: Block) -> None:
        source = block.text
        text = self._paragraph(source)
        if _EXTENSION.match(source) or ("\n" in source and _TABLE.search(source)):
            self._flush()
            self._blocks.append(text)
            return
        line = self._anchor(block)
        if self._pending or line is not None:
            structure = _Structure("".join(self._pending), line, tight=block.is_tight)
            self._pending.clear()
            text = self._mark(structure) + text
        self._blocks.append(text)

    def _html(self, text: str) -> str:
        """The text as it is, or shown as it was written where more tags are open than anybody means."""
        # For each tag that opens, the renderer goes through all that are open.
        opened = count_open_tags(text, self._open_tags)
        if opened is None:
            return self._mark(text)
        self._open_tags = opened
        return self._guard(text)

    def _heading(self, block: Block) -> str:
        line = " ".join(block.text.split("\n"))
        if _is_dense(line):
            return f"{'#' * int(block.tag[1:])} {self._mark(line)}"
        line = _TRAILING_HASHES.sub(lambda found: r"\#" * len(found[0]), self._guard(line))
        return f"{'#' * int(block.tag[1:])} {line}"

    def _paragraph(self, source: str) -> str:
        """The text with markers for what the renderer must not see or would misread."""
        if _is_dense(source):
            return self._mark(source)
        text = source
        if self._items and ("@" in source or "#" in source):
            marks = parse_inline(source, self._labels).marks
            text = "".join(self._with_marks(source, marks))
        if self._items and (box := _TASK.match(text)):
            text = f"{'☐' if box[1] == ' ' else '☑'} {text[box.end() :]}"
        if "#" in text:
            text = _LEADING_HASHES.sub(self._literal, text)
        return self._guard(text)

    def _with_marks(self, source: str, marks: tuple[InlineMark, ...]) -> Iterator[str]:
        at = 0
        for mark in marks:
            yield source[at : mark.start]
            yield self._mark(_Reference(mark.kind, mark.name, source[mark.start : mark.end]))
            at = mark.end
        yield source[at:]

    def _literal(self, found: re.Match[str]) -> str:
        return self._mark(found[0])

    def _guard(self, text: str) -> str:
        """The text with markers for signs that close nowhere.

        They are plain text to any reader of Markdown, but the renderer looks for the end of each.
        """
        if "<" in text:
            text = _UNCLOSED_TAG.sub(self._literal, text)
        if "[" in text:
            text = _NO_TARGET.sub(self._literal, text)
            text = "".join(self._without_brackets(text))
        return text

    def _without_brackets(self, text: str) -> Iterator[str]:
        end = 0
        for start, stop in _plain_brackets(text):
            yield text[end:start]
            yield self._mark(text[start:stop])
            end = stop
        yield text[end:]


def _is_dense(text: str) -> bool:
    """Whether a block is so long and so full of signs that it is shown as it was written."""
    if len(text) ** 2 <= _MOST_COPIED:
        return False
    return len(text) * sum(1 for _ in _SIGN.finditer(text)) > _MOST_COPIED


def _plain_brackets(text: str) -> list[tuple[int, int]]:
    """Where brackets stand that have no partner or lie too deep to be meant: runs, in order."""
    plain: set[int] = set()
    waiting: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            waiting.append(found.start())
        elif found[0] == "]" and waiting:
            opened = waiting.pop()
            if len(waiting) >= _DEEPEST_BRACKETS:
                plain |= {opened, found.start()}
    runs: list[tuple[int, int]] = []
    for offset in sorted(plain.union(waiting)):
        begins = runs.pop()[0] if runs and runs[-1][1] == offset else offset
        runs.append((begins, offset + 1))
    return runs


def _render_fence(block: Block) -> str:
    info = block.info.strip()
    if not _PLAIN_INFO.fullmatch(info):
        first = info.split(maxsplit=1)[0]
        info = first if _PLAIN_INFO.fullmatch(first) else ""
    return f"{block.markup}{info}\n{block.text.rstrip(chr(10))}\n{block.markup}"


class _Finisher:
    """Puts one rendered body together."""

    def __init__(self, prose: Prose, person: PersonLink, tag: TagText) -> None:
        self._prose = prose
        self._person = person
        self._tag = tag
        marker = prose.alphabet.pattern
        self._marker = re.compile(marker)
        self._token = re.compile(
            rf"(<p(?:\s[^<>]*)?>)?{marker}(</p>)?|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
        )
        self._out: list[str] = []
        self._code = 0
        self._anchor: int | None = None
        # What to write in place of the next closing tag of this name.
        self._closings: dict[str, str] = {}

    def finish(self, html: str) -> str:
        """The finished HTML."""
        at = 0
        for found in self._token.finditer(html):
            self._out.append(html[at : found.start()])
            at = found.end()
            if found[2] is None:
                self._take_tag(found[0])
            else:
                self._take_marker(found)
        self._out.append(html[at:])
        return "".join(self._out).strip()

    def _take_marker(self, found: re.Match[str]) -> None:
        step = self._step(found[2])
        before, after = found[1] or "", found[3] or ""
        if isinstance(step, _Structure):
            self._take_structure(step, before, after)
            return
        if before:
            self._take_tag(before)
        self._out.append(self._show(step))
        if after:
            self._take_tag(after)

    def _step(self, digits: str) -> _Step:
        return self._prose.steps[self._prose.alphabet.read(digits)]

    def _take_structure(self, step: _Structure, before: str, after: str) -> None:
        self._out.append(step.tags)
        if before and after:  # the marker stands alone: it is about the block that follows
            self._anchor = step.line
        elif before and step.tight:
            self._closings["p"] = ""
        elif before and step.line is not None:
            self._out.append(f'{before}<span id="L{step.line}">')
            self._closings["p"] = "</span></p>"
        else:
            self._out.append(before + _empty_anchor(step.line))
            if after:
                self._take_tag(after)

    def _take_tag(self, tag: str) -> None:
        """Pass on a tag of the renderer's, or what is to stand in its place."""
        if not tag.isascii() and self._marker.search(tag):
            tag = self._without_markers(tag)
        found = _TAG_NAME.match(tag)
        name = found[1].lower() if found else ""
        if tag.startswith("</"):
            self._code -= name in ("pre", "code")
            self._out.append(self._closings.pop(name, tag))
            return
        self._code += name in ("pre", "code")
        line, self._anchor = self._anchor, None
        if line is not None and re.fullmatch("h[1-6]", name):
            self._out.append(f'{tag}<span id="L{line}">')
            self._closings[name] = f"</span></{name}>"
        else:
            self._out.append(_empty_anchor(line) + tag)

    def _without_markers(self, tag: str) -> str:
        """A tag in whose attributes the renderer left markers, as the owner wrote it."""
        opened: list[str] = []

        def restore(found: re.Match[str]) -> str:
            step = self._step(found[1])
            if isinstance(step, _Structure):
                opened.append(step.tags)
                return ""
            return escape(step.source if isinstance(step, _Reference) else step)

        clean = self._marker.sub(restore, tag)
        return clean + "".join(opened)

    def _show(self, step: _Reference | str) -> str:
        if isinstance(step, str):
            return escape(step, quote=False)
        if self._code:
            return escape(step.source, quote=False)
        if step.kind is MarkKind.TAG:
            return f'<span class="fu-tag">{escape(self._tag(step.name))}</span>'
        link = self._person(step.name)
        if link is None:
            return f'<span class="fu-tag">{escape(step.source)}</span>'
        text, address = link
        return f'<a class="fu-tag" href="{escape(address)}">{escape(text)}</a>'


def _empty_anchor(line: int | None) -> str:
    return "" if line is None else f'<span id="L{line}"></span>'
