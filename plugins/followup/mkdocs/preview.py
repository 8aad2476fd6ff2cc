"""The local preview while notes or pages are broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from followup.mkdocs.loading import LeftOutError

log = get_plugin_logger(__name__)


@dataclass(slots=True)
class Health:
    """What is wrong with the last build of this preview; None while nothing is."""

    fault: BaseException | None = None

    @property
    def stuck(self) -> bool:
        """Whether it was stopped, so that the pages show an earlier state of the notes."""
        return self.fault is not None and not isinstance(self.fault, LeftOutError)

    def fail(self, error: BaseException) -> None:
        """Keep what has stopped a build or a page, and tell the owner."""
        self.fault = error
        words = str(error) if isinstance(error, SystemExit) else f"{type(error).__name__}: {error}"
        log.error("%s", words)
        log.debug("", exc_info=error)


def keep_last_site(
    build: Callable[[], None],
    site: Path,
    health: Health,
    left_out: Callable[[], LeftOutError | None],
) -> Callable[[], None]:
    """`build` that always ends well: whatever stops it, the last good site stands in `site`.

    The server would otherwise hold every request until the fault is mended. What stopped it, or
    what it has `left_out`, is put into `health`.
    """

    def rebuild() -> None:
        try:
            with _put_back(site):
                build()
        except (Exception, SystemExit) as error:  # noqa: BLE001  # the owner reads it, and goes on
            health.fail(error)
            log.warning("the pages show your notes as they were before; mend these and save")
        else:
            health.fault = left_out()

    return rebuild


@contextmanager
def _put_back(site: Path) -> Iterator[None]:
    """Put what is in `site` aside, and back again if anything stops the work on the new one."""
    drop_aside(site)
    aside = _aside(site)
    site.rename(aside)
    # The folder is the owner's alone; one that the build makes would be everybody's to read.
    site.mkdir(mode=aside.stat().st_mode & 0o777)
    try:
        yield
    except BaseException:
        shutil.rmtree(site, ignore_errors=True)
        aside.rename(site)
        raise
    drop_aside(site)


def drop_aside(site: Path) -> None:
    """Take away what was put aside of `site`.

    On Windows a file that is being sent stays; the next build or the end of the preview takes it away.
    """
    shutil.rmtree(_aside(site), ignore_errors=True)


def _aside(site: Path) -> Path:
    return site.with_name(f"{site.name}.before")
