"""The blocks of a body that are plain to see: headings, paragraphs and bullets.

Nearly all that people note is made of these, and the parser of all of Markdown takes ten times as
long for it. What is read here are the very tokens it gives, so a line that might be anything else
(a quotation, code, HTML, a numbered list, a rule, a tab where columns count) is left to it.
"""

from __future__ import annotations

import re
from typing import Literal

from markdown_it.token import Token

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
    """Reads the blocks of a text at the left edge, one by one, as `tokens`.

    A text of no carriage returns and no control characters, divided into `lines`.
    """

    def __init__(self, lines: list[str], tokens: list[Token]) -> None:
        self._lines = lines
        self._tokens = tokens
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
        """Add the tokens of the block that begins on `line`; the line after it.

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

    def _add(
        self,
        kind: str,
        tag: str,
        nesting: Literal[-1, 0, 1],
        level: int,
        place: list[int] | None = None,
        content: str = "",
        markup: str = "",
    ) -> Token:
        children: list[Token] | None = [] if kind == "inline" else None
        token = Token(
            kind, tag, nesting, {}, place, level, children, content, markup, "", {}, block=True
        )
        self._tokens.append(token)
        return token

    def _heading(self, line: int) -> int:
        depth = self._starts[line] - 1
        tag, markup, end = f"h{depth}", "#" * depth, line + 1
        self._add("heading_open", tag, 1, 0, [line, end], "", markup)
        self._add("inline", "", 0, 1, [line, end], self._lines[line][depth:].strip())
        self._add("heading_close", tag, -1, 0, None, "", markup)
        return end

    def _paragraph(self, line: int, start: int, outer: int, level: int, opened: list[Token]) -> int:
        """A paragraph of a block whose content begins in column `start`.

        That block lies in one with its content in column `outer`. The two tokens around the text
        are added to `opened`.
        """
        end = line + 1
        parts = [self._lines[line][start:]]
        while end < len(self._lines) and self._goes_on(end, start, outer):
            parts.append(self._lines[end][min(start, self._indents[end]) :])
            end += 1
        opened.append(self._add("paragraph_open", "p", 1, level, [line, end]))
        self._add("inline", "", 0, level + 1, [line, end], "\n".join(parts).strip())
        opened.append(self._add("paragraph_close", "p", -1, level))
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
        place = [line, 0]
        self._add("bullet_list_open", "ul", 1, level, place, "", marker)
        tight = True
        ended_blank = False
        opened: list[Token] = []
        while True:
            first = line
            item = [line, 0]
            self._add("list_item_open", "li", 1, level + 1, item, "", marker)
            line, is_tight = self._item(line, base, level + 2, opened)
            self._add("list_item_close", "li", -1, level + 1, None, "", marker)
            item[1] = line
            tight = tight and is_tight and not ended_blank
            ended_blank = line - first > 1 and self._kinds[line - 1] == "blank"
            if not self._has_item(line, base, marker):
                break
        self._add("bullet_list_close", "ul", -1, level, None, "", marker)
        place[1] = line
        if tight:
            for token in opened:
                token.hidden = True
        return line

    def _has_item(self, line: int, base: int, marker: str) -> bool:
        """Whether a list goes on with another item on `line`."""
        if line >= len(self._lines) or self._indents[line] < base:
            return False
        if self._indents[line] > base + 3 or self._kinds[line] in ("rule", "doubt"):
            raise DoubtError
        return self._kinds[line] == "bullet" and self._lines[line][self._indents[line]] == marker

    def _item(self, first: int, base: int, level: int, opened: list[Token]) -> tuple[int, bool]:
        """The blocks of the item that begins on `first`; the line after it, whether it is tight."""
        kinds, count = self._kinds, len(self._lines)
        start = self._starts[first]
        line = self._paragraph(first, start, base, level, opened)
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
                line = self._paragraph(line, start, base, level, opened)
            else:
                raise DoubtError
            tight = not has_blank
            has_blank = has_blank or kinds[line - 1] == "blank"
        return line, tight
