"""Where an event goes in a note, and what is refused: the new file to the byte."""

from __future__ import annotations

from typing import Any

import pytest

from followup.notes import append as notes_append
from followup.notes.append import Insertion, Refusal, append_event, render_item, take_back
from followup.notes.schema import LogItem

HEAD = "---\ncompany: Acme\ntitle: Analyst\n"
FOOT = "---\n## The job\n- A bullet\n"
NEW = "{on: 2026-11-20, event: sent, touch: thank_you, to: okafor}"


def item(**values: Any) -> LogItem:
    """A thank-you to Ms. Okafor, or what else is said of it."""
    thanks = {"on": "2026-11-20", "event": "sent", "touch": "thank_you", "to": "okafor"}
    return LogItem.model_validate({**thanks, **values})


def append(text: str, event: LogItem | None = None) -> Insertion | Refusal:
    """The note with the event."""
    return append_event("acme.md", text.encode(), event or item())


def inserted(text: str, event: LogItem | None = None) -> tuple[str, int]:
    """The new file and the line of the event; it must not have been refused."""
    done = append(text, event)
    assert isinstance(done, Insertion), done
    return done.data.decode(), done.line


def refused(text: str, event: LogItem | None = None) -> Refusal:
    """Why the event was refused."""
    done = append(text, event)
    assert isinstance(done, Refusal), done
    return done


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("", f"log:\n  - {NEW}\n", 5),
        ("# the end\n", f"# the end\nlog:\n  - {NEW}\n", 6),
        ("log:\n", f"log:\n  - {NEW}\n", 5),
        ("log:  # soon\nsource: Me\n", f"log:  # soon\n  - {NEW}\nsource: Me\n", 5),
        ("log: []  # none\n", f"log: [{NEW}]  # none\n", 4),
        ("log: [\n]\n", f"log: [{NEW}\n]\n", 4),
        (
            "log:\n- {on: 2026-11-01, event: applied} # a\n# b\nsource: Me\n",
            f"log:\n- {{on: 2026-11-01, event: applied}} # a\n- {NEW}\n# b\nsource: Me\n",
            6,
        ),
        (
            "log:\n    -   on: 2026-11-01\n        event: call\n        note: |\n          Hello\n\n",
            (
                "log:\n    -   on: 2026-11-01\n        event: call\n        note: |\n          Hello\n"
                f"\n    - {NEW}\n"
            ),
            10,
        ),
        (
            "log: [{on: 2026-11-01, event: call}, # a\n  {on: 2026-11-02, event: call},]\n",
            (
                "log: [{on: 2026-11-01, event: call}, # a\n"
                f"  {{on: 2026-11-02, event: call}}, {NEW},]\n"
            ),
            5,
        ),
        (
            '"log":\n  - {on: 2026-11-01, event: call, note: "Zoë \U0001f600"}\n',
            f'"log":\n  - {{on: 2026-11-01, event: call, note: "Zoë \U0001f600"}}\n  - {NEW}\n',
            6,
        ),
    ],
)
def test_styles_of_a_log(before: str, after: str, line: int) -> None:
    """The event goes behind the last one, in the way the log is written; comments stay."""
    assert inserted(HEAD + before + FOOT) == (HEAD + after + FOOT, line)


def test_line_ends_and_byte_order_mark() -> None:
    """The new line ends as its neighbours do, and the mark at the beginning stays."""
    text = "\ufeff" + (HEAD + FOOT).replace("\n", "\r\n")
    after, _ = inserted(text)
    assert after == "\ufeff" + f"{HEAD}log:\n  - {NEW}\n{FOOT}".replace("\n", "\r\n")


def test_a_note_that_ends_at_its_fence() -> None:
    """A note without a body and without a last line end takes an event too."""
    assert inserted(f"{HEAD}---") == (f"{HEAD}log:\n  - {NEW}\n---", 5)


def test_indented_front_matter() -> None:
    """Keys that all stand further right get a log that does so too."""
    text = "---\n  company: Acme\n  title: Analyst\n---\n"
    assert inserted(text)[0] == text[:-4] + f"  log:\n    - {NEW}\n---\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Case round next week.", '"Case round next week."'),
        ('"No", she said: {why} #1', '"\\"No\\", she said: {why} #1"'),
        ("two\nlines", '"two\\nlines"'),
        ("yes", '"yes"'),
        ("Naïve", '"Naïve"'),
        ("soon", "soon"),
        ("2026-11-30", "2026-11-30"),
    ],
)
def test_texts_are_quoted_where_needed(text: str, written: str) -> None:
    """A text is read back as it was typed, whatever YAML would make of it without quotes."""
    event = LogItem.model_validate({"on": "2026-11-20", "event": "call", "note": text})
    assert render_item(event) == f"{{on: 2026-11-20, event: call, note: {written}}}"
    assert written in inserted(HEAD + FOOT, event)[0]


