"""The blocks of a Markdown body; the one reading that the page and the rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from followup.notes.block import Block
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


def parse_blocks(body: str) -> list[Block]:
    """The blocks of `body`, in order."""
    if _ODD.search(body):
        return parse_with_all_of_markdown(body)
    lines = body.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()
    blocks: list[Block] = []
    plain = PlainBlocks(lines, blocks)
    state: StateBlock | None = None
    line = 0
    while line < len(lines):
        known = len(blocks)
        try:
            line = plain.read(line)
        except DoubtError:
            del blocks[known:]
            state = state or StateBlock(body, _parser(), {}, [])
            line = _parse_block(state, line)
            blocks += _blocks_of(state.tokens)
            state.tokens.clear()
    return blocks


def parse_with_all_of_markdown(body: str) -> list[Block]:
    """The blocks of `body` as the parser of all of Markdown alone reads them."""
    return list(_blocks_of(_parser().parse(body)))


def _parse_block(state: StateBlock, line: int) -> int:
    """Add the tokens of the block at the left edge that begins on `line`; the line after it."""
    state.line = line
    for rule in _parser().block.ruler.getRules(""):
        if rule(state, line, state.lineMax, False):
            break
    return state.line


def _blocks_of(tokens: list[Token]) -> Iterator[Block]:
    for index, token in enumerate(tokens):
        kind = token.type
        if kind in ("inline", "paragraph_close", "heading_close"):
            continue
        line, end = token.map or (0, 0)
        text = token.content
        if kind in ("paragraph_open", "heading_open"):
            kind = kind.removesuffix("_open")
            text = tokens[index + 1].content
        start = token.attrGet("start")
        yield Block(
            kind, token.tag, line, end, token.level, text, token.markup, token.info,
            token.hidden, None if start is None else int(start),
        )  # fmt: skip
