"""Small workspaces from a compact notation, and real builds of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

CONFIG = """\
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - search
  - followup:
      me: {name: Alex Kim, email: alex@example.org}
      today: 2026-11-22
"""

NOTE = """\
---
company: Acme Logistics
title: Data Analyst
interview: {format: panel, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
---
## The job
- Forecasts how many trucks each depot needs. @okafor
## What went right
- They asked for the plot. #evidence
"""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: the site, and what was logged; `error` ended it, if anything did."""

    site: Path
    log: tuple[logging.LogRecord, ...]
    error: BaseException | None

    @property
    def text(self) -> str:
        """All that was logged, one message per line."""
        return "\n".join(record.getMessage() for record in self.log)

    @property
    def warnings(self) -> list[str]:
        """What `--strict` would have stopped at."""
        return [r.getMessage() for r in self.log if r.levelno >= logging.WARNING]

    def page(self, address: str) -> str:
        """The HTML at `address`, as a host would find it."""
        file = self.site / address
        return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")

    @property
    def names(self) -> set[str]:
        """Every file of the site, relative to it."""
        return {f.relative_to(self.site).as_posix() for f in self.site.rglob("*") if f.is_file()}


def plant(root: Path, tree: str, config: str = CONFIG) -> Path:
    """A workspace made of `tree`: `== path` begins a file, the lines below are its text."""
    files = {"mkdocs.yml": config}
    for part in tree.split("== ")[1:]:
        name, _, text = part.partition("\n")
        files[name.strip()] = text.replace("<NOTE>\n", NOTE)
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    (root / "entries").mkdir(exist_ok=True)
    return root


def build_site(root: Path, site: Path | None = None, **settings: Any) -> Built:
    """A strict build of the workspace, in this process."""
    target = site or root / "site"
    log = _Log()
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(log)
    logger.setLevel(logging.INFO)
    error: BaseException | None = None
    try:
        config = load_config(
            str(root / "mkdocs.yml"), site_dir=str(target), **{"strict": True, **settings}
        )
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (Exception, SystemExit) as stopped:  # noqa: BLE001  # the tests look at it
        error = stopped
    finally:
        logger.removeHandler(log)
        logger.setLevel(level)
    return Built(target, tuple(log.records), error)


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
