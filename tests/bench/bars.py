"""What the figures have to reach, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from tests.bench.core import DERIVED
from tests.bench.edits import EDITS
from tests.bench.figures import (
    BUILD,
    CORE,
    MEMORY,
    TODAY,
    VAULT_OPENS,
    VAULT_PAGE,
    VAULT_SHARE,
    Figures,
)
from tests.bench.workspaces import Kind


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that is measured, in `unit`, and the most or the least that it may be."""

    what: str
    unit: str
    measured: Callable[[Figures], float | None]
    most: float = float("inf")
    least: float = 0.0

    def holds(self, figures: Figures) -> bool | None:
        """Whether the figures reach it; None where it was not measured."""
        value = self.measured(figures)
        return None if value is None else self.least <= value <= self.most

    @property
    def limit(self) -> str:
        """What it may be, in words."""
        if self.least:
            return f"at least {self.least:g} {self.unit}"
        return f"at most {self.most:g} {self.unit}"


def _middle(what: str, size: int) -> Callable[[Figures], float | None]:
    return lambda figures: figures.middle(what, Kind.PORTAL, size)


def _sooner(what: str, size: int) -> Callable[[Figures], float | None]:
    def measured(figures: Figures) -> float | None:
        ratio = figures.ratio(what, size)
        return 1 / ratio if ratio else None

    return measured


def _growth(what: str) -> Callable[[Figures], float | None]:
    return partial(Figures.growth, what=what, small=100, large=1_000)


BARS: Final = (
    Bar(
        "whole build of 1,000 notes, by plain MkDocs's time",
        "×",
        partial(Figures.ratio, what=BUILD, size=1_000),
        most=1.0,
    ),
    *(
        Bar(f"one of 1,000 notes {what}, sooner than plain", "×", _sooner(what, 1_000), least=20)
        for what in EDITS
    ),
    *(Bar(f"one of 1,000 notes {what}", "s", _middle(what, 1_000), most=1.0) for what in EDITS),
    Bar("ten times the notes, time above an empty site's", "×", _growth(BUILD), most=11),
    Bar("ten times the notes, memory above an empty site's", "×", _growth(MEMORY), most=11),
    Bar("`followup today` of 300 notes", "s", _middle(TODAY, 300), most=0.5),
    Bar("a vault of 1,000 notes opens", "s", _middle(VAULT_OPENS, 1_000), most=3),
    Bar("a page of a vault of 1,000 notes", "s", _middle(VAULT_PAGE, 1_000), most=0.3),
    Bar(
        "a vault of 1,000 notes, by the plain site's size",
        "×",
        _middle(VAULT_SHARE, 1_000),
        most=0.25,
    ),
    Bar("all that is derived from 1,000 notes", "s", _middle(f"{CORE} {DERIVED}", 1_000), most=1),
)
