"""How fast the portal is, beside plain MkDocs with Material; run by `make bench`."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click
from rich.console import Console

from tests.bench.building import measure_builds, measure_today
from tests.bench.core import measure_core
from tests.bench.figures import Figures, load_figures, save_figures
from tests.bench.report import print_report, write_into
from tests.bench.serving import measure_edits
from tests.bench.vault import measure_vault
from tests.bench.workspaces import Kind, make_workspace

_ROOT: Final = Path(__file__).resolve().parents[2]
_PARTS: Final = ("build", "edits", "today", "vault", "core")


class Numbers(click.ParamType[tuple[int, ...]]):
    """Numbers with commas between them."""

    name = "N,N,…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """The numbers in order, each once; one below 1 is wrong usage."""
        try:
            numbers = sorted({int(text) for text in str(value).split(",")})
        except ValueError:
            self.fail("write numbers with commas between them", param, ctx)
        if numbers[0] < 1:
            self.fail("each must be at least 1", param, ctx)
        return tuple(numbers)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--runs", type=click.IntRange(1), default=5, help="How often all is measured.")
@click.option(
    "--sizes", type=Numbers(), default="100,300,1000", help="How many notes the sites are made of."
)
@click.option(
    "--core",
    "core_sizes",
    type=Numbers(),
    default="1000,10000",
    help="How many notes go through the core alone.",
)
@click.option(
    "--only",
    type=click.Choice(_PARTS),
    multiple=True,
    show_default=False,
    help="Measure this part alone; may be given several times.",
)
@click.option(
    "--json",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default="test-results/bench.json",
    help="Where the figures are kept.",
)
@click.option("--again", is_flag=True, help="Measure nothing; show the figures kept last.")
@click.option("--readme", is_flag=True, help="Write the tables into README.md too.")
def main(
    *,
    runs: int,
    sizes: tuple[int, ...],
    core_sizes: tuple[int, ...],
    only: tuple[str, ...],
    file: Path,
    again: bool,
    readme: bool,
) -> None:
    """Measure the portal and plain MkDocs with Material on the same notes, turn by turn.

    Shows the figures and which bars hold; the exit code is 1 if one does not.
    """
    if again:
        figures = load_figures(file)
    else:
        figures = Figures(_today(), _machine())
        _measure(figures, runs, sizes, core_sizes, only or _PARTS)
        save_figures(figures, file)
    if readme:
        write_into(_ROOT / "README.md", figures)
    sys.exit(0 if print_report(figures, Console()) else 1)


def _measure(
    figures: Figures,
    runs: int,
    sizes: tuple[int, ...],
    core_sizes: tuple[int, ...],
    parts: tuple[str, ...],
) -> None:
    # What grows with the notes is told above a site without any.
    wanted = (0, *sizes) if len(sizes) > 1 else sizes
    with TemporaryDirectory(prefix="followup-bench-") as folder, _telling() as tell:
        tell("writing the notes")
        sites = [make_workspace(Path(folder), kind, size) for size in wanted for kind in Kind]
        steps: Mapping[str, Callable[[], Iterator[str]]] = {
            "build": partial(measure_builds, sites, runs, figures),
            "edits": partial(measure_edits, sites, runs, figures),
            "today": partial(measure_today, sites, runs, figures),
            "vault": partial(measure_vault, sites, runs, figures),
            "core": partial(measure_core, core_sizes, runs, figures),
        }
        for part in parts:
            for label in steps[part]():
                tell(label)


@contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """What hears which step comes next, and shows it on standard error."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield partial(console.print, soft_wrap=True)
        return
    with console.status("") as status:
        yield status.update


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def _machine() -> str:
    return f"{os.cpu_count()} processors, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
