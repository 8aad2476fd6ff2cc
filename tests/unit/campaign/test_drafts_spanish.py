"""The letters in Spanish: grammar that a note can upset, and manners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.campaign.fact import join_names, write_date, write_on_day, write_time
from followup.campaign.missing_phrases import missing_phrases
from followup.campaign.model import Draft
from followup.campaign.phrasebook import Phrasebook, Wording
from followup.campaign.salutation import Policy, build_reference, build_salutation
from followup.campaign.schedule import build_follow_ups
from followup.campaign.third_person import contains_word
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from tests.unit.campaign.letters import codes, english, letters_of, result_of, shipped
from tests.unit.campaign.test_salutation import person
from tests.unit.notebook import note

RIVERA = (
    "{id: rivera, name: Elena Rivera, honorific: Ms., role: hiring_manager, email: e@a.example}"
)
LIND = "{id: lind, name: Jonas Lind, honorific: Mr., role: interviewer, email: j@a.example}"
SANZ = "{id: sanz, name: Inés Sanz, role: interviewer, email: i@a.example}"


def spanish() -> Phrasebook:
    """The phrasebook that ships."""
    return shipped()["es"]


def letters(*entries: Entry, **options: Any) -> dict[tuple[str, ...], Draft]:
    """The drafts in Spanish by touch and the slug of their reader."""
    return letters_of(*entries, books=shipped(), language="es", country="ES", **options)


def acme(*people: str, more: str = "", body: str = "", start: str = "2026-11-18 10:00") -> Entry:
    """The note of an interview with these people."""
    listed = "".join(f"  - {who}\n" for who in people)
    front = (
        "company: Acme\ntitle: Analista de datos\n"
        f"interview: {{format: panel, start: {start}}}\npeople:\n{listed}{more}"
    )
    return note("a.md", front, body)


def said(draft: Draft) -> str:
    """The paragraphs of a draft."""
    return "\n".join(" ".join(s.text for s in part) for part in draft.paragraphs)


def wordings() -> Iterator[tuple[str, Wording]]:
    """Every wording with the name of its slot."""
    for slot, of_slot in spanish().slots.items():
        for wording in of_slot:
            yield slot, wording


def phrases() -> list[str]:
    """Everything that can stand in a letter or its subject, with its places in braces."""
    book = spanish()
    texts = [
        text
        for _, wording in wordings()
        for text in (wording.text, wording.sentence, wording.fragment, wording.then)
        if text
    ]
    subjects = [text for forms in book.touches.values() for form in forms for text in form.subject]
    return [*texts, *subjects, *book.gaps.model_dump().values()]


# What the book says


def test_nothing_is_missing() -> None:
    """Whatever can be said in English can be said in Spanish."""
    assert missing_phrases(spanish(), english()) == ()


def test_as_many_ways_to_say_it() -> None:
    """Each slot has the wordings of the English book, for the same cases and on the same facts."""
    own = {slot: [(w.when, w.rests_on) for w in ws] for slot, ws in spanish().slots.items()}
    assert own == {slot: [(w.when, w.rests_on) for w in ws] for slot, ws in english().slots.items()}


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        (r"\{on_day\}", r"(?<!\bde )(?<!\ba )(?<!\by )"),
        (r"\{person\}", r"(?<!\bde )(?<!\ba )(?<!\by )"),
        (r"\{others\}", r"(?:(?<=\bpara )|(?<=\bcomo )|(?<=\bdedicó ))"),
        (r"\{(?:by|applied|deadline)\}", r"(?:(?<=\b[Ee]l )|(?<=\bdel ))"),
        (r"\{date\}", r"(?:(?<=, )|(?<=\bdel ))"),
        (r"\{time\}", r"(?<= la hora indicada \()"),
    ],
)
def test_what_stands_before_a_place(place: str, allowed: str) -> None:
    """Whatever is filled in, it never meets a word that it would have to grow together with."""
    asking = [text for text in phrases() if re.search(place, text)]
    assert asking
    for text in asking:
        found = [match.start() for match in re.finditer(place, text)]
        fitting = [match.start() for match in re.finditer(allowed + place, text)]
        assert fitting == found, text


def test_manners() -> None:
    """No phrase gives away a gender, presses, or is on the book's own list of phrases."""
    agreeing = re.compile(
        r"\b(?:encantad|interesad|agradecid|atent|dispuest|ilusionad|honrad|content|list|segur"
        r"|invitad|entrevistad|bienvenid|mism)[oa]\b"
    )
    for text in phrases():
        # "El mismo día" is a day.
        assert not agreeing.search(text.replace("el mismo día", "")), text
        assert not contains_word(text, spanish().watched.cliches), text
        assert "!" not in text, text
        assert text.count("¿") == text.count("?"), text
        assert not re.search(r"[\"“”]|\bno he(?:mos)? recibido\b|\btodavía no\b|\baún no\b", text)


