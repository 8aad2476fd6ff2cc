"""What goes into which letter, and what leaves a gap."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.choice import Case, Slot
from followup.campaign.drafts import build_drafts
from followup.campaign.fact import title_as_said
from followup.campaign.model import Draft
from followup.campaign.schedule import build_follow_ups
from tests.unit.campaign.letters import codes, english, letters_of, result_of
from tests.unit.notebook import note, portal_of

RIVERA = (
    "{id: rivera, name: Elena Rivera, honorific: Ms., role: hiring_manager, email: e@acme.example}"
)
ODUYA = "{id: oduya, name: Samuel Oduya, honorific: Mr., role: interviewer, email: s@acme.example}"
DAHL = "{id: dahl, name: Karin Dahl, honorific: Ms., role: recruiter, email: k@acme.example}"
NOVAK = "{id: novak, name: Petr Novak, honorific: Mr., role: coordinator, email: p@acme.example}"
WORK = "## The job\n- Trucks are late.\n## Why I can do it\n- I can count.\n"


def front(
    *people: str, kind: str = "panel", more: str = "", start: str = "2026-11-19 14:00"
) -> str:
    """The front matter of an interview at Acme with these people."""
    listed = "\n".join(f"  - {person}" for person in people)
    return (
        f"company: Acme\ntitle: Data Analyst\ninterview: {{format: {kind}, start: {start}}}\n"
        f"people:\n{listed}\n{more}"
    )


def thanks(*people: str, body: str = WORK, kind: str = "panel", more: str = "") -> dict[str, Draft]:
    """The thank-yous of one interview by the id of their reader."""
    letters = letters_of(note("a.md", front(*people, kind=kind, more=more), body))
    return {key[-1]: draft for key, draft in letters.items() if key[0] == "thank_you"}


def said(draft: Draft) -> str:
    """The paragraphs of a draft."""
    return "\n".join(" ".join(s.text for s in part) for part in draft.paragraphs)


def test_own_lines_first_then_shared_ones_in_turn() -> None:
    """A line marked with an id goes to that person alone; the others are dealt over the rest."""
    body = (
        "## Typical problems\n- Alpha is hard. @rivera\n- Beta is hard.\n- Gamma is hard.\n"
        "## Why I can do it\n- I can count.\n"
    )
    third = "{id: yu, name: Ann Yu, honorific: Ms., role: interviewer, email: a@acme.example}"
    letters = thanks(RIVERA, ODUYA, third, body=body)
    found = {
        reader: [word for word in ("Alpha", "Beta", "Gamma") if word in said(draft)]
        for reader, draft in letters.items()
    }
    assert found == {"rivera": ["Alpha"], "oduya": ["Beta"], "yu": ["Gamma"]}


def test_what_to_speak_about_with_whom() -> None:
    """A manager hears of the first project, a peer of the problem, a recruiter of the job."""
    body = (
        "## The job\n- Jobs are many.\n## Typical problems\n- Problems are hard.\n"
        "## First projects\n- Projects are near.\n## Why I can do it\n- I can count.\n"
    )
    letters = thanks(RIVERA, ODUYA, DAHL, body=body)
    assert "Projects are near." in said(letters["rivera"])
    assert "Problems are hard." in said(letters["oduya"])
    assert "Jobs are many." in said(letters["dahl"])


def test_a_recruiter_may_be_told_what_others_said() -> None:
    """What somebody else said is for a recruiter, who brought them together, and nobody else."""
    body = "## The job\n- Trucks are late. @rivera\n## Why I can do it\n- I can count.\n"
    letters = thanks(RIVERA, ODUYA, DAHL, body=body)
    assert "Trucks are late." in said(letters["dahl"])
    assert "Trucks" not in said(letters["oduya"])
    assert "[one thing Mr. Oduya told you" in said(letters["oduya"])


def test_nobody_said_what_is_not_marked() -> None:
    """In a panel an unmarked line is not said to be the reader's; alone with one person it is."""
    panel = thanks(RIVERA, ODUYA)
    alone = thanks(ODUYA, kind="video")
    assert not any("you" in said(draft).split("Trucks")[0].split("\n")[1].casefold().split()
                   for draft in panel.values())  # fmt: skip
    assert any(word in said(alone["oduya"]).split("\n")[1] for word in ("You ", "you "))


