"""Real builds of small workspaces."""

from __future__ import annotations

import gc
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from tests.building import CONFIG, NOTE, Built, build_site, plant

LANDING = ("", "drafts/", "calendar/", "companies/", "notes/", "people/")


# Of a page of the theme and of the portal, inline or not.
_SCRIPTS = 9


def _tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every tag as a browser reads it, with its attributes."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    reader = Reader()
    reader.feed(html)
    reader.close()
    return found


def _dead_links(built: Built) -> list[str]:
    """Every link within the site that leads to no file or to no anchor on its page."""
    dead = []
    for name in sorted(built.names):
        if not name.endswith(".html") or name == "404.html":
            continue
        html = built.page(name)
        for value in re.findall(r'\s(?:href|src)="([^"]*)"', html):
            target = urlsplit(urljoin(f"https://site/{quote(name)}", unescape(value)))
            if target.netloc != "site" or target.scheme != "https":
                continue
            path = unquote(target.path).removeprefix("/")
            path += "index.html" if path == "" or path.endswith("/") else ""
            if path not in built.names:
                dead.append(f"{name}: {value}")
            elif target.fragment and path.endswith(".html"):
                anchor = f' id="{unquote(target.fragment)}"'
                if anchor not in built.page(path) and not target.fragment.startswith("__"):
                    dead.append(f"{name}: {value}")
    return dead


def test_a_note_becomes_a_portal(tmp_path: Path) -> None:
    """One note makes every landing page, and its own pages, without one warning."""
    built = build_site(plant(tmp_path, "== entries/2026-11-19-acme.md\n<NOTE>\n"))
    assert built.error is None, built.text
    assert built.warnings == []
    for address in (*LANDING, "notes/2026-11-19-acme/", "companies/acme-logistics/"):
        assert "<h1" in built.page(address)
    assert "people/acme-logistics--okafor/index.html" in built.names
    assert _dead_links(built) == []


def test_without_directory_urls_every_link_still_leads_somewhere(tmp_path: Path) -> None:
    """The other style of addresses makes the same pages, all of whose links work."""
    root = plant(tmp_path, "== entries/2026-11-19-acme.md\n<NOTE>\n")
    built = build_site(root, use_directory_urls=False)
    assert built.error is None, built.text
    assert built.warnings == []
    assert {"index.html", "calendar.html", "notes/2026-11-19-acme.html"} <= built.names
    assert _dead_links(built) == []


def test_a_workspace_without_notes_builds(tmp_path: Path) -> None:
    """Before the first note there is a portal that says how to write it."""
    built = build_site(plant(tmp_path, ""))
    assert built.error is None, built.text
    assert built.warnings == []
    assert "Write your first note" in built.page("")
    assert _dead_links(built) == []


def test_broken_notes_stop_the_build_with_every_problem(tmp_path: Path) -> None:
    """All errors of all notes are told at once, and nothing of the notes is written or logged."""
    root = plant(
        tmp_path,
        """\
== entries/a.md
---
company: Acme
title: Analyst
interview: {format: pannel, start: 2026-11-19}
salary: {min: 51234, currency: EUR}
---
== entries/b.md
---
company: Beta
title: Analyst
applied_on: 2026-11-31
---
## The job
- The canary sings at dawn.
""",
    )
    built = build_site(root)
    assert isinstance(built.error, SystemExit)
    assert "2 errors in the notes; nothing was built" in built.text
    assert "entries/a.md:4:" in built.text
    assert "unknown interview format `pannel`" in built.text
    assert "entries/b.md:4:" in built.text
    assert "51234" not in built.text
    assert "canary" not in built.text
    assert not built.site.exists()


