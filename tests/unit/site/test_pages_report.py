"""What the Report shows, and what it never does."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from followup.notes.entry import Entry
from followup.notes.schema import Event, Stage
from followup.site.report import (
    HAPPENED,
    RESULTS,
    WITH_A_CONTACT,
    Activity,
    ReportView,
    build_report,
)
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    application,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    tags,
    video_ahead,
)

PEOPLE = """people:
  - {id: lee, name: Ada Lee, email: a@birch.example}
  - {id: roe, name: Ben Roe, role: referrer}
"""


def logged(*items: str, more: str = "") -> Entry:
    """An application of 2 November at Birch with this log."""
    front = f"company: Birch\ntitle: Analyst\napplied_on: 2026-11-02\n{PEOPLE}{more}"
    return note("birch.md", front + "log:\n" + "".join(f"  - {{{item}}}\n" for item in items))


def view_of(*entries: Entry, today: date = date(2026, 11, 22)) -> ReportView:
    """What the page shows of these notes."""
    return build_report(lookup_of(*entries, today=today))


def activities(*entries: Entry, today: date = date(2026, 11, 22)) -> list[Activity]:
    """All rows."""
    return [item for month in view_of(*entries, today=today).months for item in month.activities]


def what(*items: str, more: str = "") -> list[str]:
    """What the rows of this log say after the application's own."""
    return [item.what for item in activities(logged(*items, more=more))[1:]]


def counts(view: ReportView) -> dict[str, int]:
    """How many of each kind, but for none."""
    return {count.kind: count.number for count in view.counts if count.number}


def test_every_event_and_stage_is_decided_on() -> None:
    """What no table names is left out on purpose."""
    quiet = {
        Event.APPLIED, Event.SENT, Event.SNOOZED, Event.SKIPPED, Event.NO_RESPONSE,
        Event.INTERVIEW_CANCELLED,
    }  # fmt: skip
    assert set(HAPPENED) | quiet == set(Event)
    assert set(RESULTS) == set(Stage)


def test_every_kind_of_activity_is_documented(root: Path) -> None:
    """Whoever hands the report over can read beforehand what it may say."""
    told = (root / "docs" / "report.md").read_text(encoding="utf-8")
    words = {what for what, _ in HAPPENED.values()} | set(WITH_A_CONTACT.values())
    assert [what for what in sorted(words) if what not in told] == []


def test_a_row_says_day_company_job_activity_and_result() -> None:
    """The application and the interview, with what became of it so far; nothing of what is ahead."""
    rows = activities(panel(), video_ahead(), application())
    assert [(r.day, r.company, r.title, r.what, r.result) for r in rows] == [
        ("Mon 26 Oct", "Harbor & Pine", "Junior Data Analyst", "Applied", "In interviews"),
        ("Mon 16 Nov", "Alder Street", "Junior Analyst", "Applied", "Open"),
        (
            "Fri 20 Nov", "Harbor & Pine", "Junior Data Analyst",
            "Panel interview, round 2; wrote to the employer", "In interviews",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("on: 2026-11-10, event: sent, to: lee", ["Wrote to the employer"]),
        ("on: 2026-11-10, event: sent, touch: thank_you, to: lee", ["Wrote to the employer"]),
        ("on: 2026-11-10, event: sent, to: roe", ["Wrote to a contact"]),
        ("on: 2026-11-10, event: sent, touch: referrer_update", ["Wrote to a contact"]),
        ("on: 2026-11-10, event: received, from: lee", ["Heard from the employer"]),
        ("on: 2026-11-10, event: received, from: roe", ["Heard from a contact"]),
        ("on: 2026-11-10, event: call", ["Heard from the employer"]),
        ("on: 2026-11-10, event: invited, from: lee", ["Invited to an interview"]),
        ("on: 2026-11-10, event: offer", ["Received an offer"]),
        ("on: 2026-11-10, event: rejected", ["Received a rejection"]),
        ("on: 2026-11-10, event: withdrew", ["Withdrew the application"]),
        ("on: 2026-11-10, event: sent, touch: prepare", []),
        ("on: 2026-11-10, event: snoozed, touch: thank_you, until: 2026-11-12", []),
        ("on: 2026-11-10, event: skipped, touch: thank_you", []),
        ("on: 2026-11-10, event: no_response", []),
    ],
)
def test_what_a_line_of_the_log_says_to_an_agency(item: str, said: list[str]) -> None:
    """A kind of activity; what concerns nobody but the owner is left out."""
    assert what(item) == said


