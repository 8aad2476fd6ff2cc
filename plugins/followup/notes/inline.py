"""The text of a paragraph or bullet: Markdown reduced to plain text, and the `@ids` and `#tags`.

One pass from left to right, in time proportional to the text whatever it holds. A construct that
does not close is text, as in Markdown. So is what looks like HTML: `Vec<T>` must reach a letter as
it was noted, and where text is shown it is escaped. A comment says nothing, a `<br>` is a space.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

_MARK = re.compile(r"[@#]([^\W\d_](?:[\w-]*[^\W_])?)(?=$|\s|[.,;:!?)\]…*_]+(?:\s|$))")
_FREE_MARK = re.compile(rf"(?<!\S){_MARK.pattern}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~\n])")
_BACKTICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DELIMITERS = re.compile(r"\*+|_+")
LINK_TARGET = (
    r"\([ \t\n]*(?:<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,9})"
    r"(?:[ \t\n]+(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?[ \t\n]*\)"
)
"""What follows the `]` of a link, as a regular expression; bounded, so that no text is slow."""
_TARGET = re.compile(LINK_TARGET)
_LABEL = re.compile(r"\[([^\[\]]{0,500})\]")
_SPECIAL = re.compile(r"[\\`<&*_\[\]!@#]")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?:(\^[^\[\]\n]{1,200})\]:[^\n]*"
    r"|([^\[\]\n]{1,200})\]:[ \t]*[^\s<>]\S*(?:[ \t]+[\"'(][^\n]*)?)$",
    re.MULTILINE,
)

_HERE_WAS_A_MARK = "\x00"
# A no-break space is meant: French has one before a colon.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_ODD_SPACE = re.compile(r"[^\S \u00a0\u202f]|  ")
_AROUND_MARKS = re.compile(rf"\s*{_HERE_WAS_A_MARK}(?:[\s,;]*{_HERE_WAS_A_MARK})*")


class MarkKind(Enum):
    """What an `@id` or `#tag` is."""

    PERSON = auto()
    TAG = auto()


@dataclass(frozen=True, slots=True)
class InlineMark:
    """An `@id` or `#tag` and the offsets where it stands in the source."""

    kind: MarkKind
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inline:
    """A text reduced: one line of plain text without the marks, and the marks in order."""

    text: str
    marks: tuple[InlineMark, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The names after `@`, each once."""
        return self._names(MarkKind.PERSON)

    @property
    def tags(self) -> tuple[str, ...]:
        """The names after `#`, each once."""
        return self._names(MarkKind.TAG)

    def _names(self, kind: MarkKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.name for mark in self.marks if mark.kind is kind))


def parse_inline(source: str, labels: frozenset[str] = frozenset()) -> Inline:
    """`source` reduced; `labels` are the names of the body's link definitions."""
    if "]:" in source:
        source = _DEFINITION.sub(_blank, source)
    source = source.replace(_HERE_WAS_A_MARK, "\ufffd")
    if not _SPECIAL.search(source):
        return Inline(_in_one_line(source), ())
    return _Reduction(source, labels).reduce()


def strip_marks(text: str) -> str:
    """`text` as it is written, but for `@ids` and `#tags`: for what is no Markdown."""
    marked = text.replace(_HERE_WAS_A_MARK, "\ufffd")
    stripped = _FREE_MARK.sub(_HERE_WAS_A_MARK, marked)
    return text if stripped == marked else _without_traces(stripped)


def without_tags(text: str) -> str:
    """`text` without what looks like HTML: for what is compared, not for what is shown."""
    return _TAG.sub("", text).strip() if "<" in text else text


def parse_labels(body: str) -> frozenset[str]:
    """The names of the link definitions in `body`, folded."""
    return frozenset(_fold(match[1] or match[2]) for match in _DEFINITION.finditer(body))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()


@dataclass(slots=True)
class _Delimiter:
    """A run of `*` or `_` that may open emphasis: where it is in the output, what is left of it."""

    piece: int
    left: int


