"""What an event becomes: note, line and effect on the plan, or the reason why it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from followup.campaign.changes import ChangeKind
from followup.campaign.events_to_log import (
    Choice,
    ToLog,
    of_applications,
    of_follow_up,
    of_note,
    plan_event,
)
from followup.campaign.foresight import Foresight, foresee
from followup.campaign.model import Campaign, FollowUp
from followup.campaign.schedule import build_follow_ups
from followup.campaign.selecting import fitting_applications
from followup.notes.append import Refusal, render_item
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import Event, LogItem
from followup.portal.build import build_portal
from followup.portal.options import Options
from tests.unit.notebook import TODAY

ACME = """---
company: Acme
title: Analyst
interview: {format: panel, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, role: hiring_manager, email: n@acme.example}
  - {name: Jonas Lind, role: interviewer, email: j@acme.example}
  - {id: Ana, name: Ana Ruiz, role: recruiter, email: a@acme.example}
reminders:
  - {on: 2026-11-24, what: Ask Sam}
  - {on: 2026-11-26, what: Read the report}
---
"""
NEXT = """---
company: Acme
title: Analyst
interview: {format: final, start: 2026-12-02 10:00}
---
"""
APPLIED = """---
company: Beta
title: Clerk
applied_on: 2026-11-02
---
"""
CHAT = """---
company: Beta
interview: {format: networking, start: 2026-11-18 10:00}
people: [{name: Jo Kay, email: j@beta.example}]
---
"""


def acme_with(event: str) -> str:
    """The note about Acme with an event in its log."""
    return ACME.removesuffix("---\n") + f"log: [{event}]\n---\n"


def campaign_of(**notes: str) -> Campaign:
    """The campaign of these notes, by the names of their files."""
    entries = []
    for name, text in notes.items():
        entry, problems = parse_entry(f"{name}.md", text.encode())
        assert entry is not None, problems
        entries.append(entry)
    portal = build_portal(entries, TODAY, Options(country="US"))
    return Campaign(portal, build_follow_ups(portal), {})


def item(event: str, **values: str) -> LogItem:
    """An event of today."""
    return LogItem.model_validate({"on": str(TODAY), "event": event, **values})


def find(campaign: Campaign, touch: str, person: str = "") -> FollowUp:
    """The first follow-up of a touch, to this person."""
    return next(
        follow_up
        for follow_up in campaign.follow_ups.values()
        if follow_up.touch == touch and (not person or follow_up.to == (f"acme/{person}",))
    )


def of_words(campaign: Campaign, words: str, event: LogItem) -> ToLog | Refusal | Choice:
    """What an event becomes whose application is named by words."""
    return of_applications(campaign, fitting_applications(campaign.portal, words), event)


def written(found: object) -> str:
    """An event ready for the log, as note and line."""
    assert isinstance(found, ToLog), found
    return f"{found.path}: {render_item(found.item)}"


def foreseen(text: str, found: object, **others: str) -> Foresight:
    """What an event would change in the note `acme`, which must not be refused."""
    assert isinstance(found, ToLog), found
    done = foresee(campaign_of(acme=text, **others), found, text.encode())
    assert isinstance(done, Foresight), done
    return done


def kinds(foresight: Foresight) -> list[tuple[Any, ...]]:
    """The changes, each as kind, touch and day."""
    return [
        (change.kind, change.follow_up.touch, change.follow_up.due_on.isoformat())
        if change.follow_up
        else (change.kind, change.stage)
        for change in foresight.changes
    ]


@pytest.mark.parametrize(
    ("person", "to"), [("okafor", "okafor"), ("jonas-lind", "jonas-lind"), ("ana", "Ana")]
)
def test_a_button_names_what_it_is_about(person: str, to: str) -> None:
    """Note, touch and person come from the follow-up, the id as the note itself writes it."""
    campaign = campaign_of(acme=ACME)
    uid = find(campaign, "thank_you", person).uid
    found = plan_event(campaign, uid, Event.SENT, date(2026, 11, 20))
    line = f"{{on: 2026-11-20, event: sent, touch: thank_you, to: {to}}}"
    assert written(found) == f"acme.md: {line}"


def test_other_buttons() -> None:
    """A snooze carries its day; what they did names no touch."""
    campaign = campaign_of(acme=ACME)
    uid = find(campaign, "status_check_1").uid
    found = plan_event(campaign, uid, Event.SNOOZED, TODAY, date(2026, 12, 1))
    assert written(found).endswith("touch: status_check_1, to: Ana, until: 2026-12-01}")
    heard = plan_event(campaign, uid, Event.RECEIVED, TODAY)
    assert written(heard) == "acme.md: {on: 2026-11-22, event: received}"


def test_a_task_of_ones_own_goes_to_nobody() -> None:
    """A reminder that is done names no person."""
    campaign = campaign_of(acme=ACME)
    found = of_follow_up(campaign, find(campaign, "reminder"), item("sent"))
    assert written(found) == "acme.md: {on: 2026-11-22, event: sent, touch: reminder}"


def test_a_button_of_yesterday() -> None:
    """A follow-up that is not there any more is told as such."""
    gone = plan_event(campaign_of(acme=ACME), "0000", Event.SENT, TODAY)
    assert gone == Refusal("this follow-up is not there any more", "look at the plan again")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"touch": "debrief"}, "this follow-up is a `thank_you` and no `debrief`"),
        ({"to": "ana"}, "this follow-up does not go to `ana`"),
        ({"to": "nobody"}, "this follow-up does not go to `nobody`"),
    ],
)
def test_what_contradicts_a_follow_up(values: dict[str, str], message: str) -> None:
    """Touch and person may be said again, but not otherwise."""
    campaign = campaign_of(acme=ACME)
    thanks = find(campaign, "thank_you", "okafor")
    found = of_follow_up(campaign, thanks, item("sent", **values))
    assert isinstance(found, Refusal)
    assert found.message == message
    same = item("sent", touch="thank_you", to="OKAFOR")
    assert isinstance(of_follow_up(campaign, thanks, same), ToLog)


def test_a_note_gets_what_is_said() -> None:
    """By the note's path nothing is added to the event."""
    found = of_note(campaign_of(acme=ACME), "acme.md", item("sent", touch="thank_you"))
    assert written(found) == "acme.md: {on: 2026-11-22, event: sent, touch: thank_you}"


