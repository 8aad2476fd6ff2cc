"""The structure of a body: sections, bullets, ids and tags."""

from __future__ import annotations

import pytest

from followup.notes.body import parse_body
from followup.notes.categories import (
    CATEGORIES,
    HEADING_LANGUAGES,
    category_of,
    language_of_headings,
)
from followup.notes.entry import Bullet, BulletKind
from followup.notes.entry_parser import parse_entry
from followup.notes.inline import parse_inline
from followup.notes.placeholders import says_something


def bullets(text: str) -> tuple[Bullet, ...]:
    """All top-level bullets of a body that begins on line 1."""
    return tuple(b for section in parse_body(text, 1).sections for b in section.bullets)


def test_a_body_is_divided_at_its_headings() -> None:
    """Sections know heading, line, category and their text; what has none stands before them."""
    body = "Before.\n\n## The job\n- a\n\nText\nmore\n\nWhat went wrong?\n---\n1. b\n# Else\n"
    found = [(s.heading, s.line, s.category, s.text) for s in parse_body(body, 10).sections]
    assert found == [
        ("", 10, None, "Before."),
        ("The job", 12, 2, "a\nText more"),
        ("What went wrong?", 18, 7, "b"),
        ("Else", 21, None, ""),
    ]


def test_a_deeper_heading_belongs_to_the_category_above_it() -> None:
    """`### Team` under `## The job` is about the job; the next heading of its level is not."""
    body = "## The job\n### Team\n- a\n#### More\n- b\n## Else\n- c\n### The job\n- d\n"
    found = [(s.heading, s.category) for s in parse_body(body, 1).sections]
    assert found == [
        ("The job", 2),
        ("Team", 2),
        ("More", 2),
        ("Else", None),
        ("The job", 2),
    ]


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("The job", 2),
        ("THE  JOB?", 2),
        ("about the job:", 2),
        ("Why I can do it", 3),
        ("Royal screw‑up", 8),
        ("Was lief gut?", 6),
        ("Ce qui s’est bien passé ?", 6),
        ("¿Qué salió mal?", 7),
        ("Closing words", 13),
        ("The jobs", None),
        ("", None),
    ],
)
def test_a_heading_is_known_by_its_names(heading: str, number: int | None) -> None:
    """Case, spaces and a trailing question mark make no difference; other words do."""
    assert category_of(heading) == number


@pytest.mark.parametrize("language", HEADING_LANGUAGES)
def test_the_lines_that_would_answer_are_understood(language: str) -> None:
    """In each language they are the same category with the same kinds of bullets."""
    for category in CATEGORIES:
        if category.headings:
            (section,) = parse_body(category.example_in(language), 1).sections
            (english,) = parse_body(category.example, 1).sections
            assert section.heading == category.heading_in(language)
            assert section.category == category.number
            kinds = [[b.kind, *(below.kind for below in b.children)] for b in section.bullets]
            assert kinds == [
                [b.kind, *(below.kind for below in b.children)] for b in english.bullets
            ]
        else:
            assert category.example_in(language) == category.example


@pytest.mark.parametrize(
    ("headings", "language"),
    [
        ((), "en"),
        (("Notizen",), "en"),
        (("Le poste", "Points forts"), "fr"),
        (("The job", "Die Stelle", "Erste Projekte"), "de"),
        # In English and in Spanish.
        (("Personal",), "en"),
        (("Personal", "El puesto"), "es"),
    ],
)
def test_the_language_of_headings_is_that_of_most(headings: tuple[str, ...], language: str) -> None:
    """English where it is not clear."""
    body = "\n".join(f"## {heading}\n- x" for heading in headings)
    entry, _ = parse_entry("a.md", f"---\ncompany: A\ntitle: B\n---\n{body}\n".encode())
    assert entry
    assert language_of_headings(entry) == language


def test_no_heading_stands_for_two_categories() -> None:
    """The names of all headings in all languages are told apart."""
    for category in CATEGORIES:
        for names in category.headings.values():
            assert [category_of(name) for name in names] == [category.number] * len(names)


