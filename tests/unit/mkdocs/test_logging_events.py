"""What the buttons of the preview write into a note, what they refuse, and how they take it back."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from followup.mkdocs.logging_events import Ledger, log_event, repeat_answer, undo_event
from followup.mkdocs.serving import RefusedError
from followup.portal.options import Options
from followup.reading import read_notes

TODAY = date(2026, 11, 22)
NOTE = "2026-11-19-acme.md"
TEXT = """\
---
company: Acme Logistics   # as on the card
title: Data Analyst
interview: {format: panel, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
  - {id: lind, name: Jonas Lind, honorific: Mr., role: interviewer, email: j@acme.example}
next_step: {what: next_round, by: 2026-11-26}
reminders: [{on: 2026-11-22, what: Ask Sam about the team.}]
---
## The job
- Forecasts how many trucks each depot needs. @okafor
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger over one note, and its uids by touch and recipient."""

    ledger: Ledger
    note: Path
    uids: dict[str, str]

    def press(self, which: str, event: str, **more: Any) -> dict[str, Any]:
        """What a press on a button beside a follow-up answers."""
        return dict(log_event(self.ledger, {"uid": self.uids[which], "event": event, **more}))

    @property
    def new(self) -> list[str]:
        """The lines that the note has and had not."""
        old = TEXT.splitlines()
        return [
            line for line in self.note.read_text(encoding="utf-8").splitlines() if line not in old
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A note, and the plan of it as a preview has shown it."""
    note = tmp_path / "entries" / NOTE
    note.parent.mkdir()
    note.write_text(TEXT, encoding="utf-8", newline="\n")
    campaign = read_notes(note.parent, None, Options(), TODAY).campaign
    uids = {
        f"{one.touch} {one.to[0].rpartition('/')[2] if one.to else ''}".strip(): one.uid
        for one in campaign.follow_ups.values()
    }
    ledger = Ledger(note.parent, lambda: campaign, lambda: TODAY, lambda: False)
    return Desk(ledger, note, uids)


def test_what_was_sent_is_a_line_of_the_log(desk: Desk) -> None:
    """The answer says what was done and what that changes, and names what the page can show."""
    answer = desk.press("thank_you okafor", "sent")
    assert desk.new == [
        "log:",
        "  - {on: 2026-11-22, event: sent, touch: thank_you, to: okafor}",
    ]
    assert answer["said"] == "Thanked Ms. Okafor."
    assert (answer["over"], answer["moved"]) == ([desk.uids["thank_you okafor"]], {})


def test_undo_takes_back_the_very_bytes(desk: Desk) -> None:
    """Once, and after that it is gone."""
    key = desk.press("thank_you okafor", "sent")["undo"]
    assert undo_event(desk.ledger, {"id": key}) == {"said": "Taken back: Thanked Ms. Okafor."}
    assert desk.note.read_text(encoding="utf-8") == TEXT
    with pytest.raises(RefusedError, match="taken back already"):
        undo_event(desk.ledger, {"id": key})


def test_presses_are_taken_back_in_any_order(desk: Desk) -> None:
    """One in the middle too, while the others stay, and what the owner wrote meanwhile."""
    desk.press("reminder", "sent")
    second = desk.press("thank_you okafor", "sent")["undo"]
    desk.press("thank_you lind", "sent")
    text = desk.note.read_text(encoding="utf-8")
    desk.note.write_text(text + "- Added by hand.\n", encoding="utf-8")
    undo_event(desk.ledger, {"id": second})
    assert desk.new == [
        "log:",
        "  - {on: 2026-11-22, event: sent, touch: reminder}",
        "  - {on: 2026-11-22, event: sent, touch: thank_you, to: lind}",
        "- Added by hand.",
    ]


def test_what_is_no_longer_there_is_not_taken_back(desk: Desk) -> None:
    """A line that the owner has changed stays as it is now."""
    key = desk.press("thank_you okafor", "sent")["undo"]
    text = desk.note.read_text(encoding="utf-8").replace("2026-11-22, event", "2026-11-21, event")
    desk.note.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        undo_event(desk.ledger, {"id": key})
    assert str(refused.value) == (
        "What was written is no longer there as it was. Change the note yourself."
    )
    assert desk.note.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("asked", [{}, {"id": None}, {"id": []}, {"id": "x"}, {"id": 1}])
def test_only_what_was_written_can_be_taken_back(desk: Desk, asked: dict[str, Any]) -> None:
    """A key that this preview has not given out undoes nothing."""
    desk.press("thank_you okafor", "sent")
    before = desk.note.read_bytes()
    with pytest.raises(RefusedError, match="before the preview was started anew"):
        undo_event(desk.ledger, asked)
    assert desk.note.read_bytes() == before


def test_a_press_is_told_again_to_a_page_that_missed_it(desk: Desk) -> None:
    """By the name that the page gave it; asked for again, it writes nothing more."""
    key = "0123456789abcdef01234567"
    answer = desk.press("thank_you okafor", "sent", id=key)
    assert answer["undo"] == key
    before = desk.note.read_bytes()
    assert desk.press("thank_you okafor", "sent", id=key) == answer
    assert repeat_answer(desk.ledger, {"id": key}) == answer
    assert desk.note.read_bytes() == before
    undo_event(desk.ledger, {"id": key})
    with pytest.raises(RefusedError):
        repeat_answer(desk.ledger, {"id": key})


def test_a_second_press_finds_the_first(desk: Desk) -> None:
    """Also while the pages still show the plan as it was before."""
    desk.press("thank_you okafor", "sent")
    before = desk.note.read_bytes()
    for event in ("sent", "skipped", "received"):
        with pytest.raises(RefusedError) as refused:
            desk.press("thank_you okafor", event)
        assert str(refused.value) == (
            "Thank Ms. Okafor: already sent on Sun 22 Nov. Nothing was written."
        )
    assert desk.note.read_bytes() == before


def test_what_they_did_is_noted_once_a_day(desk: Desk) -> None:
    """The same again would add nothing."""
    answer = desk.press("thank_you okafor", "received")
    assert desk.new == ["log:", "  - {on: 2026-11-22, event: received}"]
    assert answer["said"] == "Noted that Acme Logistics wrote back."
    with pytest.raises(RefusedError, match=r"^The note says so already\. Nothing was written\.$"):
        desk.press("thank_you lind", "received")


def test_a_rejection_ends_what_was_planned(desk: Desk) -> None:
    """The sentence says so, and the page can take away what is over."""
    answer = desk.press("status_check_1 okafor", "rejected")
    assert answer["said"].startswith(
        "Noted that Acme Logistics said no. The application is now rejected; "
    )
    assert desk.uids["status_check_1 okafor"] in answer["over"]
    assert desk.uids["thank_you okafor"] in answer["over"]


@pytest.mark.parametrize(
    ("which", "days", "line", "said", "day"),
    [
        (
            "thank_you okafor", 1,
            "{on: 2026-11-22, event: snoozed, touch: thank_you, to: okafor, until: 2026-11-23}",
            "Thank Ms. Okafor: put off until Mon 23 Nov.", "2026-11-23",
        ),
        (
            "thank_you okafor", 7,
            "{on: 2026-11-22, event: snoozed, touch: thank_you, to: okafor, until: 2026-11-29}",
            "Thank Ms. Okafor: put off until Mon 30 Nov.", "2026-11-30",
        ),
        (
            "status_check_1 okafor", 7,
            "{on: 2026-11-22, event: snoozed, touch: status_check_1, to: okafor, until: 2026-12-07}",
            "Ask Ms. Okafor where things stand: put off until Mon 7 Dec.", "2026-12-07",
        ),
        (
            "reminder", 1,
            "{on: 2026-11-22, event: snoozed, touch: reminder, until: 2026-11-23}",
            "Ask Sam about the team.: put off until Mon 23 Nov.", "2026-11-23",
        ),
    ],
)  # fmt: skip
def test_putting_off_says_the_day_it_comes_to(
    desk: Desk, which: str, days: int, line: str, said: str, day: str
) -> None:
    """A message rolls on to a business day; a week counts from the day it was due, if that is later."""
    answer = desk.press(which, "snoozed", days=days)
    assert desk.new == ["log:", f"  - {line}"]
    assert answer["said"].startswith(said)
    assert answer["over"] == []
    assert answer["moved"][desk.uids[which]]["on"] == day


def test_nothing_is_put_off_to_a_sooner_day(desk: Desk) -> None:
    """What is due next week cannot be put off until tomorrow."""
    with pytest.raises(RefusedError) as refused:
        desk.press("status_check_1 okafor", "snoozed", days=1)
    assert str(refused.value) == "That is not due before Mon 30 Nov. Nothing was written."
    assert desk.new == []


def test_a_task_of_ones_own_is_done(desk: Desk) -> None:
    """Its own words stand in the answer."""
    assert desk.press("reminder", "sent")["said"] == "Done: Ask Sam about the team."
    assert desk.new == ["log:", "  - {on: 2026-11-22, event: sent, touch: reminder}"]


@pytest.mark.parametrize(
    ("event", "more"), [("sent", {}), ("skipped", {}), ("snoozed", {"days": 7})]
)
def test_nothing_else_is_done_instead(desk: Desk, event: str, more: dict[str, Any]) -> None:
    """Of two reminders in one note the log can only name the first: the second has to wait."""
    two = TEXT.replace("team.}]", "team.}, {on: 2026-11-23, what: Call Ann.}]")
    desk.note.write_text(two, encoding="utf-8")
    campaign = read_notes(desk.note.parent, None, Options(), TODAY).campaign
    first, second = (one.uid for one in campaign.follow_ups.values() if one.touch == "reminder")
    ledger = replace(desk.ledger, campaign=lambda: campaign)
    with pytest.raises(RefusedError) as refused:
        log_event(ledger, {"uid": second, "event": event, **more})
    assert str(refused.value) == (
        "It would count for another follow-up of this kind, which comes first. "
        "Log that one first. Nothing was written."
    )
    assert desk.note.read_text(encoding="utf-8") == two
    log_event(ledger, {"uid": first, "event": event, **more})


def test_skipping_is_said(desk: Desk) -> None:
    """What is skipped is over."""
    answer = desk.press("thank_you lind", "skipped")
    assert answer["said"] == "Skipped: Thank Mr. Lind."
    assert answer["over"] == [desk.uids["thank_you lind"]]


def test_the_day_is_that_of_the_computer_with_the_notes(desk: Desk) -> None:
    """A preview left open overnight writes the new day, which the plan then knows too."""
    tomorrow = date(2026, 11, 23)
    later = replace(desk, ledger=replace(desk.ledger, today=lambda: tomorrow))
    later.press("thank_you okafor", "sent", on="2020-01-01")
    assert desk.new[1:] == ["  - {on: 2026-11-23, event: sent, touch: thank_you, to: okafor}"]


def test_while_something_is_broken_the_answer_says_when_it_will_show(desk: Desk) -> None:
    """Otherwise the owner would wait for the page to change."""
    stuck = replace(desk, ledger=replace(desk.ledger, stuck=lambda: True))
    said = stuck.press("thank_you okafor", "sent")["said"]
    assert said == "Thanked Ms. Okafor. The pages show it once your notes are mended."


@pytest.mark.parametrize(
    "wrong",
    [
        {"uid": "0" * 16},
        {"uid": None},
        {"uid": ["x"]},
        {"uid": ""},
        {"event": "applied"},
        {"event": "accepted"},
        {"event": "SENT"},
        {"event": None},
        {"event": []},
        {"event": {"sent": 1}},
        {"event": "snoozed"},
        {"event": "snoozed", "days": 2},
        {"event": "snoozed", "days": True},
        {"event": "snoozed", "days": "7"},
        {"event": "snoozed", "days": -7},
        {"event": "snoozed", "days": [7]},
    ],
)
def test_what_no_button_asks_for_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    """Nothing is written, and the sentence says what to do."""
    asked = {"uid": desk.uids["thank_you okafor"], "event": "sent"}
    with pytest.raises(RefusedError, match=r"^This page is out of date\. Reload it"):
        log_event(desk.ledger, asked | wrong)
    assert desk.note.read_text(encoding="utf-8") == TEXT


def test_a_note_with_an_error_is_left_alone(desk: Desk) -> None:
    """The owner may be in the middle of a sentence."""
    broken = TEXT.replace("format: panel", "format: pannel")
    desk.note.write_text(broken, encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        desk.press("thank_you okafor", "sent")
    assert str(refused.value) == (
        "The note has an error in line 4. Mend it first: “followup check” shows it. "
        "Nothing was written."
    )
    assert desk.note.read_text(encoding="utf-8") == broken


def test_a_note_that_changed_meanwhile_keeps_the_change(desk: Desk) -> None:
    """The event is added to what the note says now."""
    text = TEXT.replace("Data Analyst", "Senior Data Analyst")
    desk.note.write_text(text, encoding="utf-8")
    desk.press("thank_you okafor", "sent")
    now = desk.note.read_text(encoding="utf-8")
    assert "title: Senior Data Analyst\n" in now
    assert "event: sent" in now


def test_a_follow_up_that_the_note_no_longer_asks_for_is_refused(desk: Desk) -> None:
    """The reminder was taken out in the editor since the page was made."""
    text = "".join(line for line in TEXT.splitlines(keepends=True) if "reminders" not in line)
    desk.note.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError, match=r"^This follow-up is not there any more\."):
        desk.press("reminder", "sent")
    assert desk.note.read_text(encoding="utf-8") == text


def test_a_write_protected_note_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason comes back as a sentence."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(
        RefusedError, match=r"could not be written: Permission denied\. Is the disk"
    ):
        desk.press("thank_you okafor", "sent")
    assert desk.note.read_text(encoding="utf-8") == TEXT


def test_a_note_that_is_gone_is_said(desk: Desk) -> None:
    """Nothing is made in its place."""
    desk.note.unlink()
    with pytest.raises(RefusedError, match=r"could not be read: No such file"):
        desk.press("thank_you okafor", "sent")
    assert not desk.note.exists()
