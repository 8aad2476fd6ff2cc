"""What the search finds on the portal's pages, compared with the theme's own parser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from material.plugins.search.plugin import Parser

from followup.mkdocs import search
from followup.mkdocs.sections import Section, read_sections
from tests.building import CONFIG, build_site, plant

_ODD = {
    "nothing before the first heading": '<header><h1>A</h1></header><h2 id="b">B</h2>',
    "text after the element round a heading": '<p>a</p><section><h2 id="x">X</h2>b</section>c',
    "text after several elements": (
        '<ul><li><h3 id="x">X</h3><p>a</p></li><li>b<div><h4 id="y">Y</h4>c</div>d</li></ul>e'
    ),
    "a heading without an id": '<div><h2 id="x">X</h2><h3>Y</h3><p>z</p><h2>Z</h2></div>',
    "something kept in a heading": '<div><h2 id="x">X <code>a &lt; b</code> </h2>y</div>',
    "empty elements": "<div><p></p><p>a</p><p></p><ul>\n<li> </li></ul><sup></sup></div>",
    "space": "<div>\n  a\n  b <b> </b> <i>\n</i>c&nbsp;<i>&nbsp;</i> d</div>",
    "lines that stay": "<div><pre><code>a\n\n  b\n</code>\n<b>\n</b></pre>\n\nc\n</div>",
    "special characters": '<p title="a > b">&lt;a&gt; &amp;amp; &quot;b&quot; &#39;c&#39; é</p>',
    "elements without content": '<p>a<br>b<img src="x" alt="y"><input disabled>c<wbr></p>',
    "a drawing": '<svg><title id="t">T</title><rect x="1"/><g><path d="M0"/></g></svg><p>a</p>',
    "what is left out": (
        "<p data-search-exclude>a<b>b</b></p><div data-search-exclude><div>c</div>d</div>e"
    ),
    "a heading that is left out": (
        '<div><h2 id="x" data-search-exclude>X</h2>a<nav data-search-exclude><h3 id="y">Y</h3></nav></div>b'
    ),
    "a section that is left out": (
        '<p>a <b> </b> <section class="y" data-search-exclude><h2 id="x" data-search-exclude>X</h2>'
        '<p title="</section>">b</p></section>c</p><h2 id="z">Z</h2><div data-search-exclude>d'
        '<h3 id="w" title="data-search-exclude">W</h3>e</div>f'
    ),
    "values that speak of ids": '<h2 title="x id=" id="y">Y</h2><p>a</p>',
    "a heading in what is left out, with such a value": (
        '<p>a</p><div data-search-exclude><h2 title=" data-search-exclude " id="x">X</h2></div>'
    ),
    "one that has others in it": (
        "<div><section data-search-exclude>a<section>b</section>c</section>d</div>"
    ),
    "words that only look like it": '<p title="a data-search-exclude b">c</p><p id="data-search-exclude">d</p>'
    '<p title="x data-search-exclude y">e</p><p class="a" title=" data-search-exclude ">f</p>',
}

_HOOK = """\
def on_page_content(html, page, config, files):
    return f"{html}<p>added"
"""


def _of_the_theme(html: str) -> list[tuple[str | None, str, str]]:
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [
        (section.id, "".join(section.title), "".join(section.text))
        for section in parser.data
        if not section.is_excluded()
    ]


def _of_the_portal(html: str) -> list[tuple[str | None, str, str]]:
    return [
        (section.id, "".join(section.title), "".join(section.text))
        for section in read_sections(html)
        if not section.left_out
    ]


@pytest.mark.parametrize(
    "html", ["<div><p data-search-exclude>a</div><p>b</p>", "<p>a</p></h2><h2 id='b'>c</h2>"]
)
def test_an_element_without_its_end_or_beginning_is_left_to_the_theme(html: str) -> None:
    """Where it ends, the theme's parser alone can tell."""
    assert read_sections(html) == []


@pytest.mark.parametrize("html", _ODD.values(), ids=_ODD)
def test_odd_pages_are_read_as_the_theme_reads_them(html: str) -> None:
    """Sections, titles, texts and what is left out are those that the theme's parser finds."""
    assert _of_the_portal(html) == _of_the_theme(html)


def test_an_item_that_ends_in_another_section_is_read() -> None:
    """The theme's parser fails where two headings of one item are followed by deeper ones."""
    html = (
        '<ul><li>a<h3 id="x">X</h3><h3 id="y">Y</h3></li></ul>'
        '<div><ul><li>b<h4 id="z">Z</h4></li></ul>c</div>'
    )
    with pytest.raises(ValueError, match="not in list"):
        _of_the_theme(html)
    found = _of_the_portal(html)
    assert [name for name, _, _ in found] == [None, "x", "y", "z"]
    assert "c" in "".join(text for _, _, text in found)


def test_the_comparison_can_fail() -> None:
    """Pages that differ by one letter have other sections."""
    assert _of_the_portal("<p>a</p>") != _of_the_theme("<p>b</p>")


def test_the_sample_is_read_as_the_theme_reads_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of the sample search has the sections that the theme's parser finds."""
    read: list[str] = []

    def compared(html: str) -> list[Section]:
        read.append(html)
        assert _of_the_portal(html) == _of_the_theme(html)
        return read_sections(html)

    monkeypatch.setattr(search, "read_sections", compared)
    built = build_site(root, tmp_path)
    assert built.error is None, built.text
    assert len(read) > 100


def test_a_page_that_another_plugin_changed_is_read_by_the_theme(tmp_path: Path) -> None:
    """Only an article that is as the portal made it is read in the fast way."""
    root = plant(
        tmp_path, "== entries/a.md\n<NOTE>\n== hook.py\n" + _HOOK, f"{CONFIG}hooks: [hook.py]\n"
    )
    built = build_site(root)
    assert built.error is None, built.text
    docs = json.loads(built.page("search/search_index.json"))["docs"]
    assert any(entry["text"].endswith("<p>added") for entry in docs)


def test_words_that_are_found_stand_apart(root: Path, tmp_path: Path) -> None:
    """No entry is empty, none says what its page hides, and no label sticks to what it is about."""
    built = build_site(root, tmp_path)
    assert built.error is None, built.text
    docs = json.loads(built.page("search/search_index.json"))["docs"]
    assert [entry["location"] for entry in docs if not entry["text"].strip()] == []
    texts = " ".join(entry["text"] for entry in docs)
    assert "To Henrik Brandt" in texts
    assert "Kind regards, Alex Kim" in texts
    assert "Answer by Fri 4 Dec" in texts
    assert "The deadline has passed" not in texts
    assert "Write down what you learned" not in texts
