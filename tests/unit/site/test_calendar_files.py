"""The calendar files, as calendar programs read them and as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup.campaign.model import Campaign, State
from followup.notes.entry import Entry
from followup.notes.folder import load_entries
from followup.portal.options import Options
from followup.site.calendar_files import render_whole_calendar
from followup.site.events import Kind
from followup.site.ics import IcsEvent, render_ics
from followup.site.lookup import build_lookup
from tests.unit.notebook import TODAY, note
from tests.unit.site.calendar_readers import Seen, build_calendar_files, read, vobject_reads
from tests.unit.site.campaigns import (
    BODY,
    PANEL,
    application,
    campaign_of,
    lookup_of,
    panel,
    video_ahead,
)

WHOLE = "calendar/followup.ics"
TOKEN = "kJ3x9QvT2mZr8LwPq7NcYb"  # of no calendar of anybody's
FEED = f"calendar/feed-{TOKEN}.ics"

OFFER = """company: Elm
title: Analyst
applied_on: 2026-11-02
interview: {format: final, start: 2026-11-12 09:00, minutes: 60}
people: [{id: ito, name: Emi Ito, honorific: Ms., role: recruiter, email: ito@elm.example}]
decision: {by: 2026-11-27, said: "End of next week."}
"""


def calendar_files(*entries: Entry, today: date = TODAY, **options: Any) -> Mapping[str, bytes]:
    """The calendar files of these notes by key."""
    return build_calendar_files(lookup_of(*entries, today=today, **options))


def events_of(*entries: Entry, today: date = TODAY, **options: Any) -> Mapping[str, Seen]:
    """The whole calendar of these notes by uid, as vobject reads it."""
    data = calendar_files(*entries, today=today, **options)[WHOLE]
    return {seen.uid.removesuffix("@followup.invalid"): seen for seen in vobject_reads(data)}


def titles_of(*entries: Entry, today: date = TODAY, **options: Any) -> set[str]:
    """What the whole calendar of these notes says."""
    return {seen.title for seen in events_of(*entries, today=today, **options).values()}


def uid_of(events: Mapping[str, Seen], title: str) -> str:
    """The uid of the one event with this title."""
    (uid,) = [uid for uid, seen in events.items() if seen.title == title]
    return uid


def unfolded(data: bytes) -> str:
    """A calendar file with every value on one line."""
    return data.decode().replace("\r\n ", "")


def lines_of(data: bytes, name: str) -> list[str]:
    """The lines of a calendar file with this property."""
    return [x for x in unfolded(data).split("\r\n") if re.match(rf"{name}[;:]", x)]


@cache
def sample(root: Path) -> Campaign:
    """The sample search, with a feed."""
    return campaign_of(*load_entries(root / "entries").entries, feed=TOKEN)


@cache
def sample_files(root: Path) -> Mapping[str, bytes]:
    """The calendar files of the sample."""
    return build_calendar_files(build_lookup(sample(root)))


def test_programs_read_the_whole_sample(root: Path, tmp_path: Path) -> None:
    """Both programs see every event of the sample alike, in the calendar and in the feed."""
    files = sample_files(root)
    whole = read(tmp_path, files[WHOLE], zone="America/New_York")
    feed = read(tmp_path, files[FEED], zone="America/New_York")
    assert len(whole) > 40
    assert whole.keys() == feed.keys()
    for uid, seen in whole.items():
        assert (seen.start, seen.end) == (feed[uid].start, feed[uid].end)


def test_programs_read_every_single_file(root: Path, tmp_path: Path) -> None:
    """Each event still of use has a file of its own, which says what the whole calendar says."""
    files = sample_files(root)
    single = {key: data for key, data in files.items() if key not in {WHOLE, FEED}}
    seen = read(tmp_path, *single.values())
    assert {f"calendar/{uid.removesuffix('@followup.invalid')}.ics" for uid in seen} == set(single)
    whole = {event.uid: event for event in vobject_reads(files[WHOLE])}
    assert all(whole[uid] == event for uid, event in seen.items())
    left = [event.start for uid, event in whole.items() if uid not in seen]
    assert left
    assert all(start[:10] < TODAY.isoformat() for start in left)


def test_what_is_open_is_in_and_nothing_else(root: Path) -> None:
    """Every open follow-up of the sample stands in the calendar on its day, and no other does."""
    follow_ups = sample(root).follow_ups
    events = {s.uid.split("@")[0]: s for s in vobject_reads(sample_files(root)[WHOLE])}
    opened = {uid: f for uid, f in follow_ups.items() if f.state is State.OPEN}
    assert {f.state for f in follow_ups.values()} > {State.OPEN, State.DONE, State.CANCELLED}
    assert follow_ups.keys() & events.keys() == opened.keys()
    for uid, follow_up in opened.items():
        day = follow_up.due_on.isoformat()
        assert (events[uid].start, events[uid].end) == (day, day)
        assert str(follow_up.reason) in events[uid].description


def test_file_follows_the_standard(root: Path) -> None:
    """Lines end in CRLF, have at most 75 octets and break no character; nothing invites anybody."""
    for data in sample_files(root).values():
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert not re.search(rb"[^\r]\n|\r[^\n]", data)
        for line in data.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()
        head = data.split(b"BEGIN:VEVENT")[0].split(b"\r\n")
        assert head[:3] == [
            b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//Followup//Calendar//EN",
        ]  # fmt: skip
        names = {line.split(":")[0].split(";")[0] for line in unfolded(data).split("\r\n")}
        assert not names & {"METHOD", "SEQUENCE", "ATTENDEE", "ORGANIZER"}
        assert len(lines_of(data, "UID")) == data.count(b"BEGIN:VEVENT")


def test_a_calendar_says_how_often_to_look_again(root: Path) -> None:
    """The whole calendar and the feed do; a single event is taken in once."""
    files = sample_files(root)
    for key, data in files.items():
        told = lines_of(data, "REFRESH-INTERVAL") + lines_of(data, "X-PUBLISHED-TTL")
        expected = ["REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"]
        assert told == (expected if key in {WHOLE, FEED} else [])


def test_an_interview_with_all_that_a_note_says(tmp_path: Path) -> None:
    """Its times, place, link and people are in the file; it takes its time, a message does not."""
    front = PANEL.replace(
        "  minutes: 60\n",
        "  minutes: 60\n  place: Pier 4, 2nd floor; ask for Karin\n  link: https://meet.example/x?a=1,2;3\n",
    )
    entry = note("2026-11-24-harbor-pine-panel.md", front.replace("11-20 13:30", "11-24 13:30"))
    data = calendar_files(entry)[WHOLE]
    events = read(tmp_path, data, zone="America/New_York")
    (seen,) = [seen for seen in events.values() if seen.category == "Interview"]
    assert (seen.title, seen.start, seen.end) == (
        "Harbor & Pine: Panel, round 2", "2026-11-24 13:30", "2026-11-24 14:30",
    )  # fmt: skip
    assert seen.location == "Pier 4, 2nd floor; ask for Karin"
    assert seen.url == "https://meet.example/x?a=1,2;3"
    assert seen.description.splitlines() == [
        "Panel interview, round 2 for Junior Data Analyst, Harbor & Pine.",
        "With Ms. Rivera, Mr. Oduya and Ms. Dahl.",
        "https://meet.example/x?a=1,2;3",
        "2026-11-24-harbor-pine-panel.md:10",
    ]
    assert lines_of(data, "DTSTART")[0].startswith("DTSTART;VALUE=DATE:")
    assert "DTSTART:20261124T183000Z" in lines_of(data, "DTSTART")
    blocks = unfolded(data).split("BEGIN:VEVENT")[1:]
    taken = [block for block in blocks if "TRANSP:OPAQUE" in block]
    assert len(taken) == 1
    assert seen.uid in taken[0]


def test_an_interview_at_an_unknown_hour_lasts_the_day(tmp_path: Path) -> None:
    """Where only the day is known, no hour is made up."""
    front = PANEL.replace("2026-11-20 13:30", "2026-11-24")
    files = calendar_files(note("a.md", front))
    (seen,) = [s for s in read(tmp_path, files[WHOLE]).values() if s.category == "Interview"]
    assert (seen.start, seen.end) == ("2026-11-24", "2026-11-24")


def test_each_kind_has_its_category(root: Path) -> None:
    """The categories are the names that the page's key gives."""
    found = {seen.category for seen in vobject_reads(sample_files(root)[WHOLE])}
    assert {Kind.INTERVIEW.words, Kind.MESSAGE.words, Kind.DECISION.words} <= found
    assert found <= {kind.words for kind in Kind}


