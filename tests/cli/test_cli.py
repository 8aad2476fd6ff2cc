"""The command, as somebody types it."""

from __future__ import annotations

import errno
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from followup.notes.entry_parser import parse_entry
from tests.cli.running import Run

CONFIG = """
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - followup: {me: {name: Alex Kim}, today: 2026-11-22}
"""
GOOD = """---
company: Acme
title: Clerk
interview: {format: video, start: 2026-11-19 14:00}
people: [{name: Carla Weber, role: recruiter, email: c.weber@acme.example}]
---
## The job
- They sell maps. @carla-weber
"""
BROKEN = GOOD.replace("video", "vidoe")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one good note, and the current folder in it."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "acme.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "entries")
    return tmp_path


def break_note(workspace: Path) -> None:
    """Put a broken note beside the good one."""
    (workspace / "entries" / "broken.md").write_text(BROKEN, encoding="utf-8")


@pytest.mark.usefixtures("workspace")
def test_check_names_what_is_missing(run: Run) -> None:
    """A note without faults is told what it leaves open, and the exit code is 0."""
    result = run("check")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "entries/acme.md: 2 of 13 answered" in result.stdout
    assert "12. When will they decide?" in result.stdout
    assert result.stdout.endswith("1 note: no problems, 1 unfinished note\n")


def test_check_shows_problems(workspace: Path, run: Run) -> None:
    """A fault is told with its place and a hint on standard error, and the exit code is 1."""
    break_note(workspace)
    result = run("check")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "entries/broken.md:4:21: error: unknown interview format `vidoe`\n  hint: one of phone_"
    )


def test_check_finds_a_page_at_an_address_of_the_portal(workspace: Path, run: Run) -> None:
    """What the build would refuse, `check` tells first; an excluded page is nobody's business."""
    (workspace / "entries" / "calendar.md").write_text("Mine.", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "entries/calendar.md:1:1: error: this would stand at `/calendar`" in result.stderr
    config = CONFIG + "exclude_docs: calendar.md\n"
    (workspace / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Calendar.md", "calendar"),
        ("people/index.md", "people"),
        ("Companies/acme.html", "companies/acme"),
        ("index.html", ""),
        ("files/calendar.md", None),
        ("companies/other.md", None),
        ("calendars.md", None),
    ],
)
@pytest.mark.parametrize("command", ["check", "export csv"])
def test_addresses_are_compared_as_file_systems_do(
    workspace: Path, run: Run, name: str, key: str | None, command: str
) -> None:
    """A page or file meets one of the portal whatever its folder, ending and capital letters."""
    file = workspace / "entries" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("Mine.", encoding="utf-8")
    result = run(*command.split())
    assert result.exit_code == (key is not None)
    told = f"entries/{name}:1:1: error: this would stand at `/{key}`, an address of the portal"
    assert (told in result.stderr) == (key is not None)