@pytest.mark.parametrize(
    "body",
    [
        "```\n## The job\n```",
        "    ## The job",
        "> ## The job",
        "- # The job",
        "<!--\n## The job\n-->",
    ],
    ids=["fence", "code", "quotation", "bullet", "comment"],
)
def test_what_only_looks_like_a_heading_divides_nothing(body: str) -> None:
    """Code, quotations, comments and bullets hold no heading."""
    assert not [s for s in parse_body(body, 1).sections if s.heading]


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
@pytest.mark.parametrize("sign", ["-", "*", "+", "1.", "1)"])
def test_bullets_nest_however_they_are_indented(indent: str, sign: str) -> None:
    """Two, three or four spaces or a tab make a bullet a child of the one above."""
    if sign[0] == "1" and indent == "  ":
        indent = "   "
    (parent,) = bullets(f"text\n{sign} a\n{indent}{sign} b\n{indent}{indent}{sign} c\n")
    (child,) = parent.children
    assert (parent.text, parent.line) == ("a", 2)
    assert (child.text, child.line) == ("b", 3)
    assert [(b.text, b.line) for b in child.children] == [("c", 4)]


def test_a_bullet_has_its_lines_and_paragraphs_but_not_its_code() -> None:
    """The text of a bullet is one line; code and children are no part of it."""
    (bullet,) = bullets("- one\n  two\n\n  three\n\n  ```\n  code\n  ```\n  - child\n")
    assert bullet.text == "one two three"
    assert [child.text for child in bullet.children] == ["child"]


def test_a_list_in_a_quotation_holds_no_bullets() -> None:
    """What is quoted was written by somebody else."""
    assert bullets("> - a @b\n") == ()


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("Why: I was nervous. #composure", BulletKind.WHY, "I was nervous."),
        ("why? I was", BulletKind.PLAIN, "why? I was"),
        ("**Better answer:** I would use RANK. @lind", BulletKind.BETTER, "I would use RANK."),
        ("Pourquoi : le trac", BulletKind.WHY, "le trac"),
        ("Bessere Antwort: Ich würde fragen.", BulletKind.BETTER, "Ich würde fragen."),
        ("Mejor respuesta: Preguntaría.", BulletKind.BETTER, "Preguntaría."),
        ("Better still: x", BulletKind.PLAIN, "Better still: x"),
    ],
)
def test_a_nested_bullet_says_what_it_is_for(line: str, kind: BulletKind, text: str) -> None:
    """`Why:` and `Better answer:` in four languages make the kind and leave the text."""
    (parent,) = bullets(f"- a\n  - {line}\n")
    assert (parent.children[0].kind, parent.children[0].text) == (kind, text)


def test_a_better_answer_at_the_left_edge_is_a_plain_bullet() -> None:
    """Only a nested bullet corrects something: the one it is below."""
    (bullet,) = bullets("- Better answer: x\n")
    assert (bullet.kind, bullet.text) == (BulletKind.PLAIN, "Better answer: x")


