"""Patterns over several interviews: levels, counts, quotes, and what counts at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.campaign.patterns import (
    Cell,
    Kind,
    Level,
    Pattern,
    Standing,
    build_patterns,
    reviewed,
    stands,
)
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from followup.portal.model import Portal
from tests.unit.notebook import TODAY, note, portal_of

FIRST_DAY = date(2026, 9, 1)


def held(number: int, body: str, extra: str = "", *, clock: str = "14:00") -> Entry:
    """The note of an interview on the given day of September, with nothing else to find in it."""
    day = FIRST_DAY + timedelta(days=number)
    front = f"""company: Acme {number}
title: Analyst
interview: {{format: video, start: {day} {clock}}}
people: [{{id: a, name: Ann Abel, role: hiring_manager, email: a@acme.example}}]
decision: {{by: 2026-12-24}}
log: [{{on: {day}, event: sent, touch: thank_you}}]
{extra}"""
    return note(f"note-{number:02}.md", front, body)


def patterns_of(portal: Portal) -> tuple[Pattern, ...]:
    """All patterns of a portal, with its own plan."""
    return build_patterns(portal, build_follow_ups(portal).values())


def found_in(*entries: Entry) -> dict[tuple[str, str], Pattern]:
    """The patterns that these notes show, by kind and tag."""
    found = patterns_of(portal_of(*entries))
    return {(pattern.kind.value, pattern.tag): pattern for pattern in found}


WRONG = "## What went wrong\n- I talked too long. #conciseness\n"
ROYAL = "## Royal screw-up\n- I talked for an hour. #conciseness\n"
OTHER = "## What went right\n- They laughed.\n"
BODIES = {"x": WRONG, "R": ROYAL, ".": OTHER}


def history(signs: str) -> Pattern:
    """The weakness in a history: `x` an interview that shows it, `R` royally, `.` one without."""
    entries = (held(number, BODIES[sign]) for number, sign in enumerate(signs))
    return found_in(*entries)["weakness", "conciseness"]


@pytest.mark.parametrize(
    ("signs", "level", "count", "of"),
    [
        ("x", Level.NOTED, 1, 1),
        ("x.", Level.NOTED, 1, 2),
        ("xx", Level.WATCH, 2, 2),
        ("x.x", Level.WATCH, 2, 3),
        ("xxx", Level.RECURRING, 3, 3),
        ("xx.x", Level.RECURRING, 3, 4),
        ("x.x.x", Level.RECURRING, 3, 5),
        ("x..x.x", Level.WATCH, 2, 3),
        ("xxx..", Level.RECURRING, 3, 5),
        ("xxx...", Level.IMPROVED, 0, 3),
        ("xx..", Level.NOTED, 2, 4),
        ("xx...", Level.IMPROVED, 0, 3),
        ("x..x...", Level.NOTED, 2, 7),
        ("xx....x", Level.NOTED, 3, 7),
        ("xx....x...", Level.IMPROVED, 0, 3),
        ("R", Level.NOTED, 1, 1),
        ("RR", Level.RECURRING, 2, 2),
        ("R...R", Level.RECURRING, 2, 5),
        ("R....R", Level.NOTED, 2, 6),
        ("R...x", Level.NOTED, 2, 5),
        ("R...R...", Level.IMPROVED, 0, 3),
        ("R...R.", Level.NOTED, 2, 6),
    ],
)
def test_level_of_a_history(signs: str, level: Level, count: int, of: int) -> None:
    """The first that fits of recurring, watch, improved and noted, with the count it rests on."""
    pattern = history(signs)
    assert (pattern.level, pattern.count, pattern.of) == (level, count, of)


def test_improved_tells_how_it_was() -> None:
    """Something better now says how often it had come up when it was last a pattern."""
    assert history("x.x...").before == (2, 3)
    assert history("xxxxx...").before == (5, 5)
    assert history("xx.").before is None


def test_picture_of_the_last_five() -> None:
    """The cells are those of the last five interviews, a royal screw-up told apart."""
    absent, present, royal = Cell.ABSENT, Cell.PRESENT, Cell.ROYAL
    assert history("xx.R.x").cells == (present, absent, royal, absent, present)
    assert history(".x").cells == (absent, present)


def naive_level(shown: list[bool], royal: list[bool]) -> Level:
    """The level by the words of the rule, looking at every beginning of the history."""

    def firm(end: int) -> Level | None:
        many, few = range(max(0, end - 5), end), range(max(0, end - 3), end)
        thrice = len([1 for i in many if shown[i]]) >= 3
        if thrice or len([1 for i in many if royal[i]]) >= 2:
            return Level.RECURRING
        return Level.WATCH if len([1 for i in few if shown[i]]) >= 2 else None

    if now := firm(len(shown)):
        return now
    if any(firm(end) for end in range(1, len(shown))) and not any(shown[-3:]):
        return Level.IMPROVED
    return Level.NOTED


@dataclass(frozen=True)
class Tagged:
    """One bullet of a random history."""

    category: str
    tag: str


BULLETS = st.builds(
    Tagged,
    st.sampled_from(["What went right", "What went wrong", "Royal screw-up"]),
    st.sampled_from(["conciseness", "listening", "small_talk"]),
)
HISTORIES = st.lists(st.lists(BULLETS, max_size=4), min_size=1, max_size=14)


@given(HISTORIES)
def test_levels_of_random_histories(history: list[list[Tagged]]) -> None:
    """Over randomly tagged notes every level is the one that a naive reading of the rule gives."""
    entries = []
    for number, bullets in enumerate(history):
        lines = [f"## {bullet.category}\n- Something. #{bullet.tag}\n" for bullet in bullets]
        entries.append(held(number, "".join(lines) or "## What went right\n- Something.\n"))
    found = patterns_of(portal_of(*entries))
    expected = {}
    for tag in ("conciseness", "listening", "small_talk"):
        for kind, headings in (
            (Kind.STRENGTH, {"What went right"}),
            (Kind.WEAKNESS, {"What went wrong", "Royal screw-up"}),
        ):
            shown = [
                any(b.tag == tag and b.category in headings for b in bullets) for bullets in history
            ]
            royal = [Tagged("Royal screw-up", tag) in bullets for bullets in history]
            royal = royal if kind is Kind.WEAKNESS else [False] * len(history)
            if any(shown):
                expected[kind, tag] = (naive_level(shown, royal), sum(shown))
    assert {(p.kind, p.tag): p.level for p in found} == {
        key: level for key, (level, _) in expected.items()
    }
    for pattern in found:
        notes = {evidence.interview for evidence in pattern.evidence}
        assert len(notes) == expected[pattern.kind, pattern.tag][1]
        assert [e.interview for e in pattern.evidence] == sorted(
            (e.interview for e in pattern.evidence), reverse=True
        )


@given(st.lists(st.sampled_from(" xR"), min_size=1, max_size=40).filter(lambda s: set(s) != {" "}))
def test_long_histories(signs: list[str]) -> None:
    """In a long history, too, the level is the one of the naive reading."""
    hits = [place for place, sign in enumerate(signs) if sign != " "]
    royal = frozenset(place for place, sign in enumerate(signs) if sign == "R")
    shown = [sign != " " for sign in signs]
    assert stands(hits, royal, len(signs)).level is naive_level(shown, [s == "R" for s in signs])


def test_improved_after_the_last_time_it_was_firm() -> None:
    """What it was before is told of the last time, not of the first."""
    assert stands([0, 1, 2, 10, 12], frozenset(), 16) == Standing(Level.IMPROVED, 0, 3, (2, 3))


def test_evidence_is_quoted_with_its_why_and_better_answer() -> None:
    """The latest comes first, each with its line, its reason and what to say instead."""
    body = """## What went wrong
