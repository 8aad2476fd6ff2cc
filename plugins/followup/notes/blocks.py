"""The blocks of a Markdown body; the one reading that the page and the rules share."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from followup.notes.plain_blocks import DoubtError, PlainBlocks

# Two levels per nested list: far deeper than anybody writes, shallow enough for the stack.
_DEEPEST = 60
# What the parser replaces, or does not take for space while Python does.
_ODD = re.compile(r"[\0\r\x1c-\x1f\x85]")


@cache
def _parser() -> MarkdownIt:
    # Only the blocks are asked for: what is inside a line is reduced by `inline`, in linear time.
    # A link definition stays a paragraph, since the page is rendered by another parser.
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.core.ruler.disable(["inline", "text_join"])
    parser.block.ruler.disable("reference")
    return parser


def parse_blocks(body: str) -> list[Token]:
    """The block tokens of `body`; `map` counts lines from 0."""
    if _ODD.search(body):
        return _parser().parse(body)
    lines = body.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()
    tokens: list[Token] = []
    plain = PlainBlocks(lines, tokens)
    state: StateBlock | None = None
    line = 0
    while line < len(lines):
        known = len(tokens)
        try:
            line = plain.read(line)
        except DoubtError:
            del tokens[known:]
            state = state or StateBlock(body, _parser(), {}, tokens)
            line = _parse_block(state, line)
    return tokens


def _parse_block(state: StateBlock, line: int) -> int:
    """Add the tokens of the block at the left edge that begins on `line`; the line after it."""
    state.line = line
    for rule in _parser().block.ruler.getRules(""):
        if rule(state, line, state.lineMax, False):
            break
    return state.line
