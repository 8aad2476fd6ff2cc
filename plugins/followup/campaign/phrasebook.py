"""A phrasebook: everything a draft says in one language, read from one YAML file.

A wording is a sentence with places to fill in, `{title}`, and the situation it is meant for. Which
touch says what in which order stands there too: a language is one file and no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from followup.campaign.phrasebook_yaml import Located, Place, parse_located
from followup.notes.problems import Problem, Severity
from followup.notes.schema import Format, Role
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
    {"title", "on_day", "date", "by", "applied", "person", "others", "weekday", "day", "month"}
    | {"year", "name", "given_name", "family_name", "honorific", "academic_title", "line"}
    | {"time", "deadline"}
)
"""What a wording may ask for in braces."""

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
}
"""What a wording or a form may be kept for: the name of a condition, and its possible values."""

_PLACE = re.compile(r"\{([a-z_]*)\}")


def placeholders(template: str) -> tuple[str, ...]:
    """The facts that a wording asks for, in order."""
    return tuple(_PLACE.findall(template))


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template` with its places filled in one pass: braces in a value stay as they are."""
    return _PLACE.sub(lambda match: values[match[1]], template)


def _known_facts(template: str) -> str:
    unknown = [name for name in placeholders(template) if name not in FACTS]
    if unknown:
        raise ValueError(
            f"unknown place `{{{unknown[0]}}}`; one of {', '.join(sorted(FACTS))}",
        )
    return template


