"""Pictures of numbers, as the elements they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from followup.site.charts import (
    Chart,
    Mark,
    Stack,
    build_day_chart,
    build_funnel_chart,
    build_stack_chart,
)


def marks(chart: Chart, name: str) -> list[Mark]:
    """The elements of one kind, by the end of their class."""
    return [mark for mark in chart.marks if mark.attributes.get("class") == f"fu-chart__{name}"]


def places(chart: Chart, name: str) -> list[float]:
    """How far across the middles of these elements stand, in percent."""
    return [float(mark.attributes["cx"].removesuffix("%")) for mark in marks(chart, name)]


def numbers(chart: Chart) -> Iterator[tuple[str, float]]:
    """Every place and size in a picture, without its unit."""
    for mark in chart.marks:
        for key, value in mark.attributes.items():
            if key not in ("class", "text-anchor", "fill"):
                yield key, float(value.removesuffix("%"))


def test_a_funnel_is_as_long_as_its_counts() -> None:
    """The first bar takes the whole width, one with nothing in it is only the rail."""
    chart = build_funnel_chart("t", [("Applied", 8), ("Screening", 6), ("Offer", 0)])
    assert [mark.attributes["width"] for mark in marks(chart, "bar")] == ["100.0%", "75.0%"]
    assert len(marks(chart, "rail")) == 3
    counts = [(mark.strong, mark.text) for mark in chart.marks if mark.strong]
    assert counts == [("8", " of 8"), ("6", " of 8"), ("0", " of 8")]


def test_a_funnel_of_nothing() -> None:
    """Without a single application no bar is drawn, and nothing is divided by it."""
    assert marks(build_funnel_chart("t", [("Applied", 0)]), "bar") == []


def test_parts_of_a_column_stand_on_each_other() -> None:
    """Each part begins where the one below ends; the textures tell them apart, not the colour."""
    chart = build_stack_chart("t", [Stack("9", "Nov", (2, 1, 3))], "abc")
    (axis,) = marks(chart, "axis")
    below = float(axis.attributes["y1"])
    for name, count in (("a", 2), ("b", 1), ("c", 3)):
        (part,) = marks(chart, name)
        assert float(part.attributes["y"]) == pytest.approx(below - 10 * count)
        assert float(part.attributes["height"]) == pytest.approx(10 * count - 1)
        below -= 10 * count
    assert marks(chart, "c")[0].attributes["fill"] == "url(#fu-hatch)"
    assert [mark.text for mark in marks(chart, "n")] == ["6"]
    assert [mark.text for mark in marks(chart, "m")] == ["9", "Nov"]


def test_a_busy_week_does_not_make_a_picture_taller() -> None:
    """Columns are pressed to the height there is, and a quiet week is still to be seen."""
    stacks = [Stack("2", "Nov", (900, 0, 0)), Stack("9", "", (0, 1, 0))]
    chart = build_stack_chart("t", stacks, "abc")
    assert chart.height < 250
    assert float(marks(chart, "b")[0].attributes["height"]) > 0
    assert all(value >= 0 for _, value in numbers(chart))


def test_few_weeks_are_no_wide_columns() -> None:
    """A search of one week has a column as wide as one of seven."""
    one = build_stack_chart("t", [Stack("9", "Nov", (1, 0, 0))], "abc")
    seven = build_stack_chart("t", [Stack("9", "", (1, 0, 0))] * 7, "abc")
    widths = {mark.attributes["width"] for chart in (one, seven) for mark in marks(chart, "a")}
    assert widths == {"8.6%"}


def test_equal_days_are_piled_up() -> None:
    """Two answers after five days stand over each other; the line of the half goes through them."""
    chart = build_day_chart("t", (2, 5, 5, 16), 5)
    assert places(chart, "dot") == [12.4, 26.5, 26.5, 78.2]
    heights = [float(mark.attributes["cy"]) for mark in marks(chart, "dot")]
    assert heights[1] - heights[2] == 16
    assert marks(chart, "mid")[0].attributes["x1"] == "26.5%"
    assert [mark.text for mark in marks(chart, "m")] == ["0", "5", "10", "15", "20"]


def test_days_too_close_to_each_other_share_a_place() -> None:
    """Over three months, dots stand by weeks or more, so that none hides another."""
    chart = build_day_chart("t", tuple(range(90)), 44)
    apart = sorted(set(places(chart, "dot")))
    assert len(marks(chart, "dot")) == 90
    assert min(b - a for a, b in pairwise(apart)) * 2.88 > 12


@pytest.mark.parametrize("days", [(0,), (0, 0, 0), (1,), (400,), (0, 36_500), tuple([3] * 500)])
def test_any_days_stay_in_the_picture(days: tuple[int, ...]) -> None:
    """However many and however far apart, all dots stand within the width and the height."""
    chart = build_day_chart("t", days, days[len(days) // 2])
    assert chart.height < 300
    for key, value in numbers(chart):
        assert 0 <= value <= (100 if key in ("cx", "x", "x1", "x2") else chart.height)
