"""Letters in French: what a reader from Lyon would trip over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import unquote

import pytest

from followup.campaign.fact import write_date, write_on_day, write_time
from followup.campaign.missing_phrases import missing_phrases
from followup.campaign.model import Draft
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.salutation import build_reference, build_salutation
from followup.campaign.third_person import starts_with_word
from followup.campaign.voice import Voice
from followup.notes.entry import Entry
from followup.portal.model import Person, Portal
from followup.site.mail import mailto_url, render_eml
from tests.unit.campaign.letters import codes, english, letters_of, result_of, shipped
from tests.unit.notebook import note

NO_BREAK = "\u00a0"
BLANK: dict[str, Any] = dict.fromkeys(Person.__dataclass_fields__)
PEOPLE = """people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
  - {id: lind, name: Jonas Lind, honorific: Mr., role: interviewer, email: j@acme.example}
  - {id: moss, name: Ida Moss, role: recruiter, email: i@acme.example}
"""
WORK = "## Le poste\n- Trois dépôts.\n## Pourquoi je peux le faire\n- J'ai classé 4 000 fiches.\n"


def french() -> Phrasebook:
    """The phrasebook that ships."""
    return shipped()["fr"]


def person(**facts: Any) -> Person:
    """A person of whom only these facts are known."""
    return Person(**{**BLANK, "sources": {}, "hooks": {}, "interviews": (), **facts})


def acme(more: str = "", body: str = WORK, people: str = PEOPLE, kind: str = "panel") -> Entry:
    """The note of an interview at Acme, its letters in French."""
    front = (
        "company: Acme\ntitle: Analyste\nlanguage: fr\n"
        f"interview: {{format: {kind}, start: 2026-11-18 10:00}}\n{people}{more}"
    )
    return note("a.md", front, body)


def letters(*entries: Entry, **options: Any) -> dict[tuple[str, ...], Draft]:
    """The letters about these notes, of a workspace in France."""
    place: dict[str, Any] = {"country": "FR", "timezone": "Europe/Paris"}
    return letters_of(*entries, books=shipped(), **{**place, **options})


def said(draft: Draft) -> str:
    """The paragraphs of a draft."""
    return "\n".join(" ".join(s.text for s in part) for part in draft.paragraphs)


def wordings() -> Iterator[str]:
    """Everything that the book puts into a sentence or a subject."""
    book = french()
    for some in book.slots.values():
        for wording in some:
            texts = (wording.text, wording.sentence, wording.fragment, wording.then)
            yield from (text for text in texts if text)
    for forms in book.touches.values():
        for form in forms:
            yield from form.subject


def phrases() -> Iterator[str]:
    """Everything that the book puts into a letter."""
    book = french()
    yield from wordings()
    yield book.sign_off
    for part in (book.salutations, book.references, book.gaps, book.dates, book.series):
        for value in part.model_dump().values():
            yield from map(str, value.values() if isinstance(value, dict) else [value or ""])


# The book as a whole


def test_nothing_is_missing() -> None:
    """It can say whatever the English one can, in as many ways."""
    assert missing_phrases(french(), english()) == ()
    fewer = [s for s, some in english().slots.items() if len(some) > len(french().slots[s])]
    assert fewer == []


def test_spaces_before_marks_do_not_break() -> None:
    """A line never begins with a colon, a question mark or a closing quotation mark."""
    wrong = r"(?<!\u00a0)[;:?!»]|«(?!\u00a0)"
    # "Re: " is a mark of the mail programs, and no French.
    assert [text for text in phrases() if re.search(wrong, text)] == []
    assert sum(NO_BREAK in text for text in phrases()) > 150


def test_no_two_spaces_and_no_typographers_slips() -> None:
    """Sentences end with a mark, a quotation is closed, and nothing is spaced twice."""
    for text in phrases():
        assert not re.search(r"[ \u00a0]{2}| [.,)]|\( ", text), text
        assert text.count("«") == text.count("»"), text
    for slot, some in french().slots.items():
        for wording in some:
            for said in (wording.text, wording.fragment, wording.then):
                assert said is None or said.endswith((".", "?")), (slot, said)
            assert wording.sentence is None or wording.sentence.endswith("{line}"), slot


def test_no_word_agrees_with_writer_or_reader() -> None:
    """Nobody knows whether they are men or women, and no letter guesses."""
    agreeing = (
        r"\b(ravi|heureu[xs]|content|enchanté|honoré|impatient|reconnaissant|motivé|intéressé|prêt"
        r"|désolé|curieu[xs]|certain|sûr|attenti[fv]|disponible|joignable)(e|es|s)?\b"
        r"|\b(suis|serai|serais|étais|êtes|seriez) (?!là\b|au rendez-vous|avec plaisir)"
        r"|\b(m'avoir|m'avez|vous avoir) (reçu|informé|accueilli|invité|recommandé|tenu|contacté)"
        r"|nous nous sommes|se sont|\b\w+\(e\)|\w·e"
    )
    assert [text for text in phrases() if re.search(agreeing, text)] == []


def test_what_is_filled_in_needs_no_other_word_before_it() -> None:
    """No article or preposition runs together with a name or a day, and none is elided."""
    wrong = (
        r"\b(de|du|des|à|au|que|le|la|lors de) \{on_day\}"
        r"|\b(de|du|des|que|le|la|les|au|jusque|ainsi que) \{(title|person|others|line|time)\}"
        r"|\{(date|by|applied|deadline)\}(?<!\b(?:du|au|le) \{date\})"
        r"(?<!\b(?:du|au|le) \{by\})(?<!\b(?:du|au|[Ll]e) \{applied\})(?<!\b(?:du|au|le) \{deadline\})"
    )
    assert [text for text in wordings() if re.search(wrong, text)] == []


def test_no_phrase_is_english() -> None:
    """Nothing was left as it stands in the English book."""
    words = r"\b(the|thank|thanks|you|your|about|with|and|for|of|dear|regards|position|my|is|or)\b"
    found = [text for text in phrases() if re.search(words, re.sub(r"\{\w+\}", "", text.lower()))]
    assert found == []
    assert not {text for text in phrases() if " " in text} & {
        wording.text for some in english().slots.values() for wording in some
    }


def test_no_phrase_is_one_that_everybody_writes() -> None:
    """The book says nothing of what it warns of, and never scolds."""
    listed = "|".join(map(re.escape, french().watched.cliches))
    scolding = r"relanc|sans (réponse|retour|nouvelles)|toujours pas|je me permets|rappelle"
    found = [text for text in phrases() if re.search(rf"{listed}|{scolding}", text.lower())]
    assert found == []


# How a letter begins


@pytest.mark.parametrize(
    ("facts", "formal", "by_first_name"),
    [
        ({"name": "Ngozi Okafor", "honorific": "Ms."}, "Madame,", "Bonjour Ngozi,"),
        ({"name": "Ngozi Okafor", "honorific": "Mrs."}, "Madame,", "Bonjour Ngozi,"),
        ({"name": "Ngozi Okafor", "honorific": "Miss"}, "Madame,", "Bonjour Ngozi,"),
        ({"name": "Jonas Lind", "honorific": "Mr."}, "Monsieur,", "Bonjour Jonas,"),
        ({"name": "Ana de la Vega", "honorific": "Ms."}, "Madame,", "Bonjour Ana,"),
        ({"name": "Sacha Roy", "honorific": "Mx."}, "Bonjour Sacha Roy,", "Bonjour Sacha,"),
        ({"name": "Ngozi Okafor"}, "Bonjour Ngozi Okafor,", "Bonjour Ngozi,"),
        (
            {"name": "Ngozi Okafor", "honorific": "Ms.", "academic_title": "Prof. Dr."},
            "Madame,",
            "Bonjour Ngozi,",
        ),
        (
            {"name": "Jonas Lind", "honorific": "Mr.", "academic_title": "Dr."},
            "Monsieur,",
            "Bonjour Jonas,",
        ),
        (
            {"name": "Sacha Roy", "honorific": "Mx.", "academic_title": "Dr."},
            "Bonjour Sacha Roy,",
            "Bonjour Sacha,",
        ),
        (
            {"name": "Ngozi Okafor", "academic_title": "Dr."},
            "Bonjour Ngozi Okafor,",
            "Bonjour Ngozi,",
        ),
        ({"salutation": "Chère Ngozi,"}, "Chère Ngozi,", "Chère Ngozi,"),
    ],
)
def test_salutations(facts: dict[str, str], formal: str, by_first_name: str) -> None:
    """Without a surname, without a title, and never by a guess."""
    reader = person(**facts)
    assert build_salutation(reader, french(), "formal").text == formal
    assert build_salutation(reader, french(), "first_name").text == by_first_name


def test_nobody_is_greeted_as_both() -> None:
    """A letter to nobody known."""
    assert build_salutation(None, french(), "formal").text == "Madame, Monsieur,"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"name": "Ngozi Okafor", "honorific": "Ms."}, "Mme_Okafor"),
        ({"name": "Jonas Lind", "honorific": "Mr."}, "M._Lind"),
        ({"name": "Sacha Roy", "honorific": "Mx."}, "Sacha Roy"),
        ({"name": "Ida Moss"}, "Ida Moss"),
        ({"name": "Ana de la Vega", "honorific": "Ms."}, "Ana de la Vega"),
        ({"name": "Jonas Lind", "honorific": "Mr.", "academic_title": "Dr."}, "Dr_Lind"),
        ({"name": "Jonas Lind", "academic_title": "Prof. Dr."}, "Pr_Lind"),
    ],
)
def test_how_a_sentence_names_somebody(facts: dict[str, str], expected: str) -> None:
    """The title stays with the name where a line ends."""
    assert build_reference(person(**facts), french()) == expected.replace("_", NO_BREAK)


# Days and hours


@pytest.mark.parametrize(
    ("day", "due_on", "expected"),
    [
        (date(2026, 11, 19), date(2026, 11, 20), "jeudi"),
        (date(2026, 11, 19), date(2026, 12, 2), "le 19 novembre"),
        (date(2026, 8, 1), date(2026, 8, 20), "le 1er août"),
        (date(2026, 12, 1), date(2027, 1, 12), "le 1er décembre 2026"),
        (date(2026, 11, 24), date(2026, 11, 20), "mardi 24 novembre"),
        (date(2026, 12, 1), date(2026, 11, 20), "mardi 1er décembre"),
        (date(2027, 2, 1), date(2026, 12, 20), "lundi 1er février 2027"),
    ],
)
def test_days(day: date, due_on: date, expected: str) -> None:
    """In lower case, and the first of a month is its first."""
    assert write_on_day(day, due_on, french()) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 12, 1), "1er décembre"), (date(2027, 5, 11), "11 mai 2027")],
)
def test_dates(day: date, expected: str) -> None:
    """Without an article, which the sentence has."""
    assert write_date(day, 2026, french()) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [(time(14, 0), "14_h"), (time(14, 30), "14_h_30"), (time(9, 5), "9_h_05"), (time(0, 0), "0_h")],
)
def test_hours(at: time, expected: str) -> None:
    """On the hour without minutes, and in one piece."""
    assert write_time(at, french()) == expected.replace("_", NO_BREAK)


def test_the_first_of_a_month_in_a_letter() -> None:
    """The day of the answer stands behind its own article."""
    draft = letters(acme("decision: {by: 2026-12-01}\n"))[("status_check_1", "moss")]
    assert "d'ici au 1er décembre" in said(draft)
    assert "le 18 novembre" in said(draft)


# What is in a letter


def test_the_owners_line_stands_unchanged() -> None:
    """Behind a lead-in, a no-break space and a colon, with its own capital."""
    letter = said(letters(acme())[("thank_you", "okafor")])
    assert f"{NO_BREAK}: Trois dépôts." in letter
    assert "J'ai classé 4 000 fiches." in letter


def test_a_line_that_ends_inside_quotation_marks_is_a_sentence() -> None:
    """No second full stop follows its closing mark and the space before that."""
    line = f"La devise : «{NO_BREAK}Rien ne se perd.{NO_BREAK}»"
    letter = said(letters(acme(body=WORK.replace("Trois dépôts.", line)))[("thank_you", "okafor")])
    assert f": {line} J'ai classé" in letter


def test_a_line_that_ends_in_a_spaced_colon_loses_both() -> None:
    """Nothing is left of it before the full stop."""
    body = WORK.replace("Trois dépôts.", "Trois dépôts :")
    assert ": Trois dépôts. " in said(letters(acme(body=body))[("thank_you", "okafor")])


def test_standing_marks_are_no_words() -> None:
    """The spaced colon and quotation marks do not make a letter longer."""
    draft = letters(acme())[("thank_you", "okafor")]
    words = [word for word in re.split(r"\s+", draft.body) if re.search(r"\w", word)]
    assert draft.words == len(words)


def test_no_break_spaces_reach_the_mail_program() -> None:
    """They are in the message file and in the link as they are in the draft."""
    place: dict[str, Any] = {"country": "FR", "timezone": "Europe/Paris"}
    portal, result = result_of(acme(), books=shipped(), **place)
    draft = next(d for d in result.drafts.values() if d.ready and "«" in d.body)
    message = message_from_bytes(render_eml(draft, portal), policy=default)
    assert f"«{NO_BREAK}Analyste{NO_BREAK}»" in message.get_content()
    assert message.get_content().split() == draft.body.split()
    link = mailto_url(draft, portal)
    assert link is not None
    assert f"«{NO_BREAK}Analyste{NO_BREAK}»" in unquote(link)


def test_everybody_else_is_thanked_by_name() -> None:
    """Nothing before a list of names has to be repeated or elided."""
    people = PEOPLE.replace(", email: n@acme.example", "").replace(", email: j@acme.example", "")
    entry = acme(people=people.replace(", role: recruiter, email: i@acme.example", ""))
    draft = letters(entry)[("thank_you", "okafor")]
    expected = f"d'associer M.{NO_BREAK}Lind et Ida Moss à ces remerciements{NO_BREAK}?"
    assert expected in said(draft)


def test_somebody_who_gave_their_time_is_not_elided() -> None:
    """It is never *que Ida Moss*, or *que {others}* at all."""
    people = (
        "people:\n  - {id: moss, name: Ida Moss, role: interviewer, email: i@acme.example}\n"
        "  - {id: noe, name: Noé Vial, honorific: Mr., role: coordinator, email: v@acme.example}\n"
    )
    more = "log:\n  - {on: 2026-11-20, event: rejected, from: noe}\n"
    text = said(letters(acme(more, people=people))[("rejection_reply", "noe")])
    assert "le temps que m'a consacré Ida Moss." in text


def test_gaps_are_french() -> None:
    """A letter that lacks something says so in its own language."""
    draft = letters(acme(body=""))[("thank_you", "lind")]
    assert f"[une chose que vous a dite M.{NO_BREAK}Lind sur le poste" in said(draft)
    assert not draft.ready


def test_a_promise_with_what_was_promised() -> None:
    """What was to be sent comes with the message; what was to be done does not."""
    front = "promises: [{what: WHAT, by: 2026-11-24, to: lind}]\n"
    sent = ["Envoyer le plan", "la photo de la cour", "L'adresse du Lotus", "Vos deux cartes"]
    for what in sent:
        more = front.replace("WHAT", what)
        text = said(letters(acme(more))[("deliver_promise", "lind")])
        assert any(f"{words} ce message." in text for words in ("avec", "joint à")), what
        assert f"{NO_BREAK}: {what}." in text
    text = said(
        letters(acme(front.replace("WHAT", "Demander au dépôt")))[("deliver_promise", "lind")]
    )
    assert not any(f"{words} ce message" in text for words in ("avec", "joint à"))


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Une étude de cas avec l'équipe.", True),
        ("Un échange avec M. Vial.", True),
        ("On vous rappelle lundi.", False),
        ("J'appelle lundi.", False),
        ("J’appelle lundi.", False),
        ("On t'écrit lundi.", False),
        ("Nos collègues écrivent lundi.", False),
    ],
)
def test_their_words_about_the_next_step(words: str, quoted: bool) -> None:
    """What would turn round when it is said back to them stays in the note."""
    more = f'next_step: {{what: next_round, said: "{words}"}}\n'
    text = said(letters(acme(more))[("thank_you", "moss")])
    assert (f"J'ai bien noté la suite{NO_BREAK}: {words}" in text) is quoted


# Lines that talk about somebody


@pytest.mark.parametrize(
    "line",
    [
        "Il m'a demandé comment je classe les retours",
        "Il m’a demandé comment je classe les retours",
        "Ce qu'elle cherche est quelqu'un de patient",
        "Ce qu’il veut est un contrôle avant le calcul",
        "Elle dirige trois équipes.",
        "Son équipe prévoit les camions.",
        "Sa question portait sur les fenêtres.",
        "Ses collègues de Lyon font autrement.",
        "Lui envoyer le plan",
        "Je le lui ai montré.",
        "Trois dépôts, et il s'occupe des trois",
        "D'après elle, les retours arrivent tard.",
        "La rappeler lundi",
        "J'ai promis de le tenir au courant.",
        "Okafor connaît les trois dépôts.",
    ],
)
def test_lines_about_a_person(line: str) -> None:
    """Said to that person they would embarrass."""
    reader = person(name="Ngozi Okafor", honorific="Ms.")
    assert Voice(french(), "formal").talks_about(line, reader)


@pytest.mark.parametrize(
    "line",
    [
        "Il faut prévenir les dépôts la veille.",
        "Il manque un dépôt dans le fichier.",
        "Il y a trois systèmes, et il s'agit de les accorder.",
        "Il m'a fallu trois semaines pour rapprocher les données.",
        "Il me semble que RANK suffit.",
        "Il est difficile de prévoir les retours.",
        "S'il pleut, le quai ferme.",
        "La prévision est bonne, mais elle ignore les retours.",
        "Chaque dépôt a son fichier, ses clés et sa couleur.",
        "Le fichier lui-même est tenu à la main.",
        "L'équipe est petite : à elle seule, la nuit, elle tient le quai.",
        "J'ai appris à un collègue à le rapprocher de la prévision.",
        "On m'a laissé la clé.",
        "Trois dépôts de la région",
    ],
)
def test_lines_about_a_thing(line: str) -> None:
    """French things are *il* and *elle* too, and a good line is not held back for it."""
    reader = person(name="Ana de la Vega", honorific="Ms.")
    assert not Voice(french(), "formal").talks_about(line, reader)


def test_a_line_about_its_reader_becomes_a_gap() -> None:
    """It is quoted in French marks, and the letter waits."""
    body = WORK.replace("Trois dépôts.", "Son équipe tient trois dépôts.")
    draft = letters(acme(body=body))[("thank_you", "okafor")]
    assert f"«{NO_BREAK}Son équipe tient trois dépôts.{NO_BREAK}»]" in said(draft)
    assert "third_person" in codes(draft)
    assert not draft.ready


# What the checks look for


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("C'est le poste de mes rêves.", True),
        ("Avec l'esprit d’équipe que vous savez.", True),
        ("J'ai relancé la chaîne en deux jours.", False),
        ("J'ai promis un plan, et je l'ai tenu.", False),
    ],
)
def test_cliches(line: str, found: bool) -> None:
    """A phrase of everybody's is named; a word that means something is not."""
    body = WORK.replace("J'ai classé 4 000 fiches.", line)
    assert ("cliche" in codes(letters(acme(body=body))[("thank_you", "lind")])) is found


