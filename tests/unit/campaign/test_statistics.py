"""What a search adds up to."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from followup.campaign.schedule import build_follow_ups
from followup.campaign.statistics import (
    Passage,
    Statistics,
    Tally,
    Week,
    build_statistics,
    half_within,
)
from followup.notes.entry import Entry
from followup.notes.schema import Stage
from tests.unit.notebook import note, portal_of


def statistics_of(*entries: Entry) -> Statistics:
    """The numbers of these notes on 22 November 2026."""
    portal = portal_of(*entries)
    return build_statistics(portal, build_follow_ups(portal).values())


def opening(company: str, *more: str) -> Entry:
    """A note about an application to be an analyst."""
    name = company.lower().replace(" ", "-")
    return note(f"{name}.md", "\n".join([f"company: {company}", "title: Analyst", *more]))


def log(*items: str) -> str:
    """The key `log` with these items."""
    return "\n".join(["log:", *(f"  - {{{item}}}" for item in items)])


def reached(found: Statistics) -> list[int]:
    """How many applications came at least to each step."""
    return [rung.reached for rung in found.funnel]


APPLIED = "applied_on: 2026-11-02"
PANEL = "interview: {format: panel, start: 2026-11-10}"


def test_a_skipped_stage_counts_as_passed() -> None:
    """An application that went straight to an interview or an offer came at least to screening."""
    found = statistics_of(
        opening("Ash", APPLIED),
        opening("Birch", APPLIED, PANEL),
        opening("Cedar", APPLIED, "offer: {received_on: 2026-11-09}"),
    )
    assert reached(found) == [3, 2, 2, 1, 0]
    assert [rung.live for rung in found.funnel] == [1, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("rejected", [1, 1, 1, 0, 0]),
        ("declined", [1, 1, 1, 0, 0]),
        ("withdrew", [1, 1, 1, 0, 0]),
        ("no_response", [1, 1, 1, 0, 0]),
        ("accepted", [1, 1, 1, 1, 1]),
    ],
)
def test_an_end_says_how_far_it_came_before(end: str, expected: list[int]) -> None:
    """An application that is over counts up to where it stood; an acceptance is a step itself."""
    found = statistics_of(opening("Ash", APPLIED, PANEL, log(f"on: 2026-11-16, event: {end}")))
    assert reached(found) == expected
    assert found.live == 0
    assert sum(rung.ended for rung in found.funnel) == 1


def test_what_was_never_sent_is_no_application() -> None:
    """An opening saved for later, and a networking chat even when it ended, count nowhere."""
    chat = "interview: {format: networking, start: 2026-11-10}"
    over = log("on: 2026-11-16, event: no_response")
    found = statistics_of(
        opening("Ash"),
        note("b.md", f"company: Birch\n{chat}"),
        note("c.md", f"company: Cedar\n{chat}\n{over}"),
    )
    assert found.total == Tally("", 0, 0, 0, 0)
    assert reached(found) == [0, 0, 0, 0, 0]
    assert found.stages == {Stage.SAVED: 2, Stage.NO_RESPONSE: 1}


def test_a_rejection_alone_means_it_was_sent() -> None:
    """Who was turned down had applied, though no note says when; how soon is not known."""
    found = statistics_of(opening("Ash", log("on: 2026-11-16, event: rejected")))
    assert found.total == Tally("", 1, 1, 0, 0)
    assert reached(found) == [1, 0, 0, 0, 0]
    assert found.first_reply_days == ()


def test_what_was_reopened_counts_where_it_stands() -> None:
    """An offer taken up, taken back, and followed by another invitation is none that was accepted."""
    events = ("on: 2026-11-09, event: accepted", "on: 2026-11-16, event: invited")
    found = statistics_of(opening("Ash", APPLIED, log(*events)))
    assert reached(found) == [1, 1, 0, 0, 0]
    assert found.live == 1


def test_a_stage_set_by_hand_stands() -> None:
    """What the owner set back counts where they set it."""
    found = statistics_of(opening("Ash", APPLIED, "status: applied", PANEL))
    assert reached(found) == [1, 0, 0, 0, 0]
    assert found.passages == (Passage(Stage.APPLIED, Stage.INTERVIEWING, (8,)),)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (log("on: 2026-11-05, event: received", "on: 2026-11-06, event: call"), (3,)),
        (log("on: 2026-11-06, event: call"), (4,)),
        (log("on: 2026-11-06, event: invited"), (4,)),
        (log("on: 2026-11-06, event: date_changed, decision_by: 2026-12-04"), ()),
        (log("on: 2026-11-02, event: rejected"), (0,)),
        (log("on: 2026-11-09, event: offer"), (7,)),
        ("offer: {received_on: 2026-11-09}", (7,)),
        (PANEL, (8,)),
        (log("on: 2026-11-06, event: sent", "on: 2026-11-09, event: withdrew"), ()),
        (log("on: 2026-11-09, event: no_response"), ()),
        (log("on: 2026-10-30, event: received"), ()),
        ("interview: {format: panel, start: 2026-11-30}", ()),
        ("interview: {format: networking, start: 2026-11-10}", ()),
        (PANEL + "\n" + log("on: 2026-11-09, event: interview_cancelled"), ()),
    ],
)
def test_first_reply(more: str, expected: tuple[int, ...]) -> None:
    """The first answer after the application, or the meeting itself where none was noted."""
    assert statistics_of(opening("Ash", APPLIED, more)).first_reply_days == expected


def test_a_friend_is_not_the_employer() -> None:
    """A message from who referred you is no answer to the application."""
    friend = "people: [{id: sam, name: Sam Lee, role: referrer}]"
    news = log("on: 2026-11-03, event: received, from: sam")
    found = statistics_of(opening("Ash", APPLIED, friend, news))
    assert found.total.replied == 0
    assert found.waiting == 1


def test_an_interview_ahead_is_an_answer_without_a_day() -> None:
    """Who will be met has answered, even where no note says when."""
    found = statistics_of(opening("Ash", APPLIED, "interview: {format: panel, start: 2026-11-30}"))
    assert found.total == Tally("", 1, 1, 1, 0)
    assert (found.first_reply_days, found.waiting) == ((), 0)


def test_days_between_stages() -> None:
    """Each way from one stage to the next one reached, with its days sorted."""
    found = statistics_of(
        opening("Ash", APPLIED, PANEL, log("on: 2026-11-16, event: rejected")),
        opening("Birch", "applied_on: 2026-11-08", PANEL),
        opening("Cedar", APPLIED, "interview: {format: phone_screen, start: 2026-11-05}"),
    )
    assert found.passages == (
        Passage(Stage.APPLIED, Stage.SCREENING, (3,)),
        Passage(Stage.APPLIED, Stage.INTERVIEWING, (2, 8)),
        Passage(Stage.INTERVIEWING, Stage.REJECTED, (6,)),
    )


def test_weeks_begin_on_monday() -> None:
    """What was done on Sunday 8 and on Monday 9 November belongs to two weeks."""
    found = statistics_of(
        opening("Ash", "applied_on: 2026-11-08"),
        opening("Birch", "applied_on: 2026-11-09", PANEL),
    )
    assert found.first_on == date(2026, 11, 8)
    assert found.weeks == (Week(date(2026, 11, 2), 1), Week(date(2026, 11, 9), 1, 1))


def test_messages_are_counted_by_who_got_one() -> None:
    """A line without `to` thanked all three; a task of one's own is no message."""
    people = "\n".join(
        ["people:", *(f"  - {{id: p{n}, name: Ann B{n}, email: p{n}@ash.example}}" for n in "123")]
    )
    found = statistics_of(
        opening(
            "Ash", PANEL, people,
            log(
                "on: 2026-11-11, event: sent, touch: thank_you",
                "on: 2026-11-11, event: sent, touch: debrief",
                "on: 2026-11-12, event: sent, to: p1",
                "on: 2026-11-13, event: skipped, touch: value_add",
            ),
        ),
    )  # fmt: skip
    assert [week.messages for week in found.weeks] == [4]


