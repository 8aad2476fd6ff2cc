"""A YAML parser's complaint in words that somebody who never heard of YAML can act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import yaml
from yaml.error import Mark

from followup.notes.wording import quote

SAFE_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""YAML's safe loader, in C where that was built."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong at an offset of the text, and what to do."""

    offset: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Wording:
    """How one complaint is said; `at_context` puts it where the broken thing began."""

    complaint: str
    message: str
    hint: str
    at_context: bool = False


_QUOTE_IT = 'put the whole value in double quotes: `key: "value"`'
_WORDINGS = (
    _Wording(
        "mapping values are not allowed",
        "a second `:` with a space, or a line that belongs elsewhere",
        _QUOTE_IT + ", or check how far the line is indented",
    ),
    _Wording(
        "could not find expected ':'",
        "this line is no `key: value`",
        "put a colon and a space after the key, or quotes round a longer text",
        at_context=True,
    ),
    _Wording(
        "found unexpected end of stream", "this quote is never closed", "close it", at_context=True
    ),
    _Wording(
        "found unexpected document indicator",
        "this quote is never closed",
        "close it",
        at_context=True,
    ),
    _Wording(
        "did not find expected ',' or ']'",
        "this `[` is never closed, or a comma is missing",
        "write a list as `[one, two]`",
        at_context=True,
    ),
    _Wording(
        "did not find expected ',' or '}'",
        "this `{` is never closed, or a comma is missing",
        "write a group as `{key: value, key: value}`",
        at_context=True,
    ),
    _Wording(
        "found unknown escape character", "`\\` has a meaning of its own here", "write `\\\\`"
    ),
    _Wording(
        "did not find expected alphabetic or numeric character",
        "a value cannot begin with `*` or `&`",
        _QUOTE_IT,
        at_context=True,
    ),
    _Wording(
        "block sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        "put each `- ` on a line of its own below the key",
    ),
    _Wording(
        "did not find expected '-' indicator",
        "this line is no item of the list above",
        "start it with `- ` like the others, or indent it",
    ),
    _Wording(
        "did not find expected key",
        "this does not line up with the lines above",
        "indent it with spaces like its neighbours; quotes go round the whole value",
    ),
    _Wording("undefined tag handle", "a value cannot begin with `!`", _QUOTE_IT),
    _Wording("did not find expected node content", "a value is missing here", _QUOTE_IT),
    _Wording(
        "did not find expected comment or line break",
        "text cannot stand on the line of a `|` or `>`",
        "begin the text on the next line, indented",
    ),
    _Wording("tab character", "this line is indented with a tab", "indent with spaces"),
)


def explain_yaml_error(error: yaml.YAMLError, text: str) -> Explanation:
    """The place and the words for `error`, raised while reading `text`."""
    complaint = str(getattr(error, "problem", None) or error)
    problem = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if "cannot start any token" in complaint:
        return _explain_character(_offset(problem, text), text)
    for wording in _WORDINGS:
        if wording.complaint in complaint:
            mark = (context or problem) if wording.at_context else (problem or context)
            return Explanation(_offset(mark, text), wording.message, wording.hint)
    hint = f"the parser says {quote(complaint)}; quotes round the value often help"
    return Explanation(_offset(problem or context, text), "this cannot be read as YAML", hint)


def _explain_character(offset: int, text: str) -> Explanation:
    character = text[offset : offset + 1]
    if character == "\t":
        return Explanation(offset, "this line is indented with a tab", "indent with spaces")
    return Explanation(offset, f"a value cannot begin with {quote(character)}", _QUOTE_IT)


def _offset(mark: Mark | None, text: str) -> int:
    """The offset of `mark`; a complaint about the end of the text is about its last character."""
    return 0 if mark is None else min(mark.index, max(len(text.rstrip("\n")), 0))
