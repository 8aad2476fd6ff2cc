"""Every fault that a note can have, with the place and the code it is reported under."""

from __future__ import annotations

import pytest

from followup.notes.entry_parser import parse_entry
from followup.notes.problems import Severity

Expected = list[tuple[int, int, str]]


def note(*lines: str, body: str = "") -> str:
    """A note with a company and a title on lines 2 and 3, and `lines` from line 4 on."""
    return "\n".join(["---", "company: Acme", "title: Analyst", *lines, "---", body])


NOT_READABLE: dict[str, tuple[str, Expected]] = {
    "no end": ("---\ncompany: Acme\n", [(1, 1, "unclosed_front_matter")]),
    "a list instead of keys": ("---\n- a\n---\n", [(2, 1, "not_a_mapping")]),
    "a sentence instead of keys": ("---\nhello there\n---\n", [(2, 1, "not_a_mapping")]),
    "a key without a space": ("---\ncompany:Acme\n---\n", [(2, 1, "not_a_mapping")]),
    "a second colon": (note("source: a: b"), [(4, 10, "yaml_syntax")]),
    "an open quote": (note('place: "x'), [(4, 8, "yaml_syntax")]),
    "an open bracket": (note("tags: [a, b"), [(4, 7, "yaml_syntax")]),
    "an open brace": (note("decision: {by: 2026-12-04"), [(4, 11, "yaml_syntax")]),
    "an at sign": (note("source: @home"), [(4, 9, "yaml_syntax")]),
    "a star": (note("source: *very* good"), [(4, 9, "yaml_syntax")]),
    "a tab": (note("interview:", "\tround: 2"), [(5, 1, "yaml_syntax")]),
    "a wrong indentation": (note("interview:", "  round: 2", " start: x"), [(6, 2, "yaml_syntax")]),
    "a list on its key's line": (note("tags: - a"), [(4, 7, "yaml_syntax")]),
    "a wrong escape": (note('source: "\\q"'), [(4, 10, "yaml_syntax")]),
    "a second document": (note("--- x"), [(4, 1, "yaml_syntax")]),
    "a broken ordinary page": ("---\nhero: [a\n---\n", [(2, 7, "yaml_syntax")]),
    "an escape sequence": (note("source: a\x1bb"), [(4, 10, "control_character")]),
    "a line separator": (note("source: a\u2028b"), [(4, 10, "control_character")]),
    "a null byte below": (note(body="a\x00b"), [(5, 2, "control_character")]),
    "nine levels": (note("tags: [[[[[[[[1]]]]]]]]"), [(4, 14, "nested_too_deeply")]),
    "keys without a fence": ("company: Acme\ntitle: x\n", [(1, 1, "missing_fence")]),
    "a blank line first": ("\n---\ncompany: Acme\n---\n", [(2, 1, "fence_not_first")]),
    "a space first": (" ---\ncompany: Acme\n---\n", [(1, 2, "fence_not_first")]),
}

