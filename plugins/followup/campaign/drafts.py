"""Drafts: every message that is due, put together from the notes, a sentence at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final, TypeVar

from followup.campaign.briefing import Briefing
from followup.campaign.choice import Case, Choice
from followup.campaign.facts import Correspondence, Known, is_for_all
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
from followup.campaign.lines import Line, Material
from followup.campaign.lint import (
    Proofs,
    UsedHook,
    WrittenLetter,
    count_words,
    find_hooks,
    lint_drafts,
    reused_hooks,
    said,
    words_in,
)
from followup.campaign.material import deal_addition, deal_material
from followup.campaign.model import Draft, FollowUp, Remark, Sentence, State
from followup.campaign.name_index import NameIndex, build_name_index
from followup.campaign.occasions import OCCASIONS, has_happened
from followup.campaign.parts import parts_to_write_from, plans_by_company
from followup.campaign.phrasebook import (
    LINE_SLOTS,
    Form,
    Phrasebook,
    base_language,
    fill,
    has_book,
)
from followup.campaign.salutation import begin_after_comma
from followup.campaign.subject import build_subject
from followup.campaign.touches import TOUCHES
from followup.campaign.voice import Voice
from followup.notes.garbage import no_search_for_cycles
from followup.notes.memory import DoAll, Memory, Same, do_alone
from followup.notes.problems import Problem, Severity
from followup.portal.model import Company, Person, Portal

WORTH_HELP: Final = 40
"""The letters to so many companies are sooner written by two processes than by one."""

_PROMISES: Final = frozenset({"promise", "promise_too"})
T = TypeVar("T")
_DEALT: Final = frozenset(LINE_SLOTS) - _PROMISES


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The drafts by the uid of their follow-up, and what stood in the way of others."""

    drafts: Mapping[str, Draft]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """All that goes into one draft, before it is put together."""

    letters: Correspondence
    form: Form
    known: Known
    material: Material

    @property
    def book(self) -> Phrasebook:
        """What it is written with."""
        return self.letters.voice.book


@dataclass(frozen=True, slots=True)
class Said:
    """What a slot says in a letter, and what is to be said about it.

    `own_start` says that it begins with a word of the phrasebook and not of the note. What is still
    a gap does not count among the `words`.
    """

    slot: str
    sentences: tuple[Sentence, ...] = ()
    remarks: tuple[Remark, ...] = ()
    own_start: bool = False
    words: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """The letters to one company, and those of them that use their reader's hook."""

    letters: tuple[WrittenLetter, ...]
    hooks: tuple[UsedHook, ...]


@no_search_for_cycles()
def build_drafts(
    portal: Portal,
    follow_ups: Mapping[str, FollowUp],
    phrasebooks: Mapping[str, Phrasebook],
    memory: Memory | None = None,
    do_all: DoAll = do_alone,
) -> DraftResult:
    """A draft for every message of an interview that is over, or about something that happened.

    A language without a phrasebook gives no draft but a problem at its line; `en-GB` is content
    with the phrasebook `en`. Letters to companies about which nothing has changed since the run
    before are taken from `memory`; the others `do_all` has written.
    """
    memory = memory or Memory()
    books = memory.settle("phrasebooks", dict(phrasebooks))
    policy = portal.options.salutation_policy
    voices = {name: Voice(book, policy) for name, book in books.items()}
    names = _settle_names(portal, books, memory)
    proofs = Proofs(names)
    plans = plans_by_company(portal, follow_ups)
    drafts: dict[str, Draft] = {}
    hooks: list[UsedHook] = []
    parts = [*parts_to_write_from(portal, plans, memory)]
    letters = memory.recall_all(
        {
            ("letters", Same(part), Same(plan), Same(books)): partial(
                _write_letters, part, plan, voices
            )
            for part, plan in parts
        },
        do_all,
        worth_help=WORTH_HELP,
    )
    for (part, _), written in zip(parts, letters, strict=True):
        drafts |= memory.recall(
            ("drafts", Same(written), Same(names)),
            partial(_proofread, part, written, books, proofs, memory),
        )
        hooks += written.hooks
    for uid, remark in reused_hooks(portal, hooks):
        draft = drafts[uid]
        drafts[uid] = memory.recall(
            ("reused hook", Same(draft), remark), partial(_with_remarks, draft, (remark,))
        )
    in_order = {uid: drafts[uid] for uid in follow_ups if uid in drafts}
    return DraftResult(in_order, missing_phrasebooks(portal, follow_ups, books))


