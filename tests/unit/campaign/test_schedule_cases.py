"""Cases of the whole table, to the day: countries, zones, year ends, promises, replies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pytest

from followup.campaign.model import FollowUp, State
from followup.notes.entry import Source
from tests.unit.notebook import note, plan_of

PEOPLE = """
people:
  - {id: ann, name: Ann Abel, role: hiring_manager, email: a@acme.example}
  - {id: rec, name: Rae Cole, role: recruiter, email: r@acme.example}
"""
BODY = "## First projects\n- Build a check.\n"


class Case(NamedTuple):
    """Front matter, what is looked for, and the days it must be due on."""

    start: str
    touch: str
    due: list[str]
    more: str = ""
    options: Mapping[str, object] = {}  # read only
    form: str = "video"
    today: date = date(2026, 11, 22)


def plan(case: Case) -> tuple[FollowUp, ...]:
    """The plan of one note about an interview at Acme."""
    front = (
        f"company: Acme\ntitle: Clerk\n"
        f"interview: {{format: {case.form}, start: {case.start}}}{PEOPLE}{case.more}"
    )
    return plan_of(note("acme.md", front, BODY), today=case.today, **case.options)


DE, GB, JP = {"country": "DE"}, {"country": "GB"}, {"country": "JP"}
IN_BERLIN = {"country": "DE", "timezone": "Europe/Berlin"}

CASES = [
    # holidays in four countries
    Case("2026-07-02 14:00", "thank_you", ["07-06", "07-06"], today=date(2026, 7, 1)),
    Case("2026-05-29 16:00", "thank_you", ["06-01", "06-01"], today=date(2026, 5, 1)),
    Case("2026-05-22 16:00", "thank_you", ["05-26", "05-26"], options=GB, today=date(2026, 5, 1)),
    Case("2026-05-22 16:00", "thank_you", ["05-26", "05-26"], options=DE, today=date(2026, 5, 1)),
    Case("2026-05-01 10:00", "thank_you", ["05-04", "05-04"], options=DE, today=date(2026, 4, 1)),
    Case("2026-05-01 16:00", "thank_you", ["05-07", "05-07"], options=JP, today=date(2026, 4, 1)),
    Case("2026-10-05 10:00", "status_check_1", ["10-13"], today=date(2026, 10, 1)),
    Case("2026-10-05 10:00", "status_check_1", ["10-12"], options=DE, today=date(2026, 10, 1)),
    # year end
    Case("2026-12-23 10:00", "status_check_1", ["12-31"], today=date(2026, 12, 1)),
    Case("2026-12-23 10:00", "status_check_1", ["12-31"], options=DE, today=date(2026, 12, 1)),
    Case("2026-12-30 15:00", "thank_you", ["12-31", "12-31"], today=date(2026, 12, 1)),
    Case("2026-12-31 15:00", "status_check_2", ["01-15"], today=date(2026, 12, 1)),
    # leap day
    Case("2028-02-28 15:00", "thank_you", ["02-29", "02-29"], today=date(2028, 2, 1)),
    Case("2028-02-29 10:00", "status_check_1", ["03-07"], today=date(2028, 2, 1)),
    Case("2028-02-24 10:00", "status_check_1", ["03-02"], "decision: {by: 2028-02-29}", DE,
         today=date(2028, 2, 1)),
    # weekend interviews and decisions on days off
    Case("2026-11-21 10:00", "thank_you", ["11-23", "11-23"]),
    Case("2026-11-21 10:00", "thank_you", ["11-21", "11-21"], form="phone_screen"),
    Case("2026-11-21 10:00", "thank_you", ["11-21", "11-21"], "decision: {by: 2026-11-22}"),
    Case("2026-11-19 10:00", "status_check_1", ["11-30"], "decision: {by: 2026-11-26}"),
    Case("2026-11-19 10:00", "status_check_1", ["12-01"], "decision: {by: 2026-11-28}"),
    Case("2026-11-19 10:00", "status_check_1", ["11-27"], "next_step: {ask_on: 2026-11-26}"),
    # changes of the clock, and zones across the date line
    Case("2026-10-25 01:30", "thank_you", ["10-26", "10-26"], options=IN_BERLIN,
         today=date(2026, 10, 20)),
    Case("2026-03-29 01:30", "thank_you", ["03-30", "03-30"], options=IN_BERLIN,
         today=date(2026, 3, 20)),
    Case("2026-11-19 23:30", "debrief", ["11-20"]),
    Case("2026-11-19 11:00", "thank_you", ["11-19", "11-19"],
         options={"timezone": "Pacific/Kiritimati"}),
    Case("2026-11-19 11:00", "thank_you", ["11-19", "11-19"],
         options={"timezone": "Pacific/Pago_Pago"}),
    # the earlier of two dates; a gentle and a persistent search
    Case("2026-11-19 10:00", "status_check_1", ["12-01"],
         "decision: {by: 2026-12-04}\nnext_step: {by: 2026-11-27}"),
    Case("2026-11-19 10:00", "status_check_2", [], options={"profile": "gentle"}),
    Case("2026-11-19 10:00", "closing_note", []),
    Case("2026-11-19 10:00", "closing_note", ["12-18"], options={"profile": "persistent"}),
    # something useful, half way through a long wait
    Case("2026-11-02 10:00", "value_add", ["11-16"], "decision: {by: 2026-11-30}", DE),
    Case("2026-11-02 10:00", "value_add", ["11-09"], "decision: {by: 2026-11-16}", DE),
    Case("2026-11-02 10:00", "value_add", [], "decision: {by: 2026-11-13}", DE),
    Case("2026-11-02 10:00", "value_add", [], "", DE),
    Case("2026-11-02 10:00", "value_add", [], "decision: {by: 2026-11-30}", {"profile": "gentle"}),
    # promises
    Case("2026-11-19 10:00", "deliver_promise", ["11-20"], "promises: [{what: Send, by: 2026-11-22}]"),
    Case("2026-11-19 10:00", "deliver_promise", ["11-25"], "promises: [{what: Send, by: 2026-11-26}]"),
    Case("2026-11-19 10:00", "deliver_promise", ["11-20"], "promises: [{what: Send}]"),
    Case("2026-11-19 10:00", "deliver_promise", [], "promises: [{what: Send, by: 2026-11-19}]"),
    Case("2026-11-19 10:00", "deliver_promise", ["11-24", "11-25"],
         "promises: [{what: A, by: 2026-11-25}, {what: B, by: 2026-11-24}]"),
    # one's own days may be any day
    Case("2026-11-19 10:00", "reminder", ["11-26", "11-28"],
         "reminders: [{on: 2026-11-28, what: A}, {on: 2026-11-26, what: B}]"),
    Case("2026-11-30 10:00", "prepare", ["11-27"]),
    Case("2026-11-27 10:00", "prepare", ["11-25"]),
    # replies
    Case("2026-12-04 10:00", "confirm_invitation", ["11-20"], "log: [{on: 2026-11-20, event: invited}]"),
    Case("2026-12-04 10:00", "confirm_invitation", ["11-23"], "log: [{on: 2026-11-21, event: invited}]"),
    Case("2026-11-09 10:00", "rejection_reply", ["11-23"], "log: [{on: 2026-11-20, event: rejected}]"),
    Case("2026-11-09 10:00", "offer_thanks", ["11-20"], "log: [{on: 2026-11-20, event: offer}]"),
    Case("2026-11-09 10:00", "offer_thanks", ["11-23"], "offer: {received_on: 2026-11-21}"),
    Case("2026-11-09 10:00", "offer_decide", ["11-24"],
         "offer: {received_on: 2026-11-20, deadline: 2026-11-27}"),
    Case("2026-11-09 10:00", "offer_decide", [], "offer: {received_on: 2026-11-20}"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_due(case: Case) -> None:
    """What is due, to the day."""
    found = [f"{f.due_on:%m-%d}" for f in plan(case) if f.touch == case.touch]
    assert found == case.due


def only(found: tuple[FollowUp, ...], touch: str) -> FollowUp:
    """The one follow-up of this touch."""
    (follow_up,) = [f for f in found if f.touch == touch]
    return follow_up


@pytest.mark.parametrize(
    ("more", "touch", "to"),
    [
        ("promises: [{what: Send, to: rec}]", "deliver_promise", "rec"),
        ("promises: [{what: Send, by: 2026-11-26}]", "deliver_promise", "ann"),
        ("decision: {by: 2026-12-18}", "value_add", "ann"),
        ("log: [{on: 2026-11-20, event: rejected, from: ann}]", "rejection_reply", "ann"),
        ("log: [{on: 2026-11-20, event: rejected}]", "rejection_reply", "rec"),
        ("log: [{on: 2026-11-20, event: offer}]", "offer_thanks", "ann"),
        ("log: [{on: 2026-11-20, event: offer, from: rec}]", "offer_thanks", "rec"),
    ],
)
def test_to_whom(more: str, touch: str, to: str) -> None:
    """Each touch goes to the person the table names."""
    found = only(plan(Case("2026-11-18 10:00", touch, [], more)), touch)
    assert found.to == (f"acme/{to}",)


def test_a_promise_on_the_day_of_thanks_becomes_part_of_them() -> None:
    """While the thank-you is open it keeps the promise too; once sent it closed both."""
    more = "promises: [{what: Send the notebook, to: ann, by: 2026-11-20}]\n"
    found = plan(Case("2026-11-19 14:00", "", [], more, today=date(2026, 11, 19)))
    thanks = {f.to[0]: f for f in found if f.touch == "thank_you"}
    assert not [f for f in found if f.touch == "deliver_promise"]
    promise = thanks["acme/ann"].promise
    assert promise is not None
    assert promise.line == 8
    assert thanks["acme/rec"].promise is None
    sent = more + "log: [{on: 2026-11-20, event: sent, touch: thank_you, to: ann}]"
    delivery = only(plan(Case("2026-11-19 14:00", "", [], sent)), "deliver_promise")
    assert delivery.state is State.DONE
    assert delivery.closed_by is not None
    assert delivery.closed_by.line == 9


def test_the_oldest_of_several_is_closed_first() -> None:
    """One `sent` keeps one promise: that which is due first."""
    more = (
        "promises: [{what: A, by: 2026-11-25}, {what: B, by: 2026-11-24}]\n"
        "log: [{on: 2026-11-20, event: sent, touch: deliver_promise}]"
    )
    found = [
        f for f in plan(Case("2026-11-09 10:00", "", [], more)) if f.touch == "deliver_promise"
    ]
    assert [(f.due_on.day, f.state) for f in found] == [(24, State.DONE), (25, State.OPEN)]


def test_nobody_gets_two_messages_on_one_day() -> None:
    """A check on the day of thanks waits for the next business day, and says why."""
    more = "next_step: {ask_on: 2026-11-20}"
    found = plan(Case("2026-11-19 14:00", "", [], more, today=date(2026, 11, 19)))
    check = only(found, "status_check_1")
    assert check.due_on == date(2026, 11, 23)
    assert str(check.reason) == (
        "You may ask from Fri 20 November (acme.md:8) on; one message a day is enough."
    )


def test_withdraw_once_another_offer_is_accepted() -> None:
    """A live application in contact is withdrawn; one that began later, and a saved one, are not."""
    accepted = "log: [{on: 2026-11-20, event: accepted}]"
    notes = [
        note("1.md", f"company: Won\ntitle: Clerk\n{accepted}"),
        note(
            "2.md",
            f"company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\n"
            f"interview: {{format: video, start: 2026-11-09}}{PEOPLE}",
        ),
        note("3.md", "company: Silent\ntitle: Clerk\napplied_on: 2026-11-02"),
        note("4.md", "company: Saved\ntitle: Clerk"),
        note("5.md", "company: Later\ntitle: Clerk\ninterview: {format: video, start: 2026-11-21}"),
    ]
    whole = plan_of(*notes)
    # Nobody has answered: there is nothing to withdraw from, and nothing to ask any more.
    silent = tuple(f for f in whole if f.application == "silent-clerk")
    assert only(silent, "application_check").state is State.CANCELLED
    found = [f for f in whole if f.touch == "withdraw"]
    assert [(f.application, f.due_on, f.to, f.entry, f.reason.source.path) for f in found] == [
        ("acme-clerk", date(2026, 11, 23), ("acme/rec",), "2.md", "1.md")
    ]


@pytest.mark.parametrize(
    ("since", "left"),
    [
        ("", {"withdraw"}),
        ("{on: 2026-11-21, event: sent, touch: withdraw}", set()),
        ("{on: 2026-11-21, event: received}", {"withdraw", "status_check_1", "status_check_2"}),
    ],
)
def test_whom_one_leaves_one_does_not_ask(since: str, left: set[str]) -> None:
    """With another offer accepted only the withdrawal is left, sent or not, unless they wrote since."""
    won = note("1.md", "company: Won\ntitle: Clerk\nlog: [{on: 2026-11-20, event: accepted}]")
    front = (
        "company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\n"
        f"interview: {{format: video, start: 2026-11-19}}{PEOPLE}\nlog: [{since}]"
    )
    found = [f for f in plan_of(won, note("2.md", front)) if f.application == "acme-clerk"]
    open_ones = {f.touch for f in found if f.state is State.OPEN}
    assert open_ones - {"thank_you", "debrief"} == left
    if "status_check_1" not in left:
        assert open_ones == left
        ended = only(tuple(found), "status_check_1")
        assert (ended.state, ended.closed_by) == (State.CANCELLED, Source("1.md", 4))


@pytest.mark.parametrize(("status", "state"), [("interviewing", "cancelled"), ("applied", "open")])
def test_nobody_heard_nothing_who_says_they_are_interviewed(status: str, state: str) -> None:
    """A stage that was set by hand says that an answer came, as a table of another tool does."""
    found = plan_of(
        note("a.md", f"company: Acme\ntitle: QA\napplied_on: 2026-11-02\nstatus: {status}")
    )
    assert only(found, "application_check").state == state


_CHANGED = "log: [{on: 2026-11-12, event: date_changed, decision_by: 2026-12-11}]"
_FIRST = "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-10}"
_SECOND = f"company: Acme\ntitle: Clerk\ninterview: {{format: panel, start: 2026-11-24}}{PEOPLE}"


@pytest.mark.parametrize(
    ("first", "second", "due", "line"),
    [
        # Named in the first round, in its log, and on the phone before it.
        ("decision: {by: 2026-12-18}", "", "12-22", "1.md:5"),
        ("log: [{on: 2026-11-12, event: received, decision_by: 2026-12-18}]", "", "12-22", "1.md:5"),
        # The second round has its own, or brings another.
        ("decision: {by: 2026-12-18}", "decision: {by: 2026-12-04}", "12-08", "2.md:8"),
        ("decision: {by: 2026-12-18}", "next_step: {by: 2026-12-01}", "12-03", "2.md:8"),
        # What comes next came; a day that has passed is none.
        ("next_step: {by: 2026-12-18}", "", "12-01", "2.md:4"),
        ("decision: {by: 2026-11-24}", "", "12-01", "2.md:4"),
        # The last one counts.
        (f"decision: {{by: 2026-12-18}}\n{_CHANGED}", "", "12-15", "1.md:6"),
    ],
)  # fmt: skip
def test_another_round_does_not_take_back_a_day_for_the_decision(
    first: str, second: str, due: str, line: str
) -> None:
    """A day that they named before it is still their day after it."""
    notes = (note("1.md", f"{_FIRST}\n{first}"), note("2.md", f"{_SECOND}{second}"))
    found = plan_of(*notes, today=date(2026, 11, 26), country="DE", subdivision="BE")
    (check,) = (f for f in found if f.touch == "status_check_1" and f.interview == "2.md")
    where = f"{check.reason.source.path}:{check.reason.source.line}"
    assert (f"{check.due_on:%m-%d}", where) == (due, line)


def test_referrer_hears_twice() -> None:
    """A referrer gets a word after the first interview and one at the outcome."""
    people = "people: [{id: sam, name: Sam Berg, role: referrer, email: s@b.example}]"
    front = (
        f"company: Acme\ntitle: Clerk\ninterview: {{format: video, start: 2026-11-09}}\n{people}"
    )
    first = only(plan_of(note("1.md", front)), "referrer_update")
    assert (first.due_on, first.state) == (date(2026, 11, 10), State.OPEN)
    front += (
        "\nlog: [{on: 2026-11-10, event: sent, touch: referrer_update},"
        " {on: 2026-11-19, event: rejected}]"
    )
    found = [f for f in plan_of(note("1.md", front)) if f.touch == "referrer_update"]
    assert [(f.due_on.day, f.state) for f in found] == [(10, State.DONE), (20, State.OPEN)]


def test_an_end_leaves_only_its_own_touches_open() -> None:
    """After a rejection there is the reply to it, and nothing else."""
    more = (
        "reminders: [{on: 2026-11-30, what: Ask}]\npromises: [{what: Send, by: 2026-11-30}]\n"
        "offer: {received_on: 2026-11-17, deadline: 2026-11-30}\n"
        "log: [{on: 2026-11-20, event: rejected}]"
    )
    found = plan(Case("2026-11-09 10:00", "", [], more))
    assert {f.touch for f in found if f.state is State.OPEN} == {"rejection_reply"}


def test_an_invitation_is_moot_once_the_day_has_come() -> None:
    """Nobody confirms an interview that is over."""
    more = "log: [{on: 2026-11-10, event: invited}]"
    found = only(plan(Case("2026-11-18 10:00", "", [], more)), "confirm_invitation")
    assert found.state is State.CANCELLED


def test_an_invitation_to_the_next_round_is_confirmed() -> None:
    """In the note of an interview that was over already, it is about the next."""
    more = "log: [{on: 2026-11-20, event: invited, from: rec}]"
    found = only(plan(Case("2026-11-05 10:00", "", [], more)), "confirm_invitation")
    assert (found.state, found.to) == (State.OPEN, ("acme/rec",))


def test_a_conversation_has_thanks_and_nothing_else() -> None:
    """An invitation to it asks for no answer; one that came of it, to an interview, does."""
    for day, touches in ((20, {"thank_you"}), (24, {"thank_you", "confirm_invitation"})):
        more = f"log: [{{on: 2026-11-{day}, event: invited, from: ann}}]"
        case = Case("2026-11-24 10:00", "", [], more, form="networking", today=date(2026, 11, 25))
        assert {f.touch for f in plan(case)} - {"debrief"} == touches


def test_an_invitation_to_the_next_round_is_moot_once_that_is_over() -> None:
    """Whichever note it stands in: that of the first round, also on its day, or of the application."""
    video = "company: Acme\ntitle: Clerk\ninterview: {format: video, start: %s 10:00}\nlog: [%s]"
    invited = "{on: 2026-11-05, event: invited}"
    off = "{on: 2026-11-06, event: interview_cancelled}"
    first = note("a.md", video % ("2026-11-05", invited), BODY)
    opening = note("a.md", f"company: Acme\ntitle: Clerk\nlog: [{invited}]")
    for start, log in (("2026-11-18", ""), ("2026-11-24", off)):
        second = note("b.md", video % (start, log), BODY)
        for known in (first, opening):
            assert only(plan_of(known, second), "confirm_invitation").state is State.CANCELLED
    for known in (first, opening):
        ahead = note("b.md", video % ("2026-11-24", ""), BODY)
        assert only(plan_of(known, ahead), "confirm_invitation").state is State.OPEN
        assert only(plan_of(known), "confirm_invitation").state is State.OPEN


def test_an_invitation_that_was_called_off_is_not_confirmed() -> None:
    """Nobody confirms an interview that will not be; a new invitation is answered again."""
    more = (
        "log: [{on: 2026-11-18, event: invited}, {on: 2026-11-19, event: interview_cancelled},"
        " {on: 2026-11-20, event: invited}]"
    )
    found = plan(Case("2026-11-30 10:00", "", [], more))
    states = [f.state for f in found if f.touch == "confirm_invitation"]
    assert states == [State.CANCELLED, State.OPEN]


def test_one_thank_you_keeps_one_promise() -> None:
    """A second promise of the same day is not closed by it, and goes out no later than promised."""
    more = (
        "promises: [{what: A, by: 2026-11-20, to: ann}, {what: B, by: 2026-11-20, to: ann}]\n"
        "log: [{on: 2026-11-20, event: sent, touch: thank_you, to: ann}]"
    )
    found = plan(Case("2026-11-19 14:00", "", [], more))
    kept = [(f.due_on.day, f.state) for f in found if f.touch == "deliver_promise"]
    assert kept == [(19, State.OPEN), (20, State.DONE)]


def test_what_is_put_off_keeps_the_day_that_was_chosen() -> None:
    """Another message of that day moves what the rules moved there, and nothing of the owner's."""
    more = "promises: [{what: Send, by: 2026-11-25, to: rec}]\n"
    log = "log: [{on: 2026-11-19, event: snoozed, touch: status_check_1, until: 2026-11-25}]"
    check = only(plan(Case("2026-11-12 14:00", "", [], more + log)), "status_check_1")
    assert check.due_on == date(2026, 11, 25)
    by_rule = only(plan(Case("2026-11-18 10:00", "", [], more)), "status_check_1")
    assert by_rule.due_on == date(2026, 11, 27)


