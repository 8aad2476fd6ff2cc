"""From the bytes of a file to the steps it asks for: which kind it is, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from followup.importing.columns import place_columns
from followup.importing.dates import DateOrder
from followup.importing.desk import Desk
from followup.importing.eml import parse_message
from followup.importing.foreign import LARGEST_FILE, FileFault
from followup.importing.ics import parse_invitations
from followup.importing.note_text import place_schema
from followup.importing.openings import read_openings
from followup.importing.plan_invitation import Told, plan_invitation
from followup.importing.plan_message import Target, plan_message
from followup.importing.plan_openings import plan_openings
from followup.importing.steps import Moved, NewEvent, NewMessage, NewNote, Refused, Skipped, Step
from followup.importing.table import parse_table
from followup.notes.append import Refusal


class Kind(Enum):
    """What a file can be."""

    CALENDAR = "an invitation"
    MESSAGE = "a message"
    TABLE = "a table"


_ENDINGS: Final = {
    ".ics": Kind.CALENDAR, ".ical": Kind.CALENDAR, ".ifb": Kind.CALENDAR, ".vcs": Kind.CALENDAR,
    ".eml": Kind.MESSAGE, ".csv": Kind.TABLE, ".tsv": Kind.TABLE, ".tab": Kind.TABLE,
}  # fmt: skip
_HINTS: Final = {
    ".msg": "save the message as .eml, or drag it out of a mail program on the web",
    ".mbox": "save the one message that you mean, as .eml",
    ".xlsx": "save the sheet as CSV",
    ".xls": "save the sheet as CSV",
    ".ods": "save the sheet as CSV",
    ".numbers": "export the sheet as CSV",
    ".zip": "unpack it, and name the .csv inside",
}
# Programs that save other things than text begin their files like this.
_CONTAINERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner says beside the files; `schema` is where editors find it, as new notes say."""

    told: Told = field(default_factory=Told)
    target: Target | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    order: DateOrder | None = None
    schema: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What one file asks for: its steps in order, and what else is to be known."""

    steps: tuple[Step, ...]
    remarks: tuple[str, ...] = ()


Watch = Callable[[Iterable[Step]], Iterable[Step]]
"""Lets its owner see how far a long run of steps has come."""


def find_kind(name: str, data: bytes) -> Kind | FileFault:
    """What a file is, by the ending of its name, else by how it begins."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if len(data) > LARGEST_FILE:
        return FileFault(
            f"the file has {len(data):,} bytes, more than {LARGEST_FILE:,}", "divide it"
        )
    if ending in _HINTS or data.startswith(_CONTAINERS):
        hint = _HINTS.get(ending, "take in .ics, .eml or .csv")
        return FileFault("this kind of file cannot be read", hint)
    if kind := _ENDINGS.get(ending):
        return kind
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:15].upper() == b"BEGIN:VCALENDAR":
        return Kind.CALENDAR
    return FileFault(
        "what kind of file this is, its name does not say", "it must end in .ics, .eml or .csv"
    )


def plan_file(
    kind: Kind, data: bytes, desk: Desk, wishes: Wishes, watch: Watch
) -> Plan | FileFault:
    """The steps of one file, tried on the desk; FileFault where the file cannot be read."""
    zone = ZoneInfo(desk.portal.options.timezone)
    if kind is Kind.CALENDAR:
        invitations = parse_invitations(data, zone)
        if isinstance(invitations, FileFault):
            return invitations
        found = [
            _tried(desk, step, wishes)
            for invitation in invitations
            for step in plan_invitation(desk.portal, invitation, wishes.told, desk.taken)
        ]
        remarks = [
            f"`{invitation.summary}` repeats; only its first day is taken in"
            for invitation in invitations
            if invitation.repeats
        ]
        return Plan(tuple(_placed(found)), tuple(remarks))
    if kind is Kind.MESSAGE:
        message = parse_message(data, zone)
        if isinstance(message, FileFault):
            return message
        step = _tried(desk, plan_message(desk.portal, message, wishes.target), wishes)
        hint = "an invitation is with the message; save it as .ics and take it in too"
        return Plan((step,), (hint,) if message.invites else ())
    return _plan_table(data, desk, wishes, zone, watch)


def _plan_table(
    data: bytes, desk: Desk, wishes: Wishes, zone: ZoneInfo, watch: Watch
) -> Plan | FileFault:
    table = parse_table(data)
    if isinstance(table, FileFault):
        return table
    columns = place_columns(table.head, wishes.columns)
    if isinstance(columns, FileFault):
        return columns
    openings = read_openings(table, columns, wishes.order, zone)
    if isinstance(openings, FileFault):
        return openings
    planned = plan_openings(desk.portal, openings, desk.taken, desk.portal.today)
    steps = tuple(_tried(desk, step, wishes) for step in watch(list(planned)))
    return Plan(steps, openings.remarks)


def _tried(desk: Desk, step: Step, wishes: Wishes) -> Step:
    """The step if it can be done; what cannot says why."""
    refusal: Refusal | None = None
    if isinstance(step, NewNote):
        if wishes.schema:
            step = replace(step, text=place_schema(step.text, wishes.schema))
        refusal = desk.add(step)
        if refusal:
            return Skipped(step.what, refusal.message)
    elif isinstance(step, NewEvent | NewMessage):
        refusal = desk.change(step)
    if refusal:
        return Refused(f"{step_path(step)}: {refusal.message}", refusal.hint)
    return step


def step_path(step: Step) -> str:
    """The note that a step makes or changes, empty for one that does neither."""
    return step.path if isinstance(step, NewNote | NewEvent | NewMessage | Moved) else ""


def _placed(steps: list[Step]) -> Iterator[Step]:
    """The steps of a calendar: beside an event that found its place, others may be none of ours."""
    alone = len(steps) == 1 or all(isinstance(step, Refused) for step in steps)
    for step in steps:
        if isinstance(step, Refused) and not alone:
            yield Skipped(step.message, step.hint)
        else:
            yield step
