"""What one phrasebook can say and another cannot: a touch, a form, a slot, a wording for a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from followup.campaign.choice import choose_form, fits, needed_facts
from followup.campaign.phrasebook import CONDITIONS, LINE_SLOTS, Form, Phrasebook, Wording
from followup.campaign.phrasebook_yaml import Location

Values = tuple[str, ...]
Scene = Mapping[str, Values]
Differing = Mapping[str, tuple[Sequence[Wording], Sequence[Wording]]]
UNKNOWN: Final = ""
_YES_NO: Final = ("yes", "no")
_KINDS: Final = ("text", "sentence", "fragment")


def _any(name: str) -> Values:
    return tuple(sorted(CONDITIONS[name]))


def _maybe(name: str) -> Values:
    return (*_any(name), UNKNOWN)


# What a letter may find known, by what it is about; whatever is not named here it cannot know.
_ALWAYS: Final[Scene] = {
    "title": _YES_NO,
    "role": _maybe("role"),
    "reader": _YES_NO,
    "short": ("no",),
    "thanks_too": ("no",),
    "by": ("no",),
    "said": ("no",),
    "interview": ("no",),
}
_LINE: Final[Scene] = {"said_by": _any("said_by"), "sends": _YES_NO, "about": _maybe("about")}
_HELD: Final[Scene] = {
    **_ALWAYS,
    "interview": ("yes",),
    "format": _any("format"),
    "first_round": _YES_NO,
    "clock": _YES_NO,
    "elsewhere": _YES_NO,
    "by": _YES_NO,
    "said": _YES_NO,
    "next": _maybe("next"),
    "met": _YES_NO,
    "group": ("no",),
    "alone": _YES_NO,
}
_NOTHING: Final = _ALWAYS
_EVENT: Final[Scene] = {
    **_NOTHING,
    "sender": _YES_NO,
    "met": _YES_NO,
    "colleagues": _any("colleagues"),
    "interviewed": _YES_NO,
    "format": _maybe("format"),
}
_AHEAD: Final[Scene] = {
    **_EVENT,
    "interview": ("yes",),
    "format": _any("format"),
    "first_round": _YES_NO,
    "clock": _YES_NO,
    "elsewhere": _YES_NO,
}
_FIRST: Final[Values] = ("interview",)
_ENDS: Final[Values] = tuple(sorted(CONDITIONS["outcome"] - set(_FIRST)))

_SCENES: Final[Mapping[str, tuple[Scene, ...]]] = {
    "thank_you": (
        {**_HELD, "short": _YES_NO},
        {**_HELD, "short": _YES_NO, "group": ("yes",), "alone": (UNKNOWN,)},
    ),
    "status_check_1": ({**_HELD, "thanks_too": _YES_NO},),
    "deliver_promise": (_HELD, _NOTHING),
    "application_check": (_NOTHING,),
    "confirm_invitation": (_AHEAD, _EVENT),
    "rejection_reply": (_EVENT,),
    "offer_thanks": ({**_EVENT, "deadline": _any("deadline")},),
    "withdraw": ({**_EVENT, "outcome": ("accepted",), "offered": _YES_NO},),
    "referrer_update": (
        {**_AHEAD, "outcome": _FIRST},
        {**_EVENT, "outcome": _ENDS},
    ),
}
_OTHER_SCENES: Final = (_HELD,)

_INTERVIEW_FACTS: Final = frozenset({"on_day", "date", "time", "format"})
# What is known wherever a condition has one of these values.
_IMPLIED: Final[tuple[tuple[str, Collection[str], Collection[str]], ...]] = (
    ("title", {"yes"}, {"title"}),
    ("by", {"yes"}, {"by"}),
    ("interview", {"yes"}, _INTERVIEW_FACTS),
    ("next", CONDITIONS["next"], {"next_step"}),
    ("said", {"yes"}, {"next_step"}),
    ("colleagues", {"one", "several"}, {"others", "interviews"}),
    ("interviewed", {"yes"}, {"interviews"}),
    ("sender", {"yes", "no"}, {"event", "date"}),
    ("deadline", {"yes"}, {"deadline"}),
    ("offered", {"yes"}, {"offer"}),
    ("reader", {"yes"}, {"person"}),
    ("role", CONDITIONS["role"], {"person"}),
    ("met", {"yes"}, {"person"}),
)


def scenes_of(touch: str) -> tuple[Scene, ...]:
    """What a letter of a touch may find known: for each condition its possible values."""
    return _SCENES.get(touch, _OTHER_SCENES)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a book cannot say, where it should stand, and as which kind of wording."""

    location: Location
    text: str
    kind: str = ""


def missing_phrases(book: Phrasebook, reference: Phrasebook) -> tuple[str, ...]:
    """What `reference` says and `book` cannot, in words; empty where nothing is missing."""
    return tuple(item.text for item in find_missing(book, reference))


def find_missing(book: Phrasebook, reference: Phrasebook) -> tuple[Missing, ...]:
    """The same with their places: of each touch, and of each kind of wording, the first."""
    found: dict[tuple[Location, str], Missing] = {}
    for item in _missing(book, reference):
        found.setdefault((item.location, item.kind), item)
    return tuple(found.values())


