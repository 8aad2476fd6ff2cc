"""Applications and follow-ups as a table."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from followup.notes.entry import Entry
from followup.site.csv import COLUMNS, render_csv
from tests.unit.notebook import note
from tests.unit.site.campaigns import application, lookup_of, panel


def rows_of(*entries: Entry) -> list[dict[str, str]]:
    """The rows of the table as a program reads them."""
    text = render_csv(lookup_of(*entries))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_an_application_and_its_follow_ups() -> None:
    """First the applications by company, then every follow-up by day, each in words of its own."""
    rows = rows_of(panel(), application())
    assert [row["company"] for row in rows if row["record"] == "application"] == [
        "Alder Street",
        "Harbor & Pine",
    ]
    alder = rows[0]
    assert alder | {"record": "", "reason": ""} == dict.fromkeys(COLUMNS, "") | {
        "company": "Alder Street",
        "title": "Junior Analyst",
        "stage": "applied",
        "since": "2026-11-16",
        "applied_on": "2026-11-16",
        "note": "2026-11-16-alder-street.md",
        "application": "alder-street-junior-analyst",
    }
    plans = [row for row in rows if row["record"] == "follow_up"]
    assert [row["due_on"] for row in plans] == sorted(row["due_on"] for row in plans)
    thanks = next(row for row in plans if row["to"] == "Ms. Rivera" and row["touch"] == "thank_you")
    assert thanks["follow_up"] == "Thank Ms. Rivera"
    assert (thanks["due_on"], thanks["state"], thanks["closed_on"]) == ("2026-11-20", "open", "")
    assert "(2026-11-20-harbor-pine-panel.md:" in thanks["reason"]
    assert thanks["stage"] == "interviewing"
    sent = next(row for row in plans if row["to"] == "Ms. Dahl" and row["touch"] == "thank_you")
    assert (sent["state"], sent["closed_on"]) == ("done", "2026-11-20")


def test_every_line_ends_as_the_format_wants() -> None:
    """Lines end in CRLF, the last one too, and every one has all cells."""
    lines = render_csv(lookup_of(application())).split("\r\n")
    assert lines[-1] == ""
    assert len(next(csv.reader([lines[1]]))) == len(COLUMNS)
    assert "\n" not in "".join(lines)


@pytest.mark.parametrize("company", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＠x"])
def test_a_formula_stays_text(company: str) -> None:
    """What a spreadsheet would work out begins with an apostrophe."""
    found = rows_of(note("a.md", f"company: '{company}'\ntitle: Analyst"))
    assert found[0]["company"] == f"'{company}"


@pytest.mark.parametrize(
    "company", ['Ash, "Birch" & Co', "a;b, c", "Özanlı", "1-2", "O'Hara", "日本", "a=b"]
)
def test_anything_else_is_as_written(company: str) -> None:
    """Quotes, separators and letters of any script come back as they stand in the note."""
    quoted = company.replace("'", "''")
    assert rows_of(note("a.md", f"company: '{quoted}'\ntitle: Analyst"))[0]["company"] == company


def test_nothing_to_list() -> None:
    """Without notes there is the head of the table alone."""
    assert render_csv(lookup_of()) == "\ufeff" + ",".join(COLUMNS) + "\r\n"
