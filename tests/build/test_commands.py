"""The commands of MkDocs, as they are typed."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from urllib.request import urlopen

import pytest

from tests.building import plant


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gh-deploy"], "`gh-deploy` is refused: it would publish your notes"),
        (["build", "--dirty"], "`--dirty` is refused"),
    ],
)
def test_what_would_publish_or_mislead_is_refused(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    """The command ends with our reason before anything is built, let alone pushed."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def _serving(root: Path) -> Iterator[tuple[str, Queue[str]]]:
    """The address of a running preview, and what it says line by line."""
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{_free_port()}"],
        cwd=root,
        stderr=subprocess.PIPE,
        text=True,
    )
    said: Queue[str] = Queue()
    reader = threading.Thread(target=_read, args=(server, said))
    reader.start()
    try:
        yield _until(said, "Serving on")[-1].split()[-1], said
    finally:
        server.terminate()
        server.wait(10)
        reader.join(10)


def _read(server: subprocess.Popen[str], said: Queue[str]) -> None:
    assert server.stderr
    with server.stderr as lines:
        for line in lines:
            said.put(line.rstrip())


def _until(said: Queue[str], words: str) -> list[str]:
    """Every line up to the one with these words; fails after a minute of silence."""
    lines = [said.get(timeout=60)]
    while words not in lines[-1]:
        lines.append(said.get(timeout=60))
    return lines


def _get(address: str) -> str:
    with urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
    return re.sub(r"livereload\([^)]*\)", "", text)


def test_the_preview_keeps_the_last_good_site(tmp_path: Path) -> None:
    """While a note is broken the preview says why and shows the site as it was; then it goes on."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n")
    note = root / "entries" / "acme.md"
    good = note.read_text(encoding="utf-8")
    with _serving(root) as (address, said):
        before = _get(address)
        note.write_text(good.replace("panel", "pannel"), encoding="utf-8")
        told = "\n".join(_until(said, "the pages show your notes as they were before"))
        assert "entries/acme.md:4:" in told
        assert "unknown interview format `pannel`" in told
        assert "Traceback" not in told
        assert _get(address) == before
        note.write_text(good.replace("Acme Logistics", "Beta Freight"), encoding="utf-8")
        _until(said, "Documentation built")
        assert "Beta Freight" in _get(f"{address}companies/")
    assert sorted(path.name for path in (root / "entries").iterdir()) == ["acme.md"]


def test_the_preview_outlives_every_fault(tmp_path: Path) -> None:
    """A template that breaks in the middle of a build is told in words; the last site stays."""
    root = plant(tmp_path, "== entries/acme.md\n<NOTE>\n== site_templates/theme/own.txt\nx\n")
    config = root / "mkdocs.yml"
    template = root / "site_templates" / "theme" / "partials" / "copyright.html"
    template.parent.mkdir()
    good = config.read_text(encoding="utf-8")
    with _serving(root) as (address, said):
        before = _get(f"{address}companies/")
        for file, text in ((template, "{% include 'no-such.html' %}"), (config, "site_name: [")):
            file.write_text(text, encoding="utf-8")
            told = "\n".join(_until(said, "the pages show your notes as they were before"))
            assert "Traceback" not in told
            assert _get(f"{address}companies/") == before
        template.unlink()
        config.write_text(good.replace("Search", "Hunt"), encoding="utf-8")
        _until(said, "Documentation built")
        assert "Hunt" in _get(address)
