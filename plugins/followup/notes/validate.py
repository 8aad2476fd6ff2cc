"""A tree of front matter against the schema: the values, their places, and every fault."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from followup.notes.consistency import Finding, check_consistency
from followup.notes.entry import Location, Mark
from followup.notes.fault import Fault
from followup.notes.front_matter import Block, Node, Scalar
from followup.notes.problems import Severity
from followup.notes.schema import NOTE_ONLY_KEYS, FrontMatter, keys_of
from followup.notes.wording import one_of, quote

_EXAMPLES = {
    "interview": "`interview: {format: video, start: 2026-11-19 14:00}`",
    "people": "`- name: Ngozi Okafor` on a line below `people:`",
    "salary": "`salary: {min: 52000, max: 60000, currency: EUR, period: year}`",
    "next_step": "`next_step: {what: next_round, by: 2026-11-30}`, or in their words `next_step: {said: …}`",
    "decision": "`decision: {by: 2026-12-04}`, or in their words `decision: {said: in two weeks}`",
    "other_candidates": "`other_candidates: {answer: yes, count: 3}`",
    "reminders": "`- {on: 2026-11-27, what: Ask Sam about the team}` below `reminders:`",
    "promises": "`- {what: Send the forecast notebook, by: 2026-11-21}` below `promises:`",
    "offer": "`offer: {received_on: 2026-12-07, deadline: 2026-12-11}`",
    "log": "`- {on: 2026-11-20, event: sent}` below `log:`",
}
# What stands for a required value that is missing or wrong, so that the rest of the note can still
# be looked at in the same run; each is chosen to cause no fault of its own.
_STAND_INS: Mapping[str, str] = {
    "company": "?",
    "format": "networking",
    "start": "2000-01-01",
    "received_on": "2000-01-01",
    "on": "2000-01-01",
    "event": "applied",
    "what": "?",
    "answer": "unknown",
}
_ROUNDS = 8
_COMMA_HINT = "within `{…}` a comma ends a text; put a text with commas in double quotes"


@dataclass(frozen=True, slots=True)
class Validated:
    """Front matter as values with the place of each; `front` is None where there are faults."""

    front: FrontMatter | None
    marks: Mapping[Location, Mark]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """A tree as plain data without absent values; where each key and each value stands."""

    data: dict[str, Any]
    keys: Mapping[Location, Mark]
    values: Mapping[Location, Mark]

    def place(self, location: Location, *, of_key: bool = False) -> Mark:
        """The place of a value (or its key), or of the nearest one above it."""
        first, second = (self.keys, self.values) if of_key else (self.values, self.keys)
        for end in range(len(location), 0, -1):
            if mark := first.get(location[:end]) or second.get(location[:end]):
                return mark
            first, second = self.keys, self.values
        return self.keys.get(("company",), self.values[()])


def flatten(block: Block) -> Flat:
    """The data of `block`; an absent value leaves no trace but the place of its key."""
    keys: dict[Location, Mark] = {}
    values: dict[Location, Mark] = {(): block.mark}
    data = _flatten_block(block, (), keys, values)
    return Flat(data, keys, values)


def validate(flat: Flat) -> Validated:
    """The front matter that `flat` is, and everything that is wrong with it."""
    faults: dict[tuple[Location, str], Fault] = {}
    replaced: set[Location] = set()
    data = flat.data
    front: FrontMatter | None = None
    for _ in range(_ROUNDS):
        try:
            front = FrontMatter.model_validate(data, by_alias=True, by_name=False)
            break
        except ValidationError as error:
            for item in error.errors(include_url=False):
                location = tuple(item["loc"])
                if not _is_known(location, faults) and not _is_misspelt(item, data):
                    faults[location, item["type"]] = _explain(item, flat)
            for item in error.errors(include_url=False):
                _mend(data, tuple(item["loc"]), replaced)
    for location in _unknown_without_value(flat):
        hint = _COMMA_HINT if " " in str(location[-1]) else _suggest(location)
        message = f"unknown key {quote(str(location[-1]))}"
        faults[location, "extra_forbidden"] = Fault(
            flat.keys[location], "unknown_key", message, hint
        )
    if front is not None:
        for finding in check_consistency(front):
            if _rests_on(finding, replaced):
                continue
            mark = flat.place(finding.location, of_key=finding.at_key)
            fault = Fault(mark, finding.code, finding.message, finding.hint, finding.severity)
            faults[finding.location, finding.code] = fault
    wrong = any(fault.severity is Severity.ERROR for fault in faults.values())
    return Validated(None if wrong else front, flat.keys, tuple(_without_echoes(faults)))


def _rests_on(finding: Finding, replaced: set[Location]) -> bool:
    """Whether a contradiction is only there because a wrong value was replaced."""
    location = finding.location
    absent = finding.code.removeprefix("missing_")
    # What goes with an event cannot be told without the event.
    causes = {location, (*location, absent), (*location[:2], "event")}
    return not replaced.isdisjoint(causes)


def _without_echoes(faults: Mapping[tuple[Location, str], Fault]) -> Iterator[Fault]:
    """The faults, without the unknown key that stands for the missing company."""
    misspelt = {fault.mark for fault in faults.values() if fault.code == "missing_company"}
    for fault in faults.values():
        if not (fault.code == "unknown_key" and fault.mark in misspelt):
            yield fault


def missing_company(flat: Flat) -> Fault:
    """The fault of a file that is a note by its other keys and does not name the company."""
    key, mark = next(
        ((str(where[0]), mark) for where, mark in flat.keys.items() if where[0] in NOTE_ONLY_KEYS),
        ("company", flat.values[()]),
    )
    for name, mark_of_name in ((str(w[0]), m) for w, m in flat.keys.items() if len(w) == 1):
        if name not in keys_of(FrontMatter) and _near(name, ["company"]):
            message = f"this note has no `company`, but {quote(name)}"
            return Fault(mark_of_name, "missing_company", message, "did you mean `company`?")
    reason = "" if key == "company" else f", and {quote(key)} makes this a note"
    return Fault(
        mark,
        "missing_company",
        f"`company` is missing{reason}",
        "add a line such as `company: Acme Logistics`",
    )


def _flatten_block(
    block: Block, location: Location, keys: dict[Location, Mark], values: dict[Location, Mark]
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, node in block.items:
        here = (*location, key.name)
        keys[here] = key.mark
        if not (isinstance(node, Scalar) and node.is_absent):
            data[key.name] = _flatten_node(node, here, keys, values)
    return data


def _flatten_node(
    node: Node, here: Location, keys: dict[Location, Mark], values: dict[Location, Mark]
) -> Any:
    values[here] = node.mark
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Block):
        return _flatten_block(node, here, keys, values)
    given = [item for item in node.items if not (isinstance(item, Scalar) and item.is_absent)]
    for number, item in enumerate(given):
        keys[*here, number] = item.mark
    return [_flatten_node(item, (*here, number), keys, values) for number, item in enumerate(given)]


def _is_known(location: Location, faults: Mapping[tuple[Location, str], Fault]) -> bool:
    """Whether the value at `location`, or one it is part of, is already known to be wrong."""
    return any(location[: len(known)] == known for known, _ in faults if known)


def _is_misspelt(item: Any, data: Any) -> bool:
    """Whether a missing key stands there under a wrong name, which is a fault of its own."""
    if item["type"] != "missing" or len(item["loc"]) == 1:
        return False
    for part in item["loc"][:-1]:
        data = data[part]
    known = keys_of(_model_at(tuple(item["loc"][:-1])))
    return any(_near(key, list(known)) == item["loc"][-1] for key in data if key not in known)


def _unknown_without_value(flat: Flat) -> Iterator[Location]:
    """Unknown keys that leave no trace in the data; often the rest of a text after a comma."""
    for location in flat.keys:
        if isinstance(location[-1], str) and location not in flat.values:
            model = _exact_model_at(location[:-1])
            if model is not None and location[-1] not in keys_of(model):
                yield location


def _exact_model_at(location: Location) -> type[BaseModel] | None:
    """The block at `location`, or None where there is none, as in `search`."""
    model: type[BaseModel] | None = FrontMatter
    for part in location:
        if model is not None and isinstance(part, str):
            model = _model_in(keys_of(model).get(part), part)
    return model


def _mend(data: dict[str, Any], location: Location, replaced: set[Location]) -> None:
    """Put something harmless in the place of a wrong value, keeping the numbers of list items."""
    replaced.add(location)
    parent: Any = data
    for part in location[:-1]:
        parent = parent[part]
    last = location[-1]
    if isinstance(parent, str):  # a text that stands for a list of one
        data.pop(str(location[0]), None)
    elif isinstance(parent, list):
        if parent[int(last)] == {}:
            data.pop(str(location[0]), None)
        else:
            parent[int(last)] = {}
    elif last in _STAND_INS and parent.get(last) != _STAND_INS[str(last)]:
        parent[last] = _STAND_INS[str(last)]
    else:
        parent.pop(last, None)


def _explain(item: Any, flat: Flat) -> Fault:
    """One of pydantic's errors in our words, at its place."""
    location: Location = tuple(item["loc"])
    name = str(location[-1])
    kind = item["type"]
    if kind == "fault":
        words = item["ctx"]
        return Fault(flat.place(location), words["code"], words["message"], words["hint"])
    if kind == "extra_forbidden":
        mark = flat.place(location, of_key=True)
        return Fault(mark, "unknown_key", f"unknown key {quote(name)}", _suggest(location))
    if kind == "missing":
        return _missing(location, flat)
    if kind in ("tuple_type", "list_type"):
        hint = f"write {_EXAMPLES[name]}" if name in _EXAMPLES else "start each item with `- `"
        return Fault(flat.place(location), "expected_list", f"`{name}` is a list", hint)
    block = next(str(part) for part in reversed(location) if isinstance(part, str))
    hint = f"write {_EXAMPLES[block]}" if block in _EXAMPLES else ""
    what = f"an item of `{block}`" if isinstance(location[-1], int) else f"`{block}`"
    message = f"{what} needs keys of its own"
    return Fault(flat.place(location), "expected_block", message, hint)