NOT_ALLOWED: dict[str, tuple[str, Expected]] = {
    "a key twice": (note("title: Clerk"), [(4, 1, "duplicate_key")]),
    "a key twice in a block": (
        note("decision: {by: 2026-12-04, by: 2026-12-05}"),
        [(4, 28, "duplicate_key")],
    ),
    "an anchor": (note("source: &a b"), [(4, 9, "anchor")]),
    "an alias": (note("source: &a b", "location: *a"), [(4, 9, "anchor"), (5, 11, "alias")]),
    "a type": (note("source: !!str b"), [(4, 9, "yaml_tag")]),
    "a merge": (note("<<: {source: a}"), [(4, 1, "merge_key")]),
    "a list as a key": (note("? [a, b]", ": c"), [(4, 3, "bad_key")]),
    "an unknown key": (note("compensation: 5"), [(4, 1, "unknown_key")]),
    "an unknown key in a block": (note("decision: {bye: 2026-12-04}"), [(4, 12, "unknown_key")]),
    "an unknown key without a value": (note("compensation:"), [(4, 1, "unknown_key")]),
    "a comma in a text within braces": (
        note("decision: {said: Two references, and then an answer.}"),
        [(4, 34, "unknown_key")],
    ),
    "an unknown key of a person": (
        note("people:", "  - name: Ngozi Okafor", "    mail: n@acme.example"),
        [(6, 5, "unknown_key")],
    ),
    "a key misspelt that is required": (
        note("interview: {format: panel, strat: 2026-11-19}"),
        [(4, 28, "unknown_key")],
    ),
    "no company": ("---\ntitle: x\npeople: n/a\n---\n", [(3, 1, "missing_company")]),
    "a company without a name": ("---\ntitle: x\ncompany:\n---\n", [(3, 1, "missing_company")]),
    "a misspelt company": (
        "---\ntitle: x\ncompnay: Acme\nlog: []\n---\n",
        [(3, 1, "missing_company")],
    ),
    "no title": ("---\ncompany: Acme\n---\n", [(2, 1, "missing_title")]),
    "a title without words": ("---\ncompany: Acme\ntitle:\n---\n", [(3, 1, "missing_title")]),
    "no format": (note("interview: {start: 2026-11-19}"), [(4, 1, "missing_format")]),
    "no start": (note("interview: {format: panel}"), [(4, 1, "missing_start")]),
    "no event": (note("log:", "  - {on: 2026-11-19}"), [(5, 5, "missing_event")]),
    "no day of a reminder": (note("reminders:", "  - {what: Ask}"), [(5, 5, "missing_on")]),
    "an empty text": (note('source: ""'), [(4, 9, "empty_text")]),
    "a list as text": (note("source: [a]"), [(4, 9, "not_text")]),
    "text as a list": (note("log: sent"), [(4, 6, "expected_list")]),
    "one person without a dash": (note("people: {name: x}"), [(4, 9, "expected_list")]),
    "text as a block": (note("interview: soon"), [(4, 12, "expected_block")]),
    "text as a decision": (note("decision: soon"), [(4, 11, "expected_block")]),
    "a person as text": (note("people:", "  - Ngozi"), [(5, 5, "expected_block")]),
    "two lines where one belongs": (note("source: |", "  a", "  b"), [(4, 9, "line_break")]),
    "a line break in the only tag": (note("tags: |", "  a", "  b"), [(4, 1, "line_break")]),
    "a line break in a name": (note('people: [{name: "A\\r\\nBcc: x"}]'), [(4, 17, "line_break")]),
    "a bell": (note('description: "\\a"'), [(4, 14, "control_character")]),
}

