"""What became of the plan, in sentences."""

from __future__ import annotations

import pytest

from followup.campaign.changes import build_changes
from followup.notes.entry import Entry
from followup.site.changes import describe_changes
from tests.unit.notebook import note
from tests.unit.site.campaigns import PANEL, lookup_of, panel

OTHER = """company: Beta
title: Clerk
interview: {format: video, start: 2026-11-12 10:00}
people: [{name: Carla Weber, role: recruiter, email: c@beta.example}]
log:
  - {on: 2026-11-12, event: sent, touch: thank_you}
"""


def panel_with(event: str, log: str = "") -> Entry:
    """The panel with one event more in its log."""
    return note("2026-11-20-harbor-pine-panel.md", f"{PANEL}{log}  - {{{event}}}")


def told(*after: Entry, before: tuple[Entry, ...] = ()) -> list[str]:
    """What is said of the change, from the panel unless other notes were there before."""
    old = lookup_of(*(before or (panel(),)))
    new = lookup_of(*after)
    about = new.application_of["2026-11-20-harbor-pine-panel.md"]
    return [*describe_changes(new, build_changes(old.campaign, new.campaign), about)]


@pytest.mark.parametrize(
    ("event", "sentences"),
    [
        ("on: 2026-11-22, event: sent, touch: thank_you, to: rivera", ["Thank Ms. Rivera: done."]),
        (
            "on: 2026-11-22, event: skipped, touch: thank_you",
            ["Thank Ms. Rivera: skipped.", "Thank Mr. Oduya: skipped."],
        ),
        (
            "on: 2026-11-22, event: snoozed, touch: thank_you, to: rivera, until: 2026-11-24",
            ["Thank Ms. Rivera moves from Fri 20 Nov to Tue 24 Nov."],
        ),
        (
            "on: 2026-11-22, event: received, from: dahl, decision_by: 2026-12-31",
            [
                "Ask Ms. Dahl where things stand moves from Thu 3 Dec to Tue 5 Jan 2027.",
                "Ask Ms. Dahl once more moves from Thu 10 Dec to Tue 12 Jan 2027.",
            ],
        ),
        (
            "on: 2026-11-22, event: rejected, from: dahl",
            [
                "The application is now rejected; five follow-ups are cancelled.",
                "New: Answer Ms. Dahl’s rejection, due Mon 23 Nov.",
            ],
        ),
        (
            "on: 2026-11-22, event: offer, from: dahl",
            [
                "The application is now at an offer.",
                "Ask Ms. Dahl where things stand: not needed any more.",
                "Ask Ms. Dahl once more: not needed any more.",
                "New: Thank Ms. Dahl for the offer, due Mon 23 Nov.",
            ],
        ),
        (
            "on: 2026-11-22, event: interview_cancelled",
            [
                "The application is now awaiting an answer.",
                "Ask about your application: open again, due Mon 9 Nov.",
                "Five follow-ups are cancelled.",
            ],
        ),
        ("on: 2026-11-22, event: sent", []),
    ],
)
def test_what_an_event_changes(event: str, sentences: list[str]) -> None:
    """Each change is a sentence; many that are cancelled are counted."""
    assert told(panel_with(event)) == sentences


def test_open_again() -> None:
    """What an end had cancelled is open again after an invitation."""
    rejected = "  - {on: 2026-11-21, event: rejected}\n"
    before = note("2026-11-20-harbor-pine-panel.md", f"{PANEL}{rejected}")
    after = panel_with("on: 2026-11-22, event: invited, from: dahl", rejected)
    found = told(after, before=(before,))
    assert found[0] == "The application is now in interviews."
    assert "Thank Ms. Rivera: open again, due Fri 20 Nov." in found


def test_what_changes_elsewhere_names_its_company() -> None:
    """An acceptance asks to withdraw other applications, and says whose."""
    other = note("2026-11-12-beta.md", OTHER)
    accepted = panel_with("on: 2026-11-22, event: accepted")
    found = told(accepted, other, before=(panel(), other))
    assert found == [
        "The application is now accepted; five follow-ups are cancelled.",
        "Finish your notes on Beta: not needed any more.",
        "Ask Carla Weber where things stand, Beta: not needed any more.",
        "Ask Carla Weber once more, Beta: not needed any more.",
        "New: Tell Carla Weber you are withdrawing, Beta, due Mon 23 Nov.",
    ]


def test_a_withdrawal_that_was_sent_is_still_to_be_logged() -> None:
    """The message alone ends nothing; the answer says what does."""
    accepted = panel_with("on: 2026-11-20, event: accepted")
    other = note("2026-11-12-beta.md", OTHER)
    sent = "  - {on: 2026-11-22, event: sent, touch: withdraw}"
    told_so = note("2026-11-12-beta.md", f"{OTHER}\n{sent}")
    (line,) = told(accepted, told_so, before=(accepted, other))
    assert line == (
        "Tell Carla Weber you are withdrawing, Beta: done. "
        "Log `withdrew` too, and the application is closed."
    )
