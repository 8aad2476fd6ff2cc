"""What the notes say, looked for in what is about to be published.

The last door: whatever went wrong before, a name, an address or a sum that can be read in a published
file stops the publish.
"""

from __future__ import annotations

import base64
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from typing import Final, TypeAlias

from followup.notes.entry import Bullet, Entry
from followup.notes.schema import Salary
from followup.portal.model import Portal

_SHORTEST: Final = 4
"""In characters; shorter ones occur in anything."""
_SHORTEST_IN_NOISE: Final = 5
"""In bytes; shorter ones occur by chance in a file of random bytes."""
_SHORT: Final = 6
"""In characters; what is shorter than that counts only as a word of its own."""
_SHORTEST_SENTENCE: Final = 12
_WINDOW: Final = 4
_FEW: Final = 64
_DEEPEST: Final = 3
_LARGEST: Final = 1 << 28
_GZIP: Final = b"\x1f\x8b\x08"
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_WIDE: Final = ("utf-16-le", "utf-16-be")
_Form: TypeAlias = tuple[str, str]
"""A word, and the form in which it is looked for."""
_WORD: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")


@dataclass(frozen=True, slots=True)
class Leak:
    """A published file that says something it must not: what kind of thing, and in which form.

    `hint` is the beginning of the word: enough for its owner, and little for whoever reads a log.
    """

    file: str
    kind: str
    form: str
    hint: str


def harvest_words(portal: Portal) -> Mapping[str, str]:
    """Every word of the notes that nobody else may read, and what kind of thing it is."""
    found: dict[str, str] = {}
    for kind, text in chain(_facts(portal), _texts(portal)):
        word = unicodedata.normalize("NFC", " ".join(text.split()))
        if len(word) >= _SHORTEST:
            found.setdefault(word, kind)
    return found


def withheld_words(portal: Portal, shown: AbstractSet[str], told: str) -> Mapping[str, str]:
    """What only those notes say that are not among the `shown`; `told` is the text of the others.

    Words that anybody might use elsewhere, such as a city, are left out.
    """
    folded = " ".join(told.casefold().split())
    entries = portal.entries.values()
    # A sentence over two lines, or with an `@id` in it, stands in the text in another way.
    said = {text for entry in entries if entry.path in shown for _, text in _sentences(entry)}
    withheld = [entry for entry in entries if entry.path not in shown]
    found: dict[str, str] = {}
    for entry in withheld:
        people = entry.front.people if isinstance(entry.front.people, tuple) else ()
        addresses = [text for person in people for text in (person.email, person.phone) if text]
        for kind, text in (*(("an address", text) for text in addresses), *_sentences(entry)):
            if text not in said and text.casefold() not in folded:
                found.setdefault(text, kind)
    return found


def find_leaks(
    files: Iterable[tuple[str, bytes]], words: Mapping[str, str], known: Mapping[str, bytes]
) -> tuple[Leak, ...]:
    """Every word that can be read in one of `files`, or in its name, plain or in another form.

    `known` is what a file says whatever the notes say: a company may be called *Passphrase*. The
    file of a vault is random bytes, in which a short word occurs by chance.
    """
    folded = {word: word.casefold() for word in words}
    # Of all words: to put them into every form takes longer than to look through a file.
    needles = cache(lambda noise: _Needles(words, noise=noise))
    leaks: list[Leak] = []
    for name, data in files:
        said = known.get(name, b"").decode("utf-8", "replace").casefold()
        harmless = {word for word, text in folded.items() if text in said} if said else frozenset()
        if len(harmless) == len(words):
            continue
        find = partial(needles(name.endswith(".bin")).find, harmless)
        found = {*find(name.encode()), *find(data)}
        leaks += [Leak(name, words[word], form, f"{word[:2]}…") for word, form in sorted(found)]
    return tuple(leaks)


class _Needles:
    """The words in every form in which they are looked for.

    Two words can have a form in common; it stands for the first of them that is not `harmless`.
    """

    def __init__(self, words: Iterable[str], *, noise: bool) -> None:
        self._noise = noise
        self._plain: dict[bytes, tuple[_Form, ...]] = {}
        self._base64: dict[bytes, tuple[_Form, ...]] = {}
        self._as_words: set[bytes] = set()
        for word in words:
            self._add(word)
        self._starts = [_starts(self._plain), _starts(self._base64)]

    def find(self, harmless: AbstractSet[str], data: bytes, depth: int = 0) -> Iterator[_Form]:
        """Each word in `data` with its form; what is packed in it is opened."""
        folded = data if self._noise else data.lower()
        for needle, start in _hits(folded, self._plain, self._starts[0]):
            if needle not in self._as_words or _stands_alone(folded, start, len(needle)):
                yield from _first(self._plain[needle], harmless)
        for joined in {data, data.translate(_URL_SAFE, b"\r\n")}:
            for needle, _ in _hits(joined, self._base64, self._starts[1]):
                yield from _first(self._base64[needle], harmless)
        if depth < _DEEPEST:
            for form, inner in _opened(data):
                for word, plain in self.find(harmless, inner, depth + 1):
                    yield word, form if plain == "plain text" else f"{plain} in {form}"

    def _add(self, word: str) -> None:
        spellings = {word, word.lower(), word.upper(), unicodedata.normalize("NFD", word)}
        for spelling in spellings:
            self._add_plain(word, spelling, "utf-8", "plain text")
            self._add_plain(word, spelling, "latin-1", "plain text")
            for encoding in _WIDE:
                self._add_plain(word, spelling, encoding, "UTF-16")
            for encoding in ("utf-8", *_WIDE):
                for needle in _in_base64(spelling.encode(encoding, "replace")):
                    _put(self._base64, needle, (word, "base64"))

    def _add_plain(self, word: str, spelling: str, encoding: str, form: str) -> None:
        try:
            raw = spelling.encode(encoding)
        except UnicodeEncodeError:
            return
        needle = raw if self._noise else raw.lower()
        if self._noise and len(needle) < _SHORTEST_IN_NOISE:
            return
        _put(self._plain, needle, (word, form))
        if encoding == "utf-8" and (len(word) < _SHORT or not any(map(str.isalpha, word))):
            self._as_words.add(needle)


