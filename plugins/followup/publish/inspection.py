"""The finished output, looked at as a stranger would: which files there are, and what they tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from followup.publish.errors import PublishError
from followup.publish.headers import render_headers
from followup.publish.scan import Leak, find_leaks
from followup.publish.target import SHELL_FILES, list_files
from followup.publish.vault import METADATA, Lock, Vault, open_metadata
from followup.site.headers import build_policy

_SHOWN: Final = 5
# What the feed says whatever the notes say.
_FEED_WORDS: Final = (
    b"BEGIN:VCALENDAR BEGIN:VEVENT BEGIN:VALARM END TRIGGER ACTION DISPLAY DESCRIPTION PRODID "
    b"-//Followup//Calendar//EN VERSION NAME X-WR-CALNAME REFRESH-INTERVAL;VALUE=DURATION "
    b"X-PUBLISHED-TTL CALSCALE:GREGORIAN METHOD:PUBLISH Interview Message Deadline Reminder "
    b"Preparation DTSTAMP DTSTART DTEND SUMMARY TRANSP:TRANSPARENT OPAQUE UID @followup.invalid "
    b"STATUS CONFIRMED CLASS:PRIVATE calendar/feed.ics"
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an output must be: files of exactly these `names`, and no leak in any of them.

    Files that are `behind_login` may say what the notes say, but nothing that is `withheld`; in all
    others none of the `words` may stand. `known` is what a file says whatever the notes say.
    """

    names: AbstractSet[str]
    behind_login: AbstractSet[str]
    words: Mapping[str, str]
    withheld: Mapping[str, str]
    known: Mapping[str, bytes]


def find_faults(folder: Path, inspection: Inspection) -> tuple[Leak, ...]:
    """Every leak in the output; raises PublishError where its files are not those expected."""
    names = set(list_files(folder))
    if wrong := sorted(names ^ inspection.names):
        raise PublishError(
            f"`{wrong[0]}` was not expected, or is missing, in what was about to be published",
            "this is a fault of the program: nothing was published",
        )
    private = names & inspection.behind_login
    return (
        *find_leaks(_read(folder, names - private), inspection.words, inspection.known),
        *find_leaks(_read(folder, private), inspection.withheld, inspection.known),
    )


def _read(folder: Path, names: AbstractSet[str]) -> Iterator[tuple[str, bytes]]:
    """Each of these files with its bytes, one after the other."""
    return ((name, (folder / name).read_bytes()) for name in sorted(names))


def known_words(feed: str | None, shell: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """What is said in every output, whatever the notes say: by fixed names, and by what ships in `shell`."""
    policy = build_policy(["sha256-"])
    headers = {name: text.encode() for name, text in render_headers(policy).items()}
    fixed = {name: name.encode() + b" " + text for name, text in (headers | dict(shell)).items()}
    return {**fixed, **({feed: _FEED_WORDS} if feed else {})}


def known_metadata(lock: Lock, build: int, vault: Vault) -> bytes:
    """The same of a vault's metadata: its keys, the kind of lock, and the two numbers."""
    return f"{METADATA} check {open_metadata(lock, build, len(vault.blob))}".encode()


def refuse_sources(names: AbstractSet[str]) -> None:
    """Raise PublishError where a note would be published as it was written, head and all."""
    for name in sorted(names):
        if name.lower().endswith((".md", ".markdown", ".mdown", ".mkd", ".mkdn")):
            raise PublishError(
                f"`{name}` would be published as it was written",
                "this is a fault of the program: nothing was published",
            )


def refuse_leaks(leaks: tuple[Leak, ...]) -> None:
    """Raise PublishError where there is a leak, with the first ones."""
    if not leaks:
        return
    told = [
        f"`{leak.file}` tells {leak.kind} (`{leak.hint}`) as {leak.form}" for leak in leaks[:_SHOWN]
    ]
    if len(leaks) > _SHOWN:
        told.append(f"and {len(leaks) - _SHOWN} more")
    raise PublishError(
        "what was about to be published can be read by anybody:\n  " + "\n  ".join(told),
        "did you change the files in `vault/` of your templates? Take that out of them"
        if any(leak.file in SHELL_FILES for leak in leaks)
        else "this is a fault of the program: nothing was published",
    )
