"""Text that somebody else wrote, made harmless: on one line, or in lines; and why a file is none."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from followup.notes.unseen import UNSEEN

LARGEST_FILE: Final = 32 * 1024 * 1024
"""More bytes than any list of applications; a message of this size is its attachments."""

_LONGEST_LINE: Final = 400
_BREAKS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_BINARY: Final = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file is not taken in, and what its owner can do; `line` of the file, if one is meant."""

    message: str
    hint: str
    line: int | None = None


def plain_line(text: str, longest: int = _LONGEST_LINE) -> str:
    """`text` on one line, without what does not print, cut where it is longer than `longest`."""
    kept = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign
        for sign in UNSEEN.sub("", text[: 8 * longest])
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def plain_lines(text: str) -> list[str]:
    """The lines of `text` without what does not print; no two empty ones together."""
    found: list[str] = []
    for line in _BREAKS.split(text):
        kept = UNSEEN.sub("", line).expandtabs(4).rstrip()
        shown = "".join(s for s in kept if unicodedata.category(s) not in ("Cc", "Cs"))
        if shown.strip() or (found and found[-1]):
            found.append(shown if shown.strip() else "")
    while found and not found[-1]:
        found.pop()
    return found


def decode_text(data: bytes) -> tuple[str, bool] | FileFault:
    """The text of a file, and whether its encoding had to be guessed.

    A byte order mark decides; else it is UTF-8; else what Windows writes in Western Europe.
    """
    marks = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
             (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
    for mark, encoding in marks:
        if data.startswith(mark):
            return _checked(data[len(mark) :], encoding)
    if isinstance(text := _checked(data, "utf-8"), FileFault) and not _BINARY.search(
        data.decode("latin-1")
    ):
        guess = _checked(data, "cp1252")
        return (guess[0], True) if not isinstance(guess, FileFault) else guess
    return text


def _checked(data: bytes, encoding: str) -> tuple[str, bool] | FileFault:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return FileFault("this is no text", "is it the right file, and all of it?", line)
    if found := _BINARY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return FileFault("this is no text", "is it the right file, and all of it?", line)
    return text, False
