"""What is wrong with a finished draft, though nothing is missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Final

from followup.campaign.material import as_said
from followup.campaign.model import Draft, FollowUp, Remark, Sentence
from followup.campaign.name_index import NameIndex, build_name_index
from followup.campaign.phrasebook import Phrasebook, base_language
from followup.campaign.third_person import contains_word
from followup.notes.categories import HEADING_LANGUAGES, languages_of
from followup.notes.entry import Bullet, Entry, Source
from followup.portal.model import Portal
from followup.portal.names import reference_name

LONG: Final = 180
TOO_LONG: Final = 250
LONGEST_SENTENCE: Final = 30
MOST_IN_COMMON: Final = 0.6
_SHINGLE: Final = 4
_PROMISE: Final = "deliver_promise"
_WORD: Final = re.compile(r"\w+")
Shingles = frozenset[tuple[str, ...]]
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|:\s+(?=[^\W\d_a-zß-öø-ÿ])")


def lint_drafts(
    portal: Portal,
    follow_ups: Mapping[str, FollowUp],
    drafts: Mapping[str, Draft],
    phrasebooks: Mapping[str, Phrasebook],
    thankful: frozenset[str],
) -> Mapping[str, tuple[Remark, ...]]:
    """The remarks on every draft that has some, by the uid of its follow-up.

    `thankful` are the uids of the messages that must give thanks.
    """
    found: dict[str, list[Remark]] = {}
    names = build_name_index(portal, phrasebooks.values())
    for uid, draft in drafts.items():
        book = phrasebooks[draft.language]
        found[uid] = [
            *_length(draft),
            *(_thanks(draft, book) if uid in thankful else ()),
            *_tone(draft, book, _title(portal, follow_ups[uid])),
            *_long_sentences(draft),
            *_wrong_names(portal, follow_ups[uid], draft, names),
            *_mixed_language(portal, follow_ups[uid], draft),
        ]
    for uid, remark in chain(
        _near_duplicates(portal, follow_ups, drafts), _reused_hooks(portal, follow_ups, drafts)
    ):
        found[uid].append(remark)
    return {uid: tuple(remarks) for uid, remarks in found.items() if remarks}


def said(draft: Draft) -> tuple[Sentence, ...]:
    """The sentences of a draft between salutation and close, without the gaps."""
    return tuple(s for paragraph in draft.paragraphs for s in paragraph if not s.gap)


def words_of(text: str) -> list[str]:
    """The words of a text; a mark that stands alone, as in French, is none."""
    return [word for word in text.split() if any(map(str.isalnum, word))]


def _first_source(sentence: Sentence) -> Source | None:
    return sentence.sources[-1] if sentence.sources else None


def _length(draft: Draft) -> Iterator[Remark]:
    if draft.words > TOO_LONG:
        yield Remark(
            "too_long", f"{draft.words} words: over {TOO_LONG} nobody reads to the end; shorten it"
        )
    elif draft.words > LONG:
        yield Remark("too_long", f"{draft.words} words: over {LONG} is long for a message")


def _thanks(draft: Draft, book: Phrasebook) -> Iterator[Remark]:
    if not any(contains_word(sentence.text, book.watched.thanks) for sentence in said(draft)):
        yield Remark("no_thanks", "This message gives thanks, but the word is not in it")


def _title(portal: Portal, follow_up: FollowUp) -> str:
    """The job title as the letter may name it."""
    interview = portal.interviews.get(follow_up.interview or "")
    title = interview.title if interview else portal.applications[follow_up.application].title
    return title or ""


def _tone(draft: Draft, book: Phrasebook, title: str) -> Iterator[Remark]:
    """Loud and worn words; the job title is theirs, whatever it says."""
    loud = [sentence for sentence in said(draft) if "!" in sentence.text]
    if sum(sentence.text.count("!") for sentence in loud) > 1:
        message = "More than one exclamation mark; one is plenty"
        yield Remark("exclamation", message, _first_source(loud[-1]))
    for sentence in said(draft):
        own = sentence.text.replace(title, "…") if title else sentence.text
        if not contains_word(own, book.watched.cliches):
            continue
        for phrase in book.watched.cliches:
            if contains_word(own, (phrase,)):
                message = f"“{phrase}” is in everybody's message; say what you mean by it"
                yield Remark("cliche", message, _first_source(sentence))


def _long_sentences(draft: Draft) -> Iterator[Remark]:
    for sentence in said(draft):
        for part in _SENTENCE_ENDS.split(sentence.text):
            words = words_of(part)
            length = len(words)
            if length > LONGEST_SENTENCE:
                start = " ".join(words[:5])
                message = f"A sentence of {length} words (“{start} …”); divide it"
                yield Remark("long_sentence", message, _first_source(sentence))


def _wrong_names(
    portal: Portal, follow_up: FollowUp, draft: Draft, names: NameIndex
) -> Iterator[Remark]:
    company = portal.applications[follow_up.application].company
    for sentence in said(draft):
        for name in names.other_companies(sentence.text, company):
            message = f"“{name}” is another company in your notes"
            yield Remark("wrong_company", message, _first_source(sentence))
        for name in names.other_people(sentence.text, company):
            message = f"“{name}” is somebody at another company"
            yield Remark("wrong_person", message, _first_source(sentence))


def _mixed_language(portal: Portal, follow_up: FollowUp, draft: Draft) -> Iterator[Remark]:
    """Lines in another language than the rest, where their owner chose both languages.

    The language of a line is told by the heading it stands under.
    """
    entry = portal.entries[follow_up.entry]
    chosen = entry.front.language
    if chosen is None or "language" not in portal.options.model_fields_set:
        return
    language = base_language(draft.language)
    lines = {s.line for sentence in said(draft) for s in sentence.sources if s.path == entry.path}
    used = [(line, heading) for line, heading in _headed(entry) if line in lines]
    headed = {heading for _, heading in used}
    if base_language(chosen) == base_language(portal.options.language) or not headed:
        return
    if language not in HEADING_LANGUAGES or any(language in languages_of(h) for h in headed):
        return
    numbers = sorted(line for line, _ in used)
    message = f"This message is in `{draft.language}`; {_stay(numbers)} in"
    yield Remark("mixed_language", message, Source(entry.path, numbers[0]))


def _stay(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]} stays in the language you wrote it"
    *most, last = map(str, numbers)
    return f"lines {', '.join(most)} and {last} stay in the language you wrote them"


def _headed(entry: Entry) -> Iterator[tuple[int, str]]:
    """The line of every bullet, with the heading of its category."""
    heading = ""
    for section in entry.sections:
        heading = section.heading if languages_of(section.heading) else heading
        if section.category is not None:
            yield from ((line, heading) for line in _lines_of(section.bullets))


def _lines_of(bullets: Iterable[Bullet]) -> Iterator[int]:
    for bullet in bullets:
        yield bullet.line
        yield from _lines_of(bullet.children)


def _near_duplicates(
    portal: Portal, follow_ups: Mapping[str, FollowUp], drafts: Mapping[str, Draft]
) -> Iterator[tuple[str, Remark]]:
    """Pairs of one interview that say nearly the same to different people or at different times."""
    by_interview: dict[str, list[Draft]] = {}
    for uid, draft in drafts.items():
        if path := follow_ups[uid].interview:
            by_interview.setdefault(path, []).append(draft)
    for group in by_interview.values():
        shingles = [(draft, _shingles(draft)) for draft in group]
        for (one, first), (other, second) in combinations(shingles, 2):
            if _share(first, second) <= MOST_IN_COMMON or _same_kind(one, other, follow_ups):
                continue
            promised = {follow_ups[draft.follow_up].touch for draft in (one, other)} == {_PROMISE}
            advice = "say it differently to each, in its `what:`" if promised else (
                "mark a bullet with the `@id` of the one who said it"
            )  # fmt: skip
            for draft, twin in ((one, other), (other, one)):
                yield draft.follow_up, _duplicate(portal, twin, advice)


def _same_kind(one: Draft, other: Draft, follow_ups: Mapping[str, FollowUp]) -> bool:
    """Whether they are one touch for one person, again after a sign of life."""
    touches = {follow_ups[draft.follow_up].touch for draft in (one, other)}
    return one.to == other.to and len(touches) == 1


def _duplicate(portal: Portal, twin: Draft, advice: str) -> Remark:
    who = reference_name(portal.people[twin.to[0]]) if twin.to else "somebody"
    message = f"This says nearly the same as the message to {who}: people compare; {advice}"
    return Remark("near_duplicate", message)


def share_in_common(one: Draft, other: Draft) -> float:
    """The part of the shorter draft's four-word shingles that the other one has too."""
    return _share(_shingles(one), _shingles(other))


