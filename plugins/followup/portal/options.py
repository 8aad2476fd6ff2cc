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

from followup.notes.places import is_country, is_subdivision, is_timezone
from followup.notes.scalars import is_one_line, parse_day, parse_email
from followup.notes.wording import quote

_BETTER_FEED: Final = (
    "use at least 22 random letters and digits, as made by: "
    "python -c 'import secrets; print(secrets.token_urlsafe(16))'"
)
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


Line = Annotated[str, BeforeValidator(_text), AfterValidator(_one_line)]
# YAML reads a bare `NO` as false; nobody means anything else by it here than Norway.
Country = Annotated[
    str, BeforeValidator(lambda v: "NO" if v is False else v), AfterValidator(_country)
]


class Me(BaseModel):
    """Who signs the drafts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line = ""
    email: Annotated[Line, AfterValidator(_address)] = ""
    phone: Line = ""


class Options(BaseModel):
    """Every plugin option with its default; what a note does not say comes from here.

    `touches` overrides waits of the table of touches: `{status_check_1: {after_promise: 3}}`. With
    `feed`, a random token, a calendar without names is published at an address made of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    me: Me = Me()
    country: Country = "US"
    subdivision: Line | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] = "America/New_York"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en"
    profile: Literal["gentle", "standard", "persistent"] = "standard"
    salutation_policy: Literal["formal", "first_name"] = "formal"
    templates: Annotated[Line, AfterValidator(_relative)] = "site_templates"
    touches: dict[str, dict[str, Annotated[int, Field(strict=True, ge=0, le=365)]]] = {}
    feed: Annotated[str, BeforeValidator(_text), AfterValidator(_token)] | None = None
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
    return (OptionProblem("subdivision", message, "leave it out, or use a code such as `NY`"),)


def _explain(item: Any) -> OptionProblem:
    key = ".".join(str(part) for part in item["loc"])
    if key == "feed":  # a secret, even a bad one, is not repeated
        return OptionProblem(key, "the token of the calendar feed can be guessed", _BETTER_FEED)
    if item["type"] == "extra_forbidden":
        return OptionProblem(key, f"unknown option `{key}`", _suggest(item["loc"]))
    if item["type"] == "fault":
        return OptionProblem(key, item["msg"], item["ctx"]["hint"])
    value = quote(str(item["input"]))
    if item["type"] == "literal_error":
        return OptionProblem(key, f"unknown value {value}", f"one of {item['ctx']['expected']}")
    message = item["msg"].removeprefix("Value error, ")
    return OptionProblem(key, f"{value} does not fit", message[:1].lower() + message[1:])


def _suggest(location: tuple[Any, ...]) -> str:
    known = list(Me.model_fields if location[0] == "me" else Options.model_fields)
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}"
