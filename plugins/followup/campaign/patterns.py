"""What the notes of several interviews show when they are read together.

The sequence is every interview that is over and says something under What went right, What went
wrong or Royal screw-up, in order of start. All windows count its interviews; one with fewer uses
what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from followup.campaign.habits import late_thanks, signs
from followup.campaign.model import FollowUp
from followup.campaign.observations import JUDGING, RIGHT, ROYAL, observations
from followup.notes.categories import Answer, answer_to
from followup.notes.entry import Entry, Source
from followup.portal.model import Interview, Portal

LAST_FEW: Final = 3
LAST_MANY: Final = 5
_WATCHED: Final = 2
_RECURS: Final = 3
_ROYAL_RECURS: Final = 2


class Kind(StrEnum):
    """What a pattern is of."""

    WEAKNESS = "weakness"
    STRENGTH = "strength"
    PROCESS = "process"


class Level(StrEnum):
    """How firm a pattern is; the first that fits holds."""

    RECURRING = "recurring"
    WATCH = "watch"
    IMPROVED = "improved"
    NOTED = "noted"


class Cell(StrEnum):
    """What one interview shows of a pattern."""

    ABSENT = "absent"
    PRESENT = "present"
    ROYAL = "royal"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that shows a pattern, and the path of the interview it is about."""

    interview: str
    source: Source
    text: str
    why: tuple[str, ...] = ()
    better: tuple[tuple[str, Source], ...] = ()
    royal: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that came up in the sequence: where, how often, and how firm it is.

    `count` of the last `of` interviews show it: of the last five where it recurs, of the last three
    where it is to be watched or has improved (then none), else of all. `before` is how often it had
    come up, of how many, when it was last recurring or to be watched; only where it has improved.
    `evidence` has the latest first, `cells` the last five interviews in order of start; `last` is the
    place in the sequence, from 0, where it came up last.
    """

    kind: Kind
    tag: str
    level: Level
    count: int
    of: int
    evidence: tuple[Evidence, ...]
    cells: tuple[Cell, ...]
    last: int
    before: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A level with the count it rests on."""

    level: Level
    count: int
    of: int
    before: tuple[int, int] | None = None


def build_patterns(portal: Portal, follow_ups: Iterable[FollowUp]) -> tuple[Pattern, ...]:
    """All patterns: weaknesses, strengths, habits; in each the firmest and most frequent first."""
    sequence = reviewed(portal)
    late = late_thanks(portal, follow_ups)
    found: dict[tuple[Kind, str], dict[int, list[Evidence]]] = {}
    for place, interview in enumerate(sequence):
        entry = portal.entries[interview.path]
        habits = (
            (Kind.PROCESS, sign.tag, Evidence(interview.path, sign.source, sign.text))
            for sign in signs(portal, interview, late)
        )
        for kind, tag, evidence in (*_shown_by(entry), *habits):
            found.setdefault((kind, tag), {}).setdefault(place, []).append(evidence)
    patterns = [_build(kind, tag, hits, len(sequence)) for (kind, tag), hits in found.items()]
    return tuple(sorted(patterns, key=_rank))


def reviewed(portal: Portal) -> tuple[Interview, ...]:
    """The sequence."""
    judged = (
        interview
        for interview in portal.interviews.values()
        if interview.over and not interview.cancelled and _is_judged(portal.entries[interview.path])
    )
    return tuple(sorted(judged, key=lambda interview: (interview.start, interview.path)))


def stands(hits: Sequence[int], royal: frozenset[int], length: int) -> Standing:
    """The level of what came up at the places `hits` of a sequence of that length.

    `hits` rises and is not empty; `royal` are those of them that were a royal screw-up.
    """
    if now := _firm(hits[-LAST_MANY:], royal, length):
        return now
    few = min(LAST_FEW, length)
    was = _was_firm(hits, royal) if hits[-1] < length - few else None
    if was:
        return Standing(Level.IMPROVED, 0, few, (was.count, was.of))
    return Standing(Level.NOTED, len(hits), length)


def _was_firm(hits: Sequence[int], royal: frozenset[int]) -> Standing | None:
    """How it stood when it was last recurring or to be watched.

    Between hits a window can only lose, so it is enough to look right after each.
    """
    for end in range(len(hits), 0, -1):
        window = hits[max(0, end - LAST_MANY) : end]
        if then := _firm(window, royal, window[-1] + 1):
            return then
    return None


def _firm(hits: Sequence[int], royal: frozenset[int], length: int) -> Standing | None:
    """Recurring or to be watched at the end of a sequence of that length, or neither.

    No window holds more than the last five of `hits`.
    """
    few, many = min(LAST_FEW, length), min(LAST_MANY, length)
    lately = [place for place in hits if place >= length - many]
    if len(lately) >= _RECURS or sum(place in royal for place in lately) >= _ROYAL_RECURS:
        return Standing(Level.RECURRING, len(lately), many)
    last = sum(place >= length - few for place in hits)
    return Standing(Level.WATCH, last, few) if last >= _WATCHED else None


def _build(kind: Kind, tag: str, hits: Mapping[int, Sequence[Evidence]], length: int) -> Pattern:
    places = list(hits)
    royal = frozenset(place for place in places if any(item.royal for item in hits[place]))
    standing = stands(places, royal, length)
    return Pattern(
        kind=kind,
        tag=tag,
        level=standing.level,
        count=standing.count,
        of=standing.of,
        evidence=tuple(item for place in reversed(places) for item in hits[place]),
        cells=tuple(
            Cell.ROYAL if place in royal else Cell.PRESENT if place in hits else Cell.ABSENT
            for place in range(max(0, length - LAST_MANY), length)
        ),
        last=places[-1],
        before=standing.before,
    )


_ORDER: Final = {name: place for place, name in enumerate((*Kind, *Level))}


def _rank(pattern: Pattern) -> tuple[int, int, int, int, str]:
    """What patterns are sorted by: kind, level, how often, how lately."""
    firmness = _ORDER[pattern.level]
    return _ORDER[pattern.kind], firmness, -pattern.count, -pattern.last, pattern.tag


def _is_judged(entry: Entry) -> bool:
    return any(answer_to(number, entry) is Answer.ANSWERED for number in JUDGING)


def _shown_by(entry: Entry) -> Iterator[tuple[Kind, str, Evidence]]:
    for seen in observations(entry):
        kind = Kind.STRENGTH if seen.category == RIGHT else Kind.WEAKNESS
        royal = seen.category == ROYAL
        evidence = Evidence(entry.path, seen.source, seen.text, seen.why, seen.better, royal)
        for tag in seen.tags:
            yield kind, tag, evidence
