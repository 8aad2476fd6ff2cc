"""What in a page a browser would run: found, told from the theme's own, and named."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from mkdocs.exceptions import PluginError

from followup.mkdocs.policy import (
    Inline,
    _is_suspect,
    check_pages,
    find_inline,
    find_strange,
    script_hashes,
)

OWN = Inline("script", "own()")
KNOWN = frozenset({OWN, Inline("href", "javascript:void(0)")})

RUNS = {
    "<script>x()</script>": Inline("script", "x()"),
    "<SCRIPT>x()</SCRIPT >": Inline("script", "x()"),
    "<script>own() </script>": Inline("script", "own() "),
    "<script>own();x()</script>": Inline("script", "own();x()"),
    "<script type=module>x()</script>": Inline("script", "x()"),
    '<script type="importmap">{}</script>': Inline("script", "{}"),
    '<script data-src="a.js">x()</script>': Inline("script", "x()"),
    "<script/>x()</script>": Inline("script", "x()"),
    "<svg><script>x()</script></svg>": Inline("script", "x()"),
    "<script></script><script>x()</script>": Inline("script", ""),
    "<img src=x onerror=x()>": Inline("onerror", "x()"),
    '<img src="x"onerror="x()">': Inline("onerror", "x()"),
    "<svg/onload=x()>": Inline("onload", "x()"),
    "<p OnClick = 'x()'>": Inline("onclick", "x()"),
    "<p\nonclick\n=\nx()>": Inline("onclick", "x()"),
    '<a href="javascript:x()">': Inline("href", "javascript:x()"),
    "<a href=JavaScript:x()>": Inline("href", "JavaScript:x()"),
    '<a href=" \t\njava\nscript:x()">': Inline("href", " \t\njava\nscript:x()"),
    '<a href="&#106;avascript&colon;x()">': Inline("href", "javascript:x()"),
    '<a href="\x01javascript:x()">': Inline("href", "\x01javascript:x()"),
    '<form action="javascript:x()">': Inline("action", "javascript:x()"),
    '<button formaction="vbscript:x()">': Inline("formaction", "vbscript:x()"),
    '<svg><a xlink:href="javascript:x()">': Inline("xlink:href", "javascript:x()"),
    '<iframe src="data:text/html,<b>">': Inline("src", "data:text/html,<b>"),
    '<iframe src="d&#97;ta:text/html,<b>">': Inline("src", "data:text/html,<b>"),
    '<iframe src="da\tta:\ntext/html,<b>">': Inline("src", "da\tta:\ntext/html,<b>"),
    '<iframe srcdoc="<b>">': Inline("srcdoc", "<b>"),
    '<p title="<script src=a.js>"><script>x()</script>': Inline("script", "x()"),
    '<!-- <script src="a.js"> --><script>x()</script>': Inline("script", "x()"),
    "<!--><script>x()</script>-->": Inline("script", "x()"),
    "<!-- --!><script>x()</script>-->": Inline("script", "x()"),
    "<![CDATA[><script>x()</script>]]>": Inline("script", "x()"),
    '<script type="module" type="application/json">x()</script>': Inline("script", "x()"),
    '<script data-x=" src=" >x()</script>': Inline("script", "x()"),
    "<script title='a type=application/json '>x()</script>": Inline("script", "x()"),
    '<script title="<">x()</script>': Inline("script", "x()"),
    "<script>own()</scripts/;x()</script>": Inline("script", "own()</scripts/;x()"),
}
HARMLESS = (
    "<script>own()</script>",
    '<a href="javascript:void(0)">',
    '<script src="a.js"></script>',
    '<script type="application/json">{"a": 1}</script>',
    "<p>onclick=x() and javascript:x()</p>",
    "<p>&lt;script&gt;x()&lt;/script&gt;</p>",
    '<p title="javascript: the good parts, onclick=x()">',
    '<p title="<script>x()</script>">',
    '<a href="/javascript:x/">',
    '<a href="jobs/?a=1&amp;b=2">',
    '<p data-on="x" data-once = "y">',
    "<!-- <script>x()</script> <p onclick=x()> -->",
    '<script defer src="a.js" type="module"></script>',
    "<script id=a type=application/ld+json>{}</script>",
    "<p onclick>",
    "<p onclick=''><![C[>",
)


@pytest.mark.parametrize("html", RUNS)
def test_what_runs_is_found(html: str) -> None:
    """Each way to run something without a file of its own is seen, in a page full of known ones."""
    page = f"<!doctype html><script>own()</script>\n<p>{html}"
    assert find_strange(page.encode(), KNOWN) == RUNS[html]


@pytest.mark.parametrize("html", HARMLESS)
def test_what_does_not_run_passes(html: str) -> None:
    """The theme's own, files, data, and text that only speaks of scripts are left alone."""
    assert find_strange(f"<!doctype html>\n{html}".encode(), KNOWN) is None


