"""What a note holds for the letters about it: its lines, dealt to the people who get one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from followup.notes.entry import Bullet, BulletKind, Entry, Source
from followup.notes.inline import strip_marks
from followup.notes.placeholders import says_something
from followup.notes.schema import Role
from followup.portal.model import Company, Interview, Person

_JOB, _PROOF, _PROBLEMS, _PROJECTS, _WRONG, _SCREW_UP, _PERSONAL = 2, 3, 4, 5, 7, 8, 9
_ABOUT: Final = {_JOB: "job", _PROBLEMS: "problem", _PROJECTS: "project"}

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
_ENDS: Final = (".", "!", "?", "…")
# With the spaces that French puts before its closing quotation mark.
_CLOSING: Final = "\"'”’»›)] \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the note that may stand in a letter, in the owner's words.

    `about` says what it tells of, `ids` who it is marked with; `from_reader` that the reader of
    the letter said it, `spoils` that it talks about the reader and cannot be sent to them. `sends`
    says of a promise that it was to send something.
    """

    text: str
    source: Source
    about: str = ""
    ids: frozenset[str] = frozenset()
    from_reader: bool = False
    spoils: bool = False
    sends: bool = False

    @property
    def is_sentence(self) -> bool:
        """Whether it ends like one, a quotation mark or bracket aside."""
        return self.text.rstrip(_CLOSING).endswith(_ENDS)


@dataclass(frozen=True, slots=True)
class Material:
    """The lines for one letter, by slot, and the slots whose every line is marked for others."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    only_for_others: frozenset[str] = frozenset()

    @property
    def sources(self) -> frozenset[Source]:
        """Where its lines stand."""
        return frozenset(line.source for line in self.lines.values())

    def with_promise(self, promise: Line | None) -> Material:
        """The same lines and what was promised, for the slots that bring it."""
        brought = dict.fromkeys(("promise", "promise_too"), promise) if promise else {}
        return replace(self, lines={**self.lines, **brought})


@dataclass(frozen=True, slots=True)
class Reading:
    """A note, read for its letters: who met whom, and which lines cannot be sent to whom."""

    entry: Entry
    company: Company
    interview: Interview
    met: tuple[Person, ...]
    spoils: Callable[[str, Person | None], bool]

    @property
    def alone(self) -> bool:
        """Whether exactly one person was met: then everything unmarked was said by them."""
        return len(self.met) == 1


def deal_material(
    reading: Reading, readers: Sequence[Person | None], *, group: bool
) -> tuple[Material, ...]:
    """The lines for each reader, in their order.

    A line marked with a reader's `@id` comes first, then shared ones, dealt round-robin. With
    `group`, one reader stands for everybody and may be told what anybody said.
    """
    work = _specific_lines(reading)
    proofs = _lines(reading, _PROOF)
    specific = _deal(reading, work, readers, everything=group)
    proven = _deal(reading, proofs, readers, everything=False)
    dealt = zip(
        specific,
        _more(reading, work, readers, specific),
        proven,
        _more(reading, proofs, readers, proven, keep=1),
        [_recovery(reading, reader) for reader in readers],
        [_hook(reading, reader) for reader in readers],
        strict=True,
    )
    return tuple(_material(lines, work=work, proofs=proofs) for lines in dealt)


def deal_addition(reading: Reading, reader: Person | None, thanks: Material) -> Material:
    """The lines for a letter that adds something of use to the `thanks` its reader got.

    A problem or a project that the thanks did not speak of comes first, then one they only touched;
    what shows that the candidate can help with it must be new.
    """
    work = sorted(_lines(reading, _PROBLEMS, _PROJECTS), key=lambda line: line.source.line)
    proofs = _unsaid(_lines(reading, _PROOF), thanks.sources)
    order = PREFERRED[reader.role if reader else None]
    choose = partial(_best, reading, reader=reader, used=Counter(), order=order, everything=False)
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


def _material(
    lines: Sequence[Line | None], *, work: Sequence[Line], proofs: Sequence[Line]
) -> Material:
    slots = ("specific", "more", "proof", "more_proof", "recovery", "hook")
    found = {slot: line for slot, line in zip(slots, lines, strict=True) if line}
    noted = {"specific": work, "proof": proofs}
    missed = frozenset(slot for slot, any_ in noted.items() if any_ and slot not in found)
    return Material(found, missed)


def _specific_lines(reading: Reading) -> list[Line]:
    return sorted(_lines(reading, _JOB, _PROBLEMS, _PROJECTS), key=lambda line: line.source.line)


def _deal(
    reading: Reading, lines: Sequence[Line], readers: Sequence[Person | None], *, everything: bool
) -> list[Line | None]:
    """A line for each reader: not embarrassing, their own, least used, as their role prefers."""
    used: Counter[Source] = Counter()
    dealt: dict[str | None, Line | None] = {}
    # All who were met are dealt to, so that a new address changes nobody else's letter.
    for reader in readers if everything else [*reading.met, *readers]:
        key = reader.id if reader else None
        if key not in dealt:
            order = PREFERRED[reader.role if reader else None]
            dealt[key] = _best(reading, lines, reader, used, order, everything=everything)
            used.update(line.source for line in [dealt[key]] if line)
    return [dealt[reader.id if reader else None] for reader in readers]


def _more(
    reading: Reading,
    lines: Sequence[Line],
    readers: Sequence[Person | None],
    first: Sequence[Line | None],
    keep: int = 0,
) -> list[Line | None]:
    """A second line for each reader, of those that are theirs or everybody's; the job first.

    Problems and projects are kept for a later message where they can be, and so many lines `keep`.
    """
    used = Counter(line.source for line in first if line)
    found: list[Line | None] = []
    for reader, own in zip(readers, first, strict=True):
        rest = [line for line in lines if own is None or line.source != own.source]
        mine = [line for line in rest if reader and reader.id in line.ids] or [
            line for line in rest if not line.ids and not used[line.source]
        ]
        best = _best(reading, mine, reader, used, _JOB_FIRST, everything=False)
        best = None if best is None or best.spoils or len(mine) <= keep else best
        used.update([best.source] if best else [])
        found.append(best)
    return found


def _best(
    reading: Reading,
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
        spoils = reading.spoils(line.text, reader)
        preference = order.index(line.about) if line.about else 0
        asks = line.text.endswith("?")
        rank = (spoils, nearness, used[line.source], preference, asks, place)
        said = nearness == 0 or (nearness == 1 and reading.alone)
        ranked.append((rank, replace(line, from_reader=said, spoils=spoils)))
    return min(ranked, key=lambda item: item[0])[1] if ranked else None


def _nearness(line: Line, reader: Person | None, *, everything: bool) -> int | None:
    """0 for a line marked with the reader's id, 1 for a shared one, 2 for another's where it fits."""
    if reader and reader.id in line.ids:
        return 0
    if not line.ids:
        return 1
    return 2 if everything else None


def _recovery(reading: Reading, reader: Person | None) -> Line | None:
    """The better answer for a reader: to the `@id` it carries, else to the hiring manager alone."""
    managers = [person for person in reading.met if person.role is Role.HIRING_MANAGER]
    is_manager = reader is not None and [reader.id] == [person.id for person in managers[:1]]
    fitting = []
    for line in _better_answers(reading):
        own = reader is not None and reader.id in line.ids
        if own or (not line.ids and is_manager):
            spoils = reading.spoils(line.text, reader)
            said = own or reading.alone
            fitting.append((spoils, not own, replace(line, from_reader=said, spoils=spoils)))
    return min(fitting, key=lambda item: item[:2])[2] if fitting else None


def _better_answers(reading: Reading) -> list[Line]:
    bullets = reading.entry.bullets(_WRONG, _SCREW_UP)
    found = [
        _line(reading, bullet, "", ids)
        for bullet, ids in _walk(bullets, ())
        if bullet.kind is BulletKind.BETTER and says_something(bullet.text)
    ]
    return sorted(found, key=lambda line: line.source.line)


def _walk(
    bullets: Iterable[Bullet], above: tuple[str, ...]
) -> Iterator[tuple[Bullet, tuple[str, ...]]]:
    """Every bullet with its ids, or those of the nearest bullet above it that has some."""
    for bullet in bullets:
        ids = bullet.ids or above
        yield bullet, ids
        yield from _walk(bullet.children, ids)


def _hook(reading: Reading, reader: Person | None) -> Line | None:
    """The reader's hook, else what *Personal topics* holds with their `@id`."""
    if reader is None:
        return None
    if given := reader.hooks.get(reading.entry.path):
        text = as_said(given[0])
        return Line(text, given[1], spoils=reading.spoils(text, reader)) if text else None
    own = [line for line in _lines(reading, _PERSONAL) if reader.id in line.ids]
    judged = [replace(line, spoils=reading.spoils(line.text, reader)) for line in own]
    return min(judged, key=lambda line: line.spoils, default=None)


