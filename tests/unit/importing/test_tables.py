"""Tables of other programs: cells, columns, days, and the openings in them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup.importing.columns import FIELDS, LAYOUTS, Columns, place_columns
from followup.importing.dates import DateOrder, Numbers, parse_date, possible_orders
from followup.importing.foreign import FileFault, plain_line, plain_lines
from followup.importing.openings import Openings, read_openings
from followup.importing.plan_openings import plan_openings
from followup.importing.steps import Known
from followup.importing.table import Table, parse_table
from followup.notes.schema import Stage
from tests.unit.notebook import note, portal_of

ZONE = ZoneInfo("America/New_York")
FIXTURES = Path(__file__).parents[2] / "golden" / "import"


def table_of(data: bytes | str) -> Table:
    """The table in a file that is one."""
    table = parse_table(data.encode() if isinstance(data, str) else data)
    assert isinstance(table, Table), table
    return table


def columns_of(*head: str, **told: str) -> Columns:
    """What these columns hold."""
    columns = place_columns(head, told)
    assert isinstance(columns, Columns), columns
    return columns


def openings_of(data: bytes | str, order: DateOrder | None = None) -> Openings:
    """The openings in a file that can be read."""
    table = table_of(data)
    openings = read_openings(table, columns_of(*table.head), order, ZONE)
    assert isinstance(openings, Openings), openings
    return openings


def fault_of(data: bytes | str) -> FileFault:
    """Why a file cannot be read."""
    table = parse_table(data.encode() if isinstance(data, str) else data)
    if isinstance(table, FileFault):
        return table
    columns = place_columns(table.head, {})
    if isinstance(columns, FileFault):
        return columns
    openings = read_openings(table, columns, None, ZONE)
    assert isinstance(openings, FileFault)
    return openings


def test_what_a_table_knows_beyond_the_notes_is_told() -> None:
    """A newer row says more of a known application; an older one, or one that ended, is nothing new."""
    portal = portal_of(
        note("ulti.md", "company: Ulti\ntitle: QA\napplied_on: 2026-11-02"),
        note("orbit.md", "company: Orbit\ntitle: DE\nstatus: offer"),
        note("over.md", "company: Over\ntitle: PM\nstatus: withdrawn"),
    )
    table = (
        "company,title,status\nulti,qa,Rejected\nOrbit,DE,Interview\nOver,PM,Rejected\n"
        "New,QA,Applied\nNew,QA,Offer\n"
    )
    steps = tuple(plan_openings(portal, openings_of(table), set(), portal.today))
    known = [(step.what, step.further) for step in steps if isinstance(step, Known)]
    assert known == [
        ("ulti, qa", _told("rejected", "applied", "rejected")),
        ("Orbit, DE", ""),
        ("Over, PM", ""),
        ("New, QA", _told("offer", "applied", "offer")),
    ]


def _told(there: str, here: str, event: str) -> str:
    how = f"if it is so, `followup log` it as `{event}`"
    return f"it is `{there}` there, and `{here}` in your notes; {how}"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfFirma;Ort\r\nWerft;K\xc3\xb6ln\r\n",
        "Firma;Ort\nWerft;Köln\n".encode("cp1252"),
        b"\xff\xfe" + "Firma\tOrt\r\nWerft\tKöln\r\n".encode("utf-16-le"),
        b"\xfe\xff" + "Firma,Ort\rWerft,Köln\r".encode("utf-16-be"),
        "sep=;\nFirma;Ort\nWerft;Köln\n".encode(),
        "\n\nFirma|Ort\n\nWerft|Köln\n".encode(),
    ],
)
def test_a_table_is_read_whatever_wrote_it(data: bytes) -> None:
    """Byte order marks, encodings of Windows, separators and line ends make no difference."""
    table = table_of(data)
    assert table.head == ("Firma", "Ort")
    assert [row.cells for row in table.rows] == [("Werft", "Köln")]


def test_a_guessed_encoding_is_told() -> None:
    """What is not UTF-8 is read as Windows wrote it, and the owner is told to look."""
    openings = openings_of("Firma;Stelle\nMüller;Koch\n".encode("cp1252"))
    assert openings.found[0].company == "Müller"
    assert any("Windows-1252" in remark for remark in openings.remarks)


def test_a_row_knows_its_line() -> None:
    """A row after a cell of several lines, and after empty rows, is told by its line in the file."""
    table = table_of('a,b\n"x\ny",1\n,\n\nlast,2\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "x\ny"), (6, "last")]
    assert [row.line for row in table_of("sep=,\na,b\n1,2\n").rows] == [3]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("company,title\nAcme,Clerk,too many\n", 2, "is one too many"),
        ("company,title\nAcme,Clerk\nBeta\n", 3, "cut off here"),
        ("company,title\nBeta\nAcme,Clerk\n", 2, "a comma or a quote missing"),
        ('company,title\nAcme,"Cl', 2, "quotes do not close"),
        ('company,title\n"Acme" x,Clerk\n', 2, "quotes do not close"),
        ("company,title\nAcme," + "x" * 200_000, 2, "longer than any text"),
        ("company,title" + ",x" * 500 + "\n", 1, "more than 500 columns"),
        (b"company,title\nAcme,Cl\x00rk\n", 2, "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "no text"),
        ("  \n\n", None, "empty"),
        (",,\n,,\n", None, "no head"),
        ("Firma,Ort\nWerft,Köln\n", 1, "no column was found for the title"),
    ],
)
def test_what_is_no_table_says_where(data: bytes | str, line: int | None, words: str) -> None:
    """A file that is cut off, or is none, is refused with its line."""
    fault = fault_of(data)
    assert fault.line == line
    assert words in f"{fault.message} {fault.hint}"


def test_every_name_of_a_column_is_found() -> None:
    """Each alias leads to its field, and none to two."""
    owner: dict[str, str] = {}
    for field, names in FIELDS.items():
        for name in (" ".join(name.split()) for name in names.split(",")):
            columns = place_columns(["x", name], {"company": "x", "title": "x"})
            assert isinstance(columns, Columns)
            if field not in ("company", "title"):
                assert columns.places[field] == 1, name
            key = re.sub(r"\W", "", name.casefold())
            assert owner.setdefault(key, field) == field, name


def test_what_cannot_be_placed_is_named() -> None:
    """A column that holds nothing a note has room for is told, in the order of the file."""
    columns = columns_of("Firma", "Gehalt", "Stelle", "Haustier")
    assert columns.left == ("Gehalt", "Haustier")


def test_a_column_is_what_its_owner_says() -> None:
    """`--map` comes before the names, and one that is not there is refused with the nearest."""
    columns = columns_of("Company", "Firm XY", "Job", company="Firm XY")
    assert columns.places["company"] == 1
    assert columns.left == ("Company",)
    fault = place_columns(["Company", "Title"], {"company": "Compny"})
    assert isinstance(fault, FileFault)
    assert fault.hint == "did you mean `Company`?"


@pytest.mark.parametrize("name", ["Job Applications.csv", "Saved Jobs.csv", "jobs.csv"])
def test_a_known_table_is_known(name: str) -> None:
    """The files of LinkedIn and JobSync are known by their heads."""
    layout = columns_of(*table_of((FIXTURES / name).read_bytes()).head).layout
    assert layout in LAYOUTS


def test_jobsync_without_workplaces_is_known() -> None:
    """An older JobSync leaves one column out."""
    head = [name for name in LAYOUTS[2].head if name != "workplaceType"]
    assert columns_of(*head).layout is LAYOUTS[2]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-07", date(2026, 3, 7)),
        ("2026/3/7", date(2026, 3, 7)),
        ("2026-03-07 14:22", date(2026, 3, 7)),
        ("2026-03-07T02:22:00.000Z", date(2026, 3, 6)),
        ("2026-03-07T23:22:00-05:00", date(2026, 3, 7)),
        ("7 March 2026", date(2026, 3, 7)),
        ("Sat, 7 Mar 2026", date(2026, 3, 7)),
        ("7. März 2026", date(2026, 3, 7)),
        ("1er août 2026", date(2026, 8, 1)),
        ("7 de marzo de 2026", date(2026, 3, 7)),
        ("March 7th, 2026", date(2026, 3, 7)),
        ("Mar 7, 2026, 2:22 PM", date(2026, 3, 7)),
        ("07-Mar-2026", date(2026, 3, 7)),
        ("7-Mar-26", date(2026, 3, 7)),
        ("2026-02-30", None),
        ("1926-03-07", None),
        ("7 Marketing 2026", None),
        ("last week", None),
        ("45358", None),
        ("", None),
    ],
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    """Days in numbers and in words of four languages; a moment in the zone of its owner."""
    assert parse_date(text, ZONE) == day


def numbers(text: str) -> Numbers:
    """A day of which the order is open."""
    found = parse_date(text, ZONE)
    assert isinstance(found, Numbers)
    return found


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        (["3/7/24, 2:22 PM", "3/15/24"], [DateOrder.MONTH]),
        (["3/7/2024", "15/3/2024"], [DateOrder.DAY]),
        (["03.07.2024"], [DateOrder.DAY]),
        (["5/5/2024"], [DateOrder.DAY]),
        (["3/7/24", "4/8/24"], [DateOrder.DAY, DateOrder.MONTH]),
        (["13/7/24", "7/13/24"], []),
        (["45/45/24", "13/7/24"], [DateOrder.DAY]),
        ([], [DateOrder.DAY]),
    ],
)
def test_the_whole_column_tells_the_order(texts: list[str], orders: list[DateOrder]) -> None:
    """More than twelve cannot be a month; what is no day at all tells nothing."""
    assert list(possible_orders(map(numbers, texts))) == orders


def test_an_open_order_is_asked_for() -> None:
    """Where no row tells whether the day comes first, nothing is guessed."""
    data = "company,title,applied on\nAcme,Clerk,3/7/24\nBeta,Cook,4/8/24\n"
    fault = fault_of(data)
    assert fault.line == 2
    assert "--date-order dmy" in fault.hint
    assert openings_of(data, DateOrder.DAY).found[0].applied_on == date(2024, 7, 3)
    assert openings_of(data, DateOrder.MONTH).found[0].applied_on == date(2024, 3, 7)
    both = data + "Gamma,Smith,13/8/24\nDelta,Baker,8/13/24\n"
    assert "in others the month" in fault_of(both).message


def test_linkedin_writes_the_month_first() -> None:
    """LinkedIn's days need no other row to tell their order."""
    head = ",".join(LAYOUTS[1].head)
    openings = openings_of(f"{head}\n3/7/24,https://j.example/1,Clerk,Acme\n")
    assert openings.found[0].saved_on == date(2024, 3, 7)
    assert openings.found[0].source == "LinkedIn"


