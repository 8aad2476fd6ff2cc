"""A running preview: `mkdocs serve` on a free port of this machine, and what it says."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Final
from urllib.request import urlopen

_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Preview:
    """The address of a running preview, its port, its lines as they come, and its process."""

    address: str
    port: int
    said: Queue[str | None]
    process: subprocess.Popen[str]

    def get(self, path: str = "") -> str:
        """The page at `path`, but for what differs at every request."""
        with urlopen(self.address + path, timeout=30) as answer:
            text: str = answer.read().decode()
        return re.sub(r'livereload\([^)]*\)| nonce="[^"]*"', "", text)

    @property
    def token(self) -> str:
        """What the pages of this preview know."""
        found = re.search(r'name="followup-token" content="([^"]+)"', self.get())
        assert found
        return found[1]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class Recorder:
    """An editor that only writes down what it was started with."""

    program: Path
    book: Path

    @property
    def calls(self) -> list[list[str]]:
        """The arguments of every start so far."""
        lines = self.book.read_text(encoding="utf-8").splitlines() if self.book.exists() else []
        return [line.split("\t")[1:] for line in lines]


def make_editor(folder: Path) -> Recorder:
    """An editor of that kind, in a folder with a space in its name."""
    place = folder / "an editor"
    place.mkdir()
    recorder = Recorder(place / "code", place / "book")
    line = f"{{ printf '\\t%s' \"$@\"; echo; }} >> '{recorder.book}'"
    recorder.program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    recorder.program.chmod(0o755)
    return recorder


@contextmanager
def serving(
    root: Path,
    *arguments: str,
    module: str = "mkdocs",
    patience: float = _PATIENCE,
    **environment: str,
) -> Iterator[Preview]:
    """The preview of a workspace; it ends with the test. Its pages are built into `.preview`.

    `patience` is how many seconds it may say nothing before it serves.
    """
    port = free_port()
    (root / ".preview").mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", module, "serve", "--dev-addr", f"127.0.0.1:{port}", *arguments],
        cwd=root,
        env={
            **os.environ,
            "DISABLE_MKDOCS_2_WARNING": "true",
            "TMPDIR": str(root / ".preview"),
            **environment,
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    said: Queue[str | None] = Queue()
    reader = threading.Thread(target=_read, args=(server, said))
    reader.start()
    try:
        yield Preview(until(said, "Serving on", patience)[-1].split()[-1], port, said, server)
    finally:
        server.terminate()
        server.wait(10)
        reader.join(10)


def _read(server: subprocess.Popen[str], said: Queue[str | None]) -> None:
    assert server.stderr
    with server.stderr as lines:
        for line in lines:
            said.put(line.rstrip())
    said.put(None)


def until(said: Queue[str | None], words: str, patience: float = _PATIENCE) -> list[str]:
    """Every line up to the one with these words; fails at the end, or after a minute of silence."""
    lines: list[str] = []
    while not lines or words not in lines[-1]:
        line = said.get(timeout=patience)
        assert line is not None, "\n".join(lines)
        lines.append(line)
    return lines
