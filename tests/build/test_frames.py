"""Pages in frames that they share with others, compared with pages from the theme's templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup.mkdocs import plugin as plugin_module
from followup.mkdocs.frames import Frame
from tests.building import CONFIG, NOTE, Built, build_site, plant

_SECOND = NOTE.replace("---", "---\ndescription: Two & <b>more</b>", 1)
_NOTES = f"""\
== entries/a.md
{NOTE}
== entries/b.md
{_SECOND.replace("Okafor", "Ortiz & Søn").replace("okafor", "ortiz")}
== entries/deeper/c.md
{NOTE.replace("Acme", "Bolt")}
== entries/deeper/d.md
{NOTE.replace("Acme", "Crane")}
== entries/companies/acme-logistics/history.md
# What I know of them
"""
_SHOWS_ADDRESS = "partials/copyright.html\n{{ page.url }}\n"
_HOOK = """\
== hook.py
def on_page_content(html, page, config, files):
    page.meta["title"] = page.url
"""


@pytest.fixture
def fills(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The pages that were put into frames."""
    filled: list[Any] = []
    fill = Frame.fill

    def noted(frame: Frame, page: Any) -> str:
        filled.append(page)
        return fill(frame, page)

    monkeypatch.setattr(Frame, "fill", noted)
    return filled


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Builds that follow share no frame."""
    return lambda: monkeypatch.setattr(plugin_module, "may_share", lambda *_: False)


def _bytes(built: Built) -> dict[str, bytes]:
    assert built.error is None, built.text
    return {name: (built.site / name).read_bytes() for name in built.names}


def _differences(one: Built, other: Built) -> list[str]:
    first, second = _bytes(one), _bytes(other)
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_page_in_a_frame_is_the_page_of_the_theme(
    tmp_path: Path, fills: list[Any], without: Callable[[], None], directory_urls: bool
) -> None:
    """Other folders, descriptions, and a page below one of the portal's: every byte is the same."""
    root = plant(tmp_path, _NOTES)
    framed = build_site(root, tmp_path / "framed", use_directory_urls=directory_urls)
    assert len(fills) > 5
    without()
    whole = build_site(root, tmp_path / "whole", use_directory_urls=directory_urls)
    assert _differences(framed, whole) == []


def test_the_sample_in_frames_is_the_sample_of_the_theme(
    root: Path, tmp_path: Path, fills: list[Any], without: Callable[[], None]
) -> None:
    """Of the sample search every byte is the same, and nearly every page is in a frame."""
    framed = build_site(root, tmp_path / "framed")
    assert len(fills) > 100
    without()
    whole = build_site(root, tmp_path / "whole")
    assert _differences(framed, whole) == []
    assert "notes/index.html" in _bytes(whole)


@pytest.mark.parametrize(
    ("files", "config"),
    [
        (f"== site_templates/theme/{_SHOWS_ADDRESS}", CONFIG),
        (
            f"== own/{_SHOWS_ADDRESS}",
            CONFIG.replace("font: false}", "font: false, custom_dir: own}"),
        ),
        (_HOOK, f"{CONFIG}hooks: [hook.py]\n"),
    ],
    ids=["a template of the workspace", "a folder of the theme's", "a hook"],
)
def test_what_others_say_of_a_page_is_said_of_that_page(
    tmp_path: Path, fills: list[Any], files: str, config: str
) -> None:
    """With templates or hooks of the owner's every page is rendered by the theme."""
    built = build_site(plant(tmp_path, _NOTES + files, config))
    assert built.error is None, built.text
    for address in ("notes/a/", "notes/b/", "people/acme-logistics--okafor/"):
        assert f" {address}\n" in built.page(address)
    assert fills == []
