"""The plan of the campaign, with literal days."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.model import FollowUp, State
from tests.unit.notebook import by_touch, note, plan_of, portal_of

WEBER = "people: [{name: Carla Weber, role: recruiter, email: c.weber@acme.example}]"


def interview(start: str, *more: str, kind: str = "video", minutes: int = 60) -> str:
    """The front matter of an interview at Acme with one recruiter."""
    block = f"interview: {{format: {kind}, start: {start}, minutes: {minutes}}}"
    return "\n".join(["company: Acme", "title: Data Analyst", block, WEBER, *more])


def dates(plan: tuple[FollowUp, ...]) -> dict[str, tuple[str, str | None]]:
    """Day and latest time of every message, by touch."""
    return {
        f.touch: (f"{f.due_on:%m-%d}", f.before)
        for f in plan
        if f.touch not in ("debrief", "prepare")
    }


@pytest.mark.parametrize(
    ("front", "country", "expected"),
    [
        pytest.param(
            interview("2026-11-19 14:00", "decision: {by: 2026-12-04}"),
            "DE",
            {
                "thank_you": ("11-20", "10:00"),
                "value_add": ("11-27", None),
                "status_check_1": ("12-08", None),
                "status_check_2": ("12-15", None),
            },
            id="afternoon",
        ),
        pytest.param(
            interview("2026-11-19 10:00", "decision: {by: 2026-11-20}", minutes=45),
            "DE",
            {
                "thank_you": ("11-19", None),
                "status_check_1": ("11-24", None),
                "status_check_2": ("12-01", None),
            },
            id="decided tomorrow",
        ),
        pytest.param(
            interview("2026-11-25 16:00"),
            "US",
            {
                "thank_you": ("11-27", "10:00"),
                "status_check_1": ("12-03", None),
                "status_check_2": ("12-10", None),
            },
            id="before Thanksgiving",
        ),
        pytest.param(
            interview("2026-11-20 13:30", "next_step: {what: next_round, by: 2026-12-01}"),
            "US",
            {
                "thank_you": ("11-20", None),
                "status_check_1": ("12-03", None),
                "status_check_2": ("12-10", None),
            },
            id="friday",
        ),
        pytest.param(
            interview("2026-11-20 16:00", kind="phone_screen"),
            "US",
            {
                "thank_you": ("11-20", None),
                "status_check_1": ("11-30", None),
                "status_check_2": ("12-07", None),
            },
            id="phone screen on friday",
        ),
    ],
)
def test_worked_example(
    front: str, country: str, expected: dict[str, tuple[str, str | None]]
) -> None:
    """Each worked example comes out to the day."""
    body = "## First projects\n- Build a check.\n"
    plan = plan_of(note("acme.md", front, body), today=date(2026, 11, 28), country=country)
    assert dates(plan) == expected


@pytest.mark.parametrize(
    ("front", "short"),
    [
        (interview("2026-11-19 14:00"), False),
        (interview("2026-11-19 14:00", "decision: {by: 2026-11-20}"), True),
        (interview("2026-11-19 14:00", "decision: {by: 2026-11-21}"), False),
        (interview("2026-11-21 14:00", kind="phone_screen"), True),
    ],
)
def test_short_form(front: str, short: bool) -> None:
    """The short form is for phone screens and for decisions by the next business day."""
    plan = by_touch(plan_of(note("acme.md", front)))
    assert plan["thank_you"].short is short


@pytest.mark.parametrize(
    ("start", "minutes", "due_on", "before"),
    [
        ("2026-11-19 11:59", 60, date(2026, 11, 19), None),
        ("2026-11-19 12:00", 60, date(2026, 11, 20), "10:00"),
        ("2026-11-20 14:00", 60, date(2026, 11, 20), None),
        ("2026-11-20 14:01", 60, date(2026, 11, 23), "10:00"),
        ("2026-11-21 09:00", 60, date(2026, 11, 23), "10:00"),
        ("2026-11-19", 60, date(2026, 11, 20), "10:00"),
        ("2026-11-20", 60, date(2026, 11, 23), "10:00"),
        ("2026-11-26 09:00", 60, date(2026, 11, 27), "10:00"),
        ("2026-12-31 15:00", 60, date(2027, 1, 4), "10:00"),
    ],
)
def test_thank_you_by_the_clock(start: str, minutes: int, due_on: date, before: str | None) -> None:
    """12:59 is before 13:00, 15:00 on a Friday is in time, a day off waits for the next business day."""
    plan = by_touch(plan_of(note("acme.md", interview(start, minutes=minutes))))
    assert (plan["thank_you"].due_on, plan["thank_you"].before) == (due_on, before)


def test_panel_gets_one_message_each() -> None:
    """Everyone met with an address is thanked; the coordinator and the one without are not."""
    people = """
