"""A build of the site for publishing, without MkDocs's own command."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from followup.campaign.model import Campaign
from followup.mkdocs.addresses import Addresses
from followup.mkdocs.loading import ASSETS
from followup.mkdocs.plugin import FollowupPlugin
from followup.mkdocs.policy import script_hashes
from followup.mkdocs.progress import Progress
from followup.mkdocs.today import VARIABLE
from followup.mkdocs.workspace import CONFIG_FILE
from followup.notes.memory import Memory
from followup.site.addresses import CALENDAR

_QUIET: Final = {"NO_MKDOCS_2_WARNING": "1"}


class BuildFailedError(Exception):
    """Why there is no site, as MkDocs or the portal said it."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site in a folder: what it is made of, where it will stand, and what was warned of.

    `base` is the path below which a host serves it, such as `/` or `/search/`; `feed` is the
    address of the calendar feed below that, where there is one. `scripts` are the hashes of the
    theme's inline scripts. `memory` holds what was worked out for it.
    """

    folder: Path
    campaign: Campaign
    base: str
    feed: str | None
    scripts: frozenset[str]
    warnings: tuple[str, ...]
    memory: Memory


def build_site(
    root: Path,
    folder: Path,
    today: date | None,
    hide: Callable[[str], str] | None,
    progress: Progress | None = None,
) -> BuiltSite:
    """The site of the workspace at `root`, as files in `folder`.

    With `hide`, addresses say nothing; the feed's is a secret of its own and stays. Raises
    BuildFailedError where the notes or the settings have errors.
    """
    said = _Said()
    with _environment(today), said.heard():
        try:
            config = load_config(str(root / CONFIG_FILE), site_dir=str(folder), strict=False)
            plugin = config.plugins["followup"]
            assert isinstance(plugin, FollowupPlugin)
            feed = _feed(plugin.options.feed)
            plugin.progress = progress or plugin.progress
            plugin.addresses = Addresses(hide, lambda path: _is_open(path, feed))
            config.plugins.on_startup(command="build", dirty=False)
            base = urlsplit(config.site_url or "/").path or "/"
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except (Abort, MkDocsException) as error:
            raise BuildFailedError(said.errors or str(error)) from error
    return BuiltSite(
        folder=folder,
        campaign=plugin.site.campaign,
        base=f"{base.rstrip('/')}/",
        feed=feed,
        scripts=script_hashes(plugin.inline),
        warnings=tuple(said.warnings),
        memory=plugin.late.memory,
    )


def _feed(token: str | None) -> str | None:
    return f"{CALENDAR}/feed-{token}.ics" if token else None


def _is_open(path: str, feed: str | None) -> bool:
    """Whether an address says nothing anyway, or has to be known outside."""
    return path.startswith(ASSETS) or path in ("robots.txt", feed)


@contextmanager
def _environment(today: date | None) -> Iterator[None]:
    """The environment of a build for the day `today`, without an advertisement."""
    wanted: Mapping[str, str] = _QUIET | ({VARIABLE: today.isoformat()} if today else {})
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Said(logging.Handler):
    """Keeps what MkDocs warns of, which otherwise would be printed in the middle of a progress bar."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self._errors: list[str] = []

    @property
    def errors(self) -> str:
        """All errors, one below the other."""
        return "\n".join(self._errors)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        kept = self._errors if record.levelno >= logging.ERROR else self.warnings
        kept.append(record.getMessage())

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Keep what is said within, and let nobody else print it."""
        logger = logging.getLogger("mkdocs")
        passed_on = logger.propagate
        logger.addHandler(self)
        logger.propagate = False
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.propagate = passed_on
