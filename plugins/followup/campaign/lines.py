"""The lines of a note that may stand in a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from followup.campaign.vocabulary import canonical
from followup.notes.entry import Bullet, BulletKind, Entry, Source
from followup.notes.inline import strip_marks
from followup.notes.placeholders import says_something
from followup.portal.model import Company

_PAY: Final = "salary_talk"
_ENDS: Final = (".", "!", "?", "…")
_BREAK: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_AROUND_BREAK: Final = re.compile(rf"\s*{_BREAK.pattern}\s*")
# With the spaces that French puts before its closing quotation mark.
_CLOSING: Final = "\"'”’»›)] \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the note that may stand in a letter, in the owner's words.

    `about` says what it tells of, `ids` who it is marked with; `from_reader` that the reader of
    the letter said it, `spoils` that it talks about the reader and cannot be sent to them. `sends`
    says of a promise that it was to send something.
    """

    text: str
    source: Source
    about: str = ""
    ids: frozenset[str] = frozenset()
    from_reader: bool = False
    spoils: bool = False
    sends: bool = False

    @property
    def is_sentence(self) -> bool:
        """Whether it ends like one, a quotation mark or bracket aside."""
        return self.text.rstrip(_CLOSING).endswith(_ENDS)

    def for_reader(self, *, said: bool, spoils: bool) -> Line:
        """The same line for one reader: whether they said it, and whether it talks about them."""
        return Line(self.text, self.source, self.about, self.ids, said, spoils, self.sends)


@dataclass(frozen=True, slots=True)
class Material:
    """The lines for one letter, by slot, and the slots whose every line is marked for others."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    only_for_others: frozenset[str] = frozenset()

    @property
    def sources(self) -> frozenset[Source]:
        """Where its lines stand."""
        return frozenset(line.source for line in self.lines.values())

    def with_promise(self, promise: Line | None) -> Material:
        """The same lines and what was promised, for the slots that bring it."""
        if promise is None:
            return self
        return replace(self, lines={**self.lines, "promise": promise, "promise_too": promise})


def points_of(entry: Entry, company: Company, category: int, about: str = "") -> list[Line]:
    """The bullets of a category that make a point each, in their order."""
    return [
        _line(entry, company, bullet, about, ids)
        for bullet, ids in _points(entry.bullets(category), ())
        # One with nothing below it is here because it says something.
        if bullet.kind is BulletKind.PLAIN and (not bullet.children or says_something(bullet.text))
    ]


def better_answers_of(entry: Entry, company: Company, *categories: int) -> list[Line]:
    """Every better answer under these categories, from top to bottom, but for one about pay.

    That is one below `#salary_talk`: it is for the next time it is asked, not for a letter.
    """
    found = [
        _line(entry, company, bullet, "", ids)
        for bullet, ids in _walk(entry.bullets(*categories), ())
        if bullet.kind is BulletKind.BETTER and says_something(bullet.text)
    ]
    return from_top(found)


def from_top(lines: Iterable[Line]) -> list[Line]:
    """Lines in the order of the note."""
    return sorted(lines, key=lambda line: line.source.line)


def _points(
    bullets: Iterable[Bullet], above: tuple[str, ...]
) -> Iterator[tuple[Bullet, tuple[str, ...]]]:
    """The bullets that make a point; one that ends in a colon stands for those below it."""
    for bullet in bullets:
        ids = bullet.ids or above
        if bullet.text.endswith(":") and bullet.children:
            yield from _points(bullet.children, ids)
        else:
            yield bullet, ids


def _walk(
    bullets: Iterable[Bullet], above: tuple[str, ...]
) -> Iterator[tuple[Bullet, tuple[str, ...]]]:
    """Every bullet with its ids, or those of the nearest bullet above it; none about pay."""
    for bullet in bullets:
        # What stands in a `Why:` or a `Better answer:`, tags too, belongs to the bullet above.
        said = (bullet, *(one for one in bullet.children if one.kind is not BulletKind.PLAIN))
        if _PAY in {canonical(tag) for one in said for tag in one.tags}:
            continue
        ids = bullet.ids or above
        yield bullet, ids
        yield from _walk(bullet.children, ids)


def _line(
    entry: Entry, company: Company, bullet: Bullet, about: str, written: tuple[str, ...]
) -> Line:
    # An id that nobody has still marks the line as somebody's: it is not shared.
    ids = frozenset([company.person(name) or name for name in written])
    return Line(in_one_line(bullet.text), Source(entry.path, bullet.line), about, ids)


def as_said(text: str) -> str:
    """A text of the front matter as a letter says it: in one line, without `@ids` and `#tags`."""
    return strip_marks(in_one_line(text)).strip()


def in_one_line(text: str) -> str:
    """`text` with line breaks, of whatever kind, as single spaces; everything else stays."""
    return (_AROUND_BREAK.sub(" ", text) if _BREAK.search(text) else text).strip()
