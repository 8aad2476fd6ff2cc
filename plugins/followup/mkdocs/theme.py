"""The theme without what costs every build time: its thousands of icons, and compiling it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from mkdocs.theme import Theme


class PortalTheme(Theme):
    """`theme` as it is, also in what is still done to it, with its templates found and read faster.

    They are compiled once for as long as `compiled` keeps them.
    """

    def __init__(self, theme: Theme, compiled: BytecodeCache) -> None:
        vars(self).update(vars(theme))
        self._compiled = compiled

    def get_env(self) -> Environment:
        """An environment for the theme, as MkDocs makes one."""
        env = super().get_env()
        env.loader = _Loader(self.dirs)
        env.bytecode_cache = self._compiled
        return env


class _Loader(FileSystemLoader):
    """Lists no hidden folder: MkDocs, which alone asks for the list, leaves out what is in one."""

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _names(folder)})


def _names(root: str) -> Iterator[str]:
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not name.startswith(".")]
        inside = Path(folder).relative_to(root)
        yield from ((inside / name).as_posix() for name in names)
