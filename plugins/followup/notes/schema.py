"""The front matter of a note: every key, its type and its meaning."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, TypeAdapter

from followup.notes.scalars import (
    is_not_applicable,
    parse_amount,
    parse_choice,
    parse_country,
    parse_currency,
    parse_day,
    parse_email,
    parse_language,
    parse_line,
    parse_link,
    parse_list,
    parse_number,
    parse_person_id,
    parse_phone,
    parse_search,
    parse_start,
    parse_text,
    parse_timezone,
    parse_web_address,
    parse_yes_no,
    reject,
)


class Format(StrEnum):
    """How an interview was held."""

    PHONE_SCREEN = "phone_screen"
    VIDEO = "video"
    ONSITE = "onsite"
    PANEL = "panel"
    FINAL = "final"
    RECRUITER_CHAT = "recruiter_chat"
    NETWORKING = "networking"
    ASSESSMENT = "assessment"


class Stage(StrEnum):
    """How far an application has come, in order; the last five are ends."""

    SAVED = "saved"
    APPLIED = "applied"
    SCREENING = "screening"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no_response"


class Role(StrEnum):
    """What a person does in the hiring."""

    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    REFERRER = "referrer"


class Event(StrEnum):
    """What can stand in a log; events of one day apply in this order."""

    APPLIED = "applied"
    SENT = "sent"
    RECEIVED = "received"
    CALL = "call"
    DATE_CHANGED = "date_changed"
    INVITED = "invited"
    INTERVIEW_CANCELLED = "interview_cancelled"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    NO_RESPONSE = "no_response"


class NotApplicable(StrEnum):
    """What an owner writes where a question does not apply."""

    NOT_APPLICABLE = "n/a"
    NONE = "none"


TOUCHES = (
    "prepare", "debrief", "thank_you", "deliver_promise", "value_add", "status_check_1",
    "status_check_2", "closing_note", "application_check", "reminder", "confirm_invitation",
    "rejection_reply", "offer_thanks", "offer_decide", "withdraw", "referrer_update",
)  # fmt: skip
"""The kinds of follow-up a log may name; what each means is the campaign's knowledge."""

Honorific = Literal["Mr.", "Ms.", "Mrs.", "Miss", "Mx."]
AcademicTitle = Literal["Dr.", "Prof.", "Prof. Dr."]
_Workplace = Literal["onsite", "hybrid", "remote"]
_Period = Literal["year", "month", "week", "day", "hour"]
_YesNoUnknown = Literal["yes", "no", "unknown"]

Line = Annotated[str, BeforeValidator(parse_line)]
"""Text that ends up on one line of a page, a message's header or a calendar."""
Text = Annotated[str, BeforeValidator(parse_text)]
Day = Annotated[date, BeforeValidator(parse_day)]
YesNo = Annotated[bool, BeforeValidator(parse_yes_no)]
Amount = Annotated[Decimal, BeforeValidator(parse_amount)]


def _choice(label: str, *choices: str) -> BeforeValidator:
    return BeforeValidator(partial(parse_choice, label, choices))


def _number(lowest: int, highest: int) -> BeforeValidator:
    return BeforeValidator(partial(parse_number, lowest, highest))


class _Block(BaseModel):
    """A frozen group of keys; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Start(BaseModel):
    """When an interview starts, in its own time zone; without `clock` only the day is known."""

    model_config = ConfigDict(frozen=True)

    day: date
    clock: time | None = None


def _start(value: object) -> object:
    if isinstance(value, Start):
        return value
    if not isinstance(value, str):
        return reject("not_a_start", "expected a day and a time", "write it as `2026-11-19 14:00`")
    day, clock = parse_start(value)
    return Start(day=day, clock=clock)


class InterviewBlock(_Block):
    """`interview:`, the facts of the meeting itself."""

    format: Annotated[Format, _choice("interview format", *Format)]
    start: Annotated[Start, PlainValidator(_start)]
    round: Annotated[int, _number(1, 99)] | None = None
    minutes: Annotated[int, _number(1, 1440)] = 60
    timezone: Annotated[str, BeforeValidator(parse_timezone)] | None = None
    place: Line | None = None
    link: Annotated[str, BeforeValidator(parse_link)] | None = None
    first_names_used: YesNo = False


def _hook(value: object) -> object:
    if isinstance(value, str) and is_not_applicable(value):
        return _not_applicable(value)
    return parse_text(value)


class PersonBlock(_Block):
    """One item of `people:`; `hook` is a sentence as it would be said to that person."""

    id: Annotated[str, BeforeValidator(parse_person_id)] | None = None
    name: Line | None = None
    honorific: Annotated[Honorific, _choice("honorific", *get_args(Honorific))] | None = None
    academic_title: (
        Annotated[AcademicTitle, _choice("academic title", *get_args(AcademicTitle))] | None
    ) = None
    family_name: Line | None = None
    salutation: Line | None = None
    job_title: Line | None = None
    role: Annotated[Role, _choice("role", *Role)] | None = None
    email: Annotated[str, BeforeValidator(parse_email)] | None = None
    phone: Annotated[str, BeforeValidator(parse_phone)] | None = None
    hook: Annotated[str | NotApplicable, PlainValidator(_hook)] | None = None


class NextStep(_Block):
    """`next_step:`, category 10: what comes next, as the interviewer put it."""

    what: Line | None = None
    by: Day | None = None
    ask_on: Day | None = None
    said: Text | None = None


class Decision(_Block):
    """`decision:`, category 12: by when they decide."""

    by: Day | None = None
    said: Text | None = None


def _answer(value: object) -> object:
    """An answer as one word; `true` and `false` are what other programs write for yes and no."""
    spoken = {"true": "yes", "false": "no", "on": "yes", "off": "no"}
    if isinstance(value, str):
        value = spoken.get(value.lower(), value.lower())
    return parse_choice("answer", get_args(_YesNoUnknown), value)


class OtherCandidates(_Block):
    """`other_candidates:`, category 11."""

    answer: Annotated[_YesNoUnknown, BeforeValidator(_answer)]
    count: Annotated[int, _number(0, 10_000)] | None = None


class Salary(_Block):
    """Pay, as a range in one currency per period."""

    min: Amount | None = None
    max: Amount | None = None
    currency: Annotated[str, BeforeValidator(parse_currency)] | None = None
    period: Annotated[_Period, _choice("period", *get_args(_Period))] = "year"


class Reminder(_Block):
    """One item of `reminders:`, a task of the owner's own."""

    on: Day
    what: Line


