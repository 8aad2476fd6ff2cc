"""Random searches: what holds for every plan, whatever happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followup.campaign.model import FollowUp, State
from followup.campaign.schedule import build_follow_ups
from followup.campaign.touches import TOUCHES
from followup.campaign.workdays import Workdays
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import Event, Format
from followup.portal.build import build_portal
from followup.portal.model import Portal
from followup.portal.options import Options

TODAY = date(2026, 11, 22)
ROLES = ("hiring_manager", "interviewer", "recruiter", "coordinator", "referrer")
IDS = ("ann", "ben", "cy")
OF_AN_END = ("rejection_reply", "referrer_update")

days = st.integers(-40, 20).map(lambda n: TODAY + timedelta(days=n))
touches = st.sampled_from(sorted(TOUCHES))


@st.composite
def log_items(draw: st.DrawFn, ids: Sequence[str]) -> str:
    """One item of a log, up to today."""
    on = draw(st.integers(-40, 0).map(lambda n: TODAY + timedelta(days=n)))
    event = draw(st.sampled_from(Event))
    parts = [f"on: {on}", f"event: {event}"]
    if event in (Event.SENT, Event.SKIPPED, Event.SNOOZED):
        parts.append(f"touch: {draw(touches)}")
        if draw(st.booleans()) and ids:
            parts.append(f"to: {draw(st.sampled_from(ids))}")
    if event is Event.SNOOZED:
        parts.append(f"until: {on + timedelta(days=draw(st.integers(1, 20)))}")
    if event in (Event.RECEIVED, Event.CALL, Event.DATE_CHANGED) and draw(st.booleans()):
        parts.append(f"decision_by: {on + timedelta(days=draw(st.integers(0, 20)))}")
    return f"{{{', '.join(parts)}}}"


@st.composite
def promise_items(draw: st.DrawFn, ids: Sequence[str]) -> str:
    """One promise, with a day or a person or neither."""
    parts = ["what: Send it"]
    if draw(st.booleans()):
        parts.append(f"by: {draw(days)}")
    if draw(st.booleans()) and ids:
        parts.append(f"to: {draw(st.sampled_from(ids))}")
    return f"{{{', '.join(parts)}}}"


@st.composite
def notes(draw: st.DrawFn, number: int) -> Entry:
    """A note of one of two applications, with an interview or without."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    lines = ["---", "company: Acme", f"title: {draw(st.sampled_from(['Clerk', 'Cook']))}"]
    if draw(st.booleans()):
        lines.append(f"applied_on: {draw(days)}")
    if draw(st.integers(0, 3)):
        start = draw(days)
        clock = draw(st.sampled_from(["", " 09:00", " 12:30", " 14:00", " 23:30"]))
        form = draw(st.sampled_from(Format))
        lines.append(f"interview: {{format: {form}, start: {start}{clock}}}")
        if draw(st.booleans()):
            lines.append(f"decision: {{by: {start + timedelta(days=draw(st.integers(0, 25)))}}}")
    if ids:
        people = [
            f"{{id: {id_}, name: {id_.title()} Abel, role: {draw(st.sampled_from(ROLES))}"
            + (f", email: {id_}@acme.example}}" if draw(st.booleans()) else "}")
            for id_ in ids
        ]
        lines.append(f"people: [{', '.join(people)}]")
    if draw(st.booleans()):
        lines.append(f"next_step: {{ask_on: {TODAY + timedelta(days=20)}}}")
    if draw(st.booleans()):
        promises = draw(st.lists(promise_items(ids), max_size=3))
        lines.append(f"promises: [{', '.join(promises)}]")
    if draw(st.booleans()):
        lines.append(
            f"reminders: [{{on: {draw(days)}, what: Ask}}, {{on: {draw(days)}, what: Go}}]"
        )
    if not draw(st.integers(0, 4)):
        received = TODAY + timedelta(days=draw(st.integers(-20, 5)))
        lines.append(
            f"offer: {{received_on: {received}, deadline: {received + timedelta(days=9)}}}"
        )
    log = draw(st.lists(log_items(ids), max_size=5))
    lines.append(f"log: [{', '.join(log)}]")
    entry, problems = parse_entry(f"{number}.md", "\n".join([*lines, "---", ""]).encode())
    assert entry is not None, problems
    return entry


searches = st.integers(1, 4).flatmap(lambda n: st.tuples(*(notes(i) for i in range(n))))


def portal_of(entries: Sequence[Entry]) -> Portal:
    """What these notes say together in the state of New York."""
    return build_portal(entries, TODAY, Options(country="US", subdivision="NY"))


def plan_of(entries: Sequence[Entry]) -> list[FollowUp]:
    """The follow-ups of these notes."""
    return list(build_follow_ups(portal_of(entries)).values())


@given(searches)
def test_what_holds_for_every_plan(entries: tuple[Entry, ...]) -> None:
    """Reasons, business days, closed applications and the limit of two checks."""
    portal = portal_of(entries)
    plan = list(build_follow_ups(portal).values())
    workdays = Workdays("US", "NY")
    for follow_up in plan:
        source = follow_up.reason.source
        assert str(follow_up.reason).endswith(".")
        assert source.path in portal.entries
        assert (follow_up.closed_by is None) == (follow_up.state in (State.OPEN, State.MISSED))
        if follow_up.state is State.OPEN and follow_up.touch not in OF_AN_END:
            assert portal.applications[follow_up.application].live
        if TOUCHES[follow_up.touch].is_message and not follow_up.short:
            assert workdays.is_business_day(follow_up.due_on)
    unanswered: dict[str, int] = {}
    for follow_up in plan:
        if follow_up.touch.startswith("status") and follow_up.state is State.OPEN:
            key = follow_up.interview or ""
            unanswered[key] = unanswered.get(key, 0) + 1
    assert all(count <= 2 for count in unanswered.values())


@given(searches)
def test_an_unrelated_note_changes_nothing(entries: tuple[Entry, ...]) -> None:
    """A note about another company moves, adds and closes nothing."""
    other, _ = parse_entry(
        "other.md",
        b"---\ncompany: Other\ntitle: Clerk\ninterview: {format: video, start: 2026-11-19}\n---\n",
    )
    assert other is not None
    before = {f.uid: f for f in plan_of(entries)}
    after = {f.uid: f for f in plan_of([*entries, other]) if f.entry != "other.md"}
    assert before == after


@given(searches)
def test_every_follow_up_is_itself(entries: tuple[Entry, ...]) -> None:
    """Uids are unique, and nobody gets two messages on one day about one interview."""
    plan = plan_of(entries)
    assert len({f.uid for f in plan}) == len(plan)
    sent = [
        (f.interview, person, f.due_on)
        for f in plan
        if f.state is State.OPEN and f.interview
        for person in f.to
    ]
    assert len(set(sent)) == len(sent)
