"""Random searches, one after another: what is remembered of one changes nothing of the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup.campaign.build import build_campaign
from followup.campaign.drafts import _write_letters
from followup.campaign.model import Campaign
from followup.campaign.parts import plans_by_company
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.voice import Voice
from followup.notes.entry import Entry
from followup.notes.memory import RUNS_KEPT, Memory
from followup.portal.build import build_portal
from followup.portal.options import Options
from followup.resources import load_phrasebooks
from followup.site.lookup import build_lookup
from followup.site.pages import SitePlan, _pages_of_company, plan_site
from tests.fuzz.test_plan import TODAY, notes

COMPANIES = ("Acme", "Bell & Co", "Acme Data")
OPTIONS = Options(country="US", subdivision="NY")


@st.composite
def entries_of_companies(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Up to six notes about up to three companies."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        entry = draw(notes(number))
        company = draw(st.sampled_from(COMPANIES))
        found.append(replace(entry, front=entry.front.model_copy(update={"company": company})))
    return tuple(found)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[tuple[Entry, ...], date]]:
    """The same notes as they stand at several times: some are gone, changed, or new."""
    pool = draw(entries_of_companies())
    changed = draw(entries_of_companies())
    times = []
    for _ in range(3):
        which = [draw(st.sampled_from((*pair, None))) for pair in zip(pool, changed, strict=False)]
        today = TODAY + timedelta(days=draw(st.sampled_from((0, 0, 0, 1))))
        times.append((tuple(entry for entry in which if entry), today))
    return times


def _books() -> Mapping[str, Phrasebook]:
    return load_phrasebooks(None)[0]


def _campaign(entries: Sequence[Entry], today: date, memory: Memory | None = None) -> Campaign:
    portal = build_portal(entries, today, OPTIONS, memory)
    return build_campaign(portal, _books(), memory)[0]


def _shown(plan: SitePlan) -> dict[str, object]:
    pages = {page.key: (page.title, page.section, page.view) for page in plan.pages}
    return {**pages, **{key: render() for key, render in plan.files.items()}}


@settings(max_examples=60)
@given(histories())
def test_remembering_changes_nothing(history: list[tuple[tuple[Entry, ...], date]]) -> None:
    """Every page and file is what it would be if nothing had been built before."""
    memory = Memory()
    for entries, today in history:
        remembered = _campaign(entries, today, memory)
        fresh = _campaign(entries, today)
        assert remembered == fresh
        assert _shown(plan_site(remembered, memory)) == _shown(plan_site(fresh))
        memory.end_run()


@settings(max_examples=60)
@given(entries_of_companies())
def test_a_company_is_shown_from_its_own_notes(entries: tuple[Entry, ...]) -> None:
    """The part of a campaign about one company has all that its pages say of it in the whole one."""
    campaign = _campaign(entries, TODAY)
    whole = build_lookup(campaign)
    shown = {page.key: page for page in plan_site(campaign).pages}
    for company in campaign.portal.companies.values():
        for page in _pages_of_company(whole, company):
            assert shown[page.key].title == page.title
            assert shown[page.key].view == page.view


@settings(max_examples=60)
@given(entries_of_companies())
def test_a_letter_knows_all_that_it_rests_on(entries: tuple[Entry, ...]) -> None:
    """Written from one company's part, every letter reads as it would from the whole search."""
    campaign = _campaign(entries, TODAY)
    portal = campaign.portal
    policy = portal.options.salutation_policy
    voices = {name: Voice(book, policy) for name, book in _books().items()}
    for plan in plans_by_company(portal, campaign.follow_ups).values():
        for letter in _write_letters(portal, plan, voices).letters:
            written = campaign.drafts[letter.uid]
            assert (written.subject, written.body) == (letter.draft.subject, letter.draft.body)
            assert written.sentences == letter.draft.sentences


def test_what_nobody_asks_for_is_forgotten() -> None:
    """A result is kept for the next runs, and gone after many that did not need it."""
    memory = Memory()
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "result"

    for _ in range(3):
        assert memory.recall("key", make) == "result"
        memory.end_run()
    assert len(made) == 1
    for _ in range(RUNS_KEPT):
        memory.end_run()
    memory.recall("key", make)
    assert len(made) == 2


def test_equal_values_are_settled_as_one() -> None:
    """Of two equal values the earlier one is used on; another value takes its place."""
    memory = Memory()
    first, second, other = [1], [1], [2]
    assert memory.settle("name", first) is first
    assert memory.settle("name", second) is first
    memory.end_run()
    assert memory.settle("name", second) is first
    assert memory.settle("name", other) is other
