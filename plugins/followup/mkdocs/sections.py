"""An article in sections, as the theme's search finds them there, only faster.

The theme reads every page with a parser that is made for any HTML, which took a quarter of a build.
What the portal's templates write is regular: every element is closed, every value stands in quotes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from itertools import islice
from typing import Final

_TAG: Final = re.compile(r'(<[^">]*(?:"[^"]*"[^">]*)*>)')
_PARTS: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# Where one of these stands, the theme's parser reads otherwise than it is done here.
_UNUSUAL: Final = (
    *("<!", "<iframe", "<noscript", "<object", "<script", "<style", "<xmp"),
    *('class="headerlink"', 'class="linenodiv"'),
)
# An element that is left out of the search, to the first end of one of its name: so far the theme's
# parser leaves out.
_LEFT_OUT: Final = re.compile(
    r"""<(aside|div|figure|nav|p|pre|section)\b(?:[^">]|"[^"]*")*?\sdata-search-exclude\b"""
    r"""(?:[^">]|"[^"]*")*>(.*?)</\1>""",
    re.DOTALL,
)
_FOUND_IN_IT: Final = re.compile(
    r"""<h[1-6](?!(?:[^">]|"[^"]*")*?\sdata-search-exclude[\s>])(?:[^">]|"[^"]*")*?\sid="""
)
_VALUE: Final = re.compile(r'"[^"]*"')
# The id itself, not what a value before it says.
_ID: Final = re.compile(r'(?:[^"]|"[^"]*")*?\sid="([^"]*)"')
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KEPT: Final = frozenset(("p", "code", "pre", "li", "ol", "ul", "sub", "sup"))


class Section:
    """A heading with an id and what follows it, of which the theme makes an entry.

    `depth` is how deep the heading stands: what follows the element round it belongs to the section
    before. The first section is what stands before every heading.
    """

    __slots__ = ("depth", "id", "left_out", "tag", "text", "title")

    def __init__(
        self, tag: str = "", depth: float = 0, name: str | None = None, *, left_out: bool = False
    ) -> None:
        self.tag = tag
        self.depth = depth
        self.id = name
        self.left_out = left_out
        self.title: list[str] = []
        self.text: list[str] = []

    def join(self) -> None:
        """Make one text each of the title, where there is any, and of what follows."""
        self.title = ["".join(self.title)] if self.title else []
        self.text = ["".join(self.text)]


def read_sections(html: str) -> list[Section]:
    """The sections of an article, as the theme's own parser finds them, but for some left out.

    None where not every element is closed: the theme's parser would go its own way there.
    """
    reader = _Reader()
    pieces = iter(_TAG.split(_LEFT_OUT.sub(_cut, html)))
    for text in pieces:
        if text:
            reader.read_text(text)
        opens, tag = _parse_tag(next(pieces, ""))
        if opens:
            reader.depth += 1
            if tag is not None:
                reader.open(tag)
        elif tag is not None:
            reader.close(tag.name)
    return [] if reader.depth else reader.sections


def _cut(left_out: re.Match[str]) -> str:
    """A mark without content for an element in which nothing can be found, heading or other."""
    whole, name, content = left_out[0], left_out[1], left_out[2]
    # Its end is another if there is one of its name in it, or this one stands in a value.
    is_whole = f"<{name}" not in content and content.count('"') % 2 == 0
    return "<wbr>" if is_whole and not _FOUND_IN_IT.search(content) else whole


def is_unusual(html: str) -> bool:
    """Whether the theme's parser would find other sections in an article, or none."""
    # A heading before anything else makes no preface, and neither does nothing at all.
    begins = html[:2] == "<h" and html[2:3].isdigit()
    return begins or not html or any(part in html for part in _UNUSUAL)


@dataclass(frozen=True, slots=True)
class _Tag:
    """The name of an element, its id, and whether it is to be left out of the search."""

    name: str
    id: str | None = None
    left_out: bool = False


@lru_cache(4096)
def _parse_tag(written: str) -> tuple[bool, _Tag | None]:
    """Whether a tag opens an element, and what else the search has to know of it, if anything.

    Where it neither opens one nor says anything it has no content, or is no tag.
    """
    parts = _PARTS.match(written)
    if parts is None or written.endswith("/>") or parts[2] in _VOID:
        return False, None
    name = parts[2].lower()
    if parts[1]:
        return False, _Tag(name)
    left_out = "data-search-exclude" in _VALUE.sub("", written[:-1]).split()
    if not (left_out or name in _KEPT or name in _HEADINGS):
        return True, None
    found = _ID.match(written)
    return True, _Tag(name, unescape(found[1]) if found else None, left_out)


class _Reader:
    """Divides an article into sections; where the theme's parser does something odd, so does this.

    `depth` is the number of elements that are open.
    """

    def __init__(self) -> None:
        self.sections = [Section()]
        self.depth = 0
        self._section = self.sections[0]
        self._headings: list[str] = []
        self._left_out: set[str] = set()
        self._pre = 0

    def open(self, tag: _Tag) -> None:
        """Read the start of an element that matters."""
        if tag.name == "pre":
            self._pre += 1
        if tag.name in _HEADINGS:
            self._headings.append(tag.name)
            if tag.id is not None:
                self._section = Section(tag.name, self.depth, tag.id, left_out=tag.left_out)
                self.sections.append(self._section)
        if tag.left_out:
            self._left_out.add(tag.name)
        elif tag.name in _KEPT and not self._left_out:
            self._words().append(f"<{tag.name}>")

    def close(self, name: str) -> None:
        """Read the end of an element; what follows may belong to the section before."""
        if self._section.depth > self.depth:
            self._leave_section()
        self.depth -= 1
        if name in _HEADINGS:
            del self._headings[-1:]
        elif name == "pre":
            self._pre -= 1
        if self._left_out:
            self._left_out.discard(name)
        elif name in _KEPT:
            _close_kept(self._words(), name)

    def read_text(self, text: str) -> None:
        """Read what stands between two tags."""
        if self._left_out:
            return
        data = unescape(text) if "&" in text else text
        words = self._words()
        blank = data.isspace()
        if not self._pre:
            data = " " if blank else data.replace("\n", " ")
        if not blank:
            words.append(escape(data, quote=False))
        elif self._pre or words is self._section.title or not (words and words[-1].isspace()):
            words.append(data)

    def _leave_section(self) -> None:
        """Go back to the last section that stands no deeper, and never into this one again."""
        for section in reversed(self.sections):
            if section.depth <= self.depth:
                self._section.depth = math.inf
                self._section = section
                break

    def _words(self) -> list[str]:
        """Where the words go that are read now."""
        section = self._section
        return section.title if section.tag in self._headings else section.text


def _close_kept(words: list[str], name: str) -> None:
    """End an element, or take it out where nothing but space follows the first of its kind.

    Where one that began in another section ends, the theme's parser fails, and would end the build.
    """
    if f"<{name}>" not in words:
        return
    start = words.index(f"<{name}>")
    if any(not word.isspace() for word in islice(words, start + 1, None)):
        words.append(f"</{name}>")
    else:
        del words[start:]
