"""One value of the front matter, from the text in the file to what its field means.

Each `parse_*` takes what YAML held, text or a list or a group of keys, and either returns the value
or raises the fault, as pydantic wants it, with a code, our words and a hint. A value that already
is what the field means passes.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import NoReturn
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from followup.notes.places import is_country, is_timezone
from followup.notes.unseen import REORDERING, UNSEEN, UNSEEN_IN_ADDRESS
from followup.notes.wording import one_of, quote

_YES = frozenset({"yes", "true", "on"})
_NO = frozenset({"no", "false", "off"})
_YEARS = range(2000, 2100)

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_NUMBER = re.compile(r"[0-9]{1,9}")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
# It becomes the name of a page and of mail files, which no disk takes of any length.
_PERSON_ID = re.compile(r"[^\W\d_][\w-]{0,59}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ATOM = r"[^\s@,;:\"<>()\[\]\\.\x00-\x1f\x7f-\x9f]+"
# A mail program would decode `=?…?=` to something else than what is written here.
_EMAIL = re.compile(rf"(?!.*=\?){_ATOM}(?:\.{_ATOM})*@[^\W_](?:[\w-]*)(?:\.[\w-]+)*")
_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s\"'<>\\^`{|}\x00-\x1f\x7f-\x9f]")


class BareValue(str):
    """What stands in a file without quotes and is no text to YAML: a number, `yes`, nothing."""

    __slots__ = ()


def reject(code: str, message: str, hint: str = "") -> NoReturn:
    """Raise the fault of a value; the words travel as data, since they may hold braces."""
    raise PydanticCustomError(
        "fault", "{message}", {"code": code, "message": message, "hint": hint}
    )


def is_not_applicable(text: str) -> bool:
    """Whether this is `n/a` or `none`, in any case, with or without a full stop."""
    return text.strip().rstrip(".").lower() in ("n/a", "none")


def is_one_line(text: str) -> bool:
    """Whether `text` has no line break, no control character and no half of a character.

    What would show it in another order than it is written in is a control character, too.
    """
    return not REORDERING.search(text) and not any(
        unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") for sign in text
    )


def parse_text(value: object) -> str:
    """Text of any number of lines."""
    if not isinstance(value, str):
        reject("not_text", "expected text", "put a text that begins with `[` or `{` in quotes")
    _refuse_unseen(_CONTROL, value)
    return value.strip()


def _refuse_unseen(unseen: re.Pattern[str], text: str) -> None:
    if found := unseen.search(text):
        reject(
            "control_character",
            f"invisible character U+{ord(found[0]):04X} in the text",
            "delete it and type the text again",
        )


def parse_line(value: object) -> str:
    """Text on one line."""
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and _LINE_BREAK.search(text):
        reject("line_break", "a line break cannot stand here", "write it on one line")
    line = parse_text(text).replace("\t", " ")
    _refuse_unseen(REORDERING, line)
    if not line:
        reject(
            "empty_text", "there is nothing between the quotes", "write something or drop the key"
        )
    return line


def parse_day(value: object) -> date:
    """A day written as `YYYY-MM-DD`, and nothing else."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        reject("not_a_date", "expected a date", "write it as `2026-11-19`")
    found = _DAY.fullmatch(value.strip())
    if not found:
        reject("not_a_date", f"{quote(value)} is not a date", "write it as `2026-11-19`")
    return _day(value.strip(), int(found[1]), int(found[2]), int(found[3]))


