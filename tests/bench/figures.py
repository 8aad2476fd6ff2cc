"""What was measured: values by what, of whom, and for how many notes; one value per run."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from tests.bench.workspaces import Kind

BUILD: Final = "build"
WORK: Final = "work"
MEMORY: Final = "memory"
TODAY: Final = "today"
TODAY_WORK: Final = "today work"
VAULT_OPENS: Final = "vault opens"
VAULT_PAGE: Final = "vault page"
VAULT_PLAIN_PAGE: Final = "vault page in plain"
VAULT_SIZE: Final = "vault size"
VAULT_SHARE: Final = "vault share"
"""How much of the plain site's size the published vault has."""
CORE: Final = "core"
"""The first word of what the core's steps are called: `core reading`."""


class Key(NamedTuple):
    """What a value says, of which site, for how many notes."""

    what: str
    kind: Kind
    size: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All values, in the order of the runs, with the day and the machine that they are of."""

    made_on: str
    machine: str
    values: dict[Key, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, what: str, kind: Kind, size: int, value: float) -> None:
        """Take in the value of one more run."""
        self.values[Key(what, kind, size)].append(value)

    def sizes(self, what: str) -> list[int]:
        """For how many notes something was measured of the portal; not those of the empty site."""
        return sorted(
            key.size
            for key in self.values
            if key.kind is Kind.PORTAL and key.what == what and key.size
        )

    def middle(self, what: str, kind: Kind, size: int) -> float | None:
        """The median of the runs; None where it was not measured."""
        found = self.values.get(Key(what, kind, size))
        return median(found) if found else None

    def compare(self, formula: Callable[..., float], *keys: Key) -> float | None:
        """The median of what the formula makes of the values of each run, one for each key."""
        if not all(key in self.values for key in keys):
            return None
        return median(map(formula, *(self.values[key] for key in keys)))

    def ratio(self, what: str, size: int) -> float | None:
        """How many times as much the portal takes as plain MkDocs."""
        keys = (Key(what, kind, size) for kind in (Kind.PORTAL, Kind.PLAIN))
        return self.compare(lambda portal, plain: portal / plain, *keys)

    def growth(self, what: str, small: int, large: int) -> float | None:
        """How many times as much the large search takes as the small one, above the empty site."""
        keys = (Key(what, Kind.PORTAL, size) for size in (large, small, 0))
        return self.compare(lambda most, least, none: (most - none) / (least - none), *keys)


def save_figures(figures: Figures, file: Path) -> None:
    """Write the figures as JSON."""
    rows = [
        {"what": key.what, "of": key.kind, "notes": key.size, "values": values}
        for key, values in figures.values.items()
    ]
    data = {"made_on": figures.made_on, "machine": figures.machine, "figures": rows}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def load_figures(file: Path) -> Figures:
    """The figures that `save_figures` wrote."""
    data = json.loads(file.read_text(encoding="utf-8"))
    figures = Figures(data["made_on"], data["machine"])
    for row in data["figures"]:
        figures.values[Key(row["what"], Kind(row["of"]), row["notes"])] = row["values"]
    return figures
