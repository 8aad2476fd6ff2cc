"""The phrasebook: its English is complete, and a fault is told at its place."""

from __future__ import annotations

from itertools import product

import pytest

from followup.campaign.choice import Case, Slot
from followup.campaign.phrasebook import CONDITIONS, Wording, fill
from followup.campaign.phrasebook_files import BookFile, Books, build_books
from tests.unit.campaign.letters import ENGLISH, english

TEXT = ENGLISH.read_text(encoding="utf-8")
ALWAYS_KNOWN = {"on_day", "date", "person", "format", "event", "time"}
OPENINGS = (
    "thanks", "about_the_interview", "still_about_the_interview", "last_about_the_interview",
    "thanks_for_invitation", "i_will_be_there", "thanks_for_answer", "liked_the_work",
    "thanks_for_offer", "answer_by", "about_withdrawing", "thanks_for_time",
    "thanks_for_referral", "how_it_went", "gratitude",
)  # fmt: skip


def books(text: str) -> Books:
    """What a single file in English makes."""
    return build_books((BookFile("en", "drafts/en.yml", text.encode()),))


def faults(text: str) -> list[tuple[int, str, str]]:
    """Line, code and message of every fault; without a fault there is a phrasebook."""
    found = books(text)
    assert ("en" in found.books) == (not found.problems)
    return [(problem.line, problem.code, problem.message) for problem in found.problems]


def line_of(words: str, text: str = TEXT) -> int:
    """The line of the file on which `words` stand first."""
    return text[: text.index(words)].count("\n") + 1


def test_fill_is_one_pass() -> None:
    """Braces, percent signs and backslashes in what is filled in stay as they are."""
    values = {"line": r"{title} 100 % \1 {0} }{", "title": "Clerk"}
    assert fill("{title}: {line}.", values) == r"Clerk: {title} 100 % \1 {0} }{."


def test_missing_phrase() -> None:
    """A phrase that is not there is named."""
    text = TEXT.replace('  nobody: "Dear Hiring Manager,"\n', "")
    assert faults(text) == [(line_of("salutations:"), "missing_phrase", "missing phrase `nobody`")]


def test_unknown_phrase() -> None:
    """A phrase that nothing asks for is an error at its line."""
    text = TEXT.replace('sign_off: "Kind regards,"', 'sign_of: "Kind regards,"')
    line = line_of("sign_of:", text)
    assert (line, "unknown_phrase", "unknown phrase `sign_of`") in faults(text)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "{on_day} about the {title} position.",
            "{on_day} about {job}.",
            "`{job}` is no place to fill in",
        ),
        ("{next: next_round, met: yes}", "{nxt: next_round}", "there is no condition `nxt`"),
        ("{next: next_round, met: yes}", "{next: tomorrow}", "`next` cannot be `tomorrow`"),
        ("[[thanks], [specific, proof]", "[[thank], [specific, proof]", "the slot `thank`"),
        ("required: [specific, proof]", "required: [hook]", "requires `hook`"),
        ("spare: [next_step]", "spare: [close]", "`close` is in no paragraph"),
        ("Tuesday, Wednesday,", "Tuesday,", "`weekdays`: this must have 7 members, not 6"),
        ("months:", "month:", "missing phrase `months`"),
        ("rests_on: [format]", "rests_on: [mood]", "rests_on"),
        ('"Interview, {date}"', '"Interview, {title}"', "must not ask for more"),
        ('date: "{day} {month}"', 'date: "{title}"', "`{title}` is no place to fill in"),
        ('"Dear {name},"', '"Dear {person},"', "`{person}` is no place to fill in"),
        ('"Kind regards,"', '"{name}"', "`{name}` is no place to fill in"),
        ('"Dear {name},"', '"Dear {Name},"', "`{Name}` is no place to fill in"),
        ("about the {title} position.", "about { title }.", "`{ title }` is no place to fill in"),
        ('"{line}"', '"{line"', "`{line` is no place to fill in"),
        ('nobody: "somebody"', 'nobody: ""', "`nobody`: there is no text"),
        ("{two_digit_hour}:{minute}", "{hour_12} {half}", "`{half}` is not known without `halves`"),
        ("dates:\n", "dates:\n  days: {32: x}\n", "`32` is no day of a month"),
        ("dates:\n", "dates:\n  days: {first: x}\n", "`first` is no day of a month"),
        ("sign_off:", "opening: {lower: yes}\nsign_off:", "unknown phrase `lower`"),
        ("sign_off:", "opening: {lower_case: perhaps}\nsign_off:", "`perhaps` is not known here"),
        ("references:", "reference:", "missing phrase `references`"),
        ("  hook:\n", "  hook: {}\n  hooks:\n", "no message says the slot `hooks`"),
        ("extra: [more, more_proof]", "also: []", "unknown phrase `also`"),
    ],
)
def test_inconsistent_phrase(old: str, new: str, words: str) -> None:
    """What does not fit together is told, not met later by a letter."""
    assert old in TEXT
    found = faults(TEXT.replace(old, new, 1))
    assert any(words in message for _, _, message in found), found