def test_a_fragment_gets_a_colon_and_a_stop() -> None:
    """A bullet that is no sentence stands in a phrase made for fragments, unchanged."""
    body = "## The job\n- trucks, mostly late;\n## Why I can do it\n- counting (a lot)\n"
    text = said(thanks(ODUYA, kind="video", body=body)["oduya"])
    assert ": trucks, mostly late. " in text
    assert ": counting (a lot)." in text


def test_a_bullet_that_leads_to_others_stands_for_them() -> None:
    """A line that ends in a colon makes no point of its own."""
    body = "## The job\n- Overheard at lunch: @oduya\n  - Trucks are late.\n## Why I can do it\n- I can count.\n"
    draft = thanks(RIVERA, ODUYA, body=body)["oduya"]
    assert "Trucks are late." in said(draft)
    assert "lunch" not in said(draft)


def test_text_of_the_owner_stays_as_it_is() -> None:
    """Braces, percent signs, quotes, marks and length change nothing."""
    line = r"Use {title} or {0} at 100 % of C:\new, “quoted” & <b>bold</b> 🦄 " + "x" * 10_000 + "."
    body = f"## The job\n- `{line}`\n## Why I can do it\n- I can count.\n"
    draft = thanks(ODUYA, kind="video", body=body)["oduya"]
    assert line in draft.body


@pytest.mark.parametrize(
    ("title", "said_as"),
    [
        ("Leiterin Netzplanung (m/w/d)", "Leiterin Netzplanung"),
        ("Analyst (all genders)", "Analyst"),
        ("Analyst - [f/m/x]", "Analyst"),
        ("Chef de projet H/F", "Chef de projet"),
        ("I/O Analyst", "I/O Analyst"),
        ("Analyst (R/Python)", "Analyst (R/Python)"),
        ("(m/w/d)", "(m/w/d)"),
        (f"A{' ' * 20_000}B", f"A{' ' * 20_000}B"),
    ],
)
def test_a_title_is_said_without_its_mark_for_everybody(title: str, said_as: str) -> None:
    """What an advertisement has to say nobody writes in a letter."""
    assert title_as_said(title) == said_as


def test_recovery_goes_to_who_asked_else_to_the_manager() -> None:
    """A better answer goes to its id, else to the hiring manager alone; the failure to nobody."""
    body = (
        WORK + "## What went wrong\n- Froze on windows\n  - Better answer: Use RANK. @oduya\n"
        "- Mumbled\n  - Better answer: I like trucks.\n"
    )
    letters = thanks(RIVERA, ODUYA, DAHL, body=body)
    found = {
        reader: [text for text in ("Use RANK.", "I like trucks.") if text in draft.body]
        for reader, draft in letters.items()
    }
    assert found == {"rivera": ["I like trucks."], "oduya": ["Use RANK."], "dahl": []}
    assert not any(word in d.body for d in letters.values() for word in ("Froze", "Mumbled"))


def test_recovery_without_a_manager() -> None:
    """Without an id and without a hiring manager a better answer stays at home."""
    body = WORK + "## Royal screw-up\n- Joked\n  - Better answer: I like trucks.\n"
    assert "I like trucks." not in thanks(ODUYA, kind="video", body=body)["oduya"].body


@pytest.mark.parametrize(
    "about_pay",
    [
        "- Froze #salary_talk\n  - Better answer: I ask for 50k.\n",
        "- Froze\n  - Better answer: I ask for 50k. #Salary-Talk\n",
        "- Froze\n  - Why: No figure. #salary_talk\n  - Better answer: I ask for 50k.\n",
    ],
)
def test_pay_is_no_recovery(about_pay: str) -> None:
    """A better answer about pay is rehearsed, not written; the one below it is."""
    other = "- Mumbled\n  - Better answer: I like trucks.\n"
    draft = thanks(RIVERA, body=f"{WORK}## What went wrong\n{about_pay}{other}")["rivera"]
    assert "50k" not in draft.body
    assert "I like trucks." in draft.body


