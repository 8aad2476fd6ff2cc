"""What is wrong with a finished draft, though nothing is missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice
from typing import Final

from followup.campaign.fact import title_as_said
from followup.campaign.lines import as_said
from followup.campaign.model import Draft, FollowUp, Remark, Sentence
from followup.campaign.name_index import NameIndex
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
# From the first letter or digit of a word to its end.
_WORD_BEGINS: Final = re.compile(r"[^\W_]\S*")
Shingles = frozenset[tuple[str, ...]]
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|:\s+(?=[^\W\d_a-zß-öø-ÿ])")


def lint_drafts(
    portal: Portal,
    letters: Sequence[WrittenLetter],
    phrasebooks: Mapping[str, Phrasebook],
    proofs: Proofs,
) -> Mapping[str, tuple[Remark, ...]]:
    """What there is to say of each of these letters, by the uid of its follow-up.

    Apart from the names in `proofs` it depends on nothing but the companies that they go to.
    """
    found = {
        letter.uid: [
            *_length(letter.draft),
            *(_thanks(letter, book) if letter.thankful else ()),
            *_tone(letter, book, _title(portal, letter.follow_up)),
            *_striking(portal, letter, proofs),
            *_mixed_language(portal, letter),
        ]
        for letter in letters
        for book in [phrasebooks[letter.draft.language]]
    }
    for uid, remark in _near_duplicates(portal, letters):
        found[uid].append(remark)
    return {uid: tuple(remarks) for uid, remarks in found.items() if remarks}


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A draft with what asks for it, the sentences that it says, and whether it must give thanks."""

    draft: Draft
    follow_up: FollowUp
    said: tuple[Sentence, ...]
    thankful: bool

    @property
    def uid(self) -> str:
        """That of its follow-up."""
        return self.draft.follow_up

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """Its touch, and to whom it goes."""
        return self.follow_up.touch, self.draft.to


@dataclass(frozen=True, slots=True)
class _Striking:
    """What strikes the eye in a sentence: its long parts, and where the named are from, by name."""

    long: tuple[str, ...]
    companies: Mapping[str, frozenset[str]]
    people: Mapping[str, frozenset[str]]


class Proofs:
    """Every sentence of all letters, looked at once: letters have many in common."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names
        self._seen: dict[str, _Striking | None] = {}

    def striking(self, text: str) -> _Striking | None:
        """What strikes the eye in a text, if anything does."""
        if text not in self._seen:
            long = tuple(part for part in _long_parts(text))
            companies = self.names.companies_in(text)
            people = self.names.companies_of_people_in(text)
            is_striking = long or companies or people
            self._seen[text] = _Striking(long, companies, people) if is_striking else None
        return self._seen[text]


def words_in(letters: Iterable[WrittenLetter]) -> frozenset[str]:
    """Every word that is said in the letters, without regard to case."""
    return frozenset().union(*(_folded_words(s.text) for letter in letters for s in letter.said))


def said(draft: Draft) -> tuple[Sentence, ...]:
    """The sentences of a draft between salutation and close, without the gaps."""
    return tuple(s for paragraph in draft.paragraphs for s in paragraph if not s.gap)


@lru_cache(maxsize=8_192)
def count_words(text: str) -> int:
    """How many words a text has; a mark that stands alone, as in French, is none."""
    return len(_WORD_BEGINS.findall(text))


def _first_source(sentence: Sentence) -> Source | None:
    return sentence.sources[-1] if sentence.sources else None


def _length(draft: Draft) -> Iterator[Remark]:
    if draft.words > TOO_LONG:
        yield Remark(
            "too_long", f"{draft.words} words: over {TOO_LONG} nobody reads to the end; shorten it"
        )
    elif draft.words > LONG:
        yield Remark("too_long", f"{draft.words} words: over {LONG} is long for a message")


def _thanks(letter: WrittenLetter, book: Phrasebook) -> Iterator[Remark]:
    if not any(contains_word(sentence.text, book.watched.thanks) for sentence in letter.said):
        yield Remark("no_thanks", "This message gives thanks, but the word is not in it")


def _title(portal: Portal, follow_up: FollowUp) -> str:
    """The job title as the letter may name it."""
    interview = portal.interviews.get(follow_up.interview or "")
    title = interview.title if interview else portal.applications[follow_up.application].title
    return title_as_said(title) if title else ""


def _tone(letter: WrittenLetter, book: Phrasebook, title: str) -> Iterator[Remark]:
    """Loud and worn words; the job title is theirs, whatever it says."""
    loud = [sentence for sentence in letter.said if "!" in sentence.text]
    if sum(sentence.text.count("!") for sentence in loud) > 1:
        message = "More than one exclamation mark; one is plenty"
        yield Remark("exclamation", message, _first_source(loud[-1]))
    for sentence in letter.said:
        own = sentence.text.replace(title, "…") if title else sentence.text
        if not contains_word(own, book.watched.cliches):
            continue
        for phrase in book.watched.cliches:
            if contains_word(own, (phrase,)):
                message = f"“{phrase}” is in everybody's message; say what you mean by it"
                yield Remark("cliche", message, _first_source(sentence))


def _long_parts(text: str) -> Iterator[str]:
    """What is to be said of every sentence in `text` that is too long."""
    if count_words(text) <= LONGEST_SENTENCE:
        return
    for part in _SENTENCE_ENDS.split(text):
        length = count_words(part)
        if length > LONGEST_SENTENCE:
            words = (word for word in part.split() if count_words(word))
            start = " ".join(islice(words, 5))
            yield f"A sentence of {length} words (“{start} …”); divide it"


def _striking(portal: Portal, letter: WrittenLetter, proofs: Proofs) -> Iterator[Remark]:
    """Sentences that are too long, and names that belong into another letter."""
    own = portal.applications[letter.follow_up.application].company
    found = [(s, seen) for s in letter.said if (seen := proofs.striking(s.text))]
    for sentence, seen in found:
        for message in seen.long:
            yield Remark("long_sentence", message, _first_source(sentence))
    for sentence, seen in found:
        for name, companies in seen.companies.items():
            if own not in companies:
                message = f"“{name}” is another company in your notes"
                yield Remark("wrong_company", message, _first_source(sentence))
        for name, companies in seen.people.items():
            if own not in companies:
                message = f"“{name}” is somebody at another company"
                yield Remark("wrong_person", message, _first_source(sentence))


def _mixed_language(portal: Portal, letter: WrittenLetter) -> Iterator[Remark]:
    """Lines in another language than the rest, where their owner chose both languages.

    The language of a line is told by the heading it stands under.
    """
    draft = letter.draft
    entry = portal.entries[letter.follow_up.entry]
    chosen = entry.front.language
    if chosen is None or "language" not in portal.options.model_fields_set:
        return
    language = base_language(draft.language)
    lines = {s.line for sentence in letter.said for s in sentence.sources if s.path == entry.path}
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
    portal: Portal, letters: Iterable[WrittenLetter]
) -> Iterator[tuple[str, Remark]]:
    """Pairs of one interview that say nearly the same to different people or at different times."""
    by_interview: dict[str, list[tuple[WrittenLetter, Shingles]]] = {}
    for letter in letters:
        if path := letter.follow_up.interview:
            by_interview.setdefault(path, []).append((letter, shingles(letter.draft)))
    for group in by_interview.values():
        for (one, first), (other, second) in combinations(group, 2):
            # One touch for one person, again after a sign of life, may say the same.
            if share_in_common(first, second) <= MOST_IN_COMMON or one.kind == other.kind:
                continue
            promised = one.follow_up.touch == other.follow_up.touch == _PROMISE
            advice = "say it differently to each, in its `what:`" if promised else (
                "mark a bullet with the `@id` of the one who said it"
            )  # fmt: skip
            for letter, twin in ((one, other), (other, one)):
                yield letter.uid, _duplicate(portal, twin.draft, advice)


def _duplicate(portal: Portal, twin: Draft, advice: str) -> Remark:
    who = reference_name(portal.people[twin.to[0]]) if twin.to else "somebody"
    message = f"This says nearly the same as the message to {who}: people compare; {advice}"
    return Remark("near_duplicate", message)


def share_in_common(first: Shingles, second: Shingles) -> float:
    """The part of the shorter draft's shingles that the other one has too, from 0 to 1."""
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def shingles(draft: Draft) -> Shingles:
    """Every four words that follow each other in a draft as it reads, its gaps too."""
    words: list[str] = []
    for sentence in chain.from_iterable(draft.paragraphs):
        words += _folded_words(sentence.text)
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