@pytest.mark.parametrize(
    ("old", "new", "title", "was_on", "is_on"),
    [
        ("by: 2026-12-01", "by: 2026-12-04", "Harbor & Pine answers", "2026-12-01", "2026-12-04"),
        (
            "by: 2026-12-01", "by: 2026-12-04", "Ask Ms. Dahl where things stand",
            "2026-12-03", "2026-12-08",
        ),
        (
            "2026-11-20 13:30", "2026-11-19 13:30", "Harbor & Pine: Panel, round 2",
            "2026-11-20", "2026-11-19",
        ),
    ],
)  # fmt: skip
def test_moving_a_date_moves_the_same_event(
    old: str, new: str, title: str, was_on: str, is_on: str
) -> None:
    """The uid stays when a date in the note is another."""
    before = events_of(note("a.md", PANEL, BODY))
    after = events_of(note("a.md", PANEL.replace(old, new), BODY))
    uid = uid_of(before, title)
    assert uid == uid_of(after, title)
    assert (before[uid].start[:10], after[uid].start[:10]) == (was_on, is_on)


def test_an_offer_that_ends_later_is_the_same_event() -> None:
    """Its deadline keeps its uid when it moves, in the note or in a later one."""
    offer = OFFER + "offer: {received_on: 2026-11-20, deadline: 2026-11-27}\n"
    before = events_of(note("a.md", offer))
    uid = uid_of(before, "Offer from Elm ends")
    later = offer.replace("deadline: 2026-11-27", "deadline: 2026-12-01")
    assert events_of(note("a.md", later))[uid].start == "2026-12-01"
    more = "company: Elm\ntitle: Analyst\noffer: {received_on: 2026-11-21, deadline: 2026-12-02}\n"
    again = events_of(note("a.md", offer), note("2026-11-21-elm.md", more))
    assert again[uid].start == "2026-12-02"