def test_recovery_of_a_marked_bullet() -> None:
    """The id may stand on the bullet above the better answer."""
    body = WORK + "## What went wrong\n- Froze @oduya\n  - Better answer: Use RANK.\n"
    letters = thanks(RIVERA, ODUYA, body=body)
    assert "Use RANK." in letters["oduya"].body
    assert "Use RANK." not in letters["rivera"].body


def test_hook_comes_after_the_job() -> None:
    """A hook is said as it is written, after the work; a personal topic only to whom it is marked."""
    person = RIVERA.replace("}", ', hook: "Back Cove takes beginners."}')
    body = WORK + "## Personal topics\n- We both row.\n- The bakery is on Mill Street. @oduya\n"
    letters = thanks(person, ODUYA, DAHL, body=body)
    rivera, oduya = said(letters["rivera"]), said(letters["oduya"])
    assert rivera.index("I can count.") < rivera.index("Back Cove takes beginners.")
    assert "The bakery is on Mill Street." in oduya
    assert "row" not in rivera + oduya + said(letters["dahl"])


@pytest.mark.parametrize(
    "hook", ["She asked about rowing.", "I met his team.", "It was good to meet Elena Rivera."]
)
def test_a_line_about_its_reader_is_a_gap(hook: str) -> None:
    """A hook that talks about its reader is quoted as a gap and keeps the draft back."""
    draft = thanks(RIVERA.replace("}", f', hook: "{hook}"}}'), kind="video")["rivera"]
    gaps = [s for s in draft.sentences if s.gap]
    assert [hook in gap.text and gap.text[0] == "[" for gap in gaps] == [True]
    assert codes(draft) == ["third_person"]
    assert draft.remarks[0].source == gaps[0].sources[0]
    assert not draft.ready


def test_another_line_is_taken_before_one_about_the_reader() -> None:
    """Where the note has another line, nobody has to reword one."""
    body = "## The job\n- She likes trucks. @rivera\n- Trucks are late.\n## Why I can do it\n- I can.\n"
    draft = thanks(RIVERA, ODUYA, body=body)["rivera"]
    assert "Trucks are late." in said(draft)
    assert draft.ready


def test_gaps_name_the_person_and_the_line_to_add() -> None:
    """Each missing fact asks its question at the heading where the answer belongs."""
    draft = thanks(
        RIVERA, ODUYA, body="## First projects\n\n## Why I can do it\n- I ran. @oduya\n"
    )["rivera"]
    assert [s.text for s in draft.sentences if s.gap] == [
        "[one thing Ms. Rivera told you about the job, its problems or first projects]",
        "[one thing you have done that shows you can do it]",
    ]
    remarks = [(r.code, r.source and r.source.line, r.line_to_add) for r in draft.remarks]
    assert remarks == [("missing_fact", 9, "- … @rivera"), ("missing_fact", 11, "- … @rivera")]
    assert "marked for somebody else, not for Ms. Rivera" in draft.remarks[1].message
    assert all(remark.question.endswith("?") for remark in draft.remarks)


def test_gap_without_its_heading() -> None:
    """Where the heading is missing too, it is part of what to add; alone, no id is needed."""
    draft = thanks(ODUYA, kind="video", body="Nothing yet.\n")["oduya"]
    assert [(r.line_to_add, r.source and r.source.line) for r in draft.remarks] == [
        ("## Typical problems\n- …", 2),
        ("## Why I can do it\n- …", 2),
    ]


def test_placeholders_are_no_facts() -> None:
    """A bullet that only keeps a place is no answer."""
    draft = thanks(
        ODUYA, kind="video", body="## The job\n- …\n- n/a\n## Why I can do it\n- TODO\n"
    )["oduya"]
    assert codes(draft) == ["missing_fact", "missing_fact"]


