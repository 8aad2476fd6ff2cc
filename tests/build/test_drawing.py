"""Drawings that are only drawings."""

from __future__ import annotations

import pytest

from followup.mkdocs.drawing import is_only_a_drawing

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9" style="fill: url(#g)"/><text x="1">9 stores</text>',
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>',
        "<style>.a { fill: red }</style><!-- made by hand -->",
        '<use xlink:href="#g"/>',
    ],
)
def test_shapes_and_words_are_a_drawing(inside: str) -> None:
    """What draws only, with references to itself at most, may be published."""
    assert is_only_a_drawing(_SVG.format(inside).encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)"/>',
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        "<foreignObject><p>x</p></foreignObject>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<rect style="fill: url(https://evil.example/x)"/>',
        '<rect fill="u\\72l(https://evil.example/x)"/>',
        "<style>@import 'https://evil.example/x.css';</style>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><script>1</script></html>',
        "<path",
    ],
)
def test_what_runs_or_fetches_is_more_than_a_drawing(inside: str) -> None:
    """Scripts, handlers, foreign content and anything from elsewhere are found."""
    assert not is_only_a_drawing(_SVG.format(inside).encode())


@pytest.mark.parametrize(
    "start",
    ['<!DOCTYPE svg [<!ENTITY a "b">]>', '<?xml-stylesheet href="https://evil.example/x.css"?>'],
)
def test_a_document_type_or_style_sheet_is_more_than_a_drawing(start: str) -> None:
    """Entities and style sheets from elsewhere stand before the drawing itself."""
    assert not is_only_a_drawing((start + _SVG.format("")).encode())
    assert not is_only_a_drawing((start + _SVG.format("")).encode("utf-16"))
