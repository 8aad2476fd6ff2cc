"""The JSON Schema of the front matter, held against the notes and the reader of notes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import BaseModel

import followup.notes.note_schema as module
from followup.notes import schema
from followup.notes.entry_parser import parse_entry
from followup.notes.front_matter import Fenced, split_fence
from followup.notes.meanings import MEANINGS
from followup.notes.note_schema import build_note_schema, render_note_schema
from followup.notes.schema import FrontMatter, keys_of

TESTS = Path(__file__).parents[2]
SHIPPED = Path(module.__file__).with_name("entry.schema.json")
SCHEMA = build_note_schema()
CHECK = Draft202012Validator(SCHEMA)
OLDER_CHECK = Draft7Validator(SCHEMA)


class Core(yaml.SafeLoader):
    """YAML 1.2 with its core types, as the language server of editors reads it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))


for kind, pattern, first in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), first)
Core.add_constructor("tag:yaml.org,2002:int", _number)


def typed(text: str) -> Any:
    """The front matter of a note, as an editor understands it."""
    fenced = split_fence(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    assert isinstance(fenced, Fenced)
    return yaml.load(fenced.yaml or "", Core)  # a safe loader


def faults(text: str) -> list[str]:
    """What an editor would mark, with an old reading of the schema or a new one."""
    data = typed(text)
    found = [error.message for error in CHECK.iter_errors(data)]
    assert bool(found) == bool(list(OLDER_CHECK.iter_errors(data)))
    return found


def is_accepted(text: str) -> bool:
    """Whether the reader of notes takes this for a note without a problem."""
    entry, problems = parse_entry("a.md", text.encode())
    return entry is not None and not problems


def note(*lines: str) -> str:
    """A note of these lines of front matter."""
    return "\n".join(["---", *lines, "---", ""])


def valid_notes() -> list[Path]:
    """Every note of the sample search and of the golden cases that has no problem."""
    files = [*(TESTS.parent / "entries").rglob("*.md"), *(TESTS / "golden").rglob("*.md")]
    return [file for file in sorted(files) if is_accepted(file.read_text(encoding="utf-8"))]


def test_schema_that_ships(golden: Callable[[Path, str], None]) -> None:
    """The schema in the package is the one of the models."""
    golden(SHIPPED, render_note_schema())


def test_schema_is_one() -> None:
    """It is a schema of its draft, one that older editors read too, and each reference leads on."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft7Validator.check_schema(SCHEMA)
    named = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)))
    assert named == set(SCHEMA["$defs"])


@pytest.mark.parametrize("model", MEANINGS)
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    """Each key of a group, and no other, has its words and its place in the schema."""
    assert set(MEANINGS[model]) == {"", *keys_of(model)}
    shape = SCHEMA if model is FrontMatter else SCHEMA["$defs"][model.__name__]
    assert list(shape["properties"]) == list(keys_of(model))
    assert all(value["description"] for value in shape["properties"].values())
    assert shape["additionalProperties"] is False


def test_notes_fit() -> None:
    """Every note that the reader takes is one that an editor leaves unmarked."""
    files = valid_notes()
    assert len(files) > 40
    assert {file.name: found for file in files if (found := faults(file.read_text()))} == {}


def test_examples_are_right() -> None:
    """Whatever the schema shows as an example fits it."""

    def look(shape: Any) -> None:
        if isinstance(shape, dict):
            check = Draft202012Validator({**shape, "$defs": SCHEMA["$defs"]})
            for example in shape.get("examples", ()):
                assert list(check.iter_errors(example)) == []
                shown.append(example)
            for inner in shape.values():
                look(inner)
        elif isinstance(shape, list):
            for inner in shape:
                look(inner)

    shown: list[Any] = []
    look({"properties": SCHEMA["properties"], "$defs": SCHEMA["$defs"]})
    assert len(shown) > 60


GOOD = ("company: Acme", "title: Clerk")
MEETING = "interview: {format: video, start: 2026-11-19 14:00}"


@pytest.mark.parametrize(
    "lines",
    [
        ("title: Clerk",),
        ("company:", "title: Clerk"),
        ('company: ""', "title: Clerk"),
        ("company: Acme",),
        ("company: Acme", "title:"),
        ("company: Acme", MEETING),
        (*GOOD, "compnay: Acme"),
        (*GOOD, "status: interviewin"),
        (*GOOD, "applied_on: 2026-13-01"),
        (*GOOD, "applied_on: 19.11.2026"),
        (*GOOD, "applied_on: 20261119"),
        (*GOOD, "applied_on: yesterday"),
        (*GOOD, "job_url: www.acme.example"),
        (*GOOD, "workplace: home"),
        (*GOOD, "salary: 52000"),
        (*GOOD, "salary: {min: 52k, currency: EUR}"),
        (*GOOD, "salary: {min: -1, currency: EUR}"),
        (*GOOD, "salary: {min: 1, currency: Euro}"),
        (*GOOD, "country: Germany"),
        (*GOOD, "language: German"),
        (*GOOD, "interview: video"),
        (*GOOD, "interview: {format: video}"),
        (*GOOD, "interview: {start: 2026-11-19}"),
        (*GOOD, "interview: {format: vidoe, start: 2026-11-19}"),
        (*GOOD, "interview: {format: video, start: 2026-11-19 2pm}"),
        (*GOOD, "interview: {format: video, start: 2026-11-19 24:00}"),
        (*GOOD, "interview: {format: video, start: 2026-11-19, round: 0}"),
        (*GOOD, "interview: {format: video, start: 2026-11-19, minutes: an hour}"),
        (*GOOD, "interview: {format: video, start: 2026-11-19, first_names_used: perhaps}"),
        (*GOOD, "interview: {format: video, start: 2026-11-19, said: x}"),
        (*GOOD, "people: Ngozi Okafor"),
        (*GOOD, "people: {name: Ngozi Okafor}"),
        (*GOOD, "people: [Ngozi Okafor]"),
        (*GOOD, "people: [{name: Ngozi Okafor, honorific: Ms}]"),
        (*GOOD, "people: [{name: Ngozi Okafor, email: okafor}]"),
        (*GOOD, "people: [{name: Ngozi Okafor, id: 1st}]"),
        (*GOOD, "people: [{name: Ngozi Okafor, role: boss}]"),
        (*GOOD, "decision: soon"),
        (*GOOD, "decision: {on: 2026-12-04}"),
        (*GOOD, "other_candidates: three"),
        (*GOOD, "other_candidates: {count: 3}"),
        (*GOOD, "other_candidates: {answer: yes, count: some}"),
        (*GOOD, "reminders: [{on: 2026-11-27}]"),
        (*GOOD, "promises: {what: Send it}"),
        (*GOOD, "offer: {deadline: 2026-12-11}"),
        (*GOOD, "log: [{on: 2026-11-20}]"),
        (*GOOD, "log: [{on: 2026-11-20, event: send}]"),
        (*GOOD, "log: [{on: 2026-11-20, event: sent, touch: thanks}]"),
        (*GOOD, "search: {excluded: true}"),
    ],
)
def test_broken_notes_do_not_fit(lines: tuple[str, ...]) -> None:
    """What an editor can see to be wrong is marked, and is a problem of the note indeed."""
    assert faults(note(*lines))
    assert not is_accepted(note(*lines))


# What people write, in every way that YAML has for it.
VALUES = [
    "", "~", "null", "n/a", "N/A.", "none", "None", "NONE", "yes", "Yes", "NO", "no", "true",
    "True", "off", "unknown", "Unknown", "0", "1", "02", "7", "99", "60", "1440", "52000", "21.50",
    '"21.50"', "' 3 '", "3.0", "1e3", "-1", "+49", "2026", "2026-11-19", '" 2026-11-19 "',
    "2026-11-19 14:00", "2026-11-19T14:00", "2026-11-19 9:05:30", "2026-02-30", "2099-12-31",
    "14:00", "DE", "NO", "HH", "en", "en-GB", "EUR", "year", "onsite", "video", "networking",
    "applied", "hiring_manager", "Ms.", "Dr.", "thank_you", "sent", "Europe/Berlin", "UTC",
    "EST5EDT", "Etc/GMT+1", "okafor", "müller", "n-1", "a.b@acme.example", "ü@bücher.example",
    "https://jobs.example/1?a=b#c", "HTTP://X.example", "tel:+491", "mailto:a@b.example",
    "Acme: no", '"Acme: no"', "[a, b]", "[]", "[~, a]", "[1]", "{}", "{by: 2026-12-04}",
    "{answer: yes}", "{answer: No, count: }", "{answer: true, count: '3'}", "{exclude: yes}",
    "{boost: 2}", "{min: 1, currency: EUR}", "[{name: Ana}]", "[{name: 5}, ]", "[{}]", "[~]",
    "[{on: 2026-11-20, event: applied}]", "[{on: 2026-11-20, what: Ask}]", "[{what: Send}]",
    "{received_on: 2026-11-20}", "{format: video, start: 2026-11-19}",
    "|\n    two\n    lines", ">-\n    folded\n    text",
]  # fmt: skip


def lines_with(model: type[BaseModel], key: str, value: str) -> str:
    """A note in which this key of this group has this value."""
    others = {
        schema.InterviewBlock: ("interview", ["format: onsite", "start: 2026-11-19"]),
        schema.PersonBlock: ("people", ["name: Ana Lind"]),
        schema.NextStep: ("next_step", []),
        schema.Decision: ("decision", []),
        schema.OtherCandidates: ("other_candidates", ["answer: no"]),
        schema.Salary: ("salary", ["currency: EUR"]),
        schema.Reminder: ("reminders", ["on: 2026-11-19", "what: Ask"]),
        schema.Promise: ("promises", ["what: Send"]),
        schema.Offer: ("offer", ["received_on: 2026-11-19"]),
        schema.LogItem: ("log", ["on: 2026-11-19", "event: received"]),
    }
    if model is FrontMatter:
        kept = [line for line in GOOD if not line.startswith(f"{key}:")]
        return note(*kept, f"{key}: {value}")
    block, needed = others[model]
    kept = [line for line in needed if not line.startswith(f"{key}:")] + [f"{key}: {value}"]
    if block in ("people", "reminders", "promises", "log"):
        return note(*GOOD, f"{block}:", "  -", *(f"    {line}" for line in kept))
    return note(*GOOD, f"{block}:", *(f"    {line}" for line in kept))


@pytest.mark.parametrize("model", MEANINGS)
def test_an_editor_marks_nothing_that_is_right(model: type[BaseModel]) -> None:
    """Whatever value of a key the reader takes, the schema takes too."""
    taken, marked = set(), []
    for key in keys_of(model):
        for value in VALUES:
            text = lines_with(model, key, value)
            if is_accepted(text):
                taken.add(key)
                marked += [text] if faults(text) else []
    assert marked == []
    assert taken == set(keys_of(model))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20))
def test_any_quoted_text_is_right(text: str) -> None:
    """A text in quotes is marked nowhere where the reader takes it."""
    quoted = json.dumps(text, ensure_ascii=False)
    for model, key in ((FrontMatter, "company"), (schema.PersonBlock, "id"),
                       (schema.PersonBlock, "email"), (schema.InterviewBlock, "place")):  # fmt: skip
        whole = lines_with(model, key, quoted)
        assert not is_accepted(whole) or faults(whole) == []
