"""One message for a terminal: to copy, with what is missing and what else is to be known of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup.campaign.model import Draft, FollowUp, State
from followup.notes.entry import Source
from followup.notes.wording import show_controls
from followup.portal.model import Person
from followup.site.letters import build_letter
from followup.site.lookup import Lookup, name_of, when
from followup.site.mail import mail_address
from followup.site.rows import GAPS, MISSED

_SETTINGS: Final = "mkdocs.yml"
# What joins the signs of 👩‍🔧 and marks a letter as right to left; none of it moves a cursor.
_HARMLESS: Final = re.compile("([\u061c\u200c-\u200f])")
_SPECIAL: Final = re.compile(r'[,;:<>()\[\]@"\\]')


def render_letter(lookup: Lookup, draft: Draft) -> str:
    """Recipients, subject and message, as one copies them."""
    to = ", ".join(_mailbox(person) for person in lookup.people(draft.to))
    head = f"To: {to or '(nobody yet)'}\nSubject: {draft.subject}"
    return "\n".join(_printable(line) for line in f"{head}\n\n{draft.body}".splitlines())


def render_gaps(draft: Draft, prefix: str) -> Iterator[str]:
    """What is missing, each with its place, where to write the answer, and the line to add.

    `prefix` is what leads from where the reader is to the notes folder, such as `entries/`.
    """
    for remark in draft.remarks:
        if remark.code in GAPS:
            place = _place(remark.source, prefix)
            lines = [f"{place}: missing: {remark.question or remark.message}"]
            if remark.question:
                lines.append(f"  hint: {remark.message}")
            lines += [f"  add: {line}" for line in remark.line_to_add.splitlines()]
            yield "\n".join(_printable(line) for line in lines)


def render_notes(lookup: Lookup, follow_up: FollowUp, draft: Draft, prefix: str) -> Iterator[str]:
    """What is to be known before it is sent, and does not keep it from being sent."""
    if over := _over(lookup, follow_up):
        source = follow_up.closed_by
        yield _printable(f"{_place(source, prefix)}: note: {over}" if source else f"note: {over}")
        return
    if follow_up.after and lookup.awaited(follow_up):
        before = lookup.campaign.follow_ups[follow_up.after]
        todo = lookup.title(before, lookup.words(before).todo)
        yield _printable(f"note: this waits for another: {todo}, {lookup.day(before.due_on)}")
    if reply := build_letter(lookup, follow_up, draft, {}, first=True).reply:
        yield f"note: send it as a reply to the message of {reply}, so that both stay together"
    for remark in draft.remarks:
        if remark.code not in GAPS:
            yield _printable(f"{_place(remark.source, prefix)}: note: {remark.message}")


def explain_no_draft(lookup: Lookup, follow_up: FollowUp, prefix: str) -> tuple[str, str]:
    """Why there is no message for a follow-up, and what to do instead."""
    todo = lookup.title(follow_up, lookup.words(follow_up).todo)
    place = _place(follow_up.origin, prefix)
    if lookup.words(follow_up).own and follow_up.touch == "application_check":
        why = f"{todo}: there is nobody yet to write to"
        return why, f"add `people: [{{name: …, email: …}}]` to {prefix}{follow_up.entry}"
    if lookup.words(follow_up).own:
        return f"{todo}: this is for you to do, there is no message to send", f"see {place}"
    if follow_up.interview and lookup.planned(follow_up):
        day = when(lookup, lookup.portal.interviews[follow_up.interview])
        hint = f"write your notes into {prefix}{follow_up.entry} after it, then try again"
        return f"{todo}: the interview is on {day}, and a draft needs what was said there", hint
    return f"{todo}: there is no draft", "`followup check` says what stands in its way"


def _over(lookup: Lookup, follow_up: FollowUp) -> str:
    """What became of a message that is not to be sent any more; empty while it is."""
    day = f" on {lookup.day(follow_up.closed_on)}" if follow_up.closed_on else ""
    return {
        State.OPEN: "",
        State.DONE: f"you sent this{day}",
        State.SKIPPED: f"you skipped this{day}",
        State.MISSED: MISSED[:1].lower() + MISSED[1:],
        State.CANCELLED: f"this is not needed any more{day.replace(' on ', ' since ')}",
    }[follow_up.state]


def _mailbox(person: Person) -> str:
    name = person.name or name_of(person)
    if not mail_address(person.email):
        return f"{name} (no address yet)"
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"' if _SPECIAL.search(name) else name
    return f"{quoted} <{person.email}>"


def _place(source: Source | None, prefix: str) -> str:
    return f"{prefix}{source.path}:{source.line}" if source else _SETTINGS


def _printable(line: str) -> str:
    """`line` without anything that could steer a terminal."""
    pieces = _HARMLESS.split(line)
    return "".join(p if _HARMLESS.fullmatch(p) else show_controls(p) for p in pieces)
