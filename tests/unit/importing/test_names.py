"""Names as directories and mail programs write them."""

from __future__ import annotations

import pytest

from followup.importing.names import Named, parse_name


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Ngozi Okafor", Named("Ngozi Okafor")),
        ("Lind, Jonas (HR)", Named("Jonas Lind")),
        ("LIND, JONAS [External]", Named("JONAS LIND")),
        ("van der Berg, Jan", Named("Jan van der Berg", family_name="van der Berg")),
        ("Dr. Jane Doe", Named("Jane Doe", academic_title="Dr.")),
        ("Prof. Dr. Doe, Jane", Named("Jane Doe", academic_title="Prof. Dr.")),
        ("Doe, Dr. Jane", Named("Jane Doe", academic_title="Dr.")),
        ("Frau Dr. Erika Muster", Named("Erika Muster", "Ms.", "Dr.")),
        ("Jane Doe, Ph.D., MBA", Named("Jane Doe")),
        ("Doe, Jane, SHRM-CP", Named("Jane Doe")),
        ("Miss", Named("Miss")),
        ("(HR)", Named("(HR)")),
        ("a: [b], {c} # d", Named("a: [b], {c} # d")),
        ("O’Neil-Smith, Mary J.", Named("Mary J. O’Neil-Smith")),
        ("One, Two, Three", Named("One, Two, Three")),
        ("Dr. Dr. Max Muster", Named("Dr. Max Muster", academic_title="Dr.")),
    ],
)
def test_names_as_others_write_them(written: str, named: Named) -> None:
    """The given name comes first, titles stand by themselves, and degrees and departments go."""
    assert parse_name(written) == named
