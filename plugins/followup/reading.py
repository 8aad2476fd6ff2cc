"""From a folder of notes to all that is derived from it: the way every command and build goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from followup.campaign.build import build_campaign
from followup.campaign.model import Campaign
from followup.notes.folder import NotesFolder, load_entries
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


def read_notes(notes: Path, own_templates: Path | None, options: Options, today: date) -> Reading:
    """Everything that the notes below `notes` say on the day `today`."""
    folder = load_entries(notes)
    portal = build_portal(folder.entries, today, options)
    phrasebooks, faults = load_phrasebooks(own_templates)
    campaign, missing = build_campaign(portal, phrasebooks)
    problems = {*folder.problems, *portal.problems, *faults, *missing}
    return Reading(folder, campaign, tuple(sorted(problems)))
