"""Calendar files: days and meetings as any calendar program reads them (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, vDuration, vText
from icalendar import Event as Block

PRODUCT: Final = "-//Followup//Calendar//EN"
REFRESH: Final = timedelta(hours=6)
"""How often a program may look for a newer version of a calendar."""

_NINE: Final = time(9)
_DAY: Final = timedelta(days=1)
# Some programs end a line at each of these; none of them can be written in a calendar file.
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_URL_CHARACTERS: Final = "!#$%&'()*+,/:;=?@[]~"
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """One event of a calendar file.

    `start` is a day, or a moment as UTC; then there is an `end` too. `uid` stays the same wherever
    the event moves. `stamp` is when it last changed, by the notes. `free` says that it takes no
    time. `alarm` is how long after its start (before it, if negative) to remind of it; an event of
    a day begins at the reader's midnight.
    """

    uid: str
    stamp: date
    start: date | datetime
    summary: str
    end: datetime | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    category: str = ""
    free: bool = True
    alarm: timedelta | None = None


def render_ics(events: Iterable[IcsEvent], *, name: str = "") -> bytes:
    """The events as one calendar file, in their order.

    With a `name` it is a calendar that programs may keep and look up again, without one just some
    events to take in. Nothing in it depends on the clock. There is no `METHOD`, which would make it
    an invitation, and no `SEQUENCE`: nobody counts how often a note is changed.
    """
    head, end = _frame(name)
    return b"".join((head, *map(_render_event, events), end))


@cache
def _frame(name: str) -> tuple[bytes, bytes]:
    """What stands before and after the events of a calendar."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    end = b"END:VCALENDAR\r\n"
    return bytes(calendar.to_ical()).removesuffix(end), end


def nine_of_the_day() -> timedelta:
    """From the beginning of a day to nine in the morning, wherever its reader is."""
    return timedelta(hours=_NINE.hour)


def nine_before(start: datetime, zone: ZoneInfo) -> timedelta:
    """From `start` back to the last nine in the morning before it, by the clocks of `zone`."""
    local = start.astimezone(zone)
    day = local.date() if local.time() > _NINE else local.date() - _DAY
    return datetime.combine(day, _NINE, zone).astimezone(UTC) - start.astimezone(UTC)


@lru_cache(maxsize=16_384)
def _render_event(event: IcsEvent) -> bytes:
    """The lines of an event, remembered: they stand in several files, and in the next build's."""
    block = Block()
    block.add("uid", event.uid)
    block.add("dtstamp", datetime.combine(event.stamp, time(), UTC))
    _add_times(block, event)
    block.add("summary", _text(event.summary))
    block.add("class", "PRIVATE")
    block.add("transp", "TRANSPARENT" if event.free else "OPAQUE")
    if event.description:
        block.add("description", _text(event.description))
    if event.location:
        block.add("location", _text(event.location))
    if event.url:
        block.add("url", _url(event.url))
    if event.category:
        block.add("categories", [_text(event.category)])
    if event.alarm is not None:
        block.add_component(_render_alarm(event.summary, event.alarm))
    return bytes(block.to_ical())


def _add_times(block: Block, event: IcsEvent) -> None:
    if isinstance(event.start, datetime):
        block.add("dtstart", event.start)
        block.add("dtend", event.end or event.start)
    else:
        block.add("dtstart", event.start)
        block.add("dtend", event.start + _DAY)


def _render_alarm(summary: str, trigger: timedelta) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(summary))
    alarm.add("trigger", trigger)
    return alarm


class _Text(vText):
    r"""A text of the owner's. The library would make a line break of the `\N` in `C:\Notes`."""

    def to_ical(self) -> bytes:
        """The text as it stands in the file."""
        return self.translate(_ESCAPED).encode()


def _text(text: str) -> _Text:
    """`text` with line breaks of one kind, and without characters that would break a line."""
    return _Text(_CONTROL.sub(" ", text.replace("\r\n", "\n")).strip())


def _url(address: str) -> str:
    """An address as ASCII, with nothing in it that could end its line."""
    return quote(_CONTROL.sub("", address).replace("\n", ""), safe=_URL_CHARACTERS)
