"""A phrasebook: everything a draft says in one language.

A wording is a sentence with places to fill in, `{title}`, and the situation it is meant for. Which
touch says what in which order stands there too: a language is one file and no code.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from followup.campaign.phrasebook_layers import listed
from followup.notes.scalars import BareValue, reject
from followup.notes.schema import Format, Role
from followup.notes.wording import one_of, quote
from followup.portal.model import ENDS

LINE_SLOTS: Final = (
    "specific", "more", "proof", "more_proof", "recovery", "hook", "thought", "useful", "promise", "promise_too",
)  # fmt: skip
"""The slots that carry a line of the note, in the owner's own words."""

GAP_SLOTS: Final = frozenset(
    {"specific", "proof", "thought", "useful", "promise", "promise_too"},
)
"""The slots that may be required: a gap says what is missing."""

FACTS: Final = frozenset(
    {"title", "on_day", "date", "by", "applied", "person", "others", "time", "deadline"}
)
"""What a wording may ask for in braces, beside the line that some slots carry."""

DATED: Final = frozenset({"on_day", "date", "by", "applied", "deadline"})
"""The facts that are a day: they may end in a comma, which no other mark may follow."""

_DAY: Final = frozenset({"weekday", "day", "month", "year"})
_TIME: Final = frozenset({"hour", "two_digit_hour", "hour_12", "minute", "half"})
_NAME: Final = frozenset({"name", "given_name", "family_name", "honorific", "academic_title"})

_YES_NO: Final = frozenset({"yes", "no"})
CONDITIONS: Final[Mapping[str, frozenset[str]]] = {
    "role": frozenset(Role),
    "format": frozenset(Format),
    "about": frozenset({"job", "problem", "project"}),
    "said_by": frozenset({"reader", "somebody"}),
    "next": frozenset({"next_round", "decision", "offer", "other"}),
    "colleagues": frozenset({"none", "one", "several"}),
    "deadline": frozenset({"yes", "no", "past"}),
    "outcome": frozenset({"interview", *ENDS}),
    **dict.fromkeys(
        ("title", "by", "said", "alone", "group", "met", "reader", "short", "thanks_too"), _YES_NO
    ),
    **dict.fromkeys(("interview", "clock", "elsewhere", "sender", "interviewed", "sends"), _YES_NO),
    **dict.fromkeys(("offered", "first_round"), _YES_NO),
}
"""What a wording or a form may be kept for: the name of a condition, and its possible values."""

WRONG: Final = "wrong_phrase"
NO_TEXT: Final = "no_text"
_PLACE = re.compile(r"\{([a-z0-9_]*)\}")
_BRACED = re.compile(r"\{+[^{}]*\}*|\}+")
_MARKS: Final = (".", ",", ";", ":", "!", "?", "…", ")")


def base_language(language: str) -> str:
    """A language without its region: `en` of `en-GB`."""
    return language.partition("-")[0]


def has_book(language: str, books: Container[str]) -> bool:
    """Whether there is a book for a language; one with a region may do with the language's own."""
    return language in books or base_language(language) in books


@lru_cache(maxsize=4_096)
def placeholders(template: str) -> tuple[str, ...]:
    """The facts that a wording asks for, in order."""
    return tuple(_PLACE.findall(template))


