"""Pay in words, and what it comes to in a year of full time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from followup.notes.schema import Salary

PER_YEAR: Final[Mapping[str, int]] = {"year": 1, "month": 12, "week": 52, "day": 260, "hour": 2080}
"""How many of each period a year of full time has: 52 weeks of five days of eight hours."""

_WHOLE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class YearlyPay:
    """Pay for a year of full time: both ends of the range, and how they were worked out.

    Amounts are rounded to whole units. `how` is empty where the pay was named for a year.
    """

    low: Decimal
    high: Decimal
    currency: str | None
    how: str

    def __str__(self) -> str:
        return " ".join(filter(None, (_range(self.low, self.high), self.currency)))


def pay_as_written(salary: Salary | None) -> str:
    """`58,000 to 64,000 USD a year`; empty where no amount is named."""
    amounts = _amounts(salary)
    if salary is None or amounts is None:
        return ""
    article = "an" if salary.period == "hour" else "a"
    parts = (_range(*amounts), salary.currency, f"{article} {salary.period}")
    return " ".join(filter(None, parts))


def yearly_pay(salary: Salary | None) -> YearlyPay | None:
    """What the pay comes to in a year, in its own currency, or None where no amount is named."""
    amounts = _amounts(salary)
    if salary is None or amounts is None:
        return None
    times = PER_YEAR[salary.period]
    low, high = ((amount * times).quantize(_WHOLE, ROUND_HALF_UP) for amount in amounts)
    how = f"{_range(*amounts)} × {times:,} {salary.period}s" if times > 1 else ""
    return YearlyPay(low, high, salary.currency, how)


def _amounts(salary: Salary | None) -> tuple[Decimal, Decimal] | None:
    """Both ends of the range; an amount that stands alone is both."""
    if salary is None:
        return None
    named = [amount for amount in (salary.min, salary.max) if amount is not None]
    return (named[0], named[-1]) if named else None


def _range(low: Decimal, high: Decimal) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
