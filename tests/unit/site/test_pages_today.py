"""What the Today page shows, and where."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from followup.notes.categories import CATEGORIES
from followup.site.calendar import build_calendar
from followup.site.events import Kind
from followup.site.lookup import build_lookup
from followup.site.terminal import render_today
from followup.site.today import build_today
from followup.site.waiting import CLOSE_IT
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    APPLICATION,
    BODY,
    PANEL,
    address,
    application,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    video_ahead,
)


def test_rows_stand_in_the_part_of_their_day_in_the_order_of_the_note() -> None:
    """Late, due today, this week and later divide by the day; one panel keeps its own order."""
    today = build_today(lookup_of(panel(), video_ahead(), application()))
    assert [row.title for row in today.late.rows] == ["Thank Ms. Rivera", "Thank Mr. Oduya"]
    assert today.due.rows == ()
    assert [(row.due_text, row.title) for row in today.week.rows] == [
        ("Mon 23 Nov", "Prepare for Linden & Marsh"),
        ("Tue 24 Nov", "Thank Ms. Abara"),
    ]
    assert [(row.due_text, row.title) for row in today.later.rows] == [
        ("Tue 1 Dec", "Ask about your application"),
        ("Wed 2 Dec", "Ask Ms. Abara where things stand"),
        ("Thu 3 Dec", "Ask Ms. Dahl where things stand"),
    ]


def test_the_first_line_answers_the_question_of_the_page() -> None:
    """The lede counts what is late and what is due, and names the next interview."""
    today = build_today(lookup_of(panel(), video_ahead()))
    assert today.lede == "Two are late, nothing is due today."
    assert today.next_interview is not None
    assert today.next_interview.text == "Tue 24 Nov, 10:00, Linden & Marsh"
    monday = build_today(lookup_of(panel(), video_ahead(), today=date(2026, 11, 23)))
    assert monday.lede == "Two are late, one is due today."


def test_an_interview_of_an_application_that_is_over_is_not_ahead() -> None:
    """They said no before it: nobody goes there, whatever its note still says."""
    over = "company: Linden & Marsh\ntitle: Insights Associate\nlog: [{on: 2026-11-21, event: rejected}]"
    lookup = lookup_of(panel(), video_ahead(), note("z.md", over))
    today = build_today(lookup)
    assert (today.next_interview, today.ahead) == (None, ())
    calendar = build_calendar(lookup)
    kinds = [event.kind for day in (*calendar.agenda, *calendar.later) for event in day.events]
    assert Kind.INTERVIEW not in kinds


def test_the_terminal_names_the_line_of_another_note_once() -> None:
    """A withdrawal rests on a line of the note about the offer, which is called by its file."""
    won = note("won.md", "company: Won\ntitle: Clerk\nlog: [{on: 2026-11-20, event: accepted}]")
    out = io.StringIO()
    Console(file=out, width=200).print(render_today(campaign_of(panel(), won)))
    assert "You accepted another offer on Fri 20 November (line 4 of won);" in out.getvalue()


def test_what_is_waited_for_where_an_answer_came() -> None:
    """Of a stage beyond the application one does not wait for a reply to it."""
    front = "company: Acme\ntitle: QA\napplied_on: 2026-11-02\nstatus: "
    for status, text in (("interviewing", "What comes next; no date was given"),
                         ("applied", "A reply to your application")):  # fmt: skip
        (line,) = build_today(lookup_of(note("a.md", front + status))).waiting.lines
        assert line.text == text


def test_a_row_says_who_why_and_until_when() -> None:
    """A late thank-you names the job title, the line of its reason, and how long it is welcome."""
    row = build_today(lookup_of(panel())).late.rows[0]
    assert row.who == "Head of Analytics"
    assert row.company is not None
    assert row.company.text == "Harbor & Pine"
    assert row.why.line.text == "line 10"
    assert address(row.why.line.link) == "/notes/2026-11-20-harbor-pine-panel#L10"
    assert row.why.welcome == "Still welcome until Wed 25 Nov."
    assert row.until == date(2026, 11, 25)
    assert (row.button, address(row.link)) == (
        "Open draft",
        "/drafts/2026-11-20-harbor-pine-panel#rivera",
    )


def test_a_draft_with_a_gap_asks_to_be_filled() -> None:
    """Without a proof for Mr. Oduya his draft has a gap, and the button says so."""
    row = build_today(lookup_of(panel())).late.rows[1]
    assert row.button == "Fill 1 gap"


def test_what_hangs_on_a_planned_interview_waits_with_it() -> None:
    """Preparing ends with the interview's day; a thank-you opens the note until there is a draft."""
    week = build_today(lookup_of(video_ahead())).week
    prepare, thanks = week.rows
    assert (week.count, prepare.hidden, thanks.hidden) == (1, False, True)
    assert thanks.shown_from == date(2026, 11, 24)
    assert (prepare.title, prepare.until) == ("Prepare for Linden & Marsh", date(2026, 11, 24))
    assert prepare.who == "Video with Ms. Abara, Tue 24 Nov, 10:00"
    assert prepare.button == "Prepare"
    assert (thanks.button, address(thanks.link)) == (
        "Open note",
        "/notes/2026-11-24-linden-marsh-video",
    )


