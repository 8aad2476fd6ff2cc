"""From a change in a note to the page in the browser, under a real `mkdocs serve`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from random import Random
from threading import Event
from time import perf_counter
from typing import Final
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.bench.edits import EDITS, Change
from tests.bench.figures import Figures
from tests.bench.workspaces import Workspace
from tests.serving import Preview, serving

_EPOCH: Final = re.compile(r"livereload\((\d+), \d+\)")
_PATIENCE: Final = 600.0
"""Seconds: the longest that a build may take before the benchmark gives up."""
_LOOKS_EVERY: Final = 0.5
"""Seconds between two looks of MkDocs at the notes."""


def measure_edits(workspaces: Sequence[Workspace], runs: int, figures: Figures) -> Iterator[str]:
    """Preview the sites of each size, and change the same notes in one after the other.

    Yields what comes next. Both previews of a size run for as long as that size is measured.
    """
    chance = Random("edits")
    for size, same in groupby(workspaces, key=lambda workspace: workspace.size):
        if not size:
            continue
        plain, portal = same
        yield f"{size:,} notes: starting both previews"
        with (
            serving(plain.root, patience=_PATIENCE) as first,
            serving(portal.root, patience=_PATIENCE) as second,
        ):
            pairs = ((plain, first), (portal, second))
            for run, what, (site, preview) in product(range(runs), EDITS, pairs):
                yield f"run {run + 1} of {runs}: {size:,} notes, {site.kind}, one note {what}"
                # Whoever writes does not keep step with MkDocs's looks.
                Event().wait(chance.random() * _LOOKS_EVERY)
                seconds = _change(site, preview, EDITS[what](site, run))
                figures.add(what, site.kind, size, seconds)


def _change(workspace: Workspace, preview: Preview, change: Change) -> float:
    """Seconds from the writing of a note until its page has been sent to a browser that waits."""
    epoch = _epoch(_get(preview, ""))
    start = perf_counter()
    (workspace.notes / change.name).write_text(change.text, encoding="utf-8", newline="\n")
    address = workspace.address(change.name)
    while perf_counter() - start < _PATIENCE:
        # The answer comes with the next build, or after a minute without one.
        now = int(_get(preview, f"livereload/{epoch}/{epoch}"))
        if now > epoch and change.words in _get(preview, address):
            return perf_counter() - start
        epoch = now
    raise TimeoutError(f"{preview.address}{address} does not show `{change.words}`")


def _get(preview: Preview, path: str) -> str:
    """A page as it is served, however it is served; nothing for one that is not there."""
    try:
        with urlopen(preview.address + path, timeout=_PATIENCE) as answer:
            text: str = answer.read().decode()
            return text
    except HTTPError:
        return ""


def _epoch(page: str) -> int:
    """When the page was made, by MkDocs's own count."""
    found = _EPOCH.search(page)
    assert found, "the preview's pages do not reload"
    return int(found[1])
