"""The calendar feed in a real build: at its address, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from tests.building import CONFIG, Built, build_site, plant

TOKEN = "kJ3x9QvT2mZr8LwPq7NcYb"
OTHER = "Zt5WnR8cXb2_Ks7dHq4-Ma"
NOTES = "== entries/2026-11-19-acme.md\n<NOTE>\n"


def _config(token: str) -> str:
    return f"{CONFIG}      feed: {token}\n"


def _naming(built: Built, word: str) -> list[str]:
    """The files of the site that have this word in them."""
    return [name for name in built.names if word.encode() in (built.site / name).read_bytes()]


def test_the_feed_is_where_its_token_says(tmp_path: Path) -> None:
    """It is published under an address that no page, search index or map of the site knows."""
    built = build_site(plant(tmp_path, NOTES, _config(TOKEN)))
    assert built.error is None, built.text
    assert built.warnings == []
    feed = (built.site / "calendar" / f"feed-{TOKEN}.ics").read_bytes()
    assert b"\r\nSUMMARY:Message\r\n" in feed
    assert b"Okafor" not in feed
    assert _naming(built, TOKEN) == []
    assert TOKEN not in built.text
    # The same search finds what is linked.
    assert "calendar/index.html" in _naming(built, "followup.ics")


def test_a_new_token_is_a_new_address(tmp_path: Path) -> None:
    """After the token has been changed nothing is left at the old address."""
    first = build_site(plant(tmp_path, NOTES, _config(TOKEN)))
    (tmp_path / "mkdocs.yml").write_text(_config(OTHER), encoding="utf-8")
    before = (first.site / "calendar" / f"feed-{TOKEN}.ics").read_bytes()
    second = build_site(tmp_path)
    feeds = sorted(name for name in second.names if "feed-" in name)
    assert feeds == [f"calendar/feed-{OTHER}.ics"]
    assert (second.site / feeds[0]).read_bytes() == before


def test_there_is_no_feed_unless_asked_for(tmp_path: Path) -> None:
    """Without the setting no such file is written; the calendar to download is."""
    built = build_site(plant(tmp_path, NOTES))
    assert not [name for name in built.names if "feed" in name]
    assert "calendar/followup.ics" in built.names


def test_a_weak_token_ends_the_build(tmp_path: Path) -> None:
    """The build says how to make a better one, and does not repeat the token."""
    built = build_site(plant(tmp_path, NOTES, _config("my-own-calendar-of-2026")))
    assert built.error is not None
    told = f"{built.text}\n{built.error}"
    assert "secrets.token_urlsafe(16)" in told
    assert "my-own-calendar" not in told
    assert not built.site.exists()


def test_both_styles_of_addresses_have_the_same_files(tmp_path: Path) -> None:
    """Calendar files keep their names whatever the pages are called."""
    root = plant(tmp_path, NOTES, _config(TOKEN))
    styles = [
        build_site(root, tmp_path / str(style), use_directory_urls=style) for style in (True, False)
    ]
    files = [
        {name: (b.site / name).read_bytes() for name in b.names if name.endswith(".ics")}
        for b in styles
    ]
    assert len(files[0]) > 2
    assert files[0] == files[1]
