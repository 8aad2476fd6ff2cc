"""Everything one build shows, read from the disk; or the end of the run, in words for the owner."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel, set_exclusions

from followup.campaign.model import Campaign
from followup.mkdocs.config import notes_prefix, own_templates
from followup.mkdocs.taken import taken_addresses
from followup.mkdocs.today import read_today
from followup.notes.folder import NotesFolder
from followup.notes.memory import Memory
from followup.notes.problems import Problem, Severity
from followup.notes.render import render_problem
from followup.portal.options import Options
from followup.reading import read_notes
from followup.resources import load_assets, page_loader
from followup.site.pages import SitePage, make_environment, plan_site

log = get_plugin_logger(__name__)

ASSETS: Final = "assets/followup/"
_ROBOTS: Final = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages and files of a portal before they have URLs.

    `files` says what gives the bytes of each, by its address.
    """

    folder: NotesFolder
    campaign: Campaign
    pages: tuple[SitePage, ...]
    files: Mapping[str, Callable[[], bytes]]
    environment: Environment


class NotesError(PluginError):
    """The notes have errors, these `problems`, and nothing was built."""

    def __init__(self, said: str, problems: Sequence[Problem]) -> None:
        super().__init__(said)
        self.problems = tuple(problems)


def load_site(
    config: MkDocsConfig,
    options: Options,
    memory: Memory,
    tell: Callable[[str], None],
    *,
    preview: bool,
) -> Site:
    """The site that the notes make; nothing of a broken note goes any further than here."""
    own = own_templates(config, options)
    left_out = partial(_left_out, config)
    reading = read_notes(
        Path(config.docs_dir), own, options, day_of(options), left_out, memory=memory, tell=tell
    )
    tell("Laying out pages")
    plan = plan_site(reading.campaign, memory)
    whole = {ASSETS + name: content for name, content in load_assets(own).items()}
    whole["robots.txt"] = _ROBOTS
    files: dict[str, Callable[[], bytes]] = {
        **plan.files,
        **{key: partial(bytes, content) for key, content in whole.items()},
    }
    keys = [*(page.key for page in plan.pages), *files]
    taken = taken_addresses(reading.folder, keys, partial(_excluded, config))
    _report(sorted({*reading.problems, *taken}), notes_prefix(config))
    environment = make_environment(page_loader(own), preview=preview)
    return Site(reading.folder, reading.campaign, plan.pages, files, environment)


def day_of(options: Options) -> date:
    """The day that the pages take for today."""
    try:
        return read_today(os.environ, options.today)
    except ValueError as error:
        raise PluginError(str(error)) from None


def _excluded(config: MkDocsConfig, path: str) -> bool:
    """Whether `exclude_docs` names a path."""
    return _inclusion(config, path) is InclusionLevel.EXCLUDED


def _left_out(config: MkDocsConfig, path: str) -> bool:
    """Whether `exclude_docs` or `draft_docs` names a path of a note."""
    # What MkDocs leaves out unasked is not read as a note anyway.
    if not (config.exclude_docs or config.draft_docs):
        return False
    return _inclusion(config, path) in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)


def _inclusion(config: MkDocsConfig, path: str) -> InclusionLevel:
    file = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
    set_exclusions([file], config)
    return file.inclusion


def _report(problems: Iterable[Problem], prefix: str) -> None:
    """Log the warnings; end the run if there is an error, with all of them."""
    errors = []
    for problem in problems:
        if problem.severity is Severity.ERROR:
            errors.append(problem)
        else:
            log.warning("%s", render_problem(problem, prefix))
    if errors:
        count = "one error" if len(errors) == 1 else f"{len(errors)} errors"
        told = [f"{count} in the notes; nothing was built"]
        told += [render_problem(problem, prefix) for problem in errors]
        raise NotesError("\n".join(told), errors)
