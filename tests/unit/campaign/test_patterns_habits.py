"""Habits that the notes show: dates not asked, addresses not collected, thanks sent late."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.patterns import Level, Pattern, build_patterns
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from tests.unit.notebook import TODAY, note, portal_of

BODY = "## What went right\n- They laughed.\n"
ANN = (
    "people: [{id: a, name: Ann Abel, honorific: Ms., role: hiring_manager, email: a@acme.example}]"
)
DECISION = "decision: {by: 2026-12-04}"
PUT_OFF = """log:
  - {on: 2026-11-19, event: snoozed, touch: thank_you, until: 2026-11-20}
  - {on: 2026-11-20, event: sent, touch: thank_you}"""
SENT = "log: [{on: 2026-11-19, event: sent, touch: thank_you}]"


def held(*lines: str, form: str = "video", day: str = "2026-11-18", path: str = "a.md") -> Entry:
    """The note of an interview on a Wednesday afternoon."""
    head = f"company: {path[0].upper()}cme\ntitle: Analyst\n"
    block = f"interview: {{format: {form}, start: {day} 14:00}}\n"
    return note(path, head + block + "\n".join(lines), BODY)


def habits(*entries: Entry, today: date = TODAY) -> dict[str, Pattern]:
    """The habits that these notes show, by tag."""
    portal = portal_of(*entries, today=today, country="DE", timezone="Europe/Berlin")
    found = build_patterns(portal, build_follow_ups(portal).values())
    return {pattern.tag: pattern for pattern in found}


def told(pattern: Pattern) -> list[tuple[int, str]]:
    """Each line that shows a habit, and what it shows."""
    return [(evidence.source.line, evidence.text) for evidence in pattern.evidence]


def test_nothing_to_say_of_a_good_note() -> None:
    """Asked, addressed and thanked in time is no habit to change."""
    assert habits(held(ANN, DECISION, SENT)) == {}


def test_decision_not_asked() -> None:
    """A missing day of the decision is a gap, at the line of the interview or of the empty key."""
    assert told(habits(held(ANN, SENT))["decision_not_asked"]) == [
        (4, "When they decide is not noted.")
    ]
    assert told(habits(held(ANN, "decision:", SENT))["decision_not_asked"])[0][0] == 6


@pytest.mark.parametrize("decision", ["decision: n/a", 'decision: {said: "Soon."}', DECISION])
def test_decision_answered(decision: str) -> None:
    """What they said without a date, or that it does not apply, is an answer."""
    assert "decision_not_asked" not in habits(held(ANN, decision, SENT))


def test_networking_leads_to_no_decision() -> None:
    """Nobody asks an acquaintance over coffee when they decide."""
    assert habits(held(ANN, SENT, form="networking")) == {}


@pytest.mark.parametrize(
    ("people", "texts"),
    [
        ("people: [{name: Ann Abel, honorific: Ms.}]", ["No address for Ms. Abel."]),
        (
            "people: [{name: Ann Abel, email: a@a.example}, {name: Ben Berg}, {name: Cy Cole}]",
            ["No address for Ben Berg.", "No address for Cy Cole."],
        ),
        ("people: [{job_title: Team lead}]", ["No address for Team lead."]),
        ("people: []", ["Nobody you met is named."]),
        ("", ["Nobody you met is named."]),
        ("people: [{name: Ann Abel, role: coordinator}]", ["No address for Ann Abel."]),
        ("people: n/a", []),
        ("people: [{name: Ann Abel, email: a@a.example}, {name: Bo, role: referrer}]", []),
        ("people: [{name: Ann Abel, role: coordinator, email: a@a.example}]", []),
    ],
)
def test_address_not_collected(people: str, texts: list[str]) -> None:
    """Everyone met needs an address; coordinators and referrers were not met."""
    found = habits(held(people, DECISION, SENT))
    assert [text for _, text in told(found["no_address"])] == texts if texts else not found


@pytest.mark.parametrize(
    ("log", "today", "text"),
    [
        ("", date(2026, 11, 19), ""),
        (
            "",
            date(2026, 11, 20),
            "The thank-you to Ms. Abel was due on Thu 19 Nov and is not sent yet.",
        ),
        (
            "",
            date(2026, 11, 25),
            "The thank-you to Ms. Abel was due on Thu 19 Nov and was not sent.",
        ),
        ("log: [{on: 2026-11-19, event: sent, touch: thank_you}]", date(2026, 11, 25), ""),
        (
            "log: [{on: 2026-11-20, event: sent, touch: thank_you}]",
            date(2026, 11, 25),
            "The thank-you to Ms. Abel was due on Thu 19 Nov and went out on Fri 20 Nov.",
        ),
        ("log: [{on: 2026-11-20, event: skipped, touch: thank_you}]", date(2026, 11, 25), ""),
        (PUT_OFF, date(2026, 11, 25), ""),
    ],
)
def test_late_thanks(log: str, today: date, text: str) -> None:
    """Late is sent after its day, missed, or overdue today; skipped or put off is not."""
    found = habits(held(ANN, DECISION, log), today=today)
    assert ([t for _, t in told(found["late_thank_you"])] == [text]) if text else not found


def test_late_thanks_stand_at_their_line() -> None:
    """One sent late points to the line of the log, one not sent to that of the interview."""
    late = held(ANN, DECISION, "log: [{on: 2026-11-20, event: sent, touch: thank_you}]")
    assert told(habits(late)["late_thank_you"])[0][0] == 7
    assert told(habits(held(ANN, DECISION))["late_thank_you"])[0][0] == 4


def test_habits_have_levels_too() -> None:
    """A habit recurs, is to be watched and gets better by the same windows as a weakness."""
    notes = [
        held(ANN, SENT.replace("19", f"{day}"), day=f"2026-11-{day}", path=f"{name}.md")
        for name, day in (("a", 10), ("b", 11))
    ]
    assert habits(*notes)["decision_not_asked"].level is Level.WATCH
    better = [
        held(ANN, DECISION, SENT.replace("19", f"{day}"), day=f"2026-11-{day}", path=f"{name}.md")
        for name, day in (("c", 16), ("d", 17), ("e", 18))
    ]
    pattern = habits(*notes, *better)["decision_not_asked"]
    assert (pattern.level, pattern.count, pattern.of, pattern.before) == (
        Level.IMPROVED,
        0,
        3,
        (2, 2),
    )


def test_silent_notes_show_no_habit() -> None:
    """An interview of which the note says neither right nor wrong is not in the sequence."""
    silent = note("a.md", "company: Acme\ntitle: A\ninterview: {format: video, start: 2026-11-18}")
    assert habits(silent) == {}
