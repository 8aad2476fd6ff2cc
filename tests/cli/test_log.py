"""`followup log`, as somebody types it: what is written, what is said, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followup.cli import log as log_command
from followup.notes.schema import Event
from followup.recording import RecordError
from tests.cli.running import Run

CONFIG = """
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - followup: {country: US, today: 2026-11-22}
"""
ACME = """---
company: Acme Logistics
title: Data Analyst   # the second opening
interview: {format: panel, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
  - {id: lind, name: Jonas Lind, honorific: Mr., role: interviewer, email: j@acme.example}
log:
  - {on: 2026-11-12, event: invited, from: okafor}
  - {on: 2026-11-12, event: sent, touch: confirm_invitation, to: okafor}
decision: {by: 2026-12-04}
---
## The job
- The trucks are late every Monday.
"""
AFTER = "  - {on: 2026-11-12, event: sent, touch: confirm_invitation, to: okafor}\n"
BETA = """---
company: Café Beta
title: Clerk
applied_on: 2026-11-16
people: [{name: Carla Weber, role: recruiter, email: c@beta.example}]
---
"""
CHAT = """---
company: Acme Logistics
interview: {format: networking, start: 2026-11-02}
---
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notes folder of a workspace with two companies; the workspace is the current folder."""
    root = tmp_path / "search"
    entries = root / "entries"
    entries.mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (entries / "acme.md").write_text(ACME, encoding="utf-8")
    (entries / "beta.md").write_text(BETA, encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    return entries


def read(file: Path) -> str:
    """The bytes of a note as text."""
    return file.read_bytes().decode()


def uid_of(run: Run, touch: str, to: str = "") -> str:
    """The uid of the one open follow-up of this kind to this person."""
    found = [
        follow_up["uid"]
        for follow_up in json.loads(run("export", "json").stdout)["follow_ups"]
        if follow_up["touch"] == touch
        and follow_up["state"] == "open"
        and to in "".join(follow_up["to"])
    ]
    assert len(found) == 1, found
    return str(found[0])


def state_of(run: Run, uid: str) -> tuple[str, str]:
    """What became of a follow-up, and its day."""
    data = json.loads(run("export", "json").stdout)
    found = next(follow_up for follow_up in data["follow_ups"] if follow_up["uid"] == uid)
    return found["state"], found["due_on"]


def test_by_uid(run: Run, notes: Path) -> None:
    """One line is written, said, and has its effect; every other byte stays."""
    uid = uid_of(run, "thank_you", "okafor")
    result = run("log", uid[:8], "sent")
    line = "{on: 2026-11-22, event: sent, touch: thank_you, to: okafor}"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Wrote entries/acme.md:11: {line}\nThank Ms. Okafor: done.\n"
    assert read(notes / "acme.md") == ACME.replace(AFTER, f"{AFTER}  - {line}\n")
    assert state_of(run, uid) == ("done", "2026-11-20")


def test_snooze_by_uid(run: Run, notes: Path) -> None:
    """A follow-up that is put off moves, and the plan says from when to when."""
    uid = uid_of(run, "thank_you", "okafor")
    result = run("log", uid, "snoozed", "--until", "2026-11-25", "--on", "2026-11-21")
    assert result.exit_code == 0
    assert "Thank Ms. Okafor moves from Fri 20 Nov to Wed 25 Nov.\n" in result.stdout
    line = "{on: 2026-11-21, event: snoozed, touch: thank_you, to: okafor, until: 2026-11-25}"
    assert f"  - {line}\n" in read(notes / "acme.md")
    assert state_of(run, uid) == ("open", "2026-11-25")


def test_by_name(run: Run, notes: Path) -> None:
    """What the owner did is to whom they name, and what came is from them."""
    assert run("log", "jonas lind", "sent", "--touch", "thank_you").exit_code == 0
    assert run("log", "okafor", "call").exit_code == 0
    assert run("log", "okafor", "acme", "withdrew", "--dry-run").exit_code == 0
    # Neither a task of one's own nor what goes to somebody else is meant.
    assert "nothing to Jonas Lind is open" in run("log", "lind", "skipped").stderr
    written = read(notes / "acme.md")
    assert "  - {on: 2026-11-22, event: sent, touch: thank_you, to: lind}\n" in written
    assert "  - {on: 2026-11-22, event: call, from: okafor}\n" in written
    assert "withdrew" not in written


def test_a_name_without_its_folder_is_suggested_as_it_can_be_typed(run: Run, notes: Path) -> None:
    """A file in a folder needs its path."""
    (notes / "2026").mkdir()
    (notes / "acme.md").rename(notes / "2026" / "acme.md")
    result = run("log", "acme.md", "call")
    assert result.exit_code == 2
    assert "did you mean `2026/acme.md`" in result.stderr
    assert run("log", "2026/acme.md", "call").exit_code == 0


@pytest.mark.usefixtures("notes")
def test_a_snooze_without_a_day_says_what_to_type(run: Run) -> None:
    """The hint is an option of the command, not a line of a note."""
    result = run("log", "acme", "snoozed")
    assert result.exit_code == 2
    assert "hint: add the day, such as --until 2026-11-30" in result.stderr


@pytest.mark.parametrize("path", ["entries/acme.md", "acme.md", "./entries/../entries/acme.md"])
def test_by_path(run: Run, notes: Path, path: str) -> None:
    """A message to everyone of the interview needs no person."""
    result = run("log", path, "sent", "--touch", "thank_you")
    assert result.exit_code == 0
    assert result.stdout.endswith("Thank Ms. Okafor: done.\nThank Mr. Lind: done.\n")
    assert "  - {on: 2026-11-22, event: sent, touch: thank_you}\n" in read(notes / "acme.md")


def test_by_words_with_everything(run: Run, notes: Path) -> None:
    """Words of company and title, several of them, and every option that goes with the event."""
    result = run(
        "log", "acme", "analyst", "received", "--from", "okafor", "--note", 'They said "soon".',
        "--on", "2026-11-21", "--decision-by", "2026-12-11", "--next-step-by", "2026-12-09",
    )  # fmt: skip
    assert result.exit_code == 0
    line = (
        '{on: 2026-11-21, event: received, from: okafor, note: "They said \\"soon\\".", '
        "decision_by: 2026-12-11, next_step_by: 2026-12-09}"
    )
    assert result.stdout.splitlines()[0] == f"Wrote entries/acme.md:11: {line}"
    assert "Ask Ms. Okafor where things stand moves from" in result.stdout
    assert f"  - {line}\n" in read(notes / "acme.md")


@pytest.mark.usefixtures("notes")
def test_a_rejection(run: Run) -> None:
    """The end of an application says what it ends."""
    result = run("log", "beta", "rejected", "--from", "carla-weber")
    assert result.stdout.splitlines()[1:] == [
        "The application is now rejected; one follow-up is cancelled.",
        "New: Answer Carla Weber’s rejection, due Mon 23 Nov.",
    ]


@pytest.mark.parametrize("event", list(Event))
def test_every_event(run: Run, notes: Path, event: Event) -> None:
    """Each event of a log can be logged, and the notes are right afterwards."""
    options = {
        Event.SNOOZED: ["--touch", "thank_you", "--until", "2026-12-01"],
        Event.SKIPPED: ["--touch", "thank_you"],
    }
    result = run("log", "acme.md", event.value, *options.get(event, []))
    assert (result.exit_code, result.stdout[:22]) == (0, "Wrote entries/acme.md:")
    assert f"event: {event.value}" in read(notes / "acme.md").split(AFTER)[1]
    assert run("check").exit_code == 0


def test_the_day_is_today(run: Run, notes: Path) -> None:
    """Without --on an event is of the day the command works for."""
    assert run("--today", "2026-11-23", "log", "acme.md", "call").exit_code == 0
    assert run("log", "acme.md", "call", "--today", "2026-11-24").exit_code == 0
    assert "2026-11-23, event: call" in read(notes / "acme.md")
    assert "2026-11-24, event: call" in read(notes / "acme.md")


def test_dry_run(run: Run, notes: Path) -> None:
    """Everything is said and nothing written."""
    result = run("log", "acme.md", "sent", "--touch", "thank_you", "--to", "lind", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == (
        "Would write entries/acme.md:11: "
        "{on: 2026-11-22, event: sent, touch: thank_you, to: lind}\nThank Mr. Lind: done.\n"
    )
    assert read(notes / "acme.md") == ACME


@pytest.mark.parametrize(
    ("arguments", "warning"),
    [
        (("acme.md", "sent"), "without a touch it closes nothing; open there: debrief, thank_you"),
        (("acme.md", "sent", "--touch", "confirm_invitation"), "is done already"),
        (("acme.md", "offer", "--on", "2027-01-04"), "`2027-01-04` is after today, 2026-11-22"),
    ],
)
@pytest.mark.usefixtures("notes")
def test_what_changes_nothing(run: Run, arguments: tuple[str, ...], warning: str) -> None:
    """An event without effect is written, and it is told that it has none."""
    result = run("log", *arguments)
    assert result.exit_code == 0
    assert result.stdout.endswith("Nothing in the plan changes.\n")
    assert result.stderr.startswith("warning: ")
    assert warning in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acme", "sent", "--touch", "thank_you"), "`acme` fits 3 follow-ups; nothing was written"),
        (("acme", "received"), "`acme` fits 2 notes; nothing was written\n  entries/acme.md\n"),
        (("nobody", "sent"), "nothing fits `nobody`"),
        (("acme", "sent", "--until", "2026-12-01"), "`until` does not go with the event `sent`"),
        (("acme", "snoozed", "--touch", "thank_you"), "a snooze needs `until`"),
        (("acme", "sent", "--decision-by", "2026-12-01"), "`decision_by` does not go with"),
        (("acme", "posted"), "'posted' is not one of 'applied'"),
        (("acme", "sent", "--touch", "thanks"), "'thanks' is not one of"),
        (("acme", "sent", "--on", "2026-13-01"), "there is no month 13"),
        (("acme", "sent", "--to", " "), "--to: there is nothing between the quotes"),
        (("acme", "call", "--from", "a\nb"), "--from: a line break cannot stand here"),
        (("acme", "call", "--note", "\x07"), "--note: invisible character U+0007"),
        (("acme", "call", "--note", "\udcff"), "the text is not UTF-8"),
        (("sent",), "Missing argument"),
        ((), "Missing argument"),
    ],
)
def test_wrong_usage(run: Run, notes: Path, arguments: tuple[str, ...], words: str) -> None:
    """What is not clear or cannot be so is told, nothing is written, and the exit code is 2."""
    (notes / "chat.md").write_text(CHAT, encoding="utf-8")
    result = run("log", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert read(notes / "acme.md") == ACME
    assert read(notes / "chat.md") == CHAT


@pytest.mark.usefixtures("notes")
def test_several_are_listed_with_what_tells_them_apart(run: Run) -> None:
    """The list shows the uids, and the hint names the first."""
    first = uid_of(run, "thank_you", "okafor")[:4]
    lines = run("log", "acme", "sent", "--touch", "thank_you").stderr.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == [first, uid_of(run, "thank_you", "lind")[:4]]
    assert lines[1].rstrip().endswith("Thank Ms. Okafor, Acme Logistics")
    assert lines[3] == f"  hint: name one by its first characters, such as {first}"


@pytest.mark.usefixtures("notes")
def test_a_uid_that_is_a_word_as_well(run: Run, notes: Path) -> None:
    """What may mean two things is not decided by chance."""
    uid = uid_of(run, "thank_you", "okafor")[:4]
    (notes / "beta.md").write_text(BETA.replace("Café", uid), encoding="utf-8")
    result = run("log", uid, "sent")
    assert result.exit_code == 2
    assert f"`{uid}` begins a uid and a word" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acme", "sent", "--to", "nobody"), "nobody at Acme Logistics has the id `nobody`"),
        (("acme.md", "call", "--from", "lindd"), "hint: did you mean `lind`?"),
        (("beta", "sent", "--touch", "thank_you"), "no thank_you is open there"),
        (("acme.md", "skipped", "--touch", "value_add"), "there is no value_add to skip"),
        (("beta.md", "interview_cancelled"), "this note has no interview"),
        (("broken.md", "sent"), "entries/broken.md has errors; nothing was written"),
    ],
)
def test_refused(run: Run, notes: Path, arguments: tuple[str, ...], words: str) -> None:
    """What would make a note wrong is refused with the reason and a hint; the exit code is 1."""
    if "broken.md" in arguments:
        (notes / "broken.md").write_text("---\ncompany: [\n---\n", encoding="utf-8")
    before = {file: file.read_bytes() for file in notes.iterdir()}
    result = run("log", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr
    assert "; nothing was written\n  hint: " in result.stderr
    assert {file: file.read_bytes() for file in notes.iterdir()} == before


def test_a_disk_that_refuses(run: Run, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that cannot be written is told, and nothing else is said."""

    def fail(*_: object) -> None:
        raise RecordError("`acme.md` could not be written: disk full", "make room")

    monkeypatch.setattr(log_command, "record", fail)
    result = run("log", "acme.md", "call")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Error: `acme.md` could not be written: disk full; nothing was written" in result.stderr
    assert read(notes / "acme.md") == ACME


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_another_note_is_broken(run: Run, notes: Path, how: tuple[str, ...]) -> None:
    """Errors elsewhere are shown, and nothing keeps the event from being written."""
    (notes / "broken.md").write_text("---\ncompany: Gamma\n---\n", encoding="utf-8")
    result = run("log", "acme.md", "call", *how)
    assert result.exit_code == 0
    assert "entries/broken.md:2:1: error: `title` is missing" in result.stderr
    assert result.stderr.endswith("warning: other notes have errors; `followup check` shows them\n")
    assert result.stdout.startswith(f"{'Would write' if how else 'Wrote'} entries/acme.md:11: ")
    assert (read(notes / "acme.md") == ACME) == bool(how)


def test_old_warnings_are_not_told_again(run: Run, notes: Path) -> None:
    """What is odd elsewhere is the matter of `followup check`."""
    (notes / "beta.md").write_text(
        BETA.replace("applied_on", "log: [{on: 2026-12-24, event: call}]\napplied_on"),
        encoding="utf-8",
    )
    assert "2026-12-24" in run("check").stderr
    result = run("log", "acme.md", "call")
    assert (result.exit_code, result.stderr) == (0, "")


def test_line_ends_stay(run: Run, notes: Path) -> None:
    """A note from Windows stays one."""
    text = "\ufeff" + ACME.replace("\n", "\r\n")
    (notes / "acme.md").write_bytes(text.encode())
    assert run("log", "acme.md", "call").exit_code == 0
    line = "  - {on: 2026-11-22, event: call}\r\n"
    after = AFTER.replace("\n", "\r\n")
    assert read(notes / "acme.md") == text.replace(after, after + line)


def test_accents_in_words_and_paths(run: Run, notes: Path) -> None:
    """A company is found without its accents, and a note by its path with them."""
    (notes / "beta.md").rename(notes / "2026-café.md")
    assert run("log", "cafe", "call").exit_code == 0
    assert run("log", "entries/2026-cafe\u0301.md", "call").exit_code == 0
    assert read(notes / "2026-café.md").count("event: call") == 2
