"""The body of a note in sections: headings matched to the thirteen, bullets with their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from followup.notes.block import Block
from followup.notes.blocks import parse_blocks
from followup.notes.categories import category_of
from followup.notes.entry import Bullet, BulletKind, Mark, Section
from followup.notes.fault import Fault
from followup.notes.inline import Inline, parse_inline, parse_labels, without_tags
from followup.notes.problems import Severity

_LEADS = {
    BulletKind.WHY: ("why", "warum", "weshalb", "wieso", "pourquoi", "por qué", "por que"),
    BulletKind.BETTER: (
        "better answer", "a better answer", "better", "bessere antwort", "besser",
        "meilleure réponse", "mieux", "mejor respuesta", "una respuesta mejor", "mejor",
    ),
}  # fmt: skip
_LEAD = re.compile(r"([^:?]{2,30}?)\s*\??\s*:\s*")
_TASK = re.compile(r"\[[ xX]\]\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CLOSING_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")


@dataclass(frozen=True, slots=True)
class Body:
    """What a body holds, and what is wrong with it."""

    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Item:
    """A list item that is being read."""

    line: int
    texts: list[Inline] = field(default_factory=list)
    children: list[Bullet] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """A section that is being read."""

    heading: str
    line: int
    category: int | None
    bullets: list[Bullet] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def parse_body(text: str, first_line: int) -> Body:
    """The sections of a body that begins on `first_line` of its file."""
    blocks = parse_blocks(text)
    sections = _Reader(parse_labels(text), first_line).read(blocks)
    return Body(sections, tuple(_find_unclosed(blocks, text, first_line)))


class _Reader:
    """Builds the sections of one body from its blocks."""

    def __init__(self, labels: frozenset[str], first_line: int) -> None:
        self._labels = labels
        self._first_line = first_line
        self._parts = [_Part("", first_line, None)]
        self._above: list[tuple[int, int | None]] = []
        self._items: list[_Item] = []
        self._quotes = 0

    def read(self, blocks: list[Block]) -> tuple[Section, ...]:
        """The sections that hold anything."""
        for block in blocks:
            if take := self._RULES.get(block.kind):
                take(self, block)
        first = self._parts[0]
        parts = self._parts if first.lines or first.bullets else self._parts[1:]
        return tuple(
            Section(
                part.heading, part.line, part.category, tuple(part.bullets), "\n".join(part.lines)
            )
            for part in parts
        )

    def _take_heading(self, block: Block) -> None:
        # Inside a list or a quotation, a heading divides nothing.
        if block.level:
            self._take_text(block)
            return
        heading = without_tags(parse_inline(block.text, self._labels).text)
        level = int(block.tag[1:])
        category = self._category(heading, level)
        self._parts.append(_Part(heading, self._first_line + block.line, category))

    def _take_text(self, block: Block) -> None:
        inline = parse_inline(block.text, self._labels)
        nested = len(self._items) > 1
        if text := _parse_kind(inline.text)[1] if nested else inline.text:
            self._parts[-1].lines.append(text)
        if self._items:
            self._items[-1].texts.append(inline)

    def _take_html(self, block: Block) -> None:
        """Text is text, also where a line of HTML begins it."""
        lines = _html_lines(block.text)
        self._parts[-1].lines += [line.text for line in lines]
        if self._items:
            self._items[-1].texts += lines

    def _category(self, heading: str, level: int) -> int | None:
        """What a heading stands for: its own category, or that of the heading it is below."""
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        inherited = self._above[-1][1] if self._above else None
        category = category_of(heading) or inherited
        self._above.append((level, category))
        return category

    def _take_code(self, block: Block) -> None:
        self._parts[-1].lines += block.text.splitlines()

    def _turn_quotation(self, block: Block) -> None:
        self._quotes += 1 if block.kind == "blockquote_open" else -1

    def _open_item(self, block: Block) -> None:
        if not self._quotes:
            self._items.append(_Item(self._first_line + block.line))

    def _close_item(self, _: Block) -> None:
        if self._quotes:
            return
        item = self._items.pop()
        bullet = _build_bullet(item, nested=bool(self._items))
        if self._items:
            self._items[-1].children.append(bullet)
        else:
            self._parts[-1].bullets.append(bullet)

    _RULES: ClassVar[Mapping[str, Callable[[_Reader, Block], None]]] = {
        "paragraph": _take_text,
        "heading": _take_heading,
        "fence": _take_code,
        "code_block": _take_code,
        "html_block": _take_html,
        "blockquote_open": _turn_quotation,
        "blockquote_close": _turn_quotation,
        "list_item_open": _open_item,
        "list_item_close": _close_item,
    }


def _build_bullet(item: _Item, *, nested: bool) -> Bullet:
    text = " ".join(inline.text for inline in item.texts if inline.text)
    text = _TASK.sub("", text, count=1) if text.startswith("[") else text
    kind, text = _parse_kind(text) if nested else (BulletKind.PLAIN, text)
    if not any(inline.marks for inline in item.texts):
        return Bullet(item.line, text, (), (), kind, tuple(item.children))
    ids = dict.fromkeys(name for inline in item.texts for name in inline.ids)
    tags = dict.fromkeys(name for inline in item.texts for name in inline.tags)
    return Bullet(item.line, text, tuple(ids), tuple(tags), kind, tuple(item.children))


def _parse_kind(text: str) -> tuple[BulletKind, str]:
    """What a nested bullet is for, by the words it begins with, and the text after them."""
    bare = without_tags(text) if text.startswith("<") else text
    if lead := _LEAD.match(bare):
        for kind, words in _LEADS.items():
            if lead[1].casefold() in words:
                return kind, bare[lead.end() :]
    return BulletKind.PLAIN, text


def _html_lines(content: str) -> list[Inline]:
    """The visible text of a block of HTML, line by line."""
    visible = _COMMENT.sub("", content) if "-->" in content else content
    found = (parse_inline(line) for line in visible.split("\n"))
    return [line for line in found if line.text or line.marks]


def _find_unclosed(blocks: list[Block], text: str, first_line: int) -> Iterator[Fault]:
    """Comments and code blocks without end, which swallow the headings below them."""
    lines: list[str] = []
    for block in blocks:
        if block.kind not in ("html_block", "fence"):
            continue
        lines = lines or text.split("\n")
        mark = Mark(first_line + block.line, 1)
        if block.kind == "html_block" and _comment_is_open(block.text):
            hint = "close it with `-->`; until then it hides everything below"
            yield Fault(mark, "unclosed_comment", "this comment is never closed", hint)
        elif block.kind == "fence" and block.level == 0 and not _fence_is_closed(block, lines):
            hint = f"close it with a line `{block.markup}`; until then all below is code"
            yield Fault(mark, "unclosed_code", "this code is never closed", hint, Severity.WARNING)


def _comment_is_open(content: str) -> bool:
    return content.rfind("<!--") > content.rfind("-->") and content.lstrip().startswith("<!--")


def _fence_is_closed(block: Block, lines: list[str]) -> bool:
    if block.end - block.line < 2:
        return False
    closing = _CLOSING_FENCE.fullmatch(lines[block.end - 1])
    return bool(closing and closing[1].startswith(block.markup))
