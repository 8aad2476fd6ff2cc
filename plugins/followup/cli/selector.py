"""The argument SELECTOR: what somebody types to mean a follow-up."""

from __future__ import annotations

import os
from pathlib import Path

import click

from followup.campaign.model import FollowUp
from followup.campaign.selecting import fitting_applications, select, suggest
from followup.cli.showing import shown
from followup.mkdocs.workspace import Workspace
from followup.notes.wording import quote
from followup.reading import Reading


def find_follow_ups(reading: Reading, workspace: Workspace, text: str) -> tuple[FollowUp, ...]:
    """The follow-ups that `text` fits; ends the run with wrong usage where it fits none."""
    paths = note_paths(text, workspace.notes, Path.cwd())
    found = select(reading.campaign, text, paths)
    if not found:
        why, hint = explain_nothing(reading, workspace, text, paths)
        raise click.UsageError(f"{why}\n  hint: {hint}")
    return found


def note_paths(text: str, notes: Path, here: Path) -> tuple[str, ...]:
    r"""What `text` may mean as a file below `notes`, typed there or in the folder `here`.

    A path with `\` is also taken for one of Windows, and a link for the file it leads to.
    """
    if not text.strip() or "\0" in text:
        return ()
    found: dict[str, None] = {}
    for written in dict.fromkeys((text, text.replace("\\", "/"))):
        for folder in (notes, here):
            for follow in (os.path.abspath, os.path.realpath):
                file, top = Path(follow(folder / written)), Path(follow(notes))
                if file.is_relative_to(top):
                    found[file.relative_to(top).as_posix()] = None
    return tuple(found)


def explain_nothing(
    reading: Reading, workspace: Workspace, text: str, paths: tuple[str, ...]
) -> tuple[str, str]:
    """Why nothing was found, and what to do."""
    campaign = reading.campaign
    known = {path for path in paths if path in campaign.portal.entries}
    if known:
        note = shown(f"{workspace.prefix}{min(known)}")
        return f"nothing is to be done for {note}", "`followup today` shows what is"
    broken = set(paths) & {*reading.folder.notes, *(p.path for p in reading.folder.problems)}
    if broken:
        note = shown(f"{workspace.prefix}{min(broken)}")
        return f"{note} has errors, so nothing is known of it", "`followup check` says what to mend"
    if fitting_applications(campaign.portal, text):
        return f"nothing is to be done for {quote(text)}", "`followup today` shows what is"
    near = suggest(campaign, text)
    if near:
        return f"nothing fits {quote(text)}", f"did you mean {' or '.join(map(quote, near))}?"
    words = "words of the company, the job title or a name"
    hint = f"type a note's path, the first characters of a uid, or {words}"
    return f"nothing fits {quote(text)}", f"{hint}; `followup draft` lists what can be written"