def test_what_comes_before_a_planned_interview_shows_at_once() -> None:
    """A reminder in its note and the answer to its invitation do not wait for its day."""
    front = (
        "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-30 10:00}\n"
        "people: [{id: ann, name: Ann Abel, role: recruiter, email: a@acme.example}]\n"
        "reminders: [{on: 2026-11-24, what: Charge the laptop}]\n"
        "log: [{on: 2026-11-20, event: invited, from: ann}]"
    )
    today = build_today(lookup_of(note("acme.md", front)))
    rows = (*today.late.rows, *today.week.rows)
    assert [row.title for row in rows if not row.hidden] == [
        "Confirm the invitation with Ann Abel",
        "Charge the laptop",
        "Prepare for Acme",
    ]


def test_two_reminders_on_one_line_keep_their_own_words() -> None:
    """What a reminder is called does not depend on how the note is laid out."""
    both = "reminders: [{on: 2026-11-24, what: Call}, {on: 2026-11-25, what: Write}]"
    week = build_today(lookup_of(note("acme.md", f"company: Acme\ntitle: Clerk\n{both}"))).week
    assert [row.title for row in week.rows] == ["Call", "Write"]


def test_a_reminder_keeps_its_words_when_it_is_put_off() -> None:
    """A snoozed reminder is still called what it was noted as."""
    front = (
        "company: Acme\ntitle: Clerk\nreminders: [{on: 2026-11-20, what: Charge the laptop}]\n"
        "log: [{on: 2026-11-20, event: snoozed, touch: reminder, until: 2026-11-24}]"
    )
    (row,) = build_today(lookup_of(note("acme.md", front))).week.rows
    assert (row.title, row.due_on) == ("Charge the laptop", date(2026, 11, 24))


def test_what_has_been_late_for_long_is_folded_away() -> None:
    """After a month it makes room for what is new, and is counted all the same."""
    dated = "reminders: [{on: 2026-10-22, what: Call}, {on: 2026-10-23, what: Write}]"
    campaign = campaign_of(note("acme.md", f"company: Acme\ntitle: Clerk\n{dated}"))
    today = build_today(build_lookup(campaign))
    assert [row.title for row in today.late.rows] == ["Write"]
    assert [row.title for row in today.long.rows] == ["Call"]
    assert today.lede == "Two are late, nothing is due today."
    html = render_all(campaign)[""]
    assert (
        html.index("Write</h3>")
        < html.index("Late for more than a month <")
        < html.index("Call</h3>")
    )
    terminal = io.StringIO()
    Console(file=terminal, width=80).print(render_today(campaign))
    said = terminal.getvalue()
    assert said.index("Late (1)") < said.index("Write") < said.index("for more than a month (1)")


