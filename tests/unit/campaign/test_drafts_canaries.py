"""What must never be in a message, looked for in every message about random notes."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.campaign.drafts import build_drafts
from followup.campaign.fact import write_time
from followup.campaign.facts import Correspondence
from followup.campaign.missing_phrases import UNKNOWN, Scene, implied_facts, scenes_of
from followup.campaign.model import Sentence
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.campaign.touches import TOUCHES
from followup.campaign.voice import Voice
from followup.notes.entry_parser import parse_entry
from tests.unit.campaign.letters import result_of, shipped
from tests.unit.notebook import note, portal_of

FORBIDDEN = {
    "## What went wrong": ("wrongcanary", "whycanary"),
    "## Royal screw-up": ("screwcanary", "whycanary"),
    "## What went right": ("rightcanary",),
    "## Closing words": ("closingcanary",),
    "## Something else": ("elsecanary",),
}
SECRET = (
    "wrongcanary", "whycanary", "screwcanary", "rightcanary", "closingcanary", "elsecanary",
    "tagcanary", "placecanary", "sourcecanary", "salarycanary", "resumecanary", "locationcanary",
    "remindercanary", "logcanary", "jobtitlecanary", "phonecanary", "decisioncanary", "urlcanary",
    "offercanary", "takencanary", "4711", "90210", "@p0", "@p1", "@p2", "#tag",
)  # fmt: skip
ALLOWED = (
    "bettercanary", "hookcanary", "jobcanary", "proofcanary", "saidcanary", "problemcanary",
    "projectcanary", "promisecanary",
)  # fmt: skip
ROLES = ("hiring_manager", "interviewer", "recruiter", "coordinator", "referrer")

ids = st.sampled_from(["", " @p0", " @p1", " @p2", " @p1 @p2"])
tags = st.sampled_from(["", " #tagcanary", " #evidence #tagcanary"])
stops = st.sampled_from(["", ".", "!", "?"])


@st.composite
def bullets(draw: st.DrawFn, word: str, nested: tuple[str, ...] = ()) -> str:
    """A few bullets that say `word`, with marks, and other bullets below them."""
    lines = []
    for number in range(draw(st.integers(0, 3))):
        mark = draw(ids) + draw(tags)
        lines.append(f"- Some {word} number {number}{draw(stops)}{mark}")
        lines += [f"  - {below}{draw(ids)}{draw(tags)}" for below in nested if draw(st.booleans())]
    return "\n".join(lines)


@st.composite
def people(draw: st.DrawFn) -> str:
    """Up to three people, with all or some of their facts."""
    lines = []
    for number in range(draw(st.integers(0, 3))):
        facts = [f"id: p{number}", f"role: {draw(st.sampled_from(ROLES))}"]
        facts += [f"phone: phonecanary{number}", "job_title: jobtitlecanary"]
        optional = [
            f"name: Ann Bee{number}", "honorific: Ms.", f"email: p{number}@acme.example",
            f"hook: Some hookcanary {number}.",
        ]  # fmt: skip
        facts += [fact for fact in optional if draw(st.booleans())]
        lines.append(f"  - {{{', '.join(facts)}}}")
    return "people:\n" + "\n".join(lines) + "\n" if lines else ""


# Another application, at which an offer was taken: then the one below is withdrawn.
TAKEN = note(
    "taken.md",
    "company: Takencanary\ntitle: Takencanary\nlog: [{on: 2026-11-19, event: accepted}]",
)


EVENTS = ("received", "invited", "offer", "rejected", "declined", "withdrew")


@st.composite
def happenings(draw: st.DrawFn, first: str) -> str:
    """What the log says happened, `first` and perhaps more, and what was offered and promised."""
    sender = draw(st.sampled_from(["", ", from: p0", ", from: p1"]))
    more = st.lists(st.sampled_from(EVENTS), max_size=1)
    events = [first, *draw(more)] if first else []
    log = [f"  - {{on: 2026-11-18, event: {event}{sender}, note: logcanary}}" for event in events]
    deadline = draw(st.sampled_from(["", ", deadline: 2026-11-30"]))
    pay = "salary: {min: 90210, currency: EUR}"
    offer = f"offer: {{received_on: 2026-11-18{deadline}, {pay}, notes: offercanary}}\n"
    to = draw(st.sampled_from(["", ", to: p0", ", to: p1"]))
    what = draw(st.sampled_from(["Send the promisecanary", "Send her the promisecanary"]))
    by = draw(st.sampled_from(["", ", by: 2026-11-10", ", by: 2026-11-20"]))
    promise = f"promises: [{{what: {what}{to}{by}}}]\n"
    parts = [part for part in (offer, promise) if draw(st.booleans())]
    return "".join([*parts, "log:\n" + "\n".join(log) + "\n" if log else ""])


@st.composite
def notes(draw: st.DrawFn, event: str) -> str:
    """A note with a canary in every field, and an event of that kind in its log."""
    kind = draw(st.sampled_from(["panel", "video", "phone_screen", "networking", "assessment"]))
    start = draw(st.sampled_from(["2026-11-10 10:00", "2026-11-20 10:00", "2026-11-24 09:00"]))
    front = (
        "company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\nsource: sourcecanary\n"
        "job_url: https://jobs.example/urlcanary\nlocation: locationcanary\n"
        "salary: {min: 90210, currency: EUR}\nresume: resumecanary.pdf\n"
        f"interview: {{format: {kind}, start: {start}, place: placecanary}}\n"
        "other_candidates: {answer: yes, count: 4711}\n"
        "reminders: [{on: 2026-11-27, what: remindercanary}]\n"
        f"{draw(people())}"
    )
    step = "next_step: {what: next_round, by: 2026-11-25, said: Some saidcanary.}\n"
    choice = draw(st.sampled_from(["", step, "decision: {by: 2026-12-18, said: decisioncanary}\n"]))
    body = [
        f"## The job\n{draw(bullets('jobcanary'))}",
        f"## Typical problems\n{draw(bullets('problemcanary'))}",
        f"## First projects\n{draw(bullets('projectcanary'))}",
        f"## Why I can do it\n{draw(bullets('proofcanary'))}",
    ]
    for heading, (word, *below) in FORBIDDEN.items():
        lines = [f"Why: {text}" for text in below]
        lines += ["Better answer: Some bettercanary."] if below else []
        body.append(f"{heading}\n{draw(bullets(word, tuple(lines)))}")
    text = "\n".join(draw(st.permutations(body)))
    return f"---\n{front}{choice}{draw(happenings(event))}---\n{text}\n"


def facts_of(book: Phrasebook) -> frozenset[str]:
    """What no letter of a language can know but from the notes."""
    written = {write_time(time(hour), book) for hour in (9, 10)}
    days = {f" {book.weekdays[day]}" for day in (1, 4)}
    months = {f" {month}" for month in book.months[9:]}
    return frozenset({"Clerk", "canary", "Ann Bee", *months, *days, *written})


def _stands_on_nothing(sentence: Sentence, facts: frozenset[str]) -> bool:
    """Whether a sentence states a fact of the notes without a line of theirs."""
    return not sentence.sources and any(fact in sentence.text for fact in facts)


@pytest.mark.parametrize("language", sorted(shipped()))
def test_nothing_secret_reaches_a_message(language: str) -> None:
    """No failure, tag, id, pay, place or private remark is in any draft; what may be is in some."""
    facts = facts_of(shipped()[language])
    seen: set[str] = set()
    written: set[str] = set()
    founded: set[str] = set()

    def search(text: str, taken: bool) -> None:
        entry, _ = parse_entry("a.md", text.encode())
        assert entry is not None, text
        entries = [entry, TAKEN] if taken else [entry]
        options: dict[str, Any] = {"profile": "persistent", "language": language}
        portal, result = result_of(*entries, books=shipped(), **options)
        assert result.problems == ()
        plan = build_follow_ups(portal)
        for uid, draft in result.drafts.items():
            assert draft.language == language
            message = f"{draft.subject}\n{draft.body}".casefold()
            assert [secret for secret in SECRET if secret in message] == [], text
            said = [s for part in draft.paragraphs for s in part if not s.gap]
            assert said, text
            assert not [s.text for s in said if _stands_on_nothing(s, facts)], text
            founded.update(fact for s in said for fact in facts if fact in s.text)
            seen.update(word for word in ALLOWED if word in message)
            written.add(plan[uid].touch)

    for event in ("", *EVENTS):
        examples = settings(max_examples=120 if language == "en" else 90)
        examples(given(notes(event), st.booleans())(search))()
    # The words that may be in a message were found: the search would have found the others.
    assert sorted(seen) == sorted(ALLOWED)
    assert founded >= {"Clerk", "canary", "Ann Bee"}
    assert len(founded) > 5, founded
    messages = {name for name, touch in TOUCHES.items() if touch.is_message}
    assert written == messages


def test_what_a_complete_phrasebook_may_count_on() -> None:
    """Every situation of a letter is one that is looked at, and what it implies is known there."""
    met: set[tuple[str, str]] = set()

    def search(text: str, taken: bool) -> None:
        entry, _ = parse_entry("a.md", text.encode())
        assert entry is not None, text
        portal = portal_of(*([entry, TAKEN] if taken else [entry]), profile="persistent")
        plan = build_follow_ups(portal)
        drafts = build_drafts(portal, plan, shipped()).drafts
        letters = Correspondence(portal, plan, Voice(shipped()["en"], "formal"))
        for uid in drafts:
            known = letters.known(plan[uid])
            case = {name: (value,) for name, value in known.case.situation.items() if value}
            fitting = [s for s in scenes_of(plan[uid].touch) if _admits(s, case)]
            assert fitting, (plan[uid].touch, sorted(case.items()))
            missing = implied_facts(case) - set(known.facts)
            assert not missing, (plan[uid].touch, case, text)
            met.update((plan[uid].touch, name) for name in case)

    for event in ("", *EVENTS):
        settings(max_examples=40)(given(notes(event), st.booleans())(search))()
    assert {touch for touch, _ in met} == {n for n, touch in TOUCHES.items() if touch.is_message}
    assert {"sender", "colleagues", "next", "group", "deadline"} <= {name for _, name in met}


def _admits(scene: Scene, case: Scene) -> bool:
    """Whether a case may happen in a scene: all it says, and nothing left out that is always so."""
    said = all(value in scene.get(name, ()) for name, (value,) in case.items())
    return said and all(name in case or UNKNOWN in values for name, values in scene.items())