@pytest.mark.parametrize(
    ("event", "message", "hint"),
    [
        (item("sent", to="nobody"), "nobody at Acme has the id `nobody`", "one of ana, "),
        (item("call", **{"from": "okafr"}), "nobody at Acme has the id `okafr`", "did you mean"),
        (item("skipped"), "which follow-up to skip is missing", "open there: debrief, thank_you"),
        (
            item("skipped", touch="value_add"),
            "there is no value_add to skip",
            "thank_you to okafor",
        ),
        (
            item("snoozed", touch="value_add", to="ana", until="2026-12-01"),
            "there is no value_add to `ana` to put off",
            "status_check_1 to Ana",
        ),
    ],
)
def test_what_a_note_refuses(event: LogItem, message: str, hint: str) -> None:
    """An unknown person, and a skip or snooze of nothing."""
    found = of_note(campaign_of(acme=ACME), "acme.md", event)
    assert isinstance(found, Refusal)
    assert found.message == message
    assert hint in found.hint


def test_words_for_the_one_that_is_open() -> None:
    """With the touch, or with the person too, one follow-up is meant, and named in full."""
    campaign = campaign_of(acme=ACME)
    one = of_words(campaign, "acme", item("sent", touch="thank_you", to="jonas-lind"))
    assert written(one).endswith("{on: 2026-11-22, event: sent, touch: thank_you, to: jonas-lind}")
    check = of_words(campaign, "acme", item("skipped", touch="status_check_1"))
    assert written(check).endswith("event: skipped, touch: status_check_1, to: Ana}")


def test_words_that_fit_several() -> None:
    """Three thank-yous are open; a check that waits for another, and own tasks, are not offered."""
    campaign = campaign_of(acme=ACME)
    found = of_words(campaign, "acme", item("sent", touch="thank_you"))
    assert isinstance(found, Choice)
    assert [f.touch for f in found.follow_ups] == ["thank_you"] * 3
    any_of_them = of_words(campaign, "acme", item("sent"))
    assert isinstance(any_of_them, Choice)
    assert {f.touch for f in any_of_them.follow_ups} == {"thank_you", "status_check_1"}


def test_words_for_what_is_not_up_yet() -> None:
    """Named by its touch, also a check is meant that waits for another."""
    found = of_words(campaign_of(acme=ACME), "acme", item("sent", touch="status_check_2"))
    assert written(found).endswith("touch: status_check_2, to: Ana}")


def test_words_for_a_thank_you_that_was_missed() -> None:
    """A late message is better than none, and is logged by words too."""
    text = ACME.replace("2026-11-19 14:00", "2026-11-05 14:00")
    found = of_words(campaign_of(acme=text), "acme", item("sent", touch="thank_you", to="okafor"))
    assert written(found).endswith("touch: thank_you, to: okafor}")


