"""The one sentence that explains a date from the notes and names the line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from followup.campaign.model import Reason
from followup.campaign.touches import Touch
from followup.notes.entry import Source
from followup.notes.schema import Format

MEETING: Final[Mapping[Format, str]] = {
    Format.PHONE_SCREEN: "phone screen",
    Format.VIDEO: "video interview",
    Format.ONSITE: "on-site interview",
    Format.PANEL: "panel interview",
    Format.FINAL: "final interview",
    Format.RECRUITER_CHAT: "recruiter chat",
    Format.NETWORKING: "conversation",
    Format.ASSESSMENT: "assessment",
}
"""What an interview of each format is called in a sentence."""

_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip

_LINE: Final = " (…)"


def explain(touch: Touch, why: str, source: Source, **values: str) -> Reason:
    """The reason `why` of a touch, with its waits and `values` filled in."""
    return fill(touch.reasons[why], source, **_waits_in_words(*touch.waits.items()), **values)


def fill(pattern: str, source: Source, **values: str) -> Reason:
    """A reason from its pattern, in which `(…)` stands for the line."""
    before, _, after = pattern.partition(_LINE)
    return Reason(before.format(**values), source, after.format(**values))


@lru_cache(maxsize=256)
def _waits_in_words(*waits: tuple[str, int]) -> Mapping[str, str]:
    """The waits of a touch by their names, and with a capital by their names with one."""
    words = {name: _business_days(count) for name, count in waits}
    return {**words, **{name.capitalize(): _capital(text) for name, text in words.items()}}


def _business_days(count: int) -> str:
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} business day{'' if count == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