# How a letter begins


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"honorific": "Ms.", "academic_title": "Dr."}, "Estimada Dra. Okafor:"),
        ({"honorific": "Mr.", "academic_title": "Dr."}, "Estimado Dr. Okafor:"),
        ({"honorific": "Mrs.", "academic_title": "Prof."}, "Estimada Profa. Okafor:"),
        ({"honorific": "Mr.", "academic_title": "Prof."}, "Estimado Prof. Okafor:"),
        ({"honorific": "Ms.", "academic_title": "Prof. Dr."}, "Estimada Profa. Dra. Okafor:"),
        ({"honorific": "Mr.", "academic_title": "Prof. Dr."}, "Estimado Prof. Dr. Okafor:"),
        ({"academic_title": "Dr."}, "Hola, Ngozi Okafor:"),
        ({"honorific": "Mx.", "academic_title": "Dr."}, "Hola, Ngozi Okafor:"),
        ({"honorific": "Ms."}, "Estimada Sra. Okafor:"),
        ({"honorific": "Mrs."}, "Estimada Sra. Okafor:"),
        ({"honorific": "Miss"}, "Estimada Srta. Okafor:"),
        ({"honorific": "Mr."}, "Estimado Sr. Okafor:"),
        ({"honorific": "Mx."}, "Hola, Ngozi Okafor:"),
        ({}, "Hola, Ngozi Okafor:"),
        ({"name": "Ana de la Vega", "honorific": "Ms."}, "Estimada Ana de la Vega:"),
        ({"name": "Ana de la Vega", "honorific": "Mx."}, "Hola, Ana de la Vega:"),
        ({"name": "Ana de la Vega"}, "Hola, Ana de la Vega:"),
        ({"name": None}, "A quien corresponda:"),
        ({"salutation": "Querida Ngozi:"}, "Querida Ngozi:"),
    ],
)
def test_salutation(facts: dict[str, Any], text: str) -> None:
    """The first row that fits; a gender only where the note says one."""
    who = person(**{"name": "Ngozi Okafor", **facts})
    assert build_salutation(who, spanish(), "formal").text == text


@pytest.mark.parametrize(
    ("policy", "text"), [("first_name", "Hola, Ngozi:"), ("formal", "Estimada Sra. Okafor:")]
)
def test_salutation_by_policy(policy: Policy, text: str) -> None:
    """First names are used where the owner wants them."""
    who = person(name="Ngozi Okafor", honorific="Ms.")
    assert build_salutation(who, spanish(), policy).text == text


# How people and days are named


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"honorific": "Mr."}, "el Sr. Lind"),
        ({"honorific": "Ms."}, "la Sra. Lind"),
        ({"honorific": "Miss"}, "la Srta. Lind"),
        ({"honorific": "Mr.", "academic_title": "Dr."}, "el Dr. Lind"),
        ({"honorific": "Ms.", "academic_title": "Prof."}, "la Profa. Lind"),
        ({"academic_title": "Dr."}, "Jo Lind"),
        ({"honorific": "Mx.", "academic_title": "Dr."}, "Jo Lind"),
        ({"honorific": "Mx."}, "Jo Lind"),
        ({}, "Jo Lind"),
    ],
)
def test_reference(facts: dict[str, str], text: str) -> None:
    """A person is named with the article, and without a gender where none is known."""
    assert build_reference(person(name="Jo Lind", **facts), spanish()) == text


def test_others() -> None:
    """`y` never meets a name that begins with an i."""
    names = ["la Sra. Rivera", "el Sr. Lind", "Inés Sanz"]
    assert join_names(names, spanish()) == "la Sra. Rivera, el Sr. Lind y para Inés Sanz"
    assert join_names(names[1:], spanish()) == "el Sr. Lind y para Inés Sanz"


