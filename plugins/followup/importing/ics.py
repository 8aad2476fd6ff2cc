"""Invitations from a calendar file (RFC 5545): when, where, with whom."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import Any, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from followup.importing.foreign import FileFault, decode_text, plain_line
from followup.importing.note_text import Meeting
from followup.notes.places import is_timezone
from followup.notes.scalars import parse_email, parse_link
from followup.notes.wording import quote

_CUT_OFF: Final = "is the file complete? save it once more"
_YEARS: Final = range(2000, 2100)
_LONGEST: Final = 1440
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x20]+", re.IGNORECASE)
_MEETING_HOSTS: Final = re.compile(
    r"(?:^|\.)(?:teams\.microsoft\.com|teams\.live\.com|zoom\.us|zoomgov\.com|meet\.google\.com"
    r"|webex\.com|whereby\.com|meet\.jit\.si|gotomeeting\.com|goto\.com|bluejeans\.com"
    r"|chime\.aws|around\.co|skype\.com|bigbluebutton\.\w+|hirevue\.com|coderpad\.io)$"
)
# Properties in which programs put the link of a meeting.
_LINKS: Final = ("conference", "x-google-conference", "x-microsoft-skypeteamsmeetingurl",
                 "x-microsoft-onlinemeetingconflink", "url", "location", "description")  # fmt: skip
_NO_PLACE: Final = re.compile(
    r"microsoft teams.*|teams|zoom.*|google meet.*|online.*|video ?(?:call|konferenz|conference)?"
    r"|webex.*|remote|virtual|skype.*|visio.*|videollamada",
    re.IGNORECASE,
)
_NO_PERSON: Final = frozenset({"ROOM", "RESOURCE", "GROUP"})
# What goes wrong in a library that reads what anybody may have written.
_LIBRARY_ERRORS: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError,
                          OverflowError, ArithmeticError, LookupError, AssertionError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in an invitation; a name that is only the address is none."""

    name: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event of a calendar file.

    `version` is its SEQUENCE; `made_on` and `changed_on` are the days of the first and of this one,
    as far as it says so. `asks` says that it is an invitation, not an event of a calendar that
    somebody exported.
    """

    key: str
    version: int
    summary: str
    meeting: Meeting
    guests: tuple[Guest, ...]
    organizer: Guest | None
    cancelled: bool
    asks: bool
    made_on: date | None
    changed_on: date | None
    repeats: bool


def parse_invitations(data: bytes, zone: ZoneInfo) -> tuple[Invitation, ...] | FileFault:
    """The events in a calendar file, in their order; moments without a zone's name are in `zone`."""
    decoded = decode_text(data)
    if isinstance(decoded, FileFault):
        return decoded
    calendars = _read(decoded[0])
    if isinstance(calendars, FileFault):
        return calendars
    found = []
    for calendar in calendars:
        method = str(calendar.get("method", "")).strip().upper()
        if method in ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"):
            return FileFault(
                f"this is no invitation but an answer to one ({quote(method)})",
                "take the invitation itself",
            )
        for event in calendar.walk("VEVENT"):
            try:
                invitation = _parse_event(event, method, zone)
            except _LIBRARY_ERRORS:
                invitation = FileFault("an event of this calendar cannot be read", _CUT_OFF)
            if isinstance(invitation, FileFault):
                return invitation
            found.append(invitation)
    if not found:
        return FileFault("there is no event in this calendar", "is it the right file?")
    return tuple(found)


def _read(text: str) -> list[Component] | FileFault:
    lines = text.strip().splitlines()
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        return FileFault("this is no calendar file", "it begins with `BEGIN:VCALENDAR`", 1)
    if lines[-1].strip().upper() != "END:VCALENDAR":
        return FileFault(
            "the calendar has no end: its last line is not `END:VCALENDAR`", _CUT_OFF, len(lines)
        )
    tzp.use_zoneinfo()  # forgets the zones that an earlier file described
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            return list(Calendar.from_ical(text, multiple=True))
    except _LIBRARY_ERRORS:
        return FileFault("the calendar file cannot be read", _CUT_OFF)


def _parse_event(event: Component, method: str, zone: ZoneInfo) -> Invitation | FileFault:
    summary = plain_line(_text(event, "summary"), 200)
    uid = _text(event, "uid").strip()
    if not uid:
        return FileFault(f"the event {quote(summary)} has no UID", "save the invitation once more")
    times = _parse_times(event, summary, zone)
    if isinstance(times, FileFault):
        return times
    link = _find_link(event)
    repeated = _text(event, "recurrence-id")
    status = _text(event, "status").strip().upper()
    organizer = next(iter(_guests(event, "organizer")), None)
    return Invitation(
        key=f"{uid}/{repeated}" if repeated else uid,
        version=_number(event, "sequence"),
        summary=summary,
        meeting=Meeting(
            times.day, times.clock, times.minutes, times.timezone, _find_place(event, link), link
        ),
        guests=tuple(_guests(event, "attendee")),
        organizer=organizer,
        cancelled=method == "CANCEL" or status == "CANCELLED",
        asks=method == "REQUEST",
        made_on=_first_day(event, ("created", "dtstamp"), zone),
        changed_on=_first_day(event, ("last-modified", "dtstamp"), zone),
        repeats="RRULE" in event,
    )


