"""The phrasebooks of a workspace: its own files before those that ship, its settings over both."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from followup.notes.render import render_problem
from followup.portal.options import Options, parse_options
from followup.reading import read_notes
from followup.resources import check_resources, load_phrasebooks, shipped_folder
from tests.unit.campaign.letters import shipped

NOTE = """\
---
company: Acme
title: Clerk
interview: {format: video, start: 2026-11-19 14:00}
---
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one note and a folder for phrasebooks."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "acme.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "site_templates" / "drafts").mkdir(parents=True)
    return tmp_path


def write(workspace: Path, name: str, text: str) -> None:
    """Put a phrasebook into the workspace."""
    (workspace / "site_templates" / "drafts" / name).write_text(text, encoding="utf-8")


def problems_of(workspace: Path, options: Options) -> list[tuple[str, str, str]]:
    """Path, code and message of each problem of the workspace's notes and phrasebooks."""
    templates = workspace / "site_templates"
    reading = read_notes(workspace / "entries", templates, options, date(2026, 11, 22))
    return [(problem.path, problem.code, problem.message) for problem in reading.problems]


def test_a_workspace_without_phrases() -> None:
    """Where there is nothing of one's own, the books are those that ship."""
    assert load_phrasebooks(None) == load_phrasebooks(Path("nowhere")) == (shipped(), ())


def test_own_files_and_settings(workspace: Path) -> None:
    """A file of the workspace is laid over what ships, and the settings over that."""
    write(workspace, "en.yml", 'extends: en\nsign_off: "Mine,"\nreply: "Mine: "\n')
    write(workspace, ".en.yml", "a backup of an editor")
    write(workspace, "notes.txt", "no phrasebook")
    options, problems = parse_options({"phrases": {"en": {"sign_off": "Best,"}}})
    assert (problems, check_resources(workspace, options)) == ((), ())
    books, faults = load_phrasebooks(workspace / "site_templates", options.phrases)
    assert faults == ()
    assert set(books) == set(shipped())
    assert (books["en"].sign_off, books["en"].reply) == ("Best,", "Mine: ")
    # What British English does not say itself, it takes from the same files.
    assert (books["en-GB"].sign_off, books["en-GB"].reply) == ("Best,", "Mine: ")
    assert books["de"] == shipped()["de"]


def test_a_broken_phrasebook_is_one_fault(workspace: Path) -> None:
    """It is told at its place, and not again in each note or as a language that does not exist."""
    write(workspace, "en.yml", "extends: en\nsign_of: x\n")
    assert check_resources(workspace, Options()) == ()
    found = ("../site_templates/drafts/en.yml", "unknown_phrase", "unknown phrase `sign_of`")
    assert problems_of(workspace, Options()) == [found]


def test_a_language_without_phrasebook(workspace: Path) -> None:
    """A language that has no file is an error of the settings, and a warning in a note."""
    assert [p.key for p in check_resources(workspace, Options(language="nl"))] == ["language"]
    assert check_resources(workspace, Options(language="en-AU")) == ()
    note = NOTE.replace("---\ncompany", "---\nlanguage: nl\ncompany")
    (workspace / "entries" / "acme.md").write_text(note, encoding="utf-8")
    assert [code for _, code, _ in problems_of(workspace, Options())] == ["unknown_language"]


def test_a_language_of_ones_own(workspace: Path) -> None:
    """A file with another name is another language, without anything else to do."""
    french = shipped()["fr"]
    text = (Path(__file__).parents[3] / "site_templates" / "drafts" / "fr.yml").read_text("utf-8")
    write(workspace, "nl.yml", text.replace("\nlanguage: fr\n", "\nlanguage: nl\n"))
    assert check_resources(workspace, Options(language="nl")) == ()
    books, faults = load_phrasebooks(workspace / "site_templates")
    assert faults == ()
    assert books["nl"].slots == french.slots


def test_wrong_phrases_in_the_settings(workspace: Path) -> None:
    """A phrase of the settings that is wrong is told with the settings, by its key."""
    options, _ = parse_options({"phrases": {"en": {"slots": {"foo": "x"}}, "xx": {}}})
    found = [(p.key, p.message) for p in check_resources(workspace, options)]
    assert found == [
        ("phrases.xx", "there is no phrasebook for `xx`"),
        ("phrases.en.slots.foo", "no message says the slot `foo`"),
    ]


