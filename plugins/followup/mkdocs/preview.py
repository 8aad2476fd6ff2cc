"""The local preview while a note is broken."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger(__name__)


def keep_last_site(build: Callable[[], None], is_broken: Callable[[], bool]) -> Callable[[], None]:
    """`build` that ends well when it was broken notes that stopped it.

    They stop it before the last site is touched. The server would otherwise hold every request
    until the notes are mended.
    """

    def rebuild() -> None:
        try:
            build()
        except SystemExit:
            if not is_broken():
                raise
            log.warning("the pages show your notes as they were before; mend these and save")

    return rebuild
