"""The phrasebooks of all languages, from files that may extend each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import Final

from followup.campaign.language_names import nearest_language
from followup.campaign.missing_phrases import find_missing
from followup.campaign.phrasebook import Phrasebook, base_language
from followup.campaign.phrasebook_faults import Fault, build_phrasebook, locate_faults
from followup.campaign.phrasebook_layers import lay_over
from followup.campaign.phrasebook_yaml import Located, parse_located
from followup.notes.problems import Problem, Severity
from followup.notes.wording import one_of, quote

REFERENCE: Final = "en"
"""The book that says everything there is to say."""

_WHOLE_HINT: Final = (
    f"write it as in the `{REFERENCE}.yml` that ships, or put `extends: {REFERENCE}` at the top"
)
PART_HINT: Final = (
    "add one that is always good, or put yours under `also`, beside those that are there"
)
_EXTENDS: Final = "extends"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_SHOWN: Final = 4
_NOTHING: Final = Located({}, {})


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file with phrases: `name` is its language, `own` says that the workspace has it."""

    name: str
    path: str
    data: bytes
    own: bool = False


@dataclass(frozen=True, slots=True)
class Books:
    """Every phrasebook by its language, and the phrases that each is made of.

    `names` are the languages that have a file, also where that has faults.
    """

    books: Mapping[str, Phrasebook]
    phrases: Mapping[str, Located]
    names: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one file states itself; `located` is None where it cannot be read."""

    file: BookFile
    located: Located | None

    @property
    def extends(self) -> object:
        """The name of the book that this one extends, or None."""
        return self.located.value.get(_EXTENDS) if self.located else None

    @property
    def phrases(self) -> Located:
        """Its phrases alone."""
        located = self.located or _NOTHING
        value = {name: item for name, item in located.value.items() if name != _EXTENDS}
        return replace(located, value=value)

    @property
    def slots(self) -> frozenset[str]:
        """The names of the slots it has wordings for."""
        slots = self.phrases.value.get("slots")
        return frozenset(slots) if isinstance(slots, Mapping) else frozenset()


@lru_cache(maxsize=4)
def build_books(files: tuple[BookFile, ...]) -> Books:
    """The books in these files, one of the workspace before one of the same name that ships.

    No book extends itself: `extends: en` in the workspace's `en.yml` means the one that ships. The
    same files are asked for more than once in every run, and not read again.
    """
    in_order = sorted(files, key=lambda file: (file.name, not file.own))
    parsed = [(file, *_parse(file)) for file in in_order]
    shelf = [_Stated(file, located) for file, located, _ in parsed]
    problems = {problem for _, _, found in parsed for problem in found}
    books: dict[str, Phrasebook] = {}
    phrases: dict[str, Located] = {}
    names = frozenset(file.name for file in in_order)
    for name in sorted(names):
        located, book, found = _build(name, shelf)
        problems.update(found)
        if located and book:
            books[name], phrases[name] = book, located
    return Books(books, phrases, names, tuple(sorted(problems)))


def _parse(file: BookFile) -> tuple[Located | None, tuple[Problem, ...]]:
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data[: error.start].count(b"\n") + 1
        problem = Problem(
            file.path, line, 1, Severity.ERROR, "bad_phrasebook", "this is no text in UTF-8",
            "save the file with the encoding UTF-8",
        )  # fmt: skip
        return None, (problem,)
    return parse_located(text, file.path)


def _build(
    name: str, shelf: Sequence[_Stated]
) -> tuple[Located | None, Phrasebook | None, tuple[Problem, ...]]:
    """The phrases and the book of one language, and what is wrong with them."""
    chain, problems = _chain(name, shelf)
    if problems or any(stated.located is None for stated in chain):
        return None, None, problems
    located = _laid(chain)
    top = chain[0]
    named = tuple(_fault_of_name(top, shelf))
    if not _LANGUAGE.fullmatch(name):
        return None, None, locate_faults(named, located)
    known = frozenset(slot for other in shelf if other is not top for slot in other.slots)
    book, faults = build_phrasebook(located, known)
    if book and not named and any(stated.file.own for stated in chain):
        faults = tuple(_missing(book, located, chain[-1], shelf))
    if faults and chain[1:] and not _is_sound(chain[1:], known):
        # What is wrong below is told of the file it is in; of this one, what it says itself.
        own = [fault for fault in faults if located.mark(fault.location).path == top.file.path]
        told = [fault for fault in own if top.file.own and fault.code != "missing_phrase"]
        return None, None, locate_faults([*named, *told], located)
    told = [*named, *_in_one(faults, top, shelf)]
    problems = locate_faults(told, located)
    if not told:
        problems = tuple(_other_language(chain, located))
    return located, None if told else book, problems


def _laid(chain: Sequence[_Stated]) -> Located:
    """The phrases of a chain of files, the first one uppermost."""
    return reduce(lay_over, (stated.phrases for stated in reversed(chain)), _NOTHING)


def _is_sound(chain: Sequence[_Stated], known: frozenset[str]) -> bool:
    """Whether the book that the uppermost file rests on is one by itself."""
    return build_phrasebook(_laid(chain), known)[0] is not None


def _in_one(faults: Sequence[Fault], top: _Stated, shelf: Sequence[_Stated]) -> Iterator[Fault]:
    """The faults, with all that a file of the workspace lacks as one.

    Such a file was meant to say a few things differently, and not to be whole.
    """
    lacks = list(dict.fromkeys(fault.lacks for fault in faults if fault.lacks))
    partial = top.file.own and top.extends is None and lacks
    yield from (fault for fault in faults if not (partial and fault.lacks))
    if partial:
        message = f"`{_file_name(top)}` is not whole: it says nothing for {_some(lacks)}"
        hint = (
            f"add `{_EXTENDS}: {_below(top, shelf)}` as its first line: "
            "then what it does not say comes from there"
        )
        yield Fault((), "missing_phrase", message, hint)


def _below(top: _Stated, shelf: Sequence[_Stated]) -> str:
    """The book that a file can extend: the shipped one of its language, else of that language's."""
    shipped = {stated.file.name for stated in shelf if not stated.file.own}
    own = (name for name in (top.file.name, base_language(top.file.name)) if name in shipped)
    return next(own, REFERENCE)


