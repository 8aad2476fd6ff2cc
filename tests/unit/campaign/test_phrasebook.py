"""The phrasebook: what ships is complete, and a fault is told at its place."""

from __future__ import annotations

from itertools import product

import pytest

from followup.campaign.choice import choose_wording
from followup.campaign.phrasebook import CONDITIONS, fill, parse_phrasebook
from followup.campaign.touches import TOUCHES
from tests.unit.campaign.letters import ENGLISH, english

TEXT = ENGLISH.read_text(encoding="utf-8")
ALWAYS_KNOWN = {"on_day", "date", "person", "format", "event", "time"}
OPENINGS = (
    "thanks", "about_the_interview", "still_about_the_interview", "last_about_the_interview",
    "thanks_for_invitation", "i_will_be_there", "thanks_for_answer", "liked_the_work",
    "thanks_for_offer", "answer_by", "about_withdrawing", "thanks_for_time",
    "thanks_for_referral", "how_it_went", "gratitude",
)  # fmt: skip


def faults(text: str) -> list[tuple[int, str, str]]:
    """Line, code and message of every fault; without a fault there is a phrasebook."""
    book, problems = parse_phrasebook(text, "drafts/en.yml")
    assert (book is None) == bool(problems)
    return [(problem.line, problem.code, problem.message) for problem in problems]


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
        ("{on_day} about the {title} position.", "{on_day} about {job}.", "unknown place `{job}`"),
        ("{next: next_round, met: yes}", "{nxt: next_round}", "unknown condition `nxt`"),
        ("{next: next_round, met: yes}", "{next: tomorrow}", "`next` cannot be `tomorrow`"),
        ("[[thanks], [specific, proof]", "[[thank], [specific, proof]", "the slot `thank`"),
        ("required: [specific, proof]", "required: [hook]", "requires `hook`"),
        ("spare: [next_step]", "spare: [close]", "`close` is in no paragraph"),
        ("Tuesday, Wednesday,", "Tuesday,", "`weekdays` is not as expected"),
        ("months:", "month:", "missing phrase `months`"),
        ("rests_on: [format]", "rests_on: [mood]", "rests_on"),
        ('"Interview, {date}"', '"Interview, {title}"', "must not ask for more"),
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


@pytest.mark.parametrize("slot", OPENINGS)
def test_every_situation_has_an_opening(slot: str) -> None:
    """Whatever is known of an interview or an event, the phrasebook has a way to begin."""
    wordings = english().slots[slot]
    asked = sorted({name for wording in wordings for name in wording.when})
    for values in product(*(sorted(CONDITIONS[name]) for name in asked)):
        situation = dict(zip(asked, values, strict=True))
        known = ALWAYS_KNOWN | ({"title"} if situation.get("title") == "yes" else set())
        known |= {"others"} if situation.get("group") == "yes" else set()
        known |= {"others"} if situation.get("colleagues") in ("one", "several") else set()
        known |= {"interviews"} if situation.get("interviewed") == "yes" else set()
        known |= {"deadline"} if situation.get("deadline") == "yes" else set()
        assert choose_wording(wordings, situation, known, (), ("x",), "text"), situation


@pytest.mark.parametrize("outcome", sorted(CONDITIONS["outcome"] - {"interview"}))
def test_every_end_is_told_to_the_referrer(outcome: str) -> None:
    """Each way an application can end has its own sentence."""
    wordings = english().slots["how_it_ended"]
    chosen = choose_wording(wordings, {"outcome": outcome}, {"event"}, (), ("x",), "text")
    assert chosen
    assert chosen[0].when == {"outcome": {outcome}}


@pytest.mark.parametrize(
    "slot",
    (
        "thanks_for_invitation thanks_for_answer thanks_for_offer about_withdrawing how_it_ended"
    ).split(),
)
def test_what_happened_stands_on_its_line(slot: str) -> None:
    """No wording says that something happened without the line of the note that does."""
    assert all("event" in wording.rests_on for wording in english().slots[slot])


def test_every_message_has_a_form() -> None:
    """Each touch that goes to somebody is written, and what is written is a touch."""
    messages = {name for name, touch in TOUCHES.items() if touch.is_message}
    assert set(english().touches) == messages


def test_wordings_are_told_apart() -> None:
    """No slot says the same twice for one case."""
    for slot, wordings in english().slots.items():
        texts = [
            (text, frozenset(wording.when.items()))
            for wording in wordings
            for text in (wording.text, wording.sentence, wording.fragment)
            if text
        ]
        assert len(texts) == len(set(texts)), slot
