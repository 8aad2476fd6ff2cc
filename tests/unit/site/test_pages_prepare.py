"""What a preparation brings together, and when there is one."""

from __future__ import annotations

from datetime import date

from followup.notes.entry import Entry
from followup.site.company import build_company
from followup.site.lookup import Lookup
from followup.site.prepare import PrepareView, Round, build_preparation, rounds_of
from followup.site.today import build_today
from tests.unit.notebook import note
from tests.unit.site.campaigns import VIDEO_AHEAD, address, lookup_of, panel, video_ahead

FIRST = """company: Linden & Marsh
title: Insights Associate
interview: {format: phone_screen, start: 2026-11-13 10:00, minutes: 30}
people:
  - {id: abara, name: Ife Abara, honorific: Ms., role: hiring_manager, email: a@linden.example,
     hook: It was good to meet another rower.}
next_step: {what: next_round, said: "A call with the team."}
promises: [{what: Send the notebook, to: abara, by: 2026-11-20}]
"""
BODY = """## The job
- One question a week for a brand. @abara
## Typical problems
- The client asks for a number and needs a sentence. @abara
## What went wrong
- Explained too much. #conciseness
  - Better answer: First the sentence, then stop.
## Closing words
- "See you on Tuesday."
"""


def first() -> Entry:
    """The first round at the same company."""
    return note("2026-11-13-linden-phone.md", FIRST, BODY)


def rounds(lookup: Lookup) -> list[Round]:
    """What is to be prepared of all applications."""
    openings = lookup.portal.applications.values()
    return [round_ for opening in openings for round_ in rounds_of(lookup, opening)]


def prepared(*entries: Entry, today: date = date(2026, 11, 22)) -> PrepareView:
    """The only preparation of these notes."""
    lookup = lookup_of(*entries, today=today)
    (round_,) = rounds(lookup)
    return build_preparation(lookup, round_)


def paths(lookup: Lookup) -> list[str]:
    """The notes whose preparation there is."""
    return [round_.note for round_ in rounds(lookup)]


def test_everything_told_so_far_stands_on_one_page() -> None:
    """Job and problems with who said them and where, and how the last talk ended."""
    view = prepared(first(), video_ahead())
    assert [(quote.text, quote.who) for quote in view.job] == [
        ("One question a week for a brand.", "Ms. Abara")
    ]
    assert [quote.text for quote in view.problems] == [
        "The client asks for a number and needs a sentence."
    ]
    assert address(view.job[0].line.link) == "/notes/2026-11-13-linden-phone#L12"
    assert [(quote.about, quote.text) for quote in view.said] == [
        ("The next step", "A call with the team."),
        ("In concluding", "See you on Tuesday."),
    ]
    assert view.lede == "Video interview for Insights Associate, Tue 24 Nov, 10:00."


def test_people_come_with_what_is_known_of_them() -> None:
    """Meetings so far, the hook, and what they said."""
    (person,) = prepared(first(), video_ahead()).people
    assert (person.name, person.met) == ("Ms. Ife Abara", "Met: Phone screen, Fri 13 Nov")
    assert [quote.text for quote in person.hooks] == ["It was good to meet another rower."]
    assert "One question a week for a brand." in [quote.text for quote in person.quotes]


def test_better_answers_and_open_promises_are_brought_along() -> None:
    """The better answer stands with what went wrong; a promise that was kept does not."""
    view = prepared(first(), video_ahead())
    assert [(quote.text, quote.about) for quote in view.better] == [
        ("First the sentence, then stop.", "Explained too much")
    ]
    assert [line.text for line in view.promises] == ["Send the notebook, for Ms. Abara"]
    kept = note(
        "2026-11-13-linden-phone.md",
        FIRST + "log: [{on: 2026-11-20, event: sent, touch: deliver_promise, to: abara}]\n",
        BODY,
    )
    assert prepared(kept, video_ahead()).promises == ()


def test_only_unanswered_questions_are_to_be_asked() -> None:
    """What a note of this opening answers is not asked again; nothing known asks for all."""
    asked = [question.ask for question in prepared(first(), video_ahead()).questions]
    assert "What would I do in the first weeks?" in asked
    assert "What does a usual day in this job look like?" not in asked
    alone = [question.ask for question in prepared(video_ahead()).questions]
    assert "What does a usual day in this job look like?" in alone
    assert "When may I expect to hear from you?" in alone


def test_a_networking_chat_is_not_asked_for_a_decision() -> None:
    """Nobody decides anything after a chat."""
    chat = note(
        "c.md", "company: Thai Cooks\ninterview: {format: networking, start: 2026-11-26 09:00}"
    )
    asked = [question.ask for question in prepared(chat).questions]
    assert "When may I expect to hear from you?" not in asked
    assert asked


def test_there_is_one_for_every_interview_ahead_or_a_round_without_a_date() -> None:
    """Planned interviews each, else the round that was announced; nothing once it is over."""
    assert paths(lookup_of(first(), video_ahead())) == ["2026-11-24-linden-marsh-video.md"]
    assert paths(lookup_of(first())) == ["2026-11-13-linden-phone.md"]
    assert paths(lookup_of(panel())) == ["2026-11-20-harbor-pine-panel.md"]
    rejected = note("r.md", VIDEO_AHEAD + "log: [{on: 2026-11-20, event: rejected}]\n")
    assert paths(lookup_of(rejected)) == []


def test_today_and_the_company_lead_to_it() -> None:
    """The Prepare button of Today leads to the page; the company shows it in short."""
    lookup = lookup_of(first(), video_ahead())
    leaf = build_today(lookup).ahead[0]
    assert leaf.button is not None
    assert address(leaf.button.link) == "/prepare/2026-11-24-linden-marsh-video"
    (company,) = lookup.portal.companies.values()
    (briefing,) = build_company(lookup, company).briefings
    assert address(briefing.link) == "/prepare/2026-11-24-linden-marsh-video"
    assert briefing.intro == "Video with Ms. Abara, Tue 24 Nov, 10:00."
    assert [quote.text for quote in briefing.better] == ["First the sentence, then stop."]


def test_other_openings_of_the_company_stay_out_of_it() -> None:
    """What was said about another job is no preparation for this one."""
    other = note(
        "o.md",
        "company: Linden & Marsh\ntitle: Driver\ninterview: {format: onsite, start: 2026-11-02}",
        "## The job\n- Drives a van.\n",
    )
    view = prepared(first(), video_ahead(), other)
    assert [quote.text for quote in view.job] == ["One question a week for a brand."]


def test_after_its_day_a_preparation_says_that_it_is_over() -> None:
    """A copy that is read later leads to the note; the company's page lets the briefing go."""
    lookup = lookup_of(first(), video_ahead())
    view = prepared(first(), video_ahead())
    assert (view.past, view.past_from) == ("This was on Tue 24 Nov.", date(2026, 11, 25))
    company = build_company(lookup, next(iter(lookup.portal.companies.values())))
    assert [briefing.until for briefing in company.briefings] == [date(2026, 11, 24)]


def test_a_very_long_bullet_is_cut_and_its_line_named() -> None:
    """A page to prepare with quotes the beginning; the rest stands in the note."""
    told = BODY.replace("One question a week", "One question a week " + "and more " * 1000)
    view = prepared(note("2026-11-13-linden-phone.md", FIRST, told), video_ahead())
    (quote,) = view.job
    assert len(quote.text) <= 400
    assert quote.text.endswith("more…")
    assert quote.line.text.startswith("line ")
