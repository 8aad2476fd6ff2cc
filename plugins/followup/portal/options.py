"""The settings of a workspace: the `followup` plugin's options in its `mkdocs.yml`."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from followup.notes.places import is_country, is_subdivision, is_timezone, subdivisions
from followup.notes.scalars import BareValue, is_one_line, parse_day, parse_email, reject
from followup.notes.wording import quote

_BETTER_FEED: Final = (
    "use at least 22 random letters and digits, as made by: "
    "python -c 'import secrets; print(secrets.token_urlsafe(16))'"
)
_LANGUAGE_FIRST: Final = 'name the language first: `phrases: {en: {sign_off: "Best regards,"}}`'
_SAY_WHICH: Final = 'name the phrase: `sign_off: "Best regards,"`, as in `drafts/en.yml`'
_LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Z]{2})?$"
_EXPECTED: Final = {
    "string_pattern_mismatch": "write a language as `en`, `en-GB` or `de`",
    "string_type": "write one text, in double quotes",
    "model_type": 'write it as a group: `me: {name: "Alex Kim", email: alex@example.org}`',
    "dict_type": "write it as a group: `touches: {status_check_1: {after_promise: 3}}`",
    "int_type": "write a whole number of days, from 0 to 365",
    "less_than_equal": "write a whole number of days, from 0 to 365",
    "greater_than_equal": "write a whole number of days, from 0 to 365",
}
"""What to write where something of another kind is expected."""
_DEEPEST: Final = 12
_MOST_LINES: Final = 12
_LONGEST_SIGNATURE: Final = 600
_BITS: Final = 128
_FEWEST: Final = 10
_LONGEST: Final = 128
# What a token may be made of, and among how many characters chance then has its choice each time.
# In words it has little: those are guessed whole.
_ALPHABETS: Final = (
    ("[0-9]+", 10),
    ("[0-9a-f]+", 16),
    ("[a-z]+|[0-9a-z]*[_-][0-9a-z_-]*", 4),
    ("[0-9a-z]+", 36),
    ("[0-9A-Za-z_-]+", 64),
)


def _token(text: str) -> str:
    """`text` if it may have been drawn by lot, and from enough lots that nobody can try them all."""
    sizes = (size for pattern, size in _ALPHABETS if re.fullmatch(pattern, text))
    bits = len(text) * math.log2(next(sizes, 1))
    if bits < _BITS or len(text) > _LONGEST or len(set(text)) < _FEWEST:
        raise ValueError("can be guessed")
    return text


def _one_line(text: str) -> str:
    if not is_one_line(text):
        raise ValueError("must be one line without control characters")
    return text


def _country(text: str) -> str:
    if not is_country(text):
        raise ValueError("must be a two-letter country code such as `US` or `DE`")
    return text


def _timezone(text: str) -> str:
    if not is_timezone(text):
        raise ValueError("must be a time zone such as `America/New_York` or `Europe/Berlin`")
    return text


def _address(text: str) -> str:
    return parse_email(text) if text else text


def _relative(text: str) -> str:
    if text.startswith(("/", "\\")) or ".." in text.split("/"):
        raise ValueError("must be a folder beside `mkdocs.yml`, without `..`")
    return text


def _day(value: object) -> object:
    """YAML's own reading undone, which makes days of many things and knows years without end."""
    return value if value is None else parse_day(str(value))


def _text(value: object) -> object:
    """YAML's own reading undone where it is harmless: a phone number given as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _lines(value: object) -> object:
    """A list of lines as the text that it stands for."""
    if isinstance(value, list):
        return "\n".join(str(line) for line in value)
    return _text(value)


def _signature(text: str) -> str:
    """Lines without spaces at their ends, as they stand below a message."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    if not all(is_one_line(line) for line in lines):
        raise ValueError("must be plain lines without tabs or other control characters")
    if len(lines) > _MOST_LINES or len(text) > _LONGEST_SIGNATURE:
        raise ValueError(
            f"must have at most {_MOST_LINES} lines and {_LONGEST_SIGNATURE} characters"
        )
    return "\n".join(lines)