def _settle_names(portal: Portal, books: Mapping[str, Phrasebook], memory: Memory) -> NameIndex:
    """The index of all names; the value of the run before where nobody has another."""
    named = tuple(
        Same(memory.settle(("named", company.slug), (company, _people_of(portal, company))))
        for company in portal.companies.values()
    )
    build = partial(build_name_index, portal, books.values())
    return memory.settle("names", memory.recall(("names", named, Same(books)), build))


def _people_of(portal: Portal, company: Company) -> tuple[Person, ...]:
    return tuple(portal.people[id_] for id_ in company.people)


def _write_letters(
    part: Portal, plan: Mapping[str, FollowUp], voices: Mapping[str, Voice]
) -> _Written:
    """The letters to one company, before they are read once more."""
    of_notes: dict[str, dict[str, FollowUp]] = {}
    for uid, follow_up in plan.items():
        of_notes.setdefault(follow_up.entry, {})[uid] = follow_up
    letters = tuple(
        WrittenLetter(draft, plan[draft.follow_up], said(draft), form.thanks == "yes")
        for of_note in of_notes.values()
        for draft, form in _build_of_note(part, of_note, voices)
    )
    return _Written(letters, find_hooks(part, letters))


def _proofread(
    part: Portal,
    written: _Written,
    books: Mapping[str, Phrasebook],
    proofs: Proofs,
    memory: Memory,
) -> Mapping[str, Draft]:
    """The drafts to one company with what is to be said of them, by the uid of their follow-up.

    They are the same as in the run before unless a name has changed that they can hold.
    """
    near = proofs.names.among(words_in(written.letters))
    near = memory.settle(("names", Same(written)), near)
    return memory.recall(
        ("remarks", Same(written), Same(near)), partial(_lint, part, written, books, proofs)
    )


def _lint(
    part: Portal, written: _Written, books: Mapping[str, Phrasebook], proofs: Proofs
) -> Mapping[str, Draft]:
    remarks = lint_drafts(part, written.letters, books, proofs)
    return {
        letter.uid: _with_remarks(letter.draft, remarks.get(letter.uid, ()))
        for letter in written.letters
    }


def missing_phrasebooks(
    portal: Portal, follow_ups: Mapping[str, FollowUp], phrasebooks: Mapping[str, Phrasebook]
) -> tuple[Problem, ...]:
    """A problem for every note with a message in a language that has no phrasebook."""
    written = {interview.language for interview in portal.interviews.values()}
    written |= {application.language for application in portal.applications.values()}
    missing = {language for language in written if not has_book(language, phrasebooks)}
    if not missing:
        return ()
    problems = {
        follow_up.entry: _no_phrasebook(portal, follow_up, phrasebooks)
        for follow_up in follow_ups.values()
        if _language(portal, follow_up) in missing and _is_message(portal, follow_up)
    }
    return tuple(sorted(problems.values()))


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


def _of_language(language: str, books: Mapping[str, T]) -> T | None:
    """What there is for a language; one with a region may do with the language's own."""
    return books.get(language) or books.get(base_language(language))


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


def _build_of_note(
    portal: Portal, plan: Mapping[str, FollowUp], voices: Mapping[str, Voice]
) -> Iterator[tuple[Draft, Form]]:
    """The drafts of one note, a touch at a time, each in the language of its first message."""
    groups: dict[str, tuple[Voice, list[FollowUp]]] = {}
    for follow_up in plan.values():
        voice = _of_language(_language(portal, follow_up), voices)
        if voice and _is_message(portal, follow_up):
            groups.setdefault(follow_up.touch, (voice, []))[1].append(follow_up)
    notes: dict[str, Correspondence] = {}
    for voice, group in groups.values():
        letters = notes.get(voice.book.language) or Correspondence(portal, plan, voice)
        notes[voice.book.language] = letters
        yield from _build_group(letters, _in_order_of_note(portal, group))


