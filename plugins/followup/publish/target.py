"""The folder that is published into: whether it may be replaced, and what was published there last."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from followup.publish.errors import PublishError
from followup.publish.headers import HEADERS_FILE
from followup.publish.state import FOLDER, Publication, load_published, sum_of
from followup.publish.vault import METADATA, VaultError, parse_metadata

DEFAULT: Final = "public"
SHELL_FILES: Final = frozenset(
    {
        "icon.png",
        "index.html",
        "manifest.webmanifest",
        "robots.txt",
        "shell.css",
        "shell.js",
        "sw.js",
    }
)
"""What ships to lie round a vault."""
NOT_FOUND: Final = "404.html"
_VAULT_NAME: Final = re.compile(r"v-[0-9a-f]{32}\.bin|calendar/feed-[\w-]+\.ics")
_SHOWN: Final = 3


def check_target(root: Path, notes: Path, target: Path, published: tuple[Publication, ...]) -> None:
    """Raise PublishError where `target` may not be replaced: what is not ours stays."""
    _check_place(root, notes, target)
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"`{target.name}` is a file", "name a folder with --to")
    if foreign := _foreign(target, published):
        shown = ", ".join(f"`{name}`" for name in foreign[:_SHOWN])
        more = f" and {len(foreign) - _SHOWN} more" if len(foreign) > _SHOWN else ""
        raise PublishError(
            f"`{target.name}` holds files that were not published by this command: {shown}{more}",
            "name another folder with --to, or empty this one yourself",
        )


def find_publication(root: Path, target: Path) -> Publication:
    """What was published to `target` last, as it lies there.

    A run that was killed may have noted one that it did not put in place. Raises PublishError where
    nothing was published from here, or where the folder was changed since.
    """
    published = load_published(root, target)
    if not published:
        raise PublishError(
            f"nothing was published to `{target.name}` on this computer",
            "run `followup publish` first, or name its folder with --to",
        )
    if not target.is_dir():
        return published[0]
    sums = {name: sum_of((target / name).read_bytes()) for name in sorted(list_files(target))}
    for publication in published:
        if publication.files == sums:
            return publication
    last = published[0].files
    changed = min(name for name in {*last, *sums} if last.get(name) != sums.get(name))
    raise PublishError(
        f"`{target.name}/{changed}` is not as it was published", "run `followup publish` again"
    )


def vault_metadata(target: Path) -> dict[str, Any] | None:
    """The metadata of the vault that lies in `target`, or None where there is none."""
    try:
        return dict(parse_metadata((target / METADATA).read_bytes()))
    except (OSError, VaultError):
        return None


def list_files(folder: Path) -> Iterator[str]:
    """Every file below `folder`, by its path with `/`."""
    for place, _, names in os.walk(folder):
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()


def _check_place(root: Path, notes: Path, target: Path) -> None:
    if target.is_symlink():
        raise PublishError(f"`{target.name}` is a link", "name the folder that it leads to")
    real = target.parent.resolve() / target.name
    kept = (root / FOLDER).resolve()
    for folder, what in ((notes.resolve(), "the notes folder"), (kept, f"`{FOLDER}`")):
        if real.is_relative_to(folder):
            raise PublishError(f"`{target.name}` lies in {what}", "name a folder beside it")
    if root.resolve().is_relative_to(real) or notes.resolve().is_relative_to(real):
        raise PublishError(f"`{target.name}` holds your notes", "name a folder beside them")


def _foreign(target: Path, published: tuple[Publication, ...]) -> list[str]:
    """What lies in `target` and was not published, in order; a link never was."""
    ours = {name for publication in published for name in publication.files}
    known = _is_of_a_vault if vault_metadata(target) else _is_nothing
    return sorted(_strange(target, lambda name: name in ours or known(name)))


def _strange(target: Path, is_ours: Callable[[str], bool]) -> Iterator[str]:
    for place, folders, names in os.walk(target):
        for name in (*folders, *names):
            path = Path(place) / name
            shown = path.relative_to(target).as_posix()
            if path.is_symlink() or (name in names and not is_ours(shown)):
                yield shown


def _is_of_a_vault(name: str) -> bool:
    """Whether a vault has a file of that name: the folder may come from another computer."""
    return name in SHELL_FILES | {METADATA, NOT_FOUND, HEADERS_FILE} or bool(
        _VAULT_NAME.fullmatch(name)
    )


def _is_nothing(_: str) -> bool:
    return False
