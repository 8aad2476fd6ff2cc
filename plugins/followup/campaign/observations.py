"""What a note says about how its interview went: its bullets under three of the thirteen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from followup.campaign.vocabulary import canonical
from followup.notes.entry import Bullet, BulletKind, Entry, Source
from followup.notes.placeholders import says_something

RIGHT: Final = 6
WRONG: Final = 7
ROYAL: Final = 8
JUDGING: Final = (RIGHT, WRONG, ROYAL)
"""The categories that say how an interview went."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A bullet of a note that says how the interview went, with what stands below it.

    `category` is one of `JUDGING`. `better` are the better answers below it, each with its line.
    `tagged` says that a tag stands somewhere in the same item of the list.
    """

    source: Source
    category: int
    text: str
    tags: tuple[str, ...]
    why: tuple[str, ...]
    better: tuple[tuple[str, Source], ...]
    tagged: bool


def observations(entry: Entry) -> Iterator[Observation]:
    """Every bullet that says how the interview went, in file order; nested plain ones on their own.

    What stands in a `Why:` or a `Better answer:`, tags too, belongs to the bullet above. One that is
    nothing but a tag counts; one that says nothing does not.
    """
    for section in entry.sections:
        if section.category in JUDGING:
            for bullet in section.bullets:
                tagged = bool(_all_tags(bullet))
                yield from _observed(entry.path, section.category, bullet, tagged=tagged)


def _observed(path: str, category: int, bullet: Bullet, *, tagged: bool) -> Iterator[Observation]:
    tags = bullet.tags
    plain, why, better = [], [], []
    for child in bullet.children:
        if child.kind is BulletKind.PLAIN:
            plain.append(child)
            continue
        tags += _all_tags(child)
        if not says_something(child.text):
            continue
        if child.kind is BulletKind.WHY:
            why.append(child.text)
        else:
            better.append((child.text, Source(path, child.line)))
    if tags or better or says_something(bullet.text):
        yield Observation(
            source=Source(path, bullet.line),
            category=category,
            text=bullet.text,
            tags=tuple(dict.fromkeys(canonical(tag) for tag in tags)),
            why=tuple(why),
            better=tuple(better),
            tagged=tagged,
        )
    for child in plain:
        yield from _observed(path, category, child, tagged=tagged)


def _all_tags(bullet: Bullet) -> tuple[str, ...]:
    """The tags of a bullet and of everything below it."""
    return sum((_all_tags(child) for child in bullet.children), bullet.tags)
