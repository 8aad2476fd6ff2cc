"""The workspace's copy of the schema with which editors complete and check its notes."""

from __future__ import annotations

import os
from pathlib import PurePath

from followup.mkdocs.workspace import Workspace
from followup.notes.note_schema import SCHEMA_PLACE, render_note_schema
from followup.notes.save import save_whole


def refer_to_schema(workspace: Workspace) -> str | None:
    """The way from the notes folder to the schema, or None where the workspace has no copy.

    A copy of an older version would mark what is right by now, and is renewed. Raises OSError where
    the disk refuses.
    """
    file, notes = workspace.root / SCHEMA_PLACE, workspace.notes.resolve()
    if not file.is_file() or not notes.is_relative_to(workspace.root.resolve()):
        return None
    current = render_note_schema()
    if file.read_bytes() != current.encode():
        save_whole(file, current)
    return PurePath(os.path.relpath(workspace.root.resolve() / SCHEMA_PLACE, notes)).as_posix()