def test_a_date_that_moved_is_newer() -> None:
    """A day that the log brings moves the event and dates the change, so that programs take it."""
    before = calendar_files(note("a.md", OFFER), today=date(2026, 11, 19))[WHOLE]
    log = "log: [{on: 2026-11-19, event: date_changed, decision_by: 2026-12-03}]\n"
    after = calendar_files(note("a.md", OFFER + log), today=date(2026, 11, 19))[WHOLE]
    assert set(lines_of(before, "DTSTAMP")) == {"DTSTAMP:20261112T000000Z"}
    assert set(lines_of(after, "DTSTAMP")) == {"DTSTAMP:20261119T000000Z"}
    decided = {
        seen.uid: seen.start
        for data in (before, after)
        for seen in vobject_reads(data)
        if seen.title == "Elm decides"
    }
    assert list(decided.values()) == ["2026-12-03"]


@pytest.mark.parametrize(
    ("entry", "today", "stamp"),
    [
        (video_ahead(), date(2026, 11, 22), "20261122"),
        (video_ahead(), date(2026, 11, 24), "20261124"),
        (video_ahead(), date(2026, 11, 27), "20261124"),
        (application(), date(2026, 11, 22), "20261116"),
        (panel(), date(2026, 11, 22), "20261120"),
    ],
)
def test_stamp_is_the_last_day_of_the_notes(entry: Entry, today: date, stamp: str) -> None:
    """DTSTAMP is the last thing that happened; before the first, it is the portal's day."""
    data = calendar_files(entry, today=today)[WHOLE]
    assert set(lines_of(data, "DTSTAMP")) == {f"DTSTAMP:{stamp}T000000Z"}