people:
  - {id: a, name: Ann Abel, role: hiring_manager, email: a@acme.example}
  - {id: b, name: Ben Berg, email: b@acme.example}
  - {id: c, name: Cy Cole}
  - {id: d, name: Di Dahl, role: coordinator, email: d@acme.example}
"""
    front = f"company: Acme\ntitle: Clerk\ninterview: {{format: panel, start: 2026-11-19 09:00}}{people}"
    plan = plan_of(note("acme.md", front))
    assert [f.to for f in plan if f.touch == "thank_you"] == [("acme/a",), ("acme/b",)]
    assert {f.to for f in plan if f.touch == "status_check_1"} == {("acme/d",)}


def test_somebody_without_a_role_is_an_interviewer() -> None:
    """The first interviewer is asked, whether the note gives a role or not."""
    people = "people: [{id: a, name: Ann Abel}, {id: b, name: Ben Berg, role: interviewer}]"
    front = (
        f"company: Acme\ntitle: Clerk\ninterview: {{format: panel, start: 2026-11-19}}\n{people}"
    )
    plan = plan_of(note("acme.md", front))
    assert {f.to for f in plan if f.touch == "status_check_1"} == {("acme/a",)}


def test_more_than_seven_get_one_message() -> None:
    """Eight people are thanked through the main contact."""
    people = "".join(
        f"\n  - {{id: p{n}, name: Pat P{n}, email: p{n}@acme.example}}" for n in range(8)
    )
    front = f"company: Acme\ntitle: Clerk\ninterview: {{format: panel, start: 2026-11-19 09:00}}\npeople:{people}"
    thanks = [f for f in plan_of(note("acme.md", front)) if f.touch == "thank_you"]
    assert [f.to for f in thanks] == [("acme/p0",)]


def test_nobody_to_write_to() -> None:
    """Without anybody there is still one thank-you, to nobody yet."""
    front = "company: Acme\ntitle: Clerk\ninterview: {format: panel, start: 2026-11-19 09:00}"
    thanks = [f for f in plan_of(note("acme.md", front)) if f.touch == "thank_you"]
    assert [f.to for f in thanks] == [()]


def test_sent_closes_and_moves_the_second_check() -> None:
    """What was sent is done, and the second check counts from the day the first was sent."""
    log = """
log:
  - {on: 2026-11-10, event: sent, touch: thank_you}
  - {on: 2026-11-18, event: sent, touch: status_check_1, to: carla-weber}
"""
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-09 14:00", log))))
    assert plan["thank_you"].state is State.DONE
    assert plan["status_check_1"].state is State.DONE
    assert plan["status_check_2"].state is State.OPEN
    assert plan["status_check_2"].due_on == date(2026, 11, 25)
    assert plan["status_check_2"].after == plan["status_check_1"].uid
    closed_by = plan["status_check_1"].closed_by
    assert closed_by is not None
    assert (closed_by.path, closed_by.line) == ("acme.md", 9)


def test_skipped() -> None:
    """A skipped touch is closed and stays so."""
    log = "log: [{on: 2026-11-20, event: skipped, touch: status_check_1}]"
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-09 14:00", log))))
    assert plan["status_check_1"].state is State.SKIPPED


def test_snoozed_message_waits_for_a_business_day() -> None:
    """A message put off until a Saturday is due on the Monday after."""
    log = "log: [{on: 2026-11-20, event: snoozed, touch: status_check_1, until: 2026-11-28}]"
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-09 14:00", log))))
    assert plan["status_check_1"].due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 11, 13), State.OPEN), (date(2026, 11, 14), State.MISSED)],
)
def test_missed_thank_you(today: date, state: State) -> None:
    """A thank-you is missed from the day after three business days, and the check thanks instead."""
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-09 09:00")), today=today))
    assert plan["thank_you"].due_on == date(2026, 11, 9)
    assert plan["thank_you"].welcome_until == date(2026, 11, 13)
    assert plan["thank_you"].state is state
    assert plan["status_check_1"].thanks_too is (state is State.MISSED)


def test_rejection_cancels_everything_open() -> None:
    """The end of an application cancels what is open, names its line, and leaves what was done."""
    log = """
log:
  - {on: 2026-11-10, event: sent, touch: thank_you}
  - {on: 2026-11-13, event: rejected}
