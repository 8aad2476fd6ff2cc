"""The files that make the portal look and speak: those that ship, and a workspace's own before them.

A workspace overrides file by file: `site_templates/drafts/en.yml` beside its `mkdocs.yml` stands in
for the one that ships, and every other file stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import followup
from followup.campaign.language_names import nearest_language
from followup.campaign.on_demand import OnDemand
from followup.campaign.phrase_options import Phrases, lay_phrases
from followup.campaign.phrasebook import Phrasebook, has_book
from followup.campaign.phrasebook_files import BookFile, Books, build_books
from followup.notes.problems import Problem, Severity
from followup.notes.wording import one_of
from followup.portal.options import OptionProblem, Options

if TYPE_CHECKING:
    from jinja2 import BaseLoader

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
    # Asked for late: a terminal shows no page.
    from jinja2 import ChoiceLoader, FileSystemLoader

    return ChoiceLoader([FileSystemLoader(folder) for folder in template_folders(own)])


def load_page_templates(own: Path | None) -> Mapping[str, bytes]:
    """The templates of the portal's pages by name."""
    return {name: file.read_bytes() for name, file in _merged(own, "pages")}


def load_assets(own: Path | None) -> Mapping[str, bytes]:
    """The style sheets, scripts and pictures of the portal by name, in order of their names."""
    return {name: file.read_bytes() for name, file in _merged(own, "assets")}


def load_shell(own: Path | None) -> Mapping[str, bytes]:
    """The files round an encrypted site by name: the page that asks for the passphrase, and its."""
    return {name: file.read_bytes() for name, file in _merged(own, "vault")}


def load_phrasebooks(
    own: Path | None, phrases: Phrases | None = None, notes: Path | None = None
) -> tuple[Mapping[str, Phrasebook], tuple[Problem, ...]]:
    """The phrasebooks by language, and every fault in them; its path is relative to the notes.

    `phrases` are the workspace's settings for single ones; what is wrong with those is an error of
    the settings, and told by `check_resources`. `notes` is the folder of the notes, else one beside
    the workspace's own templates.
    """
    books: Mapping[str, Phrasebook]
    problems: tuple[Problem, ...] = ()
    # Whoever works on the books that ship makes mistakes in them, too.
    is_source = own is not None and own.resolve() == shipped_folder()
    if phrases or is_source or (own and any(_book_paths(own))):
        shelf = _load_books(own)
        books, problems = lay_phrases(shelf, phrases or {}).books, shelf.problems
    else:
        # Those that ship have no faults.
        books = OnDemand(lambda: _load_books(None).books, _book_names(None))
    if own is None:
        return books, problems
    problems = (*problems, *_unread_books(own))
    return books, tuple(
        replace(found, path=f"{_way(own, notes)}/{found.path}") for found in problems
    )


def _way(own: Path, notes: Path | None) -> str:
    """The way from the notes to the workspace's templates."""
    if notes is None:
        return f"../{own.name}"
    try:
        return Path(os.path.relpath(own, notes)).as_posix()
    except ValueError:  # they lie on two drives
        return own.as_posix()


def _unread_books(own: Path) -> Iterator[Problem]:
    """Files that are meant as phrasebooks, and are none by the end of their names."""
    for file in sorted((own / "drafts").glob("*.y*ml")):
        if file.suffix != ".yml" and not file.name.startswith("."):
            yield Problem(
                f"drafts/{file.name}", 1, 1, Severity.WARNING, "unread_phrasebook",
                f"`{file.name}` is not read: the name of a phrasebook ends in `.yml`",
                f"name it `{file.stem}.yml`",
            )  # fmt: skip


def _load_books(own: Path | None) -> Books:
    """The books in every folder: one of the workspace may rest on one that ships."""
    shipped = shipped_folder()
    return build_books(
        tuple(
            BookFile(file.stem, f"drafts/{file.name}", file.read_bytes(), folder != shipped)
            for folder in template_folders(own)
            for file in _book_paths(folder)
        )
    )


def _book_names(own: Path | None) -> frozenset[str]:
    """The languages that have a file, also where that has faults."""
    return frozenset(file.stem for folder in template_folders(own) for file in _book_paths(folder))


def _book_paths(folder: Path) -> list[Path]:
    return [
        file
        for file in sorted((folder / "drafts").glob("*.yml"))
        if file.is_file() and not file.name.startswith(".")
    ]


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
    names = _book_names(own)
    if not has_book(options.language, names):
        near = nearest_language(options.language, names)
        problems.append(
            OptionProblem(
                "language", f"there is no phrasebook for `{options.language}`",
                f"did you mean `{near}`?" if near else one_of(sorted(names)),
            )
        )  # fmt: skip
    if not options.phrases:
        return tuple(problems)
    return (*problems, *lay_phrases(_load_books(own), options.phrases).problems)


def _merged(own: Path | None, part: str) -> Iterator[tuple[str, Path]]:
    """Every file below `part` of any folder, each as the first folder has it, sorted by name."""
    found: dict[str, Path] = {}
    for folder in template_folders(own):
        for file in (folder / part).rglob("*"):
            name = file.relative_to(folder / part)
            if file.is_file() and not any(piece.startswith(".") for piece in name.parts):
                found.setdefault(name.as_posix(), file)
    yield from sorted(found.items())
