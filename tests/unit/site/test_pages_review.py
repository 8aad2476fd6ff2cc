"""The Review page: what keeps coming back, what helps, and what is too early to tell."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from followup.notes.entry import Entry
from followup.notes.folder import load_entries
from followup.resources import page_loader
from followup.site.pages import make_environment, plan_site, render_page
from followup.site.review import CARDS, MORE_CARDS, OLDER, QUOTES, Review, build_review
from tests.unit.notebook import note
from tests.unit.site.campaigns import address, application, campaign_of, lookup_of, video_ahead

FIRST_DAY = date(2026, 3, 2)
COMPLETE = """## The job
- Maps.
## Why I can do it
- I like maps.
## Typical problems
none
## First projects
none
## Personal topics
none
## Closing words
none
"""


def held(number: int, body: str) -> Entry:
    """The finished note of the interview of a day in spring, thanked for at once."""
    day = FIRST_DAY + timedelta(days=number)
    front = f"""company: Acme {number}
title: Analyst
interview: {{format: video, start: {day} 09:00}}
people: [{{id: a, name: Ann Abel, role: hiring_manager, email: a@acme.example}}]
next_step: n/a
other_candidates: n/a
decision: {{by: 2026-12-24}}
log: [{{on: {day}, event: sent, touch: thank_you}}]
"""
    return note(f"note-{number:04}.md", front, COMPLETE + body)


def wrong(*tags: str, better: str = "", why: str = "") -> str:
    """What went wrong, with these tags; the other two of the three say nothing."""
    marks = " ".join(f"#{tag}" for tag in tags)
    lines = [f"- It went wrong. {marks}"]
    lines += [f"  - Why: {why}"] if why else []
    lines += [f"  - Better answer: {better}"] if better else []
    text = "\n".join(lines)
    return f"## What went right\nnone\n## What went wrong\n{text}\n## Royal screw-up\nnone\n"


def right(*tags: str) -> str:
    """What went right, with these tags."""
    marks = " ".join(f"#{tag}" for tag in tags)
    return f"## What went right\n- It went well. {marks}\n## What went wrong\nnone\n## Royal screw-up\nnone\n"


def review_of(*entries: Entry) -> Review:
    """What the page shows of these notes."""
    return build_review(lookup_of(*entries))


def page_of(*entries: Entry) -> str:
    """The page as HTML."""
    campaign = campaign_of(*entries)
    (page,) = (page for page in plan_site(campaign).pages if page.key == "review")
    return render_page(page, make_environment(page_loader(None)), address)


def words(html: str) -> str:
    """The text of a page on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sample(root: Path) -> Review:
    """The Review page of the sample search."""
    return review_of(*load_entries(root / "entries").entries)


def test_the_sample_teaches_something(root: Path) -> None:
    """The sample shows its two recurring weaknesses, one that is better now, and a habit."""
    page = sample(root)
    assert [(theme.title, theme.chip.text if theme.chip else "") for theme in page.work] == [
        ("Keeping answers short", "Recurring"),
        ("Technical depth", "Recurring"),
    ]
    assert [theme.title for theme in page.better] == ["Talking about pay"]
    assert (page.habits[0].title, page.habits[0].said) == (
        "Decision date not asked",
        "Recurring: in 3 of the last 5 interviews",
    )
    assert page.lede.endswith(
        "Two things keep coming back: your answers run long,"
        " and technical questions go deeper than your answers."
    )
    assert page.deck.count >= 10


@pytest.mark.parametrize(
    ("bodies", "finding"),
    [
        ([wrong("energy")] * 3, "One thing keeps coming back: your energy drops."),
        (
            [wrong("energy", "listening", "closing")] * 3,
            "Three things keep coming back, above all: the end of the talk slips.",
        ),
        ([wrong("small_talk")] * 3, "One thing keeps coming back: small talk."),
        ([wrong("energy")] * 2, "Nothing keeps coming back. Watch one thing: your energy drops."),
        ([wrong("energy")] * 2 + [right()] * 3, "Nothing keeps coming back. Better now: energy."),
        ([right("rapport")] * 3, "Nothing keeps coming back. What works: rapport."),
        ([wrong("energy"), right()], "Nothing keeps coming back."),
    ],
)
def test_first_line_answers(bodies: list[str], finding: str) -> None:
    """The first line says what keeps coming back, else what is next in weight."""
    page = review_of(*(held(number, body) for number, body in enumerate(bodies)))
    assert page.lede.endswith(f"finished interviews, read together. {finding}")