@pytest.mark.parametrize(
    ("day", "due_on", "text"),
    [
        (date(2026, 11, 19), date(2026, 11, 20), "el jueves"),
        (date(2026, 11, 21), date(2026, 11, 23), "el sábado"),
        (date(2026, 10, 1), date(2026, 11, 20), "el 1 de octubre"),
        (date(2026, 11, 24), date(2026, 11, 20), "el martes 24 de noviembre"),
        (date(2027, 2, 1), date(2026, 11, 20), "el lunes 1 de febrero de 2027"),
        (date(2025, 12, 23), date(2026, 1, 20), "el 23 de diciembre de 2025"),
    ],
)
def test_day(day: date, due_on: date, text: str) -> None:
    """Days and months are in lower case, and the first is a plain 1."""
    assert write_on_day(day, due_on, spanish()) == text


def test_date_by_itself() -> None:
    """A date brings no article, and its year only where that is another."""
    assert write_date(date(2026, 12, 1), 2026, spanish()) == "1 de diciembre"
    assert write_date(date(2027, 1, 1), 2026, spanish()) == "1 de enero de 2027"


@pytest.mark.parametrize(
    ("at", "text"), [(time(14), "14:00 h"), (time(9, 5), "9:05 h"), (time(1), "1:00 h")]
)
def test_hour(at: time, text: str) -> None:
    """An hour has 24 names and needs no article."""
    assert write_time(at, spanish()) == text


def test_an_invitation_at_one_in_the_morning() -> None:
    """Neither `a la` nor `a las` has to be chosen."""
    more = "log: [{on: 2026-11-20, event: invited, from: rivera}]"
    draft = letters(acme(RIVERA, more=more, start="2026-11-24 01:00"))[
        ("confirm_invitation", "rivera")
    ]
    assert " el martes 24 de noviembre, a la hora indicada (1:00 h)." in said(draft)


def test_who_else_is_thanked() -> None:
    """One other is named with the article, whatever word stands before."""
    more = "log: [{on: 2026-11-20, event: rejected, from: rivera}]"
    for who, name in ((LIND, "el Sr. Lind"), (SANZ, "Inés Sanz")):
        draft = letters(acme(RIVERA, who, more=more))[("rejection_reply", "rivera")]
        assert f"tanto usted como {name}." in said(draft)


def test_a_gap_names_its_reader() -> None:
    """A gap is in Spanish too, article and all, and quotes in angles."""
    body = "## El puesto\n- Ella lleva tres almacenes.\n"
    draft = letters(acme(LIND, body=body))[("thank_you", "lind")]
    gaps = [s.text for s in draft.sentences if s.gap]
    assert gaps == [
        "[para decirlo hablando con el Sr. Lind, no sobre alguien: «Ella lleva tres almacenes.»]",
        "[algo que hayas hecho y que demuestre que este trabajo está a tu alcance]",
    ]


# The words that the checks look for


@pytest.mark.parametrize(
    ("line", "spoils"),
    [
        ("Él lleva la planificación.", True),
        ("A ella le gustó el gráfico.", True),
        ("Trabajé con él en el taller.", True),
        ("La Sra. Rivera lleva la planificación.", True),
        ("Su equipo planifica con dos semanas de antelación.", False),
        ("El archivo llega tarde y nadie lo revisa.", False),
        ("Le dejo aquí el enlace que le mencioné.", False),
        ("Me alegró que le gustara la tesis.", False),
        ("Dijo que buscan a alguien con paciencia.", True),
        ("Me contó que rema los domingos.", True),
        ("Usted me contó que rema los domingos.", False),
        ("La entrevistadora llegó en bicicleta.", True),
        ("Un cliente me dijo que mi informe se entendía.", False),
        ("Aquella nave es de 1960; entre ellas hay un patio.", False),
    ],
)
def test_a_line_about_its_reader(line: str, *, spoils: bool) -> None:
    """`Su` and `le` mean the reader as well; `él` and `ella` never do, nor does a bare `dijo`."""
    body = f"## El puesto\n- {line}\n## Por qué puedo hacerlo\n- Sé contar.\n"
    draft = letters(acme(RIVERA, body=body))[("thank_you", "rivera")]
    assert ("third_person" in codes(draft)) is spoils
    assert draft.ready is not spoils


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Un caso práctico con el equipo de planificación.", True),
        ("La segunda ronda es en Bilbao.", True),
        ("Le escribe la oficina de Bilbao.", False),
        ("Llamaremos la semana que viene.", False),
        ("Avisaremos por correo.", False),
        ("Recibirá una propuesta.", False),
        ("Nuestro equipo decide el lunes.", False),
    ],
)
def test_their_words_for_the_next_step(words: str, *, quoted: bool) -> None:
    """Words that would turn round when they are said back stay in the note."""
    recruiter = RIVERA.replace("hiring_manager", "recruiter")
    more = f'next_step: {{what: next_round, said: "{words}"}}\n'
    draft = letters(acme(recruiter, more=more))[("thank_you", "rivera")]
    assert (f": {words}" in said(draft)) is quoted