def test_promises_of_one_day_go_out_before_it() -> None:
    """Three promises for one day take three days, the last of them that day."""
    promises = ", ".join(f"{{what: {name}, by: 2026-11-27, to: ann}}" for name in "ABC")
    found = plan(Case("2026-11-09 10:00", "", [], f"promises: [{promises}]"))
    days = [f"{f.due_on:%m-%d}" for f in found if f.touch == "deliver_promise"]
    assert days == ["11-24", "11-25", "11-27"]


@pytest.mark.parametrize(
    "sent", ["", "log: [{on: 2026-11-16, event: sent, touch: deliver_promise}]"]
)
def test_a_check_keeps_off_the_day_of_a_promise(sent: str) -> None:
    """Kept or still to keep, the promise has that day; the second check counts from the first."""
    more = f"promises: [{{what: A, by: 2026-11-16, to: rec}}]\n{sent}"
    found = plan(Case("2026-11-09 10:00", "", [], more, today=date(2026, 11, 16)))
    checks = [f"{f.due_on:%m-%d}" for f in found if f.touch.startswith("status")]
    assert checks == ["11-17", "11-24"]


def test_withdraw_from_an_interview_ahead() -> None:
    """Whoever has set a date for an interview was in contact."""
    won = note("1.md", "company: Won\ntitle: Clerk\nlog: [{on: 2026-11-20, event: accepted}]")
    front = (
        "company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\n"
        f"interview: {{format: video, start: 2026-11-25}}{PEOPLE}"
    )
    assert only(plan_of(won, note("2.md", front)), "withdraw").state is State.OPEN


def test_something_useful_may_stand_in_prose() -> None:
    """A problem that the note tells in a sentence instead of a bullet counts as well."""
    front = (
        "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-05}\n"
        "decision: {by: 2026-11-30}\n"
    )
    found = plan_of(note("a.md", front + PEOPLE, "## First projects\nCount the spare parts.\n"))
    assert only(found, "value_add").state is State.OPEN