def test_words_where_nothing_is_open() -> None:
    """What is done already is not logged again by words, which might mean something else."""
    text = acme_with("{on: 2026-11-20, event: sent, touch: thank_you}")
    found = of_words(campaign_of(acme=text), "acme", item("sent", touch="thank_you"))
    assert isinstance(found, Refusal)
    assert found.message == "no thank_you is open there"
    unknown = of_words(campaign_of(acme=text), "acme", item("sent", to="nobody"))
    assert isinstance(unknown, Refusal)
    assert unknown.message == "nobody at Acme has the id `nobody`"


@pytest.mark.parametrize("event", ["received", "call", "rejected", "offer", "invited", "accepted"])
def test_what_concerns_the_application(event: str) -> None:
    """It goes into the latest note of the application, and nobody is guessed."""
    found = of_words(campaign_of(acme=ACME, next=NEXT), "acme", item(event))
    assert written(found) == f"next.md: {{on: 2026-11-22, event: {event}}}"


def test_words_that_fit_two_applications() -> None:
    """The notes are offered, one of each."""
    found = of_words(campaign_of(applied=APPLIED, chat=CHAT), "beta", item("rejected"))
    assert isinstance(found, Choice)
    assert sorted(found.notes) == ["applied.md", "chat.md"]


def test_an_interview_that_is_called_off() -> None:
    """It is the one ahead; with two, or none, somebody has to say which."""
    campaign = campaign_of(acme=ACME, next=NEXT)
    found = of_words(campaign, "acme", item("interview_cancelled"))
    assert written(found) == "next.md: {on: 2026-11-22, event: interview_cancelled}"
    more = campaign_of(acme=ACME, next=NEXT, last=NEXT.replace("12-02", "12-09"))
    both = of_words(more, "acme", item("interview_cancelled"))
    assert both == Choice(notes=("next.md", "last.md"))
    off = NEXT.removesuffix("---\n") + "log: [{on: 2026-11-20, event: interview_cancelled}]\n---\n"
    left = campaign_of(acme=ACME, next=off, last=NEXT.replace("12-02", "12-09"))
    assert written(of_words(left, "acme", item("interview_cancelled"))).startswith("last.md: ")
    none = of_words(campaign_of(acme=ACME), "acme", item("interview_cancelled"))
    assert none == Refusal(
        "no interview is ahead there", "name the note of the interview by its path"
    )
    without = of_note(campaign_of(applied=APPLIED), "applied.md", item("interview_cancelled"))
    assert isinstance(without, Refusal)
    assert without.message == "this note has no interview that could be cancelled"


def test_foreseen_done() -> None:
    """The one is done, the others stay."""
    found = of_note(campaign_of(acme=ACME), "acme.md", item("sent", touch="thank_you", to="ana"))
    foresight = foreseen(ACME, found)
    assert kinds(foresight) == [(ChangeKind.DONE, "thank_you", "2026-11-20")]
    assert foresight.warnings == ()
    assert foresight.insertion.line == 13


def test_foreseen_snooze() -> None:
    """The check moves, and the one after it with it."""
    event = item("snoozed", touch="status_check_1", until="2026-12-02")
    foresight = foreseen(ACME, of_note(campaign_of(acme=ACME), "acme.md", event))
    assert kinds(foresight) == [
        (ChangeKind.MOVED, "status_check_1", "2026-12-02"),
        (ChangeKind.MOVED, "status_check_2", "2026-12-09"),
    ]
    assert foresight.changes[0].was_on == date(2026, 11, 27)


def test_foreseen_answer() -> None:
    """A sign of life asks the same questions later, which is a move and not an end."""
    event = item("received", decision_by="2026-12-15")
    foresight = foreseen(ACME, of_note(campaign_of(acme=ACME), "acme.md", event))
    assert kinds(foresight) == [
        (ChangeKind.MOVED, "status_check_1", "2026-12-17"),
        (ChangeKind.MOVED, "status_check_2", "2026-12-24"),
    ]


def test_foreseen_answer_without_a_day() -> None:
    """A sign of life that names no day leaves the questions where they were: nothing changes."""
    text = ACME.replace("reminders:", "decision: {by: 2026-12-11}\nreminders:")
    found = of_note(campaign_of(acme=text), "acme.md", item("received"))
    assert kinds(foreseen(text, found)) == []


def test_foreseen_invitation_of_long_ago() -> None:
    """What would be over as soon as it begins is nothing new."""
    found = of_note(campaign_of(acme=ACME), "acme.md", item("invited", on="2026-11-10"))
    assert kinds(foreseen(ACME, found)) == []


