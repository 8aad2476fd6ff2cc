"""One block of a Markdown body."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Block:
    """A heading, a paragraph, code, HTML, a rule, or where something that holds blocks begins or ends.

    `kind` and `tag` are what markdown-it calls them, but for a `heading` and a `paragraph`, which
    are one with their text. `line` and `end` count from 0: the line where it begins, and the one
    after it; of an ending both are 0. `level` says how many blocks it lies in. `is_tight` is a
    paragraph that a list without empty lines holds; `start` the number a list begins with, where
    that is not 1.
    """

    kind: str
    tag: str
    line: int
    end: int
    level: int
    text: str = ""
    markup: str = ""
    info: str = ""
    is_tight: bool = False
    start: int | None = None
