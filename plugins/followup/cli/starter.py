"""The files of a new workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template
from typing import Final

import yaml

import followup
from followup.campaign.workdays import Workdays
from followup.notes.note_schema import SCHEMA_PLACE, render_note_schema

_SHIPPED: Final = Path(followup.__file__).with_name("starter")
_ENGLISH: Final = "en"
_NO_FOLDING: Final = 10**6


@dataclass(frozen=True, slots=True)
class Settings:
    """What a new workspace knows of its owner; an empty name or address is not known."""

    name: str
    email: str
    country: str
    timezone: str
    language: str


def render_starter(settings: Settings, today: date) -> Mapping[str, str]:
    """The text of each file by its path in the workspace; the example is of the last days."""
    days = _days(settings.country, today)
    example = f"entries/{days['interview_on']}-example-logistics-panel.md"
    return {
        "mkdocs.yml": _fill("mkdocs.yml", _setting_lines(settings)),
        ".gitignore": _fill("gitignore", {}),
        "README.md": _fill("README.md", {"example": example, "start": f"{today} 14:00"}),
        SCHEMA_PLACE: render_note_schema(),
        example: _fill(
            "example.md",
            {**days, "schema": SCHEMA_PLACE, "language": _example_language(settings.language)},
        ),
    }


def _fill(name: str, values: Mapping[str, str]) -> str:
    return Template((_SHIPPED / name).read_text(encoding="utf-8")).substitute(values)


def _setting_lines(settings: Settings) -> Mapping[str, str]:
    """Each setting as a line of YAML; one that is not known as a comment to fill in."""
    given = {key: getattr(settings, key) for key in Settings.__slots__}
    known = {key: _line(key, value) for key, value in given.items() if value}
    return {"name": "# name: Alex Kim", "email": "# email: alex@example.org", **known}


def _line(key: str, value: str) -> str:
    return yaml.safe_dump({key: value}, allow_unicode=True, width=_NO_FOLDING).rstrip("\n")


def _days(country: str, today: date) -> Mapping[str, str]:
    """The days of the example: whatever day today is, there is something to do."""
    workdays = Workdays(country)
    interview_on = workdays.add(today, -1)
    days = {
        "today": today,
        "interview_on": interview_on,
        "applied_on": workdays.add(interview_on, -12),
        "invited_on": workdays.add(interview_on, -5),
        "promise_by": workdays.add(interview_on, 3),
        "decision_by": workdays.add(interview_on, 10),
    }
    return {key: day.isoformat() for key, day in days.items()}


def _example_language(language: str) -> str:
    """A line that keeps the example's letters in the language of its text, where it is needed."""
    if language.partition("-")[0] == _ENGLISH:
        return ""
    return f"language: {_ENGLISH}                          # of the letters about this job\n"