def _missing(book: Phrasebook, reference: Phrasebook) -> Iterator[Missing]:
    for slot in reference.slots:
        if slot not in book.slots:
            yield Missing(("slots", slot), f"no wordings for `{slot}`")
    # Of a book that extends another most slots are the other's own.
    differing = {
        slot: (book.slots[slot], theirs)
        for slot, theirs in reference.slots.items()
        if slot in book.slots and book.slots[slot] != theirs
    }
    for touch, forms in reference.touches.items():
        own = book.touches.get(touch, ())
        if not own:
            yield Missing(("touches", touch), f"no form for `{touch}`")
            continue
        for scene in scenes_of(touch):
            yield from _missing_in_scene(touch, forms, own, scene, differing)


def _missing_in_scene(
    touch: str, forms: tuple[Form, ...], own: tuple[Form, ...], scene: Scene, differing: Differing
) -> Iterator[Missing]:
    """The cases that have no form, and what the slots of the reference's form cannot say there."""
    cases = _cases(scene, [form.when for form in (*forms, *own)])
    chosen = [(case, choose_form(forms, _situation(case))) for case in cases]
    without = [c for c, form in chosen if form and not choose_form(own, _situation(c))]
    if without:
        where = _described(without, cases)
        yield Missing(("touches", touch), f"no form of `{touch}` for {where}")
    for case, form in chosen:
        for slot in form.slots if form else ():
            if slot in differing:
                yield from _missing_wordings(slot, case, *differing[slot])


def _missing_wordings(
    slot: str, scene: Scene, own: Sequence[Wording], theirs: Sequence[Wording]
) -> Iterator[Missing]:
    """The cases in which a slot has no wording, for each kind of wording."""
    scene = {**scene, **_LINE} if slot in LINE_SLOTS else scene
    cases = _cases(scene, [wording.when for wording in (*own, *theirs)])
    for kind in _KINDS:
        lacking = [(case, _lacks(kind, case, own, theirs)) for case in cases]
        without = [(case, facts) for case, facts in lacking if facts is not None]
        if without:
            text = f"no wording of `{slot}` for {_described([c for c, _ in without], cases)}"
            facts = without[0][1]
            text += f" that does without {_quoted(facts)}" if facts else ""
            text += "" if kind == "text" else f" (`{kind}`)"
            yield Missing(("slots", slot), text, kind)


def _quoted(facts: Iterable[str]) -> str:
    return ", ".join(f"`{fact}`" for fact in sorted(facts))


def _lacks(
    kind: str, case: Scene, own: Iterable[Wording], theirs: Iterable[Wording]
) -> frozenset[str] | None:
    """None where `own` says something whenever `theirs` does, else the facts it would have to know.

    Empty where nothing of `own` is meant for the case.
    """
    known = implied_facts(case)
    situation = _situation(case)
    mine = _needs(kind, situation, own)
    for needed in _needs(kind, situation, theirs):
        wanting = [facts - known - needed for facts in mine]
        if all(wanting):
            return min(wanting, key=len, default=frozenset())
    return None


def implied_facts(case: Scene) -> frozenset[str]:
    """The facts that are known wherever a case holds."""
    return frozenset(
        fact
        for name, values, facts in _IMPLIED
        if set(case.get(name, (UNKNOWN,))) <= set(values)
        for fact in facts
    )


def _needs(
    kind: str, situation: Mapping[str, str], wordings: Iterable[Wording]
) -> list[frozenset[str]]:
    """What each wording of a kind that fits must know."""
    return [
        needed_facts(wording, text)
        for wording in wordings
        if (text := getattr(wording, kind)) is not None and fits(wording.when, situation)
    ]


def _cases(scene: Scene, whens: Iterable[Mapping[str, Collection[str]]]) -> list[Scene]:
    """The scene divided into the cases that these conditions tell apart."""
    told: dict[str, list[Collection[str]]] = {}
    for when in whens:
        for name, values in when.items():
            told.setdefault(name, []).append(values)
    axes = [
        [(name, values) for values in _told_apart(scene.get(name, (UNKNOWN,)), groups)]
        for name, groups in told.items()
    ]
    return [{**scene, **dict(pairs)} for pairs in product(*axes)]


def _told_apart(values: Values, groups: Iterable[Collection[str]]) -> Iterable[Values]:
    """The values in parts, by the groups that each is in."""
    parts: dict[tuple[bool, ...], Values] = {}
    for value in values:
        membership = tuple(value in group for group in groups)
        parts[membership] = (*parts.get(membership, ()), value)
    return parts.values()


def _situation(case: Scene) -> dict[str, str]:
    """A case by one of its values for each condition: those that matter are all alike."""
    return {name: values[0] for name, values in case.items()}


def _described(some: Sequence[Scene], cases: Sequence[Scene]) -> str:
    """The first of `some`, as a phrasebook writes it after `when`.

    Only by the conditions that matter: without them the case would not be among `some`.
    """
    first = some[0]
    names = [name for name in first if len({case[name] for case in cases}) > 1]
    for name in tuple(names):
        rest = [other for other in names if other != name]
        alike = [case for case in cases if all(case[n] == first[n] for n in rest)]
        names = rest if all(case in some for case in alike) else names
    known = [f"{name}: {first[name][0] or 'not known'}" for name in names]
    return f"`{{{', '.join(known)}}}`" if known else "the general case"
