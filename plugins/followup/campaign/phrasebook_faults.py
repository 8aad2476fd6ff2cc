"""What is wrong with a phrasebook: told all at once, each fault at its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from followup.campaign.phrasebook import (
    FACTS,
    GAP_SLOTS,
    LINE_SLOTS,
    NO_TEXT,
    Dates,
    Form,
    Gaps,
    Opening,
    Phrasebook,
    References,
    Salutations,
    Series,
    Watched,
    Wording,
    placeholders,
)
from followup.campaign.phrasebook_yaml import Located, Location
from followup.notes.problems import Problem, Severity
from followup.notes.wording import one_of, quote

_COMPARE: Final = "compare it with `en.yml`, where every phrase has a comment"
_PARTS: Final[Mapping[str, type[BaseModel]]] = {
    "dates": Dates,
    "series": Series,
    "salutations": Salutations,
    "references": References,
    "opening": Opening,
    "gaps": Gaps,
    "watched": Watched,
}
"""The groups of a phrasebook whose names are fixed."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong with a phrase, and what would be right; `lacks` names what is not there."""

    location: Location
    code: str
    message: str
    hint: str = _COMPARE
    lacks: str = ""


def locate_faults(faults: Iterable[Fault], located: Located) -> tuple[Problem, ...]:
    """Each fault at its line and column, sorted."""
    marks = ((located.mark(fault.location), fault) for fault in faults)
    return tuple(
        sorted(
            {
                Problem(m.path, m.line, m.column, Severity.ERROR, f.code, f.message, f.hint)
                for m, f in marks
            }
        )
    )  # fmt: skip


def build_phrasebook(
    located: Located, known_slots: Collection[str] = ()
) -> tuple[Phrasebook | None, tuple[Fault, ...]]:
    """The phrasebook of these phrases, or None and every fault in them.

    A slot that no touch says is a fault, unless it is one of `known_slots`.
    """
    try:
        book = Phrasebook.model_validate(located.value)
    except ValidationError as error:
        slots = located.value.get("slots")
        known = {*known_slots, *(slots if isinstance(slots, Mapping) else ())}
        items = _causes(error.errors())
        return None, tuple(sorted({_explain(item, known) for item in items}, key=_in_order))
    faults = tuple(sorted(_inconsistencies(book, known_slots), key=_in_order))
    return (None if faults else book), faults


def _in_order(fault: Fault) -> tuple[list[str], str, str]:
    return [str(part) for part in fault.location], fault.code, fault.message


def _causes(items: Sequence[Any]) -> Iterator[Any]:
    """The errors that say what is wrong, without those that only follow from another.

    A list with a wrong member is called too short, and what may be a text or a group is tried as
    both.
    """
    at = [(_place_of(item), item) for item in items]
    for place, item in at:
        beside = [other for where, other in at if where == place and other is not item]
        below = any(where[: len(place)] == place and len(where) > len(place) for where, _ in at)
        if not _follows(item, beside, below=below):
            yield item


def _follows(item: Any, beside: Sequence[Any], *, below: bool) -> bool:
    """Whether an error is only what follows from those beside it or below its place."""
    if item["type"] == "too_short":
        return below
    if item["type"] == "dict_type":
        return bool(beside)
    others = any(other["type"] != "dict_type" for other in beside)
    return _is_no_text(item) and (below or others)


def _is_no_text(item: Any) -> bool:
    return item["type"] == "fault" and bool(item["ctx"]["code"] == NO_TEXT)


def _place_of(item: Any) -> Location:
    return tuple(part for part in item["loc"] if not _is_type_name(part))


def _explain(item: Any, known_slots: Collection[str]) -> Fault:
    place = _place_of(item)
    name = _name_of(place)
    kind, context = item["type"], item.get("ctx", {})
    if kind == "missing":
        return Fault(
            place, "missing_phrase", f"missing phrase `{name}`", lacks=".".join(map(str, place))
        )
    if kind == "extra_forbidden":
        hint = _hint_for_unknown(place, known_slots)
        return Fault(place, "unknown_phrase", f"unknown phrase {quote(name)}", hint)
    if kind == "fault":
        return Fault(place, "wrong_phrase", f"`{name}`: {context['message']}", context["hint"])
    message, hint = _in_plain_words(kind, context, item["input"])
    return Fault(place, "wrong_phrase", f"`{name}`: {message}", hint)


def _name_of(place: Location) -> str:
    """The phrase as its owner knows it: of a wording the slot, which may be just a text."""
    names = [part for part in place if isinstance(part, str)]
    if place[:1] == ("slots",) and names[-1:] and names[-1] in ("text", "sentence", "fragment"):
        return names[1]
    return names[-1] if names else ""


def _in_plain_words(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str]:
    """What is wrong and what would be right, for whoever has never seen a type."""
    if kind in ("too_short", "too_long"):
        wanted, number = context.get("min_length", context.get("max_length")), _length(value)
        if number == 0:
            return "there is nothing in it", "write something, or take the line out"
        return f"this must have {wanted} members, not {number}", "write them all, in order"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        hint = 'write each phrase on a line of its own below it, as `name: "text"`'
        return "this must be a group of phrases", hint
    if kind in ("tuple_type", "list_type", "frozen_set_type", "iterable_type"):
        return "this must be a list", "write each on a line of its own that begins with a dash"
    if kind == "literal_error":
        words = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"{quote(str(value))} is not known here", one_of(words)
    if kind == "string_pattern_mismatch":
        return f"{quote(str(value))} is no language", "write it as `en` or `en-GB`"
    if kind.startswith(("int_", "less_than", "greater_than")):
        return f"{quote(str(value))} is no day of a month", "write one from 1 to 31"
    if kind == "string_type":
        return "this must be one text", "write it in double quotes"
    return f"{quote(str(value))} does not fit", _COMPARE


