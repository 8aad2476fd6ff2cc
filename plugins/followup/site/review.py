"""The Review page: what keeps coming up over several interviews, and what to rehearse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.campaign.observations import RIGHT, observations
from followup.campaign.patterns import LAST_MANY, Cell, Evidence, Kind, Level, Pattern, reviewed
from followup.campaign.vocabulary import tag_of
from followup.portal.model import Interview
from followup.site.addresses import note_link
from followup.site.lookup import Lookup, ahead, when
from followup.site.parts import Chip, Link, Reference
from followup.site.rows import cite
from followup.site.wording import (
    ANSWER,
    QUOTED,
    count_of,
    cut,
    enumerate_names,
    quoted,
    sentence,
    spell,
)

QUOTES: Final = 3
"""How many quotes of what to work on stand in the open; of anything else, the latest."""
OLDER: Final = 12
"""How many more can be unfolded; of the rest only the number is told."""
CARDS: Final = 6
MORE_CARDS: Final = 42

_FIRM: Final = (Level.RECURRING, Level.WATCH)
_WEAK: Final = {
    Level.RECURRING: Chip("cross", "Recurring", "late"),
    Level.WATCH: Chip("flag", "Watch"),
    Level.IMPROVED: Chip("check", "Better now", "accent"),
}
_STRONG: Final = {Level.RECURRING: "Steady", Level.WATCH: "Often lately"}
_TWICE: Final = 2
_WENT: Final = {Kind.WEAKNESS: ("cross", "went wrong"), Kind.STRENGTH: ("check", "went right")}


@dataclass(frozen=True, slots=True)
class Quote:
    """A bullet in its own words, with its `Why:` and its place."""

    text: str
    why: tuple[str, ...]
    line: Reference
    royal: bool = False


@dataclass(frozen=True, slots=True)
class Quotes:
    """The latest quotes, those to unfold, and how many more there are."""

    shown: tuple[Quote, ...]
    older: tuple[Quote, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One pattern: what it is called, how firm, in how many interviews, and where.

    `helps` says what to do where no better answer is noted.
    """

    anchor: str
    title: str
    chip: Chip | None
    said: str
    quotes: Quotes
    better: tuple[Quote, ...] = ()
    helps: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of the picture; without an icon the pattern did not come up."""

    icon: str
    said: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One pattern of the picture; `kind` is `w` for a weakness, `s` for a strength."""

    kind: str
    title: str
    anchor: str
    level: str
    cells: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One interview of the picture."""

    company: str
    on: date
    day: str
    link: Link


@dataclass(frozen=True, slots=True)
class Picture:
    """The last five interviews across, the patterns down."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What went wrong, and what to say instead."""

    asked: str
    answer: str
    line: Reference


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards to rehearse: those on the table, those to unfold, and how many more there are."""

    count: int
    shown: tuple[Card, ...]
    older: tuple[Card, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Early:
    """Why there is nothing to see yet, and what to do about it; `link` leads to a note."""

    title: str
    text: str
    link: Reference | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """What the Review page shows."""

    lede: str
    first_note: bool
    early: Early | None
    picture: Picture | None
    work: tuple[Theme, ...]
    better: tuple[Theme, ...]
    seen: tuple[Theme, ...]
    seen_titles: str
    keep: tuple[Theme, ...]
    also_right: tuple[Theme, ...]
    habits: tuple[Theme, ...]
    deck: Deck


def build_review(lookup: Lookup) -> Review:
    """The Review page."""
    sequence = reviewed(lookup.portal)
    patterns = lookup.patterns
    weak, strong, habits = (
        [pattern for pattern in patterns if pattern.kind is kind] for kind in Kind
    )
    seen = _themes(lookup, weak, Level.NOTED)
    return Review(
        lede=_lede(sequence, patterns),
        first_note=not lookup.portal.entries,
        early=_early(lookup, sequence),
        picture=_picture(lookup, sequence, [*weak, *strong]),
        work=_themes(lookup, weak, *_FIRM),
        better=_themes(lookup, weak, Level.IMPROVED),
        seen=seen,
        seen_titles=_titles(seen),
        keep=_themes(lookup, strong, *_FIRM),
        also_right=_themes(lookup, strong, Level.IMPROVED, Level.NOTED),
        habits=_themes(lookup, habits, *Level),
        deck=_deck(lookup, sequence),
    )


def _titles(themes: Sequence[Theme]) -> str:
    """`Listening, Energy, Rapport and 11 more`."""
    titles = [theme.title for theme in themes[:QUOTES]]
    left = len(themes) - len(titles)
    return enumerate_names([*titles, f"{left} more"] if left else titles)


def _lede(sequence: Sequence[Interview], patterns: Sequence[Pattern]) -> str:
    """How many were read, and what they show: `One thing keeps coming back: your answers run long.`."""
    count = count_of(len(sequence), "finished interview", "finished interviews")
    if len(sequence) < 2:
        return f"{sentence(count)}: too early to tell." if sequence else "Nothing to compare yet."
    if not any(pattern.kind is not Kind.PROCESS for pattern in patterns):
        return f"{sentence(count)}, none of them tagged yet."
    return f"{sentence(count)}, read together. {_finding(patterns)}"


def _finding(patterns: Sequence[Pattern]) -> str:
    """What matters most, in a sentence."""
    back = [p for p in patterns if (p.kind, p.level) == (Kind.WEAKNESS, Level.RECURRING)]
    if back:
        troubles = [tag_of(pattern.tag).trouble for pattern in back]
        if len(troubles) == 1:
            return f"One thing keeps coming back: {troubles[0]}."
        if len(troubles) == 2:
            return f"Two things keep coming back: {troubles[0]}, and {troubles[1]}."
        return f"{sentence(spell(len(back)))} things keep coming back, above all: {troubles[0]}."
    for kind, level, words in (
        (Kind.WEAKNESS, Level.WATCH, "Watch one thing: {trouble}."),
        (Kind.PROCESS, Level.RECURRING, "One habit to change: {trouble}."),
        (Kind.WEAKNESS, Level.IMPROVED, "Better now: {title}."),
        (Kind.STRENGTH, Level.RECURRING, "What works: {title}."),
    ):
        for pattern in patterns:
            if (pattern.kind, pattern.level) == (kind, level):
                tag = tag_of(pattern.tag)
                title = tag.title[:1].lower() + tag.title[1:]
                found = words.format(trouble=tag.trouble, title=title)
                return f"Nothing keeps coming back. {found}"
    return "Nothing keeps coming back."


def _early(lookup: Lookup, sequence: Sequence[Interview]) -> Early | None:
    """What there is to say before a pattern can show."""
    if not sequence:
        return _before_the_first(lookup)
    tagged = any(pattern.kind is not Kind.PROCESS for pattern in lookup.patterns)
    if len(sequence) == 1:
        return _after_the_first(lookup, sequence[0], tagged=tagged)
    if tagged:
        return None
    return Early(
        "No bullet is tagged yet.",
        "A tag says what a bullet shows about you. Put one behind what went right and wrong:",
        example=True,
    )


def _before_the_first(lookup: Lookup) -> Early:
    title = "Two interviews make a pattern."
    over = [i for i in lookup.portal.interviews.values() if i.over and not i.cancelled]
    if over:
        last = max(over, key=lambda interview: (interview.start, interview.path))
        return Early(
            title,
            "No note says yet what went right or wrong. Begin with the latest:",
            Reference(lookup.meeting(last), note_link(last.path)),
        )
    return Early(title, f"You have none yet. {_next(lookup, 'The first')}".strip())


def _after_the_first(lookup: Lookup, only: Interview, *, tagged: bool) -> Early:
    title = "Two interviews make a pattern."
    link = Reference(lookup.meeting(only), note_link(only.path))
    if only.completeness and only.completeness.missing:
        return Early(title, "You have one; finish its notes today:", link, example=not tagged)
    text = f"You have one. {_next(lookup, 'The second')}".strip()
    return Early(title, text, link, example=not tagged)


def _next(lookup: Lookup, which: str) -> str:
    """When there will be more to see."""
    coming = [i for i in lookup.portal.interviews.values() if not i.over and ahead(lookup, i)]
    if not coming:
        return ""
    first = min(coming, key=lambda interview: (interview.start, interview.path))
    company = lookup.company(first.application).name
    return f"{which} is on {when(lookup, first)}, at {company}."


def _picture(
    lookup: Lookup, sequence: Sequence[Interview], patterns: Sequence[Pattern]
) -> Picture | None:
    """The last five interviews; none where there is nothing in them to compare."""
    rows = tuple(
        MatrixRow(
            kind=pattern.kind.value[0],
            title=tag_of(pattern.tag).title,
            anchor=_anchor(pattern),
            level=_WEAK[pattern.level].text
            if pattern.kind is Kind.WEAKNESS
            else _STRONG[pattern.level],
            cells=tuple(_mark(pattern.kind, cell) for cell in pattern.cells),
        )
        for pattern in patterns
        if pattern.level in _FIRM or (pattern.kind, pattern.level) == _BETTER_NOW
    )
    last = sequence[-LAST_MANY:]
    if not rows:
        return None
    all_ = "last " if len(sequence) > LAST_MANY else ""
    return Picture(
        caption=f"Your {all_}{spell(len(last))} interviews",
        columns=tuple(
            Column(
                company=lookup.company(interview.application).name,
                on=interview.start.date(),
                day=lookup.short_day(interview.start.date()),
                link=note_link(interview.path),
            )
            for interview in last
        ),
        rows=rows,
    )


_BETTER_NOW: Final = (Kind.WEAKNESS, Level.IMPROVED)


def _mark(kind: Kind, cell: Cell) -> Mark:
    if cell is Cell.ABSENT:
        return Mark("", "did not come up")
    icon, said = _WENT[kind]
    if cell is Cell.ROYAL:
        return Mark(icon, "royal screw-up", "royal")
    return Mark(icon, said)


def _themes(lookup: Lookup, patterns: Iterable[Pattern], *levels: Level) -> tuple[Theme, ...]:
    return tuple(_theme(lookup, pattern) for pattern in patterns if pattern.level in levels)


def _theme(lookup: Lookup, pattern: Pattern) -> Theme:
    tag = tag_of(pattern.tag)
    better = tuple(_better(lookup, pattern.evidence)) if pattern.kind is Kind.WEAKNESS else ()
    firm = pattern.level in _FIRM
    shown = QUOTES if firm else 1
    return Theme(
        anchor=_anchor(pattern),
        title=tag.title,
        chip=_chip(pattern),
        said=_said(pattern),
        quotes=_quotes(lookup, pattern.evidence, shown),
        better=better[:QUOTES] if firm else (),
        helps=tag.helps if firm and not better else "",
    )


def _chip(pattern: Pattern) -> Chip | None:
    return _WEAK.get(pattern.level) if pattern.kind is Kind.WEAKNESS else None


def _said(pattern: Pattern) -> str:
    """How firm and how often, in words; counts, never percentages."""
    often = _often(pattern)
    if pattern.level is Level.NOTED:
        went = "Went right" if pattern.kind is Kind.STRENGTH else "Seen"
        return f"{went} {often}"
    if pattern.kind is Kind.PROCESS:
        return f"{_WEAK[pattern.level].text}: {often}"
    if pattern.kind is Kind.STRENGTH:
        return sentence(often) if pattern.level is Level.IMPROVED else f"Went right {often}"
    return often


def _often(pattern: Pattern) -> str:
    """`in 3 of the last 5 interviews`, `not in the last 3 interviews; before that in 2 of 3`."""
    if pattern.before:
        count, of = pattern.before
        return f"not in the last {pattern.of} interviews; before that in {count} of {of}"
    if pattern.level is Level.NOTED:
        return "once" if pattern.count == 1 else f"in {pattern.count} of {pattern.of} interviews"
    royal = pattern.cells.count(Cell.ROYAL)
    times = "twice" if royal == _TWICE else f"{spell(royal)} times"
    so = f", {times} as a royal screw-up" if royal >= _TWICE else ""
    return f"in {pattern.count} of the last {pattern.of} interviews{so}"


def _quotes(lookup: Lookup, evidence: Sequence[Evidence], shown: int) -> Quotes:
    def as_quotes(some: Iterable[Evidence]) -> tuple[Quote, ...]:
        return tuple(
            Quote(
                text=quoted(item.text),
                why=tuple(cut(reason, QUOTED) for reason in item.why),
                line=cite(lookup, item.source),
                royal=item.royal,
            )
            for item in some
        )

    return Quotes(
        shown=as_quotes(evidence[:shown]),
        older=as_quotes(evidence[shown : shown + OLDER]),
        left=max(0, len(evidence) - shown - OLDER),
    )


def _better(lookup: Lookup, evidence: Iterable[Evidence]) -> Iterator[Quote]:
    """The better answers, the latest first, each once."""
    told: set[str] = set()
    for item in evidence:
        for text, source in item.better:
            if text not in told:
                told.add(text)
                yield Quote(quoted(text, ANSWER), (), cite(lookup, source))


def _deck(lookup: Lookup, sequence: Sequence[Interview]) -> Deck:
    """Every better answer as a card: those of what keeps coming back first, then the latest."""
    firm = {
        pattern.tag
        for pattern in lookup.patterns
        if pattern.kind is Kind.WEAKNESS and pattern.level in _FIRM
    }
    found = [
        (seen, answer)
        for interview in reversed(sequence)
        for seen in observations(lookup.portal.entries[interview.path])
        if seen.category != RIGHT
        for answer in seen.better
    ]
    found.sort(key=lambda pair: firm.isdisjoint(pair[0].tags))
    cards = [
        Card(quoted(seen.text), quoted(text, ANSWER), cite(lookup, source))
        for seen, (text, source) in found[: CARDS + MORE_CARDS]
    ]
    return Deck(
        count=len(found),
        shown=tuple(cards[:CARDS]),
        older=tuple(cards[CARDS:]),
        left=len(found) - len(cards),
    )


def _anchor(pattern: Pattern) -> str:
    return f"{pattern.kind}-{pattern.tag}"
