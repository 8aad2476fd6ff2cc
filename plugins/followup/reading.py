"""From a folder of notes to all that is derived from it: the way every command and build goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from followup.beside import do_all
from followup.campaign.build import build_campaign
from followup.campaign.model import Campaign
from followup.notes.folder import NotesFolder, load_entries
from followup.notes.garbage import no_search_for_cycles
from followup.notes.memory import Memory
from followup.notes.problems import Problem, Severity
from followup.portal.build import build_portal
from followup.portal.options import Options
from followup.resources import load_phrasebooks


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder of notes with everything derived from those notes that could be read.

    `problems` are all of them, sorted: what is wrong in single notes, between notes, and in
    phrasebooks.
    """

    folder: NotesFolder
    campaign: Campaign
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended before a site may be built."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@no_search_for_cycles()
def read_notes(
    notes: Path,
    own_templates: Path | None,
    options: Options,
    today: date,
    left_out: Callable[[str], bool] = lambda _: False,
    memory: Memory | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Reading:
    """Everything that the notes below `notes` say on the day `today`.

    `left_out` says of a path whether its owner keeps it out of the site: such a note is none, and
    what is wrong with it is of no interest. With a `memory`, which changes nothing of the result,
    only what has changed since the run before is worked out again. `tell` hears which stage begins.
    """
    tell("Reading notes")
    memory = memory or Memory()
    folder = _without(load_entries(notes, memory), left_out)
    tell("Planning follow-ups and drafts")
    portal = build_portal(folder.entries, today, options, memory)
    phrasebooks, faults = load_phrasebooks(own_templates, options.phrases, notes)
    campaign, missing = build_campaign(portal, phrasebooks, memory, do_all)
    # A phrasebook that cannot be used is one fault, not one in every note of its language.
    missing = () if any(fault.severity is Severity.ERROR for fault in faults) else missing
    problems = {*folder.problems, *portal.problems, *faults, *missing}
    return Reading(folder, campaign, tuple(sorted(problems)))


def _without(folder: NotesFolder, left_out: Callable[[str], bool]) -> NotesFolder:
    return replace(
        folder,
        entries=tuple(entry for entry in folder.entries if not left_out(entry.path)),
        notes=tuple(path for path in folder.notes if not left_out(path)),
        problems=tuple(problem for problem in folder.problems if not left_out(problem.path)),
    )