def _phrases(value: object) -> object:
    """Phrases by language, as texts, whatever YAML made of them."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        reject("phrases", f"{quote(str(value))} does not fit", _LANGUAGE_FIRST)
    return {_as_text(language): _phrases_of(language, said) for language, said in value.items()}


def _phrases_of(language: object, said: object) -> dict[str, Any]:
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        name = _as_text(language)
        if not re.fullmatch(_LANGUAGE, name):
            reject("phrases", f"{quote(name)} is no language", _LANGUAGE_FIRST)
        reject("phrases", f"{quote(str(said))} is no group of phrases of {quote(name)}", _SAY_WHICH)
    read = _as_texts(said, _DEEPEST)
    return read if isinstance(read, dict) else {}


def _as_texts(value: object, depth: int) -> Any:
    """Texts, lists and mappings of them; what YAML made something else of is marked as such."""
    if depth == 0:
        reject("phrases", "the phrases are nested too deep", "no phrase needs that")
    if isinstance(value, Mapping):
        return {_as_text(name): _as_texts(item, depth - 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_texts(item, depth - 1) for item in value]
    return value if isinstance(value, str) else BareValue(_as_text(value))


def _as_text(value: object) -> str:
    """A text as it stands in the file: YAML reads a bare `yes` as true, and `no` as false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


Line = Annotated[str, BeforeValidator(_text), AfterValidator(_one_line)]
# YAML reads a bare `NO` as false; nobody means anything else by it here than Norway.
Country = Annotated[
    str, BeforeValidator(lambda v: "NO" if v is False else v), AfterValidator(_country)
]


class Me(BaseModel):
    """Who signs the drafts; `signature` are the lines below the close, in place of the name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line = ""
    email: Annotated[Line, AfterValidator(_address)] = ""
    phone: Line = ""
    signature: Annotated[str, BeforeValidator(_lines), AfterValidator(_signature)] = ""


class Options(BaseModel):
    """Every plugin option with its default; what a note does not say comes from here.

    `touches` overrides waits of the table of touches: `{status_check_1: {after_promise: 3}}`. With
    `feed`, a random token, a calendar without names is published at an address made of it.
    `phrases` holds single phrases of drafts by language; what they may be, the phrasebooks know.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    me: Me = Me()
    country: Country = "US"
    subdivision: Line | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] = "America/New_York"
    language: Annotated[str, Field(pattern=_LANGUAGE)] = "en"
    profile: Literal["gentle", "standard", "persistent"] = "standard"
    salutation_policy: Literal["formal", "first_name"] = "formal"
    templates: Annotated[Line, AfterValidator(_relative)] = "site_templates"
    touches: dict[str, dict[str, Annotated[int, Field(strict=True, ge=0, le=365)]]] = {}
    phrases: Annotated[dict[str, dict[str, Any]], BeforeValidator(_phrases)] = {}
    feed: Annotated[str, BeforeValidator(_text), AfterValidator(_token)] | None = None
    incremental: Annotated[bool, Field(strict=True)] = True
    today: Annotated[date | None, BeforeValidator(_day)] = None


@dataclass(frozen=True, slots=True)
class OptionProblem:
    """A wrong setting: its dotted key, what is wrong, and what would be right."""

    key: str
    message: str
    hint: str


def parse_options(raw: Mapping[str, Any]) -> tuple[Options, tuple[OptionProblem, ...]]:
    """The settings in `raw`, with the defaults for those that are absent or wrong, and every fault."""
    given = {key: value for key, value in raw.items() if value is not None}
    try:
        options = Options.model_validate(given)
    except ValidationError as error:
        problems = tuple(_explain(item) for item in error.errors(include_url=False))
        return Options(), problems
    return options, _subdivision_problems(options)


def _subdivision_problems(options: Options) -> tuple[OptionProblem, ...]:
    part = options.subdivision
    if part is None or is_subdivision(options.country, part):
        return ()
    message = f"`{part}` is no part of `{options.country}` with holidays of its own"
    known = subdivisions(options.country)
    hint = f"leave it out, or use a code such as `{known[0]}`" if known else "leave it out"
    return (OptionProblem("subdivision", message, hint),)


def _explain(item: Any) -> OptionProblem:
    key = ".".join(str(part) for part in item["loc"])
    if key == "feed":  # a secret, even a bad one, is not repeated
        return OptionProblem(key, "the token of the calendar feed can be guessed", _BETTER_FEED)
    if item["type"] == "extra_forbidden":
        return OptionProblem(key, f"unknown option `{key}`", _suggest(item["loc"]))
    if item["type"] == "fault":
        return OptionProblem(key, item["msg"], item["ctx"]["hint"])
    value = quote(str(item["input"]))
    if expected := _EXPECTED.get(item["type"]):
        return OptionProblem(key, f"{value} does not fit", expected)
    if item["type"] == "literal_error":
        return OptionProblem(key, f"unknown value {value}", f"one of {item['ctx']['expected']}")
    message = item["msg"].removeprefix("Value error, ")
    return OptionProblem(key, f"{value} does not fit", message[:1].lower() + message[1:])


def _suggest(location: tuple[Any, ...]) -> str:
    known = list(Me.model_fields if location[0] == "me" else Options.model_fields)
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}"