def test_one_letter_for_all_who_cannot_be_reached() -> None:
    """Without an address among those met, one letter to the contact names them."""
    people = [p.split(", email", maxsplit=1)[0] + "}" for p in (RIVERA, ODUYA)]
    letters = thanks(*people, NOVAK)
    assert list(letters) == ["novak"]
    assert "Ms. Rivera and Mr. Oduya" in said(letters["novak"])
    assert letters["novak"].ready


def test_no_address_at_all() -> None:
    """A letter that cannot go anywhere says so."""
    draft = thanks(ODUYA.split(", email", maxsplit=1)[0] + "}", kind="video")["oduya"]
    assert codes(draft) == ["missing_email"]
    assert (draft.remarks[0].source and draft.remarks[0].source.line) == 6
    assert not draft.ready


def test_nobody_is_known() -> None:
    """A note without people has a letter with all of its questions."""
    entry = note(
        "a.md", "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-19}", WORK
    )
    draft = letters_of(entry)[("thank_you",)]
    assert draft.salutation.text == "Dear Hiring Manager,"
    assert codes(draft) == ["missing_fact", "missing_email"]


def test_nobody_signs() -> None:
    """Without a name in the settings the signature is a gap."""
    _, result = result_of(note("a.md", front(ODUYA, kind="video"), WORK), me={})
    draft = next(iter(result.drafts.values()))
    assert draft.signature == ("Kind regards,", "[your name]")
    assert codes(draft) == ["missing_fact"]
    assert not draft.ready


def test_planned_interviews_have_no_draft() -> None:
    """There is nothing to say before it has taken place."""
    entry = note("a.md", front(ODUYA, start="2026-11-24 10:00"), WORK)
    assert letters_of(entry) == {}


@pytest.mark.parametrize(
    ("start", "day"),
    [("2026-11-19 14:00", "on Thursday"), ("2026-11-13 10:00", "on 13 November")],
)
def test_days_are_counted_from_the_due_date(start: str, day: str) -> None:
    """Within a week of the due date a day is its weekday, later its date."""
    more = "next_step: {ask_on: 2026-11-20}\n" if "13" in start[:10] else ""
    letters = letters_of(note("a.md", front(ODUYA, kind="video", start=start, more=more), WORK))
    touch = "status_check_1" if more else "thank_you"
    assert day in said(letters[(touch, "oduya")])


def test_the_year_where_it_changes() -> None:
    """A check in January speaks of a day in December with its year."""
    entry = note("a.md", front(ODUYA, kind="video", start="2026-12-29 14:00"), WORK)
    letters = letters_of(entry, today=date(2027, 1, 20))
    assert "on 29 December 2026" in said(letters[("status_check_1", "oduya")])


def test_check_replies_to_the_thanks() -> None:
    """A check has the subject of the thank-you to the same person; without one, its own."""
    letters = letters_of(note("a.md", front(ODUYA, DAHL), WORK))
    thanked = letters[("thank_you", "dahl")].subject
    assert letters[("status_check_1", "dahl")].subject == f"Re: {thanked}"
    assert letters[("status_check_2", "dahl")].subject == f"Re: {thanked}"
    other = letters_of(note("a.md", front(ODUYA, NOVAK), WORK))
    assert other[("status_check_1", "novak")].subject == "Data Analyst interview, 19 November"
    assert other[("status_check_2", "novak")].subject == "Re: Data Analyst interview, 19 November"


def test_missed_thanks_go_into_the_check() -> None:
    """A thank-you that was never sent is said in the place where the check begins."""
    entry = note("a.md", front(DAHL, kind="phone_screen"), WORK)
    letters = letters_of(entry, today=date(2026, 12, 1))
    check = letters[("status_check_1", "dahl")]
    assert "hank you" in check.paragraphs[0][0].text or "thank you" in check.paragraphs[0][0].text
    assert check.subject == "Re: Thank you – Data Analyst interview, 19 November"
    assert letters[("status_check_2", "dahl")].subject == check.subject


