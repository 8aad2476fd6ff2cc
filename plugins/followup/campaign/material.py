"""What a note holds for the letters about it: its lines, dealt to the people who get one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

from followup.campaign.briefing import Briefing
from followup.campaign.lines import Line, Material, as_said
from followup.notes.entry import Source
from followup.notes.schema import Role
from followup.portal.model import Person

PREFERRED: Final[Mapping[Role | None, tuple[str, ...]]] = {
    Role.HIRING_MANAGER: ("project", "problem", "job"),
    Role.INTERVIEWER: ("problem", "project", "job"),
    Role.RECRUITER: ("job", "project", "problem"),
    Role.COORDINATOR: ("job", "project", "problem"),
    Role.REFERRER: ("job", "project", "problem"),
    None: ("problem", "project", "job"),
}
"""What to speak about with whom: a manager plans the work, a peer does it, a recruiter presents it."""

_JOB_FIRST: Final = ("job", "problem", "project")
_HEARS_OF_EVERYTHING: Final = frozenset({Role.RECRUITER, Role.COORDINATOR})


def deal_material(
    note: Briefing, readers: Sequence[Person | None], *, group: bool
) -> tuple[Material, ...]:
    """The lines for each reader, in their order.

    A line marked with a reader's `@id` comes first, then shared ones, dealt round-robin. With
    `group`, one reader stands for everybody and may be told what anybody said.
    """
    # Thanks are dealt for themselves, and for what is to be added to them.
    key = (tuple(reader.id if reader else None for reader in readers), group)
    if key not in note.dealt:
        note.dealt[key] = _deal_all(note, readers, group=group)
    return note.dealt[key]


def _deal_all(
    note: Briefing, readers: Sequence[Person | None], *, group: bool
) -> tuple[Material, ...]:
    specific = _deal(note, note.work, readers, everything=group)
    proven = _deal(note, note.proofs, readers, everything=False)
    dealt = zip(
        specific,
        _more(note, note.work, readers, specific),
        proven,
        _more(note, note.proofs, readers, proven, keep=1),
        [_recovery(note, reader) for reader in readers],
        [_hook(note, reader) for reader in readers],
        strict=True,
    )
    return tuple(_material(note, lines) for lines in dealt)


def deal_addition(note: Briefing, reader: Person | None, thanks: Material) -> Material:
    """The lines for a letter that adds something of use to the `thanks` its reader got.

    A problem or a project that the thanks did not speak of comes first, then one they only touched;
    what shows that the candidate can help with it must be new.
    """
    work = [line for line in note.work if line.about != "job"]
    proofs = _unsaid(note.proofs, thanks.sources)
    order = PREFERRED[reader.role if reader else None]
    choose = partial(_best, note, reader=reader, used=Counter(), order=order, everything=False)
    specific = thanks.lines.get("specific")
    fresh = (_unsaid(work, thanks.sources), _unsaid(work, [specific.source] if specific else []))
    thoughts = [line for some in (*fresh, work) if (line := choose(some))]
    thought = next((line for line in thoughts if not line.spoils), next(iter(thoughts), None))
    found = {"thought": thought, "useful": choose(proofs)}
    lines = {slot: line for slot, line in found.items() if line}
    noted = {"thought": work, "useful": proofs}
    return Material(lines, frozenset(slot for slot in noted if noted[slot] and slot not in lines))


def _unsaid(lines: Sequence[Line], said: Collection[Source]) -> list[Line]:
    return [line for line in lines if line.source not in said]


def _material(note: Briefing, lines: Sequence[Line | None]) -> Material:
    slots = ("specific", "more", "proof", "more_proof", "recovery", "hook")
    found = {slot: line for slot, line in zip(slots, lines, strict=True) if line}
    noted = {"specific": note.work, "proof": note.proofs}
    missed = frozenset(slot for slot, any_ in noted.items() if any_ and slot not in found)
    return Material(found, missed)


def _deal(
    note: Briefing, lines: Sequence[Line], readers: Sequence[Person | None], *, everything: bool
) -> list[Line | None]:
    """A line for each reader: not embarrassing, their own, least used, as their role prefers."""
    used: Counter[Source] = Counter()
    dealt: dict[str | None, Line | None] = {}
    # All who were met are dealt to, so that a new address changes nobody else's letter.
    for reader in readers if everything else [*note.met, *readers]:
        key = reader.id if reader else None
        if key not in dealt:
            order = PREFERRED[reader.role if reader else None]
            best = dealt[key] = _best(note, lines, reader, used, order, everything=everything)
            if best:
                used[best.source] += 1
    return [dealt[reader.id if reader else None] for reader in readers]


def _more(
    note: Briefing,
    lines: Sequence[Line],
    readers: Sequence[Person | None],
    first: Sequence[Line | None],
    keep: int = 0,
) -> list[Line | None]:
    """A second line for each reader, of those that are theirs or everybody's; the job first.

    Problems and projects are kept for a later message where they can be, and so many lines `keep`.
    """
    used: Counter[Source] = Counter()
    for line in filter(None, first):
        used[line.source] += 1
    found: list[Line | None] = []
    for reader, own in zip(readers, first, strict=True):
        rest = [line for line in lines if own is None or line.source != own.source]
        mine = [line for line in rest if reader and reader.id in line.ids] or [
            line for line in rest if not line.ids and not used[line.source]
        ]
        best = _best(note, mine, reader, used, _JOB_FIRST, everything=False)
        best = None if best is None or best.spoils or len(mine) <= keep else best
        if best:
            used[best.source] += 1
        found.append(best)
    return found


def _best(
    note: Briefing,
    lines: Sequence[Line],
    reader: Person | None,
    used: Counter[Source],
    order: Sequence[str],
    *,
    everything: bool,
) -> Line | None:
    everything = everything or (reader is not None and reader.role in _HEARS_OF_EVERYTHING)
    ranked = []
    for place, line in enumerate(lines):
        nearness = _nearness(line, reader, everything=everything and line.about != "")
        if nearness is None:
            continue
        spoils = note.voice.talks_about(line.text, reader)
        preference = order.index(line.about) if line.about else 0
        asks = line.text.endswith("?")
        ranked.append((spoils, nearness, used[line.source], preference, asks, place))
    if not ranked:
        return None
    spoils, nearness, *_, place = min(ranked)
    said = nearness == 0 or (nearness == 1 and note.alone)
    return lines[place].for_reader(said=said, spoils=spoils)


def _nearness(line: Line, reader: Person | None, *, everything: bool) -> int | None:
    """0 for a line marked with the reader's id, 1 for a shared one, 2 for another's where it fits."""
    if reader and reader.id in line.ids:
        return 0
    if not line.ids:
        return 1
    return 2 if everything else None


def _recovery(note: Briefing, reader: Person | None) -> Line | None:
    """The better answer for a reader: to the `@id` it carries, else to the hiring manager alone."""
    managers = [person for person in note.met if person.role is Role.HIRING_MANAGER]
    is_manager = reader is not None and [reader.id] == [person.id for person in managers[:1]]
    fitting = []
    for line in note.better_answers:
        own = reader is not None and reader.id in line.ids
        if own or (not line.ids and is_manager):
            spoils = note.voice.talks_about(line.text, reader)
            said = own or note.alone
            fitting.append((spoils, not own, line.for_reader(said=said, spoils=spoils)))
    return min(fitting, key=lambda item: item[:2])[2] if fitting else None


def _hook(note: Briefing, reader: Person | None) -> Line | None:
    """The reader's hook, else what *Personal topics* holds with their `@id`."""
    if reader is None:
        return None
    spoils = note.voice.talks_about
    if given := reader.hooks.get(note.entry.path):
        text = as_said(given[0])
        return Line(text, given[1], spoils=spoils(text, reader)) if text else None
    own = [line for line in note.topics if reader.id in line.ids]
    judged = [line.for_reader(said=False, spoils=spoils(line.text, reader)) for line in own]
    return min(judged, key=lambda line: line.spoils, default=None)
