"""The benchmark itself: its notes, its arithmetic, and a whole run of it on two notes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from followup.notes.entry_parser import parse_entry
from followup.portal.build import build_portal
from followup.portal.options import Options
from tests.bench.bars import BARS, Bar
from tests.bench.edits import EDITS
from tests.bench.figures import BUILD, MEMORY, Figures, load_figures, save_figures
from tests.bench.notes import TODAY, make_notes
from tests.bench.report import CORES, SITES, write_into
from tests.bench.workspaces import Kind, Workspace


def figures(**values: dict[tuple[Kind, int], list[float]]) -> Figures:
    """Figures of a day with these values by what, of whom, and for how many notes."""
    made = Figures("2026-11-30", "2 processors")
    for what, found in values.items():
        for (kind, size), runs in found.items():
            for value in runs:
                made.add(what, kind, size, value)
    return made


def bar(words: str) -> Bar:
    """The one bar that is called so."""
    (found,) = (bar for bar in BARS if words in bar.what)
    return found


def test_the_notes_are_whole_and_long() -> None:
    """They have no problem, all thirteen categories where they are over, and some 6 kB each."""
    notes = list(make_notes(60))
    parsed = [parse_entry(*note) for note in notes]
    assert [problem for _, problems in parsed for problem in problems] == []
    portal = build_portal([entry for entry, _ in parsed if entry], TODAY, Options())
    assert portal.problems == ()
    over = [i.completeness for i in portal.interviews.values() if i.completeness]
    assert len(over) > 30
    assert {complete.missing for complete in over} == {()}
    assert 5_500 < sum(len(content) for _, content in notes) / 60 < 6_500


def test_a_larger_search_begins_with_the_smaller() -> None:
    """Every note is the same in each run, whatever the size; one to add follows the last."""
    assert list(make_notes(40))[:30] == list(make_notes(30))
    assert list(make_notes(1, start=30)) == list(make_notes(31))[30:]


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_differs_from_the_one_before(what: str) -> None:
    """Each run changes the note anew, in a way that its page shows."""
    workspace = Workspace(Path(), Kind.PORTAL, 20)
    before = dict(make_notes(20))
    first, second = (EDITS[what](workspace, run) for run in range(2))
    assert (first.name, first.text) != (second.name, second.text)
    for change in (first, second):
        assert change.text.encode() != before.get(change.name)
        assert change.words
        assert parse_entry(change.name, change.text.encode())[1] == ()


def test_ratios_are_of_one_run() -> None:
    """The middle of the runs' ratios: what slowed both in one run counts for nothing."""
    made = figures(
        build={(Kind.PLAIN, 1_000): [10.0, 40.0, 10.0], (Kind.PORTAL, 1_000): [8.0, 30.0, 11.0]}
    )
    assert made.ratio(BUILD, 1_000) == 0.8
    assert made.ratio(BUILD, 300) is None
    assert bar("whole build").holds(made)


@pytest.mark.parametrize(("most", "holds"), [(23.0, True), (23.5, False)])
def test_growth_is_above_the_empty_site(most: float, holds: bool) -> None:
    """Ten times the notes may take eleven times what they add to a site without any."""
    made = figures(build={(Kind.PORTAL, n): [s] for n, s in ((0, 1.0), (100, 3.0), (1_000, most))})
    assert bar("time above").holds(made) is holds
    assert bar("memory above").holds(made) is None


@pytest.mark.parametrize(("portal", "holds"), [(0.5, True), (0.51, False)])
def test_sooner_is_how_often_it_fits(portal: float, holds: bool) -> None:
    """Twenty times sooner is a twentieth of the time."""
    made = figures(edited={(Kind.PLAIN, 1_000): [10.0], (Kind.PORTAL, 1_000): [portal]})
    assert bar("edited, sooner").holds(made) is holds


def test_the_readme_shows_the_figures(tmp_path: Path) -> None:
    """Between two marks stand the day and the rows, with ratios; all else stays."""
    readme = tmp_path / "README.md"
    readme.write_text("# A\n<!-- bench -->\nold\n<!-- /bench -->\nend\n", encoding="utf-8")
    made = figures(
        build={(Kind.PLAIN, 100): [2.0], (Kind.PORTAL, 100): [1.9]},
        edited={(Kind.PLAIN, 100): [10.0], (Kind.PORTAL, 100): [0.4]},
    )
    write_into(readme, made)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# A\n<!-- bench -->\nMeasured on 2026-11-30, 2 processors; medians.\n")
    assert text.endswith("|\n<!-- /bench -->\nend\n")
    assert "old" not in text
    assert (
        "| Whole build: plain MkDocs | 2.00 s |\n| Whole build: Followup | 1.90 s (0.95 ×) |"
        in text
    )
    assert "| One note edited, until its page is served: Followup | 0.40 s (1/25) |" in text
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the figures"):
        write_into(readme, made)


def test_figures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    """What is shown again later is what was measured."""
    made = figures(memory={(Kind.PORTAL, 100): [5.0, 6.0]})
    save_figures(made, tmp_path / "new" / "bench.json")
    again = load_figures(tmp_path / "new" / "bench.json")
    assert again == made
    assert again.middle(MEMORY, Kind.PORTAL, 100) == 5.5


@pytest.mark.xdist_group("preview")
def test_a_whole_run(root: Path, tmp_path: Path) -> None:
    """Two notes go through all of it; every row has its figure, and nothing else is written."""
    file = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench", "--runs", "1", "--sizes", "2", "--core", "2"]
    done = subprocess.run(
        [*command, "--json", str(file)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.count("2 notes")) == (0, 2), done.stderr
    assert f"not measured: {len(BARS)} of {len(BARS)} bars" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert "run 1 of 1: 2 notes, portal, one note edited\n" in done.stderr
    made = load_figures(file)
    for row in (*SITES, *CORES):
        value = made.middle(row.what, row.kind, 2)
        assert value is not None, row.label
        assert value > 0 or row in CORES, row.label
    assert [path.name for path in tmp_path.iterdir()] == ["bench.json"]
