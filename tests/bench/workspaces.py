"""The same notes as two sites: pages of plain MkDocs with Material, and the portal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.bench.notes import TODAY, make_notes


class Kind(StrEnum):
    """Who makes a site of the notes; plain MkDocs is what the portal is measured by."""

    PLAIN = "plain"
    PORTAL = "portal"


_COMMON: Final = """\
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
"""
_CONFIGS: Final = {
    # With the notes in its navigation it would take six times as long.
    Kind.PLAIN: f"""{_COMMON}\
nav: [index.md]
not_in_nav: "*.md"
plugins: [search]
""",
    Kind.PORTAL: f"""{_COMMON}\
plugins:
  - search
  - followup:
      me: {{name: Alex Kim, email: alex@example.org}}
      today: {TODAY}
""",
}
_ADDRESSES: Final = {Kind.PLAIN: "{}/", Kind.PORTAL: "notes/{}/"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `mkdocs.yml` and `size` notes in `entries`."""

    root: Path
    kind: Kind
    size: int

    @property
    def notes(self) -> Path:
        """Where the notes lie."""
        return self.root / "entries"

    def address(self, name: str) -> str:
        """Where the site shows the note with this file name."""
        return _ADDRESSES[self.kind].format(name.removesuffix(".md"))


def make_workspace(folder: Path, kind: Kind, size: int) -> Workspace:
    """A new workspace below `folder`."""
    workspace = Workspace(folder / f"{kind}-{size}", kind, size)
    workspace.notes.mkdir(parents=True)
    (workspace.root / "mkdocs.yml").write_text(_CONFIGS[kind], encoding="utf-8")
    (workspace.notes / "index.md").write_text("# My search\n", encoding="utf-8")
    for name, content in make_notes(size):
        (workspace.notes / name).write_bytes(content)
    return workspace
