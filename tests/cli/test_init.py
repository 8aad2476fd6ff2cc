"""`followup init`, on a real disk and with real builds."""

from __future__ import annotations

import errno
import io
import os
import pty
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from followup.cli import main, starter
from followup.notes.entry_parser import parse_entry
from followup.notes.note_schema import SCHEMA_PLACE, render_note_schema
from followup.resources import load_phrasebooks
from tests.building import build_site
from tests.cli.running import Run

EXAMPLE = "entries/2026-11-20-example-logistics-panel.md"
MONDAY = ("--today", "2026-11-23")


@pytest.fixture(autouse=True)
def _computer_in_berlin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer with a time zone and a locale of its own, in an empty folder."""
    for name in ("LC_ALL", "LC_TIME", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)


def files_of(folder: Path) -> set[str]:
    """Every file and folder below, relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def options_of(folder: Path) -> dict[str, Any]:
    """The plugin's options in the workspace's `mkdocs.yml`."""
    config = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    options = config["plugins"][1]["followup"]
    assert isinstance(options, dict)
    return options


def test_a_new_workspace(tmp_path: Path, run: Run) -> None:
    """Everything that is needed is there, nothing else, and what to do next is told."""
    result = run("init", "search", *MONDAY, "--name", "Alex Kim", "--email", "alex@example.org")
    assert (result.exit_code, result.stderr) == (0, "")
    assert files_of(tmp_path / "search") == {
        "mkdocs.yml", ".gitignore", "README.md", ".followup", SCHEMA_PLACE, "entries", EXAMPLE,
    }  # fmt: skip
    assert options_of(tmp_path / "search") == {
        "me": {"name": "Alex Kim", "email": "alex@example.org"},
        "country": "DE",
        "timezone": "Europe/Berlin",
        "language": "en-GB",
        "profile": "standard",
    }
    schema = (tmp_path / "search" / SCHEMA_PLACE).read_text(encoding="utf-8")
    assert schema == render_note_schema()
    assert "cd search" in result.stdout
    assert "mkdocs serve" in result.stdout


def test_what_publishing_keeps_is_the_owners_alone(tmp_path: Path, run: Run) -> None:
    """The folder for it is closed to others from the start; the notes' own is as any other."""
    assert run("init", "search", *MONDAY).exit_code == 0
    usual = stat.S_IMODE((tmp_path / "search" / "entries").stat().st_mode)
    assert stat.S_IMODE((tmp_path / "search" / ".followup").stat().st_mode) == 0o700 != usual