@pytest.mark.parametrize("event", ["sent", "skipped"])
def test_what_is_done_leaves_the_calendar(event: str) -> None:
    """A follow-up that the log calls done or skipped is gone; the other is still there."""
    log = f"  - {{on: 2026-11-21, event: {event}, touch: thank_you, to: rivera}}\n"
    before, after = titles_of(panel()), titles_of(note("a.md", PANEL + log, BODY))
    assert {"Thank Ms. Rivera", "Thank Mr. Oduya"} <= before
    assert after == before - {"Thank Ms. Rivera"}


def test_what_is_put_off_moves() -> None:
    """A snoozed follow-up is the same event on another day."""
    log = "  - {on: 2026-11-21, event: snoozed, touch: thank_you, to: rivera, until: 2026-11-24}\n"
    before = events_of(note("a.md", PANEL, BODY))
    after = events_of(note("a.md", PANEL + log, BODY))
    uid = uid_of(before, "Thank Ms. Rivera")
    assert (before[uid].start, after[uid].start) == ("2026-11-20", "2026-11-24")


def test_what_is_missed_leaves_the_calendar() -> None:
    """Thanks that came too late are no event any more."""
    assert "Thank Ms. Rivera" in titles_of(panel(), today=date(2026, 11, 25))
    assert "Thank Ms. Rivera" not in titles_of(panel(), today=date(2026, 11, 27))


def test_the_second_check_is_in_while_the_first_waits() -> None:
    """Today shows it later; the calendar keeps its day free now."""
    assert "Ask Ms. Dahl once more" in titles_of(panel())


def test_an_interview_called_off_leaves_the_calendar() -> None:
    """It goes, and with it all that would have followed."""
    log = "log: [{on: 2026-11-21, event: interview_cancelled}]\n"
    assert "Linden & Marsh: Video" in titles_of(video_ahead())
    entry = note("b.md", "company: Linden & Marsh\ntitle: Insights Associate\n")
    assert events_of(note("a.md", _video_front() + log), entry) == {}


def test_the_end_of_an_application_leaves_what_took_place() -> None:
    """After a rejection nothing lies ahead; the interviews that were held stay where they were."""
    log = "log: [{on: 2026-11-21, event: rejected}]\n"
    ahead = _video_front().replace("Linden & Marsh", "Elm").replace("Insights Associate", "Analyst")
    before = titles_of(note("a.md", OFFER), note("b.md", ahead))
    after = events_of(note("a.md", OFFER + log), note("b.md", ahead))
    assert {"Elm: Final round", "Elm: Video"} <= before
    kept = {seen.title for seen in after.values() if seen.category == "Interview"}
    assert kept == {"Elm: Final round"}
    assert not {"Elm decides", "Prepare for Elm"} & {seen.title for seen in after.values()}


@pytest.mark.parametrize(
    ("front", "trigger"),
    [
        ("start: 2026-11-24 10:00, timezone: America/New_York", "-PT1H"),
        ("start: 2026-11-24 09:00, timezone: America/New_York", "-P1D"),
        ("start: 2026-11-24 08:15, timezone: America/New_York", "-PT23H15M"),
        ("start: 2026-11-24 16:00, timezone: Europe/Berlin", "-PT1H"),
        ("start: 2026-11-24 14:00, timezone: Europe/Berlin", "-PT23H"),
        ("start: 2027-03-14 08:00, timezone: America/New_York", "-PT22H"),
        ("start: 2026-11-24, timezone: Europe/Berlin", "PT9H"),
    ],
)
def test_an_interview_rings_at_the_nine_before_it(front: str, trigger: str) -> None:
    """The owner's nine o'clock, also where the clocks change or the interview is elsewhere."""
    text = _video_front().replace("start: 2026-11-24 10:00", front)
    data = calendar_files(note("a.md", text))[WHOLE]
    (block,) = [b for b in unfolded(data).split("BEGIN:VEVENT") if "CATEGORIES:Interview" in b]
    assert re.findall(r"TRIGGER:(.*)\r\n", block) == [trigger]


