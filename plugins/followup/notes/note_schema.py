"""The JSON Schema of a note's front matter, with which editors complete and check it.

It is made of the models in `schema`: each function that reads a value there has the shape of what
it reads here. It is never stricter than they are; what only a look at other values or at a list of
countries can tell, such as the 31st of November, it lets pass and `followup check` finds.

Older editors know no newer draft than 7: no keyword is used that means something else there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, PlainValidator

from followup.notes import scalars, schema
from followup.notes.meanings import MEANINGS
from followup.notes.schema import Format, FrontMatter, NotApplicable

Shape = dict[str, Any]

SCHEMA_PLACE: Final = ".followup/entry.schema.json"
"""Where a workspace keeps the schema for its editors."""


def build_note_schema() -> Shape:
    """The schema of the front matter, for YAML 1.2 as editors read it."""
    definitions = {model.__name__: _block(model) for model in MEANINGS if model is not FrontMatter}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The front matter of a note",
        **_block(FrontMatter),
        **_NEEDS_TITLE,
        "$defs": definitions,
    }


def render_note_schema() -> str:
    """The schema as the file that ships."""
    return json.dumps(build_note_schema(), ensure_ascii=False, indent=2) + "\n"


_NEEDS_TITLE: Final[Shape] = {
    "if": {
        "required": ["interview"],
        "properties": {
            "interview": {
                "type": "object",
                "required": ["format"],
                "properties": {"format": {"const": Format.NETWORKING.value}},
            }
        },
    },
    "else": {"required": ["title"], "properties": {"title": {"not": {"type": "null"}}}},
}


def _any_case(*words: str) -> str:
    """A pattern for words in capitals or not; the patterns of JSON Schema know no flags."""
    return "|".join(
        "".join(f"[{sign.upper()}{sign}]" if sign.isalpha() else sign for sign in word)
        for word in words
    )


def _written(pattern: str, example: str) -> Shape:
    """A text of this form; where it stands in quotes, spaces at its ends do not count."""
    return {"type": "string", "pattern": rf"^\s*({pattern})\s*$", "examples": [example]}


_DAY: Final = r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_SPOKEN: Final = ("yes", "no", "true", "false", "on", "off")
_NOT_APPLICABLE: Final[Shape] = {
    **_written(rf"({_any_case(*NotApplicable)})\.*", "n/a"),
    "description": "The question does not apply.",
}
# A text without quotes may be what YAML takes for a number, or for true or false.
_TEXT: Final[Shape] = {"type": ["string", "number", "boolean"]}
_LINE: Final[Shape] = {**_TEXT, "pattern": r"\S"}
_YES_NO: Final[Shape] = {
    "type": ["boolean", "string"],
    "pattern": rf"^\s*({_any_case(*_SPOKEN)})\s*$",
    "examples": [True, False],
}
_AMOUNT: Final[Shape] = {
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": r"^\s*[0-9]{1,12}(\.[0-9]{1,4})?\s*$",
    "examples": [52000, 21.5],
}
_ANSWER: Final[Shape] = {
    "type": ["string", "boolean"],
    "pattern": rf"^\s*({_any_case(*_SPOKEN, 'unknown')})\s*$",
    "examples": ["yes", "no", "unknown"],
}


def _choice(_: str, choices: Iterable[str]) -> Shape:
    return {"enum": [str(choice) for choice in choices]}


def _number(lowest: int, highest: int) -> Shape:
    limits = {"minimum": lowest, "maximum": highest}
    return {"type": ["integer", "string"], **limits, "pattern": r"^\s*[0-9]{1,9}\s*$"}


def _either(model: type[BaseModel]) -> Shape:
    return {"anyOf": [_reference(model), _NOT_APPLICABLE]}


def _people() -> Shape:
    return {"anyOf": [_list(_reference(schema.PersonBlock)), _NOT_APPLICABLE]}


def _other_candidates() -> Shape:
    return {"anyOf": [_ANSWER, *_either(schema.OtherCandidates)["anyOf"]]}


def _search() -> Shape:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"exclude": _or_nothing(_YES_NO), "boost": _or_nothing(_AMOUNT)},
    }


# By the name of the function that reads the value, and with what that was given beforehand.
_SHAPES: Final[Mapping[str, Callable[..., Shape]]] = {
    "parse_line": lambda: _LINE,
    "parse_phone": lambda: _LINE,
    "parse_text": lambda: _TEXT,
    "parse_day": lambda: _written(_DAY, "2026-11-19"),
    "parse_yes_no": lambda: _YES_NO,
    "parse_amount": lambda: _AMOUNT,
    "parse_choice": _choice,
    "parse_number": _number,
    "parse_timezone": lambda: _written(r"[A-Za-z][A-Za-z0-9_+/-]*", "Europe/Berlin"),
    "parse_country": lambda: _written(r"[A-Z]{2}", "DE"),
    "parse_language": lambda: _written(r"[a-z]{2,3}(-[A-Z]{2})?", "en"),
    "parse_currency": lambda: _written(r"[A-Z]{3}", "EUR"),
    "parse_email": lambda: _written(r"[^\s@,;:]+@[^\s@,;:]+", "n.okafor@acme.example"),
    "parse_person_id": lambda: {
        **_written(r"[^\s0-9@#_-][^\s@#]{0,59}", "okafor"),
        "type": ["string", "boolean"],
    },
    "parse_web_address": lambda: _written(
        rf"({_any_case('http', 'https')})://\S+", "https://jobs.example/acme/123"
    ),
    "parse_link": lambda: _written(
        rf"(({_any_case('http', 'https')})://|({_any_case('tel', 'mailto')}):)\S+",
        "https://meet.example/x",
    ),
    "parse_search": _search,
    "_start": lambda: _written(rf"{_DAY}(\s*[T ]\s*{_CLOCK})?", "2026-11-19 14:00"),
    "_hook": lambda: _TEXT,
    "_answer": lambda: _ANSWER,
    "_block": _either,
    "_people": _people,
    "_other_candidates": _other_candidates,
}


def _block(model: type[BaseModel]) -> Shape:
    """A group of keys; a key without a value is as good as absent, unless it is needed."""
    types = get_type_hints(model, include_extras=True)
    needed, properties = [], {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        shape = _shape(types[name])
        if field.is_required():
            needed.append(key)
        else:
            shape = _or_nothing(shape)
        properties[key] = {**shape, **_explain(model, key)}
    return {
        "description": MEANINGS[model][""][0],
        "type": "object",
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        "properties": properties,
    }


def _explain(model: type[BaseModel], key: str) -> Shape:
    description, *examples = MEANINGS[model][key]
    return {"description": description, **({"examples": examples} if examples else {})}


def _shape(annotation: Any) -> Shape:
    """What a value of this type looks like in a note."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _reference(annotation)
    if get_origin(annotation) in (Union, UnionType):
        (only,) = (part for part in get_args(annotation) if part is not NoneType)
        return _shape(only)
    if get_origin(annotation) is tuple:
        return _list(_shape(get_args(annotation)[0]))
    if get_origin(annotation) is Annotated:
        return _shape_of_annotated(annotation)
    raise TypeError(f"a note's value of the type {annotation} has no shape")


def _shape_of_annotated(annotation: Any) -> Shape:
    inner, *notes = get_args(annotation)
    reads = [note.func for note in notes if isinstance(note, BeforeValidator | PlainValidator)]
    if not reads:
        return _shape(inner)
    # Pydantic asks the last of them first, which is the one that sees what the file holds.
    read = reads[-1]
    if read is scalars.parse_list:
        return {"anyOf": [_LINE, _shape(inner)]}
    if isinstance(read, partial):
        return _SHAPES[read.func.__name__](*read.args)
    return _SHAPES[read.__name__]()


def _or_nothing(shape: Shape) -> Shape:
    """`shape`, or no value at all."""
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], None]}
    if "anyOf" in shape:
        return {**shape, "anyOf": [*shape["anyOf"], {"type": "null"}]}
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    return {**shape, "type": [*kinds, "null"]}


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": _or_nothing(items)}


def _reference(model: type[BaseModel]) -> Shape:
    return {"$ref": f"#/$defs/{model.__name__}"}
