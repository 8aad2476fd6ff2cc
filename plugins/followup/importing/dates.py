"""Days as other programs write them; whether the day or the month comes first, a column tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_YEARS: Final = range(2000, 2100)
_ISO: Final = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\s*\d{1,2}:\d{2}.*)?", re.DOTALL
)
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2})"
)
_NUMBERS: Final = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+\d{1,2}[:.]\d{2}.*)?", re.DOTALL
)
_DAY_MONTH: Final = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.|er)?[\s-]+(?:de\s+|of\s+)?([^\W\d]+)\.?,?"
    r"[\s-]+(?:de\s+)?(\d{4}|\d{2})(?:,?\s+\d{1,2}[:.]\d{2}.*)?",
    re.DOTALL,
)
_MONTH_DAY: Final = re.compile(
    r"(?:[^\W\d]+,?\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
    r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}.*)?",
    re.DOTALL,
)
# In the languages of the drafts; the first three letters are enough, and what is not is here too.
_MONTHS: Final = (
    "january januar jänner janvier enero",
    "february februar février fevrier febrero",
    "march märz maerz mrz mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juni juin junio",
    "july juli juillet julio",
    "august août aout agosto",
    "september septembre septiembre",
    "october oktober octobre octubre",
    "november novembre noviembre",
    "december dezember décembre decembre diciembre",
)


class DateOrder(StrEnum):
    """What comes first in `3/7/24`."""

    DAY = "dmy"
    MONTH = "mdy"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A day in numbers of which it is not yet known which one is the month."""

    first: int
    second: int
    year: int
    dotted: bool

    def in_order(self, order: DateOrder) -> date | None:
        """The day if `order` is right, None where there is no such day."""
        day, month = (self.first, self.second)[:: 1 if order is DateOrder.DAY else -1]
        return _day(self.year, month, day)


def parse_date(text: str, zone: ZoneInfo) -> date | Numbers | None:
    """The day that `text` names, in `zone` where it names a moment; None for anything else."""
    stripped = text.strip()
    if _MOMENT.fullmatch(stripped):
        return _moment(stripped, zone)
    if found := _ISO.fullmatch(stripped):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(stripped):
        year = _full(int(found[4]))
        return Numbers(int(found[1]), int(found[3]), year, found[2] == ".")
    return _in_words(stripped)


def possible_orders(days: Iterable[Numbers]) -> tuple[DateOrder, ...]:
    """The orders in which all of these are days; one where it makes no difference.

    With dots between them, the day comes first wherever it can. What is no day at all tells nothing.
    """
    possible = dict.fromkeys(DateOrder)
    differ = False
    for numbers in days:
        fitting = [order for order in DateOrder if numbers.in_order(order)]
        if numbers.dotted and DateOrder.DAY in fitting:
            fitting = [DateOrder.DAY]
        if fitting:
            possible = {order: None for order in possible if order in fitting}
            differ = differ or numbers.first != numbers.second
    return tuple(possible) if differ else tuple(possible)[:1]


def _in_words(text: str) -> date | None:
    if found := _DAY_MONTH.fullmatch(text):
        day, word, year = found[1], found[2], found[3]
    elif found := _MONTH_DAY.fullmatch(text):
        day, word, year = found[2], found[1], found[3]
    else:
        return None
    month = _month(word)
    return _day(_full(int(year)), month, int(day)) if month else None


def _month(word: str) -> int | None:
    folded = word.casefold()
    if len(folded) < 3:
        return None
    for number, names in enumerate(_MONTHS, 1):
        if any(name.startswith(folded) for name in names.split()):
            return number
    return None


def _moment(text: str, zone: ZoneInfo) -> date | None:
    try:
        day = datetime.fromisoformat(text.replace(" +", "+").replace(" Z", "Z")).astimezone(zone)
    except (ValueError, OverflowError):
        return None
    return day.date() if day.year in _YEARS else None


def _full(year: int) -> int:
    return year if year > 99 else 2000 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
