"""The people of one company: who is the same person in several notes, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from followup.notes.entry import Entry, Source
from followup.notes.placeholders import says_something
from followup.notes.schema import Event, NotApplicable, PersonBlock, Role
from followup.portal.facts import entry_day
from followup.portal.model import Happening, Person
from followup.portal.slugs import fold_name, slug_of, slug_of_id

_CONTACTS: Final = frozenset(
    {Event.SENT, Event.RECEIVED, Event.CALL, Event.INVITED, Event.OFFER, Event.REJECTED}
)
_FACTS: Final = (
    "name", "honorific", "academic_title", "family_name", "salutation",
    "job_title", "role", "email", "phone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One item of a note's `people:`."""

    entry: Entry
    place: int
    block: PersonBlock
    slug: str

    @property
    def source(self) -> Source:
        """The line that names the person."""
        return self.entry.source("people", self.place)


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of one person, in the order of the notes' paths."""

    id: str
    slug: str
    mentions: tuple[Mention, ...]


def person_blocks(entry: Entry) -> tuple[PersonBlock, ...]:
    """The people a note names; none where the question does not apply."""
    people = entry.front.people
    return () if isinstance(people, NotApplicable) else people


def group_people(company: str, entries: Sequence[Entry]) -> tuple[Group, ...]:
    """The people of the company with the slug `company`, in the order they first appear.

    Equal ids are one person; so is an equal e-mail address where the folded names agree.
    """
    mentions = [
        Mention(entry, place, block, id_slug(block))
        for entry in sorted(entries, key=lambda entry: entry.path)
        for place, block in enumerate(person_blocks(entry))
    ]
    first: dict[object, int] = {}
    groups: dict[int, list[Mention]] = {}
    for number, mention in enumerate(mentions):
        keys = _identities(mention)
        known = sorted({first[key] for key in keys if key in first})
        home = known[0] if known else number
        merged = [m for other in known[1:] for m in groups.pop(other)]
        groups.setdefault(home, []).extend([*merged, mention])
        if known[1:]:
            first = {key: home if value in known else value for key, value in first.items()}
        first |= dict.fromkeys(keys, home)
    return tuple(
        Group(f"{company}/{found[0].slug}", found[0].slug, tuple(found))
        for _, found in sorted(groups.items())
    )


def _identities(mention: Mention) -> tuple[object, ...]:
    block = mention.block
    if not block.email:
        return (mention.slug,)
    return (mention.slug, (block.email.casefold(), fold_name(block.name or "")))


def _said(value: object) -> object:
    """A fact of a person; `TODO`, `?`, `n/a` and `unknown` are what stands where none is known yet."""
    if not isinstance(value, str) or isinstance(value, Role):
        return value
    return value if says_something(value) and value.casefold() != "unknown" else None


def id_slug(block: PersonBlock) -> str:
    """The slug of a person: the id as given where it is safe, else made of the id or the name.

    Somebody without both is called after their address or their role.
    """
    if block.id:
        return slug_of_id(block.id)
    if block.name and _said(block.name):
        return slug_of(block.name)
    address = (block.email or "").partition("@")[0]
    role = (block.role or "unnamed").replace("_", " ")
    return slug_of(address or role)


def met_in_one_note(groups: Sequence[Group]) -> Iterator[Mention]:
    """Every mention that would be the same person as an earlier one of its own note."""
    for group in groups:
        seen: set[str] = set()
        for mention in group.mentions:
            if mention.entry.path in seen:
                yield mention
            seen.add(mention.entry.path)


def under_one_id(groups: Sequence[Group]) -> Iterator[tuple[Mention, Mention]]:
    """Every mention with no word of the name, nor the address, of the one in the note before it.

    Two people under one id would get each other's messages.
    """
    for group in groups:
        named = [mention for mention in group.mentions if _said(mention.block.name)]
        for earlier, mention in pairwise(named):
            if mention.entry is not earlier.entry and not _told_by(earlier) & _told_by(mention):
                yield earlier, mention


def _told_by(mention: Mention) -> set[str]:
    """What somebody may be known again by: the words of their name, and their address."""
    block = mention.block
    return {
        *fold_name(block.name or "").split(),
        *([block.email.casefold()] if block.email else []),
    }


def written_ids(groups: Sequence[Group]) -> Mapping[str, str]:
    """The person id for everything that may stand after `@`, casefolded."""
    return {
        written.casefold(): group.id
        for group in groups
        for mention in group.mentions
        for written in (mention.slug, mention.block.id)
        if written
    }


def is_contact(event: Happening, person: str, interviews: Collection[str]) -> bool:
    """Whether an event is a message or call from or to this person, who was at these interviews.

    `sent` without `to` went to everyone of that note's interview.
    """
    if event.event is Event.SENT and event.to is None:
        return event.entry in interviews
    return event.event in _CONTACTS and person in (event.to, event.sender)


def build_person(
    company: str, group: Group, interviews: Sequence[str], last_contact_on: date | None
) -> Person:
    """A person with the latest facts of all notes that name them."""
    newest = sorted(
        group.mentions,
        key=lambda mention: (entry_day(mention.entry) or date.min, mention.entry.path),
        reverse=True,
    )

    def fact(name: str) -> object:
        found = (_said(getattr(mention.block, name)) for mention in newest)
        return next((value for value in found if value is not None), None)

    facts = {name: fact(name) for name in _FACTS}
    return Person(
        id=group.id,
        slug=group.slug,
        company=company,
        sources={mention.entry.path: mention.source for mention in reversed(group.mentions)},
        hooks={
            mention.entry.path: (
                mention.block.hook,
                mention.entry.source("people", mention.place, "hook"),
            )
            for mention in reversed(group.mentions)
            if isinstance(mention.block.hook, str)
            and not isinstance(mention.block.hook, NotApplicable)
        },
        interviews=tuple(interviews),
        last_contact_on=last_contact_on,
        **facts,  # type: ignore[arg-type]  # the names are those of the front matter
    )