@pytest.mark.parametrize(
    ("source", "text", "ids", "tags"),
    [
        ("They book late. @okafor", "They book late.", ("okafor",), ()),
        ("@okafor said so", "said so", ("okafor",), ()),
        ("Froze #composure, badly", "Froze, badly", (), ("composure",)),
        ("the #evidence story", "the story", (), ("evidence",)),
        ("late. @okafor, @lind", "late.", ("okafor", "lind"), ()),
        ("late @okafor.", "late.", ("okafor",), ()),
        ("late, @okafor.", "late.", ("okafor",), ()),
        ("late. @okafor.", "late.", ("okafor",), ()),
        ("a #x #x\n#y", "a", (), ("x", "y")),
        ("#größe @müller-lüdenscheidt", "", ("müller-lüdenscheidt",), ("größe",)),
        ("**all of it #evidence**", "all of it", (), ("evidence",)),
        ("mail a@b.example", "mail a@b.example", (), ()),
        ("@foo.bar or @a/b", "@foo.bar or @a/b", (), ()),
        ("the #1 in C# and @2", "the #1 in C# and @2", (), ()),
        ("see #C++ (@a)", "see #C++ (@a)", (), ()),
        (r"not \@okafor nor \#tag", "not @okafor nor #tag", (), ()),
        ("`@code #code` and `` ` @b ``", "@code #code and ` @b", (), ()),
        ("`open @okafor", "`open", ("okafor",), ()),
        ("[ask @okafor](https://x.example/#a)", "ask @okafor", (), ()),
        ("<https://x.example/@a> <!-- @b --> y", "https://x.example/@a y", (), ()),
        ("![alt](a.png) *i* **b** __c__ ***d***", "alt i b c d", (), ()),
        ("2 * 3 * 4, snake_case_name, a*b", "2 * 3 * 4, snake_case_name, a*b", (), ()),
        ("*open and _open", "*open and _open", (), ()),
        ("a<br>b &amp; &nonsense; 3 < 4", "a b & &nonsense; 3 < 4", (), ()),
        ("[a](b c) [x] [y", "[a](b c) [x] [y", (), ()),
        ("one\\\ntwo  \nthree", "one two three", (), ()),
        ("[a [b](c) d](e)", "[a b d](e)", (), ()),
    ],
)  # fmt: skip
def test_inline_markdown_becomes_plain_text(
    source: str, text: str, ids: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    """Marks are taken out cleanly, constructs reduced, and what does not close stays text."""
    found = parse_inline(source)
    assert (found.text, found.ids, found.tags) == (text, ids, tags)


def test_marks_know_where_they_stand() -> None:
    """The offsets of a mark cut exactly its characters out of the source."""
    source = "[x](y) **late** @okafor and #tag_one."
    cut = [source[mark.start : mark.end] for mark in parse_inline(source).marks]
    assert cut == ["@okafor", "#tag_one"]


def test_a_reference_is_a_link_only_where_it_is_defined() -> None:
    """`[text][label]` loses its brackets with a definition, and footnotes vanish."""
    body = (
        "- a [text][one] [two] [three]b[^1]\n\n[one]: https://x.example\n[two]: y\n\n[^1]: Note\n"
    )
    assert bullets(body)[0].text == "a text two [three]b"


def test_a_task_has_no_box_in_its_text() -> None:
    """The box of a task list is no part of what the bullet says."""
    assert [b.text for b in bullets("- [ ] ask\n- [x] send\n")] == ["ask", "send"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- <script>x</script> Fix it. @lind #tag", "<script>x</script> Fix it."),
        ("- <div>b</div> more", "<div>b</div> more"),
        ("- <!-- private --> text", "text"),
        ("- <div>\n  two\n  lines", "<div> two lines"),
        ("- first\n\n  <p>second</p>", "first <p>second</p>"),
        ("- Returns a Vec<T> and a List<String>.", "Returns a Vec<T> and a List<String>."),
        ('- See <a title="*x* @lind">it</a>. @lind', 'See <a title="*x* @lind">it</a>.'),
    ],
)
def test_what_looks_like_html_is_text(line: str, text: str) -> None:
    """Only a comment is nothing to say; `Vec<T>` must not lose its type."""
    (bullet,) = bullets(f"## The job\n{line}")
    assert bullet.text == text
    assert bullet.ids == (("lind",) if "@" in line else ())


def test_html_of_a_nested_bullet_is_its_own() -> None:
    """It is no part of the bullet above."""
    (bullet,) = bullets("- Froze\n  - <b>Better answer:</b> Ask.\n  - <div>x</div>")
    assert bullet.text == "Froze"
    assert [(child.kind, child.text) for child in bullet.children] == [
        (BulletKind.BETTER, "Ask."),
        (BulletKind.PLAIN, "<div>x</div>"),
    ]


def test_tags_alone_say_nothing_and_hide_no_heading() -> None:
    """A heading with an anchor is the heading; a break or an empty box is no answer."""
    (section,) = parse_body('## <a id="job"></a>The job\n<hr>\n\n- <p></p>\n', 1).sections
    assert (section.heading, section.category) == ("The job", 2)
    assert not any(says_something(text) for text in (section.text, section.bullets[0].text))