def test_line_slot_without_a_wording_for_every_case() -> None:
    """A slot that carries the owner's words has a wording for whatever comes."""
    cut = TEXT.index('    - sentence: "One thing from the conversation has stayed with me')
    end = TEXT.index("  # A second line, where")
    found = faults(TEXT[:cut] + TEXT[end:])
    assert found == [
        (line_of("  specific:\n"), "missing_phrase", "`specific` has no wording for every case")
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("language: [en\nx: 1", 2, "this is no YAML"),
        ("- a\n- b", 1, "this is no list of phrases"),
        ("", 1, "missing phrase"),
        ("language: en\nlanguage: de", 2, "`language` is here twice"),
        ("language: en\na: &a [*a]", 2, "nested too deep"),
    ],
)
def test_file_that_is_no_phrasebook(text: str, line: int, words: str) -> None:
    """A file that cannot be read is one error at its place."""
    first = faults(text)[0]
    assert first[0] == line
    assert words in first[2]


def test_honorifics_need_an_other() -> None:
    """A text that agrees with an honorific has one for those that are not listed."""
    text = TEXT.replace(
        '  honorific: "Dear {honorific} {family_name},"', '  honorific: {Mr.: "Sir,"}'
    )
    assert any("`other`" in message for _, _, message in faults(text))


def test_honorifics_need_one_that_says_neither_man_nor_woman() -> None:
    """`Mx.` never falls to a text made for women or men."""
    old = '  honorific: "Dear {honorific} {family_name},"'
    gendered = '  honorific: {Mr.: "Sir,", other: "Madam,"}'
    assert any("`Mx.`" in message for _, _, message in faults(TEXT.replace(old, gendered)))
    neutral = '  honorific: {Mr.: "Sir,", Mx.: "Dear {name},", other: "Madam,"}'
    assert faults(TEXT.replace(old, neutral)) == []


def test_short_wordings() -> None:
    """A wording, or a slot with one, may be just a text, with or without a line in it."""
    start = TEXT.index("  interest:\n")
    end = TEXT.index("  offer_help:\n")
    text = TEXT[:start] + '  interest: "I remain very interested."\n\n' + TEXT[end:]
    text = text.replace(
        '  hook:\n    - sentence: "{line}"',
        '  hook:\n    - "One more: {line}"\n    - sentence: "{line}"',
    )
    text = text.replace("  useful:\n", '  useful:\n    - "“{line}” is what I can add."\n')
    assert faults(text) == []
    book = books(text).books["en"]
    assert book.slots["interest"] == (Wording(text="I remain very interested."),)
    assert book.slots["hook"][0] == Wording(
        sentence="One more: {line}", fragment="One more: {line}."
    )
    around = "“{line}” is what I can add."
    assert book.slots["useful"][0] == Wording(sentence=around, fragment=around)


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("We met {on_day} about it.", "on November 19, 2025,", "We met on November 19, 2025, about it."),
        ("We met {on_day}.", "on November 19, 2025,", "We met on November 19, 2025."),
        ("We met {on_day}, at ten.", "on November 19, 2025,", "We met on November 19, 2025, at ten."),
        ("Interview, {date}", "November 19, 2025,", "Interview, November 19, 2025"),
        ("Ready at {time}.", "2:00 p.m.", "Ready at 2:00 p.m."),
        ("Ready at {time}, your time.", "2:00 p.m.", "Ready at 2:00 p.m., your time."),
        ("Thank {others}.", "Ann Bee Jr.", "Thank Ann Bee Jr."),
        ("The {title}.", "Analyst,", "The Analyst,."),
        ("{line}.", "Quite…", "Quite…."),
        ("{line}.", "So.", "So.."),
    ],
)  # fmt: skip
def test_no_two_marks_meet(template: str, value: str, expected: str) -> None:
    """The comma of a day and the full stop of an hour give way; the owner's own marks never do."""
    name = template[template.index("{") + 1 : template.index("}")]
    assert fill(template, {name: value}) == expected


@pytest.mark.parametrize("slot", OPENINGS)
def test_every_situation_has_an_opening(slot: str) -> None:
    """Whatever is known of an interview or an event, the phrasebook has a way to begin."""
    wordings = english().slots[slot]
    asked = sorted({name for wording in wordings for name in wording.when})
    choices = Slot(wordings)
    for values in product(*(sorted(CONDITIONS[name]) for name in asked)):
        situation = dict(zip(asked, values, strict=True))
        known = ALWAYS_KNOWN | ({"title"} if situation.get("title") == "yes" else set())
        known |= {"others"} if situation.get("group") == "yes" else set()
        known |= {"others"} if situation.get("colleagues") in ("one", "several") else set()
        known |= {"interviews"} if situation.get("interviewed") == "yes" else set()
        known |= {"deadline"} if situation.get("deadline") == "yes" else set()
        assert choices.choose(Case(situation, frozenset(known)), (), ("x",), "text"), situation


@pytest.mark.parametrize("outcome", sorted(CONDITIONS["outcome"] - {"interview"}))
def test_every_end_is_told_to_the_referrer(outcome: str) -> None:
    """Each way an application can end has its own sentence."""
    slot = Slot(english().slots["how_it_ended"])
    case = Case({"outcome": outcome}, frozenset({"event"}))
    chosen = slot.choose(case, (), ("x",), "text")
    assert chosen
    assert chosen.wording.when == {"outcome": {outcome}}
