"""What the rows of a table say of openings: one value per row, or why a row is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from followup.importing.columns import Columns
from followup.importing.dates import DateOrder, Numbers, parse_date, possible_orders
from followup.importing.foreign import FileFault, plain_line, plain_lines
from followup.importing.table import Row, Table
from followup.notes.blank import parse_person
from followup.notes.scalars import parse_email, parse_web_address
from followup.notes.schema import Stage
from followup.notes.wording import quote
from followup.portal.slugs import fold_name

_LONGEST_NAME: Final = 200
_BLANK: Final = frozenset({"", "n/a", "#n/a", "null", "-", "--", "–", "—", "?"})
_YES: Final = frozenset("yes y true x 1 ja oui si sí ✓ ✔".split())
_NO: Final = frozenset("no n false 0 nein non".split())
_WORDS: Final[Mapping[str, str]] = {
    "saved": """saved, wishlist, wish list, bookmarked, bookmark, draft, to apply, not applied,
        not applied yet, interested, todo, to do, open, gemerkt, gespeichert, entwurf, vorgemerkt,
        geplant, enregistré, enregistrée, brouillon, à postuler, guardado, guardada, borrador,
        por solicitar""",
    "applied": """applied, application sent, application submitted, submitted, sent, waiting,
        in review, under review, pending, viewed, beworben, bewerbung gesendet, abgeschickt,
        eingereicht, postulé, candidature envoyée, envoyé, envoyée, en attente, solicitado,
        solicitada, enviado, enviada, aplicado, postulado, en espera""",
    "screening": """screening, phone screen, phone screening, recruiter screen, telefoninterview,
        vorauswahl, présélection, preselección, preselection""",
    "interviewing": """interviewing, interview, interviews, interviewed, interview scheduled,
        first interview, second interview, final interview, onsite, vorstellungsgespräch, gespräch,
        im gespräch, entretien, en entretien, entretiens, entrevista, entrevistas,
        en entrevista""",
    "offer": """offer, offered, offer received, angebot, angebot erhalten, offre, offre reçue,
        oferta, oferta recibida""",
    "accepted": """accepted, offer accepted, hired, signed, angenommen, zusage, eingestellt,
        accepté, acceptée, embauché, aceptado, aceptada, contratado, contratada""",
    "declined": """declined, offer declined, turned down, abgelehnt von mir, angebot abgelehnt,
        décliné, déclinée, offre déclinée, oferta rechazada, declinado""",
    "rejected": """rejected, rejection, not selected, unsuccessful, no, absage, abgesagt, abgelehnt,
        refusé, refusée, refus, rejeté, rejetée, rechazado, rechazada, descartado, descartada""",
    "withdrawn": """withdrawn, withdrew, i withdrew, cancelled, canceled, zurückgezogen,
        retiré, retirée, abandonné, retirado, retirada""",
    "no_response": """no response, no answer, no reply, ghosted, keine antwort, keine rückmeldung,
        sans réponse, pas de réponse, sin respuesta""",
    "closed": """expired, archived, closed, abgelaufen, archiviert, geschlossen, expiré, archivé,
        fermé, caducado, archivado, cerrado""",
}
_PLACES: Final[Mapping[str, str]] = {
    "onsite": """onsite, on site, on-site, office, in office, in person, vor ort, büro, präsenz,
        sur site, présentiel, presencial""",
    "hybrid": "hybrid, hybride, híbrido, hibrido, teilweise remote, partially remote",
    "remote": """remote, fully remote, home office, homeoffice, work from home, wfh, yes,
        télétravail, à distance, distanciel, remoto, teletrabajo, a distancia, ja, oui, sí""",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """One row: an opening, and how far its application has come; `line` is that of the file.

    `status` is there only where it says more than `applied_on` does.
    """

    line: int
    company: str
    title: str
    status: Stage | None = None
    applied_on: date | None = None
    saved_on: date | None = None
    source: str | None = None
    job_url: str | None = None
    location: str | None = None
    workplace: str | None = None
    resume: str | None = None
    contact: str | None = None
    contact_email: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows one application."""
        return fold_name(self.company), fold_name(self.title)


