"""Drafts: every message that is due, put together from the notes, a sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final

from followup.campaign.choice import choose_form, choose_wording
from followup.campaign.facts import Known, build_known, is_for_all
from followup.campaign.gaps import (
    INCOMPLETE,
    Wanted,
    doubtful_salutation,
    missing_email,
    missing_fact,
    missing_outcome,
    missing_signature,
    third_person,
)
from followup.campaign.lint import lint_drafts, words_of
from followup.campaign.material import Line, Material, Reading, deal_addition, deal_material
from followup.campaign.model import Draft, FollowUp, Remark, Sentence, State
from followup.campaign.occasions import OCCASIONS, has_happened
from followup.campaign.phrasebook import (
    LINE_SLOTS,
    Form,
    Phrasebook,
    Wording,
    base_language,
    fill,
    placeholders,
)
from followup.campaign.recipients import people_met
from followup.campaign.salutation import begin_after_comma, build_reference, build_salutation
from followup.campaign.subject import build_subject
from followup.campaign.third_person import talks_about
from followup.campaign.touches import TOUCHES
from followup.notes.problems import Problem, Severity
from followup.portal.model import Portal

_PROMISES: Final = frozenset({"promise", "promise_too"})


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The drafts by the uid of their follow-up, and what stood in the way of others."""

    drafts: Mapping[str, Draft]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """All that goes into one draft, before it is put together."""

    portal: Portal
    book: Phrasebook
    form: Form
    known: Known
    material: Material


@dataclass(frozen=True, slots=True)
class Said:
    """What a slot says in a letter, and what is to be said about it.

    `own_start` says that it begins with a word of the phrasebook and not of the note.
    """

    slot: str
    sentences: tuple[Sentence, ...] = ()
    remarks: tuple[Remark, ...] = ()
    own_start: bool = False


def build_drafts(
    portal: Portal, follow_ups: Mapping[str, FollowUp], phrasebooks: Mapping[str, Phrasebook]
) -> DraftResult:
    """A draft for every message of an interview that is over, or about something that happened.

    A language without a phrasebook gives no draft but a problem at its line; `en-GB` is content
    with the phrasebook `en`.
    """
    groups: dict[tuple[str, str], list[FollowUp]] = {}
    plans: dict[str, dict[str, FollowUp]] = {}
    problems: dict[str, Problem] = {}
    for uid, follow_up in follow_ups.items():
        plans.setdefault(follow_up.entry, {})[uid] = follow_up
        if not _is_message(portal, follow_up):
            continue
        if _book(portal, follow_up, phrasebooks) is None:
            problems[follow_up.entry] = _no_phrasebook(portal, follow_up, phrasebooks)
            continue
        groups.setdefault((follow_up.entry, follow_up.touch), []).append(follow_up)
    built = [
        pair
        for (entry, _), group in groups.items()
        for pair in _build_group(portal, group, plans[entry], phrasebooks)
    ]
    drafts = {draft.follow_up: draft for draft, _ in built}
    thankful = frozenset(draft.follow_up for draft, form in built if form.thanks == "yes")
    remarks = lint_drafts(portal, follow_ups, drafts, phrasebooks, thankful)
    checked = {
        uid: _with_remarks(drafts[uid], remarks.get(uid, ())) for uid in follow_ups if uid in drafts
    }
    return DraftResult(checked, tuple(sorted(problems.values())))


def book_for(language: str, phrasebooks: Mapping[str, Phrasebook]) -> Phrasebook | None:
    """The phrasebook of a language; one with a region may do with the language's own."""
    return phrasebooks.get(language) or phrasebooks.get(base_language(language))


def _is_message(portal: Portal, follow_up: FollowUp) -> bool:
    touch = TOUCHES.get(follow_up.touch)
    if touch is None or not touch.is_message:
        return False
    if follow_up.interview is None or portal.interviews[follow_up.interview].over:
        return True
    return follow_up.touch in OCCASIONS and has_happened(portal, follow_up)


def _language(portal: Portal, follow_up: FollowUp) -> str:
    if follow_up.interview:
        return portal.interviews[follow_up.interview].language
    return portal.applications[follow_up.application].language