def test_thanks_are_recognised() -> None:
    """Every message that gives thanks has the word in it, whichever wording it got."""
    book = french()
    giving = ("thanks", "thanks_for_answer", "thanks_for_invitation", "thanks_for_offer")
    for slot in (*giving, "thanks_for_time", "thanks_for_referral", "leave_well"):
        for wording in book.slots[slot]:
            words = re.findall(r"\w+", (wording.text or "").lower())
            assert set(words) & set(book.watched.thanks), (slot, wording.text)


def test_what_begins_a_promise_to_send() -> None:
    """An elided article counts as one."""
    assert starts_with_word("L'adresse", french().watched.sends)
    assert starts_with_word("faire suivre le plan", french().watched.sends)
    assert not starts_with_word("Lire le plan", french().watched.sends)


# Whole letters of every kind


def everything() -> Iterator[tuple[Portal, Draft]]:
    """Letters of every touch, about interviews of several kinds."""
    place: dict[str, Any] = {"country": "FR", "timezone": "Europe/Paris", "profile": "persistent"}
    events = ("offer", "rejected", "accepted", "declined", "withdrew", "no_response")
    referrer = "  - {id: bon, name: Jo Bon, role: referrer, email: jo@bon.example}\n"
    notes = [
        acme("decision: {by: 2026-12-11}\n" + extra, people=PEOPLE + referrer, kind=kind)
        for kind in ("panel", "phone_screen", "video", "onsite", "assessment", "networking")
        for extra in (
            "",
            "log:\n  - {on: 2026-11-12, event: invited, from: moss}\n",
            *(f"log:\n  - {{on: 2026-11-20, event: {event}}}\n" for event in events),
        )
    ]
    elsewhere = note(
        "q.md", "company: Quai\ntitle: Skipper\nlog:\n  - {on: 2026-11-20, event: accepted}\n"
    )
    waiting = note(
        "w.md",
        "company: Zinc\nlanguage: fr\ntitle: Analyste\napplied_on: 2026-11-01\n"
        "people: [{name: Ida Moss, role: recruiter, email: i@zinc.example}]\n",
    )
    for entries in ([notes[0], elsewhere], [waiting], *([one] for one in notes)):
        portal, result = result_of(*entries, books=shipped(), **place)
        yield from ((portal, draft) for draft in result.drafts.values())


def test_letters_of_every_kind() -> None:
    """Nothing is left open in them, nothing breaks wrongly, and no sentence is a mouthful."""
    subjects = set()
    for _, draft in everything():
        text = f"{draft.subject}\n{draft.body}"
        assert not re.search(r"\{|\}| [;:?!»]|« |\b(de|que|à) le\b|\bque Ida\b", text), text
        assert "long_sentence" not in codes(draft), text
        assert "no_thanks" not in codes(draft), text
        assert draft.words <= draft.target[1], text
        subjects.add(draft.subject.split(" ")[0])
    assert subjects == {"Merci", "Re:", "Retrait", "Des", "Premier", "Candidature", "Entretien"}
