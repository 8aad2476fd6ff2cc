"""The files that make the portal look and speak: those that ship, and a workspace's own before them.

A workspace overrides file by file: `site_templates/drafts/en.yml` beside its `mkdocs.yml` stands in
for the one that ships, and every other file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader

import followup
from followup.campaign.drafts import book_for
from followup.campaign.phrasebook import Phrasebook, parse_phrasebook
from followup.notes.problems import Problem
from followup.portal.options import OptionProblem, Options

_NAME = "site_templates"


def shipped_folder() -> Path:
    """The folder that ships: inside the installed package, or at the root of the source tree."""
    package = Path(followup.__file__).resolve().parent
    inside = package / _NAME
    return inside if inside.is_dir() else package.parent.parent / _NAME


def template_folders(own: Path | None) -> tuple[Path, ...]:
    """The workspace's folder, where it has one of its own, then the one that ships."""
    shipped = shipped_folder()
    if own is None or not own.is_dir() or own.resolve() == shipped:
        return (shipped,)
    return own, shipped


def theme_folders(own: Path | None) -> tuple[Path, ...]:
    """The folders with templates that stand before those of the theme."""
    return tuple(theme for folder in template_folders(own) if (theme := folder / "theme").is_dir())


def page_loader(own: Path | None) -> BaseLoader:
    """Where the templates of the portal's pages are looked up: `pages/today.html`."""
    return ChoiceLoader([FileSystemLoader(folder) for folder in template_folders(own)])


def load_assets(own: Path | None) -> Mapping[str, bytes]:
    """The style sheets, scripts and pictures of the portal by name, in order of their names."""
    return {name: file.read_bytes() for name, file in _merged(own, "assets")}


def load_phrasebooks(own: Path | None) -> tuple[Mapping[str, Phrasebook], tuple[Problem, ...]]:
    """The phrasebooks by language, and every fault in them; its path is relative to the notes."""
    phrasebooks = {}
    problems: list[Problem] = []
    for name, file in _merged(own, "drafts"):
        if file.suffix != ".yml":
            continue
        phrasebook, found = parse_phrasebook(
            file.read_text(encoding="utf-8"), f"../{_NAME}/drafts/{name}"
        )
        problems += found
        if phrasebook is not None:
            phrasebooks[file.stem] = phrasebook
    return phrasebooks, tuple(problems)


def check_resources(workspace: Path, options: Options) -> tuple[OptionProblem, ...]:
    """What the options ask for that is not there: a folder of templates, a language of drafts."""
    own = workspace / options.templates
    problems = []
    if options.templates != Options().templates and not own.is_dir():
        problems.append(
            OptionProblem(
                "templates", f"the folder `{options.templates}` does not exist",
                "make it beside `mkdocs.yml`, or take the option out",
            )
        )  # fmt: skip
    phrasebooks, _ = load_phrasebooks(own)
    if book_for(options.language, phrasebooks) is None:
        problems.append(
            OptionProblem(
                "language", f"there is no phrasebook for `{options.language}`",
                f"one of {', '.join(sorted(phrasebooks))}",
            )
        )  # fmt: skip
    return tuple(problems)


def _merged(own: Path | None, part: str) -> Iterator[tuple[str, Path]]:
    """Every file below `part` of any folder, each as the first folder has it, sorted by name."""
    found: dict[str, Path] = {}
    for folder in template_folders(own):
        for file in (folder / part).rglob("*"):
            name = file.relative_to(folder / part)
            if file.is_file() and not any(piece.startswith(".") for piece in name.parts):
                found.setdefault(name.as_posix(), file)
    yield from sorted(found.items())
