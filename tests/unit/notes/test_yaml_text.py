"""Texts written as YAML."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from followup.notes.yaml_text import render_text


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("yes")
@example("N/A")
@example("2026-11-19")
@example("\u2028\x85\ufeff\uffff\x7f")
@example("a: b #c, [d] {e} 'f' \"g\" \\h")
@example("two  spaces")
def test_what_is_written_is_read(text: str) -> None:
    """By any reader of YAML, as a value in a block and among others in braces."""
    written = render_text(text)
    assert yaml.safe_load(f"key: {written}\n") == {"key": text}
    assert yaml.safe_load(f"{{key: {written}, other: x}}\n") == {"key": text, "other": "x"}


@pytest.mark.parametrize("text", ["Acme Logistics", "Müller & Söhne (Hamburg)", "R&D/IT"])
def test_plain_words_need_no_quotes(text: str) -> None:
    """A note stays a text that people write."""
    assert render_text(text) == text
