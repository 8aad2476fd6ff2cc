"""A site that two processes make, beside the same site made by one."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest

from followup.mkdocs import dividing
from followup.mkdocs.building import build_site as publishing_build
from tests.building import CONFIG, NOTE, Built, build_site, plant

_TREE = """\
== entries/a.md
<NOTE>
== entries/index.md
# My search
See [a note](a.md).
"""
_HOOK = """\
== hook.py
def on_nav(nav, config, files):
    raise KeyboardInterrupt
"""
_OVERRIDE = """\
== site_templates/pages/company.html
{{ 1 / 0 }}
"""


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> list[dividing.Division]:
    """Every site is divided, as if there were two processors; those that were."""
    seen: list[dividing.Division] = []

    class Seen(dividing.Division):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            seen.append(self)

    monkeypatch.setattr(dividing, "WORTH_DIVIDING", 0)
    monkeypatch.setattr(dividing, "may_divide", lambda: True)
    monkeypatch.setattr("followup.mkdocs.plugin.Division", Seen)
    return seen


def _bytes(built: Built) -> dict[str, bytes]:
    assert built.error is None, built.text
    return {name: (built.site / name).read_bytes() for name in built.names}


def test_two_processes_make_the_same_sample(
    root: Path, tmp_path: Path, divided: list[dividing.Division], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page and file, and the search index."""
    by_two = _bytes(build_site(root, tmp_path / "two"))
    assert len(divided) == 1
    monkeypatch.setattr(dividing, "WORTH_DIVIDING", 1_000_000)
    by_one = _bytes(build_site(root, tmp_path / "one"))
    assert len(divided) == 1
    assert by_two.keys() == by_one.keys()
    assert [name for name in by_one if by_two[name] != by_one[name]] == []


def test_a_template_that_fails_elsewhere_is_told_here(
    tmp_path: Path, divided: list[dividing.Division]
) -> None:
    """The error is the one that the build would have met without a second process."""
    built = build_site(plant(tmp_path, _TREE + _OVERRIDE))
    assert len(divided) == 1
    assert isinstance(built.error, ZeroDivisionError)


def test_a_build_that_ends_early_ends_its_second_process(
    tmp_path: Path, divided: list[dividing.Division], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stops the first."""
    dropped: list[dividing.Division] = []
    drop = dividing.Division.drop

    def dropping(division: dividing.Division) -> None:
        dropped.append(division)
        drop(division)

    monkeypatch.setattr(dividing.Division, "drop", dropping)
    hook = "== hook.py\ndef on_page_markdown(markdown, **_):\n    raise ValueError('stop')\n"
    config = CONFIG + "hooks: [hook.py]\n"
    built = build_site(plant(tmp_path, _TREE + hook, config))
    assert isinstance(built.error, ValueError)
    assert dropped == divided != []


def test_a_plugin_that_looks_at_pages_sees_all_of_each(
    tmp_path: Path, divided: list[dividing.Division]
) -> None:
    """Then nothing is made elsewhere."""
    hook = "== hook.py\ndef on_page_content(html, **_):\n    assert html\n    return html\n"
    built = build_site(plant(tmp_path, _TREE + hook, CONFIG + "hooks: [hook.py]\n"))
    assert built.error is None, built.text
    assert divided == []


def test_a_short_search_is_made_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ready before a second process would be."""
    monkeypatch.setattr(dividing, "may_divide", lambda: pytest.fail("asked"))
    built = build_site(plant(tmp_path, f"== entries/a.md\n{NOTE}"))
    assert built.error is None, built.text


def test_an_interrupted_publish_leaves_nothing_behind(
    tmp_path: Path, divided: list[dividing.Division]
) -> None:
    """No second process, no open file, and Python searches for cycles as before."""
    searches = gc.get_threshold()
    before = set(Path("/proc/self/fd").iterdir())
    root = plant(tmp_path, _TREE + _HOOK, f"{CONFIG}hooks: [hook.py]\n")
    with pytest.raises(KeyboardInterrupt):
        publishing_build(root, tmp_path / "site", None, None)
    assert len(divided) == 1
    assert gc.get_threshold() == searches
    assert set(Path("/proc/self/fd").iterdir()) == before
