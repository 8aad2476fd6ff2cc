"""The thirteen categories of notes, as data, and which of them a note answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Final

from followup.notes.entry import Entry
from followup.notes.placeholders import is_not_applicable, is_placeholder
from followup.notes.schema import NotApplicable


class Answer(StrEnum):
    """What a note says to one of the thirteen questions."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Category:
    """One of the thirteen.

    `question` is what the owner is asked where it is missing, `title` what it is called in a list,
    `example` the very lines that would answer it, `key` the front matter key or the name of the
    section. `headings` are the names of its heading by language, the usual one first; empty where
    the home is the front matter alone.
    """

    number: int
    key: str
    question: str
    title: str
    example: str
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def heading(self) -> str | None:
        """The usual English heading, or None where the front matter is the only home."""
        return self.heading_in("en")

    def heading_in(self, language: str) -> str | None:
        """The usual heading in one of `HEADING_LANGUAGES`, or None where it has none."""
        return self.headings[language][0] if self.headings else None

    def example_in(self, language: str) -> str:
        """The lines that would answer it below a heading in one of `HEADING_LANGUAGES`."""
        if not self.headings:
            return self.example
        first, _, rest = self.example.partition("\n")
        for label, own in _LABELS.get(language, {}).items():
            rest = rest.replace(label, own)
        return f"{first.replace(self.headings['en'][0], self.headings[language][0])}\n{rest}"


_LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {"Why:": "Warum:", "Better answer:": "Bessere Antwort:"},
    "fr": {"Why:": "Pourquoi :", "Better answer:": "Meilleure réponse :"},
    "es": {"Why:": "Por qué:", "Better answer:": "Mejor respuesta:"},
}
"""What the lines below a bullet begin with, by language, for the English words."""


def _headings(**names: str) -> Mapping[str, tuple[str, ...]]:
    return {language: tuple(text.split(" | ")) for language, text in names.items()}


CATEGORIES = (
    Category(
        1,
        "people",
        "Who did you meet, with titles and e-mail addresses?",
        "Who you met",
        "people:\n  - {name: Ngozi Okafor, honorific: Ms., email: n.okafor@acme.example}",
    ),
    Category(
        2,
        "the_job",
        "What did you find out about the job?",
        "The job",
        "## The job\n- …",
        _headings(
            en="The job | Job | About the job | The role | The position | What I found out about the job",
            de="Die Stelle | Stelle | Über die Stelle | Der Job | Die Aufgabe | Die Position",
            fr="Le poste | Poste | À propos du poste | L'emploi | Le travail",
            es="El puesto | Puesto | Sobre el puesto | El trabajo | El empleo",
        ),
    ),
    Category(
        3,
        "why_i_can_do_it",
        "Why can you do it?",
        "Why you can do it",
        "## Why I can do it\n- …",
        _headings(
            en="Why I can do it | Why I can do the job | Why can I do it | Why me | My fit",
            de="Warum ich das kann | Warum ich es kann | Warum ich | Was ich mitbringe"
            " | Wieso ich das kann",
            fr="Pourquoi je peux le faire | Pourquoi moi | Mes atouts | Pourquoi j'en suis capable",
            es="Por qué puedo hacerlo | Por qué yo | Mis puntos fuertes | Lo que aporto",
        ),
    ),
    Category(
        4,
        "typical_problems",
        "What are the job's typical problems?",
        "Typical problems",
        "## Typical problems\n- …",
        _headings(
            en="Typical problems | Problems | The typical problems | Typical problems of the job",
            de="Typische Probleme | Probleme | Typische Schwierigkeiten",
            fr="Problèmes typiques | Les problèmes typiques | Problèmes | Difficultés typiques",
            es="Problemas típicos | Los problemas típicos | Problemas | Dificultades típicas",
        ),
    ),
    Category(
        5,
        "first_projects",
        "What are likely first projects or challenges?",
        "First projects",
        "## First projects\n- …",
        _headings(
            en="First projects | First project | First challenges | First projects or challenges"
            " | Likely first projects",
            de="Erste Projekte | Erstes Projekt | Erste Aufgaben | Die ersten Projekte",
            fr="Premiers projets | Premier projet | Les premiers projets | Premiers défis",
            es="Primeros proyectos | Primer proyecto | Los primeros proyectos | Primeros retos",
        ),
    ),
    Category(
        6,
        "what_went_right",
        "What went right, and why?",
        "What went right",
        "## What went right\n- …\n  - Why: …",
        _headings(
            en="What went right | What went well | Went right | Went well"
            " | What went right, and why",
            de="Was gut lief | Was lief gut | Was gut gelaufen ist | Gut gelaufen",
            fr="Ce qui s'est bien passé | Ce qui a bien marché | Points forts",
            es="Lo que salió bien | Qué salió bien | Lo que fue bien | Qué fue bien",
        ),
    ),
    Category(
        7,
        "what_went_wrong",
        "What went wrong, and why?",
        "What went wrong",
        "## What went wrong\n- …\n  - Better answer: …",
        _headings(
            en="What went wrong | What went badly | Went wrong | What went wrong, and why",
            de="Was schiefging | Was schief ging | Was ging schief | Was schlecht lief"
            " | Was lief schlecht | Was schiefgelaufen ist",
            fr="Ce qui s'est mal passé | Ce qui n'a pas marché | Points faibles",
            es="Lo que salió mal | Qué salió mal | Lo que fue mal | Qué fue mal",
        ),
    ),
    Category(
        8,
        "royal_screw_up",
        "Was there a royal screw-up, and why?",
        "Royal screw-up",
        "## Royal screw-up\n- …\n  - Better answer: …",
        _headings(
            en="Royal screw-up | Royal screw-ups | Royal screw up | Royal screwup | Screw-up"
            " | Biggest mistake",
            de="Der große Patzer | Großer Patzer | Grober Patzer | Größter Fehler | Richtig verpatzt",
            fr="La grosse bourde | Grosse bourde | Grosse erreur | La grosse erreur",
            es="La gran metedura de pata | Gran metedura de pata | El gran error | Gran error",
        ),
    ),
    Category(
        9,
        "personal_topics",
        "Did a topic come up that could make the follow-up unique?",
        "A personal topic",
        "## Personal topics\n- …",
        _headings(
            en="Personal topics | Personal topic | A personal topic | Personal | Something personal",
            de="Persönliches | Persönliche Themen | Persönliches Thema | Privates",
            fr="Sujets personnels | Sujet personnel | Un sujet personnel | Personnel",
            es="Temas personales | Tema personal | Un tema personal | Personal",
        ),
    ),
    Category(
        10,
        "next_step",
        "What is the next step, as the interviewer put it?",
        "The next step",
        'next_step: {what: next_round, by: 2026-11-30, said: "…"}',
    ),
    Category(
        11,
        "other_candidates",
        "Are other candidates in contention?",
        "Other candidates",
        "other_candidates: {answer: unknown}",
    ),
    Category(
        12,
        "decision",
        "When will they decide?",
        "The decision date",
        "decision: {by: 2026-12-04}",
    ),
    Category(
        13,
        "closing_words",
        "What did the interviewer say in concluding?",
        "Closing words",
        '## Closing words\n- "…"',
        _headings(
            en="Closing words | Closing | Last words | In closing | What they said in concluding",
            de="Schlussworte | Letzte Worte | Zum Abschied | Zum Schluss",
            fr="Mots de la fin | Le mot de la fin | En conclusion | Pour conclure",
            es="Palabras finales | Últimas palabras | Para terminar | Al despedirse",
        ),
    ),
)