def _missing(location: Location, flat: Flat) -> Fault:
    name = str(location[-1])
    if len(location) == 1:
        return missing_company(flat)
    block = next(str(part) for part in reversed(location[:-1]) if isinstance(part, str))
    where = f"this item of `{block}`" if isinstance(location[-2], int) else f"`{block}`"
    of_key = location in flat.keys
    mark = flat.place(location if of_key else location[:-1], of_key=True)
    hint = f"write {_EXAMPLES[block]}" if block in _EXAMPLES else ""
    return Fault(mark, f"missing_{name}", f"{where} needs `{name}`", hint)


def _suggest(location: Location) -> str:
    """What may have been meant by an unknown key: a place for it, or a word like it."""
    name = str(location[-1])
    siblings = keys_of(_model_at(location[:-1]))
    elsewhere = dict(_blocks())
    if homes := [block for block, model in elsewhere.items() if name in keys_of(model)]:
        if name in keys_of(FrontMatter):
            return f"`{name}` stands at the left edge, outside `{_block_name(location)}`"
        return f"it belongs in {' or '.join(f'`{home}`' for home in homes)}"
    if near := _near(name, list(siblings)):
        return f"did you mean `{near}`?"
    if name in keys_of(FrontMatter):
        return f"`{name}` stands at the left edge, outside `{_block_name(location)}`"
    for block, model in elsewhere.items():
        if near := _near(name, list(keys_of(model))):
            return f"did you mean `{near}` in `{block}`?"
    return one_of(siblings)


def _block_name(location: Location) -> str:
    return next((str(part) for part in location if isinstance(part, str)), "")


def _near(name: str, known: list[str]) -> str | None:
    simple = re.sub(r"[\W_]+", "_", name).strip("_").lower()
    return next(iter(difflib.get_close_matches(simple[:40], known, n=1, cutoff=0.7)), None)


def _blocks() -> Iterator[tuple[str, type[BaseModel]]]:
    """The blocks of a note by the key that holds them."""
    for name, annotation in keys_of(FrontMatter).items():
        if model := _model_in(annotation, name):
            yield name, model


def _model_at(location: Location) -> type[BaseModel]:
    model: type[BaseModel] = FrontMatter
    for part in location:
        if isinstance(part, str):
            model = _model_in(keys_of(model)[part], part) or model
    return model


def _model_in(annotation: Any, name: str) -> type[BaseModel] | None:
    """The block among the types that a key accepts."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part, name))), None)