def test_what_is_open_rings_at_nine(root: Path) -> None:
    """So does what comes; what has passed by itself, notes to finish, and the feed are silent."""
    files = sample_files(root)
    silent = set()
    (calendar,) = vobject.readComponents(files[WHOLE].decode())
    for event in calendar.vevent_list:
        alarms = event.contents.get("valarm", [])
        if not alarms:
            silent.add(event.categories.value[0])
            past = event.dtstart.value.isoformat()[:10] < TODAY.isoformat()
            assert past or event.summary.value.startswith("Finish your notes")
        for alarm in alarms:
            assert alarm.action.value == "DISPLAY"
            assert alarm.description.value == event.summary.value
            if event.categories.value[0] != "Interview":
                assert alarm.trigger.value == timedelta(hours=9)
    assert "Interview" in silent
    assert "Message" not in silent
    assert b"VALARM" not in files[FEED]


def test_the_feed_says_nothing(root: Path) -> None:
    """Neutral titles and times alone: nothing that names, describes, places or sorts an event."""
    names = {
        line.split(":")[0].split(";")[0]
        for line in unfolded(sample_files(root)[FEED]).split("\r\n")
        if line
    }
    assert names == {
        "BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP",
    }  # fmt: skip
    titles = {seen.title for seen in vobject_reads(sample_files(root)[FEED])}
    assert {"Interview", "Message", "Preparation", "Deadline"} <= titles
    assert titles <= {"Interview", "Message", "Preparation", "Deadline", "Reminder"}


def test_no_word_of_a_note_is_in_the_feed() -> None:
    """Canaries in every field are in the whole calendar, and none of them in the feed."""
    front = """company: Canaryone
title: Canarytwo
applied_on: 2026-11-02
interview:
  {format: panel, start: 2026-11-24 10:00, place: Canarythree, link: "https://canaryfour.example"}
people: [{id: x, name: Ann Canaryfive, honorific: Ms., role: recruiter, email: a@canarysix.example}]
"""
    step = "next_step: {by: 2026-12-01, said: Canaryten}\n"
    over = front.replace("2026-11-24", "2026-11-20") + step
    entries = (note("canaryeight.md", front), note("canarynine.md", over, BODY))
    files = calendar_files(*entries, feed=TOKEN)
    shown = set(re.findall(r"canary\w+", unfolded(files[WHOLE]).lower()))
    assert {"canaryone", "canarytwo", "canarythree", "canaryfour", "canaryfive"} < shown
    assert {"canaryeight", "canarynine", "canaryten"} < shown
    assert "canary" not in unfolded(files[FEED]).lower()


def test_without_the_option_there_is_no_feed() -> None:
    """The feed is made only for who has asked for it."""
    with_feed, without = calendar_files(panel(), feed=TOKEN), calendar_files(panel())
    assert with_feed.keys() - without.keys() == {FEED}


def test_a_change_reaches_the_subscriber() -> None:
    """What is done vanishes from the feed, what moves keeps its uid, the rest stays as it was."""
    log = "  - {on: 2026-11-20, event: sent, touch: thank_you, to: rivera}\n"
    moved = (PANEL + log).replace("by: 2026-12-01", "by: 2026-12-04")
    before, after = (
        {seen.uid: seen for seen in vobject_reads(calendar_files(entry, feed=TOKEN)[FEED])}
        for entry in (note("a.md", PANEL, BODY), note("a.md", moved, BODY))
    )
    gone = before.keys() - after.keys()
    assert [before[uid].title for uid in gone] == ["Message"]
    assert after.keys() < before.keys()
    changed = [uid for uid in after if after[uid] != before[uid]]
    assert sorted((before[uid].start, after[uid].start) for uid in changed) == [
        ("2026-12-01", "2026-12-04"),
        ("2026-12-03", "2026-12-08"),
        ("2026-12-10", "2026-12-15"),
    ]


def test_no_notes_make_an_empty_calendar() -> None:
    """The file of an empty search is a calendar all the same."""
    data = calendar_files()[WHOLE]
    assert vobject_reads(data) == ()
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


