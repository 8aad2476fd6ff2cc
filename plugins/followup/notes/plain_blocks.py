"""The blocks of a body that are plain to see: headings, paragraphs and bullets.

Nearly all that people note is made of these, and the parser of all of Markdown takes ten times as
long for it. What is read here is the very same, so a line that might be anything else
(a quotation, code, HTML, a numbered list, a rule, a tab where columns count) is left to it.
"""

from __future__ import annotations

import re

from followup.notes.block import Block

_SPACE = r"(?:[ \t]|$)"
_RULE = r"([-*_])[ \t]*(?:\{}[ \t]*){{2,}}$"
# What begins with this may be more than text, with all that belongs to it.
_NO_TEXT = rf"{_SPACE}|[<>]|```|~~~|[-+*]{_SPACE}|#{{1,6}}{_SPACE}|[0-9]{{1,9}}[.)]{_SPACE}|=+[ \t]*$|-+[ \t]*$"
_LINE = re.compile(
    r"( *)(?:(?P<blank>[ \t]*$)"
    rf"|(?P<rule>{_RULE.format(4)})"
    rf"|(?P<bullet>[-*] {{1,3}}(?!{_NO_TEXT}|{_RULE.format(6)}))"
    rf"|(?P<heading>#{{1,6}}[ \t](?!.*#[ \t]*$))"
    rf"|(?P<text>(?!{_NO_TEXT}))"
    r"|(?P<doubt>))"
)
_DEEPEST = 40
"""So many levels are read here; the parser of all of Markdown ends at some more."""


class DoubtError(Exception):
    """A block that is not plain to see."""


class PlainBlocks:
    """Reads the blocks of a text at the left edge, one by one, into `blocks`.

    A text of no carriage returns and no control characters, divided into `lines`.
    """

    def __init__(self, lines: list[str], blocks: list[Block]) -> None:
        self._lines = lines
        self._add = blocks.append
        self._kinds: list[str | None] = []
        self._indents: list[int] = []
        # Where the text of a bullet or heading begins.
        self._starts: list[int] = []
        for line in lines:
            found = _LINE.match(line)
            assert found is not None
            self._kinds.append(found.lastgroup)
            self._indents.append(found.end(1))
            self._starts.append(found.end())

    def read(self, line: int) -> int:
        """Add the block that begins on `line`, and those in it; the line after it.

        With a `DoubtError`, what has been added by then is of no use.
        """
        kind = self._kinds[line]
        if kind == "blank":
            return line + 1
        if self._indents[line] > 3:
            raise DoubtError
        if kind == "bullet":
            return self._list(line, 0, 0)
        if kind == "text":
            return self._paragraph(line, 0, -1, 0, [])
        if kind == "heading" and self._indents[line] == 0:
            return self._heading(line)
        raise DoubtError

    def _heading(self, line: int) -> int:
        depth = self._starts[line] - 1
        text = self._lines[line][depth:].strip()
        self._add(Block("heading", f"h{depth}", line, line + 1, 0, text, "#" * depth))
        return line + 1

    def _paragraph(self, line: int, start: int, outer: int, level: int, found: list[Block]) -> int:
        """A paragraph of a block whose content begins in column `start`; it is added to `found`.

        That block lies in one with its content in column `outer`.
        """
        end = line + 1
        text = self._lines[line][start:]
        while end < len(self._lines) and self._goes_on(end, start, outer):
            text += "\n" + self._lines[end][min(start, self._indents[end]) :]
            end += 1
        block = Block("paragraph", "p", line, end, level, text.strip())
        self._add(block)
        found.append(block)
        return end

    def _goes_on(self, line: int, start: int, outer: int) -> bool:
        """Whether a paragraph goes on in `line`, however far that is indented."""
        kind, indent = self._kinds[line], self._indents[line]
        if kind == "text":
            return True
        if kind == "blank" or (kind == "heading" and indent == 0):
            return False
        if kind == "bullet" and indent <= start + 3 and not outer + 4 <= indent < start:
            return False
        raise DoubtError

    def _list(self, line: int, base: int, level: int) -> int:
        """A list in a block whose content begins in column `base`."""
        if level > _DEEPEST:
            raise DoubtError
        marker = self._lines[line][self._indents[line]]
        whole = Block("bullet_list_open", "ul", line, 0, level, "", marker)
        self._add(whole)
        is_tight = True
        ended_blank = False
        paragraphs: list[Block] = []
        while True:
            item = Block("list_item_open", "li", line, 0, level + 1, "", marker)
            self._add(item)
            line, item_is_tight = self._item(line, base, level + 2, paragraphs)
            self._add(Block("list_item_close", "li", 0, 0, level + 1, "", marker))
            item.end = line
            is_tight = is_tight and item_is_tight and not ended_blank
            ended_blank = line - item.line > 1 and self._kinds[line - 1] == "blank"
            if not self._has_item(line, base, marker):
                break
        self._add(Block("bullet_list_close", "ul", 0, 0, level, "", marker))
        whole.end = line
        for paragraph in paragraphs:
            paragraph.is_tight = is_tight
        return line

    def _has_item(self, line: int, base: int, marker: str) -> bool:
        """Whether a list goes on with another item on `line`."""
        if line >= len(self._lines) or self._indents[line] < base:
            return False
        if self._indents[line] > base + 3 or self._kinds[line] in ("rule", "doubt"):
            raise DoubtError
        return self._kinds[line] == "bullet" and self._lines[line][self._indents[line]] == marker

    def _item(self, first: int, base: int, level: int, found: list[Block]) -> tuple[int, bool]:
        """The blocks of the item that begins on `first`; the line after it, whether it is tight."""
        kinds, count = self._kinds, len(self._lines)
        start = self._starts[first]
        line = self._paragraph(first, start, base, level, found)
        tight, has_blank = True, False
        while line < count:
            while line < count and kinds[line] == "blank":
                has_blank = True
                line += 1
            if line == count or self._indents[line] < start:
                break
            if self._indents[line] > start + 3:
                raise DoubtError
            if kinds[line] == "bullet":
                line = self._list(line, start, level)
            elif kinds[line] == "text":
                line = self._paragraph(line, start, base, level, found)
            else:
                raise DoubtError
            tight = not has_blank
            has_blank = has_blank or kinds[line - 1] == "blank"
        return line, tight