def _book(
    portal: Portal, follow_up: FollowUp, phrasebooks: Mapping[str, Phrasebook]
) -> Phrasebook | None:
    return book_for(_language(portal, follow_up), phrasebooks)


def _no_phrasebook(
    portal: Portal, follow_up: FollowUp, phrasebooks: Mapping[str, Phrasebook]
) -> Problem:
    entry = portal.entries[follow_up.entry]
    mark = entry.marks.get(("language",))
    line, column = (mark.line, mark.column) if mark else (1, 1)
    return Problem(
        entry.path, line, column, Severity.WARNING, "unknown_language",
        f"no drafts: there is no phrasebook for the language `{_language(portal, follow_up)}`",
        f"set `language:` here or in `mkdocs.yml` to one of {', '.join(sorted(phrasebooks))}",
    )  # fmt: skip


def _build_group(
    portal: Portal,
    group: Sequence[FollowUp],
    plan: Mapping[str, FollowUp],
    phrasebooks: Mapping[str, Phrasebook],
) -> Iterator[tuple[Draft, Form]]:
    """The drafts of one touch for one note: each gets other lines and other wordings.

    `plan` are the follow-ups of that note: what a message may reply to.
    """
    book = _book(portal, group[0], phrasebooks)
    if book is None:
        return
    group = _in_order_of_note(portal, group)
    knowns = [build_known(portal, follow_up, plan, book) for follow_up in group]
    taken: set[str] = set()
    for known, material in zip(knowns, _material(portal, knowns, plan, book), strict=True):
        form = choose_form(book.touches.get(known.follow_up.touch, ()), known.situation)
        if form:
            yield _build_draft(Letter(portal, book, form, known, material), plan, taken), form


def _in_order_of_note(portal: Portal, group: Sequence[FollowUp]) -> list[FollowUp]:
    path = group[0].interview
    order = portal.interviews[path].people if path else ()
    places = {person: place for place, person in enumerate(order)}
    return sorted(group, key=lambda f: [places.get(person, len(places)) for person in f.to])


def _material(
    portal: Portal, knowns: Sequence[Known], plan: Mapping[str, FollowUp], book: Phrasebook
) -> tuple[Material, ...]:
    """The lines of the note for each letter; only an interview has some, and a promise."""
    first = knowns[0]
    dealt = tuple(Material() for _ in knowns)
    if first.interview and not first.occasion:
        reading = Reading(
            entry=first.entry,
            company=portal.companies[first.application.company],
            interview=first.interview,
            met=people_met(portal, first.interview),
            spoils=partial(talks_about, book=book),
        )
        if first.follow_up.touch == "value_add":
            dealt = _additions(portal, reading, knowns, plan)
        else:
            group = is_for_all(portal, first.follow_up, first.interview)
            dealt = deal_material(reading, [known.reader for known in knowns], group=group)
    return tuple(
        material.with_promise(known.promise) for material, known in zip(dealt, knowns, strict=True)
    )


def _additions(
    portal: Portal, reading: Reading, knowns: Sequence[Known], plan: Mapping[str, FollowUp]
) -> tuple[Material, ...]:
    """What each reader has not been told by the thank-you that went to them, or will."""
    thanks = [
        follow_up
        for follow_up in plan.values()
        if follow_up.touch == "thank_you"
        and follow_up.interview == reading.interview.path
        and follow_up.state in (State.OPEN, State.DONE)
    ]
    readers = [portal.people[f.to[0]] if f.to else None for f in thanks]
    group = any(is_for_all(portal, follow_up, reading.interview) for follow_up in thanks)
    dealt = deal_material(reading, readers, group=group)
    told = {follow_up.to: material for follow_up, material in zip(thanks, dealt, strict=True)}
    return tuple(
        deal_addition(reading, known.reader, told.get(known.follow_up.to, Material()))
        for known in knowns
    )


