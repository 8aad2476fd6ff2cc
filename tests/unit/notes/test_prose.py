"""The body of a note as the page shows it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.notes.body import parse_body
from followup.notes.entry import Bullet
from followup.notes.prose import finish_prose, prepare_body

Tree = list[tuple[int, "Tree"]]

EXTENSIONS = ["toc", "tables", "fenced_code", "admonition", "footnotes", "def_list", "attr_list"]
PEOPLE = {"okafor": ("Ms. Okafor", "../people/acme--okafor/"), "x": ("<b>", '"&')}


def render(body: str, first_line: int = 1) -> str:
    """The HTML of a body, as a page gets it."""
    prose = prepare_body(body, first_line)
    html = markdown.markdown(prose.text, extensions=EXTENSIONS)
    return finish_prose(html, prose, person=PEOPLE.get, tag=lambda name: name.replace("_", " "))


class _Lists(HTMLParser):
    """Collects the nested items of a page, by the line in their anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.top: Tree = []
        self._open: list[Tree] = []
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            children: Tree = []
            line = int((dict(attrs).get("id") or "L0")[1:])
            (self._open[-1] if self._open else self.top).append((line, children))
            self._open.append(children)
        if tag in ("ul", "ol", "li", "p", "span", "a", "blockquote"):
            self.depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._open.pop()
        if tag in ("ul", "ol", "li", "p", "span", "a", "blockquote"):
            assert self.depth.pop() == tag


def lists_of(html: str) -> Tree:
    """The items of `html` in their nesting; every tag must be closed in order."""
    parser = _Lists()
    parser.feed(html)
    parser.close()
    assert parser.depth == []
    return parser.top


def lists_read(body: str) -> Tree:
    """The bullets of `body` in their nesting, as the rules read them."""

    def tree(bullets: tuple[Bullet, ...]) -> Tree:
        return [(bullet.line, tree(bullet.children)) for bullet in bullets]

    return [item for section in parse_body(body, 1).sections for item in tree(section.bullets)]


def private_characters(text: str) -> list[str]:
    """The characters of the planes that markers are made of."""
    return [character for character in text if ord(character) >= 0xF0000]


def test_bullets_have_anchors_and_nest_at_two_spaces() -> None:
    """Lists need no blank line and nest as people indent them; each item has its line."""
    html = render("Text\n- one\n  - two\n    - three\n- four", 10)
    assert lists_of(html) == [(11, [(12, [(13, [])])]), (14, [])]
    assert '<p><span id="L10">Text</span></p>' in html
    assert '<li id="L14">four' in html


def test_headings_carry_their_line_inside() -> None:
    """A heading keeps the id of the table of contents, and its text is the anchor of its line."""
    assert render("## The job\n\nThey\nsaid", 7) == (
        '<h2 id="the-job"><span id="L7">The job</span></h2>\n<p><span id="L9">They\nsaid</span></p>'
    )