def _parse_times(event: Component, summary: str, zone: ZoneInfo) -> Meeting | FileFault:
    """Day, hour, length and zone of an event."""
    start = _moment(event, "dtstart")
    if start is None:
        return FileFault(
            f"the event {quote(summary)} has no start that can be read", "is the file complete?"
        )
    if start.year not in _YEARS:
        return FileFault(
            f"the event {quote(summary)} is in the year {start.year}", "is it the right file?"
        )
    if not isinstance(start, datetime):
        return Meeting(start)
    name = _zone_name(event, start)
    if isinstance(name, FileFault):
        return name
    if start.tzinfo is not None and name is None:
        start, name = start.astimezone(zone), zone.key
    clock = start.time().replace(second=0, microsecond=0, tzinfo=None, fold=0)
    return Meeting(start.date(), clock, _minutes(event, start), name)


def _zone_name(event: Component, start: datetime) -> str | FileFault | None:
    """The zone an event is in: None for UTC, for one that only the file describes, and for no zone."""
    told = str(event["dtstart"].params.get("TZID", "")).strip()
    if start.tzinfo is None:
        if not told:
            return None
        return FileFault(
            f"the time zone {quote(told)} is not known",
            "make the note with `followup new` and give it the hour yourself",
        )
    names = (getattr(start.tzinfo, "key", None), WINDOWS_TO_OLSON.get(told), *_endings(told))
    wall = start.replace(tzinfo=None)
    for name in names:
        # What the file itself says of its zone has the last word.
        known = isinstance(name, str) and is_timezone(name) and name != "UTC"
        if known and wall.replace(tzinfo=ZoneInfo(str(name))).utcoffset() == start.utcoffset():
            return name
    return None


def _endings(path: str) -> Iterator[str]:
    """`Europe/Berlin` of `/example.org/20260101_1/Europe/Berlin`."""
    parts = path.split("/")
    return ("/".join(parts[place:]) for place in range(len(parts)))


def _minutes(event: Component, start: datetime) -> int | None:
    end = _moment(event, "dtend")
    length = getattr(event.get("duration"), "dt", None)
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        length = end.astimezone(UTC) - start.astimezone(UTC) if end.tzinfo else end - start
    if not isinstance(length, timedelta):
        return None
    minutes = round(length.total_seconds() / 60)
    return minutes if 1 <= minutes <= _LONGEST else None


def _moment(event: Component, name: str) -> date | datetime | None:
    value = event.get(name)
    try:
        found = getattr(value, "dt", None)
    except ValueError:  # a value that the library could not read says so when it is asked
        return None
    return found if isinstance(found, date) else None


def _first_day(event: Component, names: Sequence[str], zone: ZoneInfo) -> date | None:
    """The day of the first of these moments that the event has."""
    for name in names:
        moment = _moment(event, name)
        if isinstance(moment, datetime) and moment.year in _YEARS:
            return (moment.astimezone(zone) if moment.tzinfo else moment).date()
    return None


def _text(event: Component, name: str) -> str:
    """The text of a property, of the first where it is given several times."""
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return ""
    return value.to_ical().decode() if hasattr(value, "dt") else str(value)


def _number(event: Component, name: str) -> int:
    text = _text(event, name).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _guests(event: Component, name: str) -> Iterator[Guest]:
    values = event.get(name)
    for value in values if isinstance(values, list) else [values]:
        params: Any = getattr(value, "params", {})
        if value is None or str(params.get("CUTYPE", "")).upper() in _NO_PERSON:
            continue
        address = _address(str(value)) or _address(str(params.get("EMAIL", "")))
        called = plain_line(str(params.get("CN", "")), 100)
        if "@" in called:
            called = plain_line(parseaddr(called)[0], 100)
        if called or address:
            yield Guest(called or None, address)


def _address(value: str) -> str | None:
    """The e-mail address in `mailto:n.okafor@acme.example`."""
    text = re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE)
    try:
        return parse_email(unquote(text).strip())
    except ValueError:
        return None


def _find_link(event: Component) -> str | None:
    """Where the meeting is joined: the link of a known service, else one that stands as its place."""
    for name in _LINKS:
        for address in _addresses(_text(event, name)):
            host = re.sub(r"^https?://([^/?#:@]*).*$", r"\1", address.lower(), flags=re.DOTALL)
            if name.startswith(("conf", "x-")) or _MEETING_HOSTS.search(host):
                return address
    return next(iter(_addresses(_text(event, "location"))), None)


def _addresses(text: str) -> Iterator[str]:
    for found in _ADDRESS.findall(text[:65_536]):
        try:
            yield parse_link(found.rstrip(".,;:!?)]>"))
        except ValueError:
            continue


def _find_place(event: Component, link: str | None) -> str | None:
    """Where to go: the location without links, unless it only names the service of the link."""
    text = plain_line(_ADDRESS.sub(" ", _text(event, "location")), 200).strip(" ;,|-")
    text = text.removesuffix("()").rstrip()
    if not text or (link and _NO_PLACE.fullmatch(text)):
        return None
    return text