@pytest.mark.parametrize(
    ("promise", "sends"),
    [
        ("Enviar la lista de proveedores", True),
        ("El cuaderno de previsiones", True),
        ("Pasarle la dirección del vivero", True),
        ("Preguntar por el tranvía", False),
        ("Llamar al archivo", False),
    ],
)
def test_what_comes_with_the_message(promise: str, *, sends: bool) -> None:
    """Only what can be sent is said to come along; of anything else it is asked what came of it."""
    more = f"promises: [{{what: {promise}, by: 2026-11-24}}]\n"
    text = said(letters(acme(RIVERA, more=more))[("deliver_promise", "rivera")])
    assert (f": {promise}." in text) is sends
    assert (f"[en qué quedó la promesa: «{promise}»]" in text) is not sends
    assert any(words in text for words in ("Va con este", "Llega con este")) is sends


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Es mi trabajo soñado.", True),
        ("No dude en llamarme.", True),
        ("El trabajo en equipo con la planta se hace por radio.", False),
    ],
)
def test_cliche(line: str, *, found: bool) -> None:
    """What everybody writes is found; a plain statement about the work is not."""
    body = f"## El puesto\n- Llegan tarde.\n## Por qué puedo hacerlo\n- {line}\n"
    draft = letters(acme(RIVERA, body=body))[("thank_you", "rivera")]
    assert ("cliche" in codes(draft)) is found


def test_a_request_is_no_thanks() -> None:
    """`Le agradecería` asks for something."""
    thanks = spanish().watched.thanks
    assert contains_word("Le agradezco la visita.", thanks)
    assert not contains_word("Le agradecería una respuesta.", thanks)


# Every letter about random notes

PEOPLE = ("Elena Rivera", "Jonas Lind", "Inés Sanz", "Iker Olmo", "Hilda Ríos", "Ana de la Vega")
HONORIFICS = ("", "", ", honorific: Ms.", ", honorific: Mr.", ", honorific: Mx.")
TITLES = ("", "", "", ", academic_title: Dr.", ", academic_title: Prof.")
ROLES = ("hiring_manager", "interviewer", "recruiter", "coordinator", "referrer")
FORMATS = (
    "phone_screen", "video", "onsite", "panel", "final", "recruiter_chat", "networking",
    "assessment",
)  # fmt: skip
STARTS = (
    "2025-12-28 10:00", "2026-10-01 09:00", "2026-11-01 13:00", "2026-11-10", "2026-11-20 16:00",
    "2026-11-24 01:00", "2027-02-01 09:30",
)  # fmt: skip
STEPS = (
    "", "next_step: {what: next_round, said: Un caso práctico.}\n", "next_step: {what: offer}\n",
    "decision: {by: 2027-03-01}\n", "next_step: {what: una visita a la nave}\n",
    "next_step: {what: next_round}\ndecision: {by: 2027-02-01}\n",
)  # fmt: skip
EVENTS = ("invited", "received", "offer", "rejected", "declined", "accepted", "withdrew")
PROMISES = ("Enviar la lista", "Preguntar por el tranvía")
HOOK = ', hook: "Me alegró saber de la otra huerta."'
TAKEN = note("t.md", "company: Tomada\ntitle: Tomada\nlog: [{on: 2026-11-19, event: accepted}]")


@st.composite
def people(draw: st.DrawFn) -> str:
    """Up to four people, each with some of their facts."""
    lines = []
    for number, name in enumerate(draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4))):
        address = draw(st.sampled_from(["", f", email: p{number}@acme.example"]))
        marks = draw(st.sampled_from(HONORIFICS)) + draw(st.sampled_from(TITLES))
        hook = draw(st.sampled_from(["", HOOK]))
        role = draw(st.sampled_from(ROLES))
        lines.append(f"  - {{id: p{number}, name: {name}, role: {role}{marks}{address}{hook}}}\n")
    return "people:\n" + "".join(lines) if lines else ""


