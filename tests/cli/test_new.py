"""`followup new` where the notes know something already."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.note_schema import SCHEMA_PLACE, render_note_schema
from followup.notes.schema import InterviewBlock, NotApplicable, PersonBlock
from tests.cli.running import Run

CONFIG = """
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - followup: {me: {name: Alex Kim}, today: 2026-11-22}
"""
PHONE = """---
company: Acme Logistics
title: Data Analyst
interview: {format: phone_screen, start: 2026-11-05 10:00, timezone: Europe/Berlin}
people:
  - {name: Carla Weber, honorific: Ms., role: recruiter, email: c.weber@acme.example}
  - id: okafor
    name: Ngozi Okafor
    academic_title: Dr.
    honorific: Ms.
    job_title: "Head of Analytics, Hamburg"
    role: hiring_manager
    email: n.okafor@acme.example
    salutation: "Dear Dr. Okafor,"
  - {name: Ana Lind, phone: +49 40 1}
  - {name: Jonas Lind}
---
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notes folder of a workspace with one interview; the current folder is the workspace."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "acme.md").write_text(PHONE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "entries"


def written(notes: Path) -> tuple[str, Entry]:
    """The new note, which must have no problem, and its text."""
    (file,) = (file for file in notes.iterdir() if file.name != "acme.md")
    entry, problems = parse_entry(file.name, file.read_bytes())
    assert problems == ()
    assert entry is not None
    return file.read_text(encoding="utf-8"), entry


def people_of(entry: Entry) -> tuple[PersonBlock, ...]:
    """The people of a note that names some."""
    assert not isinstance(entry.front.people, NotApplicable)
    return entry.front.people


def interview_of(entry: Entry) -> InterviewBlock:
    """The interview of a note that has one."""
    assert entry.front.interview is not None
    return entry.front.interview


FINAL = ("--format", "final", "--start", "2026-11-24 14:00")


def test_what_is_known_is_filled_in(notes: Path, run: Run) -> None:
    """Names as the notes write them, the next round, the zone, and all facts of a person."""
    result = run("new", "acme  LOGISTICS", "data analyst", *FINAL, "--person", "okafor")
    assert (result.exit_code, result.stderr) == (0, "")
    text, entry = written(notes)
    assert (entry.front.company, entry.front.title) == ("Acme Logistics", "Data Analyst")
    assert interview_of(entry).round == 2
    assert interview_of(entry).timezone == "Europe/Berlin"
    old, _ = parse_entry("acme.md", PHONE.encode())
    assert old is not None
    assert people_of(entry) == people_of(old)[1:2]
    assert "    # hook: What only" in text
    assert "    # email" not in text
    assert run("check").exit_code == 0


def test_the_others_are_offered(notes: Path, run: Run) -> None:
    """Whoever else is known stands there as a comment that becomes a person without its sign."""
    run("new", "Acme Logistics", "Data Analyst", *FINAL, "--person", "okafor")
    text, entry = written(notes)
    assert "  # - {name: Carla Weber, honorific: Ms., role: recruiter, email: c.web" in text
    assert "okafor" not in text.partition("  # - ")[2]
    whole, problems = parse_entry("a.md", text.replace("  # - {", "  - {").encode())
    assert problems == ()
    assert whole is not None
    assert [p.name for p in people_of(whole)] == [
        "Ngozi Okafor", "Carla Weber", "Ana Lind", "Jonas Lind",
    ]  # fmt: skip
    assert [p.name for p in people_of(entry)] == ["Ngozi Okafor"]


def test_all_are_offered_where_nobody_is_named(notes: Path, run: Run) -> None:
    """Without `--person` everybody known is a comment, and category 1 is not answered."""
    run("new", "Acme Logistics", "Clerk")
    text, entry = written(notes)
    assert entry.front.people == ()
    assert text.count("\n#   - {") == 4 + 2  # a promise and an event
    assert "Speicherstadt" not in text
    opened = text.replace("# people:", "people:").replace("#   - {", "  - {", 4)
    whole, problems = parse_entry("a.md", opened.encode())
    assert problems == ()
    assert whole is not None
    assert len(people_of(whole)) == 4