def test_what_happened_on_one_day_is_one_row_and_each_kind_counts_once() -> None:
    """Two thanks on a day are one contact with the employer: a proof must not say too much."""
    sent = ("on: 2026-11-10, event: sent, to: lee", "on: 2026-11-10, event: sent")
    view = view_of(logged(*sent, "on: 2026-11-10, event: invited", "on: 2026-11-11, event: sent"))
    rows = [item.what for month in view.months for item in month.activities]
    assert rows == [
        "Applied",
        "Invited to an interview; wrote to the employer",
        "Wrote to the employer",
    ]
    assert counts(view) == {"applied": 1, "message": 2, "answer": 1}
    assert [(c.number, c.words) for c in view.lead] == [(1, "application"), (0, "interviews")]


def test_an_offer_in_facts_and_log_is_one() -> None:
    """The log's day counts; without it that of the facts."""
    offer = "offer: {received_on: 2026-11-12}\n"
    assert what("on: 2026-11-13, event: offer", more=offer) == ["Received an offer"]
    assert what("on: 2026-11-05, event: call", more=offer) == [
        "Heard from the employer",
        "Received an offer",
    ]


def test_a_networking_chat_is_a_conversation_with_a_contact() -> None:
    """It is no interview, has no title and no result."""
    chat = note(
        "c.md",
        "company: Thai Cooks\ninterview: {format: networking, start: 2026-11-10 09:00}\n"
        "log: [{on: 2026-11-11, event: sent, touch: thank_you}]",
    )
    assert [(r.title, r.what, r.result) for r in activities(chat)] == [
        ("", "Networking conversation", ""),
        ("", "Wrote to a contact", ""),
    ]
    view = view_of(chat)
    assert counts(view) == {"talk": 1, "message": 1}
    lead = [(count.number, count.words) for count in view.lead]
    assert lead == [(1, "networking conversation"), (1, "time I wrote")]


def test_a_cancelled_interview_is_none() -> None:
    """Only what took place proves anything."""
    facts = "interview: {format: onsite, start: 2026-11-12 09:00}\n"
    assert what("on: 2026-11-11, event: call", more=facts) == [
        "Heard from the employer",
        "On-site interview",
    ]
    assert what("on: 2026-11-11, event: interview_cancelled", more=facts) == []


def test_an_end_names_its_day() -> None:
    """In every row of the application."""
    rows = activities(logged("on: 2026-11-17, event: rejected"))
    assert {row.result for row in rows} == {"Rejected, 17 Nov"}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://jobs.example/acme/123", "jobs.example/acme/123"),
        ("https://jobs.example/acme/123?ref=ada.lee#apply", "jobs.example/acme/123"),
        ("https://jobs.example/", "jobs.example"),
    ],
)
def test_of_the_job_ad_only_host_and_path_are_shown(address: str, shown: str) -> None:
    """What follows them may say who was sent there by whom."""
    rows = activities(logged("on: 2026-11-10, event: call", more=f"job_url: {address}\n"))
    assert [row.ad for row in rows] == [shown, ""]


def test_the_days_of_the_report_and_its_months() -> None:
    """From the first activity to the last; a table for each month that has any, in order."""
    view = view_of(panel(), application())
    assert view.span == "26 October to 20 November 2026"
    assert [(m.title, m.anchor, len(m.activities)) for m in view.months] == [
        ("October 2026", "month-2026-10", 1),
        ("November 2026", "month-2026-11", 2),
    ]
    assert view_of(application()).span == "16 November 2026"
    early = note("e.md", "company: E\ntitle: T\napplied_on: 2025-12-29")
    assert view_of(early, application()).span == "29 December 2025 to 16 November 2026"


def test_nothing_yet_is_said_in_words() -> None:
    """Without a note, what to do first; with a saved opening, what begins the report."""
    assert "followup new" in render_all(campaign_of())["report"]
    saved = render_all(campaign_of(note("a.md", "company: A\ntitle: T\n")))["report"]
    assert "Nothing to report yet." in saved
    assert "<table" not in saved