def _share(first: Shingles, second: Shingles) -> float:
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def _shingles(draft: Draft) -> Shingles:
    """Every four words that follow each other in a draft as it reads, its gaps too."""
    between = chain.from_iterable(draft.paragraphs)
    words = [word for s in between for word in _WORD.findall(s.text.casefold())]
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _reused_hooks(
    portal: Portal, follow_ups: Mapping[str, FollowUp], drafts: Mapping[str, Draft]
) -> Iterator[tuple[str, Remark]]:
    """A hook that stands word for word in an earlier letter is nothing personal any more."""
    first: dict[str, str] = {}
    for uid, text, source in sorted(
        _hooks(portal, follow_ups, drafts), key=lambda hook: _order(portal, follow_ups[hook[0]])
    ):
        folded = " ".join(text.casefold().split())
        if folded not in first:
            first[folded] = uid
            continue
        earlier = drafts[first[folded]].to[0]
        who = reference_name(portal.people[earlier])
        message = f"The same personal line is in the message to {who}; find another"
        yield uid, Remark("reused_hook", message, source)


def _order(portal: Portal, follow_up: FollowUp) -> tuple[str, str, int]:
    if follow_up.interview is None:
        return (follow_up.due_on.isoformat(), follow_up.entry, 0)
    interview = portal.interviews[follow_up.interview]
    people = interview.people
    place = people.index(follow_up.to[0]) if follow_up.to[0] in people else len(people)
    return (interview.start.date().isoformat(), interview.path, place)


def _hooks(
    portal: Portal, follow_ups: Mapping[str, FollowUp], drafts: Mapping[str, Draft]
) -> Iterator[tuple[str, str, Source]]:
    """Every hook that a draft uses."""
    for uid, draft in drafts.items():
        reader = portal.people[draft.to[0]] if draft.to else None
        hook = reader.hooks.get(follow_ups[uid].entry) if reader else None
        if hook and _uses(said(draft), as_said(hook[0]), hook[1]):
            yield uid, hook[0], hook[1]


def _uses(sentences: Sequence[Sentence], text: str, source: Source) -> bool:
    return any(source in s.sources and text.rstrip(",;:") in s.text for s in sentences)