@pytest.mark.parametrize(
    ("typed", "name", "email"),
    [
        ("Ana Lind <ana@acme.example>", "Ana Lind", "ana@acme.example"),
        ("Carla Weber <c.weber@acme.example>", "Carla Weber", "c.weber@acme.example"),
        ("Weber", "Carla Weber", "c.weber@acme.example"),
        ("Ngozi A. Okafor", "Ngozi A. Okafor", None),
        ("Weberling", "Weberling", None),
    ],
)
def test_a_person_as_typed(notes: Path, run: Run, typed: str, name: str, email: str | None) -> None:
    """A new address wins over none, and whoever is not known stays as typed."""
    assert run("new", "Acme Logistics", "Data Analyst", "--person", typed).exit_code == 0
    (person,) = people_of(written(notes)[1])
    assert (person.name, person.email) == (name, email)
    assert person.phone == ("+49 40 1" if name == "Ana Lind" else None)


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("Dr. Jane Doe <jane@acme.example>", ("Jane Doe", None, "Dr.", None)),
        ("Frau Prof. Dr. van Dijk, Marie (HR)", ("Marie van Dijk", "Ms.", "Prof. Dr.", "van Dijk")),
        ("Mr. Jonas Lind", ("Jonas Lind", "Mr.", None, None)),
    ],
)
def test_a_title_has_a_line_of_its_own(
    notes: Path, run: Run, typed: str, facts: tuple[str | None, ...]
) -> None:
    """Nobody need know beforehand where in a note a title stands."""
    assert run("new", "Birch", "Data Analyst", "--person", typed).exit_code == 0
    (person,) = people_of(written(notes)[1])
    assert (person.name, person.honorific, person.academic_title, person.family_name) == facts


@pytest.mark.parametrize("typed", ["Prof. Dr. <p@acme.example>", "Mr. (HR)", "Frau Dr."])
def test_a_title_alone_is_no_name(notes: Path, run: Run, typed: str) -> None:
    """Nobody is called `Dr.`, and a letter must not be addressed so."""
    result = run("new", "Birch", "Data Analyst", "--person", typed)
    assert result.exit_code == 2
    assert "is all title; write a name behind it" in result.stderr
    assert [file.name for file in notes.iterdir()] == ["acme.md"]


def test_nobody_stands_there_twice(notes: Path, run: Run) -> None:
    """The same person named in two ways is one."""
    people = "--person", "okafor", "--person", "Ngozi Okafor", "--person", "New", "--person", "New"
    assert run("new", "Acme Logistics", "Data Analyst", *FINAL, *people).exit_code == 0
    assert [p.name for p in people_of(written(notes)[1])] == ["Ngozi Okafor", "New"]


def test_somebody_who_may_be_two(notes: Path, run: Run) -> None:
    """A name that fits several is asked about, and nothing is written."""
    result = run("new", "Acme Logistics", "Data Analyst", "--person", "Lind")
    assert result.exit_code == 2
    assert "`Ana Lind (ana-lind)`, `Jonas Lind (jonas-lind)`" in result.stderr
    assert [file.name for file in notes.iterdir()] == ["acme.md"]


@pytest.mark.parametrize(
    ("company", "title", "words"),
    [
        ("acme", "Data Analyst", "there are notes about `Acme Logistics`; this note says `acme`"),
        (
            "Acme Logistics",
            "Analyst",
            "at `Acme Logistics` there is `Data Analyst`; this note says",
        ),
        ("Beta Works", "Data Analyst", None),
        ("Acme Logistics", "Clerk", None),
    ],
)
def test_a_name_that_is_nearly_known(
    notes: Path, run: Run, company: str, title: str, words: str | None
) -> None:
    """The note says what was typed, and a hint says what may have been meant."""
    result = run("new", company, title)
    assert result.exit_code == 0
    assert (words in result.stderr) if words else result.stderr == ""
    front = written(notes)[1].front
    assert (front.company, front.title) == (company, title)