def test_check_shows_what_stands_in_the_way_of_letters(workspace: Path, run: Run) -> None:
    """A language without phrases is warned of, and a phrasebook that cannot be read is an error."""
    note = GOOD.replace("title:", "language: pt\ntitle:")
    (workspace / "entries" / "acme.md").write_text(note, encoding="utf-8")
    result = run("check")
    assert result.exit_code == 0
    assert "entries/acme.md:3:1: warning: no drafts: there is no phrasebook" in result.stderr
    own = workspace / "site_templates" / "drafts"
    own.mkdir(parents=True)
    (own / "en.yml").write_text("sorry: [\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "site_templates/drafts/en.yml:" in result.stderr


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_notes_that_are_kept_out_are_not_read(workspace: Path, run: Run, key: str) -> None:
    """What the site leaves out, the command leaves out too, faults and all."""
    break_note(workspace)
    config = CONFIG + f"{key}: broken.md\n"
    (workspace / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")


def test_check_as_json(workspace: Path, run: Run) -> None:
    """The problems as JSON are those of the export."""
    break_note(workspace)
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problems"]
    assert problems == json.loads(run("export", "json").stdout)["problems"]
    assert [(p["path"], p["line"], p["column"], p["severity"]) for p in problems] == [
        ("broken.md", 4, 21, "error")
    ]


def test_check_for_github(workspace: Path, run: Run) -> None:
    """A forge shows the problem at its line."""
    break_note(workspace)
    result = run("check", "--format", "github")
    assert result.stdout.startswith("::error file=entries/broken.md,line=4,col=21")


@pytest.mark.usefixtures("workspace")
def test_today(run: Run) -> None:
    """What is late stands there with its reason."""
    result = run("today")
    assert result.exit_code == 0
    assert "Thank Carla Weber" in result.stdout
    assert "2 days late" in result.stdout


def test_today_with_broken_notes_alone_says_so(workspace: Path, run: Run) -> None:
    """Nobody is asked for a first note who has written some."""
    for note in (workspace / "entries").glob("*.md"):
        note.unlink()
    break_note(workspace)
    result = run("today")
    assert result.exit_code == 1
    assert result.stdout == "No note could be read: mend what is told above.\n"


def test_today_with_a_broken_note_shows_the_rest(workspace: Path, run: Run) -> None:
    """One broken note hides no other, but the exit code says so."""
    break_note(workspace)
    result = run("today")
    assert result.exit_code == 1
    assert "broken.md:4:21" in result.stderr
    assert "Thank Carla Weber" in result.stdout


def test_today_without_notes(workspace: Path, run: Run) -> None:
    """An empty search says how to begin."""
    (workspace / "entries" / "acme.md").unlink()
    assert "followup new" in run("today").stdout


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--today", "2026-11-24", "export", "json"),
        ("export", "json", "--today", "2026-11-24"),
        ("export", "--today", "2026-11-24", "json"),
    ],
)
def test_day_before_or_after_the_name(run: Run, arguments: tuple[str, ...]) -> None:
    """`--today` goes before the command's name as well as after it."""
    assert json.loads(run(*arguments).stdout)["today"] == "2026-11-24"


