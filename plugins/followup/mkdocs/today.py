"""The day a portal is made for; the one place that looks at the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

VARIABLE = "FOLLOWUP_TODAY"


def read_today(environment: Mapping[str, str], option: date | None) -> date:
    """The day in the environment, else the plugin option, else the system's day.

    Raises ValueError, in words for the owner, where the variable holds no date.
    """
    given = environment.get(VARIABLE, "")
    if not given:
        return option or datetime.now().astimezone().date()
    try:
        day = date.fromisoformat(given)
    except ValueError:
        day = None
    if day is None or given != day.isoformat():
        raise ValueError(f"{VARIABLE} is `{given}`, which is no date; write it as `2026-11-22`")
    return day