"""
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-09 14:00", log))))
    assert plan["thank_you"].state is State.DONE
    for name in ("status_check_1", "status_check_2", "debrief"):
        assert plan[name].state is State.CANCELLED
        closed_by = plan[name].closed_by
        assert closed_by is not None
        assert closed_by.line == 9


def test_cancelled_beats_missed() -> None:
    """A thank-you never sent is cancelled, not missed, once they said no."""
    log = "log: [{on: 2026-11-20, event: rejected}]"
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-02 14:00", log))))
    assert plan["thank_you"].state is State.CANCELLED


def test_interview_called_off() -> None:
    """An interview that is called off takes its touches with it."""
    log = "log: [{on: 2026-11-20, event: interview_cancelled}]"
    plan = plan_of(note("acme.md", interview("2026-11-24 14:00", log)))
    assert {f.state for f in plan} == {State.CANCELLED}


def test_sign_of_life_starts_anew() -> None:
    """A message cancels the pending checks; from the date it brought two new ones are counted."""
    log = "log: [{on: 2026-11-12, event: received, from: carla-weber, decision_by: 2026-11-20}]"
    plan = plan_of(note("acme.md", interview("2026-11-09 14:00", log)))
    checks = [(f.touch, f.due_on, f.state) for f in plan if f.touch.startswith("status")]
    assert checks == [
        ("status_check_1", date(2026, 11, 17), State.CANCELLED),
        ("status_check_1", date(2026, 11, 24), State.OPEN),
        ("status_check_2", date(2026, 11, 24), State.CANCELLED),
        ("status_check_2", date(2026, 12, 2), State.OPEN),
    ]


def test_sign_of_life_keeps_a_date_still_ahead() -> None:
    """A message without a date leaves the promised day as it is, if that is still ahead."""
    log = "log: [{on: 2026-11-12, event: call}]"
    front = interview("2026-11-09 14:00", "decision: {by: 2026-11-30}", log)
    plan = [f for f in plan_of(note("acme.md", front)) if f.state is State.OPEN]
    assert [f.due_on for f in plan if f.touch == "status_check_1"] == [date(2026, 12, 2)]


def test_changed_date_moves_the_check() -> None:
    """A new date replaces the promised day and the day for asking."""
    front = interview(
        "2026-11-09 14:00",
        "next_step: {by: 2026-11-16, ask_on: 2026-11-17}",
        "log: [{on: 2026-11-16, event: date_changed, decision_by: 2026-12-01}]",
    )
    plan = by_touch(plan_of(note("acme.md", front)))
    assert plan["status_check_1"].due_on == date(2026, 12, 3)
    assert plan["status_check_1"].reason.source.line == 7


def test_day_for_asking_comes_first_and_rolls_forward() -> None:
    """`ask_on` beats the promised day; on a holiday it rolls to the next business day."""
    front = interview("2026-11-09 14:00", "next_step: {by: 2026-11-16, ask_on: 2026-11-26}")
    plan = by_touch(plan_of(note("acme.md", front)))
    assert plan["status_check_1"].due_on == date(2026, 11, 27)


def test_later_interview_cancels_the_checks_of_the_earlier() -> None:
    """Once a later round has a date, the earlier one's checks are off, its thanks are not."""
    first = note("1.md", interview("2026-11-19 14:00"))
    second = note("2.md", interview("2026-11-30 14:00", kind="final"))
    plan = [f for f in plan_of(first, second) if f.interview == "1.md"]
    states = {f.touch: f.state for f in plan}
    assert states["thank_you"] is State.OPEN
    assert states["status_check_1"] is states["status_check_2"] is State.CANCELLED


def test_networking_has_a_thank_you_and_nothing_else() -> None:
    """A conversation asks for thanks alone."""
    plan = plan_of(note("acme.md", interview("2026-11-19 14:00", kind="networking")))
    assert [f.touch for f in plan] == ["thank_you"]


def test_planned_interview() -> None:
    """What hangs on a planned interview is planned too; to prepare is due the business day before."""
    plan = by_touch(plan_of(note("acme.md", interview("2026-11-30 14:00"))))
    assert plan["prepare"].due_on == date(2026, 11, 27)
    assert plan["thank_you"].due_on == date(2026, 12, 1)
    assert plan["debrief"].due_on == date(2026, 11, 30)


def test_application_check() -> None:
    """Ten business days after applying, to the main contact."""
    front = f"company: Acme\ntitle: Clerk\napplied_on: 2026-11-16\n{WEBER}"
    plan = plan_of(note("acme.md", front), country="DE")
    assert [(f.touch, f.due_on, f.to, f.interview) for f in plan] == [
        ("application_check", date(2026, 11, 30), ("acme/carla-weber",), None)
    ]


@pytest.mark.parametrize(
    "more",
    [
        "log: [{on: 2026-11-17, event: received}]",
        "log: [{on: 2026-11-17, event: offer}]",
        "offer: {received_on: 2026-11-17}",
        "interview: {format: video, start: 2026-11-19}",
    ],
)
def test_application_check_is_off_once_they_answer(more: str) -> None:
    """An answer or an interview cancels the question."""
    front = f"company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\n{more}"
    states = {f.touch: f.state for f in plan_of(note("acme.md", front))}
    assert states["application_check"] is State.CANCELLED