- I talked too long. #conciseness
  - Why: I was nervous.
  - Better answer: One sentence, then stop.
"""
    pattern = found_in(held(1, body), held(2, WRONG))["weakness", "conciseness"]
    latest, first = pattern.evidence
    assert (latest.interview, latest.source.line, latest.text) == (
        "note-02.md",
        10,
        "I talked too long.",
    )
    assert first.why == ("I was nervous.",)
    assert [(text, source.line) for text, source in first.better] == [
        ("One sentence, then stop.", 12)
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("## What went right\n- Short answers. #conciseness\n", "strength"),
        ("## What went wrong\n- Long answers. #conciseness\n", "weakness"),
        ("## Royal screw-up\n- An hour. #conciseness\n", "weakness"),
        ("## Was schiefging\n- Zu lang. #conciseness\n", "weakness"),
        ("## What went wrong\n### Mr. Brandt\n- An hour. #Conciseness\n", "weakness"),
        ("## What went wrong\n- An hour.\n  - Why: no plan. #conciseness\n", "weakness"),
        ("## What went wrong\n- Two things:\n  - An hour. #conciseness\n", "weakness"),
        ("## What went wrong\n- Something else.\n- #conciseness\n", "weakness"),
    ],
)
def test_where_a_tag_counts(body: str, kind: str) -> None:
    """A tag counts below the headings that judge, in whatever case, also on a nested bullet."""
    assert list(found_in(held(1, body))) == [(kind, "conciseness")]


@pytest.mark.parametrize(
    "body",
    [
        "## The job\n- Long reports. #conciseness\n## What went right\n- They laughed.\n",
        "## What went wrong\n- `An hour. #conciseness`\n",
        "## What went wrong\nAn hour. #conciseness\n",
        "## What went wrong\nnone\n## Other\n- An hour. #conciseness\n",
    ],
)
def test_where_a_tag_does_not_count(body: str) -> None:
    """A tag elsewhere, in code, or outside a bullet shows nothing about the candidate."""
    assert found_in(held(1, body)) == {}


def test_nested_tags_belong_to_the_bullet_above() -> None:
    """A tag on a reason is evidence for the bullet it explains, and only once."""
    body = "## What went wrong\n- An hour. #energy\n  - Why: no plan. #conciseness #energy\n"
    found = found_in(held(1, body))
    assert {tag for _, tag in found} == {"energy", "conciseness"}
    assert all([e.text for e in p.evidence] == ["An hour."] for p in found.values())


def test_a_tag_may_be_strength_and_weakness() -> None:
    """What went right once and wrong once is two patterns."""
    right = "## What went right\n- Short. #conciseness\n"
    assert set(found_in(held(1, right), held(2, WRONG))) == {
        ("strength", "conciseness"),
        ("weakness", "conciseness"),
    }


def test_own_tags_and_other_spellings() -> None:
    """An own tag is kept as it is; one of the vocabulary is known with hyphens and capitals, too."""
    body = "## What went wrong\n- Rent. #Salary-Talk\n- Weather. #small-talk\n"
    assert {tag for _, tag in found_in(held(1, body))} == {"salary_talk", "small-talk"}


def test_what_makes_the_sequence() -> None:
    """Over, not called off, and something said of how it went; in order of start, then of path."""
    cancelled = "log: [{on: 2026-09-01, event: interview_cancelled}]"
    front = "company: {0}\ntitle: Analyst\ninterview: {{format: video, start: {1}}}\n"
    entries = [
        note("b.md", front.format("B", "2026-11-20 10:00"), OTHER),
        note("a.md", front.format("A", "2026-11-20 10:00"), WRONG),
        note("early.md", front.format("C", "2026-11-20 09:00"), "## Royal screw-up\n- Yes.\n"),
        note("today.md", front.format("D", TODAY), WRONG),
        note("ahead.md", front.format("E", "2026-11-23 09:00"), WRONG),
        note("off.md", front.format("F", "2026-09-01 09:00") + cancelled, WRONG),
        note("silent.md", front.format("G", "2026-09-02"), "## What went wrong\n- n/a\n"),
        note("empty.md", front.format("H", "2026-09-03"), "## What went right\n- …\n"),
        note("other.md", front.format("I", "2026-09-03"), "## The job\n- Maps.\n"),
        note("saved.md", "company: J\ntitle: Analyst\n", WRONG),
    ]
    sequence = reviewed(portal_of(*entries))
    assert [i.path for i in sequence] == ["early.md", "a.md", "b.md", "today.md"]


def test_interviews_without_the_tag_count_in_the_window() -> None:
    """An interview where it did not come up pushes it out of the window; a silent note does not."""
    silent = [held(number, "## The job\n- Maps.\n") for number in (3, 4, 5)]
    assert found_in(held(1, WRONG), held(2, WRONG), *silent)["weakness", "conciseness"].level is (
        Level.WATCH
    )


def test_order_of_patterns() -> None:
    """Weaknesses before strengths, the firmest first, then the more frequent, then the later."""
    both = WRONG + "- And slides. #presentation\n"
    right = "## What went right\n- Calm. #composure\n"
    found = found_in(
        held(1, both), held(2, both), held(3, WRONG + right), held(4, WRONG + "- Late. #logistics")
    )
    assert list(found) == [
        ("weakness", "conciseness"),
        ("weakness", "presentation"),
        ("weakness", "logistics"),
        ("strength", "composure"),
    ]