# In every place of a note that is nobody else's business, a word that stands nowhere else.
PRIVATE = """company: Birch Harbor
title: Analyst
application: zqapplication
source: zqsource
job_url: https://zquser@jobs.example/ad/7?by=zqquery#zqfragment
location: zqlocation
salary: {min: 41317, max: 41719, currency: USD, period: year}
resume: zqresume.pdf
applied_on: 2026-11-02
interview: {format: panel, round: 2, start: 2026-11-10 14:00, place: zqplace,
  link: "https://meet.example/zqlink"}
people:
  - {id: zqid, name: Zqgiven Zqfamily, honorific: Ms., academic_title: Dr., role: hiring_manager,
     salutation: "Dear Zqsalutation,", job_title: zqjob, email: zqmail@birch.example,
     phone: "+1 555 0177", hook: The zqhook was good.}
  - {id: zqother, name: Zqreferrer Zqfriend, role: referrer, email: zqfriend@birch.example}
next_step: {what: zqwhat, by: 2026-11-30, said: zqstep}
decision: {by: 2026-12-04, said: zqdecision}
other_candidates: {answer: yes, count: 41}
reminders: [{on: 2026-11-20, what: zqreminder}]
promises: [{what: zqpromise, by: 2026-11-21, to: zqid}]
offer: {received_on: 2026-11-18, deadline: 2026-12-09,
  salary: {min: 43411, currency: EUR, period: year}, notes: zqoffer}
tags: [zqtag]
description: zqdescription
log:
  - {on: 2026-11-11, event: sent, touch: thank_you, to: zqid, note: zqsent}
  - {on: 2026-11-12, event: sent, touch: referrer_update, to: zqother, note: zqupdate}
  - {on: 2026-11-13, event: received, from: zqid, note: zqreceived, decision_by: 2026-12-03}
  - {on: 2026-11-14, event: snoozed, touch: status_check_1, until: 2026-11-19, note: zqsnooze}
  - {on: 2026-11-15, event: call, from: zqother, note: zqcall}
"""
BODY = """## The job
- zqjobline @zqid
## Why I can do it
- zqwhy
## Typical problems
- zqproblem
## First projects
- zqproject
## What went right
- zqright #preparation
## What went wrong
- zqwrong @zqid #conciseness
  - Why: zqreason
  - Better answer: zqbetter
## Royal screw-up
- zqroyal
## Personal topics
- zqpersonal
## Closing words
- zqclosing
## Zqheading
- zqown
"""
NUMBERS = ("41317", "41,317", "41719", "41,719", "43411", "43,411", "0177")


def test_nothing_private_reaches_the_report() -> None:
    """Every word planted in a private place shows elsewhere in the portal, and none in the report."""
    notes = (note("zqfile.md", PRIVATE, BODY), panel())
    options = {"name": "Alex Kim", "email": "zqme@example.org", "phone": "+1 555 0177"}
    pages = render_all(campaign_of(*notes, me=options))
    report = unescape(pages.pop("report"))
    planted = set(re.findall(r"zq\w+", PRIVATE, re.IGNORECASE)) | set(NUMBERS)
    elsewhere = unescape("".join(pages.values())).lower()
    # What joins notes or is MkDocs's own stands on no page, and amounts on none without a comma.
    unseen = {"zqapplication", "zqdescription", "zqtag", "41317", "41719", "43411"}
    assert {word for word in planted if word.lower() not in elsewhere} == unseen
    words = [*planted, *re.findall(r"zq\w+", BODY, re.IGNORECASE), "zqfile", "zqme", "EUR"]
    assert "Birch Harbor" in report
    assert [word for word in words if word.lower() in report.lower()] == []
    for name in ("Rivera", "Oduya", "Dahl", "Thanked", "Referral", "Portland"):
        assert name not in report


def test_the_report_leads_nowhere() -> None:
    """A printed link would carry the address of the portal, with names in it."""
    html = render_all(campaign_of(panel(), application()))["report"]
    assert [
        tag for tag, attributes in tags(html) if "href" in attributes or "src" in attributes
    ] == []