def test_groups() -> None:
    """By source the largest first, spelled as it is most often, those without one at the end."""
    found = statistics_of(
        opening("Ash", APPLIED, "source: job board", PANEL),
        opening("Birch", APPLIED, "source: Job  Board"),
        opening("Cedar", APPLIED, "source: Job board", "resume: b.pdf"),
        opening("Dogwood", APPLIED, "source: Job board"),
        opening("Elm", APPLIED, "source: Referral", "offer: {received_on: 2026-11-09}"),
        opening("Fir", APPLIED),
        opening("Ginkgo", "source: Fair"),
    )
    assert found.by_source == (
        Tally("Job board", 4, 1, 1, 0),
        Tally("Referral", 1, 1, 0, 1),
        Tally("", 1, 0, 0, 0),
    )
    assert found.sources == {"Fair": 1, "Job board": 4, "Referral": 1}
    assert [tally.name for tally in found.by_resume] == ["b.pdf", ""]


@pytest.mark.parametrize(
    ("days", "expected"), [((4,), 4), ((2, 9), 2), ((2, 5, 9), 5), ((1, 2, 3, 40), 2)]
)
def test_half_within(days: tuple[int, ...], expected: int) -> None:
    """The least number of days that at least half of them stay within."""
    assert half_within(days) == expected


def test_the_funnel_of_a_random_search() -> None:
    """Each step holds as many as a naive count finds, and no more than the one before."""
    random = Random(7)
    events = ("applied", "invited", "offer", "declined", "rejected", "withdrew", "no_response")
    entries = []
    for number in range(120):
        items = [
            f"on: {date(2026, 9, 1) + timedelta(days=random.randrange(80))}, event: {event}"
            for event in random.sample(events, random.randrange(1, 5))
        ]
        entries.append(opening(f"Firm {number}", log(*items)))
    portal = portal_of(*entries)
    found = build_statistics(portal, build_follow_ups(portal).values())
    rungs = [rung.stage for rung in found.funnel]
    best = Counter[int]()
    for application in portal.applications.values():
        held = [rungs.index(c.stage) for c in application.history if c.stage in rungs]
        best[max(held, default=0)] += 1
    naive = [sum(best[later] for later in range(place, 5)) for place in range(5)]
    assert reached(found) == naive
    assert reached(found) == sorted(naive, reverse=True)
    assert found.total.applied == 120
