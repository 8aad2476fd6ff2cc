"""`followup import`: every kind of file, twice, cut off, and refused."""

from __future__ import annotations

import errno
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from followup.cli import import_writing
from followup.notes.entry_parser import parse_entry
from followup.notes.note_schema import SCHEMA_PLACE, render_note_schema
from followup.notes.save import save_new_note
from tests.cli.running import Run

FIXTURES = Path(__file__).parents[1] / "golden" / "import"
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
people: [{name: Ngozi Okafor, email: n.okafor@acme.example}]
---
## The job
- They sell maps. @ngozi-okafor
"""
TABLES = ("Job Applications.csv", "Saved Jobs.csv", "jobs.csv", "bewerbungen.csv")


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notes folder of a workspace with one note; the current folder is the workspace."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "acme.md").write_text(ACME, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def fixture(name: str) -> str:
    """The path of a file to take in."""
    return str(FIXTURES / name)


RUNS = [
    (["Job Applications.csv"], "2 new notes, 0 events added, 2 already known, 1 skipped"),
    (["Saved Jobs.csv"], "1 new note, 0 events added, 1 already known, 0 skipped"),
    (["jobs.csv"], "4 new notes, 0 events added, 0 already known, 0 skipped"),
    (["bewerbungen.csv"], "2 new notes, 0 events added, 0 already known, 0 skipped"),
    (["invitation.ics"], "1 new note, 0 events added, 0 already known, 0 skipped"),
    (["reply.eml"], "0 new notes, 1 event added, 0 already known, 0 skipped"),
    (
        ["invitation.ics", "moved.ics", "cancelled.ics"],
        "1 new note, 1 event added, 0 already known, 0 skipped, 1 interview moved",
    ),
    (
        [*TABLES, "invitation.ics", "reply.eml", "reply.eml"],
        "10 new notes, 1 event added, 4 already known, 1 skipped",
    ),
]


@pytest.mark.parametrize(("names", "summary"), RUNS, ids=[" ".join(names) for names, _ in RUNS])
def test_twice_is_once(notes: Path, run: Run, names: list[str], summary: str) -> None:
    """A file is taken in, what comes of it has no problem, and a second run changes nothing."""
    paths = [*map(fixture, names), "--yes"]
    dry = run("import", *paths, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert files(notes) == {"acme.md": ACME.encode()}
    assert "Nothing was written. It would be: " in dry.stdout
    first = run("import", *paths)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines()[-1] == summary
    after = files(notes)
    assert len(after) == 1 + int(summary.split(maxsplit=1)[0])
    check = run("check")
    assert (check.exit_code, check.stderr) == (0, "")
    assert "no problems" in check.stdout.splitlines()[-1]
    second = run("import", *paths)
    assert second.exit_code == 0
    assert second.stdout.splitlines()[-1].startswith("0 new notes, 0 events added, ")
    assert files(notes) == after


@pytest.mark.parametrize("eighth", range(8))
@pytest.mark.parametrize("name", sorted(file.name for file in FIXTURES.iterdir()))
def test_a_cut_file_writes_nothing_wrong(
    notes: Path, run: Run, tmp_path: Path, name: str, eighth: int
) -> None:
    """What is cut off is refused with its name; only rows that are whole may come in."""
    data = (FIXTURES / name).read_bytes()
    cut = tmp_path / name
    cut.write_bytes(data[: len(data) * eighth // 8])
    part = run("import", str(cut))
    if part.exit_code:
        assert part.exit_code == 1
        assert part.stderr.startswith(str(cut))
        assert "error: " in part.stderr
        assert part.stderr.endswith("Nothing was written.\n")
        assert files(notes) == {"acme.md": ACME.encode()}
        return
    assert name in TABLES
    written = files(notes)
    cut.write_bytes(data)
    assert run("import", str(cut)).exit_code == 0
    assert written.items() <= files(notes).items()


@pytest.mark.parametrize("ending", [".csv", ".ics", ".eml", ".txt", ".xlsx"])
@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"<!doctype html><p>no", b"PK\x03\x04\x14\0", b"hello"]
)
@pytest.mark.usefixtures("notes")
def test_a_wrong_file_writes_nothing(tmp_path: Path, run: Run, ending: str, data: bytes) -> None:
    """A file of another kind is refused with a reason and a hint, whatever its name says."""
    wrong = tmp_path / f"wrong{ending}"
    wrong.write_bytes(data)
    result = run("import", str(wrong))
    assert result.exit_code == 1
    assert "error: " in result.stderr
    assert "  hint: " in result.stderr
    assert files(tmp_path / "entries") == {"acme.md": ACME.encode()}


def test_one_bad_file_keeps_all_out(notes: Path, run: Run, tmp_path: Path) -> None:
    """Every reason of every file is told, and what could be written is not."""
    bad = tmp_path / "bad.ics"
    bad.write_bytes(b"BEGIN:VCALENDAR\n")
    worse = tmp_path / "worse.csv"
    worse.write_bytes(b"a,b\n1,2\n")
    result = run("import", fixture("jobs.csv"), str(bad), str(worse))
    assert result.exit_code == 1
    assert result.stderr.count("error: ") == 2
    assert f"{worse}:1: error: no column was found for the company and the title" in result.stderr
    assert list(files(notes)) == ["acme.md"]


def test_a_dry_run_shows_the_note(notes: Path, run: Run) -> None:
    """What would be written is shown as it would be."""
    shown = run("import", fixture("invitation.ics"), "--dry-run").stdout
    run("import", fixture("invitation.ics"))
    new = (notes / "2026-11-26-acme-logistics-video.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}".rstrip() for line in new.splitlines()) in shown


def test_new_notes_lead_editors_to_the_schema(notes: Path, run: Run) -> None:
    """Where the workspace has the schema, each new note names it; a dry run renews no old copy."""
    place = notes.parent / SCHEMA_PLACE
    place.parent.mkdir()
    place.write_text("{}", encoding="utf-8")
    assert run("import", fixture("Saved Jobs.csv"), "--dry-run").exit_code == 0
    assert place.read_text(encoding="utf-8") == "{}"
    run("import", fixture("Saved Jobs.csv"), fixture("invitation.ics"))
    assert place.read_text(encoding="utf-8") == render_note_schema()
    for name in ("2024-03-08-harbor-pine-analyst-pricing.md", "2026-11-26-acme-logistics-video.md"):
        text = (notes / name).read_text(encoding="utf-8")
        assert text.startswith("---\n# yaml-language-server: $schema=../.followup/")


def test_a_move_is_offered(notes: Path, run: Run) -> None:
    """Without a word of the owner, another date is only told; with `--yes` those bytes change."""
    run("import", fixture("invitation.ics"))
    before = files(notes)
    told = run("import", fixture("moved.ics"))
    assert told.exit_code == 0
    assert "video.md:6: start: 2026-11-26 14:00 → 2026-11-27 15:30" in told.stdout
    assert "--yes changes it" in told.stdout
    assert files(notes) == before
    run("import", fixture("moved.ics"), "--yes")
    name = "2026-11-26-acme-logistics-video.md"
    expected = before[name].replace(b"2026-11-26 14:00", b"2026-11-27 15:30")
    assert files(notes)[name] == expected.replace(b"version 0 -->", b"version 1 -->")


@pytest.mark.parametrize(("answer", "moved"), [(b"y\n", True), (b"n\n", False)])
def test_a_move_is_asked_for_on_a_terminal(
    notes: Path, run: Run, answer: bytes, moved: bool
) -> None:
    """On a terminal the owner is asked."""
    run("import", fixture("invitation.ics"))
    host, guest = pty.openpty()
    os.write(host, answer)
    code = "import sys; from followup.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "import", fixture("moved.ics")]
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        command,
        stdin=guest,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    os.close(guest)
    os.close(host)
    assert done.returncode == 0, done.stderr
    text = (notes / "2026-11-26-acme-logistics-video.md").read_text(encoding="utf-8")
    assert ("start: 2026-11-27 15:30" in text) == moved


def test_an_unknown_company_is_asked_for(notes: Path, run: Run) -> None:
    """Where nothing tells the company, the options say what to type, and nothing is written."""
    (notes / "acme.md").unlink()
    result = run("import", fixture("invitation.ics"))
    assert result.exit_code == 1
    assert 'hint: say it with --company "…" and --title "…"' in result.stderr
    told = ["--company", "Acme", "--title", "Clerk", "--format", "panel"]
    assert run("import", fixture("invitation.ics"), *told).exit_code == 0
    entry, _ = parse_entry("a.md", next(iter(files(notes).values())))
    assert entry is not None
    assert (entry.front.company, entry.front.title) == ("Acme", "Clerk")


def test_an_unclear_message_is_asked_about(notes: Path, run: Run) -> None:
    """Where two applications fit, they are listed, and `--to` names one by words or by a note."""
    clerk = ACME.replace("Data Analyst", "Clerk")
    (notes / "clerk.md").write_text(clerk, encoding="utf-8")
    other = FIXTURES / "reply.eml"
    mail = notes.parent / "mail.eml"
    mail.write_bytes(other.read_bytes().replace(b"Data_Analyst", b"Your_application"))
    result = run("import", str(mail))
    assert result.exit_code == 2
    assert "  Acme Logistics, Clerk\n  Acme Logistics, Data Analyst\n" in result.stderr
    assert "--to" in result.stderr
    assert run("import", str(mail), "--to", "acme").exit_code == 2
    assert run("import", str(mail), "--to", "nobody").exit_code == 2
    assert files(notes) == {"acme.md": ACME.encode(), "clerk.md": clerk.encode()}
    assert run("import", str(mail), "--to", "entries/clerk.md").exit_code == 0
    assert files(notes)["acme.md"] == ACME.encode()
    assert b"event: received, from: ngozi-okafor" in files(notes)["clerk.md"]


def test_only_bytes_are_added_to_a_note(notes: Path, run: Run) -> None:
    """With a message the note keeps its line ends, and each old byte in its order."""
    old = ACME.replace("\n", "\r\n").encode()
    (notes / "acme.md").write_bytes(old)
    told = run("import", fixture("reply.eml")).stdout
    # It came in as something received; whether it was a no, the command does not judge.
    assert "was it an invitation or a no, `followup log` that too" in told
    new = files(notes)["acme.md"]
    assert new.count(b"\n") == new.count(b"\r\n")
    log = new.index(b"log:\r\n")
    end = new.index(b"---\r\n", log)
    body = new.index(b"\r\n## Message of")
    assert new[:log] + new[end:body] == old


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--map", "company"], 'write it as company="Company Name"'),
        (["--map", "salary=Pay"], "`salary` is none of company, title"),
        (["--date-order", "ymd"], "ymd"),
        (["--to", "acme"], "--to is about a message"),
        (["--company", "Acme"], "--company is about an invitation"),
    ],
)
@pytest.mark.usefixtures("notes")
def test_wrong_options_are_told(run: Run, options: list[str], words: str) -> None:
    """An option that is wrong, or about another kind of file, is wrong usage."""
    result = run("import", fixture("jobs.csv"), *options)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_a_mapping_names_the_columns(notes: Path, run: Run, tmp_path: Path) -> None:
    """Columns that nobody knows are placed by their owner; the rest is named."""
    table = tmp_path / "mine.csv"
    table.write_text("Wo;Was;Wann;Laune\nWerft;Koch;3/7/26;gut\n", encoding="utf-8")
    options = ["--map", "company=Wo", "--map", "title=was", "--map", "applied_on=Wann"]
    open_order = run("import", str(table), *options)
    assert open_order.exit_code == 1
    assert f"{table}:2: error: `3/7/2026` may be two days" in open_order.stderr
    done = run("import", str(table), *options, "--date-order", "dmy")
    assert "columns not taken over: `Laune`" in done.stdout
    assert b"applied_on: 2026-07-03" in files(notes)["2026-07-03-werft-koch.md"]


def test_names_that_meet_get_numbers(notes: Path, run: Run, tmp_path: Path) -> None:
    """Two applications never share a file, and none lies outside the folder."""
    table = tmp_path / "mine.csv"
    rows = ["company,title,applied on", *(f"../{c}/../etc,Koch,2026-03-07" for c in ("é", "e"))]
    table.write_text("\n".join([*rows, ""]), encoding="utf-8")
    assert run("import", str(table)).exit_code == 0
    assert sorted(files(notes)) == [
        "2026-03-07-e-etc-koch-2.md", "2026-03-07-e-etc-koch.md", "acme.md",
    ]  # fmt: skip
    assert list(files(tmp_path)) == [
        *(f"entries/{name}" for name in sorted(files(notes))), "mine.csv", "mkdocs.yml",
    ]  # fmt: skip


def test_a_broken_note_keeps_all_out(notes: Path, run: Run) -> None:
    """What a note with an error speaks of is not known, so nothing is compared with it."""
    (notes / "broken.md").write_text("---\ncompany: Acme\ntitel: x\n---\n", encoding="utf-8")
    before = files(notes)
    result = run("import", fixture("jobs.csv"))
    assert result.exit_code == 1
    assert "entries/broken.md:3:1: error: " in result.stderr
    assert files(notes) == before


def test_a_note_that_is_kept_out_of_the_site_is_known(notes: Path, run: Run) -> None:
    """An application whose note is a draft does not come in a second time."""
    (notes / "acme.md").rename(notes / "private.md")
    config = CONFIG + "draft_docs: private.md\n"
    (notes.parent / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("import", fixture("Saved Jobs.csv"))
    assert "1 new note, 0 events added, 1 already known" in result.stdout


def test_a_full_disk_leaves_nothing(notes: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a later note cannot be written, what was written before is taken back."""
    number = iter(range(10))

    def fill(file: Path, text: str) -> None:
        if next(number) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        save_new_note(file, text)

    monkeypatch.setattr(import_writing, "save_new_note", fill)
    result = run("import", fixture("reply.eml"), fixture("jobs.csv"))
    assert result.exit_code == 1
    assert "could not be written: No space left on device; nothing was written" in result.stderr
    assert files(notes) == {"acme.md": ACME.encode()}