def test_same_notes_and_day_same_bytes(root: Path) -> None:
    """Made anew, in whatever order the notes are read, every file is the same."""
    entries = load_entries(root / "entries").entries
    again = campaign_of(*reversed(entries), feed=TOKEN)
    assert build_calendar_files(build_lookup(again)) == sample_files(root)
    assert render_whole_calendar(build_lookup(sample(root))) == sample_files(root)[WHOLE]
    later = campaign_of(*entries, today=date(2026, 11, 27), feed=TOKEN)
    assert build_calendar_files(build_lookup(later))[WHOLE] != sample_files(root)[WHOLE]


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\r\n\t\\;,:\"' \x00\x0b\x0c\x1c\x85\u2028\u2029\u202e=🦄é漢"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


def shown(text: str) -> str:
    """What may be left of a hostile text: no character that ends a line but the line feed."""
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+", " ", text.replace("\r\n", "\n"))
    return plain.strip()


def test_no_text_breaks_out_of_its_line(tmp_path: Path) -> None:
    """Hostile titles, descriptions and places come out of both programs as they went in."""
    made: list[bytes] = []

    @settings(max_examples=150)
    @given(HOSTILE, HOSTILE, HOSTILE)
    @example("x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "\\n\\N\\,\\;\\\\", "END:VCALENDAR\r\n")
    @example("🦄" * 60, "é" * 200, "a" * 75)
    def hostile(summary: str, description: str, location: str) -> None:
        event = IcsEvent(
            uid=f"{len(made)}@followup.invalid",
            stamp=TODAY,
            start=TODAY,
            summary=f"({summary})",
            description=f"({description})",
            location=f"({location})",
            category="Message",
            alarm=timedelta(hours=9),
        )
        data = render_ics([event])
        made.append(data)
        (seen,) = vobject_reads(data)
        assert seen.title == shown(event.summary)
        assert seen.description == shown(event.description)
        assert seen.location == shown(event.location)
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert data.count(b"\r\nBEGIN:") == 2

    hostile()
    # khal writes down what it has read, with a library that makes a line break of `\N`.
    fair = [data for data in made if "\\N" not in unfolded(data)]
    assert len(read(tmp_path, *fair)) == len(fair) > 100


def test_what_means_something_to_the_format_is_escaped() -> None:
    """Backslash, semicolon, comma and line break stand as the standard writes them."""
    text = "C:\\Notes; one, two\nthree"
    event = IcsEvent(uid="1@followup.invalid", stamp=TODAY, start=TODAY, summary=text)
    assert lines_of(render_ics([event]), "SUMMARY") == [r"SUMMARY:C:\\Notes\; one\, two\nthree"]


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://meet.example/x?a=1&b=2#c", "https://meet.example/x?a=1&b=2#c"),
        ("https://müller.example/ä b", "https://m%C3%BCller.example/%C3%A4%20b"),
        ("tel:+49 40 1234", "tel:+49%2040%201234"),
        ("https://x.example/\r\nATTENDEE:mailto:a", "https://x.example/ATTENDEE:mailto:a"),
        ("https://x.example/a%20b", "https://x.example/a%20b"),
    ],
)
def test_links_are_addresses(link: str, written: str) -> None:
    """What stands in URL is ASCII on one line."""
    event = IcsEvent(uid="1@followup.invalid", stamp=TODAY, start=TODAY, summary="x", url=link)
    assert lines_of(render_ics([event]), "URL") == [f"URL:{written}"]


def test_the_token_is_no_part_of_any_other_file() -> None:
    """Only the feed's name has the token in it."""
    files = calendar_files(panel(), feed=TOKEN)
    assert [key for key in files if TOKEN in key] == [FEED]
    assert not [key for key, data in files.items() if TOKEN.encode() in data]
    assert Options.model_validate({"feed": TOKEN}).feed == TOKEN


def _video_front() -> str:
    return """company: Linden & Marsh
title: Insights Associate
interview: {format: video, start: 2026-11-24 10:00, minutes: 45}
people:
  - {id: abara, name: Ife Abara, honorific: Ms., role: hiring_manager, email: a@linden.example}
"""