def _in_order_of_note(portal: Portal, group: Sequence[FollowUp]) -> Sequence[FollowUp]:
    path = group[0].interview
    if len(group) < 2 or path is None:
        return group
    places = {person: place for place, person in enumerate(portal.interviews[path].people)}
    return sorted(group, key=lambda f: [places.get(person, len(places)) for person in f.to])


def _build_group(
    letters: Correspondence, group: Sequence[FollowUp]
) -> Iterator[tuple[Draft, Form]]:
    """The drafts of one touch for one note: each gets other lines and other wordings."""
    knowns = [letters.known(follow_up) for follow_up in group]
    taken: set[str] = set()
    for known, material in zip(knowns, _material(letters, knowns), strict=True):
        if known.form:
            letter = Letter(letters, known.form, known, material)
            yield _build_draft(letter, taken), known.form


def _material(letters: Correspondence, knowns: Sequence[Known]) -> Sequence[Material]:
    """The lines of the note for each letter; only an interview has some, and a promise."""
    first = knowns[0]
    dealt: Sequence[Material] = [Material() for _ in knowns]
    asked = any(not _DEALT.isdisjoint(known.form.slots) for known in knowns if known.form)
    if asked and first.note.interview and not first.occasion:
        if first.follow_up.touch == "value_add":
            dealt = _additions(letters, first.note, knowns)
        else:
            group = is_for_all(first.note, first.follow_up)
            dealt = deal_material(first.note, [known.reader for known in knowns], group=group)
    return [
        material.with_promise(known.promise) for material, known in zip(dealt, knowns, strict=True)
    ]


def _additions(
    letters: Correspondence, note: Briefing, knowns: Sequence[Known]
) -> Sequence[Material]:
    """What each reader has not been told by the thank-you that went to them, or will."""
    thanks = [
        follow_up
        for follow_up in letters.plan.values()
        if follow_up.touch == "thank_you"
        and follow_up.interview == note.entry.path
        and follow_up.state in (State.OPEN, State.DONE)
    ]
    readers = [letters.portal.people[f.to[0]] if f.to else None for f in thanks]
    group = any(is_for_all(note, follow_up) for follow_up in thanks)
    dealt = deal_material(note, readers, group=group)
    told = {follow_up.to: material for follow_up, material in zip(thanks, dealt, strict=True)}
    return [
        deal_addition(note, known.reader, told.get(known.follow_up.to, Material()))
        for known in knowns
    ]


def _build_draft(letter: Letter, taken: set[str]) -> Draft:
    known = letter.known
    follow_up = known.follow_up
    entry, reader = known.note.entry, known.reader
    touch = TOUCHES[follow_up.touch]
    target = (touch.short_words if follow_up.short else None) or touch.words or (0, 0)
    salutation = letter.letters.voice.salutation(reader)
    me = letter.letters.portal.options.me
    signed = (me.signature or me.name or letter.book.gaps.signature).split("\n")
    signature = (letter.book.sign_off, *signed)
    # Lines below the name, an address or a number, make a message no longer to read.
    frame = count_words(salutation.text) + count_words(signature[0]) + count_words(signed[0])
    said = [[_say(letter, slot, taken) for slot in part] for part in letter.form.paragraphs]
    said = _of_fitting_length(said, letter.form, target, frame)
    said = _opened(said, salutation.text, letter.book)
    remarks = [remark for item in chain(*said) for remark in item.remarks]
    met = known.occasion is None and known.note.interview is not None
    remarks += doubtful_salutation(entry, reader, salutation.doubts, met=met)
    if reader is None or not reader.email:
        remarks.append(missing_email(entry, reader))
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
        subject=build_subject(letter.letters, known, letter.form),
        salutation=Sentence(salutation.text),
        paragraphs=paragraphs,
        signature=signature,
        words=frame + _words(said),
        target=target,
        ready=_is_ready(remarks),
        remarks=tuple(remarks),
    )


def _with_remarks(draft: Draft, more: tuple[Remark, ...]) -> Draft:
    if not more:
        return draft
    remarks = draft.remarks + more
    return replace(draft, remarks=remarks, ready=_is_ready(remarks))


