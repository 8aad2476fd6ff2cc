"""Links whose address is none, such as `https://acme.example／jobs` with a full-width slash.

MkDocs would end the build at one, and name neither the note nor the link.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

from followup.notes.wording import show_controls

log = get_plugin_logger(__name__)

# Just before MkDocs's own, which turns links to notes into links to pages.
_BEFORE_MKDOCS: Final = 1


def find_no_addresses(config: MkDocsConfig) -> None:
    """Look for such links on every page that is rendered; each leads nowhere."""
    # MkDocs hands on whatever stands there, also what is no name.
    config.markdown_extensions.append(_NoAddresses())  # type: ignore[arg-type]


def tell_of_no_addresses(file: File, config: MkDocsConfig) -> None:
    """Warn of those on the page that was rendered last, which was made of `file`."""
    for extension in config.markdown_extensions:
        if isinstance(extension, _NoAddresses):
            extension.tell(file.src_uri)


class _NoAddresses(Extension):
    def __init__(self) -> None:
        super().__init__()
        self._found: list[str] = []

    def __repr__(self) -> str:
        return type(self).__name__

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Markdown's own
        """Look at every link before MkDocs does."""
        md.treeprocessors.register(_Finder(self._found, md), "followup_addresses", _BEFORE_MKDOCS)

    def tell(self, path: str) -> None:
        for address in self._found:
            log.warning(
                "%s: the link to `%s` leads nowhere: that is no address\n  hint: copy it once more",
                show_controls(path),
                show_controls(address),
            )
        self._found.clear()


class _Finder(Treeprocessor):
    def __init__(self, found: list[str], md: Markdown) -> None:
        super().__init__(md)
        self._found = found

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                address = element.get(name)
                if address and not _is_address(address):
                    self._found.append(address)
                    element.set(name, "#")


def _is_address(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True