class Promise(_Block):
    """One item of `promises:`, something the owner said they would send or do."""

    what: Line
    by: Day | None = None
    to: Line | None = None


class Offer(_Block):
    """`offer:`, what they offer and until when."""

    received_on: Day
    deadline: Day | None = None
    salary: Salary | None = None
    notes: Text | None = None


class LogItem(_Block):
    """One item of `log:`, something that happened."""

    on: Day
    event: Annotated[Event, _choice("event", *Event)]
    touch: Annotated[str, _choice("touch", *TOUCHES)] | None = None
    to: Line | None = None
    sender: Annotated[Line | None, Field(alias="from")] = None
    note: Text | None = None
    until: Day | None = None
    decision_by: Day | None = None
    next_step_by: Day | None = None


_PEOPLE = TypeAdapter(tuple[PersonBlock, ...])


def _not_applicable(value: str) -> NotApplicable:
    return NotApplicable(value.strip().rstrip(".").lower())


def _block(model: type[_Block], value: object) -> object:
    """`value` as that block, or as the word that says the question does not apply."""
    if isinstance(value, model | NotApplicable):
        return value
    if isinstance(value, str) and is_not_applicable(value):
        return _not_applicable(value)
    return model.model_validate(value)


def _people(value: object) -> object:
    if isinstance(value, NotApplicable):
        return value
    if isinstance(value, str) and is_not_applicable(value):
        return _not_applicable(value)
    return _PEOPLE.validate_python(value)


def _other_candidates(value: object) -> object:
    if isinstance(value, str) and not is_not_applicable(value):
        return OtherCandidates.model_validate({"answer": _answer(value)})
    return _block(OtherCandidates, value)


class FrontMatter(_Block):
    """Everything above the body of a note; the names of the keys are the names here.

    `n/a` or `none` instead of a block says that the question does not apply. The last five keys
    are MkDocs's and its theme's own.
    """

    company: Line
    title: Line | None = None
    application: Line | None = None
    status: Annotated[Stage, _choice("status", *Stage)] | None = None
    applied_on: Day | None = None
    source: Line | None = None
    job_url: Annotated[str, BeforeValidator(parse_web_address)] | None = None
    location: Line | None = None
    workplace: Annotated[_Workplace, _choice("workplace", *get_args(_Workplace))] | None = None
    salary: Salary | None = None
    resume: Line | None = None
    country: Annotated[str, BeforeValidator(parse_country)] | None = None
    subdivision: Line | None = None
    language: Annotated[str, BeforeValidator(parse_language)] | None = None
    interview: InterviewBlock | None = None
    people: Annotated[tuple[PersonBlock, ...] | NotApplicable, PlainValidator(_people)] = ()
    next_step: (
        Annotated[NextStep | NotApplicable, PlainValidator(partial(_block, NextStep))] | None
    ) = None
    decision: (
        Annotated[Decision | NotApplicable, PlainValidator(partial(_block, Decision))] | None
    ) = None
    other_candidates: (
        Annotated[OtherCandidates | NotApplicable, PlainValidator(_other_candidates)] | None
    ) = None
    reminders: tuple[Reminder, ...] = ()
    promises: tuple[Promise, ...] = ()
    offer: Offer | None = None
    log: tuple[LogItem, ...] = ()
    tags: Annotated[tuple[Line, ...], BeforeValidator(parse_list)] = ()
    hide: Annotated[tuple[Line, ...], BeforeValidator(parse_list)] = ()
    search: Annotated[dict[str, bool | float], PlainValidator(parse_search)] | None = None
    icon: Line | None = None
    description: Text | None = None


NOTE_ONLY_KEYS = frozenset(
    {"company", "application", "applied_on", "job_url", "workplace", "salary", "resume"}
    | {"interview", "people", "next_step", "decision", "other_candidates", "reminders"}
    | {"promises", "offer", "log"}
)
"""Keys that make a file a note; an ordinary page has no use for them."""


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a block as an owner writes them, with the type of each."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}
