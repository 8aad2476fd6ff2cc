"""The documents say what is so: commands, settings, waits, keys, examples and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from followup.campaign import touches
from followup.campaign.touches import TOUCHES
from followup.campaign.vocabulary import HABITS, VOCABULARY
from followup.cli import main
from followup.notes.categories import CATEGORIES
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import Event, FrontMatter
from followup.portal.options import Options
from tests.bench.report import CORES, SITES
from tests.guide import fill_guide

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = tuple(
    file for folder in (".", "docs", "deploy") for file in sorted((ROOT / folder).glob("*.md"))
)
_CONTEXT = click.Context(main)
COMMANDS = {
    name: command
    for name in main.list_commands(_CONTEXT)
    if (command := main.get_command(_CONTEXT, name))
}


def read(name: str) -> str:
    """The text of a document, by its path in the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, *languages: str) -> list[str]:
    """The fenced blocks of a document that are in one of these languages."""
    found = re.findall(r"^ *(`{3,})(\w*)\n(.*?)^ *\1$", text, re.M | re.S)
    return [body for _, language, body in found if language in languages]


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^ *(`{3,})\w*\n.*?^ *\1$", "", text, flags=re.M | re.S)


def section(text: str, heading: str) -> str:
    """What stands under a heading, down to the next of its level."""
    level = heading.split(" ", maxsplit=1)[0]
    after = text.split(f"\n{heading}\n", maxsplit=1)[1]
    return re.split(rf"\n#{{1,{len(level)}}} ", after, maxsplit=1)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row in a text, head and rule left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = {i for i, row in enumerate(cells) if set("".join(row)) <= set("-: ")}
    return [row for i, row in enumerate(cells) if i not in rules and i + 1 not in rules]


def shell_lines() -> Iterator[tuple[str, str]]:
    """Document and command of each line that a reader is told to type."""
    for document in DOCUMENTS:
        for block in blocks(document.read_text(encoding="utf-8"), "console"):
            joined = block.replace("\\\n", " ")
            for line in re.findall(r"^ *\$ (.*)$", joined, re.M):
                yield document.name, line.split("  #")[0]


def long_options(command: click.Command) -> set[str]:
    """The long names of a command's options, `--help` and `--version` apart."""
    names = {name for option in command.params for name in option.opts if name.startswith("--")}
    return names - {"--help", "--version"}


def slug(heading: str) -> str:
    """The address of a heading on the pages that show Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).strip().replace(" ", "-")


def test_make_targets_exist() -> None:
    """Every `make` command of the documents is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    told = {m[1] for _, line in shell_lines() if (m := re.search(r"\bmake ([a-z]+)", line))}
    assert {"serve", "test"} <= told <= targets


def test_told_commands_exist() -> None:
    """Every `followup` command of the documents exists and has the options it is shown with."""
    told = [line for _, line in shell_lines() if re.match(r"(\S*/)?followup ", line)]
    assert len(told) > 5
    for line in told:
        words = re.sub(r'"[^"]*"', "text", line).split()
        command = COMMANDS[words[1]]
        given = {word for word in words if word.startswith("--")}
        assert given <= long_options(command), line


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    """Each command has a section that names each of its options."""
    text = read("docs/commands.md")
    shared = text.split("\n## ")[0]
    part = section(text, f"## followup {name}")
    missing = {o for o in long_options(COMMANDS[name]) if f"`{o}" not in part + shared}
    assert missing == set()


def test_no_command_is_invented() -> None:
    """The commands page describes only what there is."""
    told = re.findall(r"^## followup (\w+)$", read("docs/commands.md"), re.M)
    assert sorted(told) == sorted(COMMANDS)


def example_notes() -> list[str]:
    """Whole notes and pieces of front matter in the note format's page, each as a whole note."""
    text = read("docs/note-format.md")
    pieces = [
        f"---\ncompany: Acme Logistics\ntitle: Data Analyst\n{block}---\n"
        for block in blocks(text, "yaml")
    ]
    return blocks(text, "markdown") + pieces


@pytest.mark.parametrize("note", example_notes())
def test_example_has_no_problem(note: str) -> None:
    """What the note format's page shows is accepted as it stands."""
    entry, problems = parse_entry("2026-11-19-acme.md", note.encode())
    assert entry is not None
    assert problems == ()


def keys(model: type[BaseModel]) -> set[str]:
    """The names of a model's keys, as a note writes them."""
    return {field.alias or name for name, field in model.model_fields.items()}


def test_every_key_is_documented() -> None:
    """The note format's page names each key of the front matter."""
    text = prose(read("docs/note-format.md"))
    assert {key for key in keys(FrontMatter) if f"`{key}`" not in text} == set()


def test_every_event_is_documented_in_its_order() -> None:
    """The table of events has each event of the log, in the order in which a day's apply."""
    table = section(read("docs/note-format.md"), "### What happened: the log")
    told = [name for row in rows(table) for name in re.findall(r"`(\w+)`", row[0])]
    assert told == [event.value for event in Event]


def test_thirteen_categories_are_documented() -> None:
    """The table of categories has the questions of the program, in their order."""
    table = rows(section(read("docs/note-format.md"), "## The thirteen categories"))
    assert [(int(row[0]), row[1]) for row in table] == [(c.number, c.question) for c in CATEGORIES]


def test_every_heading_is_documented() -> None:
    """The list of the headings' names is the program's, in every language."""
    table = rows(section(read("docs/note-format.md"), "## Other names of the headings"))
    known = [c for c in CATEGORIES if c.headings]
    assert [int(row[0]) for row in table] == [category.number for category in known]
    for row, category in zip(table, known, strict=True):
        assert [tuple(cell.split(" · ")) for cell in row[1:]] == list(category.headings.values())


def test_every_setting_is_documented() -> None:
    """The table of settings has each setting with its default."""
    table = {row[0].strip("`"): row[1].strip("`") for row in rows(read("docs/settings.md"))}
    defaults = {name: field.default for name, field in Options.model_fields.items()}
    assert set(table) == set(defaults)
    for name, default in defaults.items():
        if isinstance(default, str):
            assert table[name] == default


def test_tables_of_the_guide_are_those_of_the_program(
    golden: Callable[[Path, str], None], root: Path
) -> None:
    """The guide's tables are made from the table of touches."""
    guide = root / "docs" / "follow-up-rules.md"
    golden(guide, fill_guide(guide.read_text(encoding="utf-8"), TOUCHES))


def test_every_wait_is_documented() -> None:
    """The table of waits is the program's."""
    table = rows(section(read("docs/follow-up-rules.md"), "## Change a wait"))
    told = [(row[0].strip("`"), row[1].strip("`"), int(row[2])) for row in table]
    waits = [(t.name, wait, days) for t in TOUCHES.values() for wait, days in t.waits.items()]
    assert told == waits


def test_every_follow_up_is_documented() -> None:
    """The table of follow-ups has the program's, in order."""
    part = section(read("docs/follow-up-rules.md"), "## The follow-ups")
    table = rows(part.split("\n### ")[0])
    assert [row[0].strip("`") for row in table] == list(TOUCHES)


def test_every_tag_is_documented() -> None:
    """The table of tags is the vocabulary, and the note format lists the same."""
    table = rows(section(prose(read("docs/review.md")), "## Tags"))
    assert [(row[0].strip("`"), row[1]) for row in table] == [(t.name, t.title) for t in VOCABULARY]
    listed = section(read("docs/note-format.md"), "## The text").split("common:")[1]
    names = re.findall(r"`(\w+)`", listed.split("your own")[0])
    assert names == [tag.name for tag in VOCABULARY]


def test_every_habit_is_documented() -> None:
    """The table of habits has the program's."""
    table = rows(section(read("docs/review.md"), "## Habits"))
    assert [row[0] for row in table] == [habit.title for habit in HABITS]


def test_shown_touch_is_one() -> None:
    """The row that CONTRIBUTING shows to those who add a touch is a valid one."""
    shown = [block for block in blocks(read("CONTRIBUTING.md"), "python") if "Touch(" in block]
    touch = eval(shown[0], vars(touches))
    assert isinstance(touch, touches.Touch)


def test_figures_in_the_readme_are_those_of_the_benchmark() -> None:
    """The README's tables of figures have the benchmark's rows, and say of which day they are."""
    shown = read("README.md").split("<!-- bench -->")[1].split("<!-- /bench -->")[0]
    assert [row[0] for row in rows(shown)] == [row.label for row in (*SITES, *CORES)]
    assert re.search(r"^Measured on \d{4}-\d\d-\d\d, ", shown, re.M)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Each relative link leads to a file that exists and, with `#`, to a heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document.read_text(encoding="utf-8"))):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.is_file(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", prose(file.read_text(encoding="utf-8")), re.M)
            assert anchor in {slug(heading) for heading in headings}, target


def test_what_security_rests_on_is_tested() -> None:
    """Each test that SECURITY.md names is one."""
    told = set(re.findall(r"`(test_\w+)`", read("SECURITY.md")))
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")]
    known = {name for source in sources for name in re.findall(r"^def (test_\w+)\(", source, re.M)}
    assert len(told) > 30
    assert told <= known