class _Place(NamedTuple):
    """A place to fill in: the marks that its value loses at its end, and the text behind it."""

    name: str
    loses: str
    behind: str


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template` with its places filled in one pass: braces in a value stay as they are.

    A day that ends in a comma (`November 19, 2026,`) loses it before another mark and at the end,
    and `p.m.` its full stop before another.
    """
    start, places = _taken_apart(template)
    if not places:
        return start
    filled = [start]
    for name, loses, behind in places:
        value = values[name]
        filled += (value[:-1] if value[-1:] in loses else value, behind)
    return "".join(filled)


@lru_cache(maxsize=4_096)
def _taken_apart(template: str) -> tuple[str, tuple[_Place, ...]]:
    """The text before the first place of a template, and its places."""
    places = []
    start, *pieces = _PLACE.split(template)
    # By turns the name of a place and the text behind it.
    for at in range(0, len(pieces), 2):
        name, behind = pieces[at : at + 2]
        last = at + 2 == len(pieces)
        day = name in DATED and ((last and not behind.strip()) or behind.startswith(_MARKS))
        loses = ("," if day else "") + ("." if name != "line" and behind.startswith(".") else "")
        places.append(_Place(name, loses, behind))
    return start, tuple(places)


def _asking_for(allowed: frozenset[str]) -> AfterValidator:
    """What refuses a text that asks for anything else than `allowed`."""

    def check(template: str) -> str:
        for found in _BRACED.finditer(template):
            place = _PLACE.fullmatch(found[0])
            if place is None or place[1] not in allowed:
                reject(
                    WRONG, f"{_shown(found[0])} is no place to fill in", _meant(found[0], allowed)
                )
        return template

    return AfterValidator(check)


def _shown(braced: str) -> str:
    """What stands in braces; of an open brace the word after it."""
    return quote(braced if braced.endswith("}") else " ".join(braced.split()[:1]))


def _meant(braced: str, allowed: frozenset[str]) -> str:
    """The place that was meant: with a capital, with spaces, or half closed, it is still to be told."""
    if not allowed:
        return "nothing can be filled in here: take the braces out"
    words = re.findall(r"[a-z0-9_]+", braced.lower())
    pairs = [f"{first}_{second}" for first, second in pairwise(words)]
    said = next((word for word in (*pairs, *words) if word in allowed), None)
    near = [said] if said else get_close_matches(" ".join(words[:2]), sorted(allowed), n=1)
    if near:
        return f"did you mean `{{{near[0]}}}`?"
    return one_of(f"`{{{name}}}`" for name in sorted(allowed))


def _given(value: object) -> object:
    """A text that says something; a number, a bare `yes` and nothing at all are slips."""
    if isinstance(value, str) and not value.strip():
        reject(WRONG, "there is no text", "write one, or take the line out")
    if isinstance(value, BareValue):
        reject(WRONG, f"{quote(value)} is no text", f'put it into double quotes: "{value}"')
    if not isinstance(value, str):
        reject(NO_TEXT, "this must be one text", 'write it in double quotes: "Kind regards,"')
    return value


def _known_conditions(when: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    for name, values in when.items():
        if name not in CONDITIONS:
            near = get_close_matches(name, CONDITIONS, n=1)
            hint = f"did you mean `{near[0]}`?" if near else one_of(CONDITIONS)
            reject(WRONG, f"there is no condition {quote(name)}", hint)
        unknown = sorted(values - CONDITIONS[name])
        if unknown:
            message = f"`{name}` cannot be {quote(unknown[0])}"
            reject(WRONG, message, one_of(sorted(CONDITIONS[name])))
    return when


def _with_other(texts: dict[str, str]) -> dict[str, str]:
    if "other" not in texts:
        reject(WRONG, "there is no text for `other`", "`other` is each that has no line of its own")
    if len(texts) > 1 and "Mx." not in texts:
        reject(WRONG, "there is no text for `Mx.`", "add one that says neither man nor woman")
    return texts


def _answer(value: object) -> object:
    """`true` and `false` as the yes and no that they mean."""
    known = {"true": "yes", "false": "no"}
    return known.get(value.lower(), str(value)) if isinstance(value, str) else value


def _wording(value: object) -> object:
    """A wording that is just a text: by itself, or round a line, with a full stop after a fragment."""
    if not isinstance(value, str):
        return value
    if "line" not in placeholders(value):
        return {"text": value}
    fragment = value + "." if value.endswith("{line}") else value
    return {"sentence": value, "fragment": fragment}


Joint = Annotated[str, _asking_for(frozenset())]
"""What stands between other texts: it may be a space."""

Word = Annotated[str, Field(min_length=1), _asking_for(frozenset())]
Text = Annotated[str, BeforeValidator(_given)]
Plain = Annotated[Text, _asking_for(frozenset())]
Template = Annotated[Text, _asking_for(FACTS)]
WithLine = Annotated[Text, _asking_for(FACTS | {"line"})]
Day = Annotated[Text, _asking_for(_DAY)]
Time = Annotated[Text, _asking_for(_TIME)]
Name = Annotated[Text, _asking_for(_NAME)]
Gap = Annotated[Text, _asking_for(frozenset({"person"}))]
Quoting = Annotated[Text, _asking_for(frozenset({"person", "line"}))]
YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_answer)]
Values = Annotated[frozenset[Annotated[str, BeforeValidator(_answer)]], BeforeValidator(listed)]
When = Annotated[dict[str, Values], AfterValidator(_known_conditions)]
Words = Annotated[tuple[Word, ...], Field(min_length=1)]
ByHonorific = Annotated[
    dict[Literal["Mr.", "Ms.", "Mrs.", "Miss", "Mx.", "other"], Name],
    AfterValidator(_with_other),
]
Agreeing = Name | ByHonorific
"""One text, or one for each honorific and `other`: for languages that agree in gender."""


class _Part(BaseModel):
    """A frozen part of a phrasebook; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Wording(_Part):
    """One way to say something, and when it may be said.

    `text` stands alone; `sentence` and `fragment` take a line of the note, `{line}`, which is a
    whole sentence or is not. `then` follows it and states no fact. `rests_on` names facts that
    the wording states without asking for them in braces.
    """

    when: When = {}
    text: Template | None = None
    sentence: WithLine | None = None
    fragment: WithLine | None = None
    then: Template | None = None
    rests_on: tuple[
        Literal["person", "format", "next_step", "event", "offer", "interviews", "others"], ...
    ] = ()


class Form(_Part):
    """What a touch says, in order: paragraphs of slots.

    A slot that is `required` leaves a gap where the notes have nothing for it, any other is left
    out; the `spare` ones are left out first where a message grows too long, the `extra` ones are
    said, one after the other, only where it is too short without them. The first subject whose facts are all known is
    taken. `replies_to` are the touches whose subject is answered, the first one that was written.
    `thanks` says that the message must give thanks.
    """

    when: When = {}
    subject: Annotated[tuple[Template, ...], BeforeValidator(listed), Field(min_length=1)]
    replies_to: tuple[str, ...] = ()
    paragraphs: Annotated[tuple[Words, ...], Field(min_length=1)]
    required: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    thanks: YesNo = "no"

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot, in order."""
        return tuple(slot for paragraph in self.paragraphs for slot in paragraph)


class Halves(_Part):
    """What the halves of a day are called."""

    before_noon: Plain
    after_noon: Plain


class Dates(_Part):
    """How a day is written: in a sentence, soon after and later, and by itself; and an hour.

    `days` are those of the month that are not written as their plain number.
    """

    on_day_soon: Day
    on_day: Day
    on_day_other_year: Day
    on_day_ahead: Day
    on_day_ahead_other_year: Day
    date: Day
    date_other_year: Day
    time: Time
    time_on_the_hour: Time | None = None
    halves: Halves | None = None
    days: dict[Annotated[int, Field(ge=1, le=31)], Word] = {}

    @model_validator(mode="after")
    def _half_is_known(self) -> Self:
        asked = placeholders(self.time + (self.time_on_the_hour or ""))
        if "half" in asked and self.halves is None:
            hint = "add `halves: {before_noon: a.m., after_noon: p.m.}`"
            reject(WRONG, "`{half}` is not known without `halves`", hint)
        return self


class Series(_Part):
    """What stands between the members of a list, and before its last one."""

    between: Joint
    last: Joint


class Salutations(_Part):
    """How a letter begins, by what is known of its reader."""

    first_name: Agreeing
    academic: Agreeing
    academic_without_honorific: Agreeing
    honorific: Agreeing
    name: Agreeing
    nobody: Agreeing


class References(_Part):
    """How a sentence names somebody, by what is known of them."""

    academic: Agreeing
    academic_without_honorific: Agreeing
    honorific: Agreeing
    name: Agreeing


class Opening(_Part):
    """How the first sentence begins after a salutation that ends in a comma.

    In lower case, but for the words in `but`, which the file calls `except`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    lower_case: YesNo = "no"
    but: Annotated[tuple[str, ...], Field(alias="except")] = ()


class Gaps(_Part):
    """What stands in a letter where a fact is missing."""

    specific: Gap
    proof: Gap
    thought: Gap
    useful: Gap
    promise: Gap
    outcome: Quoting
    third_person: Quoting
    signature: Plain
    nobody: Plain

    def text_of(self, slot: str) -> str:
        """What stands where a slot has nothing to say."""
        texts = {
            "specific": self.specific, "proof": self.proof, "thought": self.thought,
            "useful": self.useful, "promise": self.promise, "promise_too": self.promise,
        }  # fmt: skip
        return texts[slot]


class Watched(_Part):
    """Words and phrases of the language that the checks look for, in either case.

    `third_person_as_written` only just so: German `sie` is she, and `Sie` is you. A line about
    somebody whose name is left out begins with one of `reports`. `ordinary_words`
    are those that are also somebody's name: alone they name nobody.
    """

    cliches: Words
    thanks: Words
    third_person: Words
    third_person_as_written: tuple[Word, ...] = ()
    reports: tuple[Word, ...] = ()
    ordinary_words: tuple[Word, ...] = ()
    speaker: Words
    sends: Words
    sends_at_end: tuple[Word, ...] = ()

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """The ordinary words in the form that tells no cases apart."""
        return frozenset(word.casefold() for word in self.ordinary_words)


class Phrasebook(_Part):
    """All of one language; see the comments in `site_templates/drafts/en.yml`."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    weekdays: Annotated[tuple[Word, ...], Field(min_length=7, max_length=7)]
    months: Annotated[tuple[Word, ...], Field(min_length=12, max_length=12)]
    dates: Dates
    series: Series
    reply: Joint
    salutations: Salutations
    references: References
    opening: Opening = Opening()
    academic_titles: dict[str, Agreeing] = {}
    sign_off: Plain
    gaps: Gaps
    watched: Watched
    touches: dict[str, Annotated[tuple[Form, ...], Field(min_length=1)]]
    slots: dict[
        str,
        Annotated[tuple[Annotated[Wording, BeforeValidator(_wording)], ...], Field(min_length=1)],
    ]