def test_it_previews_at_once(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A strict build, `check` and `today` work on it, and there is something to do."""
    run("init", "search", *MONDAY, "--name", "Alex Kim")
    monkeypatch.setenv("FOLLOWUP_TODAY", "2026-11-23")
    built = build_site(tmp_path / "search")
    assert (built.error, built.warnings) == (None, [])
    assert "This is an example" in built.page(f"notes/{EXAMPLE[8:-3]}")
    assert "yaml-language-server" not in built.page(f"notes/{EXAMPLE[8:-3]}")
    monkeypatch.chdir(tmp_path / "search")
    check = run("check")
    assert (check.exit_code, check.stderr) == (0, "")
    assert "12 of 13 answered" in check.stdout
    assert "1 note: no problems" in check.stdout
    today = run("today").stdout
    assert "Three are due today." in today
    assert "Thank Ms. Okafor" in today
    assert " ready  Thank Ms. Okafor" in run("draft").stdout


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-22", "2026-12-26", "2027-01-01"])
@pytest.mark.parametrize("home", [("US", "en"), ("DE", "de"), ("IL", "fr")])
def test_there_is_something_to_do_on_any_day(run: Run, day: str, home: tuple[str, str]) -> None:
    """At a weekend, on a holiday and in another language the example has no fault either."""
    country, language = home
    result = run("init", "x", "--today", day, "--country", country, "--language", language)
    assert result.exit_code == 0, result.stderr
    where = ("--workspace", "x", "--today", day)
    assert "1 note: no problems" in run("check", *where).stdout
    assert "due today" in run("today", *where).stdout
    assert "Dear Ms. Okafor," in run("export", "json", *where).stdout


def test_without_a_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not known stands there to fill in, and the portal is built all the same."""
    result = run("init", "x", *MONDAY)
    assert "Put your name in there too" in result.stdout
    text = (tmp_path / "x" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "        # name: Alex Kim\n        # email: alex@example.org\n" in text
    monkeypatch.setenv("FOLLOWUP_TODAY", "2026-11-23")
    built = build_site(tmp_path / "x")
    assert (built.error, built.warnings) == (None, [])


@pytest.mark.parametrize(
    "name",
    ["Zoë \"Z\" O'Neil: Köln # x", "🦄", "no", "- a", "{a}", "2026-11-19", "$name", "%s", "\\n",
     "@x", "a" * 300, "ﷺ \u200fשלום", "*a", "!x", "null"],
)  # fmt: skip
def test_any_name_is_safe(run: Run, tmp_path: Path, name: str) -> None:
    """Quotes, colons, umlauts and emoji come back as they were given, on one line."""
    assert run("init", "x", "--name", name).exit_code == 0
    assert options_of(tmp_path / "x")["me"]["name"] == name
    assert run("check", "--workspace", "x").exit_code == 0


def test_a_folder_with_a_strange_name(run: Run, tmp_path: Path) -> None:
    """Spaces and quotes are quoted where they are shown to be typed; parents are made."""
    result = run("init", "a b/it's 🦄", *MONDAY)
    assert result.exit_code == 0
    assert """cd 'a b/it'"'"'s 🦄'""" in result.stdout
    assert (tmp_path / "a b" / "it's 🦄" / "mkdocs.yml").exists()


def test_in_the_current_folder(run: Run, tmp_path: Path) -> None:
    """An empty folder one stands in is as good, and nobody is told to go there."""
    result = run("init", ".", *MONDAY)
    assert result.exit_code == 0
    assert "cd " not in result.stdout
    assert (tmp_path / EXAMPLE).exists()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("full", "full is not empty; nothing was written"),
        ("hidden", "hidden is not empty"),
        ("file", "file is a file, not a folder"),
        ("file/below/it", "file is a file, not a folder"),
        ("loop", "could not be written"),
        ("nowhere", "could not be written"),
        ("x" * 300, "could not be written"),
    ],
)
def test_what_is_in_the_way_stays(run: Run, tmp_path: Path, target: str, words: str) -> None:
    """Anything else than a new or an empty folder is refused, and nothing changes."""
    (tmp_path / "full" / "a").mkdir(parents=True)
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / ".x").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere").symlink_to("gone")
    before = files_of(tmp_path)
    result = run("init", target)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "hint: " in result.stderr
    assert files_of(tmp_path) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("x", "--email", "alex"), "`alex` is not an e-mail address"),
        (("x", "--country", "Germany"), "two capital letters"),
        (("x", "--timezone", "Berlin"), "such as `Europe/Berlin`"),
        (("x", "--language", "xx"), "one of de, en"),
        (("x", "--name", "a\nb"), "one line"),
        (("x", "--name", "a\udcff"), "one line"),
        (("x", "--today", "soon"), "not a date"),
        (("x", "--workspace", "."), "--workspace does not go with init"),
        ((), "DIR"),
    ],
)
def test_wrong_usage(run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    """A setting that would be none is explained, and nothing is made."""
    result = run("init", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert files_of(tmp_path) == set()


def test_a_wrong_day_in_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, and nothing is made."""
    monkeypatch.setenv("FOLLOWUP_TODAY", "tomorrow")
    result = run("init", "x")
    assert result.exit_code == 2
    assert "FOLLOWUP_TODAY: `tomorrow` is not a date" in result.stderr


class _Full(io.FileIO):
    """A file on a disk that is full after half of it."""

    def write(self, data: Any) -> int:
        super().write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")


class _FullAtClose(io.FileIO):
    """A file of which the disk says only at the end that it has not got it."""

    def close(self) -> None:
        opened = not self.closed
        super().close()
        if opened:
            raise OSError(errno.EIO, "Input/output error")


def _fails(*_: Any, **__: Any) -> Any:
    raise PermissionError(errno.EACCES, "Permission denied")


def _is_interrupted(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt


def _is_full(path: Path, mode: str) -> Any:
    return _Full(path, mode.replace("b", ""))


def _is_full_at_close(path: Path, mode: str) -> Any:
    return _FullAtClose(path, mode.replace("b", ""))


@pytest.mark.parametrize("target", ["new", "above/new", "empty"])
@pytest.mark.parametrize(
    ("call", "failure"),
    [
        ("mkdir", _fails),
        ("mkdir", _is_interrupted),
        ("open", _fails),
        ("open", _is_interrupted),
        ("open", _is_full),
        ("open", _is_full_at_close),
    ],
)
def test_a_failure_leaves_nothing_behind(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    call: str,
    failure: Callable[..., Any],
) -> None:
    """Whichever folder or file cannot be made or written: the disk is as it was before."""
    (tmp_path / "empty").mkdir()
    before = files_of(tmp_path)
    real = getattr(Path, call)
    failed = 0
    while True:
        calls = 0

        def sometimes(path: Path, *arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1 if tmp_path in (tmp_path / path).parents else 0
            chosen = failure if calls == failed + 1 else real  # noqa: B023  # used in this round
            return chosen(path, *arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(Path, call, sometimes)
            result = run("init", target, *MONDAY)
        if result.exit_code == 0:
            break
        failed += 1
        assert result.exit_code == 1
        assert "nothing is left behind" in result.stderr or "Aborted" in result.stderr
        assert files_of(tmp_path) == before
    assert failed >= (5 if call == "open" else 2)
    assert (tmp_path / target / EXAMPLE).exists()


def test_two_at_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program puts there meanwhile is neither overwritten nor taken away."""

    def render(*_: Any) -> dict[str, str]:
        (tmp_path / "x" / "entries").mkdir(parents=True)
        (tmp_path / "x" / "mkdocs.yml").write_text("mine", encoding="utf-8")
        return {"entries/a.md": "a", "mkdocs.yml": "b"}

    monkeypatch.setattr("followup.cli.init.render_starter", render)
    result = run("init", "x")
    assert result.exit_code == 1
    assert "File exists" in result.stderr
    assert files_of(tmp_path) == {"x", "x/entries", "x/mkdocs.yml"}
    assert (tmp_path / "x" / "mkdocs.yml").read_text(encoding="utf-8") == "mine"


def on_a_terminal(folder: Path, typed: str, *arguments: str) -> tuple[int, str]:
    """The exit code of `init` on a terminal where somebody types, and what the terminal shows."""
    terminal, other_end = pty.openpty()
    code = "from followup.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "init", *arguments],
        cwd=folder,
        env={
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TZ": "Europe/Berlin",
            "LANG": "en_GB.UTF-8",
            "PYTHONUTF8": "1",
        },
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
    )
    os.close(other_end)
    os.write(terminal, typed.encode())
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # how a terminal says that nobody is at its other end
        pass
    os.close(terminal)
    return process.wait(), shown.decode()


def test_questions_on_a_terminal(tmp_path: Path) -> None:
    """What no option says is asked, Enter takes what the system says, a wrong answer is asked anew."""
    code, shown = on_a_terminal(tmp_path, "Zoë: K.\nno address\n\nFR\n\n", "x", "--language", "fr")
    assert code == 0, shown
    assert "Country, two letters [DE]: " in shown
    assert "is not an e-mail address" in shown
    assert "Language of" not in shown
    options = options_of(tmp_path / "x")
    assert options["me"] == {"name": "Zoë: K."}
    assert (options["country"], options["timezone"]) == ("FR", "Europe/Berlin")


def test_giving_up_on_a_terminal(tmp_path: Path) -> None:
    """Who leaves at a question leaves nothing behind."""
    code, shown = on_a_terminal(tmp_path, "Zoë\n\x04", "x")
    assert (code, "Aborted" in shown) == (1, True)
    assert files_of(tmp_path) == set()


def test_nobody_is_asked_where_it_cannot_be(tmp_path: Path) -> None:
    """A folder that is in the way is told before the first question."""
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    code, shown = on_a_terminal(tmp_path, "", "x")
    assert code == 1
    assert "Your name" not in shown


def test_the_example_teaches_the_format(run: Run, tmp_path: Path) -> None:
    """It has no problem, and says on its first lines and in its text what it is."""
    run("init", "x", *MONDAY)
    data = (tmp_path / "x" / EXAMPLE).read_bytes()
    entry, problems = parse_entry(EXAMPLE, data)
    assert entry is not None
    assert problems == ()
    head, _, body = data.decode().partition("\n---\n")
    assert "This is an example to learn from. Delete the file" in head
    assert body.startswith("> **This is an example.**")
    modeline = head.splitlines()[1]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", modeline)
    assert named
    assert (tmp_path / "x" / "entries" / named[1]).is_file()


def test_its_guide_says_what_is_so(run: Run, tmp_path: Path) -> None:
    """Each command that the workspace's files name exists, and so do the languages."""
    run("init", "x", *MONDAY)
    guide = (tmp_path / "x" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"followup ([a-z]+)", guide)) <= set(
        main.list_commands(click.Context(main))
    )
    assert "private" in guide
    assert EXAMPLE in guide
    config = (tmp_path / "x" / "mkdocs.yml").read_text(encoding="utf-8")
    told = re.search(r"The language of your messages: (.*)\.", config)
    assert told
    assert told[1].replace(" or", ",").split(", ") == sorted(load_phrasebooks(None)[0])


def test_git_keeps_out_what_is_not_for_it(run: Run, tmp_path: Path) -> None:
    """The built site, environments and secrets are ignored; notes, settings and schema are kept."""
    run("init", "x", *MONDAY)
    git = ["git", "-C", str(tmp_path / "x")]
    subprocess.run([*git, "init", "--quiet"], check=True)
    asked = ["site/index.html", "public/v-1.bin", ".venv/bin/python", "passphrase.txt", ".env",
             ".cache/a", "entries/.followup-1.tmp"]  # fmt: skip
    done = subprocess.run(
        [*git, "check-ignore", *asked, EXAMPLE, SCHEMA_PLACE, "mkdocs.yml"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == asked


def test_the_starter_ships_whole() -> None:
    """Beside the module lies each file that it fills in, and no other."""
    folder = Path(starter.__file__).parents[1] / "starter"
    assert files_of(folder) == {"mkdocs.yml", "gitignore", "README.md", "example.md"}


def test_help_has_examples(run: Run) -> None:
    """The command explains itself with examples, in lines that fit."""
    result = run("init", "--help")
    assert result.exit_code == 0
    assert "Examples:\n    followup init" in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())
