"""What `followup publish` says at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup.publish.build import VAULT, Report

_KILO: Final = 1000


def render_report(report: Report, target: str, *, changed: bool) -> str:
    """What was published, how big it is, what the host can learn, and what to do next."""
    paragraphs = [
        _published(report, target),
        *_news(report, changed=changed),
        _learned(report),
        _next_steps(report, target),
    ]
    return "\n\n".join(paragraphs)


def _published(report: Report, target: str) -> str:
    count = f"{len(report.files)} files, {_size(report.size)}"
    if report.mode == VAULT:
        return f"Published to {target}: {count}, encrypted (the site itself: {_size(report.site_size)})."
    return f"Published to {target}: {count}, as plain text."


def _news(report: Report, *, changed: bool) -> Iterator[str]:
    if changed:
        yield (
            "The passphrase is another than before. Whoever has a copy of what was published until "
            "now,\nand the old passphrase, can still read that copy."
        )
    if report.made_key and report.mode == VAULT:
        yield (
            "New: .followup/vault.json. Keep it with your notes, in the private repository too: with\n"
            "it, links stay the same and devices stay unlocked after the next publish."
        )


def _learned(report: Report) -> str:
    if report.mode != VAULT:
        return (
            "What the host can learn: everything. Put it only where a login is asked for, and try\n"
            "that with a browser that is not logged in."
        )
    told = (
        "What the host can learn: that there is a private page, about how big it is, when you publish,"
        "\nand when it is visited and from where. No word, name or address of it."
    )
    if report.feed:
        told += (
            "\nThe calendar feed is not encrypted: whoever knows its address sees days and hours, "
            "without names."
        )
    return told


def _next_steps(report: Report, target: str) -> str:
    lines = ["Next:"]
    where = "a host that asks for a login" if report.mode != VAULT else "any static host"
    lines.append(
        f"  1. Put all of {target} on {where}, so that it is served below `{report.base}`."
    )
    if report.base == "/":
        lines.append("     For an address such as /search/, set `site_url` in mkdocs.yml first.")
    lines.append("  2. followup verify https://…, to see that the host serves exactly this.")
    return "\n".join(lines)


def _size(count: int) -> str:
    """A number of bytes as people say it."""
    if count < _KILO:
        return f"{count} bytes"
    if count < _KILO**2:
        return f"{count / _KILO:.0f} kB"
    return f"{count / _KILO**2:.1f} MB"