def test_a_habit_is_a_finding() -> None:
    """Where no weakness comes back, a habit that does is what the first line says."""
    silent = [
        note(
            f"{name}.md",
            f"company: {name}\ntitle: A\ninterview: {{format: video, start: 2026-03-0{day}}}\n"
            "people: [{name: Ann Abel, email: a@a.example}]\n"
            f"log: [{{on: 2026-03-0{day}, event: sent, touch: thank_you}}]\n",
            right("rapport") if day == 2 else right(),
        )
        for day, name in ((2, "x"), (3, "y"), (4, "z"))
    ]
    page = review_of(*silent)
    assert "One habit to change: you leave without knowing when they decide." in page.lede


@pytest.mark.parametrize(
    ("entries", "lede", "text"),
    [
        ((), "Nothing to compare yet.", "Write your first note. followup new"),
        (
            (application(),),
            "Nothing to compare yet.",
            "Two interviews make a pattern. You have none yet.",
        ),
        (
            (video_ahead(),),
            "Nothing to compare yet.",
            "You have none yet. The first is on Tue 24 Nov, 10:00, at Linden & Marsh.",
        ),
        (
            (held(1, ""),),
            "Nothing to compare yet.",
            "No note says yet what went right or wrong. Begin with the latest: Acme 1, Tue 3 Mar .",
        ),
        (
            (held(1, wrong("energy")), video_ahead()),
            "One finished interview: too early to tell.",
            "You have one. The second is on Tue 24 Nov, 10:00, at Linden & Marsh.",
        ),
        (
            (held(1, "## What went right\n- Yes. #energy\n"),),
            "One finished interview: too early to tell.",
            "You have one; finish its notes today: Acme 1, Tue 3 Mar .",
        ),
        (
            (held(1, right()), held(2, wrong())),
            "Two finished interviews, none of them tagged yet.",
            "No bullet is tagged yet.",
        ),
    ],
)
def test_too_early_to_tell(entries: tuple[Entry, ...], lede: str, text: str) -> None:
    """Before there is a pattern, the page says what is missing and when there will be one."""
    html = page_of(*entries)
    assert f'<p class="fu-head__lede">{lede}</p>' in html
    assert text in words(html)
    assert "fu-matrix" not in html


def test_untagged_notes_are_told_how() -> None:
    """Without any tag the page shows one, and names the command that suggests them."""
    shown = words(page_of(held(1, right()), held(2, wrong())))
    assert "- I talked for five minutes. #conciseness" in shown
    assert "followup check suggests a tag" in shown
    assert "#conciseness" not in words(page_of(held(1, wrong("energy")), held(2, right())))


def test_picture_of_the_last_five() -> None:
    """Interviews across, patterns down; each cell says in words what it shows."""
    royal = wrong("energy").replace("none", "- Asleep. #energy", 2)
    bodies = [wrong("energy"), royal, right("rapport"), wrong("energy") + "", right("rapport")]
    html = page_of(*(held(number, body) for number, body in enumerate([right(), *bodies])))
    picture = html.split("<table", 1)[1].split("</table>")[0]
    assert "Your last five interviews" in picture
    heads = re.findall(r'<th scope="col"><a href="([^"]+)"', picture)
    assert heads == [f"/notes/note-{number:04}" for number in range(1, 6)]
    rows = {
        words(row.split("</a>")[0]): re.findall(r'class="fu-vh">([^<]+)<', row)
        for row in re.findall(r'<th scope="row">(.*?)</tr>', picture, re.S)
    }
    assert rows["Energy"] == [
        "went wrong",
        "royal screw-up",
        "did not come up",
        "went wrong",
        "did not come up",
    ]
    assert rows["Rapport"][2::2] == ["went right", "went right"]


def test_picture_of_a_few() -> None:
    """With fewer than five interviews the picture says how many it shows."""
    assert "Your two interviews" in page_of(held(1, wrong("energy")), held(2, wrong("energy")))