STATUS = [
    ("Rejected", "2026-10-02", Stage.REJECTED),
    ("absage", "", Stage.REJECTED),
    ("Entretien", "2026-10-02", Stage.INTERVIEWING),
    ("oferta", "2026-10-02", Stage.OFFER),
    ("Applied", "2026-10-02", None),
    ("Applied", "", Stage.APPLIED),
    ("wishlist", "", None),
    ("", "yes", Stage.APPLIED),
    ("no_response", "2026-10-02", Stage.NO_RESPONSE),
    ("Expired", "2026-10-02", Stage.NO_RESPONSE),
    ("Expired", "", Stage.WITHDRAWN),
    ("Whatever", "2026-10-02", None),
]


@pytest.mark.parametrize(("word", "applied", "stage"), STATUS)
def test_a_status_becomes_a_stage(word: str, applied: str, stage: Stage | None) -> None:
    """A stage is stated only where the day of the application does not say it already."""
    openings = openings_of(f"company,title,status,applied on\nAcme,Clerk,{word},{applied}\n")
    assert openings.found[0].status is stage
    assert ("not known" in " ".join(openings.remarks)) == (word == "Whatever")


def test_jobsyncs_no_means_no() -> None:
    """A day beside `No` is no application, and its blanks are blank."""
    openings = openings_of((FIXTURES / "jobs.csv").read_bytes())
    planning = openings.found[1]
    assert (planning.applied_on, planning.status, planning.location) == (None, None, None)
    assert planning.saved_on == date(2026, 10, 3)
    assert [opening.workplace for opening in openings.found] == ["hybrid", None, "remote", "onsite"]


