"""The figures as tables, for a terminal and for the README."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.bench.bars import BARS
from tests.bench.core import DERIVED, STEPS
from tests.bench.edits import EDITS
from tests.bench.figures import (
    BUILD,
    CORE,
    MEMORY,
    TODAY,
    TODAY_WORK,
    VAULT_OPENS,
    VAULT_PAGE,
    VAULT_PLAIN_PAGE,
    VAULT_SHARE,
    VAULT_SIZE,
    WORK,
    Figures,
)
from tests.bench.workspaces import Kind

_NONE: Final = "–"
_MARKS: Final = ("<!-- bench -->", "<!-- /bench -->")
_WAITS: Final = {
    "edited": "One note edited, until its page is served",
    "moved": "One date moved, until its page is served",
    "added": "One note added, until its page is served",
}


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _megabytes(value: float) -> str:
    millions = value / 1_000_000
    return f"{millions:.1f} MB" if millions < 10 else f"{millions:.0f} MB"


def _percent(value: float) -> str:
    return f"{value:.1%}".replace("%", " %")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what was measured of whom, and how its values are written.

    The portal's have their ratio to plain MkDocs's beside them, where there is one.
    """

    label: str
    what: str
    kind: Kind = Kind.PORTAL
    written: Callable[[float], str] = _seconds

    def cell(self, figures: Figures, size: int) -> str:
        """What the line says for so many notes."""
        value = figures.middle(self.what, self.kind, size)
        if value is None:
            return _NONE
        ratio = figures.ratio(self.what, size) if self.kind is Kind.PORTAL else None
        return self.written(value) + (f" ({_times(ratio)})" if ratio else "")


def _times(ratio: float) -> str:
    """`0.95 ×`, or `1/25` for what takes far less."""
    return f"{ratio:.2f} ×" if ratio > 0.2 else f"1/{1 / ratio:.0f}"


def _pair(label: str, what: str, written: Callable[[float], str] = _seconds) -> tuple[Row, Row]:
    return (
        Row(f"{label}: plain MkDocs", what, Kind.PLAIN, written),
        Row(f"{label}: Followup", what, Kind.PORTAL, written),
    )


SITES: Final = (
    *_pair("Whole build", BUILD),
    *_pair("Its work on all processors", WORK),
    *_pair("Its memory at the most", MEMORY, _megabytes),
    *(row for what in EDITS for row in _pair(_WAITS[what], what)),
    Row("`followup today`", TODAY),
    Row("Its work on all processors", TODAY_WORK),
    Row("The vault in Chromium, from the passphrase to the first page", VAULT_OPENS),
    Row("A page of it, until it is seen", VAULT_PAGE),
    Row("The same page of the plain site", VAULT_PLAIN_PAGE),
    Row("What is published of it", VAULT_SIZE, written=_megabytes),
    Row("That, by the size of the plain site", VAULT_SHARE, written=_percent),
)
CORES: Final = (
    *(Row(f"{step.capitalize()}", f"{CORE} {step}") for step in STEPS),
    Row("All but reading and pages", f"{CORE} {DERIVED}"),
)


def print_report(figures: Figures, console: Console) -> bool:
    """Show what was measured and which bars hold; whether none is missed."""
    console.print(f"{figures.made_on}, {figures.machine}; medians", highlight=False)
    for rows in (SITES, CORES):
        head, *lines = _cells([row for row in rows if figures.sizes(row.what)], figures)
        table = Table(*head)
        for line in lines:
            table.add_row(*map(escape, line))
        if lines:
            console.print(table)
    _print_bars(figures, console)
    return all(bar.holds(figures) is not False for bar in BARS)


def _print_bars(figures: Figures, console: Console) -> None:
    """Show which bars hold; those that the figures say nothing of are counted."""
    table = Table("bar", "limit", "measured", "holds")
    for bar in BARS:
        value = bar.measured(figures)
        if value is not None:
            holds = "yes" if bar.holds(figures) else "no"
            table.add_row(bar.what, bar.limit, f"{value:.2f} {bar.unit}", holds)
    if table.row_count:
        console.print(table)
    if left := len(BARS) - table.row_count:
        console.print(f"not measured: {left} of {len(BARS)} bars", highlight=False)


def write_into(readme: Path, figures: Figures) -> None:
    """Put the tables, the day and the machine into a document, between its two marks."""
    text = readme.read_text(encoding="utf-8")
    start, end = map(re.escape, _MARKS)
    made = "\n".join([_MARKS[0], *_markdown(figures), _MARKS[1]])
    filled, count = re.subn(f"{start}.*{end}", lambda _: made, text, flags=re.S)
    if count != 1:
        raise ValueError(f"{readme.name} has no place for the figures: {' … '.join(_MARKS)}")
    readme.write_text(filled, encoding="utf-8", newline="\n")


def _markdown(figures: Figures) -> list[str]:
    lines = [f"Measured on {figures.made_on}, {figures.machine}; medians.", ""]
    for rows in (SITES, CORES):
        head, *body = _cells(rows, figures)
        lines += [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body)]
        lines.append("")
    return lines[:-1]


def _cells(rows: Sequence[Row], figures: Figures) -> list[list[str]]:
    """A table: its head, and a line for each row with a cell for each size that was measured."""
    sizes = sorted({size for row in rows for size in figures.sizes(row.what)})
    head = ["", *(f"{size:,} notes" for size in sizes)]
    return [head, *([row.label, *(row.cell(figures, size) for size in sizes)] for row in rows)]