def test_a_promise_says_what_was_promised() -> None:
    """A reader knows what to send without opening the note."""
    front = "company: Acme\ntitle: Clerk\npromises: [{what: Send the notebook., by: 2026-11-24}]\n"
    meeting = "interview: {format: video, start: 2026-11-09 10:00}"
    rows = build_today(lookup_of(note("acme.md", front + meeting, BODY))).week.rows
    (why,) = [str(row.why) for row in rows if "promise" in row.title]
    assert why == "Send the notebook. You promised it by Tue 24 November."


def test_a_narrow_terminal_shows_the_text_below_its_day() -> None:
    """No line is longer than the terminal is wide."""
    terminal = io.StringIO()
    Console(file=terminal, width=40).print(render_today(campaign_of(panel())))
    lines = terminal.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[lines.index("  Fri 20 Nov  2 days late") + 1].strip() == "Thank Ms. Rivera"


def test_a_second_check_waits_for_the_first() -> None:
    """While the first check is ahead, the second is on no list of things to do."""
    today = build_today(lookup_of(panel()))
    rows = (*today.late.rows, *today.due.rows, *today.week.rows, *today.later.rows)
    assert not [row.title for row in rows if "once more" in row.title]
    asked = PANEL + "  - {on: 2026-12-03, event: sent, touch: status_check_1, to: dahl}\n"
    later = build_today(lookup_of(note("a.md", asked, BODY), today=date(2026, 12, 4)))
    assert [row.title for row in later.week.rows] == ["Ask Ms. Dahl once more"]


def test_notes_to_finish_ask_the_first_missing_question() -> None:
    """A note of an interview that is over asks; one of an interview ahead is hidden until its day."""
    finish = build_today(lookup_of(panel(), video_ahead())).unfinished
    asked, planned = finish.lines
    assert finish.count == 1
    assert asked.text == "Panel, round 2, 12 of 13 answered"
    assert asked.notes == ("Ask yourself: when will they decide?",)
    assert not asked.hidden
    assert (planned.title, planned.hidden, planned.shown_from) == (
        "Linden & Marsh",
        True,
        date(2026, 11, 24),
    )


def test_all_notes_are_complete_only_where_none_lacks_an_answer() -> None:
    """Nobody is asked to finish the notes on a networking chat; complete they are not for that."""
    chat = note("c.md", "company: Ash\ninterview: {format: networking, start: 2026-11-10}")
    whole = note(
        "w.md",
        "company: Birch\ninterview: {format: networking, start: 2026-11-10}\nnext_step: n/a\n"
        "decision: n/a\nother_candidates: n/a\npeople: n/a\n",
        "".join(f"## {c.heading}\n\nn/a\n" for c in CATEGORIES if c.heading),
    )
    for entries, said in (((chat,), False), ((whole,), True), ((application(),), False)):
        html = render_all(campaign_of(*entries))[""]
        assert ("All notes are complete." in html) is said
        assert ("No notes to finish now." in html) is not said


def test_waiting_for_says_what_by_when_and_since_when() -> None:
    """Promises come first by their day; an interview ahead makes waiting begin the day after."""
    waiting = build_today(lookup_of(panel(), application(), video_ahead())).waiting
    assert [(line.title, line.text, line.since_text) for line in waiting.lines] == [
        ("Harbor & Pine", "The next round, by Tue 1 Dec", "Silent since Fri 20 Nov"),
        ("Alder Street", "A reply to your application", "Silent since Mon 16 Nov"),
        ("Linden & Marsh", "What comes next; no date was given", "Silent since Tue 24 Nov"),
    ]
    assert waiting.count == 2
    assert waiting.lines[2].shown_from == date(2026, 11, 25)


