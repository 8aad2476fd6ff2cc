"""The scripts that the theme writes into pages, and pages that hold any other.

What the policy of the site allows comes from pages without a word of the notes, never from the
site at large: that would allow a script that somebody pasted.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from followup.beside import do_all

_TEMPLATES: Final = ("main.html", "portal.html", "404.html")
_ADDRESSES: Final = frozenset(
    "action background data formaction from href poster src to values xlink:href".split()
)
_RUNS_AS_ADDRESS: Final = re.compile(r"(?:java|vb)script:|data:text/html", re.I)
_IGNORED_IN_ADDRESS: Final = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_HANDLER: Final = re.compile(r"on[a-z]+|srcdoc")
_COMMENT: Final = re.compile(r"<!--(?:-?>|.*?--!?>)", re.S)
_PAGE: Final = re.compile(r"\.x?html?$", re.I)
_SHOWN: Final = 60
WORTH_HELP: Final = 300
"""So many pages are sooner checked by two processes than by one."""

# Whatever a page has to hold to be read closely; most pages hold nothing of it. They are looked
# through as bytes, in small letters: for what this is about, no others than those of ASCII count.
# None of these looks at the same place again and again, whatever a page is made of.
_SCRIPT: Final = re.compile(rb"<script\b(?:([^<>]*)>)?")
_SCRIPT_END: Final = re.compile(rb"</script[\t\n\f\r />]")
_ATTRIBUTE: Final = re.compile(rb"""\s+([a-z-]+)(?:=(?:"([^"<>]*)"|([^\s"'<>=`]+)))?""")
_ATTRIBUTES: Final = re.compile(rb"(?:%b)*\s*" % _ATTRIBUTE.pattern)
# Each begins with a letter or sign that is found fast.
_SUSPECT_NAME: Final = re.compile(rb"""on(?<=[\s"'/]on)[a-z]+\s*=""")
_SUSPECT_VALUE: Final = re.compile(
    rb"""=["'\x00-\x20]*[djv&](?:(?<=&)[^"'>]*?[:&]|(?<=[jv])[a-z\t\n\r]*[:&]"""
    rb"""|(?<=d)[at\t\n\r]*(?:&|:[\t\n\r]*[t&]))"""
)


@dataclass(frozen=True, slots=True, order=True)
class Inline:
    """Something in a page that a browser would run: a `script`, or an attribute by its name."""

    kind: str
    text: str

    @property
    def hash(self) -> str:
        """What a policy calls this script."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"


def theme_inline(env: Environment, config: MkDocsConfig) -> frozenset[Inline]:
    """What the templates put into every page: those of an empty site are rendered and read."""
    nowhere = Files([])
    empty = Page(None, File.generated(config, "empty.md", content=""), config)
    empty.content, empty.meta, empty.toc = "", {}, TableOfContents([])
    found: set[Inline] = set()
    for name in _TEMPLATES:
        page = None if name == "404.html" else empty
        context = get_context(Navigation([], []), nowhere, config, page)
        # The words of the portal say how many notes there are.
        found |= set(find_inline(env.get_template(name).render({**context, "followup": {}})))
    return frozenset(found)


def script_hashes(inline: Iterable[Inline]) -> frozenset[str]:
    """The hashes of the scripts, for the policy."""
    return frozenset(one.hash for one in inline if one.kind == "script")


def check_pages(site: Path, known: frozenset[Inline]) -> None:
    """End the build if a page of `site` holds anything to run but what is `known`."""
    files = sorted(file for file in site.rglob("*.*") if _PAGE.search(file.name) and file.is_file())
    found = do_all([partial(_find_in, file, known) for file in files], worth_help=WORTH_HELP)
    for file, strange in zip(files, found, strict=True):
        if strange is not None:
            what = "a script" if strange.kind == "script" else f"`{strange.kind}`"
            raise PluginError(
                f"`{file.relative_to(site).as_posix()}` holds {what} that is not the theme's: "
                f"`{_shortened(strange.text)}`\n"
                "  hint: browsers will not run it; take out the extension, plugin or template that "
                "writes it, or put the script into a file and name that in `extra_javascript`"
            )


def _find_in(file: Path, known: frozenset[Inline]) -> Inline | None:
    return find_strange(file.read_bytes(), known)


def find_strange(page: bytes, known: frozenset[Inline]) -> Inline | None:
    """The first thing in a page that a browser would run and that is not `known`."""
    if not _is_suspect(page, known):
        return None
    return next((one for one in find_inline(_text(page)) if one not in known), None)


def find_inline(html: str) -> Iterator[Inline]:
    """Everything in a page that a browser would run without asking for a file."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from reader.finish()


def _text(page: bytes) -> str:
    """A page, or part of one; a file of the owner's may be in any encoding."""
    return page.decode(errors="replace")


def _is_suspect(page: bytes, known: frozenset[Inline]) -> bool:
    """Whether it takes a close look, which is slow, to know that a page is harmless."""
    small = page.lower()
    if b"srcdoc" in small or _SUSPECT_NAME.search(small) or _SUSPECT_VALUE.search(small):
        return True
    for tag in _SCRIPT.finditer(small):
        if tag[1] is None or not _has_source_or_data(tag[1]):
            end = _SCRIPT_END.search(small, tag.end())
            if not end or Inline("script", _text(page[tag.end() : end.start()])) not in known:
                return True
    return False


def _has_source_or_data(attributes: bytes) -> bool:
    """Whether a script is surely a file or data, by what stands behind its name in small letters."""
    if not _ATTRIBUTES.fullmatch(attributes):
        return False
    given = {
        name: quoted or bare for name, quoted, bare in reversed(_ATTRIBUTE.findall(attributes))
    }
    return b"src" in given or _is_data(_text(given.get(b"type", b"")))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


class _Reader(HTMLParser):
    """Collects what a browser would run; comments end where browsers end them."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Inline] = []
        self._script: list[str] | None = None

    def finish(self) -> list[Inline]:
        """Everything found, a script without an end too."""
        if self._script is not None:
            self.handle_endtag("script")
        return self._found

    def parse_html_declaration(self, i: int) -> int:
        """Read on behind what begins like this, which Python would look for in XML's list."""
        if self.rawdata.startswith("<![", i):
            return self.rawdata.find(">", i) + 1 or -1
        return super().parse_html_declaration(i)

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Read on behind a comment."""
        comment = _COMMENT.match(self.rawdata, i)
        return comment.end() if comment else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [(name, value or "") for name, value in attrs]
        self._found += [Inline(name, value) for name, value in values if _runs(name, value)]
        given = dict(reversed(values))
        if tag == "script" and "src" not in given and not _is_data(given.get("type", "")):
            self._script = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        # Browsers take no notice of the slash and read on: what follows is the script.
        self.set_cdata_mode(tag) if tag == "script" else self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self._found.append(Inline("script", "".join(self._script)))
            self._script = None


def _runs(name: str, value: str) -> bool:
    """Whether a browser would run the value of an attribute."""
    if name in _ADDRESSES:
        return bool(_RUNS_AS_ADDRESS.match(_IGNORED_IN_ADDRESS.sub("", value)))
    return bool(value and _HANDLER.fullmatch(name))


def _is_data(kind: str) -> bool:
    return kind.strip().lower() in ("application/json", "application/ld+json")