@dataclass(frozen=True, slots=True)
class Openings:
    """What a table holds: openings, rows that are none with the reason, and what was left out."""

    found: tuple[Opening, ...]
    skipped: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]


class _RowError(Exception):
    """Why a row is no opening."""


def read_openings(
    table: Table, columns: Columns, order: DateOrder | None, zone: ZoneInfo
) -> Openings | FileFault:
    """The openings in a table, or why its days cannot be told."""
    if fault := _find_cut(table, columns):
        return fault
    settled = _settle_order(table, columns, order, zone)
    if isinstance(settled, FileFault):
        return settled
    reader = _Reader(columns, settled, zone)
    found, skipped = [], []
    for row in table.rows:
        try:
            found.append(reader.read(row))
        except _RowError as error:
            skipped.append((row.line, str(error)))
    return Openings(tuple(found), tuple(skipped), tuple(_remarks(table, columns, reader)))


def _find_cut(table: Table, columns: Columns) -> FileFault | None:
    """Why a table without an end to its last line is taken for one that was cut off."""
    if not table.open_end:
        return None
    if not table.rows:
        return FileFault("the file ends within its head", "the file seems to be cut off", 1)
    last = table.rows[-1]
    layout, cell = columns.layout, last.cells[-1]
    by_layout = layout and (layout.ends_lines or (layout.fills_cells and not cell))
    is_status = columns.places.get("status") == len(table.head) - 1
    by_status = is_status and cell and _fold(cell) not in _lookup("status")
    if not (by_layout or (by_status and cell.casefold() not in _BLANK)):
        return None
    return FileFault(
        "the last line of the file does not look complete",
        "the file seems to be cut off; if it is not, add a line break at its end",
        last.line,
    )


def _settle_order(
    table: Table, columns: Columns, order: DateOrder | None, zone: ZoneInfo
) -> DateOrder | FileFault:
    if order:
        return order
    numbers = list(_numbers(table, columns, zone))
    possible = possible_orders(days for _, days in numbers)
    if len(possible) == 1:
        return possible[0]
    own = columns.layout.dates if columns.layout else None
    if possible and own:
        return own
    hint = "say it with --date-order dmy (7 March is 7/3) or --date-order mdy (it is 3/7)"
    line, days = numbers[0]
    shown = quote(f"{days.first}/{days.second}/{days.year}")
    if possible:
        return FileFault(f"{shown} may be two days, and no other row tells", hint, line)
    return FileFault("in some rows the day comes first, in others the month", hint, line)


def _numbers(table: Table, columns: Columns, zone: ZoneInfo) -> Iterator[tuple[int, Numbers]]:
    places = [columns.places[name] for name in ("applied_on", "saved_on") if name in columns.places]
    for row in table.rows:
        for place in places:
            if isinstance(days := parse_date(row.cells[place], zone), Numbers):
                yield row.line, days


def _remarks(table: Table, columns: Columns, reader: _Reader) -> Iterator[str]:
    if columns.left:
        yield f"columns not taken over: {', '.join(quote(name) for name in columns.left)}"
    for what, lines in reader.left.items():
        yield f"{what}; left out {_in_lines(lines)}"
    if table.guessed:
        yield "the file is not UTF-8 and was read as Windows-1252; look whether accents are right"
    if table.open_end and not columns.layout:
        yield f"nothing ends the last line, {table.rows[-1].line}; look whether it is complete"


def _in_lines(lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:5]))
    rest = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    return f"in line{'s' if len(lines) > 1 else ''} {shown}{rest}"