def test_foreseen_end() -> None:
    """A rejection ends all that is open and asks for an answer."""
    event = item("rejected", **{"from": "ana"})
    foresight = foreseen(ACME, of_note(campaign_of(acme=ACME), "acme.md", event))
    found = kinds(foresight)
    assert found[0] == (ChangeKind.STAGE, "rejected")
    assert sorted(kind for kind, *_ in found[1:]) == [ChangeKind.CANCELLED] * 8 + [ChangeKind.NEW]
    assert (ChangeKind.NEW, "rejection_reply", "2026-11-23") in found


def test_foreseen_new_beginning() -> None:
    """An invitation after a rejection opens again what that had ended."""
    text = acme_with("{on: 2026-11-21, event: rejected}")
    foresight = foreseen(text, of_note(campaign_of(acme=text), "acme.md", item("invited")))
    assert kinds(foresight)[0] == (ChangeKind.STAGE, "interviewing")
    assert (ChangeKind.REOPENED, "thank_you", "2026-11-20") in kinds(foresight)
    assert (ChangeKind.CANCELLED, "rejection_reply", "2026-11-23") in kinds(foresight)


@pytest.mark.parametrize(
    ("event", "warning"),
    [
        (item("sent"), "without a touch it closes nothing; open there: debrief, thank_you to "),
        (item("sent", touch="value_add"), "no value_add was planned; open there: "),
        (item("sent", on="2026-12-24"), "`2026-12-24` is after today, 2026-11-22; the event is"),
        (item("sent", touch="debrief", on="2026-12-24"), "`2026-12-24` is after today"),
    ],
)
def test_foreseen_nothing(event: LogItem, warning: str) -> None:
    """What was sent is history even where it closes nothing, with a warning that says so."""
    foresight = foreseen(ACME, of_note(campaign_of(acme=ACME), "acme.md", event))
    assert foresight.changes == ()
    assert [text[: len(warning)] for text in foresight.warnings] == [warning]


def test_sent_twice() -> None:
    """A second message of one kind closes nothing any more."""
    text = acme_with("{on: 2026-11-20, event: sent, touch: thank_you}")
    event = item("sent", touch="thank_you", to="ana")
    foresight = foreseen(text, of_note(campaign_of(acme=text), "acme.md", event))
    assert foresight.changes == ()
    assert foresight.warnings[0].startswith("thank_you to `ana` is done already; open there: ")


def test_the_same_kind_in_another_note() -> None:
    """A message about one interview closes nothing about another."""
    text = acme_with("{on: 2026-11-20, event: sent, touch: thank_you}")
    other = ACME.replace("2026-11-19", "2026-11-20")
    campaign = campaign_of(acme=text, other=other)
    event = item("sent", touch="thank_you", to="ana")
    foresight = foreseen(text, of_note(campaign, "acme.md", event), other=other)
    assert foresight.warnings[0].startswith("thank_you to `ana` is done already; open there: ")


def refusal_of(text: str, found: object) -> Refusal:
    """Why an event is refused once it is tried."""
    assert isinstance(found, ToLog), found
    done = foresee(campaign_of(acme=text), found, text.encode())
    assert isinstance(done, Refusal), done
    return done


def test_a_snooze_that_moves_nothing() -> None:
    """Putting something off to the day it is due on says nothing, so nothing is written."""
    event = item("snoozed", touch="status_check_1", until="2026-11-27")
    why = refusal_of(ACME, of_note(campaign_of(acme=ACME), "acme.md", event))
    assert why.message == "status_check_1 would be due on that day anyway"


def test_a_reminder_that_comes_second() -> None:
    """The log would close the first of the two, so it is refused rather than done to the wrong one."""
    campaign = campaign_of(acme=ACME)
    second = [f for f in campaign.follow_ups.values() if f.touch == "reminder"][1]
    why = refusal_of(ACME, of_follow_up(campaign, second, item("sent")))
    assert why.message.startswith("it would count for another follow-up of this kind")


def test_an_event_that_makes_the_note_wrong() -> None:
    """The note's own rules are asked before anything is written."""
    found = ToLog("acme.md", item("sent", until="2026-12-01"))
    assert refusal_of(ACME, found).message == "`until` does not go with the event `sent`"
    unknown = ToLog("acme.md", item("received", **{"from": "nobody"}))
    assert refusal_of(ACME, unknown).message == "nobody at Acme has the id `nobody`"


def test_old_warnings_are_not_told_again() -> None:
    """Only what the event itself causes is told, also where all of the log stands on one line."""
    text = acme_with("{on: 2026-12-24, event: call}")
    event = item("sent", touch="thank_you", to="ana")
    foresight = foreseen(text, of_note(campaign_of(acme=text), "acme.md", event))
    assert foresight.warnings == ()
