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
from followup.reading import Reading, read_notes
from followup.resources import load_assets, page_loader
from followup.site.pages import SitePage, make_environment, plan_site

log = get_plugin_logger(__name__)

ASSETS: Final = "assets/followup/"
_ROBOTS: Final = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages and files of a portal before they have URLs.

    `files` says what gives the bytes of each, by its address. `left_out` is what is wrong in notes
    that were not read for it.
    """

    folder: NotesFolder
    campaign: Campaign
    pages: tuple[SitePage, ...]
    files: Mapping[str, Callable[[], bytes]]
    environment: Environment
    left_out: tuple[Problem, ...] = ()


class NotesError(PluginError):
    """The notes have errors, these `problems`, and nothing was built."""

    def __init__(self, said: str, problems: Sequence[Problem]) -> None:
        super().__init__(said)
        self.problems = tuple(problems)


class LeftOutError(NotesError):
    """The notes have errors, and those that have were left out."""


def load_site(
    config: MkDocsConfig,
    options: Options,
    memory: Memory,
    tell: Callable[[str], None],
    *,
    preview: bool,
    whole: bool = True,
) -> Site:
    """The site that the notes make; nothing of a broken note goes any further than here.

    Such a note ends the run or, where the site need not be `whole`, is left out of it.
    """
    own = own_templates(config, options)
    read = partial(
        read_notes, Path(config.docs_dir), own, options, day_of(options), memory=memory, tell=tell
    )
    reading, broken = _read_sound(read, partial(_left_out, config), whole=whole)
    tell("Laying out pages")
    plan = plan_site(reading.campaign, memory)
    fixed = {ASSETS + name: content for name, content in load_assets(own).items()}
    fixed["robots.txt"] = _ROBOTS
    files: dict[str, Callable[[], bytes]] = {
        **plan.files,
        **{key: partial(bytes, content) for key, content in fixed.items()},
    }
    keys = [*(page.key for page in plan.pages), *files]
    taken = taken_addresses(reading.folder, keys, partial(_excluded, config))
    _report({*reading.problems, *taken}, broken, notes_prefix(config))
    if broken:
        said = [render_problem(problem, notes_prefix(config)) for problem in broken]
        log.error("%s", "\n".join(["notes with errors, left out until they are mended:", *said]))
    environment = make_environment(page_loader(own), preview=preview)
    return Site(reading.folder, reading.campaign, plan.pages, files, environment, broken)


def _read_sound(
    read: Callable[[Callable[[str], bool]], Reading],
    left_out: Callable[[str], bool],
    *,
    whole: bool,
) -> tuple[Reading, tuple[Problem, ...]]:
    """What the notes say and, unless they are to be read as a `whole`, the errors of the broken.

    Without one file another may have an error that it had not, so all are read once more. A page
    that is too large can be broken as well.
    """
    broken: set[Problem] = set()

    def is_passed_over(path: str) -> bool:
        return left_out(path) or any(problem.path == path for problem in broken)

    while True:
        reading = read(is_passed_over)
        files = frozenset((*reading.folder.notes, *reading.folder.pages, *reading.folder.files))
        found = {
            problem
            for problem in reading.problems
            if problem.severity is Severity.ERROR and problem.path in files
        }
        if whole or not found:
            return reading, tuple(sorted(broken))
        broken |= found


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


def _report(problems: Iterable[Problem], left_out: Iterable[Problem], prefix: str) -> None:
    """Log the warnings; end the run if there is an error, with all of them and those `left_out`."""
    errors = []
    for problem in sorted(problems):
        if problem.severity is Severity.ERROR:
            errors.append(problem)
        else:
            log.warning("%s", render_problem(problem, prefix))
    if errors:
        errors = sorted({*errors, *left_out})
        count = "one error" if len(errors) == 1 else f"{len(errors)} errors"
        told = [f"{count} in the notes; nothing was built"]
        told += [render_problem(problem, prefix) for problem in errors]
        raise NotesError("\n".join(told), errors)
