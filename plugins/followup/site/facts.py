"""The facts of a note's front matter and of an application, each with the line it stands on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from followup.notes.entry import Entry
from followup.notes.schema import (
    Decision,
    Event,
    Format,
    InterviewBlock,
    LogItem,
    NextStep,
    NotApplicable,
    OtherCandidates,
    PersonBlock,
)
from followup.portal.facts import latest
from followup.portal.model import Application, Person
from followup.portal.people import id_slug, person_blocks
from followup.site.addresses import person_link
from followup.site.lookup import Lookup, name_of, zone
from followup.site.parts import Fact, FactItem
from followup.site.pay import pay_as_written
from followup.site.wording import (
    EVENTS,
    FORMATS,
    NEXT_STEPS,
    ROLES,
    STAGES,
    TOUCHES,
    WORKPLACES,
    count_of,
    sentence,
    unquoted,
)

# Left out where the title of the opening stands above its facts.
ROLE = "Role"


def build_note_facts(lookup: Lookup, entry: Entry) -> tuple[Fact, ...]:
    """All that the front matter says; every line of it is carried as an anchor by some value."""
    lines = {mark.line for mark in entry.marks.values()} | {1}
    return _with_anchors(build_plain_facts(lookup, entry), lines)


def build_plain_facts(lookup: Lookup, entry: Entry) -> tuple[Fact, ...]:
    """All that the front matter says, without anchors."""
    return tuple(fact for fact in _note_facts(lookup, entry) if fact.items)


def build_application_facts(lookup: Lookup, application: Application) -> tuple[Fact, ...]:
    """What is known about an opening, with the latest word of all its notes."""
    ad = application.job_url
    place = "; ".join(filter(None, (application.location, _workplace(application.workplace))))
    applied = lookup.day(application.applied_on) if application.applied_on else ""
    entries = [lookup.portal.entries[path] for path in application.entries]
    others = latest(entries, lambda entry: entry.front.other_candidates)
    pairs = (
        (ROLE, application.title or ""),
        ("Place", place),
        ("Pay", pay_as_written(application.salary)),
        ("Applied", applied),
        ("Found by", application.found_through or ""),
        ("Résumé", application.resume or ""),
        ("Others", _others(others) if isinstance(others, OtherCandidates) else ""),
        ("Offer", _offer(lookup, application)),
    )
    facts = [Fact(label, (FactItem(text),)) for label, text in pairs if text]
    if ad:
        facts.append(Fact("Job ad", (FactItem(host_of(ad), href=ad),)))
    return tuple(facts)


def build_happening(lookup: Lookup, entry: Entry, item: LogItem) -> str:
    """What a line of the log says: `you thanked Ms. Dahl`, `Ms. Dahl invited you`."""
    company = lookup.company(lookup.application_of[entry.path])
    sender = company.person(item.sender)
    to = company.person(item.to)
    name = name_of(lookup.portal.people[sender]) if sender else "they"
    whom = name_of(lookup.portal.people[to]) if to else "everyone you met"
    if item.event is Event.SENT:
        return _sent(item, whom, company.name)
    if item.event is Event.SKIPPED:
        return f"skipped: {_touch(item, whom, company.name)}"
    if item.event is Event.SNOOZED:
        until = f" until {lookup.day(item.until)}" if item.until else ""
        return f"put off{until}: {_touch(item, whom, company.name)}"
    return EVENTS[item.event].format(name=name)


def _note_facts(lookup: Lookup, entry: Entry) -> Iterator[Fact]:
    front = entry.front
    block = front.interview
    if block:
        yield Fact("Format", (_item(_format(block), entry, "interview", "format"),))
        yield Fact("When", (_item(_when(lookup, entry, block), entry, "interview", "start"),))
        yield Fact("Where", tuple(_where(entry, block)))
    role = FactItem(front.title or "", entry.source("title").line)
    yield Fact(ROLE, (role,) if front.title else ())
    yield Fact("Company", (_item(front.company, entry, "company"),))
    yield Fact("Stage", tuple(_stage(entry)))
    interview = lookup.portal.interviews.get(entry.path)
    met = interview is not None and interview.over and not interview.cancelled
    yield Fact("Met" if met else "People", tuple(_people(lookup, entry)))
    yield Fact("Personal", tuple(_hooks(lookup, entry)))
    yield Fact("Next step", tuple(_next_step(lookup, entry)))
    yield Fact("Decision", tuple(_decision(lookup, entry)))
    yield Fact("Others", tuple(_other_candidates(entry)))
    yield Fact("Promises", tuple(_promises(lookup, entry)))
    yield Fact("Reminders", tuple(_reminders(lookup, entry)))
    yield from _opening_facts(lookup, entry)
    yield Fact("Log", tuple(_log(lookup, entry)))
    yield Fact("File", (FactItem(entry.path, line=1, code=True),))


def _opening_facts(lookup: Lookup, entry: Entry) -> Iterator[Fact]:
    front = entry.front
    if front.applied_on:
        yield Fact("Applied", (_item(lookup.day(front.applied_on), entry, "applied_on"),))
    texts = (
        ("Found by", front.source, "source"),
        ("Place", front.location, "location"),
        ("Workplace", sentence(_workplace(front.workplace)), "workplace"),
        ("Pay", pay_as_written(front.salary), "salary"),
        ("Résumé", front.resume, "resume"),
    )
    for label, text, key in texts:
        if text:
            yield Fact(label, (_item(text, entry, key),))
    if front.job_url:
        line = entry.source("job_url").line
        yield Fact("Job ad", (FactItem(host_of(front.job_url), line, href=front.job_url),))
    if front.offer:
        offer = front.offer
        parts = [f"Received {lookup.day(offer.received_on)}", pay_as_written(offer.salary)]
        if offer.deadline:
            parts.append(f"answer by {lookup.day(offer.deadline)}")
        parts.append(offer.notes or "")
        yield Fact("Offer", (_item("; ".join(filter(None, parts)), entry, "offer"),))


def _item(text: str, entry: Entry, *location: str | int) -> FactItem:
    return FactItem(text, line=entry.source(*location).line)


def _with_anchors(facts: Sequence[Fact], lines: Iterable[int]) -> tuple[Fact, ...]:
    """The facts, each line an anchor of the first value on it, else of the last value above it."""
    shown = sorted(
        {(item.line, f, i) for f, fact in enumerate(facts) for i, item in enumerate(fact.items)
         if item.line is not None}
    )  # fmt: skip
    at = [line for line, _, _ in shown]
    homes: dict[tuple[int, int], list[int]] = {}
    for line in sorted(lines):
        first = bisect_left(at, line)
        is_shown = first < len(at) and at[first] == line
        _, f, i = shown[first if is_shown else max(first - 1, 0)]
        homes.setdefault((f, i), []).append(line)
    return tuple(
        replace(
            fact,
            items=tuple(
                replace(item, anchors=tuple(homes[f, i])) if (f, i) in homes else item
                for i, item in enumerate(fact.items)
            ),
        )
        for f, fact in enumerate(facts)
    )


def _format(block: InterviewBlock) -> str:
    words = FORMATS[block.format].short
    counted = block.round and block.format is not Format.FINAL
    return f"{words}, round {block.round}" if counted else words


def _when(lookup: Lookup, entry: Entry, block: InterviewBlock) -> str:
    parts = [lookup.day(block.start.day)]
    if block.start.clock:
        parts += [f"{block.start.clock:%H:%M}", f"{block.minutes} min"]
    parts.append(zone(lookup, lookup.portal.interviews[entry.path]).strip())
    return ", ".join(filter(None, parts))


def _where(entry: Entry, block: InterviewBlock) -> Iterator[FactItem]:
    if block.place:
        yield _item(block.place, entry, "interview", "place")
    if block.link:
        line = entry.source("interview", "link").line
        yield FactItem(host_of(block.link), line, href=block.link)


def _stage(entry: Entry) -> Iterator[FactItem]:
    if entry.front.status:
        yield _item(STAGES[entry.front.status].text, entry, "status")


def _people(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    for place, (block, person) in enumerate(_pairs(lookup, entry)):
        what = block.job_title or (ROLES[block.role] if block.role else "")
        text = ", ".join(filter(None, dict.fromkeys((name_of(person), what))))
        line = entry.source("people", place).line
        yield FactItem(text, line, link=person_link(person))


def _hooks(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    for place, (block, person) in enumerate(_pairs(lookup, entry)):
        if block.hook and not isinstance(block.hook, NotApplicable):
            line = entry.source("people", place, "hook").line
            yield FactItem(f"To {name_of(person)}:", line, said=unquoted(block.hook))


def _pairs(lookup: Lookup, entry: Entry) -> Iterator[tuple[PersonBlock, Person]]:
    """Each item of `people:` with the person it is about."""
    company = lookup.company(lookup.application_of[entry.path])
    for block in person_blocks(entry):
        yield block, lookup.portal.people[company.ids[id_slug(block).casefold()]]


def _next_step(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    step = entry.front.next_step
    if isinstance(step, NextStep):
        what = step.what or ""
        words = NEXT_STEPS.get(what, sentence(what.replace("_", " ")))
        parts = [words, f"by {lookup.day(step.by)}" if step.by else ""]
        parts.append(f"you may ask from {lookup.day(step.ask_on)}" if step.ask_on else "")
        text = ", ".join(filter(None, parts))
        yield FactItem(text, entry.source("next_step").line, said=unquoted(step.said))
    elif step:
        yield _item("Does not apply", entry, "next_step")


def _decision(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    decision = entry.front.decision
    if isinstance(decision, Decision):
        text = f"By {lookup.day(decision.by)}" if decision.by else ""
        yield FactItem(text, entry.source("decision").line, said=unquoted(decision.said))
    elif decision:
        yield _item("Does not apply", entry, "decision")


def _other_candidates(entry: Entry) -> Iterator[FactItem]:
    others = entry.front.other_candidates
    if isinstance(others, OtherCandidates):
        yield _item(_others(others), entry, "other_candidates")
    elif others:
        yield _item("Does not apply", entry, "other_candidates")


def _others(others: OtherCandidates) -> str:
    if others.answer == "yes" and others.count:
        return f"Yes, {count_of(others.count, 'candidate', 'candidates')}"
    return {"yes": "Yes", "no": "No", "unknown": "Not known"}[others.answer]


def _promises(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    for place, promise in enumerate(entry.front.promises):
        text = f"{promise.what}, by {lookup.day(promise.by)}" if promise.by else promise.what
        yield _item(text, entry, "promises", place)


def _reminders(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    for place, reminder in enumerate(entry.front.reminders):
        yield _item(f"{lookup.day(reminder.on)}: {reminder.what}", entry, "reminders", place)


def _log(lookup: Lookup, entry: Entry) -> Iterator[FactItem]:
    for place, item in enumerate(entry.front.log):
        text = f"{lookup.day(item.on)}: {build_happening(lookup, entry, item)}"
        yield FactItem(text, entry.source("log", place).line, said=unquoted(item.note))


def _sent(item: LogItem, whom: str, company: str) -> str:
    if item.touch is None:
        return f"you wrote to {whom}"
    done = TOUCHES[item.touch].done.format(name=whom, company=company, what="a reminder")
    return f"you {done[:1].lower()}{done[1:]}"


def _touch(item: LogItem, whom: str, company: str) -> str:
    if item.touch is None:
        return "a follow-up"
    todo = TOUCHES[item.touch].todo.format(name=whom, company=company, what="a reminder")
    return todo[:1].lower() + todo[1:]


def _offer(lookup: Lookup, application: Application) -> str:
    offer = application.offer
    if offer is None:
        return ""
    until = f"answer by {lookup.day(offer.deadline)}" if offer.deadline else "no deadline named"
    return "; ".join(filter(None, (pay_as_written(offer.salary), until)))


def _workplace(workplace: str | None) -> str:
    return WORKPLACES.get(workplace or "", "")


def host_of(url: str) -> str:
    """What a link is called: its host, or all of it where it has none."""
    return url.partition("://")[2].partition("/")[0] or url
