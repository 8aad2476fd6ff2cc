"""The theme that is read faster gives MkDocs the files that it would find itself."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files

from followup.mkdocs.compiled import CompiledTemplates
from followup.mkdocs.theme import PortalTheme
from tests.building import plant

TREE = """\
== mkdocs.yml
site_name: Search
docs_dir: entries
theme: {name: material, font: false, custom_dir: overrides}
plugins: []
== entries/a.md
# A
== overrides/extra/a.css
a {}
== overrides/extra/.hidden/b.css
b {}
== overrides/.c.css
c {}
== overrides/main.html
{% extends "base.html" %}
"""


def test_no_file_of_the_theme_is_missed(tmp_path: Path) -> None:
    """Also of the owner's own folder, and with what was put there later."""
    config = load_config(str(plant(tmp_path, TREE) / "mkdocs.yml"))
    found = []
    quick = PortalTheme(config.theme, CompiledTemplates())
    quick.dirs.append(str(tmp_path / "entries"))
    for theme in (config.theme, quick):
        files = Files([])
        files.add_files_from_theme(theme.get_env(), config)
        found.append([(file.src_uri, file.src_dir) for file in files])
    assert found[0] == found[1]
    assert ("extra/a.css", str(tmp_path / "overrides")) in found[1]


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    """A second environment has no need to compile."""
    config = load_config(str(plant(tmp_path, TREE) / "mkdocs.yml"))
    compiled = CompiledTemplates()
    theme = PortalTheme(config.theme, compiled)
    first = theme.get_env().get_template("main.html")
    again = theme.get_env()
    again.compile = None  # type: ignore[method-assign,assignment]
    assert again.get_template("main.html").name == first.name