def _length(value: object) -> int:
    return len(value) if isinstance(value, Mapping | list | tuple) else 0


def _hint_for_unknown(place: Location, known_slots: Collection[str]) -> str:
    """Where a phrase with this name belongs, or which is meant by it."""
    name, home = str(place[-1]), _home(place[:-1])
    if len(place) == 1:
        if name == "extends":
            return "settings extend nothing: take it out"
        if name in known_slots:
            return f'write it under `slots`: `slots: {{{name}: "…"}}`'
        part = next((key for key, model in _PARTS.items() if name in model.model_fields), None)
        if part:
            return f"write it under `{part}`: `{part}: {{{name}: …}}`"
    elif name in FACTS | {"line"}:
        return f"a text with `{{{name}}}` in it must stand in double quotes"
    known = list(home.model_fields)
    near = get_close_matches(name, known, n=1) or _spelled_alike(name, known)
    return f"did you mean `{near[0]}`?" if near else _COMPARE


def _spelled_alike(name: str, known: Iterable[str]) -> list[str]:
    """The names that differ from this one in capitals and signs only."""
    return [other for other in known if _letters(other) == _letters(name)]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _home(place: Location) -> type[BaseModel]:
    """The group that a place belongs to."""
    if place[:1] == ("slots",):
        return Wording
    if place[:1] == ("touches",):
        return Form
    return _PARTS.get(str(place[0]), Phrasebook) if place else Phrasebook


def _is_type_name(part: str | int) -> bool:
    """Whether pydantic put it into a location to say which member of a union it tried."""
    return isinstance(part, str) and ("[" in part or part in {"str", "dict"})


def _inconsistencies(book: Phrasebook, known_slots: Collection[str]) -> Iterator[Fault]:
    yield from _unknown_slots(book)
    yield from _unused_slots(book, known_slots)
    for slot, wordings in book.slots.items():
        for number, wording in enumerate(wordings):
            fault = _wording_fault(wording)
            if fault:
                yield Fault(
                    ("slots", slot, number), "wrong_phrase", f"a wording of `{slot}` {fault}"
                )
        if slot in LINE_SLOTS and not _covers_everything(wordings):
            yield Fault(
                ("slots", slot), "missing_phrase",
                f"`{slot}` has no wording for every case",
                "add one with `sentence` and `fragment` and without `when`",
            )  # fmt: skip


def _unused_slots(book: Phrasebook, known_slots: Collection[str]) -> Iterator[Fault]:
    used = {slot for forms in book.touches.values() for form in forms for slot in form.slots}
    for slot in book.slots:
        if slot not in used and slot not in known_slots:
            near = get_close_matches(slot, sorted({*used, *known_slots}), n=1)
            hint = f"did you mean `{near[0]}`?" if near else "name it in a paragraph of a touch"
            message = f"no message says the slot `{slot}`"
            yield Fault(("slots", slot), "unknown_phrase", message, hint)


def _unknown_slots(book: Phrasebook) -> Iterator[Fault]:
    for touch, forms in book.touches.items():
        for number, form in enumerate(forms):
            place = ("touches", touch, number)
            for slot in form.slots:
                if slot not in book.slots:
                    message = f"`{touch}` uses the slot `{slot}`, which has no wordings"
                    yield Fault(place, "missing_phrase", message, lacks=slot)
            for slot in form.required:
                if slot not in GAP_SLOTS:
                    message = f"`{touch}` requires `{slot}`, for which there is no gap"
                    yield Fault(place, "missing_phrase", message)
            if not set(placeholders(form.subject[-1])) <= {"date"}:
                message = f"the last subject of `{touch}` must not ask for more than `{{date}}`"
                yield Fault(place, "wrong_phrase", message)
            for slot in (*form.required, *form.spare, *form.extra):
                if slot not in form.slots:
                    message = f"`{slot}` is in no paragraph of `{touch}`"
                    yield Fault(place, "wrong_phrase", message)


def _wording_fault(wording: Wording) -> str:
    with_line = [text for text in (wording.sentence, wording.fragment) if text is not None]
    if wording.text is None and not with_line:
        return "has neither `text` nor `sentence` nor `fragment`"
    if any("line" not in placeholders(text) for text in with_line):
        return "has no `{line}` in its `sentence` or `fragment`"
    if any("line" in placeholders(text) for text in (wording.text, wording.then) if text):
        return "has a `{line}` in its `text` or `then`"
    return ""


def _covers_everything(wordings: tuple[Wording, ...]) -> bool:
    return any(
        not wording.when
        and wording.sentence is not None
        and wording.fragment is not None
        and set(placeholders(wording.sentence + wording.fragment)) == {"line"}
        and not placeholders(wording.then or "")
        for wording in wordings
    )
