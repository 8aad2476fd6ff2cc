"""Which of several wordings a letter gets: fitting, stable, and another than its neighbours'."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from followup.campaign.phrasebook import Form, Wording, placeholders


def fits(when: Mapping[str, frozenset[str]], situation: Mapping[str, str]) -> bool:
    """Whether every condition holds; one that the situation says nothing about does not."""
    return all(situation.get(name) in values for name, values in when.items())


def choose_form(forms: Iterable[Form], situation: Mapping[str, str]) -> Form | None:
    """The first form whose conditions hold."""
    return next((form for form in forms if fits(form.when, situation)), None)


def choose_wording(
    wordings: Sequence[Wording],
    situation: Mapping[str, str],
    known: Collection[str],
    taken: Collection[str],
    seed: Sequence[str],
    kind: str,
) -> tuple[Wording, str] | None:
    """A wording and its text of this `kind` (`text`, `sentence` or `fragment`), if any fits.

    The wordings made for most of the situation come first, and among those the one whose hash with
    `seed` is least: so a letter keeps its wording when another one begins or ceases to fit. One
    that is `taken` is passed over while another is left.
    """
    fitting = [
        (wording, text)
        for wording in wordings
        if (text := getattr(wording, kind)) is not None
        and fits(wording.when, situation)
        and needed_facts(wording, text) <= set(known)
    ]
    order = sorted(fitting, key=lambda item: (-len(item[0].when), stable_number((*seed, item[1]))))
    free = [item for item in order if item[1] not in taken]
    return next(iter(free or order), None)


def needed_facts(wording: Wording, text: str) -> frozenset[str]:
    """What must be known to say a wording with this text."""
    asked = {*placeholders(text), *placeholders(wording.then or "")}
    return frozenset((asked | set(wording.rests_on)) - {"line"})


def stable_number(seed: Sequence[str]) -> int:
    """A number that is the same for the same texts, in every run and on every machine."""
    return int.from_bytes(hashlib.sha256("\0".join(seed).encode()).digest()[:8])
