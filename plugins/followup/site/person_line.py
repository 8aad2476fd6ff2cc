"""A person as one line of a list, and what they are called there."""

from __future__ import annotations

from followup.portal.model import Person
from followup.site.addresses import person_link
from followup.site.folding import fold_text
from followup.site.lookup import Lookup, name_of, occupation
from followup.site.parts import Line
from followup.site.wording import ROLES, sentence


def build_person_line(lookup: Lookup, person: Person, *, company: str = "") -> Line:
    """A person as a line: who they are, and the last contact."""
    what = beside_name(person)
    contact = person.last_contact_on
    return Line(
        title=full_name(person),
        link=person_link(person),
        text=", ".join(filter(None, (what, company))),
        notes=(f"Last contact {lookup.day(contact)}",) if contact else (),
        search=fold_text(full_name(person), what, company),
    )


def beside_name(person: Person) -> str:
    """What somebody is, to stand beside the name: one without a name is called by the job title."""
    if person.name or person.family_name or not person.job_title:
        return occupation(person, both=True)
    return sentence(ROLES[person.role]) if person.role else ""


def full_name(person: Person) -> str:
    """`Ms. Elena Rivera`, `Dr. Ada Okafor`; what is not known is left out."""
    title = person.academic_title or person.honorific
    name = person.name or person.family_name
    return " ".join(filter(None, (title, name))) if name else sentence(name_of(person))
