"""The files that lie round a vault, and those that go into it."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from followup.mkdocs.building import BuiltSite
from followup.publish.errors import PublishError
from followup.publish.target import NOT_FOUND, SHELL_FILES, list_files
from followup.publish.vault import Pack
from followup.resources import load_shell

HOME: Final = "index.html"
CANARY: Final = "canary.txt"
_BASE_PLACE: Final = b"{{ base }}"
_SUMMED: Final = ("shell.css", "shell.js", "sw.js")
# Of no use to a reader: what the theme's authors look for faults with, and a second sitemap.
_LEFT_OUT: Final = (".map", ".gz")


def load_envelope(templates: Path | None, base: str) -> Mapping[str, bytes]:
    """The files round a vault that is served below `base`; raises PublishError where one is strange.

    The page is there twice, so that a host shows it for every address that it does not know.
    """
    files = dict(load_shell(templates))
    if strange := sorted(files.keys() ^ SHELL_FILES):
        raise PublishError(
            f"`vault/{strange[0]}` in the templates is none of the files round a vault",
            f"those are {', '.join(sorted(SHELL_FILES))}; move it away",
        )
    page = files[HOME].replace(_BASE_PLACE, html.escape(base).encode())
    for name in _SUMMED:
        page = page.replace(b"{{ %s }}" % name.encode(), _integrity(files[name]))
    files[HOME] = files[NOT_FOUND] = page
    return files


def _integrity(data: bytes) -> bytes:
    """What the page says of a file that it takes as it was published, or not at all."""
    return b"sha256-" + base64.b64encode(hashlib.sha256(data).digest())


def build_pack(
    site: BuiltSite, canary: str, headers: Mapping[str, str], envelope: Mapping[str, bytes]
) -> Pack:
    """What the vault holds: the site, what its pages are served with, and what lies round it.

    The canary is a file of its own: found outside, it shows that the vault does not hold tight.
    """
    pages = {
        name: (site.folder / name).read_bytes()
        for name in list_files(site.folder)
        if not name.endswith(_LEFT_OUT)
    }
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in envelope.items()}
    return Pack({**pages, CANARY: canary.encode()}, HOME, headers, sums)
