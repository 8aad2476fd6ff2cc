"""How a person is named where they are written about, without guessing anything."""

from __future__ import annotations

from followup.portal.model import Person


def family_name(person: Person) -> str | None:
    """The family name: as given, else the last of exactly two parts of the name, else None.

    With more parts, or one, or with a comma, any split would be a guess.
    """
    if person.family_name:
        return person.family_name
    parts = (person.name or "").split()
    certain = len(parts) == 2 and "," not in (person.name or "")
    return parts[1] if certain else None


def reference_name(person: Person) -> str:
    """`Ms. Okafor`, `Dr. Okafor`, `Carla Weber`, or `somebody` for a person without a name.

    An academic title comes before an honorific; without either, or without a family name that is
    certain, the full name stands.
    """
    family = family_name(person)
    title = person.academic_title or person.honorific
    if family and title:
        return f"{title} {family}"
    return person.name or family or "somebody"
