"""A message as a mail program saves it: who wrote when, about what, and the text."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import nh3

from followup.importing.foreign import FileFault, plain_line, plain_lines
from followup.notes.open_tags import count_open_tags
from followup.notes.scalars import parse_email
from followup.notes.wording import quote

T = TypeVar("T")

_CUT_OFF: Final = "the file seems to be cut off; save the message once more"
_NO_MESSAGE: Final = "is it a message, saved with its headers as .eml?"
_YEARS: Final = range(2000, 2100)
_LONGEST_BODY: Final = 200_000
# The library takes a time for a header that grows with its square; some it reads in every part.
_LONGEST: Final = {"from": 8_000, "date": 8_000, "subject": 8_000, "message-id": 8_000,
                   "content-type": 1_000, "content-disposition": 1_000,
                   "content-transfer-encoding": 1_000}  # fmt: skip
_MOST_PARTS: Final = 200
# The library's readers of headers and bodies fail in many ways over what no mail program writes.
_LIBRARY_ERRORS: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError,
                          OverflowError, RecursionError, errors.MessageError)  # fmt: skip
_INCOMPLETE: Final = (
    errors.StartBoundaryNotFoundDefect,
    errors.CloseBoundaryNotFoundDefect,
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64LengthDefect,
)
_BREAKS: Final = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote|hr)\b[^<>]*>", re.IGNORECASE
)
_ITEM: Final = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_CELL: Final = re.compile(r"</t[dh]>", re.IGNORECASE)
_HEADER: Final = re.compile(rb"[!-9;-~]+[ \t]*:")
_HEADERS_END: Final = re.compile(rb"\r?\n\r?\n|\r\r")


class _TooMuchError(Exception):
    """What is in a message, and no mail program writes."""


class _Policy(policy.EmailPolicy):
    """As the library reads a message, but for headers that would take it too long."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and the value of a header; raises _TooMuchError for one that is far too long."""
        name = sourcelines[0].partition(":")[0].lower()
        if name in _LONGEST and sum(map(len, sourcelines)) > _LONGEST[name]:
            raise _TooMuchError("a header is longer than any mail program writes")
        return super().header_source_parse(sourcelines)


class _Parts:
    """Makes each part of a message, up to a number of them; then it raises _TooMuchError."""

    def __init__(self) -> None:
        self._made = 0

    def __call__(self, policy: policy.EmailPolicy[EmailMessage] = policy.default) -> EmailMessage:
        """A part that the library is to fill."""
        self._made += 1
        if self._made > _MOST_PARTS:
            raise _TooMuchError("the message has more parts than any mail program writes")
        return EmailMessage(policy)


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `key` tells it from any other, `on` is its day where its reader is.

    `lines` is its text, or what is left of its HTML; `invites` says that an invitation is with it.
    """

    key: str
    sender: str
    name: str
    on: date
    subject: str
    lines: tuple[str, ...]
    invites: bool


def parse_message(data: bytes, zone: ZoneInfo) -> Message | FileFault:
    """The message in `data`; its day is that in `zone`."""
    start = data.lstrip(b"\xef\xbb\xbf\r\n")
    if start.startswith(b"From "):  # the line that a mailbox file puts above each message
        start = start.partition(b"\n")[2]
    if not _HEADER.match(start) or b"\0" in start[:65_536].partition(b"\n\n")[0]:
        return FileFault("this is no message", _NO_MESSAGE, 1)
    if not _HEADERS_END.search(start):
        return FileFault("the message ends within its headers", _CUT_OFF)
    try:
        message = _parse(start)
        return message if isinstance(message, FileFault) else _build(message, zone)
    except _TooMuchError as error:
        return FileFault(str(error), _NO_MESSAGE)


def _parse(data: bytes) -> EmailMessage | FileFault:
    try:
        message = BytesParser(_Parts(), policy=_Policy()).parsebytes(data)
    except _LIBRARY_ERRORS:
        return FileFault("this is no message that can be read", _NO_MESSAGE)
    assert isinstance(message, EmailMessage)
    return message


def _build(message: EmailMessage, zone: ZoneInfo) -> Message | FileFault:
    name, sender = _read(lambda: _sender(message), ("", ""))
    if not sender:
        return FileFault("the message has no sender with an e-mail address", _NO_MESSAGE)
    on = _read(lambda: _day(message, zone), None)
    if on is None:
        return FileFault(f"the message of {quote(sender)} has no date", _NO_MESSAGE)
    lines = _read(lambda: _lines(message), None)
    if _is_cut(message):
        return FileFault("the message ends before its last part does", _CUT_OFF)
    if lines is None:
        return FileFault(
            "the text of the message cannot be read", "put the text into the note yourself"
        )
    subject = plain_line(_read(lambda: str(message["subject"] or ""), ""), 200)
    told = _read(lambda: str(message["message-id"] or ""), "").strip().strip("<>").strip()
    date_line = _read(lambda: str(message["date"]), "")
    made = hashlib.sha256(f"{date_line}\n{sender}\n{subject}".encode(errors="replace")).hexdigest()
    invites = any(part.get_content_type() == "text/calendar" for part in message.walk())
    return Message(told or made[:32], sender, plain_line(name, 100), on, subject, lines, invites)


def _read(what: Callable[[], T], otherwise: T) -> T:
    """What a header or body says, or `otherwise` where the library cannot read it."""
    try:
        return what()
    except _LIBRARY_ERRORS:
        return otherwise


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Name and address of who wrote it."""
    for mailbox in message["from"].addresses:
        address = parse_email(mailbox.addr_spec)
        return (mailbox.display_name, address) if plain_line(address) == address else ("", "")
    return "", ""


def _day(message: EmailMessage, zone: ZoneInfo) -> date | None:
    moment = message["date"].datetime
    if not isinstance(moment, datetime) or moment.year not in _YEARS:
        return None
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()


def _lines(message: EmailMessage) -> tuple[str, ...]:
    """The text of a message; of one that has only HTML, what is to be read of it."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ()
    text = _read(lambda: str(part.get_content()), "") or _read(lambda: _undeclared(part), "")
    text = text[:_LONGEST_BODY]
    return tuple(plain_lines(_strip(text) if part.get_content_type() == "text/html" else text))


def _undeclared(part: object) -> str:
    """The text of a part that names an encoding nobody knows."""
    payload = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _strip(markup: str) -> str:
    if count_open_tags(markup) is None:
        raise _TooMuchError(
            "the HTML of the message is nested deeper than any mail program writes it"
        )
    spaced = " ".join(markup.split())
    broken = _CELL.sub(" ", _ITEM.sub("\n- ", _BREAKS.sub("\n", spaced)))
    return html.unescape(
        nh3.clean(broken, tags=set(), clean_content_tags={"script", "style", "title"})
    )


def _is_cut(message: EmailMessage) -> bool:
    return any(
        isinstance(defect, _INCOMPLETE) for part in message.walk() for defect in part.defects
    )