NOT_MEANT: dict[str, tuple[str, Expected]] = {
    "month 13": (note("applied_on: 2026-13-40"), [(4, 13, "not_a_date")]),
    "31 November": (note("applied_on: 2026-11-31"), [(4, 13, "not_a_date")]),
    "29 February": (note("applied_on: 2026-02-29"), [(4, 13, "not_a_date")]),
    "a year without digits": (note("applied_on: 26-11-19"), [(4, 13, "not_a_date")]),
    "a distant year": (note("applied_on: 9999-12-31"), [(4, 13, "not_a_date")]),
    "a single digit": (note("applied_on: 2026-11-9"), [(4, 13, "not_a_date")]),
    "a date with a time": (note("applied_on: 2026-11-19T00:00:00Z"), [(4, 13, "not_a_date")]),
    "other digits": (note("applied_on: ２０２６-11-19"), [(4, 13, "not_a_date")]),
    "afternoon by letters": (
        note("interview: {format: panel, start: 2026-11-19 2pm}"),
        [(4, 35, "not_a_start")],
    ),
    "a time zone in the start": (
        note("interview: {format: panel, start: '2026-11-19 14:00+01:00'}"),
        [(4, 35, "not_a_start")],
    ),
    "hour 24": (
        note("interview: {format: panel, start: 2026-11-19 24:00}"),
        [(4, 35, "not_a_start")],
    ),
    "a start in month 13": (
        note("interview: {format: panel, start: 2026-13-19 14:00}"),
        [(4, 35, "not_a_date")],
    ),
    "an unknown format": (
        note("interview:", "  format: pannel", "  start: 2026-11-19"),
        [(5, 11, "unknown_interview_format")],
    ),
    "an unknown status": (note("status: Interviewing"), [(4, 9, "unknown_status")]),
    "an unknown workplace": (note("workplace: home"), [(4, 12, "unknown_workplace")]),
    "an honorific without its dot": (
        note("people: [{name: A B, honorific: Ms}]"),
        [(4, 33, "unknown_honorific")],
    ),
    "an unknown role": (note("people: [{name: A B, role: boss}]"), [(4, 28, "unknown_role")]),
    "an unknown event": (
        note("log: [{on: 2026-11-19, event: ghosted}]"),
        [(4, 31, "unknown_event")],
    ),
    "an unknown touch": (
        note("log: [{on: 2026-11-19, event: sent, touch: thanks}]"),
        [(4, 44, "unknown_touch")],
    ),
    "an unknown answer": (note("other_candidates: maybe"), [(4, 19, "unknown_answer")]),
    "a time zone out of the folder": (
        note("interview: {format: panel, start: 2026-11-19, timezone: ../../etc/passwd}"),
        [(4, 57, "unknown_timezone")],
    ),
    "an unknown country": (note("country: XX"), [(4, 10, "unknown_country")]),
    "a country in small letters": (note("country: de"), [(4, 10, "unknown_country")]),
    "another country's part": (
        note("country: DE", "subdivision: NY"),
        [(5, 14, "unknown_subdivision")],
    ),
    "a language as a word": (note("language: english"), [(4, 11, "unknown_language")]),
    "a sign as a currency": (note("salary: {min: 5, currency: €}"), [(4, 28, "unknown_currency")]),
    "pay without a currency": (note("salary: {min: 5}"), [(4, 1, "missing_currency")]),
    "pay with a k": (note("salary: {min: 52k, currency: EUR}"), [(4, 15, "not_an_amount")]),
    "a range the wrong way round": (
        note("salary: {min: 60000, max: 52000, currency: EUR}"),
        [(4, 27, "salary_range_reversed")],
    ),
    "a range of an offer the wrong way round": (
        note("offer: {received_on: 2026-12-07, salary: {min: 6, max: 5, currency: EUR}}"),
        [(4, 56, "salary_range_reversed")],
    ),
    "a number as a word": (
        note("interview: {format: panel, start: 2026-11-19, round: two}"),
        [(4, 54, "not_a_number")],
    ),
    "no minutes": (
        note("interview: {format: panel, start: 2026-11-19, minutes: 0}"),
        [(4, 56, "number_out_of_range")],
    ),
    "neither yes nor no": (
        note("interview: {format: panel, start: 2026-11-19, first_names_used: perhaps}"),
        [(4, 65, "not_yes_or_no")],
    ),
    "two addresses": (
        note("people: [{email: 'a@b.example,c@d.example'}]"),
        [(4, 18, "not_an_email")],
    ),
    "a name round an address": (
        note('people: [{email: "A <a@b.example>"}]'),
        [(4, 18, "not_an_email")],
    ),
    "a script as an address": (note("job_url: javascript:alert(1)"), [(4, 10, "not_an_address")]),
    "a web address without a host": (note("job_url: https://"), [(4, 10, "not_an_address")]),
    "a file as a link": (
        note("interview: {format: video, start: 2026-11-19, link: file:///etc/passwd}"),
        [(4, 53, "not_an_address")],
    ),
    "an id that is a number": (note("people: [{id: 9}]"), [(4, 15, "bad_id")]),
    "an id that no file name holds": (
        note(f"people: [{{id: {'a' * 61}, name: A}}]"),
        [(4, 15, "bad_id")],
    ),
    "an id with a space": (note("people: [{id: a b}]"), [(4, 15, "bad_id")]),
    "one id for two": (note("people: [{id: a}, {id: a}]"), [(4, 24, "duplicate_person")]),
    "a decision before the interview": (
        note("interview: {format: panel, start: 2026-11-19}", "decision: {by: 2026-11-18}"),
        [(5, 16, "decision_before_interview")],
    ),
    "a next step before the interview": (
        note(
            "interview: {format: panel, start: 2026-11-19}",
            "next_step: {by: 2026-11-18, ask_on: 2026-11-17}",
        ),
        [(5, 17, "next_step_before_interview"), (5, 37, "ask_on_before_interview")],
    ),
    "a deadline before the offer": (
        note("offer: {received_on: 2026-12-07, deadline: 2026-12-06}"),
        [(4, 44, "deadline_before_offer")],
    ),
    "a snooze of nothing": (
        note("log: [{on: 2026-11-19, event: snoozed}]"),
        [(4, 7, "missing_touch"), (4, 7, "missing_until")],
    ),
    "a snooze into the past": (
        note("log: [{on: 2026-11-19, event: snoozed, touch: thank_you, until: 2026-11-18}]"),
        [(4, 65, "until_before_on")],
    ),
    "an end without a snooze": (
        note("log: [{on: 2026-11-19, event: sent, until: 2026-11-20}]"),
        [(4, 37, "misplaced_key")],
    ),
    "a date in what was sent": (
        note("log: [{on: 2026-11-19, event: sent, decision_by: 2026-11-20}]"),
        [(4, 37, "misplaced_key")],
    ),
    "a search that is no setting": (note("search: no"), [(4, 9, "bad_search")]),
    "an open comment": (note(body="x\n\n<!-- y\n## The job"), [(7, 1, "unclosed_comment")]),
}