def test_gentle_profile_asks_once() -> None:
    """The gentle profile has one status check."""
    plan = plan_of(note("acme.md", interview("2026-11-19 14:00")), profile="gentle")
    assert "status_check_2" not in {f.touch for f in plan}


def test_waits_of_the_workspace() -> None:
    """A workspace's own wait moves the date and the words of its reason."""
    front = interview("2026-11-19 14:00", "decision: {by: 2026-12-04}")
    plan = by_touch(
        plan_of(note("acme.md", front), touches={"status_check_1": {"after_promise": 3}})
    )
    assert plan["status_check_1"].due_on == date(2026, 12, 9)
    assert str(plan["status_check_1"].reason) == (
        "They said you would hear by Fri 4 December (acme.md:6); three business days of grace."
    )


def test_every_follow_up_has_a_reason_at_a_line_of_its_note() -> None:
    """Each reason is a sentence that names a line which exists."""
    entry = note("acme.md", interview("2026-11-09 14:00", "decision: {by: 2026-11-13}"))
    for follow_up in plan_of(entry):
        assert str(follow_up.reason).endswith(".")
        assert follow_up.reason.source.path == "acme.md"
        assert 1 < follow_up.reason.source.line <= 6


def test_order_of_the_log_does_not_matter() -> None:
    """The same events in another order give the same plan but for their lines."""
    items = [
        "{on: 2026-11-10, event: sent, touch: thank_you}",
        "{on: 2026-11-12, event: received}",
        "{on: 2026-11-13, event: date_changed, decision_by: 2026-11-30}",
    ]

    def outline(log: list[str]) -> list[tuple[object, ...]]:
        front = interview("2026-11-09 14:00", f"log: [{', '.join(log)}]")
        plan = plan_of(note("acme.md", front))
        return [(f.uid, f.due_on, f.state, str(f.reason)) for f in plan]

    assert outline(items) == outline(items[::-1])


def test_uid_survives_a_moved_date() -> None:
    """Moving a date moves the same event."""
    moved = [
        {f.uid for f in plan_of(note("acme.md", interview(start)))}
        for start in ("2026-11-09 14:00", "2026-11-10 09:00")
    ]
    assert moved[0] == moved[1]


def test_history_of_stages() -> None:
    """Stages advance, an end holds until a later invitation, and each keeps its day."""
    front = interview(
        "2026-11-09 14:00",
        "applied_on: 2026-10-20",
        """
log:
  - {on: 2026-10-27, event: invited}
  - {on: 2026-11-12, event: rejected}
  - {on: 2026-11-18, event: invited}
""",
    )
    application = portal_of(note("acme.md", front)).applications["acme-data-analyst"]
    assert [(change.stage.value, f"{change.on:%m-%d}") for change in application.history] == [
        ("applied", "10-20"),
        ("interviewing", "10-27"),
        ("rejected", "11-12"),
        ("interviewing", "11-18"),
    ]


def test_an_offer_answers_the_question() -> None:
    """Who has made an offer is not asked where things stand; thanks are still due."""
    log = "log: [{on: 2026-11-12, event: received}, {on: 2026-11-19, event: offer}]"
    plan = plan_of(note("acme.md", interview("2026-11-18 14:00", log)))
    states = {f.touch: f.state for f in plan}
    assert states["thank_you"] is State.OPEN
    assert states["status_check_1"] is states["status_check_2"] is State.CANCELLED


def test_invitation_with_a_date_restarts_from_it() -> None:
    """An invitation is a sign of life; a day it brings counts."""
    log = "log: [{on: 2026-11-12, event: invited, next_step_by: 2026-11-27}]"
    plan = plan_of(note("acme.md", interview("2026-11-09 14:00", log)))
    open_ones = [f for f in plan if f.state is State.OPEN and f.touch == "status_check_1"]
    assert [f.due_on for f in open_ones] == [date(2026, 12, 1)]


def test_recruiter_of_the_first_round_is_asked_after_the_second() -> None:
    """A check goes to the application's recruiter, also where the last note names a manager alone."""
    first = note("1.md", interview("2026-11-09 14:00", kind="phone_screen"))
    front = interview("2026-11-18 14:00").replace("Carla Weber, role: recruiter", "Ann Abel")
    second = note("2.md", front.replace("c.weber@", "a.abel@"))
    plan = [f for f in plan_of(first, second) if f.interview == "2.md"]
    assert {f.to for f in plan if f.touch == "status_check_1"} == {("acme/carla-weber",)}


def test_a_day_before_the_interview_is_about_something_else() -> None:
    """A date brought while an interview is ahead, and due before it, moves no check of it."""
    log = "log: [{on: 2026-11-20, event: received, decision_by: 2026-11-24}]"
    plan = by_touch(plan_of(note("acme.md", interview("2026-12-04 10:00", log))))
    assert plan["status_check_1"].due_on == date(2026, 12, 11)
