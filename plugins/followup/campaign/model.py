"""What the rules say to do, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from followup.notes.entry import Source
from followup.portal.model import Portal


class State(StrEnum):
    """Where a follow-up stands. `cancelled` beats `missed`."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a follow-up is due when it is: `before` + (the line of `source`) + `after`, one sentence.

    In plain text: `They said you would hear by Fri 4 December (acme.md:31); two business days of
    grace.`; a page turns the middle into a link.
    """

    before: str
    source: Source
    after: str

    def __str__(self) -> str:
        return f"{self.before} ({self.source.path}:{self.source.line}){self.after}"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing to do on one day: a touch of the table for one interview or application.

    `uid` is a hash of entry path (else application id), touch, recipient and cycle, never of a date
    or text. `to` are person ids, empty for a task of one's own. `due_on` and `before` (`HH:MM` or
    None) are the employer's local day and time. `interview` is a path or None; `entry` the note
    whose drafts page shows it. `short` asks for the short form of a message. `welcome_until` is
    the last day a late thank-you still makes sense. `after` is the uid of the follow-up that must
    be done or skipped before Today shows this one. `promise` is the line of a promise that this
    thank-you keeps as well. `asked_by` is the line that asks for it, also after it was put
    off; `said` are the owner's words for it there, of a reminder or a promise.
    """

    uid: str
    touch: str
    application: str
    interview: str | None
    entry: str
    to: tuple[str, ...]
    due_on: date
    before: str | None
    state: State
    closed_on: date | None
    closed_by: Source | None
    reason: Reason
    short: bool = False
    thanks_too: bool = False
    welcome_until: date | None = None
    after: str | None = None
    promise: Source | None = None
    asked_by: Source | None = None
    said: str = ""

    @property
    def origin(self) -> Source:
        """The line that asks for it."""
        return self.asked_by or self.reason.source


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a lint has to say of a draft; `source` is the line to mend or add to."""

    code: str
    message: str
    source: Source | None = None
    question: str = ""
    line_to_add: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft and the note lines it stands on; a gap is a fact still missing."""

    text: str
    sources: tuple[Source, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, ready or with gaps. `paragraphs` hold the body without salutation and signature.

    `words` counts the whole message but for its gaps. `target` is the range of words that suits the
    touch.
    """

    id: str
    follow_up: str
    to: tuple[str, ...]
    language: str
    subject: str
    salutation: Sentence
    paragraphs: tuple[tuple[Sentence, ...], ...]
    signature: tuple[str, ...]
    words: int
    target: tuple[int, int]
    ready: bool
    remarks: tuple[Remark, ...]

    @property
    def body(self) -> str:
        """The message as plain text: paragraphs divided by a blank line, signature lines below."""
        blocks = [self.salutation.text]
        blocks += [
            " ".join(sentence.text for sentence in paragraph) for paragraph in self.paragraphs
        ]
        blocks.append("\n".join(self.signature))
        return "\n\n".join(blocks)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in reading order, salutation first."""
        return (self.salutation, *(s for paragraph in self.paragraphs for s in paragraph))


@dataclass(frozen=True, slots=True)
class Campaign:
    """A portal with everything the rules make of it; mappings are in a stable order.

    The drafts are by the uid of their follow-up, which is their id as well.
    """

    portal: Portal
    follow_ups: Mapping[str, FollowUp]
    drafts: Mapping[str, Draft]