def test_a_missing_title_is_hinted_at(notes: Path, run: Run) -> None:
    """Who forgets the title is told which ones there are."""
    result = run("new", "acme logistics")
    assert result.exit_code == 2
    assert "at `Acme Logistics` there is `Data Analyst`" in result.stderr
    assert [file.name for file in notes.iterdir()] == ["acme.md"]


def test_broken_notes_are_no_hindrance(notes: Path, run: Run) -> None:
    """A note can be begun while another one is broken."""
    (notes / "broken.md").write_text("---\ncompany: [\n---\n", encoding="utf-8")
    assert run("new", "Acme Logistics", "Data Analyst").exit_code == 0


def test_a_note_that_would_be_an_error_among_the_others(notes: Path, run: Run) -> None:
    """Where the others leave no room for it, the note is refused, and the reason is theirs."""
    other = "---\ncompany: Beta\ntitle: Clerk\napplication: zeta-clerk\n---\n"
    (notes / "beta.md").write_text(other, encoding="utf-8")
    result = run("new", "Zeta", "Clerk")
    assert result.exit_code == 1
    words = "there would be an error in entries/beta.md: the application `zeta-clerk` belongs to"
    assert words in result.stderr
    assert sorted(file.name for file in notes.iterdir()) == ["acme.md", "beta.md"]


def test_the_schema_is_named_where_there_is_one(notes: Path, run: Run) -> None:
    """The first line leads editors to the workspace's copy; without one it is left out."""
    run("new", "Beta", "Clerk")
    text, _ = written(notes)
    assert "yaml-language-server" not in text
    (notes.parent / ".followup").mkdir()
    (notes.parent / SCHEMA_PLACE).write_text("{}", encoding="utf-8")
    run("new", "Gamma", "Clerk")
    text = (notes / "2026-11-22-gamma-clerk.md").read_text(encoding="utf-8")
    line = "# yaml-language-server: $schema=../.followup/entry.schema.json"
    assert text.startswith(f"---\n{line}\ncompany: Gamma\n")
    renewed = (notes.parent / SCHEMA_PLACE).read_text(encoding="utf-8")
    assert renewed == render_note_schema()


def test_a_schema_that_cannot_be_renewed(
    notes: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old copy that the disk keeps is told, and nothing is written."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (notes.parent / ".followup").mkdir()
    (notes.parent / SCHEMA_PLACE).write_text("{}", encoding="utf-8")
    monkeypatch.setattr("followup.mkdocs.schema_file.save_whole", refuse)
    result = run("new", "Beta", "Clerk")
    assert result.exit_code == 1
    assert "could not be brought up to date: Permission denied" in result.stderr
    assert [file.name for file in notes.iterdir()] == ["acme.md"]


@pytest.mark.parametrize(
    ("typed", "company"), [("\n", "Acme Logistics"), ("y\n", "Acme Logistics"), ("n\n", "acme")]
)
def test_the_company_is_asked_for_on_a_terminal(notes: Path, typed: str, company: str) -> None:
    """Where one company may be meant, the owner says whether it is; Enter is yes."""
    terminal, other_end = pty.openpty()
    os.write(terminal, typed.encode())
    code = "from followup.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "new", "acme", "Clerk"],
        cwd=notes.parent,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=other_end,
        stdout=other_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(other_end)
    os.close(terminal)
    assert done.returncode == 0
    question = "There are notes about Acme Logistics. Do you mean that company? [Y/n]: "
    assert done.stderr == question  # the system asks there
    assert written(notes)[1].front.company == company
