"""Names in addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.portal.slugs import RESERVED, fold_name, slug_of, slug_of_id

SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme Logistics", "acme-logistics"),
        ("  ACME   logistics ", "acme-logistics"),
        ("Ａｃｍｅ", "acme"),
        ("Straße 7", "strasse-7"),
    ],
)
def test_plain_names_stay_readable(name: str, slug: str) -> None:
    """A name of Latin words and digits is its own slug, however it is typed."""
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    "name", ["C++", "C#", "🦄", "CON", "index", "404", "Müller", "A & B", "../../etc", "x" * 200]
)
def test_a_name_that_lost_something_ends_in_a_hash(name: str) -> None:
    """What is lost or reserved is told apart by a hash of the folded name."""
    assert re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{8}", slug_of(name))


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=2, max_size=6))
def test_slugs_never_meet(names: list[str]) -> None:
    """Different names have different slugs, and each is safe on any disk."""
    slugs = {fold_name(name): slug_of(name) for name in names if fold_name(name)}
    assert len(set(slugs.values())) == len(slugs)
    for slug in slugs.values():
        assert SAFE.fullmatch(slug)
        assert slug not in RESERVED
        assert len(slug) <= 70


@pytest.mark.parametrize(
    "pair",
    [("A-B", "A B"), ("Acme!", "Acme"), ("Acme!", slug_of("Acme!").replace("-", " "))],
)
def test_names_made_to_meet_do_not(pair: tuple[str, str]) -> None:
    """Punctuation distinguishes, and a name that imitates a hash gets one of its own."""
    assert slug_of(pair[0]) != slug_of(pair[1])


@pytest.mark.parametrize(
    ("written", "slug"), [("n-okafor", "n-okafor"), ("Okafor", "okafor"), ("acme", "acme")]
)
def test_chosen_ids_stay_as_written(written: str, slug: str) -> None:
    """An id that the owner chose is used as it is, hyphens included."""
    assert slug_of_id(written) == slug
