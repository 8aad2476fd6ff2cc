"""What the Pipeline shows: columns, cards, what comes next, and conversations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup.notes.entry import Entry
from followup.site.parts import Next
from followup.site.pipeline import Card, PipelineView, build_pipeline
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    VIDEO_AHEAD,
    address,
    application,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    video_ahead,
)


def pipeline(*entries: Entry, today: date = date(2026, 11, 22)) -> PipelineView:
    """The Pipeline of these notes."""
    return build_pipeline(lookup_of(*entries, today=today))


def titles(view: PipelineView) -> dict[str, list[str]]:
    """The companies in each column."""
    return {c.key: [card.company.text for card in c.cards] for c in view.columns}


def only(view: PipelineView) -> Card:
    """The one card."""
    (card,) = view.cards
    return card


def closed(event: str, *, more: str = "") -> Entry:
    """An application that ended on Tuesday 17 November."""
    log = f"log: [{{on: 2026-11-17, event: {event}}}{more}]"
    front = "company: Birch\ntitle: Analyst\napplied_on: 2026-11-02\n"
    people = "people: [{id: lee, name: Ada Lee, honorific: Ms., email: a@birch.example}]\n"
    return note("birch.md", front + people + log)


def test_every_application_stands_in_the_column_of_its_stage() -> None:
    """Five columns on the way, in order, and one for everything that ended."""
    view = pipeline(panel(), video_ahead(), application(), closed("rejected"))
    assert titles(view) == {
        "saved": ["Linden & Marsh"],
        "applied": ["Alder Street"],
        "screening": [],
        "interviewing": ["Harbor & Pine"],
        "offer": [],
        "closed": ["Birch"],
    }
    assert view.lede == "Four applications, three of them live."


def test_in_a_column_the_next_date_comes_first() -> None:
    """What is late stands above what is due tomorrow, whatever the companies are called."""
    log = "log: [{on: 2026-11-18, event: invited}, {on: 2026-11-18, event: sent, touch: confirm_invitation}]"
    invited = note("v.md", f"{VIDEO_AHEAD}{log}\n")
    view = pipeline(invited, panel())
    column = next(column for column in view.columns if column.key == "interviewing")
    assert [(card.company.text, card.next_on) for card in column.cards] == [
        ("Harbor & Pine", date(2026, 11, 20)),
        ("Linden & Marsh", date(2026, 11, 23)),
    ]


def test_a_card_says_what_comes_next_since_when_and_leads_to_the_company() -> None:
    """The next action with its day, the days in the stage, and a link."""
    card = only(pipeline(panel()))
    assert (card.next[0].text, card.next[0].on_text) == ("Thank Ms. Rivera", "20 Nov")
    assert (card.since, card.since_text) == (date(2026, 11, 20), "Since 20 Nov")
    assert address(card.company.link) == "/companies/harbor-pine-3bb01189"
    assert (card.title, card.live) == ("Junior Data Analyst", True)


def on_the_day(items: Sequence[Next], day: date) -> Next:
    """The one of these that a card shows on a day."""
    return next(
        item for item in items if (item.shown_from or day) <= day and (item.until or day) >= day
    )


def test_a_card_holds_what_is_to_do_after_an_interview_too() -> None:
    """A copy that is read after the interview goes on to its thanks, its notes and its check."""
    (card,) = pipeline(video_ahead()).cards
    expected = {
        date(2026, 11, 22): "Prepare for Linden & Marsh",
        date(2026, 11, 24): "Prepare for Linden & Marsh",
        date(2026, 11, 25): "Thank Ms. Abara",
        date(2026, 11, 30): "Thank Ms. Abara",
        date(2026, 12, 1): "Finish your notes on Linden & Marsh",
        date(2027, 1, 15): "Finish your notes on Linden & Marsh",
    }
    assert {day: on_the_day(card.next, day).text for day in expected} == expected
    assert [item.text for item in card.next if not item.hidden] == [
        "Prepare for Linden & Marsh",
        "Nothing to do; you are waiting for them",
    ]


def test_an_interview_without_a_preparation_to_do_stands_on_the_card_until_its_day() -> None:
    """It passes by itself; what is to do afterwards follows."""
    log = "log: [{on: 2026-11-21, event: sent, touch: prepare}]\n"
    (card,) = pipeline(note("v.md", VIDEO_AHEAD + log)).cards
    first = on_the_day(card.next, date(2026, 11, 24))
    assert (first.text, first.lapses, first.until) == ("Interview at 10:00", True, first.on)
    assert on_the_day(card.next, date(2026, 11, 25)).text == "Thank Ms. Abara"


def test_what_is_never_the_first_is_left_out() -> None:
    """Of many thanks for one interview, due on one day, a card could only ever show one."""
    people = "\n".join(
        f"  - {{id: p{n}, name: Ada Lee{n}, email: p{n}@birch.example}}" for n in range(12)
    )
    front = "company: Birch\ntitle: Clerk\ninterview: {format: panel, start: 2026-11-24 10:00}\n"
    (card,) = pipeline(note("v.md", f"{front}people:\n{people}\n")).cards
    assert sum(item.text.startswith("Thank") for item in card.next) == 1


def test_an_invitation_to_an_interview_to_come_is_to_be_confirmed_now() -> None:
    """It is written before the interview, so that nobody has to wait for its day."""
    log = "log: [{on: 2026-11-20, event: invited}]\n"
    (card,) = pipeline(note("v.md", VIDEO_AHEAD + log)).cards
    assert card.next[0].text == "Confirm the invitation with Ms. Abara"
    assert not card.next[0].hidden


def test_an_opening_before_its_first_interview_is_saved_everywhere() -> None:
    """The board's column and the state on the card say the same; only a talk is *In touch*."""
    ahead = "interview: {format: phone_screen, start: 2026-11-24 10:00}"
    view = pipeline(note("x.md", f"company: Birch\ntitle: Analyst\n{ahead}"))
    assert titles(view)["saved"] == ["Birch"]
    assert only(view).stage.text == "Saved"