def _file_name(stated: _Stated) -> str:
    return stated.file.path.rpartition("/")[2]


def _other_language(chain: Sequence[_Stated], located: Located) -> Iterator[Problem]:
    """A book of the workspace that leaves part of its letters in another language."""
    top, below = chain[0], chain[1] if chain[1:] else None
    if not (top.file.own and below):
        return
    if base_language(below.file.name) == base_language(top.file.name):
        return
    elsewhere = {
        ".".join(map(str, place[:2]))
        for place, mark in located.places.items()
        if mark.path != top.file.path and len(place) > 1
    }
    if elsewhere:
        mark = top.located.mark((_EXTENDS,)) if top.located else located.mark(())
        yield Problem(
            mark.path, mark.line, mark.column, Severity.WARNING, "other_language",
            f"what `{_file_name(top)}` does not say stays in the language of `{below.file.name}`: "
            f"{_some(sorted(elsewhere))}",
            "write these too, then take the line out",
        )  # fmt: skip


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _chain(name: str, shelf: Sequence[_Stated]) -> tuple[tuple[_Stated, ...], tuple[Problem, ...]]:
    """The file of a language and those that it rests on, or a name that leads nowhere."""
    chain: tuple[_Stated, ...] = (next(s for s in shelf if s.file.name == name),)
    if whole := _to_the_end(chain, shelf):
        return whole, ()
    while free := _next(chain, shelf):
        chain = (*chain, free[0])
    fault = _fault_of_extends(chain, shelf)
    return (), locate_faults([fault], chain[-1].located or _NOTHING)


def _to_the_end(chain: tuple[_Stated, ...], shelf: Sequence[_Stated]) -> tuple[_Stated, ...]:
    """The first way from these files to one that extends no other; empty where none leads there."""
    if chain[-1].extends is None:
        return chain
    ways = (_to_the_end((*chain, stated), shelf) for stated in _next(chain, shelf))
    return next((way for way in ways if way), ())


def _next(chain: Sequence[_Stated], shelf: Sequence[_Stated]) -> list[_Stated]:
    """The files that the last of a chain may mean: one of the workspace first, none twice."""
    below = chain[-1].extends
    return [stated for stated in shelf if stated.file.name == below and stated not in chain]


def _fault_of_extends(chain: Sequence[_Stated], shelf: Sequence[_Stated]) -> Fault:
    below = chain[-1].extends
    names = {stated.file.name for stated in shelf}
    if not isinstance(below, str) or below not in names:
        message = f"there is no phrasebook {quote(str(below))} to extend"
        others = sorted({stated.file.name for stated in shelf if stated is not chain[-1]})
        near = nearest_language(str(below), others)
        hint = f"did you mean `{near}`?" if near else one_of(others)
        return Fault((_EXTENDS,), "unknown_phrasebook", message, hint)
    way = " → ".join([*(stated.file.name for stated in chain), below])
    message = f"this leads in a circle: {way}"
    return Fault((_EXTENDS,), "unknown_phrasebook", message, "let one of them extend no other")


def _fault_of_name(top: _Stated, shelf: Sequence[_Stated]) -> Iterator[Fault]:
    """A book whose language is another than the file's name; one that extends must state it, too."""
    name, stated = top.file.name, top.phrases.value.get("language")
    if not _LANGUAGE.fullmatch(name):
        near = nearest_language(name, {other.file.name for other in shelf if other is not top})
        hint = f"name it `{near or REFERENCE}.yml`"
        message = f"`{_file_name(top)}` is not named after a language"
        yield Fault((), "unknown_language", message, hint)
        return
    if stated is None and top.extends not in (None, name):
        message = "the file does not say which language it is for"
        yield Fault((), "missing_phrase", message, f"write `language: {name}`")
    if isinstance(stated, str) and stated != name:
        message = f"the file is named `{name}.yml` but says that its language is {quote(stated)}"
        yield Fault(("language",), "wrong_phrase", message, f"write `language: {name}`")


def _missing(
    book: Phrasebook, located: Located, lowest: _Stated, shelf: Sequence[_Stated]
) -> Iterator[Fault]:
    """What a book of the workspace cannot say: without it there would be no draft."""
    shipped = next(s for s in shelf if s.file.name == REFERENCE and not s.file.own)
    reference, _ = build_phrasebook(lay_over(_NOTHING, shipped.phrases))
    for item in find_missing(book, reference) if reference else ():
        whole = lowest.file.own and located.mark(item.location).path == lowest.file.path
        hint = _WHOLE_HINT if whole else PART_HINT
        yield Fault(item.location, "missing_phrase", item.text, hint)
