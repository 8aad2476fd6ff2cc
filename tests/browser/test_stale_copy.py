"""A copy that is read days after it was built: nothing in it claims what has passed or misses what came."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open, Watch, serve
from tests.building import CONFIG, build_site, plant

NOTES = """\
== entries/2026-11-24-linden.md
---
company: Linden & Marsh
title: Insights Associate
interview: {format: video, start: 2026-11-24 10:00, minutes: 45}
people:
  - {id: abara, name: Ife Abara, honorific: Ms., role: hiring_manager, email: a@linden.example}
---
== entries/2026-12-02-oakridge.md
---
company: Oakridge Transit
interview: {format: networking, start: 2026-12-02 08:30}
---
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built on 22 November, pinned to no day."""
    root = tmp_path_factory.mktemp("stale")
    plant(root, NOTES, CONFIG.replace("      today: 2026-11-22\n", ""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLLOWUP_TODAY", "2026-11-22")
        built = build_site(root)
    assert built.error is None, built.text
    return built.site


def read(watching: Watch, address: str, day: str) -> None:
    """Open a page on a device whose clock says `day`."""
    watching.page.clock.set_fixed_time(f"{day}T12:00:00+00:00")
    watching.page.goto(address)


def seen(watching: Watch, selector: str) -> list[str]:
    """The lines of these elements as far as they can be seen."""
    found: list[str] = watching.page.evaluate(
        """selector => [...document.querySelectorAll(selector)]
          .filter(e => e.checkVisibility()).map(e => e.innerText.replace(/\\s+/g, ' ').trim())""",
        selector,
    )
    return found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-22", "Prepare for Linden & Marsh 23 Nov tomorrow"),
        ("2026-11-25", "Thank Ms. Abara 24 Nov 1 day late"),
        ("2026-12-07", "Finish your notes on Linden & Marsh 24 Nov 13 days late"),
    ],
)
def test_a_card_says_what_is_to_do_on_the_day_it_is_read(
    watch: Open, copy: Path, day: str, expected: str
) -> None:
    """After an interview its thanks are to be written, and nobody is waited for."""
    with serve(copy) as origin, watch(origin, timezone_id="UTC") as watching:
        read(watching, f"{origin}pipeline/", day)
        watching.page.locator(".fu-board .fu-tile").wait_for()
        assert seen(watching, ".fu-board .fu-tile__next") == [expected]
        read(watching, f"{origin}companies/", day)
        assert expected.split(" 2", maxsplit=1)[0] in " ".join(seen(watching, ".fu-item"))
    assert watching.complaints == []


def test_a_conversation_that_has_passed_is_not_late(watch: Open, copy: Path) -> None:
    """What passes by itself leaves its place to what is to do after it."""
    with serve(copy) as origin, watch(origin, timezone_id="UTC") as watching:
        read(watching, f"{origin}pipeline/", "2026-12-01")
        (line,) = seen(watching, ".fu-list .fu-lines > li")
        assert "Wed 2 Dec" in line
        read(watching, f"{origin}pipeline/", "2026-12-07")
        (line,) = seen(watching, ".fu-list .fu-lines > li")
        assert "Interview at" not in line
        assert "Prepare for" not in line


def test_a_preparation_ends_with_its_interview(watch: Open, copy: Path) -> None:
    """From the next day the page asks for what was learned, and the briefing is gone."""
    with serve(copy) as origin, watch(origin, timezone_id="UTC") as watching:
        page = f"{origin}prepare/2026-11-24-linden/"
        ended = "This was on Tue 24 Nov. Write down what you learned."
        read(watching, page, "2026-11-24")
        assert ended not in seen(watching, ".fu-head__lede")
        read(watching, page, "2026-11-25")
        assert ended in seen(watching, ".fu-head__lede")
        watching.page.get_by_role("link", name="Write down what you learned.").click()
        assert watching.page.url.startswith(f"{origin}notes/2026-11-24-linden/")
        company = next(copy.glob("companies/linden*")).name
        briefing = watching.page.get_by_role("heading", name="Prepare for the video")
        read(watching, f"{origin}companies/{company}/", "2026-11-24")
        assert briefing.is_visible()
        read(watching, f"{origin}companies/{company}/", "2026-11-25")
        assert briefing.count() == 0 or not briefing.is_visible()
    assert watching.complaints == []