@pytest.mark.usefixtures("workspace")
def test_day_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment comes before the plugin option, an argument before both."""
    monkeypatch.setenv("FOLLOWUP_TODAY", "2026-11-25")
    assert json.loads(run("export", "json").stdout)["today"] == "2026-11-25"
    assert (
        json.loads(run("export", "json", "--today", "2026-11-26").stdout)["today"] == "2026-11-26"
    )
    for wrong in ("tomorrow", "9999-12-31", "20261122"):
        monkeypatch.setenv("FOLLOWUP_TODAY", wrong)
        result = run("export", "json")
        assert result.exit_code == 2
        assert f"FOLLOWUP_TODAY: `{wrong}` is not a date" in result.stderr


def test_workspace_before_or_after_the_name(
    workspace: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """`--workspace` names a folder from anywhere."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert run("today", "--workspace", str(workspace)).exit_code == 0
    assert run("--workspace", str(workspace), "today").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("today", "--today", "soon"), "not a date"),
        (("today", "--today", "20261122"), "not a date"),
        (("today", "--today", "0001-01-01"), "a year from 2000 to 2099"),
        (("today", "--today", "9999-12-31"), "a year from 2000 to 2099"),
        (("new", "x" * 100_000, "Clerk"), "the front matter has"),
        (("export", "xml"), "json"),
        (("chek",), "No such command"),
        (("new", "Acme"), "TITLE"),
        (("new", "Acme", "Clerk", "--format", "video"), "start"),
        (("new", "Acme", "Clerk", "--start", "2026-11-31", "--format", "video"), "November"),
        (("new", "Acme", "Clerk", "--person", "<a@b.example>"), "Ngozi"),
        (("new", "Ac\nme", "Clerk"), "line break"),
    ],
)
def test_wrong_usage(workspace: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    """Wrong usage ends with 2 and says what would be right, without a traceback."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(file.name for file in (workspace / "entries").iterdir()) == ["acme.md"]


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("", "plugin `followup` is not in mkdocs.yml"),
        ("plugins: [followup]\ndocs_dir: nowhere", "does not exist"),
        ("plugins: [{followup: {contry: DE}}]", "did you mean `country`?"),
        ("plugins: [{followup: {language: xx}}]", "there is no phrasebook for `xx`"),
        ("plugins: [{followup: {templates: nope}}]", "the folder `nope` does not exist"),
        ("plugins: {followup: {touches: {thank_yu: {welcome: 3}}}}", "did you mean `thank_you`?"),
        ("plugins: [followup", "mkdocs.yml"),
        ("plugins: [{followup: [1]}]", "no group of keys"),
        ("plugins: {followup: text}", "no group of keys"),
        ('docs_dir: ["a"]\nplugins: [followup]', "`docs_dir` is no text"),
        ("exclude_docs: [a]\nplugins: [followup]", "`exclude_docs` is no text"),
        ('exclude_docs: "!"\nplugins: [followup]', "`exclude_docs` cannot be read"),
        ("plugins: [{followup: {today: 2026-13-01}}]", "month must be in 1..12"),
        ("plugins: [{followup: {today: 9999-12-31}}]", "a year from 2000 to 2099"),
        ("INHERIT: mkdocs.yml\nplugins: [followup]", "correct `INHERIT`"),
        ("INHERIT: 5\nplugins: [followup]", "mkdocs.yml"),
        ("x: " + "[" * 5_000, "brackets within brackets"),
        ('docs_dir: "a\\e[2J"\nplugins: [followup]', r"a\u001b[2J` does not exist"),
    ],
)
def test_wrong_workspace(workspace: Path, run: Run, config: str, words: str) -> None:
    """A configuration that cannot be used is explained."""
    if "docs_dir" not in config:
        config = f"docs_dir: entries\n{config}"
    (workspace / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("today")
    assert result.exit_code == 2
    assert words in result.stderr


def test_no_workspace(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a workspace the command says where it looked."""
    monkeypatch.chdir(tmp_path)
    result = run("today")
    assert result.exit_code == 2
    assert "no mkdocs.yml" in result.stderr


def test_new(workspace: Path, run: Run) -> None:
    """A new note stands under its name, has no problem, and answers what was given."""
    result = run(
        "new", "Müller: & Söhne", "Data Analyst #1",
        "--format", "panel", "--start", "2026-11-19 14:00",
        "--person", "Ngozi Okafor <n.okafor@acme.example>", "--person", "Jonas Lind",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    file = workspace / "entries" / "2026-11-19-muller-sohne-panel.md"
    assert str(file) in result.stdout
    entry, problems = parse_entry(file.name, file.read_bytes())
    assert entry is not None
    assert not problems
    assert (entry.front.company, entry.front.title) == ("Müller: & Söhne", "Data Analyst #1")


def test_new_never_overwrites(workspace: Path, run: Run) -> None:
    """A note that exists stays as it is, and nothing is left behind."""
    run("new", "Acme", "Clerk")
    file = workspace / "entries" / "2026-11-22-acme-clerk.md"
    file.write_text("mine", encoding="utf-8")
    result = run("new", "Acme", "Clerk")
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert len(list((workspace / "entries").iterdir())) == 2


@pytest.mark.usefixtures("workspace")
def test_addresses_follow_the_style_of_the_site(workspace: Path, run: Run) -> None:
    """The export's addresses are those that the site has."""
    config = CONFIG + "use_directory_urls: false\n"
    assert json.loads(run("export", "json").stdout)["interviews"][0]["url"] == "/notes/acme/"
    (workspace / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert json.loads(run("export", "json").stdout)["interviews"][0]["url"] == "/notes/acme.html"


def test_export_to_a_file(run: Run, tmp_path: Path) -> None:
    """`--output` writes what would otherwise be printed."""
    target = tmp_path / "portal.json"
    assert run("export", "json", "--output", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8") == run("export", "json").stdout


@pytest.mark.usefixtures("workspace")
def test_export_of_the_calendar(run: Run, tmp_path: Path) -> None:
    """`export ics` prints the whole calendar, and writes the same bytes to a file."""
    result = run("export", "ics")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\nSUMMARY:Thank Carla Weber\r\n" in result.stdout_bytes
    assert run("export", "ics", "--output", str(tmp_path / "a.ics")).stdout == ""
    assert (tmp_path / "a.ics").read_bytes() == result.stdout_bytes


def test_export_of_the_calendar_with_a_broken_note(workspace: Path, run: Run) -> None:
    """The calendar has what could be read; the rest is told, and the exit code is 1."""
    break_note(workspace)
    result = run("export", "ics")
    assert result.exit_code == 1
    assert "broken.md:4:21" in result.stderr
    assert "Thank Carla Weber" in result.stdout


@pytest.mark.usefixtures("workspace")
def test_export_to_where_nothing_can_be_written(run: Run, tmp_path: Path) -> None:
    """A folder that is not there is told, and the exit code is 1."""
    result = run("export", "json", "--output", str(tmp_path / "none" / "portal.json"))
    assert result.exit_code == 1
    assert "portal.json could not be written: No such file or directory" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("workspace")
def test_export_into_a_pipe(run: Run, tmp_path: Path) -> None:
    """A pipe is written to and stays a pipe; so does a device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("export", "json", "--output", str(pipe)).exit_code == 0
    assert json.loads(os.read(reader, 1_000_000))["today"] == "2026-11-22"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.usefixtures("workspace")
def test_export_through_a_link(run: Run, tmp_path: Path) -> None:
    """A link stays one, and the file that it leads to is written."""
    link, file = tmp_path / "link.json", tmp_path / "portal.json"
    link.symlink_to(file)
    assert run("export", "json", "--output", str(link)).exit_code == 0
    assert link.is_symlink()
    assert json.loads(file.read_bytes())["today"] == "2026-11-22"


def test_new_where_there_are_no_links(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a USB stick's file system a note is written too, and never over another."""

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(self), str(target))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert run("new", "Acme", "Clerk").exit_code == 0
    file = workspace / "entries" / "2026-11-22-acme-clerk.md"
    assert "company: Acme" in file.read_text(encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    assert "exists already" in run("new", "Acme", "Clerk").stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert len(list((workspace / "entries").iterdir())) == 2


def test_new_where_the_disk_is_full(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without links, too, half a note is not left behind."""
    synced = []

    def refuse_link(self: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported", str(self), str(target))

    def sync(number: int) -> None:
        synced.append(number)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "hardlink_to", refuse_link)
    monkeypatch.setattr(os, "fsync", sync)
    result = run("new", "Acme", "Clerk")
    assert result.exit_code == 1
    assert "could not be written: No space left on device" in result.stderr
    assert [file.name for file in (workspace / "entries").iterdir()] == ["acme.md"]


def test_no_file_name_can_steer_the_terminal(workspace: Path, run: Run) -> None:
    """What does not print in a name is shown as its code, wherever the name is shown."""
    (workspace / "entries" / "a\x1b[2J\nb.md").write_text(GOOD, encoding="utf-8")
    shown = r"a\u001b[2J\u000ab"
    assert f"entries/{shown}.md: 2 of 13 answered" in run("check").stdout
    result = run("today")
    assert "\x1b[2J" not in result.stdout
    assert r"a\u001b[2J" in result.stdout
    (workspace / "entries" / "a\x1b[2J\nb.md").write_text(BROKEN, encoding="utf-8")
    assert f"entries/{shown}.md:4:21: error" in run("check").stderr


def in_ascii(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, on a terminal that knows ASCII alone."""
    return subprocess.run(
        [sys.executable, "-c", "from followup.cli import main; main()", *arguments],
        cwd=workspace,
        env={
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
        capture_output=True,
        check=False,
    )


def test_a_terminal_that_knows_ascii_alone(workspace: Path) -> None:
    """What it cannot show is a question mark there; JSON is UTF-8 everywhere."""
    note = GOOD.replace("Carla Weber", "Carla Wéber").replace("@carla-weber", "")
    (workspace / "entries" / "acme.md").write_text(note, encoding="utf-8")
    done = in_ascii(workspace, "today")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Thank Carla W?ber" in done.stdout
    (workspace / "entries" / "ü.md").write_text(BROKEN, encoding="utf-8")
    done = in_ascii(workspace, "check", "--format", "json")
    assert json.loads(done.stdout)["problems"][0]["path"] == "ü.md"


def test_an_editor_that_cannot_be_started(workspace: Path) -> None:
    """The note is saved, and the owner is told so."""
    terminal, other_end = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", "from followup.cli import main; main()", "new", "Acme", "Clerk"],
        cwd=workspace,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "EDITOR": '"'},
        stdin=other_end,
        stdout=other_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(other_end)
    os.close(terminal)
    assert done.returncode == 1
    assert 'the note is saved, but the editor `"` failed' in done.stderr
    assert "Traceback" not in done.stderr
    assert (workspace / "entries" / "2026-11-22-acme-clerk.md").exists()


@pytest.mark.parametrize("command", [[], ["check"], ["today"], ["new"], ["draft"], ["export"]])
def test_help_has_examples(run: Run, command: list[str]) -> None:
    """Every command explains itself with examples."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Examples:\n    followup" in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())
