"""Everything one build shows, read from the disk; or the end of the run, in words for the owner."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel, set_exclusions

from followup.campaign.model import Campaign
from followup.mkdocs.addresses import address_of, uses
from followup.mkdocs.config import notes_prefix, own_templates
from followup.mkdocs.today import read_today
from followup.notes.folder import NotesFolder
from followup.notes.problems import Problem, Severity
from followup.notes.render import render_problem
from followup.portal.options import Options
from followup.reading import read_notes
from followup.resources import load_assets, page_loader
from followup.site.pages import SitePage, build_files, build_pages, make_environment

log = get_plugin_logger(__name__)

ASSETS: Final = "assets/followup/"
_ROBOTS: Final = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages and files of a portal before they have URLs; `files` are whole, by address."""

    campaign: Campaign
    pages: tuple[SitePage, ...]
    files: Mapping[str, bytes]
    environment: Environment


class NotesError(PluginError):
    """The notes have errors, and nothing was built."""


def load_site(config: MkDocsConfig, options: Options) -> Site:
    """The site that the notes make; nothing of a broken note goes any further than here."""
    own = own_templates(config, options)
    reading = read_notes(Path(config.docs_dir), own, options, _today(options))
    pages = build_pages(reading.campaign)
    files = {
        **build_files(reading.campaign),
        **{ASSETS + name: content for name, content in load_assets(own).items()},
        "robots.txt": _ROBOTS,
    }
    taken = _taken_addresses(config, reading.folder, [*(page.key for page in pages), *files])
    _report(sorted({*reading.problems, *taken}), notes_prefix(config))
    return Site(reading.campaign, pages, files, make_environment(page_loader(own)))


def _today(options: Options) -> date:
    try:
        return read_today(os.environ, options.today)
    except ValueError as error:
        raise PluginError(str(error)) from None


def _taken_addresses(
    config: MkDocsConfig, folder: NotesFolder, keys: Iterable[str]
) -> Iterable[Problem]:
    """An error for every ordinary page or file that would stand where the portal has its own."""
    portal = {uses(key): key for key in keys}
    for file in _ordinary_files(config, folder):
        key = portal.get(uses(address_of(file.dest_uri)))
        if key is not None and not _is_home_text(file, folder):
            yield Problem(
                file.src_uri,
                1,
                1,
                Severity.ERROR,
                "address_taken",
                f"this would stand at `/{key}`, an address of the portal",
                "give the file another name",
            )


def _ordinary_files(config: MkDocsConfig, folder: NotesFolder) -> Sequence[File]:
    found = [
        File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        for path in (*folder.pages, *folder.files)
    ]
    set_exclusions(found, config)
    return [file for file in found if file.inclusion is not InclusionLevel.EXCLUDED]


def _is_home_text(file: File, folder: NotesFolder) -> bool:
    """Whether the file's text stands below Today: `index.md`, or a `README.md` without one."""
    if file.src_uri == "index.md":
        return True
    return file.src_uri == "README.md" and "index.md" not in folder.pages


def _report(problems: Iterable[Problem], prefix: str) -> None:
    """Log the warnings; end the run if there is an error, with all of them."""
    errors = []
    for problem in problems:
        if problem.severity is Severity.ERROR:
            errors.append(render_problem(problem, prefix))
        else:
            log.warning("%s", render_problem(problem, prefix))
    if errors:
        count = "one error" if len(errors) == 1 else f"{len(errors)} errors"
        raise NotesError("\n".join([f"{count} in the notes; nothing was built", *errors]))
