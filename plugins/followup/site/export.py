"""All derived data as one JSON object; these models are its schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from followup.campaign.model import Campaign, Draft, FollowUp, Sentence
from followup.campaign.patterns import Evidence, Pattern, build_patterns
from followup.campaign.statistics import Statistics, build_statistics
from followup.notes.entry import Source
from followup.notes.problems import Problem
from followup.notes.schema import Format, Role, Salary, Stage
from followup.portal.model import Application, Company, Interview, Person
from followup.site.addresses import company_link, note_link
from followup.site.offers import offer_of
from followup.site.parts import Link

Day = str
"""`2026-11-22`."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Model):
    """A line of a note; `path` is relative to the notes folder, `line` counts from 1."""

    path: str
    line: int


class ExportedCompany(_Model):
    """A company; `url` is its page, relative to the site's root; `applications` are ids."""

    slug: str
    name: str
    url: str
    applications: list[str]


class ExportedStage(_Model):
    """A stage and the day it was reached."""

    stage: Stage
    on: Day


class ExportedApplication(_Model):
    """An application; `source` is where the opening was found, `entries` and `interviews` paths."""

    id: str
    company: str
    title: str | None
    stage: Stage
    history: list[ExportedStage]
    source: str | None
    entries: list[str]
    interviews: list[str]


class ExportedCompleteness(_Model):
    """How many of the thirteen categories a note answers; `missing` are their numbers."""

    answered: int
    of: int
    missing: list[int]


class ExportedInterview(_Model):
    """An interview; times carry the employer's offset, or are days where no time was noted.

    `completeness` is null until the interview is over.
    """

    path: str
    url: str
    application: str
    format: Format
    round: int | None
    start: str
    end: str
    people: list[str]
    completeness: ExportedCompleteness | None


class ExportedPerson(_Model):
    """A person, `<company slug>/<person slug>`; `interviews` are paths."""

    id: str
    name: str | None
    company: str
    job_title: str | None
    role: Role | None
    email: str | None
    interviews: list[str]
    last_contact_on: Day | None


class ExportedFollowUp(_Model):
    """A follow-up; `due_on` and `before` (`HH:MM`) are the employer's local day and time."""

    uid: str
    touch: str
    application: str
    interview: str | None
    to: list[str]
    due_on: Day
    before: str | None
    state: Literal["open", "done", "skipped", "cancelled", "missed"]
    closed_by: Place | None
    reason: str
    draft: str | None


class ExportedRemark(_Model):
    """What a check of a draft found."""

    code: str
    message: str


class ExportedSentence(_Model):
    """A sentence of a draft and the lines it stands on."""

    text: str
    sources: list[Place]


class ExportedDraft(_Model):
    """A draft; `incomplete` while a fact or address is missing or would embarrass."""

    id: str
    follow_up: str
    to: list[str]
    language: str
    subject: str
    body: str
    words: int
    state: Literal["ready", "incomplete"]
    problems: list[ExportedRemark]
    sentences: list[ExportedSentence]


class ExportedSalary(_Model):
    """Pay as the note gives it."""

    min: int | float | None
    max: int | float | None
    currency: str | None
    period: Literal["year", "month", "week", "day", "hour"]


class ExportedOffer(_Model):
    """An offer of an application."""

    application: str
    received_on: Day
    deadline: Day | None
    salary: ExportedSalary | None
    notes: str | None


class ExportedStatistics(_Model):
    """Counts over all applications, also those that are only saved.

    `stages` is how many stand where, `by_source` how many were found through what, without those
    whose source is not noted; `first_reply_days` are the days from each application to its first
    answer, sorted.
    """

    stages: dict[Stage, int]
    first_reply_days: list[int]
    by_source: dict[str, int]


class ExportedEvidence(_Model):
    """A line that shows a pattern: a bullet, or for a habit what the line lacks."""

    path: str
    line: int
    text: str


class ExportedPattern(_Model):
    """Something that recurs over interviews; `count` of the last `of` interviews show it.

    Of the last five where it recurs, of the last three where it is to be watched or has improved,
    else of all. The latest evidence comes first.
    """

    kind: Literal["weakness", "strength", "process"]
    tag: str
    level: Literal["noted", "watch", "recurring", "improved"]
    count: int
    of: int
    evidence: list[ExportedEvidence]


class ExportedProblem(_Model):
    """A fault in a note."""

    path: str
    line: int
    column: int
    severity: Literal["error", "warning"]
    code: str
    message: str
    hint: str


class Export(_Model):
    """Everything Followup derives from a folder of notes on one day.

    Paths are relative to the notes folder, with `/`; days are ISO 8601.
    """

    version: Literal[1] = Field(1, alias="schema")
    today: Day
    companies: list[ExportedCompany]
    applications: list[ExportedApplication]
    interviews: list[ExportedInterview]
    people: list[ExportedPerson]
    follow_ups: list[ExportedFollowUp]
    drafts: list[ExportedDraft]
    offers: list[ExportedOffer]
    statistics: ExportedStatistics
    patterns: list[ExportedPattern]
    problems: list[ExportedProblem]