ALL = {**NOT_READABLE, **NOT_ALLOWED, **NOT_MEANT}


@pytest.mark.parametrize(("text", "expected"), ALL.values(), ids=ALL)
def test_a_fault_is_reported_once_at_its_place(text: str, expected: Expected) -> None:
    """The problems of the note are these and no others, and no entry comes of it."""
    entry, problems = parse_entry("a.md", text.encode())
    assert [(p.line, p.column, p.code) for p in problems] == expected
    assert entry is None


@pytest.mark.parametrize("text", [text for text, _ in ALL.values()], ids=ALL)
def test_a_fault_reads_as_the_house_style_says(text: str) -> None:
    """A message is one line in lower case without a full stop, and comes with a hint."""
    for problem in parse_entry("a.md", text.encode())[1]:
        assert problem.path == "a.md"
        assert problem.message[0] in "`abcdefghijklmnopqrstuvwxyz"
        assert not problem.message.endswith(".")
        assert "\n" not in problem.message + problem.hint
        assert problem.hint


def test_all_faults_of_a_note_are_reported_in_one_run() -> None:
    """A wrong value in one place hides no wrong value in another, whatever checks find them."""
    text = note(
        "titel: Clerk",
        "applied_on: 2026-13-01",
        "interview: {format: pannel, start: 2026-11-19}",
        "decision: {by: 2026-11-18}",
        "log:",
        "  - {on: 2026-11-20, event: snt, until: 2026-11-01}",
        "  - {on: 2026-11-20, event: snoozed, touch: thank_you, until: 2026-11-19}",
        body="<!-- open",
    )
    found = [(p.line, p.code) for p in parse_entry("a.md", text.encode())[1]]
    assert found == [
        (4, "unknown_key"),
        (5, "not_a_date"),
        (6, "unknown_interview_format"),
        (7, "decision_before_interview"),
        (9, "unknown_event"),
        (10, "until_before_on"),
        (12, "unclosed_comment"),
    ]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"---\ncompany: A\ntitle: caf\xe9\n---\n", 3, 11),
        (b"\xef\xbb\xbf---\r\ntitle: \xc3\xa9\xff\r\n---\r\n", 2, 9),
        (b"\xff\xfe-\x00-\x00", 1, 1),
        (b"a\n\xc3", 2, 1),
    ],
    ids=["latin-1", "behind a byte order mark", "utf-16", "cut off"],
)
def test_bytes_that_are_no_text_have_a_place(data: bytes, line: int, column: int) -> None:
    """The first byte that is not UTF-8 is named by line and column, counted in characters."""
    entry, (problem,) = parse_entry("a.md", data)
    assert entry is None
    assert (problem.line, problem.column, problem.code) == (line, column, "not_utf8")