def _put(needles: dict[bytes, tuple[_Form, ...]], needle: bytes, form: _Form) -> None:
    """Add to the needles one that stands for this form, and perhaps for another word's already."""
    others = needles.get(needle, ())
    if form not in others:
        needles[needle] = (*others, form)


def _first(forms: Iterable[_Form], harmless: AbstractSet[str]) -> Iterator[_Form]:
    """The first form of a word that is not `harmless`, if there is one."""
    return islice((form for form in forms if form[0] not in harmless), 1)


def _starts(needles: Iterable[bytes]) -> Mapping[bytes, list[bytes]]:
    """The needles by their first bytes."""
    found: dict[bytes, list[bytes]] = {}
    for needle in needles:
        found.setdefault(needle[:_WINDOW], []).append(needle)
    return found


def _hits(
    data: bytes, needles: Mapping[bytes, object], starts: Mapping[bytes, list[bytes]]
) -> Iterator[tuple[bytes, int]]:
    """Each needle in `data` with its place; many of them are looked for in one go."""
    if len(needles) <= _FEW:
        for needle in needles:
            start = data.find(needle)
            while start >= 0:
                yield needle, start
                start = data.find(needle, start + 1)
        return
    places = (i for i in range(len(data) - _WINDOW + 1) if data[i : i + _WINDOW] in starts)
    for place in places:
        for needle in starts[data[place : place + _WINDOW]]:
            if data.startswith(needle, place):
                yield needle, place


def _stands_alone(data: bytes, start: int, length: int) -> bool:
    """Whether no letter or digit touches it: `52000` is no pay in `a152000f`."""
    around = data[max(start - 1, 0) : start] + data[start + length : start + length + 1]
    return not _WORD & {*around.lower()}


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """What is always in the base64 of a text with `raw` in it, wherever it begins."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw)
        whole = (before + len(raw)) * 8 // 6
        needle = text[-(-before * 8 // 6) : whole]
        if len(needle) > _WINDOW:
            yield needle


def _opened(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Whatever in `data` is compressed or written in base64, unpacked."""
    start = data.find(_GZIP)
    whole = memoryview(data)
    while start >= 0:
        if inner := _inflated(whole[start:]):
            yield "gzip", inner
        start = data.find(_GZIP, start + 1)
    for match in _BASE64.finditer(data.translate(_URL_SAFE, b"\r\n")):
        text = match[0].rstrip(b"=")
        if _GZIP in (
            inner := base64.b64decode(
                text + b"=" * (-len(text) % 4) if len(text) % 4 != 1 else text[:-1]
            )
        ):
            yield "base64", inner


def _inflated(data: memoryview) -> bytes:
    """The content of a gzip member, as far as it can be read."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _LARGEST)
    except zlib.error:
        return b""


def _facts(portal: Portal) -> Iterator[tuple[str, str]]:
    me = portal.options.me
    for kind, text in (
        ("your name", me.name),
        ("your address", me.email),
        ("your phone", me.phone),
    ):
        if text:
            yield kind, text
    for company in portal.companies.values():
        yield "a company", company.name
        yield "a company", company.slug
    for person in portal.people.values():
        names = (person.name, person.family_name, *(person.name or "").split())
        yield from (("a name", name) for name in names if name)
        yield from (("an address", text) for text in (person.email, person.phone) if text)
    for entry in portal.entries.values():
        yield from _facts_of(entry)


def _facts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    front = entry.front
    yield "a note's name", entry.path.rpartition("/")[2].rpartition(".")[0]
    meeting = front.interview
    places = (front.location, front.job_url, meeting and meeting.place, meeting and meeting.link)
    yield from (("a place", place) for place in places if place)
    yield from (("a job", job) for job in (front.title, front.application) if job)
    offered = front.offer.salary if front.offer else None
    for salary in (front.salary, offered):
        yield from (("pay", text) for text in _pay(salary))


def _pay(salary: Salary | None) -> Iterator[str]:
    """A sum as people and programs write it."""
    for amount in (salary.min, salary.max) if salary else ():
        if amount is None:
            continue
        yield f"{amount:f}"
        grouped = f"{int(amount):,}"
        yield from (grouped.replace(",", mark) for mark in (",", ".", " ", "\u00a0", "\u202f", "'"))


def _texts(portal: Portal) -> Iterator[tuple[str, str]]:
    for person in portal.people.values():
        yield from (("a sentence", hook) for hook, _ in person.hooks.values())
    for entry in portal.entries.values():
        yield from _sentences(entry)


def _sentences(entry: Entry) -> Iterator[tuple[str, str]]:
    for section in entry.sections:
        yield from (("a sentence", text) for text in _said(section.bullets))


def _said(bullets: Iterable[Bullet]) -> Iterator[str]:
    for bullet in bullets:
        if len(bullet.text) >= _SHORTEST_SENTENCE:
            yield bullet.text
        yield from _said(bullet.children)