@lru_cache(maxsize=1_024)
def _fold(heading: str) -> str:
    """A heading as headings are compared: one case, one kind of space and apostrophe, no `?`."""
    # `{#id}` at the end is Material's way to name a heading.
    text = re.sub(r"\s*\{[^{}]*\}\s*$", "", heading)
    text = text.replace("’", "'").replace("‑", "-").replace("–", "-").casefold()
    return re.sub(r"\s+", " ", text).strip(" ?!:.¿")


_BY_HEADING = {
    _fold(name): category.number
    for category in CATEGORIES
    for names in category.headings.values()
    for name in names
}


HEADING_LANGUAGES = tuple(dict.fromkeys(lang for c in CATEGORIES for lang in c.headings))
"""The languages that have names for the headings, English first."""


def category_of(heading: str) -> int | None:
    """The number of the category that a heading stands for."""
    return _BY_HEADING.get(_fold(heading))


@lru_cache(maxsize=1_024)
def languages_of(heading: str) -> frozenset[str]:
    """The languages in which a heading is a name of a category."""
    folded = _fold(heading)
    return frozenset(
        language
        for category in CATEGORIES
        for language, names in category.headings.items()
        if folded in map(_fold, names)
    )


def language_of_headings(entry: Entry) -> str:
    """The language of most of a note's headings; where that is not clear, English."""
    found = Counter(chain.from_iterable(languages_of(s.heading) for s in entry.sections))
    return max(HEADING_LANGUAGES, key=lambda language: found[language])


def answers(entry: Entry) -> tuple[Answer, ...]:
    """What the note says to each of the thirteen, in order."""
    return tuple(_answer(category, entry) for category in CATEGORIES)


def answer_to(number: int, entry: Entry) -> Answer:
    """What the note says to one of the thirteen."""
    return _answer(CATEGORIES[number - 1], entry)


def _answer(category: Category, entry: Entry) -> Answer:
    if category.number == 1:
        return _people(entry)
    if category.number == 9:
        return _personal(entry)
    if category.headings:
        return _section(category.number, entry)
    return _block(getattr(entry.front, category.key))


def _people(entry: Entry) -> Answer:
    people = entry.front.people
    if isinstance(people, NotApplicable):
        return Answer.NOT_APPLICABLE
    return _any(person.name for person in people)


def _personal(entry: Entry) -> Answer:
    people = entry.front.people
    hooks = [] if isinstance(people, NotApplicable) else [person.hook for person in people]
    found = {_any(hooks), _section(9, entry)}
    return next(answer for answer in Answer if answer in found)


def _block(block: object) -> Answer:
    """The answer of a block in the front matter: anything in it that says something."""
    if isinstance(block, NotApplicable):
        return Answer.NOT_APPLICABLE
    if block is None:
        return Answer.MISSING
    values = [value for _, value in block]  # type: ignore[attr-defined]
    return _any(str(value) for value in values if value is not None)


def _section(number: int, entry: Entry) -> Answer:
    """The answer of a section: what is left of its lines without placeholders."""
    return _any(
        line
        for section in entry.sections
        if section.category == number
        for line in section.text.split("\n")
    )


def _any(texts: Iterable[str | None]) -> Answer:
    answer = Answer.MISSING
    for text in texts:
        if text is not None and not is_placeholder(text):
            if not is_not_applicable(text):
                return Answer.ANSWERED
            answer = Answer.NOT_APPLICABLE
    return answer