def test_ids_and_tags_of_bullets_become_links_and_words() -> None:
    """A known id links to its person, an unknown one stays quiet, a tag is words; all escaped."""
    html = render("- a. @okafor #technical_depth\n- b @nobody\n- c @x")
    assert 'a. <a class="fu-tag" href="../people/acme--okafor/">Ms. Okafor</a>' in html
    assert '<span class="fu-tag">technical depth</span>' in html
    assert 'b <span class="fu-tag">@nobody</span>' in html
    assert '<a class="fu-tag" href="&quot;&amp;">&lt;b&gt;</a>' in html


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("- `@okafor` x", "<code>@okafor</code> x"),
        ("- [ask @okafor](https://a.example)", '<a href="https://a.example">ask @okafor</a>'),
        ("  - mail a@okafor.example", "mail a@okafor.example"),
        ("Outside a bullet @okafor", "Outside a bullet @okafor"),
        ("- a\n\n      @okafor", "@okafor"),
    ],
)
def test_what_is_no_reference_stays_as_it_is(body: str, shown: str) -> None:
    """Code, links, addresses and paragraphs outside bullets hold no references."""
    html = render(body)
    assert shown in html
    assert "fu-tag" not in html


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("- a\n\n  b\n- c", '<li id="L1"><p>a</p>'),
        ("3. a\n4. b", '<ol start="3"><li id="L1">a'),
        ("1) a\n2) b", '<ol><li id="L1">a'),
        ("- [ ] ask\n- [x] send", '<li id="L2">☑ send'),
        ("- - a", '<ul><li id="L1"><ul><li>a'),
        ("- > q\n", '<li id="L1"><blockquote><p>q</p>'),
        ("> - a", "<blockquote><ul><li>a"),
        ("-\n- a", '<li id="L1"></li><li id="L2">a'),
        ("- ## h", '<h2 id="h">h</h2>'),
        ("Title\n===", '<h1 id="title"><span id="L1">Title</span></h1>'),
        ("# C#", '<span id="L1">C#</span></h1>'),
        ("#tag first\n#1 second", "#tag first\n#1 second"),
        ("a\n***\nb", "<hr />"),
        ("- a\n***", "</ul>\n<hr />"),
        ("[a][b]\n\n[b]: https://c.example", '<a href="https://c.example">a</a>'),
        ("a[^1]\n\n[^1]: Note", "footnote"),
        ("!!! note\n    - a", '<div class="admonition note">'),
        ("Term\n\n:   Meaning", "<dd>"),
        ("a | b\n--|--\n1 | 2", "<td>1</td>"),
        ("- a | b\n  --|--\n  1 | 2", "<td>1</td>"),
        ("[a [b] (c", "[a [b] (c"),
        (r"\[a\] 1 < 2", "[a] 1 &lt; 2"),
    ],
)
def test_markdown_means_on_the_page_what_was_read(body: str, shown: str) -> None:
    """Lists, quotations, headings, rules and the renderer's extensions come out as meant."""
    html = render(body)
    assert shown in html
    assert private_characters(html) == []


@pytest.mark.parametrize(
    "fence", ["```py\n{}\n```", "~~~\n{}\n~~~", "```\n{}", "- a\n\n  ```py title here\n  {}\n  ```"]
)
def test_code_is_shown_as_it_stands(fence: str) -> None:
    """Fences, also inside bullets and without an end, keep their lines untouched."""
    html = render(fence.format("- a @okafor #x"))
    assert "- a @okafor #x\n</code></pre>" in html
    assert "fu-tag" not in html


def test_markers_in_attributes_leave_no_trace() -> None:
    """Where the renderer puts a bullet's text into an attribute, the owner's text stands there."""
    html = render('- ![see @okafor](a.png "t") [x](y "a @okafor b")\n- <b title="x @okafor">y</b>')
    assert 'title="a @okafor b"' in html
    assert 'title="x @okafor"' in html
    assert '<b title="x\n#1">y</b>' in render('- <b title="x\n#1">y</b>')
    assert "<code>see @okafor now</code>" in render("- <code>see @okafor now</code>")
    assert private_characters(html) == []


def test_a_list_inside_raw_html_is_still_a_list() -> None:
    """Bullets between HTML tags are items on the page, as they are bullets to the rules."""
    body = "<div>\n\n- a\n  - b\n\n</div>\n"
    assert lists_of(render(body)) == lists_read(body) == [(3, [(4, [])])]


_MANY = 40_000


