"""Prose made safe: what Markdown and its usual extensions make stays, anything else goes.

Notes are untrusted text, since people paste job ads and mails into them. The list says what is
allowed; nothing is looked for that would be forbidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import urlsplit

import nh3
from markupsafe import escape

_TAGS: Final = frozenset(
    """a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q s samp small
    span strong sub summary sup table tbody td tfoot th thead tr u ul var""".split()
)
_ATTRIBUTES: Final = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href"},
    "col": {"span"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "input": {"checked"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}

_ADMONITIONS: Final = """abstract attention bug caution check cite danger done error example fail
    failure faq help hint important info missing note question quote seealso success summary tip
    tldr todo warning"""
_CLASSES: Final = frozenset(_ADMONITIONS.split()) | frozenset(
    """admonition admonition-title arithmatex code codehilite critic end filename footnote
        footnote-backref footnote-ref footnotes fu-tag headerlink highlight highlighttable hll
        inline keys linenodiv linenos md-button md-tag normal task-list task-list-control
        task-list-indicator task-list-item toc toclink""".split()
)
# The short ones are those of highlighted code: `k`, `nf`, `c1`.
_PATTERNED_CLASS: Final = re.compile(r"(?!fu$)[a-z][a-z0-9]{0,2}|(?:language|key)-[a-z0-9+#_-]+")
_ALIGNMENT: Final = re.compile(r"text-align: ?(?:left|right|center|justify);?")
# The theme finds its own parts by ids that begin with `_`, the portal's begin with `fu-`; an id is
# a global name too, and the portal's script has one.
_ID: Final = re.compile(r"(?!fu-|followupPortal$)[^\W_][\w:.-]*")

# What the sanitiser returns has no `<` outside a tag, and quotes round every value.
_TAG: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>')
_VALUE: Final = re.compile(r'\s([a-z]+)="([^"]*)"')
_HEADING: Final = re.compile(r"(</?h)([1-6])(?=[ >])")


def sanitise(html: str) -> str:
    """The harmless part of `html`; a picture from elsewhere becomes a link to it."""
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "noscript"},
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return "".join(_mend_tags(clean))


def lower_headings(html: str) -> str:
    """`html` whose headings begin at the second level and skip none: a page has one title."""
    above: list[int] = []
    within: list[int] = []

    def renumber(match: re.Match[str]) -> str:
        if match[1] == "<h":
            written = int(match[2])
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
            within.append(min(len(above) + 1, 6))
            return f"{match[1]}{within[-1]}"
        return f"{match[1]}{within.pop() if within else 2}"

    return _HEADING.sub(renumber, html)


def is_remote(url: str) -> bool:
    """Whether a browser would leave the site for `url`, read as leniently as browsers read it."""
    lenient = re.sub(r"[\x00-\x20]+", "", url).replace("\\", "/")
    try:
        parts = urlsplit(lenient)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc or lenient.startswith("//"))


def _filter_attribute(tag: str, name: str, value: str) -> str | None:  # noqa: ARG001
    if name == "class":
        kept = [word for word in value.split() if _is_class(word)]
        return " ".join(kept) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "style":
        return value if _ALIGNMENT.fullmatch(value.strip()) else None
    return value


def _is_class(word: str) -> bool:
    return word in _CLASSES or bool(_PATTERNED_CLASS.fullmatch(word))


def _mend_tags(html: str) -> Iterator[str]:
    inside_link = False
    end = 0
    for tag in _TAG.finditer(html):
        yield html[end : tag.start()]
        end = tag.end()
        if tag[2] == "a":
            inside_link = not tag[1]
        if tag[2] == "img":
            yield _local_picture(tag[3], inside_link=inside_link)
        else:
            yield _box(tag[3]) if tag[2] == "input" else tag[0]
    yield html[end:]


def _box(attributes: str) -> str:
    """The one control that Markdown makes: the box of a task list, which nobody can tick."""
    state = " checked" if "checked" in dict(_VALUE.findall(attributes)) else ""
    return f'<input type="checkbox" disabled aria-label="Done"{state}>'


def _local_picture(attributes: str, *, inside_link: bool) -> str:
    values = {name: unescape(value) for name, value in _VALUE.findall(attributes)}
    source = values.get("src", "")
    text = values.get("alt") or source
    if source and not is_remote(source):
        return f"<img{attributes}>"
    if inside_link or not source:
        return str(escape(text))
    return f'<a href="{escape(source)}" rel="noopener noreferrer">{escape(text)}</a>'
