"""Single phrases from the workspace's settings, laid over the phrasebooks of their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from followup.campaign.language_names import nearest_language
from followup.campaign.missing_phrases import find_missing
from followup.campaign.phrasebook import Phrasebook, base_language
from followup.campaign.phrasebook_faults import Fault, build_phrasebook
from followup.campaign.phrasebook_files import PART_HINT, Books
from followup.campaign.phrasebook_layers import lay_over
from followup.campaign.phrasebook_yaml import Located, Location, Place
from followup.notes.wording import one_of, quote
from followup.portal.options import OptionProblem

_OPTION: Final = "phrases"
_PLACE: Final = Place("mkdocs.yml", 1, 1)

Phrases = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Phrased:
    """The phrasebooks by language with the settings' phrases in them, and faults of those."""

    books: Mapping[str, Phrasebook]
    problems: tuple[OptionProblem, ...]


def lay_phrases(shelf: Books, phrases: Phrases) -> Phrased:
    """The books of `shelf` with these phrases over them.

    Those of `en` are laid over `en-US` too, below its own; a language that has only the book of its
    first letters, `en-AU`, gets one of its own. A book whose phrases are faulty is left out.
    """
    problems = [
        _unknown(language, shelf) for language in phrases if not _is_known(language, shelf.names)
    ]
    books = dict(shelf.books)
    for name in sorted({*shelf.books, *phrases}):
        layers = [key for key in dict.fromkeys((base_language(name), name)) if key in phrases]
        below = name if name in shelf.books else base_language(name)
        if not layers or below not in shelf.books:
            continue
        book, faults = _build(name, below, shelf, {key: phrases[key] for key in layers})
        problems += faults
        books.pop(name, None)
        if book:
            books[name] = book
    return Phrased(books, tuple(dict.fromkeys(problems)))


def _build(
    name: str, below: str, shelf: Books, layers: Phrases
) -> tuple[Phrasebook | None, list[OptionProblem]]:
    """The book of one language under the phrases of these layers, the last one uppermost."""
    located = shelf.phrases[below]
    known = shelf.books[below].slots
    placed = {key: _located(stated) for key, stated in layers.items()}
    for layer in placed.values():
        located = lay_over(located, layer)
    located = replace(located, value={**located.value, "language": name})
    book, faults = build_phrasebook(located, known)
    named = tuple(
        Fault(("language",), "unknown_phrase", "unknown phrase `language`", "take it out")
        for layer in placed.values()
        if "language" in layer.value
    )
    if book and not named:
        faults = tuple(
            Fault(item.location, "missing_phrase", item.text, PART_HINT)
            for item in find_missing(book, shelf.books[below])
        )
    problems = [_problem(fault, placed) for fault in (*named, *faults)]
    return (None if problems else book), problems


def _problem(fault: Fault, placed: Mapping[str, Located]) -> OptionProblem:
    """A fault by the setting that it is in: the one that states most of its place."""
    found = {key: _stated(fault.location, layer) for key, layer in placed.items()}
    key = max(reversed(found), key=lambda key: len(found[key]))
    return OptionProblem(".".join([_OPTION, key, *map(str, found[key])]), fault.message, fault.hint)


def _stated(location: Location, layer: Located) -> Location:
    """The part of a location that a layer states; what it adds to a slot stands under `also`."""
    also = ("also", *location[1:2]) if location[:1] == ("slots",) else location
    ends = [location[:end] for end in range(len(location), 0, -1)]
    return next((end for end in (*ends, also) if end in layer.places), ())


def _located(value: Mapping[str, Any]) -> Located:
    return Located(dict(value), dict.fromkeys(_locations(value, ()), _PLACE))


def _locations(value: object, location: Location) -> Iterator[Location]:
    yield location
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for name, item in items:
        yield from _locations(item, (*location, name))


def _is_known(language: str, names: Iterable[str]) -> bool:
    return any(
        name in (language, base_language(language)) or base_language(name) == language
        for name in names
    )


def _unknown(language: str, shelf: Books) -> OptionProblem:
    near = nearest_language(language, shelf.names)
    return OptionProblem(
        f"{_OPTION}.{language}", f"there is no phrasebook for {quote(language)}",
        f"did you mean `{near}`?" if near else one_of(sorted(shelf.names)),
    )  # fmt: skip