def build_export(
    campaign: Campaign, problems: tuple[Problem, ...], *, directory_urls: bool = True
) -> dict[str, Any]:
    """The object that `followup export json` prints; plain values in a stable order.

    `directory_urls` says how the site's addresses are written, as MkDocs's `use_directory_urls`.
    """
    ending = "/" if directory_urls else ".html"
    portal = campaign.portal
    export = Export(
        schema=1,
        today=portal.today.isoformat(),
        companies=[_company(company, ending) for company in portal.companies.values()],
        applications=[_application(a) for a in portal.applications.values()],
        interviews=[_interview(held, ending) for held in portal.interviews.values()],
        people=[_person(person) for person in portal.people.values()],
        follow_ups=[_follow_up(f, campaign.drafts) for f in campaign.follow_ups.values()],
        drafts=[_draft(draft) for draft in campaign.drafts.values()],
        offers=[offer for a in portal.applications.values() for offer in _offers(a)],
        statistics=_statistics(build_statistics(portal, campaign.follow_ups.values())),
        patterns=[
            _pattern(found) for found in build_patterns(portal, campaign.follow_ups.values())
        ],
        problems=[_problem(problem) for problem in problems],
    )
    return export.model_dump(mode="json", by_alias=True)


def build_schema() -> dict[str, Any]:
    """The JSON Schema of the export, which ships as `site/export.schema.json`."""
    schema = Export.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _url(link: Link, ending: str) -> str:
    return f"/{quote(link.key)}{ending}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(source: Source) -> Place:
    return Place(path=source.path, line=source.line)


def _company(company: Company, ending: str) -> ExportedCompany:
    return ExportedCompany(
        slug=company.slug,
        name=company.name,
        url=_url(company_link(company.slug), ending),
        applications=list(company.applications),
    )


def _application(application: Application) -> ExportedApplication:
    return ExportedApplication(
        id=application.id,
        company=application.company,
        title=application.title,
        stage=application.stage,
        history=[
            ExportedStage(stage=change.stage, on=change.on.isoformat())
            for change in application.history
        ],
        source=application.found_through,
        entries=list(application.entries),
        interviews=list(application.interviews),
    )


def _interview(interview: Interview, ending: str) -> ExportedInterview:
    found = interview.completeness
    return ExportedInterview(
        path=interview.path,
        url=_url(note_link(interview.path), ending),
        application=interview.application,
        format=interview.format,
        round=interview.round,
        start=_moment(interview.start, interview.has_clock),
        end=_moment(interview.end, interview.has_clock),
        people=list(interview.people),
        completeness=found
        and ExportedCompleteness(answered=found.answered, of=found.of, missing=list(found.missing)),
    )


def _moment(moment: datetime, has_clock: bool) -> str:
    return moment.isoformat() if has_clock else moment.date().isoformat()


def _person(person: Person) -> ExportedPerson:
    return ExportedPerson(
        id=person.id,
        name=person.name,
        company=person.company,
        job_title=person.job_title,
        role=person.role,
        email=person.email,
        interviews=list(person.interviews),
        last_contact_on=_day(person.last_contact_on),
    )


def _follow_up(follow_up: FollowUp, drafts: Mapping[str, Draft]) -> ExportedFollowUp:
    return ExportedFollowUp(
        uid=follow_up.uid,
        touch=follow_up.touch,
        application=follow_up.application,
        interview=follow_up.interview,
        to=list(follow_up.to),
        due_on=follow_up.due_on.isoformat(),
        before=follow_up.before,
        state=follow_up.state.value,
        closed_by=_place(follow_up.closed_by) if follow_up.closed_by else None,
        reason=str(follow_up.reason),
        draft=follow_up.uid if follow_up.uid in drafts else None,
    )


def _draft(draft: Draft) -> ExportedDraft:
    return ExportedDraft(
        id=draft.id,
        follow_up=draft.follow_up,
        to=list(draft.to),
        language=draft.language,
        subject=draft.subject,
        body=draft.body,
        words=draft.words,
        state="ready" if draft.ready else "incomplete",
        problems=[ExportedRemark(code=r.code, message=r.message) for r in draft.remarks],
        sentences=[_sentence(sentence) for sentence in draft.sentences],
    )


def _sentence(sentence: Sentence) -> ExportedSentence:
    return ExportedSentence(
        text=sentence.text, sources=[_place(source) for source in sentence.sources]
    )


def _offers(application: Application) -> list[ExportedOffer]:
    offer = offer_of(application)
    if offer is None or offer.received_on is None:
        return []
    return [
        ExportedOffer(
            application=application.id,
            received_on=offer.received_on.isoformat(),
            deadline=_day(offer.deadline),
            salary=_salary(offer.salary) if offer.salary else None,
            notes=application.offer.notes if application.offer else None,
        )
    ]


def _statistics(found: Statistics) -> ExportedStatistics:
    return ExportedStatistics(
        stages=dict(found.stages),
        first_reply_days=list(found.first_reply_days),
        by_source=dict(found.sources),
    )


def _salary(salary: Salary) -> ExportedSalary:
    return ExportedSalary(
        min=_number(salary.min),
        max=_number(salary.max),
        currency=salary.currency,
        period=salary.period,
    )


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _pattern(pattern: Pattern) -> ExportedPattern:
    return ExportedPattern(
        kind=pattern.kind.value,
        tag=pattern.tag,
        level=pattern.level.value,
        count=pattern.count,
        of=pattern.of,
        evidence=[_evidence(item) for item in pattern.evidence],
    )


def _evidence(item: Evidence) -> ExportedEvidence:
    return ExportedEvidence(path=item.source.path, line=item.source.line, text=item.text)


def _problem(problem: Problem) -> ExportedProblem:
    return ExportedProblem(
        path=problem.path,
        line=problem.line,
        column=problem.column,
        severity=problem.severity.value,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
    )
