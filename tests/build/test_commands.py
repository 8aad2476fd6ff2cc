"""The commands of MkDocs, as they are typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import plant
from tests.serving import serving, until


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gh-deploy"], "`gh-deploy` is refused: it would publish your notes"),
        (["gh-deploy"], "hint: `followup publish` encrypts them first"),
        (["build", "--dirty"], "`--dirty` is refused"),
        (["serve", "--no-livereload"], "`--no-livereload` is refused"),
    ],
)
def test_what_would_publish_or_mislead_is_refused(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    """The command ends with our reason before anything is built, let alone pushed."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


def test_the_preview_keeps_the_last_good_site(tmp_path: Path) -> None:
    """While a note is broken the preview says why and shows the site as it was; then it goes on."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n")
    note = root / "entries" / "acme.md"
    good = note.read_text(encoding="utf-8")
    with serving(root) as preview:
        before = article(preview.get())
        note.write_text(good.replace("panel", "pannel"), encoding="utf-8")
        told = "\n".join(until(preview.said, "the pages show your notes as they were before"))
        assert "entries/acme.md:4:" in told
        assert "unknown interview format `pannel`" in told
        assert "Traceback" not in told
        assert article(preview.get()) == before
        note.write_text(good.replace("Acme Logistics", "Beta Freight"), encoding="utf-8")
        until(preview.said, "Documentation built")
        assert "Beta Freight" in preview.get("companies/")
    assert sorted(path.name for path in (root / "entries").iterdir()) == ["acme.md"]


def article(page: str) -> str:
    """A page from its article on, without what the preview puts above it."""
    return page.partition("<article")[2]


def test_the_preview_outlives_every_fault(tmp_path: Path) -> None:
    """A template that breaks in the middle of a build is told in words; the last site stays."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n== site_templates/theme/own.txt\nx\n")
    config = root / "mkdocs.yml"
    template = root / "site_templates" / "theme" / "partials" / "copyright.html"
    template.parent.mkdir()
    good = config.read_text(encoding="utf-8")
    with serving(root) as preview:
        before = article(preview.get("companies/"))
        for file, text in ((template, "{% include 'no-such.html' %}"), (config, "site_name: [")):
            file.write_text(text, encoding="utf-8")
            told = "\n".join(until(preview.said, "the pages show your notes as they were before"))
            assert "Traceback" not in told
            assert article(preview.get("companies/")) == before
        template.unlink()
        config.write_text(good.replace("Search", "Hunt"), encoding="utf-8")
        until(preview.said, "Documentation built")
        assert "Hunt" in preview.get()
