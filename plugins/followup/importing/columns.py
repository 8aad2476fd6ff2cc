"""What each column of a table holds: by its name in one of four languages, or as its owner says."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from followup.importing.dates import DateOrder
from followup.importing.foreign import FileFault
from followup.notes.wording import quote

FIELDS: Final[Mapping[str, str]] = {
    "company": """company, company name, employer, organisation, organization, firm, business,
        unternehmen, firma, arbeitgeber, betrieb, firmenname, entreprise, société, employeur,
        nom de l'entreprise, empresa, compañía, empleador, nombre de la empresa""",
    "title": """title, job title, position, role, job, job name, position title, vacancy, opening,
        stelle, stellenbezeichnung, jobtitel, beruf, funktion, position bezeichnung, stellentitel,
        poste, intitulé du poste, intitulé, emploi, fonction, titre, titre du poste,
        puesto, cargo, título, título del puesto, vacante, oferta de empleo""",
    "applied_on": """applied on, date applied, application date, applied, applied date, applied at,
        date of application, submitted, submitted on, date submitted, application submitted,
        beworben am, bewerbungsdatum, bewerbung am, datum der bewerbung, bewerbung vom, beworben,
        date de candidature, candidature envoyée le, postulé le, date d'envoi,
        fecha de solicitud, fecha de candidatura, fecha de postulación, solicitado el, postulado el""",
    "saved_on": """saved on, saved date, date saved, saved, created at, created on, created,
        date created, date added, added on, added, bookmarked, gespeichert am, erstellt am,
        hinzugefügt am, angelegt am, date d'ajout, ajouté le, enregistré le, créé le,
        guardado el, fecha de creación, creado el, añadido el""",
    "status": """status, stage, application status, outcome, result, stand, phase, ergebnis,
        bewerbungsstatus, statut, étape, état, résultat, estado, etapa, fase, resultado""",
    "job_url": """job url, url, link, job link, job posting, posting url, application url, website,
        job ad, advert, job posting url, stellenanzeige, anzeige, webseite, internetadresse,
        lien, lien de l'offre, annonce, enlace, enlace de la oferta, anuncio, página web""",
    "location": """location, city, place, office, job location, ort, standort, arbeitsort, stadt,
        einsatzort, lieu, ville, localisation, ubicación, ciudad, lugar, localidad""",
    "workplace": """workplace, workplace type, work type, remote, work model, work mode, remote type,
        arbeitsmodell, homeoffice, arbeitsform, mode de travail, télétravail,
        modalidad, modalidad de trabajo, teletrabajo""",
    "source": """source, job source, found on, found through, found via, where found, platform,
        job board, quelle, gefunden über, gefunden bei, plattform, portal, jobbörse,
        source de l'offre, trouvé via, trouvé sur, plateforme,
        fuente, origen, encontrado en, plataforma""",
    "resume": """resume, résumé, resume name, cv, cv version, resume version, lebenslauf, cv name,
        currículum, currículo, curriculum""",
    "contact": """contact, contact name, contact person, recruiter, hiring manager, recruiter name,
        ansprechpartner, ansprechpartnerin, ansprechperson, kontakt, kontaktperson,
        personne de contact, interlocuteur, recruteur, contacto, persona de contacto, reclutador""",
    "contact_email": """contact email, email, e-mail, e-mail address, email address, recruiter email,
        kontakt e-mail, e-mail-adresse, mail, courriel, adresse e-mail, correo,
        correo electrónico, e-mail del contacto""",
    "notes": """notes, note, comment, comments, remarks, notizen, notiz, bemerkung, bemerkungen,
        kommentar, anmerkungen, remarque, remarques, commentaire, commentaires,
        notas, nota, comentario, comentarios, observaciones""",
}
"""What a note can take from a table, with the names that such a column has."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The table of one program: the whole head, what its columns hold, and what goes without saying.

    `source` is where all its openings were found, `dates` how it writes days. `ends_lines` says that
    each of its lines ends with a break, `fills_cells` that none of its cells is empty: where that is
    not so, the file is not whole.
    """

    name: str
    head: tuple[str, ...]
    fields: Mapping[str, str]
    source: str | None = None
    dates: DateOrder | None = None
    optional: frozenset[str] = frozenset()
    ends_lines: bool = False
    fills_cells: bool = False


