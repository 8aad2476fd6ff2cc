"""What becomes of the HTML in notes and pages."""

from __future__ import annotations

import pytest

from followup.mkdocs.sanitise import is_remote, lower_headings, sanitise


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>body{background:url(https://evil.example/x)}</style>",
        '<iframe src="https://evil.example/"></iframe>',
        '<form action="https://evil.example/"></form>',
        '<object data="https://evil.example/"></object>',
        '<link rel="stylesheet" href="https://evil.example/x.css">',
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
        '<base href="https://evil.example/">',
        '<svg><image href="https://evil.example/x.png"/></svg>',
        '<video src="https://evil.example/x.mp4" poster="https://evil.example/x.png"></video>',
        "<!-- https://evil.example/ -->",
    ],
)
def test_what_could_act_or_load_is_gone(html: str) -> None:
    """Scripts, styles, frames, forms and everything else that could load leave no trace."""
    assert sanitise(f"<p>a</p>{html}<p>b</p>") in ("<p>a</p><p>b</p>", "<p>a</p>\n<p>b</p>")


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<p style="position:fixed">a</p>', "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a name="config" ping="https://e.example">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<p id="__config" data-md-component="search">a</p>', "<p>a</p>"),
        ('<p id="fu-main">a</p>', "<p>a</p>"),
        ('<pre class="mermaid"><code>a</code></pre>', "<pre><code>a</code></pre>"),
        ('<p class="md-overlay fu tip">a</p>', '<p class="tip">a</p>'),
        ('<input type="text" name="q" value="v">', '<input type="checkbox" disabled'),
    ],
)
def test_what_could_mislead_is_taken_off(html: str, clean: str) -> None:
    """Handlers, styles, foreign schemes, and names that the theme's own script looks for go."""
    assert sanitise(html).startswith(clean)


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="the-job">The job<a class="headerlink" href="#the-job">¶</a></h2>',
        '<td style="text-align: right;">1</td>',
        '<div class="highlight"><pre><code class="language-python"><span class="nf">f</span>',
        '<div class="admonition warning"><p class="admonition-title">W</p></div>',
        '<details class="tip" open=""><summary>s</summary>t</details>',
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        '<ol start="3"><li id="L14">x</li></ol>',
        "<dl><dt>a</dt><dd>b</dd></dl>",
        '<img alt="Plot" src="../plot.png">',
        '<a href="https://jobs.example/1">x</a>',
        '<a href="mailto:n@acme.example">x</a>',
        '<a href="tel:+4940123">x</a>',
        '<span class="fu-tag">evidence</span>',
    ],
)
def test_what_markdown_makes_stays(html: str) -> None:
    """Headings, tables, code, admonitions, footnotes, lists, links and pictures come through."""
    wrapped = f"<table><tr>{html}</tr></table>" if html.startswith("<td") else html
    assert html in sanitise(wrapped).replace(' rel="noopener noreferrer"', "")


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        r"\\evil.example\x.png",
        r"/\evil.example/x.png",
        "/\t/evil.example/x.png",
        "HTTP://evil.example/x.png",
    ],
)
def test_a_picture_from_elsewhere_becomes_a_link(source: str) -> None:
    """A remote picture is not loaded, however its address is written; its text leads to it."""
    clean = sanitise(f'<p><img src="{source}" alt="Their &lt;logo&gt;"></p>')
    assert "<img" not in clean
    assert "<a " in clean
    assert "Their &lt;logo&gt;</a>" in clean


@pytest.mark.parametrize("value", ["x src=", "a 'b' src=", " src= src="])
def test_a_title_that_speaks_of_a_source_hides_no_picture(value: str) -> None:
    """Only an attribute's own value counts, whatever those before it say."""
    clean = sanitise(f'<img title="{value}" src="https://evil.example/x.png" alt="A">')
    assert clean == '<a href="https://evil.example/x.png" rel="noopener noreferrer">A</a>'
    assert " checked" not in sanitise(f'<input title="{value} checked">')


def test_a_picture_in_a_link_becomes_its_text() -> None:
    """A link round a remote picture stays one link."""
    html = '<a href="https://a.example"><img src="https://b.example/x.png" alt="logo"></a>'
    assert sanitise(html) == '<a href="https://a.example" rel="noopener noreferrer">logo</a>'


@pytest.mark.parametrize("url", ["plot.png", "../a/plot.png", "/plot.png", "?x", "#L1", ""])
def test_addresses_on_the_site_are_not_remote(url: str) -> None:
    """What stays on the site is told from what leaves it."""
    assert not is_remote(url)


def test_a_heading_in_another_is_closed_as_it_was_opened() -> None:
    """Pasted HTML has such; the end of the inner one says nothing of the outer."""
    html = "<h2>A<span><h3>B</h3></span></h2><h2>C</h2>"
    assert lower_headings(html) == html


def test_headings_begin_at_the_second_level() -> None:
    """A title of the note's own does not compete with the page's, and no level is skipped."""
    html = '<h1 id="a">A</h1><h3>B</h3><h4>C</h4><h2>D</h2><hr /><h1>E</h1>'
    assert lower_headings(html) == (
        '<h2 id="a">A</h2><h3>B</h3><h4>C</h4><h3>D</h3><hr /><h2>E</h2>'
    )
