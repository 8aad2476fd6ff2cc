"""Words that no screen is wide enough for: they break, and no page scrolls sideways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open, serve
from tests.building import build_site, plant

LONG = "Donaudampfschifffahrtsgesellschaften" * 4
BODY = f"""\
## Typical problems
- {LONG} @lee
## What went wrong
- {LONG} #conciseness
  - Better answer: {LONG}
"""


def _note(day: str, body: str) -> str:
    return f"""\
== entries/{day}.md
---
company: {LONG}
title: {LONG}
interview: {{format: panel, start: {day} 10:00, place: {LONG}}}
people:
  - {{id: lee, name: {LONG}, job_title: {LONG}, email: lee@birch.example}}
promises: [{{what: {LONG}, by: 2026-11-24, to: lee}}]
---
{body}"""


@pytest.mark.parametrize("wide", [320, 390, 1440])
def test_no_page_scrolls_sideways(watch: Open, tmp_path: Path, wide: int) -> None:
    """With everything unfolded, too."""
    days = ("2026-11-12", "2026-11-19", "2026-11-26")
    tree = "".join(_note(day, BODY if day < "2026-11-22" else "") for day in days)
    built = build_site(plant(tmp_path, tree))
    assert built.error is None, built.text
    pages = sorted(name.removesuffix("index.html") for name in built.names if "index.html" in name)
    with (
        serve(built.site) as origin,
        watch(origin, viewport={"width": wide, "height": 800}) as seen,
    ):
        too_wide = []
        for page in pages:
            seen.page.goto(f"{origin}{page}")
            seen.page.evaluate(
                "for (const more of document.querySelectorAll('.fu details')) more.open = true"
            )
            if seen.page.evaluate("document.documentElement.scrollWidth") > wide:
                too_wide.append(page)
    assert too_wide == []
