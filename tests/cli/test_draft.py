"""`followup draft`, as somebody types it; nothing real is ever opened."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import tempfile
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from followup.cli.selector import note_paths
from tests.cli.running import Run

CONFIG = """
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - followup: {me: {name: Alex Kim, email: alex@example.org}, today: 2026-11-22}
"""
ACME = """---
company: Acme Logistics
title: Data Analyst
interview: {format: video, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
LOG---
## The job
- The trucks are late every Monday.
## Why I can do it
- I kept the timetable of a school with 900 pupils.
"""
SENT = "log: [{on: 2026-11-20, event: sent, touch: thank_you, to: okafor}]\n"
BETA = """---
company: Café Beta
title: Clerk
interview: {format: video, start: 2026-11-18 10:00}
people: [{id: weber, name: Carla Weber, role: hiring_manager, email: c@beta.example}]
log: [{on: 2026-11-18, event: sent, touch: thank_you}]
---
## Why I can do it
- I can count.
"""
PLANNED = """---
company: Gamma
title: Clerk
interview: {format: video, start: 2026-11-25 10:00}
people: [{name: Jo Lind, email: j@gamma.example}]
---
"""
APPLIED = """---
company: Delta
title: Clerk
applied_on: 2026-11-02
---
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a thank-you to write to Ms. Okafor and a check to Carla Weber."""
    root = tmp_path / "search"
    (root / "entries").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    write(root, "acme.md", ACME.replace("LOG", ""))
    write(root, "beta.md", BETA)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    return root


@pytest.fixture
def panel(workspace: Path) -> None:
    """The note of Ms. Okafor names somebody else too."""
    lind = "  - {id: lind, name: Jonas Lind, honorific: Mr., email: j@acme.example}\n"
    write(workspace, "acme.md", ACME.replace("LOG", lind))


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with what the mail program was asked to open; a second line is its exit status."""
    record = tmp_path / "opened"
    programs = tmp_path / "bin"
    programs.mkdir()
    script = f'#!/bin/sh\nprintf %s "$1" > "{record}"\nexit "${{STATUS:-0}}"\n'
    for name in ("xdg-open", "open"):
        (programs / name).write_text(script, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return record


def write(root: Path, name: str, text: str) -> None:
    """Put a note into the workspace."""
    file = root / "entries" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def uid_of(run: Run, touch: str, entry: str) -> str:
    """The uid of the one follow-up of this kind that the note asks for."""
    data = json.loads(run("export", "json").stdout)
    found = [
        f["uid"]
        for f in data["follow_ups"]
        if f["touch"] == touch
        and (f["closed_by"] or {"path": entry})["path"] == entry
        and (f["interview"] in (entry, None))
    ]
    assert len(found) == 1, found
    return str(found[0])


@pytest.mark.usefixtures("workspace")
def test_without_a_selector_it_lists_what_can_be_written(run: Run) -> None:
    """The most urgent comes first, each with its uid, its day, how far it is, whom and what."""
    result = run("draft")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [
        re.sub(r"\b[0-9a-f]{4}\b", "UID", line).rstrip() for line in result.stdout.splitlines()
    ]
    assert lines == [
        "Late (1)",
        "  UID  Fri 20 Nov  ready  Thank Ms. Okafor, Acme Logistics",
        "",
        "Next 7 days (2)",
        "  UID  Wed 25 Nov  ready  Ask Carla Weber where things stand, Café Beta",
        "  UID  Fri 27 Nov  ready  Ask Ms. Okafor where things stand, Acme Logistics",
        "",
        "To see one: followup draft UID",
    ]


def test_the_list_counts_gaps(workspace: Path, run: Run) -> None:
    """A message that cannot be sent yet says how much is missing."""
    write(workspace, "acme.md", ACME.replace("LOG", "").replace("email: n@", "phone: n@"))
    assert re.search(r"Fri 20 Nov  1 gap  +Thank Ms\. Okafor", run("draft").stdout)


def test_the_list_fits_a_narrow_terminal(workspace: Path, run: Run) -> None:
    """Long names go on below themselves, and no line is longer than 80 columns."""
    long = ACME.replace("LOG", "").replace(
        "Acme Logistics", "Acme " + "Logistics of the North " * 5
    )
    write(workspace, "acme.md", long)
    lines = run("draft").stdout.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert sum("Logistics" in line for line in lines) > 2
    assert "\x1b" not in "".join(lines)


def test_nothing_to_write(workspace: Path, run: Run) -> None:
    """An empty list says so."""
    for name in ("acme.md", "beta.md"):
        (workspace / "entries" / name).unlink()
    assert run("draft").stdout == "Nothing waits to be written.\n"


@pytest.mark.usefixtures("workspace")
def test_a_uid_prints_the_message(run: Run) -> None:
    """Recipient, subject and text stand on standard output as the export has them, nothing else."""
    uid = uid_of(run, "thank_you", "acme.md")
    data = json.loads(run("export", "json").stdout)
    draft = next(d for d in data["drafts"] if d["follow_up"] == uid)
    for start in (uid, uid[:4], uid[:6].upper()):
        result = run("draft", start)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == (
            f"To: Ngozi Okafor <n@acme.example>\nSubject: {draft['subject']}\n\n{draft['body']}\n"
        )


@pytest.mark.parametrize(
    "typed",
    [
        ["beta.md"],
        ["entries/beta.md"],
        ["entries\\beta.md"],
        ["cafe"],
        ["CAFÉ", "clerk"],
        ["bet cl"],
    ],
)
@pytest.mark.usefixtures("workspace")
def test_a_path_or_words_print_the_one_message_that_waits(run: Run, typed: list[str]) -> None:
    """What was sent, and the second check that waits for the first, need no choice."""
    result = run("draft", *typed)
    assert result.exit_code == 0
    assert "Re: Thank you – Clerk interview, 18 November" in result.stdout
    assert "Is it Ms. or Mr. Weber?" in result.stderr
    assert "send it as a reply to the message of Wed 18 Nov" in result.stderr


@pytest.mark.usefixtures("workspace")
def test_thanks_are_meant_before_the_check_that_follows_them(run: Run) -> None:
    """A check that is due later makes no choice of a simple note with one person."""
    result = run("draft", "acme")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Subject: Thank you – Data Analyst interview, 19 November\n" in result.stdout


def test_what_is_due_is_meant_before_what_is_due_later(workspace: Path, run: Run) -> None:
    """On the day of the check it is printed, though something else is still to come."""
    promise = "promises: [{what: Send the map, by: 2026-12-18}]\n"
    write(workspace, "acme.md", ACME.replace("LOG", SENT + promise))
    assert "things stand" in run("draft", "acme", "--today", "2026-11-30").stdout
    write(workspace, "acme.md", ACME.replace("LOG", SENT + promise.replace("12-18", "11-24")))
    for today in ("2026-11-23", "2026-11-24"):
        assert "Send the map" in run("draft", "acme.md", "--today", today).stdout


@pytest.mark.usefixtures("panel")
def test_several_messages_of_one_application_are_listed(run: Run) -> None:
    """Where two are due, both are shown on standard error, and the exit code is 2."""
    result = run("draft", "acme")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "`acme` fits 2 follow-ups\n" in result.stderr
    assert "Thank Ms. Okafor, Acme Logistics" in result.stderr
    assert "Thank Mr. Lind, Acme Logistics" in result.stderr
    hint = r"hint: name one by its first characters: followup draft ([0-9a-f]{4})\n"
    named = re.search(hint, result.stderr)
    assert named
    assert run("draft", named[1]).exit_code == 0


def test_several_applications_are_listed(workspace: Path, run: Run) -> None:
    """Two openings are a choice even where one of them alone has a message, and say their titles."""
    write(
        workspace,
        "second.md",
        BETA.replace("Clerk", "Cook").replace("people:", "country: DE\npeople:"),
    )
    write(workspace, "planned.md", PLANNED.replace("Gamma", "Café Beta").replace("Clerk", "Baker"))
    result = run("draft", "beta")
    assert (result.exit_code, result.stdout) == (2, "")
    for title in ("(Clerk)", "(Cook)", "(Baker)"):
        assert title in " ".join(result.stderr.split())


def test_the_beginning_of_two_uids(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a choice even between what can be written now and what was sent."""
    # One character is enough here, so that there are two that begin alike.
    monkeypatch.setattr("followup.campaign.selecting.SHORTEST_UID", 1)
    people = "\n".join(
        f"  - {{id: p{n}, name: Jo Lind{n}, email: p{n}@x.example}}" for n in range(7)
    )
    sent = ", ".join(
        f"{{on: 2026-11-20, event: sent, touch: thank_you, to: p{n}}}" for n in range(3)
    )
    panel = re.sub("(?s)people:.*?LOG", f"people:\n{people}\nlog: [{sent}]\n", ACME)
    write(workspace, "acme.md", panel)
    data = json.loads(run("export", "json").stdout)
    thanks = {f["uid"]: f["state"] for f in data["follow_ups"] if f["touch"] == "thank_you"}
    mixed = {uid[0] for uid in thanks if thanks[uid] == "open"} & {
        uid[0] for uid in thanks if thanks[uid] == "done"
    }
    assert mixed
    result = run("draft", min(mixed))
    assert result.exit_code == 2
    assert " sent " in result.stderr
    assert re.search(" (ready|1 gap|2 gaps) ", result.stderr)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("acme logistcs", "did you mean `Acme Logistics`"),
        ("entries/acmee.md", "`acme.md`"),
        ("zzz", "`followup draft` lists what can be written"),
        ("", "`followup draft` lists what can be written"),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_nothing_fits(run: Run, typed: str, hint: str) -> None:
    """The exit code is 2, with what may have been meant."""
    result = run("draft", typed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing fits" in result.stderr
    assert hint in result.stderr


@pytest.mark.usefixtures("workspace")
def test_a_draft_with_a_gap(workspace: Path, run: Run) -> None:
    """The message is shown with its gap; what to write where stands on standard error."""
    write(workspace, "acme.md", ACME.replace("LOG", "").replace("- I kept", "I kept"))
    uid = uid_of(run, "thank_you", "acme.md")
    result = run("draft", uid)
    assert result.exit_code == 0
    assert "[one thing you have done that shows you can do it]" in result.stdout
    assert result.stderr == (
        "\n"
        "entries/acme.md:10: missing: What have you done that shows you can do this job?\n"
        "  hint: The note has nothing yet that shows you can do the job: add a bullet under "
        "“Why I can do it” in line 10\n"
        "  add: - …\n"
    )


def test_nobody_signs(workspace: Path, run: Run) -> None:
    """What is missing in the settings is told with their file."""
    config = CONFIG.replace("me: {name: Alex Kim, email: alex@example.org}, ", "")
    (workspace / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("draft", "beta")
    assert "mkdocs.yml: missing: What is your name?" in result.stderr
    assert "  add: me: {name: …, email: …}" in result.stderr


@pytest.mark.parametrize(
    ("note", "touch", "why", "hint"),
    [
        (
            PLANNED,
            "thank_you",
            "the interview is on Wed 25 Nov, 10:00",
            "entries/other.md after it",
        ),
        (PLANNED, "prepare", "this is for you to do", "see entries/other.md:4"),
        (APPLIED, "application_check", "there is nobody yet to write to", "`people: [{name: …,"),
    ],
)
def test_a_follow_up_without_a_message(
    workspace: Path, run: Run, note: str, touch: str, why: str, hint: str
) -> None:
    """The command says why there is none and what to do, and refuses."""
    write(workspace, "other.md", note)
    result = run("draft", uid_of(run, touch, "other.md"), "--today", "2026-11-22")
    assert (result.exit_code, result.stdout) == (1, "")
    assert why in result.stderr
    assert hint in result.stderr


def test_a_list_without_any_message(workspace: Path, run: Run) -> None:
    """What belongs to a planned interview is listed as what it is."""
    write(workspace, "planned.md", PLANNED)
    result = run("draft", "gamma")
    assert result.exit_code == 2
    assert "none of them with a message yet" in result.stderr


@pytest.mark.parametrize(
    ("log", "touch", "note"),
    [
        (SENT, "thank_you", "entries/acme.md:7: note: you sent this on Fri 20 Nov"),
        (SENT.replace("sent", "skipped"), "thank_you", "note: you skipped this on Fri 20 Nov"),
        (
            "log: [{on: 2026-11-21, event: withdrew}]\n",
            "status_check_1",
            "entries/acme.md:7: note: this is not needed any more since Sat 21 Nov",
        ),
        ("", "status_check_2", "note: this waits for another: Ask Ms. Okafor where things stand"),
    ],
)
def test_a_message_that_is_not_to_be_sent_now(
    workspace: Path, run: Run, log: str, touch: str, note: str
) -> None:
    """It is shown all the same, with a note on standard error."""
    write(workspace, "acme.md", ACME.replace("LOG", log))
    result = run("draft", uid_of(run, touch, "acme.md"))
    assert result.exit_code == 0
    assert result.stdout.startswith("To: Ngozi Okafor <n@acme.example>\n")
    assert note in result.stderr


def test_a_missed_message(workspace: Path, run: Run) -> None:
    """Thanks that come too late say where they went."""
    write(workspace, "acme.md", ACME.replace("LOG", ""))
    uid = uid_of(run, "thank_you", "acme.md")
    result = run("draft", uid, "--today", "2026-12-20")
    assert "note: missed; its thanks are in the check-in" in result.stderr


def test_with_a_broken_note(workspace: Path, run: Run) -> None:
    """It is left out and told first; the rest is shown, and the exit code is 1."""
    write(workspace, "broken.md", ACME.replace("LOG", "").replace("video", "vidoe"))
    result = run("draft")
    assert result.exit_code == 1
    assert result.stderr.startswith("entries/broken.md:4:21: error: unknown interview format")
    assert "Thank Ms. Okafor" in result.stdout
    assert run("draft", "beta").exit_code == 1
    result = run("draft", "broken.md")
    assert result.exit_code == 2
    assert "entries/broken.md has errors" in result.stderr


def test_no_text_can_steer_the_terminal(workspace: Path, run: Run) -> None:
    """Signs that reorder a line are shown as codes; what joins an emoji stays as it is."""
    hostile = "The trucks 👩‍🔧 are late\u202e every {} %s Monday."
    text = ACME.replace("LOG", "").replace("The trucks are late every Monday.", hostile)
    write(workspace, "acme.md", text.replace("Ngozi Okafor", '"Ngozi \\" Okafor, <x>"'))
    result = run("draft", uid_of(run, "thank_you", "acme.md"))
    assert "The trucks 👩‍🔧 are late\\u202e every {} %s Monday." in result.stdout
    assert 'To: "Ngozi \\" Okafor, <x>" <n@acme.example>\n' in result.stdout
    assert "\u202e" not in result.output + run("draft").output + run("draft", "acme").output


@pytest.mark.usefixtures("workspace")
def test_eml(run: Run, tmp_path: Path) -> None:
    """The file holds the message, only its owner may read it, and standard output gets the same."""
    file = tmp_path / "check.eml"
    result = run("draft", "beta", "--eml", str(file))
    assert (result.exit_code, result.stdout) == (0, f"Wrote {file}\n")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["To"] == "Carla Weber <c@beta.example>"
    assert message["Subject"] == "Re: Thank you – Clerk interview, 18 November"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("draft", "beta", "--eml", "-").stdout_bytes == file.read_bytes()


@pytest.mark.usefixtures("workspace")
def test_eml_never_replaces_a_file(run: Run, tmp_path: Path) -> None:
    """Another file stays as it is; the same message again is no fault."""
    file = tmp_path / "mine.eml"
    file.write_text("mine", encoding="utf-8")
    result = run("draft", "beta", "--eml", str(file))
    assert result.exit_code == 1
    assert (
        "mine.eml exists already; nothing was written\n  hint: give another name" in result.stderr
    )
    assert file.read_text(encoding="utf-8") == "mine"
    file.unlink()
    run("draft", "beta", "--eml", str(file))
    result = run("draft", "beta", "--eml", str(file))
    assert (result.exit_code, result.stdout) == (0, f"{file} holds this message already\n")


@pytest.mark.usefixtures("workspace")
def test_eml_to_where_nothing_can_be_written(run: Run, tmp_path: Path) -> None:
    """A folder that is not there is told, and not made."""
    result = run("draft", "beta", "--eml", str(tmp_path / "none" / "a.eml"))
    assert result.exit_code == 1
    assert "a.eml could not be written: there is no such folder" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("workspace")
def test_eml_into_a_pipe(run: Run, tmp_path: Path) -> None:
    """A pipe is written to and stays one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("draft", "beta", "--eml", str(pipe)).exit_code == 0
    assert os.read(reader, 100_000).startswith(b"X-Unsent: 1\r\n")
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("way", [["--eml", "out.eml"], ["--open"]])
def test_a_gap_keeps_a_message_in(workspace: Path, run: Run, opened: Path, way: list[str]) -> None:
    """Neither file nor mail program gets a message with a gap; the question is asked instead."""
    write(workspace, "acme.md", ACME.replace("LOG", "").replace("email: n@", "phone: n@"))
    result = run("draft", uid_of(run, "thank_you", "acme.md"), *way)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "entries/acme.md:6: missing: What is the e-mail address of Ms. Okafor?" in result.stderr
    assert "Error: 1 gap is to be filled first; nothing was" in result.stderr
    assert not (workspace / "out.eml").exists()
    assert not opened.exists()


@pytest.mark.usefixtures("workspace")
def test_open(run: Run, opened: Path, tmp_path: Path) -> None:
    """The mail program gets a link with recipient, subject and text, and no file is left."""
    result = run("draft", "beta", "--open")
    assert result.exit_code == 0
    assert "Opening `Re: Thank you – Clerk interview, 18 November` in your mail" in result.stdout
    parts = urlsplit(opened.read_text(encoding="utf-8"))
    query = parse_qs(parts.query, strict_parsing=True)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "c@beta.example")
    assert query["subject"] == ["Re: Thank you – Clerk interview, 18 November"]
    printed = run("draft", "beta").stdout.partition("\n\n")[2]
    assert query["body"][0].replace("\r\n", "\n") + "\n" == printed
    assert list((tmp_path / "temporary").iterdir()) == []


def test_open_a_long_message(workspace: Path, run: Run, opened: Path) -> None:
    """What has no room in a link is opened as a file that only its owner may read."""
    long = "I kept the timetable of a school with 900 pupils. " * 40
    write(workspace, "acme.md", ACME.replace("LOG", "").replace("I kept", f"{long}I kept"))
    uid = uid_of(run, "thank_you", "acme.md")
    result = run("draft", uid, "--open")
    file = Path(opened.read_text(encoding="utf-8"))
    assert f"Opening {file} in your mail program" in result.stdout
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == run("draft", uid, "--eml", "-").stdout_bytes


@pytest.mark.parametrize("long", [False, True])
def test_open_where_no_program_does(
    workspace: Path, run: Run, opened: Path, monkeypatch: pytest.MonkeyPatch, *, long: bool
) -> None:
    """A launcher that fails is told with what else to do, and leaves no file behind."""
    monkeypatch.setenv("STATUS", "3")
    if long:
        write(workspace, "beta.md", BETA.replace("title: Clerk", f"title: {'Clerk of ' * 200}All"))
    result = run("draft", "beta", "--open")
    assert opened.exists()
    assert result.exit_code == 1
    assert "no program opened the message\n  hint: " in result.stderr
    assert list((opened.parent / "temporary").iterdir()) == []


@pytest.mark.usefixtures("workspace", "opened")
def test_open_without_a_launcher(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no launcher at all is told the same."""
    monkeypatch.setenv("PATH", "")
    result = run("draft", "beta", "--open")
    assert result.exit_code == 1
    assert "no program opened the message" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("beta", "--eml", "a.eml", "--open"), "--eml and --open do not go together"),
        (("--eml", "a.eml"), "which message is missing"),
        (("--open",), "which message is missing"),
        (("beta", "--eml"), "requires an argument"),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_wrong_usage(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """What does not go together is told, and the exit code is 2."""
    result = run("draft", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_paths_of_notes(tmp_path: Path) -> None:
    """A path counts from the notes folder, from the current one, and from the top of the disk."""
    notes, here = tmp_path / "entries", tmp_path / "entries" / "2026"
    here.mkdir(parents=True)
    (tmp_path / "link").symlink_to(notes)
    assert note_paths("a.md", notes, tmp_path) == ("a.md",)
    assert note_paths("entries/a.md", notes, tmp_path) == ("entries/a.md", "a.md")
    assert note_paths("./2026/../a.md", notes, tmp_path) == ("a.md",)
    assert note_paths("a.md", notes, here) == ("a.md", "2026/a.md")
    assert note_paths("..\\b.md", notes, here) == ("..\\b.md", "2026/..\\b.md", "b.md")
    assert note_paths(str(notes / "a.md"), notes, Path("/")) == ("a.md",)
    assert note_paths(str(tmp_path / "link" / "a.md"), notes, here) == ("a.md",)
    assert note_paths("../../x.md", notes, here) == ()
    assert note_paths(" ", notes, here) == ()
    assert note_paths("a\0.md", notes, here) == ()


LONG_NAME = "A company with a very long name that goes on and on " * 2


def test_a_listing_fits_a_page(workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never wider than 80 columns, however wide the terminal, and no blanks at the ends of lines."""
    monkeypatch.setenv("COLUMNS", "200")
    write(workspace, "long.md", ACME.replace("LOG", "").replace("Acme Logistics", LONG_NAME))
    for listing in (run("draft").stdout, run("draft", "a").stderr):
        assert "very long" in listing
        lines = [line for line in listing.splitlines() if "hint:" not in line]
        assert max(map(len, lines)) <= 80
        assert [line for line in lines if line != line.rstrip()] == []


def test_warnings_of_other_notes_are_not_shown(workspace: Path, run: Run) -> None:
    """The answer comes with the warnings of its own note, and with every error."""
    write(workspace, "acme.md", ACME.replace("LOG", "").replace("Ngozi", "Dr. Ngozi"))
    write(workspace, "other.md", BETA.replace("Café Beta", "Eta").replace("Carla", "Dr. Carla"))
    told = run("draft", "acme").stderr
    assert "acme.md:6:24: warning: `Dr. Ngozi Okafor` begins with a title" in told
    assert "other.md" not in told
    assert "warning" not in run("draft").stderr
    write(workspace, "broken.md", BETA.replace("title: Clerk", "titel: Clerk"))
    assert "broken.md" in run("draft", "acme").stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_ends_with_a_sentence(workspace: Path) -> None:
    """A pipe that nobody reads any more ends without one; there is no trace of the program's own."""
    command = [sys.executable, "-c", "from followup.cli import main; main()", "draft"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command,
            cwd=workspace,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"Error: the output could not be written: no space left on device\n"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command, cwd=workspace, env=environment, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr == b""
