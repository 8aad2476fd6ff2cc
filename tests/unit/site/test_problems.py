"""The banner that names what is broken."""

from __future__ import annotations

import pytest

from followup.notes.problems import Problem, Severity
from followup.site.problems import build_problems


@pytest.mark.parametrize(
    ("path", "where", "opens"),
    [
        ("acme.md", "acme.md:3:7", "acme.md"),
        ("../site_templates/drafts/fr.yml", "site_templates/drafts/fr.yml:3:7", ""),
        ("../../site_templates/drafts/fr.yml", "site_templates/drafts/fr.yml:3:7", ""),
    ],
)
def test_where_a_fault_is(path: str, where: str, opens: str) -> None:
    """A note is named within its folder and can be opened; another file from the workspace's."""
    problem = Problem(path, 3, 7, Severity.ERROR, "yaml", "this is no YAML")
    (fault,) = build_problems([problem]).faults
    assert (fault.where, fault.path) == (where, opens)
