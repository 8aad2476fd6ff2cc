"""The Statistics page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from followup.notes.entry import Entry
from followup.site.report import build_report
from followup.site.statistics import StatisticsView, build_statistics_page
from tests.unit.notebook import note
from tests.unit.site.campaigns import campaign_of, lookup_of, panel, render_all, tags, values


def opening(number: int, *more: str, applied_on: str = "2026-11-02") -> Entry:
    """The application of this number."""
    facts = (f"company: Firm {number}", "title: Analyst", f"applied_on: {applied_on}", *more)
    return note(f"firm-{number}.md", "\n".join(facts))


def view_of(*entries: Entry, today: date = date(2026, 11, 22)) -> StatisticsView:
    """What the page shows of these notes."""
    return build_statistics_page(lookup_of(*entries, today=today))


def page_of(*entries: Entry) -> str:
    """The page as HTML."""
    return render_all(campaign_of(*entries))["statistics"]


def words_of(html: str) -> str:
    """What a reader reads of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def saved(number: int) -> Entry:
    """An opening that nobody has applied for."""
    return note(f"saved-{number}.md", f"company: Saved {number}\ntitle: Analyst")


TALK = note("talk.md", "company: Ash\ninterview: {format: networking, start: 2026-11-10}")
REPLIED = "log: [{on: 2026-11-09, event: received}]"
PHONE = "interview: {format: phone_screen, start: 2026-11-09}"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), "No applications yet."),
        ((saved(1),), "One opening saved, not applied for yet."),
        ((saved(1), saved(2), TALK), "Two openings saved, none applied for yet."),
        ((TALK,), "No applications yet."),
        ((opening(1),), "One application since Mon 2 November, live."),
        ((opening(1), opening(2)), "Two applications since Mon 2 November, both of them live."),
        (
            (opening(1), opening(2, "status: withdrawn"), opening(3, applied_on="2025-12-29")),
            "Three applications since Mon 29 December 2025, two of them live.",
        ),
    ],
)
def test_first_line(entries: tuple[Entry, ...], expected: str) -> None:
    """How many there are, since when, and how many are live."""
    assert view_of(*entries).lede == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((opening(1),), "It has not got beyond applying yet"),
        ((opening(1), opening(2)), "None got beyond applying yet"),
        ((opening(1, PHONE),), "It got beyond applying"),
        ((opening(1, PHONE), opening(2, PHONE)), "Both got beyond applying"),
        ((opening(1, PHONE), opening(2)), "One of two got beyond applying"),
        (
            (opening(1, "offer: {received_on: 2026-11-09}"), opening(2)),
            "One of two got beyond applying, one to an offer",
        ),
        (tuple(opening(n, PHONE if n else "") for n in range(16)), "15 of 16 got beyond applying"),
    ],
)
def test_how_far_they_got_in_words(entries: tuple[Entry, ...], expected: str) -> None:
    """The title of the funnel says what it shows."""
    funnel = view_of(*entries).funnel
    assert funnel is not None
    assert funnel.title == expected


@pytest.mark.parametrize(
    ("entries", "title", "caption"),
    [
        ((opening(1, REPLIED),), "It got an answer", "One reply, after 7 days."),
        (
            (opening(1, REPLIED), opening(2, REPLIED.replace("09", "03")), opening(3)),
            "Two of three got an answer, half of them within 1 day",
            "Two replies: 1 and 7 days. Half came within 1. One is still waiting.",
        ),
        (
            tuple(opening(n, REPLIED) for n in range(15)),
            "All 15 got an answer, each after 7 days",
            "15 replies, each after 7 days.",
        ),
    ],
)
def test_answers_in_words(entries: tuple[Entry, ...], title: str, caption: str) -> None:
    """How many answered, how soon half of them did, and how many still wait."""
    replies = view_of(*entries).replies
    assert replies is not None
    assert (replies.title, replies.caption) == (title, caption)


@pytest.mark.parametrize(("count", "shown"), [(9, False), (10, True)])
def test_no_percentage_under_ten(count: int, *, shown: bool) -> None:
    """Of fewer than ten applications there are counts only."""
    html = page_of(*(opening(number, PHONE if number else "") for number in range(count)))
    assert f"of {count}" in words_of(html)
    assert ("%" in words_of(html)) == shown


def test_weeks_that_are_shown() -> None:
    """The last twelve weeks, idle ones too; what lies before them is in the table alone."""
    weeks = view_of(
        opening(1, applied_on="2026-02-02"),
        opening(2, applied_on="2026-11-02"),
        opening(3, applied_on="2026-11-09"),
    ).weeks
    assert weeks is not None
    assert weeks.title == "You did most in the week of 9 November"
    names = [row[0] for row in weeks.table.rows]
    monday = date(2026, 8, 31)
    assert names[0] == "2 Feb"
    assert len(names) == 13
    assert names[1] == f"{monday.day} Aug"
    assert names[-1] == f"{(monday + timedelta(weeks=11)).day} Nov"
    assert "Earlier weeks are in the table." in weeks.caption