class _Reader:
    """Reads row after row; `left` are values that no note can hold, with the lines they stand in."""

    def __init__(self, columns: Columns, order: DateOrder, zone: ZoneInfo) -> None:
        self._columns = columns
        self._order = order
        self._zone = zone
        self.left: dict[str, list[int]] = {}

    def read(self, row: Row) -> Opening:
        """The opening that a row holds; _RowError where it is none."""
        company = self._name(row, "company")
        title = self._name(row, "title")
        applied, applied_on = self._applied(row)
        contact, address = self._contact(row)
        layout = self._columns.layout
        return Opening(
            line=row.line,
            company=company,
            title=title,
            status=self._status(row, applied, applied_on),
            applied_on=applied_on,
            saved_on=self._saved_on(row),
            source=self._text(row, "source") or (layout.source if layout else None),
            job_url=self._address(row),
            location=self._text(row, "location"),
            workplace=self._workplace(row),
            resume=self._text(row, "resume"),
            contact=contact,
            contact_email=address,
            notes=tuple(plain_lines(self._cell(row, "notes"))),
        )

    def _cell(self, row: Row, field: str) -> str:
        place = self._columns.places.get(field)
        return "" if place is None else row.cells[place]

    def _text(self, row: Row, field: str) -> str | None:
        text = plain_line(self._cell(row, field))
        return None if text.casefold() in _BLANK else text

    def _name(self, row: Row, field: str) -> str:
        text = self._text(row, field)
        if text is None:
            raise _RowError(f"no {field}")
        if len(text) > _LONGEST_NAME:
            raise _RowError(f"the {field} has more than {_LONGEST_NAME} characters")
        return text

    def _applied(self, row: Row) -> tuple[bool, date | None]:
        """Whether there was an application, and when."""
        said = (self._text(row, "has_applied") or "").casefold()
        written = self._text(row, "applied_on")
        if said in _NO or written is None or written.casefold() in _NO:
            return said in _YES, None
        if written.casefold() in _YES:
            return True, None
        day = self._day(written)
        if day is None:
            raise _RowError(f"{quote(written)} is no day from 2000 to 2099")
        return True, day

    def _saved_on(self, row: Row) -> date | None:
        written = self._text(row, "saved_on")
        day = self._day(written) if written else None
        if written and day is None:
            self._leave(row, f"{quote(written)} is no day")
        return day

    def _day(self, written: str) -> date | None:
        day = parse_date(written, self._zone)
        return day.in_order(self._order) if isinstance(day, Numbers) else day

    def _status(self, row: Row, applied: bool, applied_on: date | None) -> Stage | None:
        written = self._text(row, "status")
        word = _lookup("status").get(_fold(written)) if written else None
        if written and word is None:
            self._leave(row, f"the status {quote(written)} is not known")
        if word == "closed":
            return Stage.NO_RESPONSE if applied else Stage.WITHDRAWN
        if word in (None, Stage.SAVED, Stage.APPLIED):
            dateless = (applied or word == Stage.APPLIED) and applied_on is None
            return Stage.APPLIED if dateless else None
        return Stage(word)

    def _workplace(self, row: Row) -> str | None:
        written = self._text(row, "workplace")
        if written is None or written.casefold() in _NO:
            return None
        word = _lookup("workplace").get(_fold(written))
        if word is None:
            self._leave(row, f"the workplace {quote(written)} is none of onsite, hybrid, remote")
        return word

    def _address(self, row: Row) -> str | None:
        written = plain_line(self._cell(row, "job_url"), 2_000)
        if written.casefold() in _BLANK:
            return None
        try:
            return parse_web_address(written)
        except ValueError:
            self._leave(row, f"{quote(written)} is no web address")
            return None

    def _contact(self, row: Row) -> tuple[str | None, str | None]:
        """Name and address of somebody, who may stand as `Name <address>` in one cell."""
        name, address = self._text(row, "contact"), self._text(row, "contact_email")
        if name and "@" in name:
            try:
                both = parse_person(name) if "<" in name else None
                name, inside = (both.name, both.email) if both else (None, parse_email(name))
                address = address or inside
            except ValueError:
                self._leave(row, f"{quote(name or '')} is no name")
                name = None
        try:
            return name, parse_email(address) if address else None
        except ValueError:
            self._leave(row, f"{quote(address or '')} is no e-mail address")
            return name, None

    def _leave(self, row: Row, what: str) -> None:
        self.left.setdefault(what, []).append(row.line)


@cache
def _lookup(field: str) -> Mapping[str, str]:
    """The meaning of each folded word of a vocabulary."""
    table = _WORDS if field == "status" else _PLACES
    return {
        _fold(word): meaning
        for meaning, words in table.items()
        for word in re.split(r",\s*", words)
    }


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))
