"""Random notes and random events: one run of bytes goes in, and nothing else changes."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.notes.append import Insertion, Refusal, append_event, take_back
from followup.notes.schema import Event, LogItem

SEEDS = (20261122, 20261123)
NOTES_EACH = 5_000
TEXTS = (
    "Case round next week.", 'She said "yes": {a} [b] # no, 100 %', "Zoë – naïve €, \U0001f600",
    "two\nlines", "- dash", "'", "\\", "a: b", "null", "~", "`", "\u200f\u05d0", "x" * 300,
)  # fmt: skip
IDS = ("okafor", "lind", "yes", "n-1", "ana maria")
FRONT = (
    "source: Referral", "status: interviewing  # mine", "location: 'Hamburg'",
    "salary: {min: 1, currency: EUR, period: year}",
    "people:\n  - {id: okafor, name: Ngozi Okafor}\n  - id: lind\n    name: Jonas Lind",
    "next_step:\n  said: |\n    They call.\n\n    Soon.", "# a comment",
    "reminders: [\n  {on: 2026-11-27, what: Ask}, # one\n  {on: 2026-11-28, what: Call},\n]",
    "tags: [a, b]", "", "job_url: https://jobs.example/1",
)  # fmt: skip
LOGS = (
    "log: []", "log:", "log:   # nothing yet", "log: [ ]  # none", "log: ~", "log: null",
    "log: [{on: 2026-11-01, event: applied}]", "log: [{on: 2026-11-01, event: applied}, ] # c",
    "log: [\n  {on: 2026-11-01, event: applied}, # a\n  {on: 2026-11-02, event: received} # b\n ]",
    "log:\n- {on: 2026-11-01, event: applied}",
    "log:\n  - {on: 2026-11-01, event: applied} # a\n  # between\n  - {on: 2026-11-02, event: call}",
    "log:\n      -   on: 2026-11-01\n          event: received\n          note: 'a\n\n            b'",
    "log:\n  - on: 2026-11-01\n    event: received\n    note: |+\n      a\n\n\n",
    "log:\n  - on: 2026-11-01\n    event: received\n    note: >-\n      a\n      b\n\n  # end",
    "log:\n  - on: 2026-11-01\n    event: received\n    to:\n",
    "log:\n  -\n    on: 2026-11-01\n    event: received\n    # last\n",
    'log:\n  - {on: 2026-11-01, event: received,\n     note: "a\n      b"}',
    "log:\n  - ? on\n    : 2026-11-01\n    ? event\n    : applied",
    '"log":\n  - {on: 2026-11-01, event: applied}',
)  # fmt: skip
BRING_DATES = ("date_changed", "received", "call")
BODIES = ("", "## The job\n- A bullet\n", "\n\ntext", "---\nlog: [x]\n---\n", "log:\n  - no\n")


def random_note(dice: random.Random) -> bytes:
    """A note as people write them: any keys in any order, any style of log, any line ends."""
    keys = ["company: Acme", "title: Analyst", *dice.sample(FRONT, dice.randint(0, 5))]
    if dice.random() < 0.85:
        keys.append(dice.choice(LOGS))
    dice.shuffle(keys)
    end = dice.choice(("---", "---", "---  ", "..."))
    text = "---\n" + "\n".join(keys) + f"\n{end}" + dice.choice(("\n", "\n\n"))
    text += dice.choice(BODIES)
    data = text.replace("\n", dice.choice(("\n", "\n", "\r\n", "\r"))).encode()
    return (b"\xef\xbb\xbf" if dice.random() < 0.2 else b"") + data


def random_event(dice: random.Random) -> LogItem:
    """An event with any of its keys."""
    day = date(2026, 11, 1) + timedelta(days=dice.randint(0, 60))
    values: dict[str, Any] = {"on": str(day), "event": dice.choice(list(Event)).value}
    if dice.random() < 0.5:
        values["touch"] = dice.choice(("thank_you", "status_check_1", "deliver_promise"))
    for key in ("to", "from"):
        if dice.random() < 0.4:
            values[key] = dice.choice(IDS)
    if dice.random() < 0.5:
        values["note"] = dice.choice(TEXTS)
    if values["event"] == "snoozed":
        values |= {"until": str(day + timedelta(days=3)), "touch": "thank_you"}
    for key in ("decision_by", "next_step_by"):
        if dice.random() < (0.3 if values["event"] in BRING_DATES else 0.02):
            values[key] = str(day + timedelta(days=dice.randint(1, 9)))
    return LogItem.model_validate(values)


def meaning(data: bytes) -> tuple[dict[str, Any], str]:
    """What another reader of YAML makes of a note: its keys as texts, and the text below."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    end = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    front = yaml.load("\n".join(lines[1:end]) + "\n", yaml.BaseLoader)
    return front, "\n".join(lines[end + 1 :])


def check(data: bytes, item: LogItem) -> bool:
    """Whether the event was put in; what was written is the old note and one run of bytes."""
    done = append_event("note.md", data, item)
    if isinstance(done, Refusal):
        assert done.message
        assert done.hint
        return False
    at, run = done.offset, done.run
    assert done.data == data[:at] + run + data[at:]
    (before, text), (after, same_text) = meaning(data), meaning(done.data)
    assert same_text == text
    logged = after.pop("log")
    assert logged[:-1] == (before.pop("log", None) or [])
    assert after == before
    wanted = item.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert logged[-1] == {key: str(value) for key, value in wanted.items()}
    line = done.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert f"on: {item.on}" in line[done.line - 1]
    assert take_back("note.md", done.data, done) == data
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_thousand_notes_take_an_event_or_stay_as_they_are(seed: int) -> None:
    """The new file is the old one with one run more, its meaning the old with the event."""
    dice = random.Random(seed)
    taken = sum(check(random_note(dice), random_event(dice)) for _ in range(NOTES_EACH))
    assert NOTES_EACH * 0.8 < taken < NOTES_EACH


@settings(max_examples=300)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_damaged_notes_are_refused_or_hold(noise: bytes, place: int) -> None:
    """Bytes thrown into a note anywhere: no exception, and the same promise."""
    note = random_note(random.Random(place))
    at = place % (len(note) + 1)
    damaged = note[:at] + noise + note[at:]
    done = append_event("note.md", damaged, random_event(random.Random(1)))
    if isinstance(done, Insertion):
        assert done.data == damaged[: done.offset] + done.run + damaged[done.offset :]


def test_what_was_changed_since_is_not_taken_back() -> None:
    """Undo finds its run also when the note grew, and refuses where the run itself is another."""
    note = b"---\ncompany: Acme\ntitle: X\n---\ntext\n"
    done = append_event("n.md", note, random_event(random.Random(3)))
    assert isinstance(done, Insertion)
    grown = done.data.replace(b"company: Acme", b"company: Acme\nsource: Referral")
    assert take_back("n.md", grown, done) == note.replace(
        b"company: Acme", b"company: Acme\nsource: Referral"
    )
    other = done.data.replace(b"event: ", b"event:  ")
    assert isinstance(take_back("n.md", other, done), Refusal)