def _build_draft(letter: Letter, plan: Mapping[str, FollowUp], taken: set[str]) -> Draft:
    known = letter.known
    follow_up = known.follow_up
    touch = TOUCHES[follow_up.touch]
    target = (touch.short_words if follow_up.short else None) or touch.words or (0, 0)
    policy = letter.portal.options.salutation_policy
    salutation = build_salutation(known.reader, letter.book, policy)
    me = letter.portal.options.me
    signed = (me.signature or me.name or letter.book.gaps.signature).split("\n")
    signature = (letter.book.sign_off, *signed)
    # Lines below the name, an address or a number, make a message no longer to read.
    frame = len(words_of(" ".join((salutation.text, letter.book.sign_off, signed[0]))))
    said = [[_say(letter, slot, taken) for slot in part] for part in letter.form.paragraphs]
    said = _of_fitting_length(said, letter.form, target, frame)
    said = _opened(said, salutation.text, letter.book)
    remarks = [remark for item in chain(*said) for remark in item.remarks]
    met = known.occasion is None and known.interview is not None
    remarks += doubtful_salutation(known.entry, known.reader, salutation.doubts, met=met)
    if known.reader is None or not known.reader.email:
        remarks.append(missing_email(known.entry, known.reader))
    if not (me.signature or me.name):
        remarks.append(missing_signature())
    paragraphs = tuple(
        sentences for part in said if (sentences := tuple(chain(*(i.sentences for i in part))))
    )
    return Draft(
        id=follow_up.uid,
        follow_up=follow_up.uid,
        to=follow_up.to,
        language=letter.book.language,
        subject=build_subject(letter.portal, known, letter.form, letter.book, plan),
        salutation=Sentence(salutation.text),
        paragraphs=paragraphs,
        signature=signature,
        words=frame + count_words(paragraphs),
        target=target,
        ready=False,
        remarks=tuple(remarks),
    )


def _with_remarks(draft: Draft, more: tuple[Remark, ...]) -> Draft:
    remarks = draft.remarks + more
    ready = not any(remark.code in INCOMPLETE for remark in remarks)
    return replace(draft, remarks=remarks, ready=ready)


def count_words(paragraphs: Sequence[Sequence[Sentence]]) -> int:
    """How many words the paragraphs have; what is still a gap does not count."""
    said = (sentence for part in paragraphs for sentence in part if not sentence.gap)
    return sum(len(words_of(sentence.text)) for sentence in said)


def _of_fitting_length(
    whole: list[list[Said]], form: Form, target: tuple[int, int], frame: int
) -> list[list[Said]]:
    """The paragraphs with what a short message needs and without what a long one can spare.

    What is extra is added in its order until there is enough. `frame` are the words round them, which
    count too. A message with a gap is not short: it grows when the gap is filled.
    """
    fewest, most = (words - frame for words in target)
    has_gap = any(sentence.gap for item in chain(*whole) for sentence in item.sentences)
    for kept in range(len(form.extra) + 1):
        said = _without(whole, *form.extra[kept:])
        if has_gap or _words(said) >= fewest:
            break
    for slot in form.spare:
        said = _without(said, slot) if _words(said) > most else said
    return said


def _opened(said: list[list[Said]], salutation: str, book: Phrasebook) -> list[list[Said]]:
    """The paragraphs with their first word in lower case, where the language wants that.

    Only a word of the phrasebook: what the notes say stays as it is written.
    """
    first = next((item for item in chain(*said) if item.sentences), None)
    if first is None or not first.own_start or not salutation.rstrip().endswith(","):
        return said
    sentence, *rest = first.sentences
    text = begin_after_comma(sentence.text, book)
    opened = replace(first, sentences=(replace(sentence, text=text), *rest))
    return [[opened if item is first else item for item in part] for part in said]


def _without(said: list[list[Said]], *slots: str) -> list[list[Said]]:
    return [[item for item in part if item.slot not in slots] for part in said]


def _words(said: list[list[Said]]) -> int:
    return count_words([item.sentences for item in chain(*said)])