@pytest.mark.parametrize(
    ("lines", "hint"),
    [
        (["interviw: x"], "did you mean `interview`?"),
        (["format: panel"], "it belongs in `interview`"),
        (["email: x"], "it belongs in `people`"),
        (["interview: {format: video, start: 2026-11-19, source: x}"], "left edge"),
        (["people: [{job: x}]"], "one of id, name"),
        (["interview: {format: pannel, start: 2026-11-19}"], "one of phone_screen, video, onsite"),
        (["decision: in two weeks"], "`decision: {said: in two weeks}`"),
        (["next_step: a call"], "`next_step: {said: …}`"),
    ],
)
def test_a_hint_says_what_would_be_right(lines: list[str], hint: str) -> None:
    """An unknown word comes with the word or the place that was probably meant."""
    (problem,) = parse_entry("a.md", note(*lines).encode())[1]
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-31", "November has 30 days"),
        ("2026-02-30", "February 2026 has 28 days"),
        ("2026-13-40", "there is no month 13"),
        ("1926-11-19", "expected a year from 2000 to 2099"),
    ],
)
def test_a_date_that_does_not_exist_says_why(day: str, why: str) -> None:
    """The message names what is wrong with the day."""
    (problem,) = parse_entry("a.md", note(f"applied_on: {day}").encode())[1]
    assert problem.message == f"`{day}` is not a date: {why}"


def test_an_open_code_block_is_only_a_warning() -> None:
    """Code that never ends swallows the headings below it: worth a word, no reason to stop."""
    entry, (problem,) = parse_entry("a.md", note(body="```\n## The job").encode())
    assert entry is not None
    assert (problem.line, problem.code) == (5, "unclosed_code")
    assert problem.severity is Severity.WARNING


def test_the_index_page_cannot_be_a_note() -> None:
    """`index.md` with a company is an error with the advice to rename it; a page it may be."""
    (problem,) = parse_entry("index.md", note().encode())[1]
    assert problem.code == "index_is_a_note"
    assert "rename" in problem.hint
    assert parse_entry("index.md", b"# Hello") == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "# A page\n\nwith text",
        "",
        "---\ntitle: x\nstatus: new\nhero: {a: {b: [c, !!str d]}}\ntags: &t [a]\n---\n",
        "---\n---\n",
        "Company: we met\n",
        "title: x\n\ntext",
        "---\ntitle: x\n...\ntext",
    ],
)
def test_a_file_without_a_note_s_keys_is_an_ordinary_page(text: str) -> None:
    """Neither an entry nor a problem comes of a page, whatever keys MkDocs takes it has."""
    assert parse_entry("a.md", text.encode()) == (None, ())


@pytest.mark.parametrize(
    ("front", "place", "hint"),
    [
        ("company: “Bloom & Co”\ntitle: Clerk", (2, 10), "`company: Bloom & Co`"),
        ("company: Bloom\ntitle: „Clerk“", (3, 8), "`title: Clerk`"),
        (
            "company: Bloom\ntitle: Clerk\npeople: [{name: «Ann Bee»}]",
            (4, 17),
            "`name: Ann Bee`",
        ),
    ],
)
def test_quotes_of_a_phone_are_pointed_out(front: str, place: tuple[int, int], hint: str) -> None:
    """To YAML they are letters: the name would be another one."""
    entry, (problem,) = parse_entry("a.md", f"---\n{front}\n---\n".encode())
    assert entry is not None
    assert (problem.line, problem.column) == place
    assert (problem.code, problem.severity) == ("quotes_in_name", Severity.WARNING)
    assert hint in problem.hint
    within = 'company: The “Bloom” Co\ntitle: "Clerk"'
    assert parse_entry("a.md", f"---\n{within}\n---\n".encode())[1] == ()
