"""The Today page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from followup.campaign.model import Campaign
from followup.notes.wording import show_controls
from followup.portal.days import day_in_full
from followup.site.lookup import build_lookup
from followup.site.parts import Leaf, Line, Row
from followup.site.today import Bucket, Shelf, Today, build_today

_LATE, _NOW, _QUIET = "yellow", "cyan", "dim"
_INDENT: Final = "  "
_GAP: Final = 2
"""Blanks between two columns."""
_NARROWEST: Final = 32
"""Letters that the widest column needs; with less room its text stands below the others."""


def render_today(campaign: Campaign) -> RenderableType:
    """What is late, due and coming, then what stands beside it; nothing told by colour alone."""
    today = campaign.portal.today
    # No letter is shown here, so none needs to be written.
    page = build_today(build_lookup(replace(campaign, drafts={})))
    if page.first_note:
        return Text('Write your first note: followup new "Acme" "Data Analyst"')
    return Group(*_parts(page, today))


def _parts(page: Today, today: date) -> Iterator[RenderableType]:
    yield _plain(day_in_full(today), _QUIET)
    ahead = f" Next interview: {page.next_interview.text}." if page.next_interview else ""
    yield _plain(page.lede + ahead, "bold")
    for title, bucket, style in (
        ("Late", page.late, _LATE),
        ("Due today", page.due, _NOW),
        ("Next 7 days", page.week, ""),
        ("Later", page.later, _QUIET),
        ("Late for more than a month", page.long, _QUIET),
    ):
        if bucket.count:
            yield from _bucket(title, bucket, style, today)
    if page.ahead:
        yield _heading("Interviews ahead", len(page.ahead))
        yield _list(_leaf(leaf) for leaf in page.ahead)
    for title, shelf in (
        ("Waiting for", page.waiting),
        ("Notes to finish", page.unfinished),
        ("Done this week", page.done),
    ):
        if shelf.count:
            yield _heading(title, shelf.count)
            yield _list(_line(line) for line in _shown(shelf))


def _bucket(title: str, bucket: Bucket, style: str, today: date) -> Iterator[RenderableType]:
    yield _heading(title, bucket.count, style)
    yield _Rows([row for row in bucket.rows if not row.hidden], style, today)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows in columns: the day, what that means today, and what is to be done.

    In a narrow terminal the last stands below the others. The columns are told their widths: to
    measure one, rich would lay out every row twice.
    """

    rows: Sequence[Row]
    style: str
    today: date

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        days = [f"{_INDENT}{row.due_text}" for row in self.rows]
        whens = [_when(row, self.today) for row in self.rows]
        first, second = (max(map(cell_len, cells), default=0) for cells in (days, whens))
        rest = options.max_width - first - second - 2 * _GAP
        if rest < _NARROWEST:
            yield from self._stacked(days, whens)
            return
        table = Table.grid(padding=(0, _GAP, 0, 0))
        table.add_column(no_wrap=True, width=first)
        table.add_column(no_wrap=True, width=second, style=self.style)
        table.add_column(width=rest)
        for day, when, row in zip(days, whens, self.rows, strict=True):
            table.add_row(day, when, _row(row))
        yield table

    def _stacked(self, days: Sequence[str], whens: Sequence[str]) -> Iterator[RenderableType]:
        for day, when, row in zip(days, whens, self.rows, strict=True):
            yield Text.assemble(day, " " * _GAP, (when, self.style))
            yield Padding(_row(row), (0, 0, 0, 2 * len(_INDENT)))


def _when(row: Row, today: date) -> str:
    days = (row.due_on - today).days
    if days < 0:
        return "1 day late" if days == -1 else f"{-days} days late"
    if days == 0:
        return row.before or "any time"
    return "tomorrow" if days == 1 else f"in {days} days"


def _row(row: Row) -> Text:
    company = row.company.text if row.company else ""
    text = _plain(row.title, "bold")
    text.append(f"\n{show_controls(', '.join(filter(None, (row.who, company))))}")
    line = row.why.line
    # Here a note is called by its file, whatever a page calls it.
    place = f"line {line.link.anchor.removeprefix('L')} of {line.link.key.partition('/')[2]}"
    why = f"{row.why.before} ({place}){row.why.after}"
    text.append(f"\n{show_controls(' '.join(filter(None, (why, row.why.welcome))))}", _QUIET)
    return text


def _leaf(leaf: Leaf) -> Text:
    text = _plain(f"{leaf.weekday} {leaf.day} {leaf.month}  {leaf.title}")
    notes = ", ".join(filter(None, (*leaf.notes, leaf.href)))
    text.append(f"\n{show_controls(notes)}", _QUIET)
    return text


def _shown(shelf: Shelf) -> tuple[Line, ...]:
    return tuple(line for line in shelf.lines if not line.hidden)


def _line(line: Line) -> Text:
    notes = [line.since_text, *line.notes] if line.since_text else line.notes
    text = _plain(": ".join(filter(None, (line.title, line.text))))
    if notes:
        text.append(f"\n{show_controls('. '.join(notes))}", _QUIET)
    return text


def _heading(title: str, count: int, style: str = "") -> Text:
    return Text(f"\n{title} ({count})", f"bold {style}".strip())


def _list(items: Iterator[Text]) -> Padding:
    return Padding(Group(*items), (0, 0, 0, 2))


def _plain(text: str, style: str = "") -> Text:
    return Text(show_controls(text), style)
