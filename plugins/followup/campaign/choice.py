"""Which of several wordings a letter gets: fitting, stable, and another than its neighbours'."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from followup.campaign.phrasebook import Form, Wording, placeholders

_NUMBERS: Final = 1 << 64
# An odd number whose bits are mixed: two numbers that begin alike end up far from each other.
_SPREADING: Final = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Choice:
    """A wording with its text of one kind, and what that asks for.

    `places` are the facts that the text names, without the line of the note; `rests_on` these and
    what the wording rests on besides; `then_places` are those of the courtesy behind it. `number` is
    the same for the same text.
    """

    wording: Wording
    text: str
    places: tuple[str, ...]
    rests_on: tuple[str, ...]
    then_places: tuple[str, ...]
    number: int


def _choice(wording: Wording, text: str) -> Choice:
    places = tuple(name for name in placeholders(text) if name != "line")
    then = placeholders(wording.then or "")
    return Choice(wording, text, places, (*places, *wording.rests_on), then, stable_number([text]))


def fits(when: Mapping[str, frozenset[str]], situation: Mapping[str, str]) -> bool:
    """Whether every condition holds; one that the situation says nothing about does not."""
    return all(situation.get(name) in values for name, values in when.items())


def choose_form(forms: Iterable[Form], situation: Mapping[str, str]) -> Form | None:
    """The first form whose conditions hold."""
    return next((form for form in forms if fits(form.when, situation)), None)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What the conditions ask about a letter, and the facts that are known for it.

    Cases are few where letters are many. Equal ones are meant to be one object, `Cases` sees to it,
    so that what fits one is soon found again.
    """

    situation: Mapping[str, str]
    facts: frozenset[str]


class Cases:
    """Every case that came up."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Case] = {}

    def of(self, situation: Mapping[str, str], facts: Iterable[str]) -> Case:
        """The case of a letter."""
        key = (*situation.items(), *facts)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Case(situation, frozenset(facts))
        return found


class Slot:
    """The wordings of a slot, to choose from for any number of letters."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._tiers: dict[tuple[Case, str], tuple[tuple[Choice, ...], ...]] = {}

    def choose(
        self, case: Case, taken: Collection[str], seed: Sequence[str], kind: str
    ) -> Choice | None:
        """A wording with its text of this `kind` (`text`, `sentence` or `fragment`), if any fits.

        The wordings made for most of the situation come first, and among those the one that is least
        where its number meets that of `seed`: so a letter keeps its wording when another one begins
        or ceases to fit. One whose text is `taken` is passed over while another is left.
        """
        tiers = self._tiers.get((case, kind))
        if tiers is None:
            tiers = self._tiers[case, kind] = self._fitting(case, kind)
        first: Choice | None = None
        for tier in tiers:
            for choice in _drawn(tier, seed) if len(tier) > 1 else tier:
                if choice.text not in taken:
                    return choice
                first = first or choice
        return first

    def _fitting(self, case: Case, kind: str) -> tuple[tuple[Choice, ...], ...]:
        """Those that fit, in tiers: the ones with most conditions first."""
        fitting = [
            _choice(wording, text)
            for wording in self._wordings
            if (text := getattr(wording, kind)) is not None
            and fits(wording.when, case.situation)
            and needed_facts(wording, text) <= case.facts
        ]
        fitting.sort(key=_order)
        return tuple(tuple(tier) for _, tier in groupby(fitting, key=_order))


def _drawn(tier: Sequence[Choice], seed: Sequence[str]) -> list[Choice]:
    """The choices in an order of this seed's own."""
    drawn = stable_number(seed)
    return sorted(tier, key=lambda choice: (choice.number ^ drawn) * _SPREADING % _NUMBERS)


def _order(choice: Choice) -> int:
    """What choices are sorted by: more conditions first."""
    return -len(choice.wording.when)


def needed_facts(wording: Wording, text: str) -> frozenset[str]:
    """What must be known to say a wording with this text."""
    asked = {*placeholders(text), *placeholders(wording.then or "")}
    return frozenset((asked | set(wording.rests_on)) - {"line"})


def stable_number(seed: Sequence[str]) -> int:
    """A number that is the same for the same texts, in every run and on every machine."""
    return int.from_bytes(hashlib.sha256("\0".join(seed).encode()).digest()[:8])