def test_a_broken_note_leaves_the_last_site_alone(tmp_path: Path) -> None:
    """The site of the last good build stays byte for byte."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n")
    before = _bytes(build_site(root))
    (root / "entries" / "acme.md").write_text("---\ncompany: [\n---\n", encoding="utf-8")
    after = build_site(root)
    assert isinstance(after.error, SystemExit)
    assert _bytes(after) == before


def test_front_matter_that_cannot_be_read_is_never_shown(tmp_path: Path) -> None:
    """MkDocs would render it as text; the build ends instead, also for an ordinary page."""
    built = build_site(plant(tmp_path, "== entries/page.md\n---\nsecret: [pay\n---\n# Page\n"))
    assert isinstance(built.error, SystemExit)
    assert "entries/page.md:" in built.text
    assert not built.site.exists()


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("profil: gentle", "did you mean `profile`?"),
        ("profile: eager", "unknown value `eager`"),
        ("today: tomorrow", "`tomorrow` is not a date"),
        ("touches: {thank_yu: {after_interview: 2}}", "did you mean `thank_you`?"),
    ],
)
def test_a_wrong_option_is_an_error_with_a_hint(tmp_path: Path, option: str, told: str) -> None:
    """Every plugin option is checked when the configuration is read."""
    config = CONFIG.replace("      today: 2026-11-22\n", f"      {option}\n")
    built = build_site(plant(tmp_path, "", config))
    assert isinstance(built.error, SystemExit)
    assert told in built.text


def test_the_environment_sets_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FOLLOWUP_TODAY goes before the plugin option, and must be a date."""
    root = plant(tmp_path, "")
    monkeypatch.setenv("FOLLOWUP_TODAY", "2026-12-24")
    assert "Built as of Thursday 24 December 2026" in build_site(root).page("")
    monkeypatch.setenv("FOLLOWUP_TODAY", "Christmas")
    built = build_site(root)
    assert isinstance(built.error, SystemExit)
    assert "FOLLOWUP_TODAY: `Christmas` is not a date" in built.text


def test_only_linked_files_are_published(tmp_path: Path) -> None:
    """A file that no note links to stays at home, and the build says so in one line."""
    tree = f"""\
== entries/2026/acme.md
{NOTE}
[The ad](ad%20text.txt) and ![the plot](../plot.png)
== entries/2026/ad text.txt
Wanted
== entries/plot.png
x
== entries/2026/salary.txt
secret
== entries/.private/key.txt
secret
"""
    built = build_site(plant(tmp_path, tree))
    assert built.error is None, built.text
    assert {"2026/ad text.txt", "plot.png"} <= built.names
    assert "not published, since no note links to them: 2026/salary.txt" in built.text
    assert not [name for name in built.names if "salary" in name or "key" in name]
    assert _dead_links(built) == []


def test_a_linked_file_that_could_run_scripts_is_refused(tmp_path: Path) -> None:
    """A saved job ad would run its scripts next to the notes; it is refused with a warning."""
    tree = f"== entries/acme.md\n{NOTE}\n[ad](ad.html)\n== entries/ad.html\n<script>1</script>\n"
    built = build_site(plant(tmp_path, tree), strict=False)
    assert "ad.html" not in built.names
    assert any("`ad.html` is not published" in warning for warning in built.warnings)