@lru_cache(maxsize=8_192)
def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class UsedHook:
    """A letter that uses its reader's hook: the `text` of that, from `source`.

    `order` is how early the letter is, and whom of several it is to.
    """

    order: tuple[str, str, int]
    letter: WrittenLetter
    text: str
    source: Source


def find_hooks(portal: Portal, letters: Iterable[WrittenLetter]) -> tuple[UsedHook, ...]:
    """Every letter that uses its reader's hook, with that."""
    return tuple(_find_hooks(portal, letters))


def reused_hooks(portal: Portal, hooks: Iterable[UsedHook]) -> Iterator[tuple[str, Remark]]:
    """A hook that stands word for word in an earlier letter is nothing personal any more."""
    first: dict[str, Draft] = {}
    for hook in sorted(hooks, key=lambda hook: hook.order):
        folded = " ".join(hook.text.casefold().split())
        if folded not in first:
            first[folded] = hook.letter.draft
            continue
        who = reference_name(portal.people[first[folded].to[0]])
        message = f"The same personal line is in the message to {who}; find another"
        yield hook.letter.uid, Remark("reused_hook", message, hook.source)


def _find_hooks(portal: Portal, letters: Iterable[WrittenLetter]) -> Iterator[UsedHook]:
    for letter in letters:
        reader = portal.people[letter.draft.to[0]] if letter.draft.to else None
        hook = reader.hooks.get(letter.follow_up.entry) if reader else None
        if hook and _uses(letter.said, as_said(hook[0]), hook[1]):
            yield UsedHook(_order(portal, letter.follow_up), letter, *hook)


def _order(portal: Portal, follow_up: FollowUp) -> tuple[str, str, int]:
    if follow_up.interview is None:
        return (follow_up.due_on.isoformat(), follow_up.entry, 0)
    interview = portal.interviews[follow_up.interview]
    people = interview.people
    place = people.index(follow_up.to[0]) if follow_up.to[0] in people else len(people)
    return (interview.start.date().isoformat(), interview.path, place)


def _uses(sentences: Sequence[Sentence], text: str, source: Source) -> bool:
    return any(source in s.sources and text.rstrip(",;:") in s.text for s in sentences)
