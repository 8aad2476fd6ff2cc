"""Real builds of pages and settings that nobody sane would write, or that somebody pasted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.building import CONFIG, NOTE, build_site, plant

_TAG = "<img src=x onerror=window.RAN=1>"
_RAW = """\
---
company: Acme
salary: {min: 51234
---
"""


def test_tags_and_folders_are_text(tmp_path: Path) -> None:
    """Neither a tag nor the name of a folder becomes an element, on any page or in the search."""
    tree = (
        f"== entries/acme.md\n---\ntags: ['{_TAG}']\n{NOTE.removeprefix('---')}"
        f"== entries/x{_TAG}/p.md\n---\ntags: ['{_TAG}', R&D]\ntitle: R&D {_TAG}\n---\n# Page\n"
    )
    config = CONFIG.replace("  - search\n", "  - search\n  - tags\n")
    built = build_site(plant(tmp_path, tree, config))
    assert built.error is None, built.text
    assert not [
        name for name in built.names if name.endswith(".html") and "<img src=x" in built.page(name)
    ]
    assert "x&lt;img src=x" in built.page("")
    docs = json.loads(built.page("search/search_index.json"))["docs"]
    tags = {tag for entry in docs for tag in entry.get("tags", ())}
    assert tags == {_TAG.replace("<", "&lt;").replace(">", "&gt;"), "R&amp;D"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See <![a](b.png)", "See &lt;<img"),
        ("- `<![a]`", "<code>&lt;![a]</code>"),
        ("Code:\n\n    <![a]", "<code>&lt;![a]"),
        ("<div><![a]></div>", "<div>&lt;![a]&gt;</div>"),
        ("- a\n\n  # B\n\n  # C\n\nd\n\n- - # E", ">E<"),
    ],
)
def test_no_text_ends_a_build(tmp_path: Path, text: str, shown: str) -> None:
    """Neither what Python's parser of HTML refuses nor headings in items that the theme's does."""
    built = build_site(plant(tmp_path, f"== entries/a.md\n{NOTE}\n{text}\n"), strict=False)
    assert built.error is None, built.text
    assert shown in built.page("notes/a/")


def test_a_title_in_the_navigation_is_escaped_once(tmp_path: Path) -> None:
    """What the owner calls a page or a section in `nav` is shown as it is written."""
    config = CONFIG + "nav:\n  - Now & then: index.md\n  - R & D:\n    - Q & A: page.md\n"
    built = build_site(plant(tmp_path, "== entries/page.md\n# Page\n", config))
    assert built.error is None, built.text
    for title in ("Now &amp; then", "R &amp; D", "Q &amp; A"):
        assert title in built.page("page/")
    assert "&amp;amp;" not in built.page("") + built.page("page/")


_SLOW = {
    "brackets": "[" * 20_000,
    "lists": "1. " * 6_600,
    "quotations": "> " * 6_600,
    "pictures": "![" * 10_000,
    "data": "<![CDATA[" * 2_000,
    "references": "[[a" * 6_000,
    "signs": "\\" * 200_000,
    "tags": "<div>" * 40_000,
}


@pytest.mark.parametrize("name", ["index.md", "page.md"])
def test_no_text_keeps_the_build_from_ending(tmp_path: Path, name: str) -> None:
    """Texts that send a renderer of Markdown into the woods are shown, on Today and elsewhere."""
    for kind, text in _SLOW.items():
        root = plant(tmp_path / kind, f"== entries/{name}\n# Title\n\nThe start.\n\n{text}\n")
        built = build_site(root)
        assert built.error is None, built.text
        assert "The start." in built.page("page/" if name == "page.md" else "")


@pytest.mark.parametrize("name", ["page.md", "acme.md"])
def test_what_no_renderer_gets_through_is_an_error_in_words(tmp_path: Path, name: str) -> None:
    """Boxes in boxes without end stop the build with the name of the file."""
    boxes = '<div markdown="1">' * 900 + "x" + "</div>" * 900
    head = NOTE if name == "acme.md" else ""
    config = CONFIG + "markdown_extensions: [md_in_html]\n"
    built = build_site(plant(tmp_path, f"== entries/{name}\n{head}\n{boxes}", config))
    assert isinstance(built.error, SystemExit)
    assert f"`{name}` is nested too deeply to be shown" in built.text


def test_a_page_of_megabytes_is_an_error(tmp_path: Path) -> None:
    """As a note has, a page has a largest size, which is told before the last site is touched."""
    built = build_site(plant(tmp_path, "== entries/log.md\n" + "line\n\n" * 50_000))
    assert isinstance(built.error, SystemExit)
    assert "entries/log.md:1:1: error: the page has 300,000 bytes" in built.text
    assert not built.site.exists()


def test_an_ordinary_page_keeps_its_markdown(tmp_path: Path) -> None:
    """Lists, tables, boxes, tabs, footnotes and code of an ordinary page come out as they went in."""
    page = """\
== entries/page.md
# Tips & tricks

- one #idea
  - two @nobody
    1. three

!!! tip "Box"

    Inside *the* box

    - item

| a | b |
|---|---|
| 1 | 2 |

Word[^1] and `code` and [link](#more).

[^1]: Foot

## More

```python
x = 1
```
"""
    config = CONFIG + "markdown_extensions: [admonition, footnotes, tables, toc, fenced_code]\n"
    built = build_site(plant(tmp_path, page, config))
    assert built.error is None, built.text
    assert built.warnings == []
    html = built.page("page/")
    assert "<title>Tips &amp; tricks – Search</title>" in html
    for part in (
        'class="admonition tip"', "Inside <em>the</em> box", "<td>1</td>", "Foot", 'id="more"',
        "x = 1", "<ol>", "#idea", "@nobody",
    ):  # fmt: skip
        assert part in html, part
    assert html.count("<ul>\n<li>item") + html.count("<ul><li>item") <= 1


def test_excluded_notes_stay_out(tmp_path: Path) -> None:
    """A note that `exclude_docs` or `draft_docs` names is nowhere in the portal, broken or not."""
    other = NOTE.replace("Acme Logistics", "Beta Freight")
    config = CONFIG + "exclude_docs: |\n  out.md\n  bad.md\ndraft_docs: later.md\n"
    tree = f"""\
== entries/acme.md
{NOTE}
== entries/out.md
{other}
== entries/later.md
{other}
== entries/bad.md
{_RAW}
"""
    built = build_site(plant(tmp_path, tree, config))
    assert built.error is None, built.text
    assert built.warnings == []
    text = "".join(
        built.page(name) for name in sorted(built.names) if name.endswith((".html", ".json"))
    )
    assert "Acme Logistics" in text
    assert "Beta Freight" not in text
    assert "51234" not in text
    assert not [name for name in built.names if "out" in name or "later" in name or "bad" in name]


@pytest.mark.parametrize("folder", [".t", "templates"])
def test_what_was_not_read_is_not_published(tmp_path: Path, folder: str) -> None:
    """Files that only `!` in `exclude_docs` lets in are kept out, since nobody checked them."""
    config = CONFIG + f"exclude_docs: '!{folder}'\n"
    tree = f"""\
== entries/acme.md
{NOTE}
[o]({folder}/o.md) [t]({folder}/t.txt)
== entries/{folder}/o.md
{_RAW}
== entries/{folder}/t.txt
51234
"""
    built = build_site(plant(tmp_path, tree, config), strict=False)
    assert built.error is None, built.text
    assert f"`{folder}/o.md` is not published" in built.text
    assert f"`{folder}/t.txt` is not published" in built.text
    found = [name for name in built.names if "51234" in _text_of(built.site / name)]
    assert found == []


def _text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize(
    "ending",
    """html HTM xml xhtml xpdl rdf wsdl xsd rss mml xul xslt svgz shtml hta swf js mjs css
    unheard-of""".split(),
)
def test_only_files_that_cannot_act_are_published(tmp_path: Path, ending: str) -> None:
    """A linked file of a kind that is not known to be harmless is refused, with a way out."""
    name = f"ad.{ending}"
    tree = f"== entries/acme.md\n{NOTE}\n[ad]({name}) [b](b.PDF)\n== entries/{name}\nx\n"
    built = build_site(plant(tmp_path, f"{tree}== entries/b.PDF\nx\n"), strict=False)
    assert built.error is None, built.text
    assert name not in built.names
    assert "b.PDF" in built.names
    assert [warning for warning in built.warnings if f"`{name}` is not published" in warning]
    assert "hint: print it to PDF" in built.text


@pytest.mark.parametrize("name", ["README.md", "index.markdown"])
def test_a_note_may_have_the_name_of_a_home_page(tmp_path: Path, name: str) -> None:
    """Such a note has a page of its own, and Today stays where it was."""
    built = build_site(plant(tmp_path, f"== entries/{name}\n<NOTE>\n"))
    assert built.error is None, built.text
    assert "<h1>Today</h1>" in built.page("")
    assert "Panel interview" in built.page(f"notes/{name.partition('.')[0]}/")


def test_names_in_the_log_move_no_cursor(tmp_path: Path) -> None:
    """A file name with control characters is told with their codes."""
    root = plant(tmp_path, f"== entries/acme.md\n{NOTE}\n[x](b%1B.xsl)\n")
    (root / "entries" / "a\x1b[2J\nb.txt").write_text("x", encoding="utf-8")
    (root / "entries" / "b\x1b.xsl").write_text("x", encoding="utf-8")
    built = build_site(root, strict=False)
    assert "no note links to them: a\\u001b[2J\\u000ab.txt" in built.text
    assert "`b\\u001b.xsl` is not published" in built.text
    assert "\x1b" not in built.text


@pytest.mark.parametrize(
    "line",
    [
        "icon: no/such",
        "icon: ../../secret",
        "icon: [a]",
        "search: foo",
        "search: {boost: high}",
        "hide: {a: b}",
        "hide: [[toc]]",
        "tags: {a: b}",
        "title: [a, [b]]",
        "status: {a: b}",
        "other: [{a: b}]",
    ],
)
def test_a_setting_of_a_page_that_nobody_can_use_is_dropped(tmp_path: Path, line: str) -> None:
    """The theme would end the build with a traceback; instead the owner is told of the setting."""
    tree = f"== entries/page.md\n---\n{line}\n---\n# Page\n"
    config = CONFIG.replace("  - search\n", "  - search\n  - tags\n")
    built = build_site(plant(tmp_path, tree, config), strict=False)
    assert built.error is None, built.text
    key = line.partition(":")[0]
    assert len(built.warnings) == 1
    assert f"`page.md`: `{key}` is ignored" in built.warnings[0]
    assert "<title>Page – Search</title>" in built.page("page/")


@pytest.mark.parametrize(
    "head",
    [
        "icon: material/robot\nhide: [toc]\nstatus: new\nsubtitle: a",
        "hide: toc\nhide: 5",
        "search: {boost: 2}\ndescription: 5",
        "search: {exclude: true}\ntitle: 2026-11-22",
        "template: other.html\ntags: [a, 1]\nicon:",
    ],
)
def test_settings_that_can_be_used_are(tmp_path: Path, head: str) -> None:
    """What the theme knows of is taken without a word, numbers and dates as they are written."""
    tree = f"== entries/page.md\n---\n{head}\n---\n# Page\n"
    built = build_site(plant(tmp_path, tree))
    assert built.error is None, built.text
    assert built.warnings == []
    assert "<h1" in built.page("page/")


@pytest.mark.parametrize(
    "extension", ["pymdownx.snippets", "pymdownx.snippets: {base_path: [.], check_paths: true}"]
)
def test_no_text_can_fetch_a_file(tmp_path: Path, extension: str) -> None:
    """The extension that puts files into pages is taken out, with a warning."""
    name = extension.partition(":")[0]
    config = CONFIG + f"markdown_extensions:\n  - {extension}\n"
    tree = (
        "== secret.txt\n51234\n== entries/index.md\n"
        '--8<-- "secret.txt"\n\nText\n== entries/page.md\n--8<-- "secret.txt"\n'
    )
    root = plant(tmp_path, tree, config)
    built = build_site(root, strict=False)
    assert built.error is None, built.text
    assert any(f"`markdown_extensions: {name}` is ignored" in text for text in built.warnings)
    assert not [text for text in built.names if "51234" in _text_of(built.site / text)]


@pytest.mark.parametrize("state", ["false", "true", "no", "maybe"])
def test_the_plugin_cannot_be_switched_off(tmp_path: Path, state: str) -> None:
    """MkDocs alone would print the notes, pay included; so `enabled` is an error."""
    config = CONFIG.replace("      today: 2026-11-22\n", f"      enabled: {state}\n")
    built = build_site(plant(tmp_path, "== entries/acme.md\n<NOTE>\n", config))
    assert isinstance(built.error, SystemExit)
    assert "the plugin is always on" in built.text
    assert not built.site.exists()


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_longest_name_has_a_page_and_a_longer_one_an_error(
    tmp_path: Path, directory_urls: bool
) -> None:
    """A name that leaves no room for `.html` is told, and not found out by the file system."""
    fits, long = "n" * 250, "n" * 252
    root = plant(tmp_path, f"== entries/{fits}.md\n<NOTE>\n")
    built = build_site(root, use_directory_urls=directory_urls)
    assert built.error is None, built.text
    assert any(fits in name for name in built.names)
    (root / "entries" / f"{fits}.md").rename(root / "entries" / f"{long}.md")
    longer = build_site(root, use_directory_urls=directory_urls)
    assert isinstance(longer.error, SystemExit)
    assert "too long for a page" in longer.text


@pytest.mark.parametrize("name", ["page.md", "acme.md"])
def test_folders_in_folders_are_built_or_told(tmp_path: Path, name: str) -> None:
    """Thirty folders deep is a page like any other, three hundred an error in words."""
    text = NOTE if name == "acme.md" else "# Deep\n"
    built = build_site(plant(tmp_path, f"== entries/{'d/' * 30}{name}\n{text}"))
    assert built.error is None, built.text
    assert any(found.endswith(f"{name.removesuffix('.md')}/index.html") for found in built.names)
    deeper = build_site(plant(tmp_path, f"== entries/{'e/' * 300}{name}\n{text}"))
    assert isinstance(deeper.error, SystemExit)
    assert "lies in more than" in deeper.text