def _say(letter: Letter, slot: str, taken: set[str]) -> Said:
    """A slot in the letter's own wording, a gap where it must not be empty, or nothing."""
    if slot not in LINE_SLOTS:
        return _say_set_phrase(letter, slot, taken)
    line = letter.material.lines.get(slot)
    if line is None or not line.text:
        return _say_gap(letter, slot) if _must_say(letter, slot) else Said(slot)
    if line.spoils:
        remark = third_person(slot, line, letter.known.reader)
        values = {"person": _person(letter), "line": line.text}
        text = fill(letter.book.gaps.third_person, values)
        return Said(slot, (Sentence(text, (line.source,), gap=True),), (remark,))
    if slot in _PROMISES and not (line.sends or line.is_sentence):
        text = fill(letter.book.gaps.outcome, {"person": _person(letter), "line": line.text})
        gap = Sentence(text, (line.source,), gap=True)
        return Said(slot, (gap,), (missing_outcome(line, letter.known.reader),))
    return _say_line(letter, slot, line, taken)


def _must_say(letter: Letter, slot: str) -> bool:
    """Whether a slot leaves a gap where there is nothing for it; thanks never drop a promise."""
    promised = letter.known.follow_up.promise is not None
    return slot in letter.form.required or (slot == "promise_too" and promised)


def _say_set_phrase(letter: Letter, slot: str, taken: set[str]) -> Said:
    """A slot of the phrasebook's own words, around what they said where a wording quotes it."""
    if line := letter.known.said:
        quoted = _say_line(letter, slot, line, taken)
        if quoted.sentences:
            return quoted
    chosen = _choose(letter, slot, letter.known.situation, taken, "text")
    return _said(letter, slot, *chosen, line=None) if chosen else Said(slot)


def _say_line(letter: Letter, slot: str, line: Line, taken: set[str]) -> Said:
    situation = {
        **letter.known.situation,
        "said_by": "reader" if line.from_reader else "somebody",
        "sends": "yes" if line.sends else "no",
    }
    if line.about:
        situation["about"] = line.about
    kind = "sentence" if line.is_sentence else "fragment"
    chosen = _choose(letter, slot, situation, taken, kind)
    return _said(letter, slot, *chosen, line=line) if chosen else Said(slot)


def _choose(
    letter: Letter, slot: str, situation: Mapping[str, str], taken: set[str], kind: str
) -> tuple[Wording, str] | None:
    """A wording of the slot, which nobody else of this note then gets while there are others."""
    known = letter.known
    seed = (known.reader.id if known.reader else "", known.entry.path, slot)
    wordings = letter.book.slots[slot]
    chosen = choose_wording(wordings, situation, known.facts, taken, seed, kind)
    if chosen:
        taken.add(chosen[1])
    return chosen


def _said(letter: Letter, slot: str, wording: Wording, text: str, *, line: Line | None) -> Said:
    sentences = _sentences(letter, wording, text, line=line)
    return Said(slot, sentences, own_start=text[:1].isalpha())


def _sentences(
    letter: Letter, wording: Wording, text: str, *, line: Line | None
) -> tuple[Sentence, ...]:
    """The wording filled in, with every line that it states something from; then its courtesy."""
    facts = letter.known.facts
    values = {name: facts[name].text for name in placeholders(text) if name != "line"}
    sources = {s for name in (*values, *wording.rests_on) for s in facts[name].sources}
    if line:
        # A fragment's own comma or semicolon would collide with what the wording puts after it.
        values["line"] = line.text if line.is_sentence else line.text.rstrip(",;: \u00a0\u202f")
        sources.add(line.source)
    said = Sentence(fill(text, values), tuple(sorted(sources)))
    if not wording.then:
        return (said,)
    asked = placeholders(wording.then)
    then = fill(wording.then, {name: facts[name].text for name in asked})
    behind = tuple(sorted({s for name in asked for s in facts[name].sources}))
    return (said, Sentence(then, behind))


def _say_gap(letter: Letter, slot: str) -> Said:
    known = letter.known
    wanted = Wanted(
        entry=known.entry,
        company=letter.portal.companies[known.application.company],
        reader=known.reader,
        alone=known.situation.get("alone") == "yes",
        for_others=slot in letter.material.only_for_others,
        source=known.follow_up.promise or known.follow_up.origin,
    )
    text = fill(letter.book.gaps.text_of(slot), {"person": _person(letter)})
    return Said(slot, (Sentence(text, gap=True),), (missing_fact(slot, wanted),))


def _person(letter: Letter) -> str:
    reader = letter.known.reader
    return build_reference(reader, letter.book) if reader else letter.book.gaps.nobody