def _known_conditions(when: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    for name, values in when.items():
        if name not in CONDITIONS:
            raise ValueError(f"unknown condition `{name}`; one of {', '.join(CONDITIONS)}")
        unknown = sorted(values - CONDITIONS[name])
        if unknown:
            expected = ", ".join(sorted(CONDITIONS[name]))
            raise ValueError(f"`{name}` cannot be `{unknown[0]}`; one of {expected}")
    return when


def _with_other(texts: dict[str, str]) -> dict[str, str]:
    if "other" not in texts:
        raise ValueError("needs a text for `other`, which is every honorific without its own")
    return texts


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Template = Annotated[str, Field(min_length=1), AfterValidator(_known_facts)]
Values = Annotated[frozenset[str], BeforeValidator(_listed)]
When = Annotated[dict[str, Values], AfterValidator(_known_conditions)]
Words = Annotated[tuple[str, ...], Field(min_length=1)]
ByHonorific = Annotated[
    dict[Literal["Mr.", "Ms.", "Mrs.", "Miss", "Mx.", "other"], Template],
    AfterValidator(_with_other),
]
Agreeing = Template | ByHonorific
"""One text, or one for each honorific and `other`: for languages that agree in gender."""


class _Part(BaseModel):
    """A frozen part of a phrasebook; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(_Part):
    """One way to say something, and when it may be said.

    `text` stands alone; `sentence` and `fragment` take a line of the note, `{line}`, which is a
    whole sentence or is not. `then` follows it and states no fact. `rests_on` names facts that
    the wording states without asking for them in braces.
    """

    when: When = {}
    text: Template | None = None
    sentence: Template | None = None
    fragment: Template | None = None
    then: Template | None = None
    rests_on: tuple[
        Literal["person", "format", "next_step", "event", "interviews", "others"], ...
    ] = ()


class Form(_Part):
    """What a touch says, in order: paragraphs of slots.

    A slot that is `required` leaves a gap where the notes have nothing for it, any other is left
    out; the `spare` ones are left out first where a message grows too long, the `extra` ones are
    said only where it is too short without them. The first subject whose facts are all known is
    taken. `replies_to` are the touches whose subject is answered, the first one that was written.
    `thanks` says that the message must give thanks.
    """

    when: When = {}
    subject: Annotated[tuple[Template, ...], BeforeValidator(_listed), Field(min_length=1)]
    replies_to: tuple[str, ...] = ()
    paragraphs: Annotated[tuple[Words, ...], Field(min_length=1)]
    required: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    thanks: Literal["yes", "no"] = "no"

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot, in order."""
        return tuple(slot for paragraph in self.paragraphs for slot in paragraph)


class Dates(_Part):
    """How a day is written: in a sentence, soon after and later, and by itself."""

    on_day_soon: Template
    on_day: Template
    on_day_other_year: Template
    on_day_ahead: Template
    on_day_ahead_other_year: Template
    date: Template
    date_other_year: Template


class Series(_Part):
    """What stands between the members of a list, and before its last one."""

    between: str
    last: str


class Salutations(_Part):
    """How a letter begins, by what is known of its reader."""

    first_name: Agreeing
    academic: Agreeing
    academic_without_honorific: Agreeing
    honorific: Agreeing
    name: Agreeing
    nobody: Agreeing


class Gaps(_Part):
    """What stands in a letter where a fact is missing."""

    specific: Template
    proof: Template
    thought: Template
    useful: Template
    promise: Template
    third_person: Template
    signature: Template
    nobody: str

    def text_of(self, slot: str) -> str:
        """What stands where a slot has nothing to say."""
        texts = {
            "specific": self.specific, "proof": self.proof, "thought": self.thought,
            "useful": self.useful, "promise": self.promise, "promise_too": self.promise,
        }  # fmt: skip
        return texts[slot]


class Watched(_Part):
    """Words and phrases of the language that the checks look for."""

    cliches: Words
    thanks: Words
    third_person: Words
    speaker: Words
    sends: Words


class Phrasebook(_Part):
    """All of one language; see the comments in `site_templates/drafts/en.yml`."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    weekdays: Annotated[tuple[str, ...], Field(min_length=7, max_length=7)]
    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    dates: Dates
    series: Series
    reply: str
    salutations: Salutations
    academic_titles: dict[str, Agreeing] = {}
    sign_off: Template
    gaps: Gaps
    watched: Watched
    touches: dict[str, Annotated[tuple[Form, ...], Field(min_length=1)]]
    slots: dict[str, Annotated[tuple[Wording, ...], Field(min_length=1)]]


def parse_phrasebook(text: str, path: str) -> tuple[Phrasebook | None, tuple[Problem, ...]]:
    """The phrasebook in `text`, or None and every fault in it at its line and column."""
    located, problems = parse_located(text, path)
    if located is None:
        return None, problems
    try:
        book = Phrasebook.model_validate(located.value)
    except ValidationError as error:
        return None, tuple(sorted({_explain(item, located, path) for item in error.errors()}))
    problems = tuple(sorted(_inconsistencies(book, located, path)))
    return (None if problems else book), problems


def _explain(item: Any, located: Located, path: str) -> Problem:
    place = tuple(part for part in item["loc"] if not _is_type_name(part))
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    if item["type"] == "missing":
        return _problem(path, located.mark(place), "missing_phrase", f"missing phrase `{name}`")
    if item["type"] == "extra_forbidden":
        return _problem(path, located.mark(place), "unknown_phrase", f"unknown phrase `{name}`")
    message = item["msg"].removeprefix("Value error, ")
    text = f"`{name}` is not as expected: {message[:1].lower()}{message[1:]}"
    return _problem(path, located.mark(place), "wrong_phrase", text)


def _is_type_name(part: str | int) -> bool:
    """Whether pydantic put it into a location to say which member of a union it tried."""
    return isinstance(part, str) and ("[" in part or part in {"str", "dict"})


def _problem(path: str, mark: Place, code: str, message: str, hint: str = "") -> Problem:
    default = "compare it with `en.yml`, where every phrase has a comment"
    return Problem(path, mark.line, mark.column, Severity.ERROR, code, message, hint or default)


def _inconsistencies(book: Phrasebook, located: Located, path: str) -> Iterator[Problem]:
    yield from _unknown_slots(book, located, path)
    for slot, wordings in book.slots.items():
        for number, wording in enumerate(wordings):
            fault = _wording_fault(wording)
            if fault:
                mark = located.mark(("slots", slot, number))
                yield _problem(path, mark, "wrong_phrase", f"a wording of `{slot}` {fault}")
        if slot in LINE_SLOTS and not _covers_everything(wordings):
            yield _problem(
                path, located.mark(("slots", slot)), "missing_phrase",
                f"`{slot}` has no wording for every case",
                "add one with `sentence` and `fragment` and without `when`",
            )  # fmt: skip


def _unknown_slots(book: Phrasebook, located: Located, path: str) -> Iterator[Problem]:
    for touch, forms in book.touches.items():
        for number, form in enumerate(forms):
            mark = located.mark(("touches", touch, number))
            for slot in form.slots:
                if slot not in book.slots:
                    message = f"`{touch}` uses the slot `{slot}`, which has no wordings"
                    yield _problem(path, mark, "missing_phrase", message)
            for slot in form.required:
                if slot not in GAP_SLOTS:
                    message = f"`{touch}` requires `{slot}`, for which there is no gap"
                    yield _problem(path, mark, "missing_phrase", message)
            if not set(placeholders(form.subject[-1])) <= {"date"}:
                message = f"the last subject of `{touch}` must not ask for more than `{{date}}`"
                yield _problem(path, mark, "wrong_phrase", message)
            for slot in (*form.required, *form.spare, *form.extra):
                if slot not in form.slots:
                    message = f"`{slot}` is in no paragraph of `{touch}`"
                    yield _problem(path, mark, "wrong_phrase", message)


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