def _day(text: str, year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        _reject_day(text, f"expected a year from {_YEARS[0]} to {_YEARS[-1]}")
    if not 1 <= month <= 12:
        _reject_day(text, f"there is no month {month}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        of_year = f" {year}" if month == 2 else ""
        _reject_day(text, f"{calendar.month_name[month]}{of_year} has {last} days")
    return date(year, month, day)


def _reject_day(text: str, why: str) -> NoReturn:
    reject("not_a_date", f"{quote(text)} is not a date: {why}", "write it as `2026-11-19`")


def parse_start(text: str) -> tuple[date, time | None]:
    """A day, with the time of day after a space or a `T`, if known."""
    day_text, _, clock_text = text.strip().replace("T", " ", 1).partition(" ")
    hint = "write it as `2026-11-19 14:00`, or the date alone"
    found = _DAY.fullmatch(day_text)
    if not found:
        reject("not_a_start", f"{quote(text)} is not a day and a time", hint)
    day = _day(day_text, int(found[1]), int(found[2]), int(found[3]))
    clock_text = clock_text.strip()
    return day, _clock(text, clock_text, hint) if clock_text else None


def _clock(text: str, clock_text: str, hint: str) -> time:
    if re.search(r"[ap]\.?m", clock_text, re.IGNORECASE):
        reject("not_a_start", f"{quote(clock_text)} is not a time", "use 24 hours: `14:00`")
    if re.search(r"\d\s*(?:Z|[+-]\d)", clock_text):
        hint = "name the zone in a line of its own: `timezone: Europe/Berlin`"
        reject("not_a_start", f"{quote(text)} carries a time zone", hint)
    found = _CLOCK.fullmatch(clock_text)
    if not found:
        reject("not_a_start", f"{quote(clock_text)} is not a time", hint)
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:
        reject("not_a_start", f"there is no time {quote(clock_text)}", "use `00:00` to `23:59`")
    return time(hour, minute, second)


def parse_yes_no(value: object) -> bool:
    """`yes` or `no`, or what other programs write for them."""
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in _YES | _NO:
        shown = f": {quote(value)}" if isinstance(value, str) else ""
        reject("not_yes_or_no", f"expected yes or no{shown}", "write `yes` or `no`")
    return word in _YES


def parse_number(lowest: int, highest: int, value: object) -> int:
    """A whole number within the limits."""
    text = value.strip() if isinstance(value, str) else str(value)
    limits = f"a whole number from {lowest} to {highest}, in digits"
    if not _NUMBER.fullmatch(text):
        shown = f"{quote(value)} is not a number" if isinstance(value, str) else "expected a number"
        reject("not_a_number", shown, limits)
    if not lowest <= int(text) <= highest:
        reject("number_out_of_range", f"{quote(text)} is out of range", limits)
    return int(text)


def parse_amount(value: object) -> Decimal:
    """A sum of money, without currency or separators."""
    if isinstance(value, Decimal):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if not _AMOUNT.fullmatch(text):
        shown = f"{quote(value)} is not a sum" if isinstance(value, str) else "expected a sum"
        reject("not_an_amount", shown, "digits alone, such as `52000` or `21.50`")
    return Decimal(text)


def parse_choice(label: str, choices: Sequence[str], value: object) -> str:
    """One word of a closed vocabulary; `label` is what the vocabulary is called."""
    text = value.strip() if isinstance(value, str) else None
    if text not in choices or text is None:
        code = f"unknown_{label.replace(' ', '_')}"
        shown = f"unknown {label} {quote(text)}" if text else f"expected {_a(label)}"
        reject(code, shown, one_of(choices))
    return str(text)


def _a(label: str) -> str:
    return f"{'an' if label[0] in 'aeio' else 'a'} {label}"


def parse_person_id(value: object) -> str:
    """What `@id` in the body names: a letter, then letters, digits, `-` and `_`."""
    text = parse_line(value)
    if not _PERSON_ID.fullmatch(text):
        hint = "a letter, then up to 59 letters, digits, `-` or `_`, such as `okafor`"
        reject("bad_id", f"{quote(text)} cannot be an id", hint)
    return text


def parse_phone(value: object) -> str:
    """A number without the marks of direction that a phone's list of contacts puts round it."""
    return parse_line(UNSEEN.sub("", value) if isinstance(value, str) else value)


def parse_email(value: object) -> str:
    """One bare address, all of which can be seen; nothing in it can begin another header or address."""
    text = parse_line(value)
    _refuse_unseen(UNSEEN_IN_ADDRESS, text)
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        reject(
            "not_an_email", f"{quote(text)} is not an e-mail address", "like `ngozi@acme.example`"
        )
    return text


def parse_web_address(value: object) -> str:
    """A complete `http` or `https` address."""
    return _address(value, ("http", "https"))


def parse_link(value: object) -> str:
    """Where a meeting is joined: on the web, by telephone or by mail."""
    return _address(value, ("http", "https", "tel", "mailto"))


def _address(value: object, schemes: tuple[str, ...]) -> str:
    text = parse_line(value)
    hint = (
        f"a complete address that begins with {' or '.join(f'`{scheme}:`' for scheme in schemes)}"
    )
    try:
        parts = urlsplit(text)
        usable = parts.scheme in schemes and bool(
            parts.hostname if parts.scheme.startswith("http") else parts.path
        )
        parts.port  # noqa: B018  raises for a port that is no number
    except ValueError:
        usable = False
    if not usable or _UNSAFE_IN_ADDRESS.search(text):
        reject("not_an_address", f"{quote(text)} is not a web address", hint)
    return text


def parse_timezone(value: object) -> str:
    """The name of a time zone."""
    text = parse_line(value)
    if not is_timezone(text):
        reject("unknown_timezone", f"unknown time zone {quote(text)}", "such as `Europe/Berlin`")
    return text


def parse_country(value: object) -> str:
    """A two-letter country code whose public holidays are known."""
    text = parse_line(value)
    if not (len(text) == 2 and is_country(text)):
        hint = "two capital letters, such as `DE`, `US` or `GB`"
        reject("unknown_country", f"unknown country {quote(text)}", hint)
    return text


def parse_language(value: object) -> str:
    """A short language code."""
    text = parse_line(value)
    if not _LANGUAGE.fullmatch(text):
        hint = "a short code, such as `en`, `de`, `fr` or `es`"
        reject("unknown_language", f"unknown language {quote(text)}", hint)
    return text


def parse_currency(value: object) -> str:
    """A currency's three letters."""
    text = parse_line(value)
    if not _CURRENCY.fullmatch(text):
        hint = "three capital letters, such as `EUR` or `USD`"
        reject("unknown_currency", f"unknown currency {quote(text)}", hint)
    return text


def parse_list(value: object) -> object:
    """A list; a single text stands for a list of one."""
    return [value] if isinstance(value, str) else value


def parse_search(value: object) -> dict[str, bool | float]:
    """What the search of the site does with the page: `exclude` or `boost`."""
    hint = "write `search: {exclude: true}` or `search: {boost: 2}`"
    if not isinstance(value, dict) or not set(value) <= {"exclude", "boost"}:
        reject("bad_search", "expected `exclude` or `boost`", hint)
    found: dict[str, bool | float] = {}
    if "exclude" in value:
        found["exclude"] = parse_yes_no(value["exclude"])
    if "boost" in value:
        found["boost"] = float(parse_amount(value["boost"]))
    return found