@st.composite
def bullets(draw: st.DrawFn, text: str) -> str:
    """A few bullets, whole sentences and others, some of them marked."""
    marks = st.sampled_from(["", ".", " @p0", ". @p1"])
    return "".join(f"- {text} {n}{draw(marks)}\n" for n in range(draw(st.integers(0, 3))))


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A note in Spanish about any interview or none."""
    front = "company: Acme\ntitle: Oficial de taller\napplied_on: 2026-11-02\n" + draw(people())
    if draw(st.integers(0, 5)):
        zone = draw(st.sampled_from(["", ", timezone: America/Bogota"]))
        kind, start = draw(st.sampled_from(FORMATS)), draw(st.sampled_from(STARTS))
        front += (
            f"interview: {{format: {kind}, start: {start}{zone}}}\n{draw(st.sampled_from(STEPS))}"
        )
    if draw(st.booleans()):
        front += f"promises: [{{what: {draw(st.sampled_from(PROMISES))}, by: 2026-11-20}}]\n"
    if draw(st.booleans()):
        deadline = draw(st.sampled_from(["", ", deadline: 2026-12-01", ", deadline: 2026-11-20"]))
        front += f"offer: {{received_on: 2026-11-18{deadline}}}\n"
    events = draw(st.lists(st.sampled_from(EVENTS), unique=True, max_size=2))
    if events:
        front += "log:\n" + "".join(f"  - {{on: 2026-11-18, event: {one}}}\n" for one in events)
    body = (
        f"## El puesto\n{draw(bullets('Hay tres naves y un patio'))}"
        f"## Problemas típicos\n{draw(bullets('Dos naves llaman igual a cosas distintas'))}"
        f"## Primeros proyectos\n{draw(bullets('Un solo nombre para cada tabla'))}"
        f"## Por qué puedo hacerlo\n{draw(bullets('Un verano con las fichas del museo'))}"
        "## Lo que salió mal\n- Nada\n  - Mejor respuesta: Contaría las tablas.\n"
    )
    return f"---\n{front}---\n{body}"


FAULTS = {
    "contraction": re.compile(r"\b(?:de|a) el\b", re.IGNORECASE),
    "y before i": re.compile(r"\by h?[ií](?![aeo])", re.IGNORECASE),
    "capital": re.compile(
        r"\b(?:Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo|Enero|Febrero|Marzo|Abril|Mayo"
        r"|Junio|Julio|Agosto|Septiembre|Octubre|Noviembre|Diciembre)\b"
    ),
    "left over": re.compile(r"[{}]| {2}|\.\.|,,|:\.| [,.;:]"),
    "English": re.compile(
        r"\b(?:the|and|you|your|for|of|with|about|thank|dear|regards|interview|position|on|at|Mr"
        r"|Ms|Mx|somebody)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip
REFUSED = {"cliche", "no_thanks", "exclamation", "long_sentence", "too_long"}
FACTS = ("Oficial", "2026", "enero", "octubre", "noviembre", "diciembre", "el martes", "Sr", "Lind")


def test_letters_about_random_notes() -> None:
    """Whatever a note knows, its letters are grammatical, in Spanish alone, and as long as planned."""
    written: set[str] = set()

    @settings(max_examples=400)
    @given(notes(), st.booleans(), st.sampled_from([date(2026, 11, 22), date(2026, 12, 28)]))
    def search(text: str, taken: bool, today: date) -> None:
        entry, _ = parse_entry("a.md", text.encode())
        assert entry is not None, text
        portal, result = result_of(
            *([entry, TAKEN] if taken else [entry]),
            today=today,
            books=shipped(),
            language="es",
            country="ES",
            timezone="Europe/Madrid",
            profile="persistent",
        )
        plan = build_follow_ups(portal)
        for uid, draft in result.drafts.items():
            _check(draft)
            if plan[uid].touch != "thank_you" and not any(s.gap for s in draft.sentences):
                assert draft.target[0] <= draft.words <= draft.target[1], draft.body
            written.add(plan[uid].touch)

    search()
    assert written == set(spanish().touches)


def _check(draft: Draft) -> None:
    """What is true of every letter, whatever it says."""
    letter = f"{draft.subject}\n{draft.body}"
    found = {name: hit[0] for name, fault in FAULTS.items() if (hit := fault.search(letter))}
    assert not found, letter
    assert not REFUSED & set(codes(draft)), letter
    for part in draft.paragraphs:
        first = part[0].text.lstrip("[¿")[0]
        assert first.isupper() or part[0].gap, letter
    sentences = [sentence for part in draft.paragraphs for sentence in part]
    unfounded = [s.text for s in sentences if not (s.sources or s.gap)]
    assert not [text for text in unfounded if any(fact in text for fact in FACTS)], letter
