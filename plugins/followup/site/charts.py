"""Pictures of numbers: what an SVG holds, as values, for a template to write down.

No `viewBox`: places across are percent and places down are pixels, so that a picture gets narrower on
a phone and its text does not get smaller. Colours come from classes, and parts of a bar differ by
texture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HATCH: Final = "fu-hatch"
"""The name of the texture that a page with a stacked picture defines."""

_STEP: Final = 46
_RAIL: Final = 10
_COLUMNS: Final = 7
_TALLEST: Final = 120
_UNIT: Final = 10.0
_HEAD: Final = 30
# The first and last day of a line of days, in percent of it: labels beside them still fit.
_FROM, _TO = 3.0, 97.0
_DOT: Final = 6
_PILE: Final = 160
# A dot is 12 px wide and the narrowest picture 288: so many beside each other do not meet.
_PLACES: Final = 20
_NICE: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
_TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One element of a picture: its name, its attributes, its text; `strong` stands before it."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture `height` px high; `title` says all of it in words."""

    title: str
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """The parts of one column, from below; `label` and `sublabel` stand under it."""

    label: str
    sublabel: str
    parts: tuple[int, ...]


def build_funnel_chart(title: str, rungs: Sequence[tuple[str, int]]) -> Chart:
    """A bar for each rung, as long as its share of the first one, with its count."""
    whole = rungs[0][1] if rungs else 0
    marks = [
        mark
        for place, (label, count) in enumerate(rungs)
        for mark in _bar(_STEP * place, label, count, whole)
    ]
    return Chart(title, _STEP * len(rungs), tuple(marks))


def build_stack_chart(title: str, stacks: Sequence[Stack], textures: Sequence[str]) -> Chart:
    """A column for each stack, each part in its texture, and the sum above."""
    most = max((sum(stack.parts) for stack in stacks), default=0)
    unit = min(_UNIT, _TALLEST / most) if most else 0.0
    base = round(_HEAD + unit * most)
    marks = [_line("fu-chart__axis", ("0", "100%"), (base, base))]
    for place, stack in enumerate(stacks):
        marks += _stack(stack, textures, place, max(len(stacks), _COLUMNS), base, unit)
    return Chart(title, base + 42, tuple(marks))


def build_day_chart(title: str, days: Sequence[int], half: int) -> Chart:
    """A dot for each number of days along a line, with a dashed line at `half`.

    Where days lie too close together, some share a place; piles that would be too high are pressed.
    """
    last = max(days, default=0)
    width = next(size for size in _NICE if last // size < _PLACES)
    piles = Counter(day // width * width for day in days)
    step = min(16.0, _PILE / max(piles.values(), default=1))
    base = round(14 + 16 + step * (max(piles.values(), default=1) - 1) + 16)
    tick = next(size for size in _NICE if last <= size * _TICKS)
    end = tick * max(-(-last // tick), 1)
    marks = [
        _line("fu-chart__axis", ("0", "100%"), (base, base)),
        _line("fu-chart__mid", (_along(half // width * width, end),) * 2, (8, base)),
    ]
    for day, count in sorted(piles.items()):
        marks += _pile(_along(day, end), count, base, step)
    marks += _ticks(end, tick, base)
    return Chart(title, base + 28, tuple(marks))


def _bar(top: int, label: str, count: int, whole: int) -> Iterator[Mark]:
    across = f"{100 * count / whole if whole else 0:.1f}%"
    shape = {"x": "0", "y": str(top + 22), "height": str(_RAIL), "rx": str(_RAIL // 2)}
    yield _text("", "0", top + 15, label, anchor="")
    yield _text("", "100%", top + 15, f" of {whole}", anchor="end", strong=str(count))
    yield Mark("rect", {"class": "fu-chart__rail", "width": "100%", **shape})
    if count:
        yield Mark("rect", {"class": "fu-chart__bar", "width": across, **shape})


def _stack(
    stack: Stack, textures: Sequence[str], place: int, places: int, base: int, unit: float
) -> Iterator[Mark]:
    slot = 100 / places
    left, middle = f"{slot * (place + 0.2):.1f}%", f"{slot * (place + 0.5):.1f}%"
    top = float(base)
    for count, texture in zip(stack.parts, textures, strict=True):
        if count:
            top -= count * unit
            yield _part(left, f"{slot * 0.6:.1f}%", top, max(count * unit - 1, 0.5), texture)
    if total := sum(stack.parts):
        yield _text("fu-chart__n", middle, round(top - 6), str(total))
    yield _text("fu-chart__m", middle, base + 22, stack.label)
    if stack.sublabel:
        yield _text("fu-chart__m", middle, base + 38, stack.sublabel)


def _part(left: str, width: str, top: float, height: float, texture: str) -> Mark:
    place = {"x": left, "y": f"{top:.1f}", "width": width, "height": f"{height:.1f}"}
    # A style sheet elsewhere could not name the texture: the address would be taken for its own.
    fill = {"fill": f"url(#{HATCH})"} if texture == "c" else {}
    return Mark("rect", {"class": f"fu-chart__{texture}", **place, **fill})


def _pile(across: str, count: int, base: int, step: float) -> Iterator[Mark]:
    for number in range(count):
        down = f"{base - 10 - step * number:.1f}"
        yield Mark("circle", {"class": "fu-chart__dot", "cx": across, "cy": down, "r": str(_DOT)})


def _ticks(end: int, tick: int, base: int) -> Iterator[Mark]:
    for day in range(0, end + 1, tick):
        across = _along(day, end)
        yield _line("fu-chart__axis", (across, across), (base, base + 5))
        yield _text("fu-chart__m", across, base + 22, str(day))


def _along(day: int, end: int) -> str:
    return f"{_FROM + (_TO - _FROM) * day / end:.1f}%"


def _line(name: str, across: tuple[str, str], down: tuple[int, int]) -> Mark:
    places = {"x1": across[0], "x2": across[1], "y1": str(down[0]), "y2": str(down[1])}
    return Mark("line", {"class": name, **places})


def _text(
    name: str, across: str, down: int, text: str, *, anchor: str = "middle", strong: str = ""
) -> Mark:
    given = {"class": name, "x": across, "y": str(down), "text-anchor": anchor}
    return Mark("text", {key: value for key, value in given.items() if value}, text, strong)
