"""Ordinary pages and files that would stand where the portal has pages of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mkdocs.structure.files import File

from followup.mkdocs.addresses import address_of, uses
from followup.mkdocs.workspace import Workspace
from followup.notes.folder import NotesFolder
from followup.notes.problems import Problem, Severity
from followup.reading import Reading
from followup.site.addresses import FIRST_PARTS
from followup.site.pages import plan_site


def check_addresses(workspace: Workspace, reading: Reading) -> Reading:
    """`reading` with an error for every page that would stand at an address of the portal."""
    own = _own_addresses(reading.folder, workspace.exclude)
    # The plan of the site takes every letter to be written, and hardly anybody has such a page.
    if not any(address.partition("/")[0] in FIRST_PARTS for _, address in own):
        return reading
    plan = plan_site(reading.campaign)
    keys = [*(page.key for page in plan.pages), *plan.files]
    taken = taken_addresses(reading.folder, keys, workspace.exclude)
    return replace(reading, problems=tuple(sorted({*reading.problems, *taken})))


def taken_addresses(
    folder: NotesFolder, keys: Iterable[str], excluded: Callable[[str], bool]
) -> Iterator[Problem]:
    """An error for every one of them; `excluded` says which files the owner keeps out of the site."""
    portal = {uses(key): key for key in keys}
    for path, address in _own_addresses(folder, excluded):
        key = portal.get(address)
        if key is not None:
            yield Problem(
                path,
                1,
                1,
                Severity.ERROR,
                "address_taken",
                f"this would stand at `/{key}`, an address of the portal",
                "give the file another name",
            )


def _own_addresses(
    folder: NotesFolder, excluded: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """Each page and file of the owner's, with its address as a file system may compare it."""
    for path in (*folder.pages, *folder.files):
        if not excluded(path) and not is_home_text(path, folder):
            file = File(path, "", "", use_directory_urls=True)
            yield path, uses(address_of(file.dest_uri))


def is_home_text(path: str, folder: NotesFolder) -> bool:
    """Whether the page's text stands below Today: `index.md`, or a `README.md` without one."""
    if path == "index.md":
        return True
    return path == "README.md" and "index.md" not in folder.pages