def _is_ready(remarks: Iterable[Remark]) -> bool:
    return not any(remark.code in INCOMPLETE for remark in remarks)


def _of_fitting_length(
    whole: list[list[Said]], form: Form, target: tuple[int, int], frame: int
) -> list[list[Said]]:
    """The paragraphs with what a short message needs and without what a long one can spare.

    What is extra is added in its order until there is enough. `frame` are the words round them, which
    count too. A message with a gap is not short: it grows when the gap is filled.
    """
    if not (form.extra or form.spare):
        return whole
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
    if text == sentence.text:
        return said
    opened = replace(first, sentences=(replace(sentence, text=text), *rest))
    return [[opened if item is first else item for item in part] for part in said]


def _without(said: list[list[Said]], *slots: str) -> list[list[Said]]:
    return [[item for item in part if item.slot not in slots] for part in said]


def _words(said: Iterable[Iterable[Said]]) -> int:
    """How many words the paragraphs have."""
    return sum(item.words for item in chain(*said))


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
    chosen = _choose(letter, slot, letter.known.case, taken, "text")
    return _said(letter, slot, chosen, line=None) if chosen else Said(slot)


def _say_line(letter: Letter, slot: str, line: Line, taken: set[str]) -> Said:
    known = letter.known
    situation = {
        **known.case.situation,
        "said_by": "reader" if line.from_reader else "somebody",
        "sends": "yes" if line.sends else "no",
    }
    if line.about:
        situation["about"] = line.about
    kind = "sentence" if line.is_sentence else "fragment"
    case = known.note.voice.cases.of(situation, known.facts)
    chosen = _choose(letter, slot, case, taken, kind)
    return _said(letter, slot, chosen, line=line) if chosen else Said(slot)


def _choose(letter: Letter, slot: str, case: Case, taken: set[str], kind: str) -> Choice | None:
    """A wording of the slot, which nobody else of this note then gets while there are others."""
    known = letter.known
    seed = (known.reader.id if known.reader else "", known.note.entry.path, slot)
    chosen = known.note.voice.slot(slot).choose(case, taken, seed, kind)
    if chosen:
        taken.add(chosen.text)
    return chosen


def _said(letter: Letter, slot: str, chosen: Choice, *, line: Line | None) -> Said:
    sentences = _sentences(letter, chosen, line=line)
    words = sum([count_words(sentence.text) for sentence in sentences])
    return Said(slot, sentences, own_start=chosen.text[:1].isalpha(), words=words)


def _sentences(letter: Letter, chosen: Choice, *, line: Line | None) -> tuple[Sentence, ...]:
    """The wording filled in, with every line that it states something from; then its courtesy."""
    facts = letter.known.facts
    values = {name: facts[name].text for name in chosen.places}
    sources = {source for name in chosen.rests_on for source in facts[name].sources}
    if line:
        # A fragment's own comma or semicolon would collide with what the wording puts after it.
        values["line"] = line.text if line.is_sentence else line.text.rstrip(",;: \u00a0\u202f")
        sources.add(line.source)
    said = Sentence(fill(chosen.text, values), tuple(sorted(sources)))
    if not chosen.wording.then:
        return (said,)
    then = fill(chosen.wording.then, {name: facts[name].text for name in chosen.then_places})
    behind = {source for name in chosen.then_places for source in facts[name].sources}
    return (said, Sentence(then, tuple(sorted(behind))))


def _say_gap(letter: Letter, slot: str) -> Said:
    known = letter.known
    wanted = Wanted(
        entry=known.note.entry,
        company=known.note.company,
        reader=known.reader,
        alone=known.case.situation.get("alone") == "yes",
        for_others=slot in letter.material.only_for_others,
        source=known.follow_up.promise or known.follow_up.origin,
    )
    text = fill(letter.book.gaps.text_of(slot), {"person": _person(letter)})
    return Said(slot, (Sentence(text, gap=True),), (missing_fact(slot, wanted),))


def _person(letter: Letter) -> str:
    reader = letter.known.reader
    return letter.letters.voice.reference(reader) if reader else letter.book.gaps.nobody
