"""A file that MkDocs knows of, and leaves alone."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.structure.files import File


class LateFile(File):
    """A page or file of the portal that MkDocs neither reads nor writes.

    A file that is no page has in `render` what gives its bytes.
    """

    render: Callable[[], bytes] | None = None

    def is_documentation_page(self) -> bool:
        """Say no, whatever the name: MkDocs would build it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it for later."""