def test_every_key_in_its_order() -> None:
    """A line names its keys as the note format lists them, `from` by its own name."""
    event = item(
        event="received", note="Hi.", decision_by="2026-12-04", next_step_by="2026-12-01"
    ).model_copy(update={"sender": "okafor", "touch": None, "to": None})
    assert render_item(event) == (
        "{on: 2026-11-20, event: received, from: okafor, note: Hi., "
        "decision_by: 2026-12-04, next_step_by: 2026-12-01}"
    ).replace("Hi.", '"Hi."')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ncompany: Acme\n---\n", "the note has an error in line 2"),
        (f"{HEAD}log: {{a: 1}}\n{FOOT}", "the note has an error in line 4"),
        # In line 4 there is only something to think about.
        (
            f"{HEAD}people: [{{name: 'Roe, Jane'}}]\nlog: [{{on: 2026-11-19, event: gone}}]\n{FOOT}",
            "the note has an error in line 5",
        ),
        ("Just text.\n", "the note has an error"),
        ("---\n{company: Acme, title: Analyst}\n---\n", "the front matter stands in braces"),
        (f"{HEAD}? log\n{FOOT}", "the log of this note is written in a way that nothing can"),
        (f"{HEAD}resume: {'x' * 65_450}\n{FOOT}", "the front matter has 65,5"),
        (f"{HEAD}---\n{'x' * (256 * 1024 - 40)}", "the note has 262,"),
    ],
)
def test_notes_that_are_refused(text: str, message: str) -> None:
    """A note that is wrong, too strange or too large is left alone, with a reason and a hint."""
    why = refused(text)
    assert message in why.message
    assert why.hint


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (item(event="snoozed"), "a snooze needs `until`"),
        (item(until="2026-12-01"), "`until` does not go with the event `sent`"),
        (item(event="snoozed", until="2026-11-01"), "`2026-11-01` is before `2026-11-20`"),
        (item(decision_by="2026-12-01"), "`decision_by` does not go with the event `sent`"),
    ],
)
def test_events_that_are_refused(event: LogItem, message: str) -> None:
    """An event that would make the note wrong is refused with that reason."""
    assert message in refused(HEAD + FOOT, event).message


def test_taken_back() -> None:
    """Undoing takes away exactly what was written, wherever it stands by now."""
    before = f"{HEAD}log:\n  - {{on: 2026-11-01, event: applied}}\n{FOOT}"
    done = append(before)
    assert isinstance(done, Insertion)
    assert take_back("acme.md", done.data, done) == before.encode()
    grown = done.data.replace(b"company:", b"source: Me\ncompany:")
    assert (
        take_back("acme.md", grown, done)
        == before.replace("company:", "source: Me\ncompany:").encode()
    )


def test_two_events_alike_are_taken_back_one_by_one() -> None:
    """The same event twice is two lines; undoing takes one of them."""
    first = append(HEAD + FOOT)
    assert isinstance(first, Insertion)
    second = append(first.data.decode())
    assert isinstance(second, Insertion)
    assert take_back("acme.md", second.data, second) == first.data


def test_what_carries_something_else_is_not_taken_back() -> None:
    """The line `log:` cannot go while an event that came later stands below it."""
    first = append(HEAD + FOOT)
    assert isinstance(first, Insertion)
    second = append(first.data.decode(), item(event="skipped"))
    assert isinstance(second, Insertion)
    gone = take_back("acme.md", second.data, first)
    assert isinstance(gone, Refusal)
    assert gone.message == "what was written carries what came after it"


def test_what_was_changed_is_not_taken_back() -> None:
    """A line that its owner has edited since stays."""
    done = append(HEAD + FOOT)
    assert isinstance(done, Insertion)
    edited = done.data.replace(b"to: okafor", b"to: lind")
    assert isinstance(take_back("acme.md", edited, done), Refusal)


def test_what_was_moved_is_not_taken_back() -> None:
    """The same bytes somewhere else, such as in the text, are no event."""
    done = append(f"{HEAD}log:\n  - {{on: 2026-11-01, event: applied}}\n{FOOT}")
    assert isinstance(done, Insertion)
    moved = done.data.replace(done.run, b"") + done.run
    assert isinstance(take_back("acme.md", moved, done), Refusal)


def test_nothing_is_written_that_is_read_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would not be read back as the event is refused, whatever put it there."""
    monkeypatch.setattr(notes_append, "render_item", lambda _: "{on: 2026-11-21, event: sent}")
    assert "nothing can be added to safely" in refused(HEAD + FOOT).message