def test_a_row_that_is_none_says_why() -> None:
    """A row without a company, a title or a day that exists is left out with its line."""
    openings = openings_of(
        "company,title,applied on\n,Clerk,2026-10-01\nAcme,N/A,\nAcme,Cook,soon\nAcme,Smith,-\n"
        + "x" * 201
        + ",Clerk,\n"
    )
    assert [line for line, _ in openings.skipped] == [2, 3, 4, 6]
    assert [opening.title for opening in openings.found] == ["Smith"]


def test_a_value_that_fits_nowhere_is_told() -> None:
    """What a note cannot hold is left out by itself, and named with its lines."""
    openings = openings_of(
        "company,title,link,workplace,contact,email\n"
        "Acme,Clerk,javascript:alert(1),moon,Carla <c@acme.example>,\n"
        "Acme,Cook,https://j.example/1,home office,Carla,nobody\n"
    )
    clerk, cook = openings.found
    assert (clerk.job_url, clerk.workplace) == (None, None)
    assert (clerk.contact, clerk.contact_email) == ("Carla", "c@acme.example")
    assert (cook.job_url, cook.workplace) == ("https://j.example/1", "remote")
    assert (cook.contact, cook.contact_email) == ("Carla", None)
    told = " ".join(openings.remarks)
    for words in ("`javascript:alert(1)` is no web", "`moon` is none", "`nobody` is no e-mail"):
        assert words in told


