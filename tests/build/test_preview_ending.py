"""Previews that are ended from outside: no page of theirs stays on the disk."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import plant
from tests.serving import free_port, serving, until

pytestmark = pytest.mark.xdist_group("preview")

NOTES = "== entries/acme.md\n<NOTE>\n"


def left(root: Path) -> list[str]:
    """What lies where the preview has built its pages."""
    return sorted(path.name for path in (root / ".preview").iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("option", ["--livereload", "--clean"])
def test_nothing_is_left_of_a_preview(tmp_path: Path, number: signal.Signals, option: str) -> None:
    """A closed terminal and a plain `kill` take the pages away, as Ctrl-C does."""
    root = plant(tmp_path, NOTES)
    with serving(root, option) as preview:
        preview.get()
        (folder,) = left(root)
        assert "Acme" in (root / ".preview" / folder / "index.html").read_text(encoding="utf-8")
        # What a build puts aside, and could not take away before the end.
        (root / ".preview" / f"{folder}.before").mkdir()
        preview.process.send_signal(number)
        until(preview.said, "Shutting down")
        assert preview.process.wait(30) == 0
    assert left(root) == []


def test_a_kill_in_the_middle_of_a_build(tmp_path: Path) -> None:
    """The last good site, which is put aside meanwhile, goes too."""
    root = plant(tmp_path, f"{NOTES}== site_templates/theme/own.txt\nx\n")
    template = root / "site_templates" / "theme" / "partials" / "copyright.html"
    template.parent.mkdir()
    with serving(root) as preview:
        # A build that does not end of itself.
        template.write_text("{% for _ in range(99999) for _ in range(99999) %}{% endfor %}")
        until(preview.said, "Building documentation")
        preview.process.terminate()
        preview.process.wait(30)
    assert left(root) == []


def test_a_terminal_that_is_closed(tmp_path: Path) -> None:
    """What cannot be written to it any more keeps nothing from being cleared away; twice told is once."""
    root = plant(tmp_path, NOTES)
    (root / ".preview").mkdir()
    ours, theirs = pty.openpty()
    command = ["-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{free_port()}"]
    environment = {**os.environ, "TMPDIR": str(root / ".preview"), "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, *command], cwd=root, env=environment, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        said = b""
        while b"Serving on" not in said:
            said += terminal.read(65536)
        assert left(root) != []
    for _ in range(2):
        process.send_signal(signal.SIGHUP)
    process.wait(30)
    assert left(root) == []


def test_a_preview_under_nohup_goes_on(tmp_path: Path) -> None:
    """Who has asked for a preview that outlives the terminal has one."""
    root = plant(tmp_path, NOTES)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with serving(root) as preview:
            preview.process.send_signal(signal.SIGHUP)
            assert "Acme Logistics" in preview.get("companies/")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert left(root) == []
