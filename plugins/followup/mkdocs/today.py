"""The day a portal is made for; the one place that looks at the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from followup.notes.scalars import parse_day

VARIABLE = "FOLLOWUP_TODAY"


def read_today(environment: Mapping[str, str], option: date | None) -> date:
    """The day in the environment, else the plugin option, else the system's day.

    Raises ValueError, in words for the owner, where the variable holds no date.
    """
    given = environment.get(VARIABLE, "")
    if not given:
        return option or datetime.now().astimezone().date()
    try:
        return parse_day(given)
    except ValueError as error:
        raise ValueError(f"{VARIABLE}: {error}\n  hint: write it as `2026-11-22`") from None