@pytest.mark.parametrize(
    "cut",
    [
        ",".join(LAYOUTS[1].head) + "\n3/7/24,https://j.example/1,Clerk,Acm",
        ",".join(LAYOUTS[2].head) + "\n1,N/A,No,N/A,Acme,Clerk,N/A,N/A,N/A,N/A,",
        ",".join(LAYOUTS[2].head) + "\n1,N/A,No,N/A,Acme,Clerk,N/A,N/A,N/A,N/A,Reje",
        "company,title,status\nAcme,Clerk,Reje",
    ],
)
def test_a_cut_last_cell_is_seen(cut: str) -> None:
    """A last line that its program would have written in another way is refused."""
    assert "does not look complete" in fault_of(cut).message


def test_an_open_last_line_is_told() -> None:
    """A table of nobody knows whom may end without a line break; its owner is told to look."""
    openings = openings_of("company,title\nAcme,Clerk")
    assert len(openings.found) == 1
    assert "nothing ends the last line, 2" in openings.remarks[0]


def test_texts_are_made_harmless() -> None:
    """One line is one line, and nothing invisible steers a terminal or a page."""
    assert plain_line(" a\n b\x00\u2028c\u202egpj\ud800\ufeff\x9b ") == "a b cgpj"
    assert plain_line("x" * 30, 10) == "xxxxxxxxx…"
    assert plain_lines("\n\na  \r\n\n\n\nb\x1b[2J\rc\n\n") == ["a", "", "b[2J", "c"]
    assert plain_line("Zoë 👩‍🔬") == "Zoë 👩‍🔬"


def test_a_formula_is_a_text() -> None:
    """What kept a spreadsheet from computing a cell is taken off; the text stays."""
    openings = openings_of("company,title\n'=1+1,@cmd\n")
    assert (openings.found[0].company, openings.found[0].title) == ("=1+1", "@cmd")