@dataclass(slots=True)
class _Bracket:
    """A `[` or `![` that may begin a link."""

    start: int
    piece: int
    marks: int
    is_image: bool


class _Reduction:
    """The state of one pass over one text."""

    def __init__(self, source: str, labels: frozenset[str]) -> None:
        self._source = source
        self._labels = labels
        self._at = 0
        self._pieces: list[str] = []
        self._marks: list[tuple[InlineMark, int]] = []
        self._brackets: list[_Bracket] = []
        self._delimiters: dict[str, list[_Delimiter]] = {"*": [], "_": []}
        self._closings = _closing_runs(source) if "`" in source else {}
        self._last_comment_end = source.rfind("-->")

    def reduce(self) -> Inline:
        """The result, once the whole text has been passed."""
        source = self._source
        while self._at < len(source):
            found = _SPECIAL.search(source, self._at)
            if found is None:
                self._pieces.append(source[self._at :])
                break
            self._pieces.append(source[self._at : found.start()])
            self._at = found.start()
            if not self._RULES[found[0]](self):
                self._pieces.append(found[0])
                self._at += 1
        return Inline(_tidy("".join(self._pieces)), tuple(mark for mark, _ in self._marks))

    def _take(self, match: re.Match[str] | None, text: str = "") -> bool:
        if match is None:
            return False
        self._pieces.append(text)
        self._at = match.end()
        return True

    def _escape(self) -> bool:
        found = _ESCAPE.match(self._source, self._at)
        return self._take(found, found[1] if found else "")

    def _code(self) -> bool:
        run = _BACKTICKS.match(self._source, self._at)
        assert run is not None
        starts = self._closings.get(len(run[0]), [])
        index = bisect_left(starts, run.end())
        if index == len(starts):
            return self._take(run, run[0])
        code = self._source[run.end() : starts[index]].replace("\n", " ")
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        self._pieces.append(code)
        self._at = starts[index] + len(run[0])
        return True

    def _angle(self) -> bool:
        source, at = self._source, self._at
        if source.startswith("<!--", at) and self._last_comment_end >= at + 4:
            self._at = source.find("-->", at + 4) + 3
            return True
        if found := _AUTOLINK.match(source, at):
            return self._take(found, found[1])
        if found := _BREAK.match(source, at):
            return self._take(found, " ")
        found = _TAG.match(source, at)
        return self._take(found, found[0] if found else "")

    def _entity(self) -> bool:
        found = _ENTITY.match(self._source, self._at)
        return self._take(found, html.unescape(found[0]) if found else "")

    def _mark(self) -> bool:
        found = _MARK.match(self._source, self._at)
        if not found or not self._stands_free():
            return False
        kind = MarkKind.PERSON if found[0][0] == "@" else MarkKind.TAG
        mark = InlineMark(kind, found[1], found.start(), found.end())
        self._marks.append((mark, len(self._pieces)))
        return self._take(found, _HERE_WAS_A_MARK)

    def _stands_free(self) -> bool:
        return self._at == 0 or self._source[self._at - 1].isspace()

    def _open_bracket(self) -> bool:
        self._brackets.append(
            _Bracket(self._at, len(self._pieces), len(self._marks), is_image=False)
        )
        self._pieces.append("[")
        self._at += 1
        return True

    def _open_image(self) -> bool:
        if not self._source.startswith("![", self._at):
            return False
        self._brackets.append(
            _Bracket(self._at, len(self._pieces), len(self._marks), is_image=True)
        )
        self._pieces.append("![")
        self._at += 2
        return True

    def _close_bracket(self) -> bool:
        if not self._brackets:
            return False
        bracket = self._brackets.pop()
        end = self._link_end(bracket)
        if end is None:
            return False
        self._pieces[bracket.piece] = ""
        if self._source.startswith("[^", bracket.start):
            del self._pieces[bracket.piece :]  # a footnote's number is no text
        for mark, piece in self._marks[bracket.marks :]:
            self._pieces[piece] = self._source[mark.start : mark.end]
        del self._marks[bracket.marks :]
        if not bracket.is_image:
            self._brackets.clear()  # a link holds no link
        self._at = end
        return True

    def _link_end(self, bracket: _Bracket) -> int | None:
        """Where the link that ends with this `]` ends, or None if it is no link."""
        after = self._at + 1
        if found := _TARGET.match(self._source, after):
            return found.end()
        if found := _LABEL.match(self._source, after):
            if _fold(found[1]) in self._labels or (not found[1] and self._is_label(bracket)):
                return found.end()
            return None
        return after if self._is_label(bracket) else None

    def _is_label(self, bracket: _Bracket) -> bool:
        if not self._labels or len(self._pieces) - bracket.piece > 50:
            return False
        return _fold("".join(self._pieces[bracket.piece + 1 :])) in self._labels

    def _emphasis(self) -> bool:
        run = _DELIMITERS.match(self._source, self._at)
        assert run is not None
        character, left = run[0][0], len(run[0])
        opens, closes = _flanks(self._source, run.start(), run.end())
        piece = len(self._pieces)
        if closes:
            left = self._match_openers(character, left)
        self._pieces.append(character * left)
        if opens and left:
            self._delimiters[character].append(_Delimiter(piece, left))
        self._at = run.end()
        return True

    def _match_openers(self, character: str, left: int) -> int:
        """How many characters of a closing run find no partner."""
        stack = self._delimiters[character]
        other = self._delimiters["_" if character == "*" else "*"]
        while left and stack:
            opener = stack[-1]
            used = 2 if left >= 2 and opener.left >= 2 else 1
            opener.left -= used
            left -= used
            self._pieces[opener.piece] = character * opener.left
            while other and other[-1].piece > opener.piece:
                other.pop()
            if not opener.left:
                stack.pop()
        return left

    _RULES: ClassVar[Mapping[str, Callable[[_Reduction], bool]]] = {
        "\\": _escape,
        "`": _code,
        "<": _angle,
        "&": _entity,
        "*": _emphasis,
        "_": _emphasis,
        "[": _open_bracket,
        "!": _open_image,
        "]": _close_bracket,
        "@": _mark,
        "#": _mark,
    }