def test_a_saved_opening_asks_for_a_decision() -> None:
    """Nothing is due for an opening that was only put aside."""
    card = only(pipeline(note("x.md", "company: Birch\ntitle: Analyst")))
    assert [item.text for item in card.next] == ["Apply, or let it go"]
    assert (card.since, card.since_text) == (None, "")


def test_a_closed_card_names_the_end_and_the_last_message() -> None:
    """Rejected and answered; without an answer only the word and the day."""
    sent = ", {on: 2026-11-18, event: sent, touch: rejection_reply}"
    card = only(pipeline(closed("rejected", more=sent)))
    assert card.since_text == "Rejected, 17 Nov"
    assert [item.text for item in card.next] == ["Answered Ms. Lee’s rejection"]
    quiet = only(pipeline(closed("no_response")))
    assert (quiet.since_text, quiet.next) == ("No response, 17 Nov", ())


def test_a_rejection_still_to_be_answered_is_something_to_do() -> None:
    """The reply to a rejection is due though the application is over."""
    card = only(pipeline(closed("rejected")))
    assert [item.text for item in card.next] == ["Answer Ms. Lee’s rejection"]


def test_a_conversation_about_no_opening_is_no_application() -> None:
    """A networking chat is listed below the board and not counted."""
    talk = note(
        "talk.md", "company: Thai Cooks\ninterview: {format: networking, start: 2026-11-10 09:00}"
    )
    view = pipeline(talk)
    assert (view.cards, view.lede) == ((), "No applications yet.")
    assert [(line.title, line.text) for line in view.talks] == [
        ("Thai Cooks", "Last talked on Tue 10 Nov")
    ]


def test_what_is_only_saved_is_no_application_in_the_first_line() -> None:
    """The Statistics say the same; and all of several are not counted twice."""
    openings = [note(f"{n}.md", f"company: Ash {n}\ntitle: Clerk\n") for n in range(5)]
    assert pipeline(*openings).lede == "Five openings saved, none applied for yet."
    assert pipeline(*openings, application()).lede == "Six applications, all of them live."
    assert pipeline(openings[0], application()).lede == "Two applications, both of them live."


def test_one_application_is_counted_in_words() -> None:
    """The first line of a search that has just begun."""
    assert pipeline(application()).lede == "One application, live."
    assert pipeline(closed("withdrew")).lede == "One application, closed."


def test_a_conversation_to_come_passes_by_itself() -> None:
    """The list below the board says what comes next as a card does: nothing of it is ever late."""
    talk = note(
        "talk.md", "company: Thai Cooks\ninterview: {format: networking, start: 2026-12-02 09:00}"
    )
    (line,) = pipeline(talk).talks
    meeting = next(item for item in line.next if item.text == "Interview at 09:00")
    assert (meeting.on_text, meeting.lapses) == ("Wed 2 Dec", True)
    assert line.due_on is None


def test_the_filter_looks_at_letters_without_accents() -> None:
    """A reader types `mowe` and `lodz` for Möwe and Łódź."""
    (card,) = pipeline(note("x.md", "company: Möwe Łódź\ntitle: Straßenplanung")).cards
    assert card.search == "mowe lodz strassenplanung"


def test_without_an_application_there_are_no_empty_columns() -> None:
    """Conversations alone stand below a word on what to do."""
    talk = note(
        "talk.md", "company: Thai Cooks\ninterview: {format: networking, start: 2026-11-10 09:00}"
    )
    html = render_all(campaign_of(talk))["pipeline"]
    assert "fu-board" not in html
    assert "data-fu-filter" not in html
    assert "followup new" in html
    assert "Last talked on Tue 10 Nov" in html
