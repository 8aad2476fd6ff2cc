"""Whether a drawing is only a drawing."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS: Final = frozenset(
    """circle clipPath defs desc ellipse g line linearGradient marker mask metadata path pattern
    polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan
    use""".split()
)
# In a style: anything fetched from elsewhere, any rule that could, and any way to spell it otherwise.
_FETCHES: Final = re.compile(r"url\((?!\s*['\"]?#)|[@\\]|image-set|src\(", re.IGNORECASE)


def is_only_a_drawing(content: bytes) -> bool:
    """Whether an SVG file draws shapes and words, and neither runs nor fetches anything."""
    if b"<!" in content.replace(b"<!--", b"") or b"<?xml-stylesheet" in content:
        return False
    if b"\0" in content:  # written in UTF-16, where none of the above is found
        return False
    try:
        root = ET.fromstring(content)  # noqa: S314  # without a document type nothing expands
    except (ET.ParseError, ValueError, LookupError):
        return False
    return all(_draws(element) for element in root.iter())


def _draws(element: ET.Element) -> bool:
    tag = element.tag
    if tag.removeprefix(_NAMESPACE) not in _ELEMENTS:
        return False
    if tag == f"{_NAMESPACE}style" and _FETCHES.search(element.text or ""):
        return False
    return all(_describes(name, value) for name, value in element.attrib.items())


def _describes(name: str, value: str) -> bool:
    plain = name.rpartition("}")[2].lower()
    if plain.startswith("on"):
        return False
    if plain in ("href", "src", "base"):
        return value.startswith("#")
    return not _FETCHES.search(value)
