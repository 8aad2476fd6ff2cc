"""The blocks of a Markdown body; the one reading that the page and the rules share."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Two levels per nested list: far deeper than anybody writes, shallow enough for the stack.
_DEEPEST = 60


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
    return _parser().parse(body)