def _closing_runs(source: str) -> dict[int, list[int]]:
    """Where runs of backticks of each length begin, in order."""
    runs: dict[int, list[int]] = {}
    for match in _BACKTICKS.finditer(source):
        runs.setdefault(len(match[0]), []).append(match.start())
    return runs


def _flanks(source: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a run of delimiters may open and may close emphasis, by CommonMark's rules."""
    before = source[start - 1] if start else " "
    after = source[end] if end < len(source) else " "
    space_before, space_after = before.isspace(), after.isspace()
    sign_before = not (before.isalnum() or space_before)
    sign_after = not (after.isalnum() or space_after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if source[start] == "*":
        return left, right
    return left and (not right or sign_before), right and (not left or sign_after)


def _tidy(text: str) -> str:
    """One line, and clean where marks have been taken out."""
    line = _in_one_line(text)
    return _without_traces(line) if _HERE_WAS_A_MARK in line else line


def _in_one_line(text: str) -> str:
    return (_SPACE.sub(" ", text) if _ODD_SPACE.search(text) else text).strip()


def _without_traces(line: str) -> str:
    """A line as if the marks had never been in it."""
    joined, *parts = _AROUND_MARKS.split(line)
    for part in parts:
        joined = _join(joined, part)
    return joined.strip()


def _join(before: str, after: str) -> str:
    """Two parts of a sentence between which marks stood."""
    if not before:
        return after.lstrip(" ,;:")
    ends, begins = before[-1], after.lstrip()[:1]
    if not begins:
        return before.rstrip(" ,;")
    if ends in ",;:" and begins in ".,;:!?":
        return before[:-1] + after.lstrip()
    if ends in ".!?" and begins in ".,;:!?":
        return before + after.lstrip()[1:]
    return before + after
