"""The policy of real builds: whose scripts it names, and what no build ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.mkdocs.building import build_site as publishing_build
from followup.mkdocs.policy import find_inline, script_hashes
from tests.building import CONFIG, Built, build_site, plant

TREE = "== entries/2026-11-19-acme.md\n<NOTE>\n== entries/guide.md\n# Guide\nRead this.\n"
PASTED = "window.RAN = 1"


def scripts(built: Built) -> dict[str, set[str]]:
    """The pages of a site, and the hashes of each one's inline scripts."""
    pages = sorted(name for name in built.names if name.endswith(".html"))
    return {name: set(script_hashes(find_inline(built.page(name)))) for name in pages}


def planted(tmp_path: Path, config: str = CONFIG, tree: str = TREE) -> Built:
    """A build of a small search."""
    return build_site(plant(tmp_path, tree, config))


@pytest.mark.parametrize("more", ["", "site_url: https://me.example/search/\n"])
def test_every_page_has_the_same_few_scripts(tmp_path: Path, more: str) -> None:
    """Three scripts of the theme are in all pages, at any depth, and no other in any."""
    built = planted(tmp_path, CONFIG + more)
    assert built.error is None, built.text
    found = scripts(built)
    assert {"index.html", "404.html", "notes/2026-11-19-acme/index.html"} <= found.keys()
    assert set.union(*found.values()) == set.intersection(*found.values())
    assert len(found["index.html"]) == 3


def test_a_pasted_script_is_not_blessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it gets past everything else, its page ends the build, and no policy names it."""
    tree = f"{TREE}\n<script>{PASTED}</script>\n"
    built = planted(tmp_path / "defended", tree=tree)
    assert built.error is None, built.text
    monkeypatch.setattr("followup.mkdocs.prose.sanitise", lambda html: html)
    built = planted(tmp_path / "undefended", tree=tree)
    assert "`guide/index.html` holds a script that is not the theme's" in built.text
    assert PASTED in built.page("guide/")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template of the owner's that a test fills."""
    folder = tmp_path / "site_templates" / "theme" / "partials"
    folder.mkdir(parents=True)
    return folder / "copyright.html"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{% if page.title %}<script>{{ page.title }}</script>{% endif %}", "a script"),
        ('{% if page.title %}<p onclick="x()">{% endif %}', "`onclick`"),
        ('{% if page.title %}<a href="javascript:x()">{% endif %}', "`href`"),
    ],
)
def test_a_page_with_anything_else_ends_the_build(
    tmp_path: Path, template: Path, text: str, what: str
) -> None:
    """The page is named, and what it holds."""
    template.write_text(text, encoding="utf-8")
    built = planted(tmp_path)
    assert f"holds {what} that is not the theme's" in built.text
    assert built.error is not None


def test_a_script_of_the_owners_template_is_the_themes(tmp_path: Path, template: Path) -> None:
    """What stands in every page without a word of the notes is named in the policy."""
    template.write_text("<script>own()</script>", encoding="utf-8")
    built = planted(tmp_path)
    assert built.error is None, built.text
    assert len(set.intersection(*scripts(built).values())) == 4


def test_the_policy_comes_from_pages_without_notes(tmp_path: Path) -> None:
    """Two searches with nothing in common have the same, and it is what their pages need."""
    other = "== entries/birch.md\n---\ncompany: Birch\ntitle: Clerk\n---\n"
    roots = [plant(tmp_path / "one", TREE), plant(tmp_path / "other", other)]
    found = [publishing_build(root, root / "site", None, None) for root in roots]
    assert found[0].scripts == found[1].scripts
    assert found[0].scripts == set.union(*scripts(planted(tmp_path / "again")).values())