def told(workspace: Path) -> list[str]:
    """Every problem as the command shows it."""
    templates = workspace / "site_templates"
    reading = read_notes(workspace / "entries", templates, Options(), date(2026, 11, 22))
    return [render_problem(problem, "entries/") for problem in reading.problems]


@pytest.mark.parametrize("text", ['sign_off: "Cheers,"\n', "language: en\nreply: 'Re: '\n", ""])
def test_a_part_without_extends_is_one_error(workspace: Path, text: str) -> None:
    """It names the owner's file and the line to add, and none that the owner does not have."""
    write(workspace, "en.yml", text)
    (found,) = told(workspace)
    assert found.startswith("site_templates/drafts/en.yml:1:1: error: `en.yml` is not whole: ")
    assert "`dates`" in found
    assert "add `extends: en` as its first line" in found


def test_a_fault_below_is_told_once(workspace: Path) -> None:
    """What rests on a faulty file is not blamed for it."""
    write(workspace, "en.yml", 'extends: en\nsign_off: "{Name}"\n')
    (found,) = told(workspace)
    assert found.startswith("site_templates/drafts/en.yml:2:1: error: ")


def test_a_language_that_rests_on_another(workspace: Path) -> None:
    """What it does not say itself stays in the other language, which is a warning."""
    write(workspace, "nl.yml", 'extends: en\nlanguage: nl\nsign_off: "Groet,"\n')
    (found,) = told(workspace)
    assert found.startswith("site_templates/drafts/nl.yml:1:1: warning: what `nl.yml` does not say")
    assert load_phrasebooks(workspace / "site_templates")[0]["nl"].sign_off == "Groet,"
    write(workspace, "nl.yml", 'extends: en\nlanguage: nl\nextra: "x"\n')
    assert [": error: " in line for line in told(workspace)] == [True]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("en.yaml", "warning: `en.yaml` is not read: the name of a phrasebook ends in `.yml`"),
        ("EN.yml", "error: `EN.yml` is not named after a language"),
        ("English.yml", "error: `English.yml` is not named after a language"),
    ],
)
def test_a_file_with_another_name(workspace: Path, name: str, words: str) -> None:
    """It is not passed over in silence, and the hint knows its name."""
    write(workspace, name, 'extends: en\nsign_off: "Cheers,"\n')
    (found,) = told(workspace)
    assert found == f"site_templates/drafts/{name}:1:1: {words}\n  hint: name it `en.yml`"


def test_the_name_of_a_book_to_extend(workspace: Path) -> None:
    """A name in one's own spelling is known, and the shipped book of the same name is offered."""
    write(workspace, "en.yml", "extends: English\n")
    (found,) = told(workspace)
    assert found.endswith("hint: did you mean `en`?")


def test_a_folder_of_templates_elsewhere(workspace: Path) -> None:
    """The path that is shown is the one where the file is."""
    own = workspace / "my" / "templates"
    (own / "drafts").mkdir(parents=True)
    (own / "drafts" / "en.yml").write_text("extends: en\nsign_off: 5\n", encoding="utf-8")
    reading = read_notes(workspace / "entries", own, Options(), date(2026, 11, 22))
    shown = [render_problem(problem, "entries/") for problem in reading.problems]
    assert [line.partition(" ")[0] for line in shown] == ["my/templates/drafts/en.yml:2:1:"]


def test_a_fault_in_a_book_that_ships_is_told(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the books themselves are worked on, theirs is the folder of the workspace."""
    own = workspace / "site_templates"
    shutil.copytree(shipped_folder() / "drafts", own / "drafts", dirs_exist_ok=True)
    write(workspace, "fr.yml", (own / "drafts" / "fr.yml").read_text(encoding="utf-8") + "no: 1\n")
    monkeypatch.setattr("followup.resources.shipped_folder", lambda: own)
    path = "../site_templates/drafts/fr.yml"
    assert (path, "unknown_phrase", "unknown phrase `no`") in problems_of(workspace, Options())