LAYOUTS: Final = (
    # The address and the number in it are the applicant's own.
    Layout(
        "LinkedIn's applications",
        ("Application Date", "Contact Email", "Contact Phone Number", "Company Name", "Job Title",
         "Job Url", "Resume Name", "Question And Answers"),
        {"applied_on": "Application Date", "company": "Company Name", "title": "Job Title",
         "job_url": "Job Url", "resume": "Resume Name"},
        source="LinkedIn",
        dates=DateOrder.MONTH,
        ends_lines=True,
    ),
    Layout(
        "LinkedIn's saved jobs",
        ("Saved Date", "Job Url", "Job Title", "Company Name"),
        {"saved_on": "Saved Date", "company": "Company Name", "title": "Job Title",
         "job_url": "Job Url"},
        source="LinkedIn",
        dates=DateOrder.MONTH,
        ends_lines=True,
    ),
    Layout(
        "JobSync's jobs",
        ("index", "createdAt", "applied", "appliedDate", "Company", "JobTitle", "jobType",
         "workplaceType", "Location", "JobSource", "Status"),
        {"saved_on": "createdAt", "has_applied": "applied", "applied_on": "appliedDate",
         "company": "Company", "title": "JobTitle", "workplace": "workplaceType",
         "location": "Location", "source": "JobSource", "status": "Status"},
        optional=frozenset({"workplaceType"}),
        fills_cells=True,
    ),
)  # fmt: skip
"""The tables that are known whole."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in a row, the columns that hold none, and the program if it is known."""

    places: Mapping[str, int]
    left: tuple[str, ...]
    layout: Layout | None = None


def place_columns(head: Sequence[str], told: Mapping[str, str]) -> Columns | FileFault:
    """What the columns under `head` hold; `told` gives the owner's own column for a field.

    A field goes to the column with the name that stands first in its list; without a company and a
    title there is nothing to take in.
    """
    layout = next((layout for layout in LAYOUTS if _is(layout, head)), None)
    places: dict[str, int] = {}
    for field, name in told.items():
        place = _find(head, name)
        if place is None:
            return FileFault(f"there is no column {quote(name)}", _nearest(name, head), 1)
        places[field] = place
    taken = set(places.values())
    named = layout.fields if layout else FIELDS
    for field, names in named.items():
        if field in places:
            continue
        known = (names,) if layout else tuple(names.split(","))
        found = (_find(head, name) for name in known)
        place = next((place for place in found if place is not None and place not in taken), None)
        if place is not None:
            places[field] = place
            taken.add(place)
    missing = [field for field in ("company", "title") if field not in places]
    if missing:
        return _missing(missing, head)
    left = tuple(name for number, name in enumerate(head) if name and number not in taken)
    return Columns(places, left, layout)


def _is(layout: Layout, head: Sequence[str]) -> bool:
    wanted = {_fold(name) for name in layout.head if name not in layout.optional}
    return wanted <= {_fold(name) for name in head}


def _find(head: Sequence[str], name: str) -> int | None:
    wanted = _fold(name)
    return next((number for number, cell in enumerate(head) if _fold(cell) == wanted), None)


def _fold(name: str) -> str:
    """A column's name as it is compared: `Job_Title`, `job title` and `JobTitle` are one."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in apart if sign.isalnum())


def _nearest(name: str, head: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, head, n=1)
    return f"did you mean {quote(near[0])}?" if near else f"its columns are {_list(head)}"


def _missing(fields: Sequence[str], head: Sequence[str]) -> FileFault:
    options = " ".join(f'--map {field}="…"' for field in fields)
    return FileFault(
        f"no column was found for the {' and the '.join(fields)}",
        f"name it with {options}; the columns are {_list(head)}",
        1,
    )


def _list(head: Sequence[str]) -> str:
    return ", ".join(quote(name) for name in head if name)