def test_a_script_without_an_end_is_found() -> None:
    """Whatever a parser makes of it, it is none of the theme's."""
    strange = find_strange(b"<script>own()</script><p><script>x()", KNOWN)
    assert strange is not None
    assert strange.kind == "script"


def test_the_quick_look_misses_nothing() -> None:
    """What is skipped without being read closely is what a close look finds harmless."""
    for html in (*RUNS, *HARMLESS):
        strange = [one for one in find_inline(html) if one not in KNOWN]
        assert (find_strange(html.encode(), KNOWN) is None) == (not strange), html


@pytest.mark.parametrize(
    "part", [b"=j", b"<script ", b"<script src=a>", b"<script>", b" on", b'="']
)
def test_the_quick_look_is_quick(part: bytes) -> None:
    """Whatever fills a page, its length alone decides how long it takes."""
    page = b"<p>" + part * 100_000
    begun = process_time()
    _is_suspect(page, KNOWN)
    assert process_time() - begun < 2


def test_a_hash_is_what_browsers_work_out() -> None:
    """The hash of `alert('Hello, world.');` is the one in the standard's own example."""
    known = {Inline("script", "alert('Hello, world.');"), Inline("onclick", "x()")}
    assert script_hashes(known) == {"sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="}


def test_the_page_is_named(tmp_path: Path) -> None:
    """The first page with something strange ends the build, with what it is and what to do."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("<script>own()</script>", encoding="utf-8")
    check_pages(tmp_path, KNOWN)
    (tmp_path / "a" / "b.html").write_text("<p onclick='x(\n1)'>", encoding="utf-8")
    with pytest.raises(PluginError) as caught:
        check_pages(tmp_path, KNOWN)
    assert str(caught.value).splitlines()[0] == (
        "`a/b.html` holds `onclick` that is not the theme's: `x( 1)`"
    )
    assert "hint: " in str(caught.value)


def test_a_file_of_any_encoding_is_read(tmp_path: Path) -> None:
    """What an owner puts beside the notes need not be UTF-8; a script in it is seen all the same."""
    page = tmp_path / "old.html"
    page.write_bytes(b"<p>caf\xe9</p><script>own()</script><p title='&eacute;:'>")
    check_pages(tmp_path, KNOWN)
    page.write_bytes(b"<p>caf\xe9</p><script>own('\xe9')</script>")
    with pytest.raises(PluginError, match=r"`old\.html` holds a script"):
        check_pages(tmp_path, KNOWN)


def test_every_page_is_read_and_nothing_else(tmp_path: Path) -> None:
    """A folder may be called like a page; a page of the owner's may end in another way."""
    (tmp_path / "notes.html").mkdir()
    (tmp_path / "a.html.txt").write_text("<script>x()</script>", encoding="utf-8")
    check_pages(tmp_path, KNOWN)
    for name in ("b.HTML", "c.htm", "d.xhtml"):
        (tmp_path / name).write_text("<script>x()</script>", encoding="utf-8")
        with pytest.raises(PluginError, match=f"`{name}` holds a script"):
            check_pages(tmp_path, KNOWN)
        (tmp_path / name).unlink()
