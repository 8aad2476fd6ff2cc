"""All derived data as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import followup.site.export as module
from followup.portal.options import Options
from followup.reading import read_notes
from followup.site.export import build_export, build_schema

Golden = Callable[[Path, str], None]
CASES = Path(__file__).parents[2] / "golden" / "export"
SCHEMA = Path(module.__file__).with_name("export.schema.json")


def export_of(notes: Path) -> dict[str, Any]:
    """The export of a folder of notes on a fixed day."""
    options = Options.model_validate({"me": {"name": "Alex Kim"}})
    reading = read_notes(notes, None, options, date(2026, 11, 22))
    return build_export(reading.campaign, reading.problems)


def as_text(data: object) -> str:
    """JSON as the command prints it."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize("case", ["several", "broken"])
def test_export(case: str, golden: Golden) -> None:
    """The export of a small search, whole."""
    golden(CASES / case / "export.json", as_text(export_of(CASES / case / "entries")))


def test_schema_that_ships(golden: Golden) -> None:
    """The schema in the package is the one of the models."""
    golden(SCHEMA, as_text(build_schema()))


def test_export_fits_its_schema(root: Path) -> None:
    """The export of the sample search is what the schema promises; a changed one is not."""
    check = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    data = export_of(root / "entries")
    assert list(check.iter_errors(data)) == []
    assert list(check.iter_errors({**data, "companies": [{}]}))


def test_an_offer_of_the_log_alone_is_exported(tmp_path: Path) -> None:
    """What the page of offers shows is in the export, whichever way it was noted."""
    front = "company: Acme\ntitle: Clerk\nlog: [{on: 2026-11-14, event: offer}]"
    (tmp_path / "acme.md").write_text(f"---\n{front}\n---\n", encoding="utf-8")
    (offer,) = export_of(tmp_path)["offers"]
    assert offer == {
        "application": "acme-clerk",
        "received_on": "2026-11-14",
        "deadline": None,
        "salary": None,
        "notes": None,
    }


def test_everything_named_exists(root: Path) -> None:
    """Every id and path in the export leads to something that is in it."""
    data = export_of(root / "entries")
    ids = {key: {item["id"] for item in data[key]} for key in ("applications", "people", "drafts")}
    paths = {path for application in data["applications"] for path in application["entries"]}
    for interview in data["interviews"]:
        assert interview["path"] in paths
        assert interview["application"] in ids["applications"]
        assert ids["people"].issuperset(interview["people"])
    for follow_up in data["follow_ups"]:
        assert follow_up["application"] in ids["applications"]
        assert ids["people"].issuperset(follow_up["to"])
        assert follow_up["draft"] is None or follow_up["draft"] in ids["drafts"]
    for draft in data["drafts"]:
        assert {s["path"] for sentence in draft["sentences"] for s in sentence["sources"]} <= paths