def test_a_symlink_that_leads_outside_stops_the_build(tmp_path: Path) -> None:
    """Neither a file nor a folder from elsewhere gets into the site by a link."""
    root = plant(tmp_path / "w", "== entries/acme.md\n<NOTE>\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "entries" / "folder").symlink_to(outside)
    (root / "entries" / "file.txt").symlink_to(outside / "secret.txt")
    built = build_site(root)
    assert isinstance(built.error, SystemExit)
    assert "entries/folder:1:1: error" in built.text
    assert "entries/file.txt:1:1: error" in built.text
    assert not built.site.exists()


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize(
    "name",
    ["calendar.md", "Calendar.md", "people/index.md", "companies/acme-logistics.md", "robots.txt"],
)
def test_a_page_at_an_address_of_the_portal_is_an_error(
    tmp_path: Path, name: str, directory_urls: bool
) -> None:
    """Nothing of the owner's vanishes behind a page of the portal without a word."""
    tree = f"== entries/acme.md\n<NOTE>\n== entries/{name}\n# Mine\n"
    built = build_site(plant(tmp_path, tree), use_directory_urls=directory_urls)
    assert isinstance(built.error, SystemExit)
    assert f"entries/{name}:1:1: error: this would stand at" in built.text


def test_a_note_may_be_called_like_a_page_of_the_portal(tmp_path: Path) -> None:
    """A note's address is below `notes/`, so that its name meets nothing."""
    tree = "".join(
        f"== entries/{name}.md\n<NOTE>\n"
        for name in ("calendar", "drafts", "companies/acme-logistics", "notes/calendar", "404")
    )
    built = build_site(plant(tmp_path, tree))
    assert built.error is None, built.text
    assert built.warnings == []
    assert "<h1>Calendar</h1>" in built.page("calendar/")
    assert "Panel interview" in built.page("notes/calendar/")
    assert "Panel interview" in built.page("notes/notes/calendar/")
    assert _dead_links(built) == []


@pytest.mark.parametrize("directory_urls", [True, False])
def test_odd_file_names_end_at_addresses_that_work(tmp_path: Path, directory_urls: bool) -> None:
    """Spaces, `#`, `%`, quotes, letters of any language and a picture of a horse make good URLs."""
    names = (
        "a b",
        "c#1",
        "100%",
        'it\'s "so"',
        "größe",
        "日本",
        "🦄",
        "a&b",
        "x.y",
        "p:q",
        "what?",
    )
    tree = "".join(f"== entries/{name}.md\n<NOTE>\n" for name in names)
    built = build_site(plant(tmp_path, tree), use_directory_urls=directory_urls)
    assert built.error is None, built.text
    assert built.warnings == []
    for name in names:
        end = f"{name}/index.html" if directory_urls else f"{name}.html"
        assert f"notes/{end}" in built.names
    assert _dead_links(built) == []


def test_links_between_notes_work_and_a_dead_one_is_a_warning(tmp_path: Path) -> None:
    """Relative links between notes lead to their pages; `--strict` stops at a broken one."""
    root = plant(
        tmp_path,
        f"== entries/a/one.md\n{NOTE}\n[two](../two.md)\n== entries/two.md\n{NOTE}\n[one](a/one.md)\n",
    )
    built = build_site(root)
    assert built.error is None, built.text
    assert 'href="../../two/"' in built.page("notes/a/one/")
    assert 'href="../a/one/"' in built.page("notes/two/")
    (root / "entries" / "two.md").write_text(f"{NOTE}\n[gone](gone.md)\n", encoding="utf-8")
    broken = build_site(root)
    assert isinstance(broken.error, SystemExit)
    assert any("'gone.md'" in warning for warning in broken.warnings)


def test_the_owners_index_stands_below_today(tmp_path: Path) -> None:
    """`/` is Today, with the text of `index.md` below it as part of that page."""
    tree = "== entries/index.md\n# My search\n\nOne thing a day. [Acme](acme.md)\n"
    built = build_site(plant(tmp_path, f"{tree}== entries/acme.md\n<NOTE>\n"))
    assert built.error is None, built.text
    home = built.page("")
    assert home.count("<h1") == 1
    assert home.index("<h1>Today</h1>") < home.index("One thing a day.")
    assert '<a href="notes/acme/"' in home


def test_ordinary_pages_stay_and_stand_in_the_navigation(tmp_path: Path) -> None:
    """A page without `company` keeps its address and its title, and has a tab to reach it by."""
    tree = "== entries/tips.md\n# Tips & tricks\n\nBreathe.\n== entries/about/me.md\n# Me\n"
    built = build_site(plant(tmp_path, tree))
    assert built.error is None, built.text
    assert built.warnings == []
    page = built.page("tips/")
    assert "Breathe." in page
    assert "<title>Tips &amp; tricks – Search</title>" in page
    assert 'href="about/me/"' in built.page("")
    assert 'href="tips/"' in built.page("")


def test_excluded_pages_stay_out(tmp_path: Path) -> None:
    """What `exclude_docs` and `draft_docs` name is no part of the site."""
    config = CONFIG + "exclude_docs: old/\ndraft_docs: later.md\n"
    tree = (
        "== entries/old/x.md\n# Old\n== entries/later.md\n# Later\n== entries/old/calendar.md\nx\n"
    )
    built = build_site(plant(tmp_path, tree, config))
    assert built.error is None, built.text
    assert not [name for name in built.names if "old/" in name or "later" in name]


def test_a_navigation_of_the_owners_stands(tmp_path: Path) -> None:
    """A `nav` in `mkdocs.yml` is kept, with its titles, and the other pages are still built."""
    config = CONFIG + "nav:\n  - Heute: index.md\n  - Kalender: calendar.md\n"
    built = build_site(plant(tmp_path, "", config))
    assert built.error is None, built.text
    assert built.warnings == []
    tabs = re.findall(r'md-tabs__link">\s*(.*?)\s*</a>', built.page(""))
    assert tabs == ["Heute", "Kalender"]
    assert "people/index.html" in built.names


def test_a_detail_page_marks_the_tab_of_its_section(tmp_path: Path) -> None:
    """Pages that are not in the navigation still show where they belong."""
    built = build_site(plant(tmp_path, "== entries/acme.md\n<NOTE>\n"))
    for address, tab in (
        ("notes/acme/", "Notes"),
        ("companies/acme-logistics/", "Companies"),
        ("people/acme-logistics--okafor/", "People"),
        ("drafts/acme/", "Drafts"),
    ):
        active = re.findall(
            r'md-tabs__item--active">\s*<a href="[^"]*" class="md-tabs__link">\s*(.*?)\s*</a>',
            built.page(address),
        )
        assert active == [tab], address


def test_a_workspaces_own_templates_stand_before_the_shipped_ones(tmp_path: Path) -> None:
    """A page, a style sheet and a part of the theme can each be replaced alone."""
    tree = """\
== site_templates/pages/calendar.html
<h1>My calendar</h1>
== site_templates/assets/portal.css
/* mine */
== site_templates/theme/partials/copyright.html
<p>My footer</p>
"""
    built = build_site(plant(tmp_path, tree))
    assert built.error is None, built.text
    assert "<h1>My calendar</h1>" in built.page("calendar/")
    assert "<h1>Today</h1>" in built.page("")
    assert built.page("assets/followup/portal.css") == "/* mine */\n"
    assert "My footer" in built.page("people/")
    assert "assets/followup/portal.js" in built.names


def test_a_link_that_is_no_address_leads_nowhere(tmp_path: Path) -> None:
    """It is told with its page, and ends no build: not as Markdown, and not as HTML beside a file."""
    odd = "https://acme.example\uff0fjobs"
    text = f"{NOTE}- See [the ad]({odd}).\n\n<a href='//[x'>Raw</a> and [a file](plan.pdf)\n"
    root = plant(tmp_path, f"== entries/a.md\n{text}== entries/b.md\n# B\n\n[Ad]({odd})\n")
    (root / "entries" / "plan.pdf").write_bytes(b"%PDF-1.4")
    built = build_site(root, strict=False)
    assert built.error is None, built.text
    for name in ("a.md", "b.md"):
        assert f"{name}: the link to `{odd}` leads nowhere" in built.text
    page = (built.site / "notes" / "a" / "index.html").read_text(encoding="utf-8")
    assert '<a href="#" rel="noopener noreferrer">the ad</a>' in page
    assert (built.site / "plan.pdf").exists()


def test_a_template_with_an_end_too_many_is_read_as_the_theme_reads_it(tmp_path: Path) -> None:
    """What is not regular is left to the theme's own search."""
    template = "== site_templates/pages/calendar.html\n<p>Whole</p></div></h2><h2 id='x'>Odd</h2>\n"
    built = build_site(plant(tmp_path, f"== entries/a.md\n<NOTE>\n{template}"))
    assert built.error is None, built.text
    index = json.loads((built.site / "search/search_index.json").read_text(encoding="utf-8"))
    found = [doc["title"] for doc in index["docs"] if doc["location"].startswith("calendar/")]
    assert "Odd" in found


def test_a_hostile_note_cannot_act(tmp_path: Path) -> None:
    """Whatever a note holds, its pages have no script, handler or remote picture of its making."""
    hostile = "<script>alert(1)</script>"
    tree = f"""\
== entries/x.md
---
company: '{hostile}</title>'
title: '"><img src=x onerror=alert(1)>'
description: '"><script>alert(2)</script>'
interview: {{format: panel, start: 2026-11-19 14:00}}
people:
  - {{name: '{hostile}', email: x@acme.example}}
---
## The job {hostile}
- {hostile} <img src="https://evil.example/x.png"> @nobody
- [go](javascript:alert(1))

<div id="__config">{{"base": "https://evil.example/"}}</div>
"""
    built = build_site(plant(tmp_path, tree), strict=False)
    assert built.error is None, built.text
    for name in built.names:
        if name.endswith(".html"):
            tags = _tags(built.page(name))
            ids = [values["id"] for _, values in tags if "id" in values]
            assert sum(tag == "script" for tag, _ in tags) == _SCRIPTS, name
            assert not [tag for tag, _ in tags if tag in ("img", "iframe", "style")], name
            assert not [values for _, values in tags if any(key[:2] == "on" for key in values)]
            assert ids.count("__config") == 1, name
            links = [values.get("href") or "" for _, values in tags]
            assert not [link for link in links if link.startswith("javascript:alert")], name


def test_settings_that_would_talk_to_others_are_refused(tmp_path: Path) -> None:
    """Fonts, analytics, repository facts and remote files are taken out, each with a warning."""
    config = CONFIG.replace("font: false", "font: {text: Lato}") + (
        "repo_url: https://github.com/me/search\n"
        "extra_css: [https://cdn.example/x.css, mine.css]\n"
        "extra_javascript: [//cdn.example/x.js]\n"
        "extra: {analytics: {provider: google, property: G-1}}\n"
    )
    built = build_site(plant(tmp_path, "== entries/mine.css\np {}\n", config), strict=False)
    assert len(built.warnings) == 5
    html = built.page("")
    assert not re.findall(r'<(?:link|script)[^>]*(?:https?:)?//[^"]*"', html)
    assert "mine.css" in html
    assert "mine.css" in built.names


def test_nothing_tells_search_engines_or_versions(tmp_path: Path) -> None:
    """Every page asks not to be indexed and names no generator; robots.txt says the same."""
    built = build_site(plant(tmp_path, "== entries/acme.md\n<NOTE>\n"))
    for name in built.names:
        if name.endswith(".html"):
            html = built.page(name)
            assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html, name
            assert "generator" not in html, name
            assert "canonical" not in html, name
    assert built.page("robots.txt") == "User-agent: *\nDisallow: /\n"
    assert "lastmod" not in built.page("sitemap.xml")


def test_inline_scripts_are_the_same_on_every_page(tmp_path: Path) -> None:
    """One policy with a few hashes can name them all, at any depth and on the page for no page."""
    built = build_site(plant(tmp_path, "== entries/a/b/acme.md\n<NOTE>\n"))
    found = {
        script
        for name in built.names
        if name.endswith(".html")
        for script in re.findall(r"<script>(.*?)</script>", built.page(name), re.DOTALL)
    }
    assert len(found) == len(re.findall(r"<script>", built.page("404.html")))


def test_the_notes_are_left_as_they_are(tmp_path: Path) -> None:
    """A build writes nothing into the notes folder and changes no byte there."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n== entries/index.md\nHello\n")
    before = {path: path.read_bytes() for path in sorted((root / "entries").rglob("*"))}
    assert build_site(root).error is None
    assert {path: path.read_bytes() for path in sorted((root / "entries").rglob("*"))} == before


@pytest.mark.parametrize(
    "more",
    [
        "",
        "== entries/b.md\n---\ncompany: B\nnothing: 1\n---\n",
        "== hook.py\ndef on_nav(nav, **_):\n    raise ValueError\n",
    ],
)
def test_python_searches_for_cycles_after_a_build_as_before(tmp_path: Path, more: str) -> None:
    """However the build ends."""
    before = gc.get_threshold(), gc.isenabled()
    config = CONFIG + ("hooks: [hook.py]\n" if "hook" in more else "")
    built = build_site(plant(tmp_path, f"== entries/a.md\n<NOTE>\n{more}", config))
    assert bool(built.error) is bool(more)
    assert (gc.get_threshold(), gc.isenabled()) == before


def test_search_finds_what_the_portal_made(tmp_path: Path) -> None:
    """The search index has the pages of companies and people, and the text of notes."""
    built = build_site(plant(tmp_path, "== entries/acme.md\n<NOTE>\n"))
    index = built.page("search/search_index.json")
    for words in ("Acme Logistics", "Ngozi Okafor", "how many trucks", "companies/acme-logistics/"):
        assert words in index


def test_the_search_finds_each_thing_where_it_belongs(tmp_path: Path) -> None:
    """Words of a note are found there and with whoever said them, not in each list that repeats them."""
    built = build_site(plant(tmp_path, "== entries/acme.md\n<NOTE>\n"))
    docs = json.loads(built.page("search/search_index.json"))["docs"]
    saying = [doc["location"].partition("#")[0] for doc in docs if "how many trucks" in doc["text"]]
    assert "notes/acme/" in saying
    landing = {
        "",
        "calendar/",
        "companies/",
        "drafts/",
        "notes/",
        "people/",
        "pipeline/",
        "report/",
    }
    assert landing.isdisjoint(saying)
    assert not [doc["title"] for doc in docs if re.search(r"\d$", doc["title"])]


def test_a_search_that_is_switched_off_stays_off(tmp_path: Path) -> None:
    """The portal is built without it."""
    config = CONFIG.replace("  - search\n", "  - search: {enabled: false}\n")
    assert config != CONFIG
    built = build_site(plant(tmp_path, "== entries/acme.md\n<NOTE>\n", config))
    assert built.error is None, built.text
    assert not any(name.startswith("search/") for name in built.names)


def test_what_only_the_search_needs_is_taken_out_of_pages(tmp_path: Path) -> None:
    """As the theme does, with whatever a template or an extension has written for it."""
    tree = """\
== entries/acme.md
<NOTE>
== hook.py
def on_page_content(html, page, config, files):
    return f'{html}<p data-search-boost="2" data-search-exclude>added</p>'
"""
    built = build_site(plant(tmp_path, tree, f"{CONFIG}hooks: [hook.py]\n"))
    assert built.error is None, built.text
    assert "<p data-search-exclude>added</p>" in built.page("notes/acme/")


def _bytes(built: Built) -> dict[str, bytes]:
    return {name: (built.site / name).read_bytes() for name in sorted(built.names)}