@pytest.mark.parametrize(
    ("first", "expected"),
    [("2026-11-02", ["Nov", "", ""]), ("2026-10-26", ["", "Nov", "", ""]), ("2026-11-16", ["Nov"])],
)
def test_months_below_the_weeks(first: str, expected: list[str]) -> None:
    """A month is named where it begins, and never beside another."""
    weeks = view_of(opening(1, applied_on=first)).weeks
    assert weeks is not None
    labels = [mark for mark in weeks.chart.marks if mark.attributes.get("class") == "fu-chart__m"]
    days = [mark for mark in labels if mark.text.isdigit()]
    below = {m.attributes["x"]: m.text for m in labels if not m.text.isdigit()}
    assert [below.get(mark.attributes["x"], "") for mark in days] == expected


def test_the_first_week_has_no_rival() -> None:
    """A search that began this week has one column, and a title that compares nothing."""
    weeks = view_of(opening(1, applied_on="2026-11-17")).weeks
    assert weeks is not None
    assert (weeks.title, len(weeks.table.rows)) == ("Your first week", 1)


def test_one_week_is_not_called_the_busiest() -> None:
    """Where all of it happened in one week, no other week did less."""
    weeks = view_of(*(opening(number) for number in range(5))).weeks
    assert weeks is not None
    assert (weeks.title, len(weeks.table.rows)) == ("All of it in the week of 2 November", 3)


def test_interviews_and_messages_are_those_of_the_report_in_the_same_words() -> None:
    """A networking conversation is no interview on either page; only this page counts by person."""
    people = "people: [{id: lee, name: Ada Lee}, {id: roe, name: Ben Roe}]"
    sent = "log: [{on: 2026-11-10, event: sent, to: lee}, {on: 2026-11-10, event: sent, to: roe}]"
    lookup = lookup_of(opening(1, PHONE, people, sent), TALK)
    figures = {f.label: f.count for f in build_statistics_page(lookup).figures}
    told = {count.words: count.number for count in build_report(lookup).counts if count.number}
    assert figures == {
        "application": 1, "reply": 1, "interview": 1, "networking conversation": 1,
        "messages sent": 2, "offers": 0,
    }  # fmt: skip
    assert told == {
        "application": 1,
        "interview": 1,
        "networking conversation": 1,
        "time I wrote": 1,
    }
    assert "Interviews and networking" in words_of(page_of(opening(1, PHONE), TALK))
    assert "Interviews and networking" not in words_of(page_of(opening(1, PHONE)))


def test_a_pause_is_said() -> None:
    """Where nothing happened for twelve weeks, no empty week is called the busiest."""
    weeks = view_of(opening(1, applied_on="2026-02-02")).weeks
    assert weeks is not None
    assert weeks.title == "Nothing in the last twelve weeks"


def test_every_picture_can_be_read_without_seeing_it() -> None:
    """Each has a name, an image's role, its numbers as a table; what is said of it is on the page."""
    html = page_of(panel(), opening(1, PHONE))
    pictures = [a for tag, a in tags(html) if tag == "svg" and a.get("role") == "img"]
    ids = set(values(html, "id"))
    assert len(pictures) == 3
    assert all(picture["aria-labelledby"] in ids for picture in pictures)
    assert "viewbox" not in {name.lower() for _, found in tags(html) for name in found}
    assert html.count("<table") == html.count("<caption") == 5
    assert {"style", "script", "foreignObject"}.isdisjoint(tag for tag, _ in tags(html))


def test_names_from_notes_are_text() -> None:
    """A source or a file name that looks like HTML is shown as it is written."""
    html = page_of(opening(1, "source: <b>Fair</b>", "resume: '\"><i>.pdf'"))
    assert "&lt;b&gt;Fair&lt;/b&gt;" in html
    assert {"b", "i"}.isdisjoint(tag for tag, _ in tags(html))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), ["Write your first note."]),
        ((note("a.md", "company: Ash\ntitle: Analyst"),), ["Nothing to count yet."]),
        (
            (note("a.md", "company: Ash\ninterview: {format: networking, start: 2026-11-10}"),),
            ["No applications yet. The first note", "No answer yet.", "As soon as an application"],
        ),
        (
            (opening(1),),
            [
                "No answer yet. The first one shows here how long they take.",
                "Write source at the top of your notes",
                "Write resume at the top of your notes",
                "As soon as an application reaches a second stage",
            ],
        ),
        (
            (note("a.md", "company: Ash\ntitle: Analyst\nstatus: screening"),),
            ["Write applied_on at the top of your notes", "begins the picture"],
        ),
    ],
)
def test_where_there_is_nothing_yet(entries: tuple[Entry, ...], expected: list[str]) -> None:
    """A part that has no numbers says what will bring them."""
    words = words_of(page_of(*entries))
    assert [text for text in expected if text not in words] == []


def test_ends_without_a_stage_between() -> None:
    """Where applications only ended, the days until then stand open."""
    found = view_of(opening(1, "log: [{on: 2026-11-09, event: rejected}]"))
    assert found.passages is None
    assert found.ends is not None
    assert found.ends.rows == (("Applied to rejected", "1", "7 days", "7 days"),)