def _lines(reading: Reading, *categories: int) -> list[Line]:
    return [
        _line(reading, bullet, _ABOUT.get(category, ""), ids)
        for category in categories
        for bullet, ids in _points(reading.entry.bullets(category), ())
        if bullet.kind is BulletKind.PLAIN and says_something(bullet.text)
    ]


def _points(
    bullets: Iterable[Bullet], above: tuple[str, ...]
) -> Iterator[tuple[Bullet, tuple[str, ...]]]:
    """The bullets that make a point; one that ends in a colon stands for those below it."""
    for bullet in bullets:
        ids = bullet.ids or above
        if bullet.text.endswith(":") and bullet.children:
            yield from _points(bullet.children, ids)
        else:
            yield bullet, ids


def _line(reading: Reading, bullet: Bullet, about: str, written: tuple[str, ...]) -> Line:
    # An id that nobody has still marks the line as somebody's: it is not shared.
    ids = frozenset(reading.company.person(name) or name for name in written)
    return Line(in_one_line(bullet.text), Source(reading.entry.path, bullet.line), about, ids)


def as_said(text: str) -> str:
    """A text of the front matter as a letter says it: in one line, without `@ids` and `#tags`."""
    return strip_marks(in_one_line(text)).strip()


def in_one_line(text: str) -> str:
    """`text` with line breaks, of whatever kind, as single spaces; everything else stays."""
    return re.sub(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*", " ", text).strip()
