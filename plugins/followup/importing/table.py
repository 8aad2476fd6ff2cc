"""A table from a text file: comma, semicolon or tab between the cells, a head above them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from followup.importing.foreign import FileFault, decode_text
from followup.notes.wording import quote

MOST_ROWS: Final = 50_000
"""More than anybody applied for."""
MOST_COLUMNS: Final = 500
"""More than any tool writes."""

_RIGHT_ONE: Final = "is it the right file?"
_DELIMITERS: Final = ",;\t|"
_SEP_LINE: Final = re.compile(r"sep=([,;\t|])\r?\n?", re.IGNORECASE)
# A cell that a program kept spreadsheets from reading as a formula.
_DEFUSED: Final = re.compile(r"'(?=[=+\-@\t])")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the line of the file it begins on; as many cells as the head has."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Head and rows of a file; empty rows are left out.

    `guessed` says that its encoding was guessed, `open_end` that nothing ends its last line, which
    is how most programs leave a file that was cut off, and some every file.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    guessed: bool
    open_end: bool


def parse_table(data: bytes) -> Table | FileFault:
    """The table in `data`, or the first reason why it is none."""
    decoded = decode_text(data)
    if isinstance(decoded, FileFault):
        return decoded
    text, guessed = decoded
    told = _SEP_LINE.match(text)
    body = text[told.end() :] if told else text
    if not body.strip():
        return FileFault("the file is empty", _RIGHT_ONE)
    skipped = 1 if told else 0
    delimiter = told[1] if told else _find_delimiter(body)
    rows = _read(body, delimiter, skipped)
    if isinstance(rows, FileFault):
        return rows
    if not rows:
        return FileFault("the file has no head with the names of its columns", _RIGHT_ONE)
    head, *below = rows
    fitted = _fit(head, below)
    if isinstance(fitted, FileFault):
        return fitted
    names = tuple(" ".join(cell.split()) for cell in head.cells)
    return Table(names, fitted, guessed, not text.endswith(("\n", "\r")))


def _find_delimiter(text: str) -> str:
    """What stands most often between the cells of the first line that holds anything."""
    first = next(line for line in text.splitlines() if line.strip())
    outside = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=outside.count)


def _read(text: str, delimiter: str, skipped: int) -> list[Row] | FileFault:
    found = []
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                cleaned = tuple(_DEFUSED.sub("", cell.strip(), count=1) for cell in cells)
                found.append(Row(before + 1 + skipped, cleaned))
            before = reader.line_num
            if len(cells) > MOST_COLUMNS:
                return FileFault(f"more than {MOST_COLUMNS} columns", _RIGHT_ONE, before)
            if len(found) > MOST_ROWS:
                return FileFault(f"more than {MOST_ROWS:,} rows", "divide the file", before)
    except csv.Error as error:
        if "field limit" in str(error):
            return FileFault("a cell is longer than any text", _RIGHT_ONE, before + 1 + skipped)
        return FileFault(
            "a cell is not written as a cell is: its quotes do not close where it ends",
            "is the file complete? if so, save it as CSV once more from a spreadsheet",
            before + 1 + skipped,
        )
    return found


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends; a break of another kind stays inside its cell."""
    return (match[0] for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text))


def _fit(head: Row, rows: list[Row]) -> tuple[Row, ...] | FileFault:
    """The rows with as many cells as the head; more of them may only be empty."""
    width = len(head.cells)
    for row in rows:
        if len(row.cells) < width:
            last = row is rows[-1]
            return FileFault(
                f"this row has {len(row.cells)} cells, and the head has {width}",
                "the file seems to be cut off here" if last else "is a comma or a quote missing?",
                row.line,
            )
        if any(row.cells[width:]):
            return FileFault(
                f"this row has {len(row.cells)} cells, and the head has {width}: "
                f"{quote(row.cells[width])} is one too many",
                "put a text that holds the separator in double quotes",
                row.line,
            )
    return tuple(Row(row.line, row.cells[:width]) for row in rows)
