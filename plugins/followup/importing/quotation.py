"""What somebody wrote, as a quotation in a note: text to read, and nothing that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from followup.notes.append import Insertion, Refusal, refuse_unread
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry

_MOST_LINES: Final = 300
_MOST_CHARACTERS: Final = 16_000
_LONGEST_LINE: Final = 2_000
_SHORT: Final = 60
# What Markdown would make a link, a tag or code of; what the site's builder would take for a file.
_ACTIVE: Final = re.compile(r"[\\`\[\]]")
# A line that would become a heading, or make one of the line above; the table, the definition and
# the extension that begin like this.
_LEADING: Final = re.compile(r"#|=+\s*$|(?:[-_*]\s*){2,}$|[|:{]|!!!|\?\?\?|===|~~~|///|\$\$|;?--8")
# What is quoted in the quotation, and in that.
_OLDER: Final = re.compile(r"\s*(?:>\s?){1,8}")
_ESCAPABLE: Final = "#-_*{!"
_ENTITY: Final = re.compile(r"&(?=#?\w{1,32};)")
_LEVELS: Final = ("##", "#")


def render_quote(lines: Sequence[str]) -> list[str]:
    """The lines of a quotation, which may be shortened."""
    found: list[str] = []
    left = _MOST_CHARACTERS
    for line in lines:
        if len(found) == _MOST_LINES or left <= 0:
            found.append("> […]".replace("[", "\\[").replace("]", "\\]"))
            break
        short = line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
        left -= len(short) + 1
        found.append(f"> {_quiet(short)}".rstrip())
    return [*map(_broken, found, [*found[1:], ">"])]


def _broken(line: str, after: str) -> str:
    """A short line keeps its end, with two spaces; a long one flows on into the one below it."""
    short = 2 < len(line) < _SHORT and len(after) > 2
    return f"{line}  " if short else line


def _quiet(line: str) -> str:
    """A line in which Markdown finds nothing to do; what it shows is what was written."""
    older = _OLDER.match(line)
    if older:
        return f"{'> ' * older[0].count('>')}{_quiet(line[older.end() :])}".rstrip()
    quiet = _ACTIVE.sub(lambda match: f"\\{match[0]}", line.lstrip())
    quiet = _ENTITY.sub("&amp;", quiet).replace("<", "&lt;")
    if not _LEADING.match(quiet):
        return quiet
    escaped = f"\\{quiet[0]}" if quiet[0] in _ESCAPABLE else f"&#{ord(quiet[0])};"
    return escaped + quiet[1:]


def append_quotation(
    path: str, data: bytes, heading: str, mark: str, lines: Sequence[str]
) -> Insertion | Refusal:
    """The note in `data` with a heading, a comment and a quotation at its end.

    Not a byte changes but the inserted ones, and what comes out is read again: everything the note
    said before it must still say, and the quotation nothing more.
    """
    before, problems = parse_entry(path, data)
    if before is None:
        return refuse_unread(problems)
    newline = _newline(data)
    for level in _LEVELS:
        text = ["", f"{level} {heading}", mark, "", *render_quote(lines)]
        lead = "" if data.endswith((b"\n", b"\r")) else newline
        run = (lead + newline.join(text) + newline).encode()
        inserted = data + run
        after, _ = parse_entry(path, inserted)
        if after is not None and _says_the_same(before, after, heading):
            line = len(data.splitlines()) + 2
            return Insertion(inserted, run, len(data), line)
    return Refusal(
        "the end of the note is written in a way that no text can be added to it safely",
        "is a code block or a comment there left open? close it first",
    )


def _newline(data: bytes) -> str:
    first = re.search(rb"\r\n|\r|\n", data)
    return first[0].decode() if first else "\n"


def _says_the_same(before: Entry, after: Entry, heading: str) -> bool:
    """Whether a note only got one more section, which answers nothing and holds no bullet."""
    told = after.front == before.front and after.body.startswith(before.body)
    if not told or not after.sections:
        return False
    *old, new = after.sections
    if new.heading != heading or new.category is not None or new.bullets:
        return False
    return list(_placeless(before)) == list(_placeless(replace(after, sections=tuple(old))))


def _placeless(entry: Entry) -> Iterator[object]:
    for section in entry.sections:
        yield section.heading, section.line, section.category, section.bullets, section.text