def test_check_names_the_day_they_named() -> None:
    """The day comes from the note, or from the log line that moved it."""
    more = "next_step: {what: next_round, by: 2026-11-20}\n"
    letters = letters_of(note("a.md", front(DAHL, more=more), WORK))
    assert "by 20 November" in said(letters[("status_check_1", "dahl")])
    moved = more + "log:\n  - {on: 2026-11-20, event: date_changed, decision_by: 2026-11-27}\n"
    draft = letters_of(note("a.md", front(DAHL, more=moved), WORK))[("status_check_1", "dahl")]
    assert "by 27 November" in said(draft)
    assert {s.line for part in draft.paragraphs for x in part for s in x.sources} >= {9}


def test_a_check_before_that_day_does_not_call_it_past() -> None:
    """Where one may ask sooner, nothing is said of the day still ahead."""
    more = "next_step: {ask_on: 2026-11-24, by: 2026-11-30}\n"
    letters = letters_of(note("a.md", front(DAHL, more=more), WORK))
    assert "30 November" not in said(letters[("status_check_1", "dahl")])


@pytest.mark.parametrize(
    ("quote", "used"),
    [
        ("A case round with the team.", True),
        ("You will hear from us.", False),
        ("She will call.", False),
        ("Karin Dahl writes to all.", False),
    ],
)
def test_their_words_are_said_back_only_where_they_can_be(quote: str, *, used: bool) -> None:
    """Words that would turn round stay in the note."""
    letters = thanks(ODUYA, DAHL, more=f'next_step: {{what: next_round, said: "{quote}"}}\n')
    assert (quote in said(letters["dahl"])) is used
    assert letters["dahl"].ready


def test_application_check() -> None:
    """After an application without an answer, a question to the contact; a task has no draft."""
    facts = "company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\n"
    letters = letters_of(note("a.md", facts + f"people: [{DAHL}]"))
    draft = letters[("application_check", "dahl")]
    assert draft.ready
    assert draft.subject == "Application for Clerk, 2 November"
    assert "2 November" in said(draft)
    assert letters_of(note("a.md", facts)) == {}


def test_networking_asks_for_no_proof() -> None:
    """A chat that was no interview is thanked for without an application."""
    entry = note(
        "a.md",
        "company: Acme\ninterview: {format: networking, start: 2026-11-19 14:00}\n"
        f"people: [{ODUYA}]",
        "## The job\n- Trucks are late.\n",
    )
    draft = letters_of(entry)[("thank_you", "oduya")]
    assert draft.ready
    assert draft.subject == "Thank you – our conversation, 19 November"


def test_lengths() -> None:
    """A full note gives a thank-you within its length, long and short, and checks within theirs."""
    body = (
        "## The job\n- The planning team decides how many trucks each depot gets.\n"
        "## Why I can do it\n- In my thesis I forecast bike rentals.\n"
        "## Personal topics\n- The restaurant that I mentioned on the stairs is Lotus Kitchen. @oduya\n"
        "## What went wrong\n- Froze @oduya\n  - Better answer: I would keep the first row.\n"
    )
    more = "next_step: {what: next_round}\n"
    for kind in ("video", "phone_screen"):
        letters = letters_of(note("a.md", front(ODUYA, kind=kind, more=more), body))
        for draft in letters.values():
            low, high = draft.target
            assert low <= draft.words <= high, draft.body


def test_a_short_message_says_a_second_thing() -> None:
    """Another line of the reader's own is said where the message is short, and only there."""
    lines = (
        "## The job\n- Nights are quiet. @oduya\n## Typical problems\n- Trucks are late. @oduya\n"
    )
    proof = "## Why I can do it\n- I can count.\n"
    short = thanks(ODUYA, kind="video", body=lines + proof)["oduya"]
    assert said(short).index("Trucks are late.") < said(short).index("Nights are quiet.")
    much = proof + f"- {'I count very well. ' * 20}@oduya\n"
    assert "Nights are quiet." not in said(thanks(ODUYA, kind="video", body=lines + much)["oduya"])
    assert "Nights are quiet." not in said(thanks(ODUYA, kind="video", body=lines)["oduya"])
    panel = thanks(RIVERA, ODUYA, body=lines + proof)
    assert "Nights are quiet." not in said(panel["rivera"])


