"""What is broken, for a banner above the pages of the last good site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from followup.notes.problems import Problem
from followup.notes.wording import show_controls
from followup.site.wording import count_of, sentence

# More would only push the page away; the first ones are mended first.
_SHOWN: Final = 12
_QUOTED: Final = re.compile(r"`([^`]*)`")
_HINT: Final = "\n  hint: "
_BEFORE: Final = "The pages show your notes as they were before."
_WITHOUT: Final = "The pages leave out every note with an error."
_MORE: Final = "The terminal says more."
_BESIDE: Final = re.compile(r"^(?:\.\./)+")  # a file of the workspace that is no note
_ENDS: Final = (".", "!", "?", "…", ".”")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: where, what is wrong, what would be right; `path` is a note's or empty."""

    where: str
    path: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """What the banner shows; `more` counts the faults that it does not name.

    `pages` says what the pages show meanwhile.
    """

    title: str
    faults: tuple[Fault, ...]
    more: str
    pages: str = _BEFORE


def build_problems(problems: Sequence[Problem], *, left_out: bool = False) -> ProblemsView:
    """The banner for errors in notes, which the pages are made without where they are `left_out`."""
    faults = tuple(_fault(problem) for problem in problems[:_SHOWN])
    rest = len(problems) - len(faults)
    title = sentence(count_of(len(problems), "problem", "problems"))
    more = f"And {count_of(rest, 'more', 'more')}." if rest else ""
    pages = _WITHOUT if left_out else _BEFORE
    return ProblemsView(f"{title} in your notes", faults, more, pages)


def build_failure(said: str) -> ProblemsView:
    """The banner for whatever else kept the pages from being made, by what the run said of it."""
    message, _, hint = show_lines(said).partition(_HINT)
    fault = Fault("", "", 0, in_sentences(message), in_sentences(hint) or _MORE)
    return ProblemsView("The pages could not be made", (fault,), "")


def show_lines(text: str) -> str:
    """`text` with its line breaks as they are, every other control shown."""
    return "\n".join(show_controls(line) for line in text.split("\n"))


def in_sentences(*texts: str) -> str:
    """What a program says in lower case, `so`, as sentences for a page, “so”."""
    said = (_QUOTED.sub(r"“\1”", text.strip()) for text in texts)
    return " ".join(_ended(sentence(text)) for text in said if text)


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _fault(problem: Problem) -> Fault:
    file = _BESIDE.sub("", problem.path)
    return Fault(
        where=f"{file}:{problem.line}:{problem.column}",
        path=file if file == problem.path else "",
        line=problem.line,
        message=_QUOTED.sub(r"“\1”", show_controls(problem.message)),
        hint=in_sentences(show_controls(problem.hint)),
    )