def test_two_checks_without_an_answer_suggest_an_end() -> None:
    """After the second check in vain the portal says how to close the application."""
    log = """
log:
  - {on: 2026-10-20, event: sent, touch: status_check_1}
  - {on: 2026-10-27, event: sent, touch: status_check_2}
"""
    front = f"company: Acme\ntitle: Clerk\ninterview: {{format: video, start: 2026-10-12}}{log}"
    (line,) = build_today(lookup_of(note("acme.md", front))).waiting.lines
    assert line.notes == (CLOSE_IT,)
    (line,) = build_today(lookup_of(note("acme.md", front.rpartition("  -")[0]))).waiting.lines
    assert line.notes == ()
    later = front + "  - {on: 2026-11-20, event: date_changed, decision_by: 2026-12-10}\n"
    (line,) = build_today(lookup_of(note("acme.md", later))).waiting.lines
    assert line.notes == ()


def test_a_promise_that_has_passed_is_said_so() -> None:
    """After its day a date is one that was promised."""
    today = build_today(lookup_of(panel(), today=date(2026, 12, 2)))
    assert today.waiting.lines[0].text == "The next round, promised by Tue 1 Dec"


def test_two_answers_on_one_day_are_one() -> None:
    """Where the next step and the decision fall on one day, the decision is awaited."""
    both = PANEL + "decision: {by: 2026-12-01}\n"
    today = build_today(lookup_of(note("a.md", both, BODY)))
    assert today.waiting.lines[0].text == "A decision, by Tue 1 Dec"


def test_done_this_week_ends_after_seven_days() -> None:
    """What was done stays for seven days, today's included."""
    thanked = build_today(lookup_of(panel())).done.lines
    assert [(line.text, line.notes) for line in thanked] == [
        ("Thanked Ms. Dahl, Harbor & Pine", ("Fri 20 Nov",))
    ]
    assert thanked[0].shown_until == date(2026, 11, 26)
    assert build_today(lookup_of(panel(), today=date(2026, 11, 27))).done.lines == ()


def test_nobody_to_write_to_is_a_task_of_ones_own() -> None:
    """An application without an address asks for one instead of a message."""
    front = APPLICATION.replace(", email: jobs@alder.example", "")
    today = build_today(lookup_of(note("a.md", front)))
    row = today.later.rows[0]
    assert (row.title, row.button) == ("Find an address at Alder Street", "Open note")


def test_an_empty_folder_asks_for_the_first_note() -> None:
    """Without a single note every page renders, and Today says how to begin."""
    pages = render_all(campaign_of())
    assert "Write your first note." in pages[""]
    assert "All caught up." not in pages[""]
    assert {"", "drafts", "calendar", "companies", "notes", "people"} < set(pages)
    assert not any("/" in key for key in pages)


def test_nothing_due_says_what_to_do_instead() -> None:
    """With nothing late and nothing due the page says so; with something late it stays quiet."""
    clear = render_all(campaign_of(video_ahead()))[""]
    assert '<p class="fu-empty" data-fu-empty="clear"><strong>All caught up.' in clear
    late = render_all(campaign_of(panel()))[""]
    assert '<p class="fu-empty" data-fu-empty="quiet">Nothing is due today.' in late


def test_the_page_is_whole_without_a_script() -> None:
    """Absolute days stand in the HTML, and no relative word."""
    html = render_all(campaign_of(panel(), video_ahead()))[""]
    assert "As of Sunday 22 November 2026, when this was built" in html
    assert '<time datetime="2026-11-20">Fri 20 Nov</time>' in html
    assert "days late" not in html
    assert "tomorrow" not in html


def test_an_interview_ahead_says_where() -> None:
    """Its place and its link stand beside the plan; one that is over needs neither."""
    front = (
        "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-30 10:00,"
        " place: Room 4, link: 'https://meet.example/x'}"
    )
    (leaf,) = build_today(lookup_of(note("acme.md", front))).ahead
    assert leaf.notes == ("10:00 · video, 60 min", "Room 4")
    assert (leaf.href, leaf.host) == ("https://meet.example/x", "meet.example")