def test_neighbours_share_no_wording() -> None:
    """As long as there are others, two members of one interview get different phrases."""
    people = [
        f"{{id: p{n}, name: Ann Yu{n}, honorific: Ms., role: interviewer, email: p{n}@acme.example}}"
        for n in range(5)
    ]
    body = "## Typical problems\n- Trucks are late.\n## Why I can do it\n- I can count.\n"
    openings = [draft.paragraphs[0][0].text for draft in thanks(*people, body=body).values()]
    assert len(set(openings)) == 5


def test_choice_is_stable() -> None:
    """The same person and note give the same letter, whoever else is added to it behind them."""
    alone = thanks(RIVERA, ODUYA)
    more = thanks(RIVERA, ODUYA, DAHL)
    assert alone["rivera"].body == more["rivera"].body
    assert alone["oduya"].body == more["oduya"].body


def test_a_wording_stays_when_another_no_longer_fits() -> None:
    """A day that has passed takes a wording away; only a letter that had that one changes."""
    slot = Slot(english().slots["next_step"])
    situation = {"next": "next_round", "role": "hiring_manager", "met": "yes"}
    for name in ("rivera", "oduya", "dahl", "novak", "yu", "lee", "reed", "haas"):
        before, after = (
            slot.choose(Case(situation, frozenset(known)), (), (name,), "text")
            for known in ({"by", "next_step"}, {"next_step"})
        )
        assert before is not None
        assert after is not None
        assert before == after or "{by}" in before.text


def test_a_short_letter_says_what_the_note_has_before_courtesy() -> None:
    """Every line that is left comes first; where it is still short, interest is said, to each anew."""
    body = (
        "## The job\n- The stores close at eight.\n- A van leaves every morning.\n"
        "## Why I can do it\n- I can count.\n"
    )
    courtesy = [wording.text for wording in english().slots["more_interest"]]

    def courtesy_to(draft: Draft) -> list[str]:
        return [text for text in courtesy if text and text in said(draft)]

    alone = thanks(RIVERA, body=body)["rivera"]
    assert "The stores close at eight." in said(alone)
    assert "A van leaves every morning." in said(alone)
    assert len(courtesy_to(alone)) == 1
    both = thanks(RIVERA, ODUYA, body=body)
    assert courtesy_to(both["rivera"]) != courtesy_to(both["oduya"])
    long = body.replace("I can count.", " ".join(["I can count."] * 15))
    assert courtesy_to(thanks(RIVERA, body=long)["rivera"]) == []


def test_a_language_without_a_phrasebook() -> None:
    """It gives no draft and a problem at its line; a region does with its language."""
    german = note("a.md", front(ODUYA, more="language: de\n"), WORK)
    _, result = result_of(german)
    assert result.drafts == {}
    assert [(p.path, p.line, p.code) for p in result.problems] == [("a.md", 7, "unknown_language")]
    assert "to one of en" in result.problems[0].hint
    british = note("a.md", front(ODUYA, more="language: en-GB\n"), WORK)
    assert letters_of(british)


def test_no_phrasebook_at_all() -> None:
    """Without any phrasebook there is a problem for every note with a message, once."""
    portal = portal_of(note("a.md", front(ODUYA, RIVERA), WORK))
    result = build_drafts(portal, build_follow_ups(portal), {})
    assert len(result.problems) == 1


def test_set_phrases_stand_on_nothing() -> None:
    """Every sentence with the owner's or the notes' facts has a line; courtesy has none."""
    draft = thanks(ODUYA, kind="phone_screen")["oduya"]
    assert draft.salutation.sources == ()
    assert all(s.sources for part in draft.paragraphs for s in part)
    assert english().sign_off == draft.signature[0]
