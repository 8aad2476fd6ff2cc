"""One note as parsed, before anything is derived from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from followup.notes.placeholders import says_something
from followup.notes.schema import FrontMatter

Location = tuple[str | int, ...]
"""Where a value stands in the front matter: `("people", 0, "email")`."""


class Source(NamedTuple):
    """A line of a note; what a date, a sentence or a fact stands on.

    A tuple, since lines are compared, sorted and collected in sets more than all else.
    """

    path: str
    line: int


class Mark(NamedTuple):
    """The place of a key or value in a file, both counted from 1.

    A tuple, since there is one for everything in the front matter of every note.
    """

    line: int
    column: int


class BulletKind(StrEnum):
    """What a bullet is for: the coach's `Why:`, a `Better answer:`, or anything else."""

    PLAIN = "plain"
    WHY = "why"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class Bullet:
    """A list item: its own text, who said it, what it shows, and the bullets below it.

    `text` is one line without list marker, `@ids`, `#tags` and, for the kinds `why` and `better`,
    without the leading `Why:` or `Better answer:`. `line` counts from 1 in the file.
    """

    line: int
    text: str
    ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kind: BulletKind = BulletKind.PLAIN
    children: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the body and what stands below it, down to the next heading.

    `category` is the number of the thirteen the heading stands for, else that of the heading it is
    below (`### Team` under `## The job`), else None, as for the text before the first one. `text` is everything below it as plain text, bullets
    included, without comments: what completeness looks at.
    """

    heading: str
    line: int
    category: int | None
    bullets: tuple[Bullet, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A note: front matter with the place of every value, and the body in sections.

    `path` is relative to the notes folder, with `/`. `body` is the text below the front matter and
    `body_line` the line it begins on. `digest` is the SHA-256 of the file's bytes.
    """

    path: str
    front: FrontMatter
    marks: Mapping[Location, Mark]
    sections: tuple[Section, ...]
    body: str
    body_line: int
    digest: str

    def source(self, *location: str | int) -> Source:
        """The line of the value at `location`, or of the nearest key above it, else line 1."""
        for end in range(len(location), 0, -1):
            if mark := self.marks.get(location[:end]):
                return Source(self.path, mark.line)
        return Source(self.path, 1)

    def bullets(self, *categories: int) -> tuple[Bullet, ...]:
        """The top-level bullets under the headings of these categories, in file order.

        Bullets that say nothing (`…`, `n/a`) are left out, at every depth.
        """
        return tuple(
            kept
            for section in self.sections
            if section.category in categories
            for kept in _worth_reading(section.bullets)
        )


def _worth_reading(bullets: tuple[Bullet, ...]) -> Iterator[Bullet]:
    for bullet in bullets:
        children = tuple(_worth_reading(bullet.children))
        if children or says_something(bullet.text):
            yield bullet if children == bullet.children else replace(bullet, children=children)