@pytest.mark.parametrize(
    "piece", ["\\", "_a_ ", "*a* ", "`a` ", "<b>a</b> ", "[a](b) ", "&amp;", "a  \n", "<br>"]
)
def test_what_would_take_the_renderer_minutes_is_shown_as_it_is_written(piece: str) -> None:
    """It copies a whole paragraph for each sign in it: of too many, none is given a meaning."""
    body = ("x " + piece * (_MANY // len(piece))).strip()
    assert unescape(render(body)) == f'<p><span id="L1">{body}</span></p>'
    heading = " ".join(body.split("\n"))
    assert heading in unescape(render(f"# {heading}"))
    assert unescape(render(f"- {body.splitlines()[0]}")).startswith('<ul><li id="L1">x ')


def test_a_long_text_of_words_is_no_such_thing() -> None:
    """A pasted advertisement of eight pages in one paragraph keeps its emphasis."""
    body = "We look for *somebody*, with a sense of humour; and (much) more. " * 400
    assert render(body).count("<em>somebody</em>") == 400


@pytest.mark.parametrize("closed", [True, False])
def test_boxes_in_boxes_are_shown_as_they_are_written(closed: bool) -> None:
    """HTML that nobody means: the renderer goes through all open tags for each that opens."""
    body = "<div>" * 1_100 + "x" + ("</div>" * 1_100 if closed else "")
    assert unescape(render(body)) == f"<p>{body}</p>"
    assert render("<div>\n\n" * 1_100).count("&lt;div&gt;") == 100
    beside = "<div>x</div><br>\n" * 1_100
    assert render(beside).count("<div>x</div>") == 1_100


def test_private_characters_of_the_owner_come_through() -> None:
    """No character of the note is taken for a marker."""
    own = "\U000f0000\U000f000a\U000f0001\U000f000b\ue000"
    html = render(f"- {own} @okafor\n\n`{own}`")
    assert html.count(own) == 2
    assert "Ms. Okafor" in html
    assert private_characters(html.replace(own, "")) == []


def test_anchors_are_unique() -> None:
    """No line is anchored twice, however many blocks begin on it."""
    found = re.findall(r'id="(L\d+)"', render("- - a\n\n    b\n- # h\n> q\n\n1. - x\n"))
    assert len(found) == len(set(found))


WORDS = st.sampled_from(
    [
        "one",
        "two *it*",
        "@okafor",
        "#tag_x",
        "`code`",
        "[l](u)",
        "a_b",
        "3 < 4",
        "[",
        "**",
        "<b>x</b>",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Bodies of headings, paragraphs, fences and bullets indented in every way people indent."""
    lines: list[str] = []
    depth = 0
    unit = draw(st.sampled_from(["  ", "   ", "    ", "\t"]))
    for _ in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from("bbbbbbhpfqx"))
        if kind == "b":
            depth = draw(st.integers(0, min(depth + 1, 4)))
            sign = draw(st.sampled_from(["-", "*", "+", "1.", "2)"]))
            lines.append(f"{unit * depth}{sign} {draw(TEXT)}")
            continue
        indent = draw(st.sampled_from(["", unit * depth]))
        lines += {
            "h": [f"{'#' * draw(st.integers(1, 4))} {draw(TEXT)}"],
            "p": [f"{indent}{draw(TEXT)}"],
            "f": [f"{indent}```", f"{indent}- {draw(TEXT)}", f"{indent}```"],
            "q": [f"{indent}> {draw(TEXT)}", f"{indent}> - {draw(TEXT)}"],
            "x": [""],
        }[kind]
        if kind == "h":
            depth = 0
    return "\n".join(lines)


def _without_quoted(tree: Tree) -> Tree:
    """The items that have a line: those of quotations have none."""
    return [(line, _without_quoted(children)) for line, children in tree if line]


@given(bodies())
@example("- @okafor")
def test_the_page_nests_bullets_as_they_were_read(body: str) -> None:
    """Whatever the indentation, the items on the page are the bullets that the rules see."""
    html = render(body)
    assert _without_quoted(lists_of(html)) == lists_read(body)
    assert private_characters(html) == []


@given(st.text(st.sampled_from("-*+1.) \t\n#>`~@ab[](<!&_|:="), max_size=60))
def test_no_text_makes_the_page_lose_a_marker(body: str) -> None:
    """Arbitrary Markdown leaves no private-use character in the page and raises nothing."""
    assert private_characters(render(body)) == []
