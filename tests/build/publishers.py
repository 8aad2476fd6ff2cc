"""Publishes that are killed: a program of its own, since it forks.

`python -m tests.build.publishers WORKSPACE KILLS WAY` prints after how many kills the old site lay
there, after how many the new one, and after how many none until the next run; or the first that was
not whole. WAY is `exchange`, `renames` or `in-place`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest import mock

from followup.mkdocs.building import BuiltSite, build_site
from followup.mkdocs.progress import Progress
from followup.publish import build, swap
from followup.publish.build import Workplace, publish_vault
from followup.publish.errors import PublishError
from followup.publish.state import load_kept
from followup.publish.target import SHELL_FILES, find_publication, list_files
from followup.publish.vault import METADATA, VaultError, derive_key, open_vault, parse_metadata

PASSPHRASE = "acorn bridge candle dolphin ember falcon"
AROUND = {*SHELL_FILES, METADATA, "404.html", "_headers"}
SWAPPING = "Putting it in place"
RENAMING = 0.01
"""Seconds that a rename takes here, before and after: some kills fall between two of them."""
LONGEST_SWAP = 0.08
"""Seconds; in so long most swaps are over."""


def build_small(template: BuiltSite, version: int) -> Callable[..., BuiltSite]:
    """What builds, in no time, a site that says which version it is."""

    def build_it(_root: Path, folder: Path, *_: object) -> BuiltSite:
        shutil.copytree(template.folder, folder, dirs_exist_ok=True)
        (folder / "version.txt").write_text(str(version), encoding="utf-8")
        return replace(template, folder=folder)

    return build_it


def rename_slowly(self: Path, target: Path) -> Path:
    """A rename on a busy disk."""
    time.sleep(RENAMING)
    os.rename(self, target)  # noqa: PTH104
    time.sleep(RENAMING)
    return target


def swap_in_place(new: Path, target: Path) -> None:
    """What copies one file after the other, to show that the test can see it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(new, target, copy_function=_copy_slowly)


def _copy_slowly(source: str, target: str) -> None:
    """A copy on the same busy disk."""
    time.sleep(RENAMING)
    shutil.copyfile(source, target)


class _Signals(Progress):
    """Says through a pipe when the swap begins."""

    def __init__(self, pipe: int) -> None:
        super().__init__()
        self._pipe = pipe

    def stage(self, what: str, total: int | None = None) -> None:  # noqa: ARG002
        if what == SWAPPING:
            os.write(self._pipe, b"!")


class Publisher:
    """Publishes one version after the other to one folder, in one of the ways."""

    def __init__(self, root: Path, way: str) -> None:
        self.place = Workplace(root, root / "entries", root / "none", root / "public", None)
        self.way = way
        site = root / "site"
        self.template = build_site(root, site, date(2026, 11, 22), None)
        for name in list(list_files(site)):
            # A search index and a few pages are enough; the theme would take a second each time.
            if name.startswith("assets/") or name.endswith(".ics"):
                (site / name).unlink()
        self.key = derive_key(PASSPHRASE, load_kept(root)[0].lock)
        began = time.monotonic()
        self.publish(0)
        self.duration = time.monotonic() - began

    def publish(self, version: int, progress: Progress | None = None) -> None:
        """One whole publish."""
        with ExitStack() as patches:
            patch = mock.patch.object
            small = build_small(self.template, version)
            patches.enter_context(patch(build, "build_site", small))
            patches.enter_context(patch(build, "derive_key", lambda *_: self.key))
            patches.enter_context(patch(Path, "rename", rename_slowly))
            # What a process wrote outlives its end; only a power cut asks for more.
            patches.enter_context(patch(os, "fsync", lambda _: None))
            if self.way == "renames":
                patches.enter_context(patch(swap, "_exchange", lambda *_: False))
            elif self.way == "in-place":
                patches.enter_context(patch(build, "swap_in", swap_in_place))
            publish_vault(self.place, PASSPHRASE, progress or Progress())

    def publish_and_die(self, version: int) -> None:
        """A publish in another process that is killed: anywhere, or while it swaps."""
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                self.publish(version, _Signals(tell))
            finally:
                os._exit(0)
        os.close(tell)
        if version % 2:
            time.sleep(random.uniform(0, self.duration))
        else:
            os.read(told, 1)
            time.sleep(random.uniform(0, LONGEST_SWAP))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(told)

    def version(self) -> int | None:
        """Which version lies in the target; None for no target. Raises ValueError for half a site."""
        target = self.place.target
        if not target.exists():
            return None
        names = set(list_files(target))
        blobs = names - AROUND
        if len(blobs) != 1 or names - blobs != AROUND:
            raise ValueError(f"not whole: {sorted(names)}")
        try:
            find_publication(self.place.root, target)
            metadata = parse_metadata((target / METADATA).read_bytes())
            pack = open_vault(metadata, (target / blobs.pop()).read_bytes(), self.key)
        except (PublishError, VaultError) as error:
            raise ValueError(f"not whole: {error}") from error
        return int(pack.files["version.txt"])


def kill_in_a_loop(publisher: Publisher, kills: int) -> tuple[int, int, int]:
    """Kill a publish again and again, and look at what lies there each time, and after one more."""
    found = [0, 0, 0]
    old = 0
    for version in range(1, kills + 1):
        publisher.publish_and_die(version)
        there = publisher.version()
        if there not in (old, version, None) or (there is None and publisher.way != "renames"):
            raise ValueError(f"after {version} kills {there} lies there")
        found[2 if there is None else there == version] += 1
        old = version + kills
        publisher.publish(old)
        if publisher.version() != old:
            raise ValueError(f"after {version} kills the next run did not publish")
        root = publisher.place.root
        strays = {file.name for file in root.iterdir()} - {
            "entries", "mkdocs.yml", "public", "site", ".followup",
        }  # fmt: skip
        strays |= {f.name for f in (root / ".followup").iterdir() if f.name == "build"}
        if strays:
            raise ValueError(f"after {version} kills {strays} stayed")
    return found[0], found[1], found[2]


if __name__ == "__main__":
    workspace, number, how = sys.argv[1:]
    print(*kill_in_a_loop(Publisher(Path(workspace), how), int(number)))  # noqa: T201