def test_what_was_changed_since_is_not_taken_back(
    notes: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note that somebody has opened and changed in between keeps what they wrote."""

    def interfere(file: Path, text: str) -> None:
        save_new_note(file, text)
        if "calder" in file.name:
            file.write_text(text + "Mine.\n", encoding="utf-8")
        else:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(import_writing, "save_new_note", interfere)
    assert run("import", fixture("jobs.csv")).exit_code == 1
    assert files(notes)["2026-10-02-calder-health-data-analyst.md"].endswith(b"Mine.\n")


def test_hostile_names_do_not_steer_the_terminal(notes: Path, run: Run, tmp_path: Path) -> None:
    """What a file holds is shown without the signs that move a cursor or turn a line round."""
    table = tmp_path / "x\x1b[2J.csv"
    table.write_text("company,title,\x1b[2J\nA\x1b[31m\u202eB,Clerk,x\n", encoding="utf-8")
    result = run("import", str(table))
    assert result.exit_code == 1  # a control character makes it no text
    table.write_text("company,title,\u202ey\nA\u202eB,Clerk,x\n", encoding="utf-8")
    result = run("import", str(table))
    assert result.exit_code == 0
    assert "\u202e" not in result.output
    assert "\x1b" not in result.output
    assert b"company: AB\n" in files(notes)[min(files(notes))]


def test_many_rows_come_in_plainly(
    notes: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand rows come in whole, and a run that is not on a terminal stays plain."""
    monkeypatch.setattr("followup.mkdocs.progress._PATIENCE", 0.0)
    table = tmp_path / "many.csv"
    rows = (f"Company {n},Job {n},2026-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(1_000))
    table.write_text("\n".join(["company,title,applied on", *rows, ""]), encoding="utf-8")
    result = run("import", str(table))
    assert result.stdout.endswith("1000 new notes, 0 events added, 0 already known, 0 skipped\n")
    assert result.stderr == ""
    assert len(files(notes)) == 1_001


def test_a_warning_keeps_no_row_out(run: Run, notes: Path, tmp_path: Path) -> None:
    """A name that a letter could not use is taken in, and `followup check` says what to do."""
    table = tmp_path / "list.csv"
    table.write_text(
        'Company,Title,Contact\nBeta,Clerk,"One, Two, Three"\nGamma,Clerk,"Lind, Jonas"\n',
        encoding="utf-8",
    )
    result = run("import", str(table))
    assert result.exit_code == 0
    assert "2 new notes, 0 events added, 0 already known, 0 skipped" in result.stdout
    assert "`One, Two, Three` has a comma in it" in run("check").stderr
    assert any("name: Jonas Lind\n" in data.decode() for data in files(notes).values())