def test_what_to_work_on() -> None:
    """A theme has its quotes with reason and line, and the better answers to rehearse."""
    body = wrong("energy", why="no lunch", better="I would like to start with the best part.")
    page = review_of(*(held(number, body) for number in range(3)))
    (theme,) = page.work
    assert theme.said == "in 3 of the last 3 interviews"
    latest = theme.quotes.shown[0]
    assert (latest.text, latest.why, latest.line.text) == (
        "It went wrong.",
        ("no lunch",),
        "Acme 2, Wed 4 Mar, line 26",
    )
    assert latest.line.link.anchor == "L26"
    assert [quote.text for quote in theme.better] == ["I would like to start with the best part."]
    assert theme.helps == ""


def test_without_a_better_answer_something_else_helps() -> None:
    """A weakness for which no better answer is noted comes with a step that helps."""
    page = review_of(*(held(number, wrong("energy")) for number in range(3)))
    assert page.work[0].helps.startswith("Stand up for a call")
    assert review_of(*(held(n, wrong("small_talk")) for n in range(3))).work[0].helps == ""


def test_royal_screw_ups_are_counted() -> None:
    """Twice royally within five interviews recurs, and the page says why."""
    royal = "## Royal screw-up\n- Asleep. #energy\n"
    page = review_of(*(held(number, royal) for number in range(2)))
    assert page.work[0].said == "in 2 of the last 2 interviews, twice as a royal screw-up"
    assert page.work[0].quotes.shown[0].royal


def test_strengths_to_lead_with() -> None:
    """What goes right lately stands in front, the rest can be unfolded."""
    bodies = [right("closing"), right("rapport", "energy"), right("rapport"), right("rapport")]
    page = review_of(*(held(number, body) for number, body in enumerate(bodies)))
    assert [(theme.title, theme.said) for theme in page.keep] == [
        ("Rapport", "Went right in 3 of the last 4 interviews")
    ]
    assert [(theme.title, theme.said) for theme in page.also_right] == [
        ("Energy", "Went right once"),
        ("Closing well", "Went right once"),
    ]


def test_better_now_says_since_when() -> None:
    """What is better now tells how often it had come up before."""
    bodies = [wrong("energy"), wrong("energy"), right(), right(), right()]
    page = review_of(*(held(number, body) for number, body in enumerate(bodies)))
    assert page.better[0].said == "not in the last 3 interviews; before that in 2 of 2"
    assert [theme.title for theme in page.seen] == []


def test_cards_to_rehearse() -> None:
    """Every better answer is a card, also without a tag; what keeps coming back comes first."""
    energy = wrong("energy", better="I slept well.")
    bodies = [energy, energy.replace("well", "long"), wrong(better="I would ask first.")]
    page = review_of(*(held(number, body) for number, body in enumerate(bodies)))
    assert [(card.asked, card.answer) for card in page.deck.shown] == [
        ("It went wrong.", "I slept long."),
        ("It went wrong.", "I slept well."),
        ("It went wrong.", "I would ask first."),
    ]


def test_a_long_search_stays_readable() -> None:
    """Of many quotes and cards the latest are shown, some more unfold, the rest is counted."""
    body = wrong("energy", better="I would ask first.")
    entries = [held(number, body.replace("It", f"Number {number}")) for number in range(60)]
    page = review_of(*entries)
    quotes = page.work[0].quotes
    assert [len(quotes.shown), len(quotes.older), quotes.left] == [
        QUOTES,
        OLDER,
        60 - QUOTES - OLDER,
    ]
    assert quotes.shown[0].text == "Number 59 went wrong."
    deck = page.deck
    assert [len(deck.shown), len(deck.older), deck.left] == [
        CARDS,
        MORE_CARDS,
        60 - CARDS - MORE_CARDS,
    ]
    shown = words(page_of(*entries))
    assert "45 more before these stand in your notes" in shown
    assert "12 older ones stand in your notes" in shown


def test_own_words_stay_text() -> None:
    """A bullet, a reason, an answer and an own tag are shown as they were written."""
    body = wrong("ärger", why="`<b>` & so on", better="`<i>` first.").replace("It", "`<s>` it")
    html = page_of(*(held(number, body) for number in range(3)))
    for tag in ("b", "i", "s"):
        assert f"&lt;{tag}&gt;" in html
        assert f"<{tag}>" not in html
    assert 'href="#weakness-ärger"' in html
    assert 'id="weakness-ärger"' in html


def test_strength_and_weakness_of_one_tag() -> None:
    """One tag that is both has two places on the page, each with its own name."""
    html = page_of(*(held(number, wrong("energy") + right("energy")) for number in range(3)))
    assert 'id="weakness-energy"' in html
    assert 'id="strength-energy"' in html
