"""What is plain to see is read as the parser of all of Markdown reads it, block for block."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup.notes.blocks import parse_blocks, parse_with_all_of_markdown
from followup.notes.front_matter import Fenced, split_fence
from followup.notes.plain_blocks import DoubtError, PlainBlocks

ENTRIES = Path(__file__).parents[3] / "entries"
_INDENTS = ("", "", "", " ", "  ", "  ", "   ", "    ", "     ", "      ", "\t", " \t")
_BEGINNINGS = (
    "- ", "- ", "- ", "* ", "*  ", "-   ", "-    ", "-     ", "-\t", "-", "+ ", "- - ", "1. ", "2) ",
    "# ", "## ", "###", "#\t", "> ", ">", "```", "~~~", "`", "<!--", "<b>", "<div>", "---", "***",
    "* * *", "___", "===", "--", "=", "|", "[a]: b", "\\", "", "", "", "", "", "", "",
)  # fmt: skip
_TEXTS = (
    "", "", "a", "a b", "Better answer: b", "**a**", "*a*", "_a_", "-", "*", "_", "#", "##", " #",
    "-->", "</div>", "a  ", "a\t", "\t", " ", "```", "\\", "\u00a0", "a\u2003", "@b #c", "1.", "é",
)  # fmt: skip
_LINES = st.builds(
    "{}{}{}".format, *(st.sampled_from(words) for words in (_INDENTS, _BEGINNINGS, _TEXTS))
)
_BODIES = st.lists(_LINES, max_size=12).map("\n".join)


def _bodies_of_sample() -> dict[str, str]:
    found = {}
    for path in sorted(ENTRIES.glob("**/*.md")):
        fenced = split_fence(path.read_text(encoding="utf-8"))
        assert isinstance(fenced, Fenced)
        found[path.name] = fenced.body
    return found


def _is_plain(body: str) -> bool:
    """Whether nothing in a body is left to the parser of all of Markdown."""
    lines = body.split("\n")
    blocks = PlainBlocks(lines, [])
    line = 0
    try:
        while line < len(lines):
            line = blocks.read(line)
    except DoubtError:
        return False
    return True


@settings(max_examples=1500)
@given(_BODIES)
@example("- a\n\n  - b\n- c\n")
@example("   - a\n    - b\n     c\n")
@example("-   a\n\n    b\n\n    - c\n   - d\n* e\nf\n# g\n")
@example("- a\n  - b\n      - c\n\n\n")
def test_any_mixture_of_lines_is_read_as_before(body: str) -> None:
    """Whatever lines stand together, the blocks are those of the parser of all of Markdown."""
    assert parse_blocks(body) == parse_with_all_of_markdown(body)


@settings(max_examples=500)
@given(st.text(alphabet=" \t\n-*+_#=>`~1.)<a\\\u00a0\u2028\x0b\x1c\x85\r\0", max_size=40))
def test_any_signs_are_read_as_before(body: str) -> None:
    """Signs without sense are read as the parser of all of Markdown reads them."""
    assert parse_blocks(body) == parse_with_all_of_markdown(body)


@pytest.mark.parametrize(("name", "body"), _bodies_of_sample().items())
def test_the_sample_is_read_as_before(name: str, body: str) -> None:
    """Every note of the sample gives the blocks of the parser of all of Markdown."""
    assert parse_blocks(body) == parse_with_all_of_markdown(body), name


def test_most_notes_are_plain() -> None:
    """Nearly all of what people note is read the quick way."""
    bodies = _bodies_of_sample()
    plain = [name for name, body in bodies.items() if _is_plain(body)]
    assert len(plain) > 0.8 * len(bodies)


@pytest.mark.parametrize(
    "body",
    [
        "## The job\n- They plan. @a\n  - Why: it was plain\n\n- They pack.\n\nThat is all.\nNearly.\n",
        "* a\n\n  b\n\n    * c\n    d\n\n\n### e\nf\n",
        "- a\n    - four spaces\n        - eight\n",
        "- **bold** and `code`\n- _so_\n",
    ],
)
def test_what_people_write_is_plain(body: str) -> None:
    """Loose lists, nested bullets and paragraphs of several lines are read the quick way."""
    assert _is_plain(body)


@pytest.mark.parametrize(
    "body",
    ["> a", "1. a", "```\na\n```", "    a", "<b>", "a\n---", "***", "- \n", "\ta", "- a\n> b\n"],
)
def test_what_needs_all_of_markdown_is_left_to_it(body: str) -> None:
    """What may be a quotation, code, HTML, a number or a rule is not read the quick way."""
    assert not _is_plain(body)
