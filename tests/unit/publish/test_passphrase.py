"""Passphrases: strong ones by lot, and no weak ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import count

import pytest

from followup.publish.passphrase import WORDS, find_weakness, make_passphrase


def words() -> list[str]:
    """The list that passphrases are drawn from."""
    seen: list[str] = []

    def choose(choices: Sequence[str]) -> str:
        seen.extend(choices)
        return "word"

    make_passphrase(choose)
    return seen[: len(seen) // WORDS]


def test_six_words_are_77_bits() -> None:
    """There are so many different words that six of them cannot be guessed."""
    assert len(set(words())) == len(words()) == 7_776
    assert math.log2(len(words())) * WORDS > 77


def test_words_are_easy_to_type() -> None:
    """Every word is three to nine small letters, a few with a hyphen."""
    assert all(3 <= len(word) <= 9 and word.isascii() and word.islower() for word in words())


def test_each_word_is_drawn_anew() -> None:
    """Six draws make the passphrase, one for each word."""
    numbers = count()
    assert make_passphrase(lambda choices: choices[next(numbers)]) == (
        "abacus abdomen abdominal abide abiding ability"
    )


@pytest.mark.parametrize(
    "passphrase",
    [
        "acorn bridge candle dolphin ember falcon",
        "zen zen zit zap yum yo-yo",
        "Wer reitet so spät durch Nacht und Moor?",
        "x8Kq-0pLw-33vN-jT5e-Zr9",
    ],
)
def test_strong_one_passes(passphrase: str) -> None:
    """What nobody would guess is taken."""
    assert find_weakness(passphrase) is None


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("", "it has 0 characters"),
        ("acorn bridge candle", "it has 19 characters"),
        ("      acorn bridge candle    ", "it has 19 characters"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "fewer than 8 different"),
        ("abcabcaabbccabcabcacbacb", "fewer than 8 different"),
        ("Tr0ub4dor! Tr0ub4dor!", "the same thing again"),
        ("correct horse battery staple", "tried first"),
        ("Correct-Horse-Battery-Staple!", "tried first"),
        ("password password1 passw0rd", "tried first"),
        ("P4$$w0rd P4$$w0rd iloveyou", "tried first"),
        ("qwertyuiop1234567890", "tried first"),
        ("abcdefghijklmnopqrstuvwxyz", "tried first"),
        ("to be or not to be that is the question", "tried first"),
        ("my very secret password 2026", "tried first"),
        ("acorn bridge\x07candle dolphin", "not every keyboard"),
        ("acorn\ufeffbridge candle dolphin", "not every keyboard"),
        ("a b" * 400, "more than 1,000"),
    ],
)
def test_weak_one_is_refused_with_the_reason(passphrase: str, why: str) -> None:
    """What is short or tried first is refused, and the reason is told."""
    assert why in (find_weakness(passphrase) or "")


def test_length_is_counted_as_it_is_used() -> None:
    """Blanks at the ends and twice in a row make nothing longer."""
    assert find_weakness("acorn     bridge     candle") is not None
    assert find_weakness("acorn bridge candles") is None
