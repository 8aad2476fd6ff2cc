"""A program on a real terminal: what it sends there, and what can be read on the screen then."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

ROWS, COLUMNS = 24, 100
_PIECES = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|([\r\n])|([^\x1b\r\n]+)")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a program sent to the terminal as standard error, and to a file as standard output."""

    code: int
    sent: str
    output: str

    @property
    def screen(self) -> list[str]:
        """The lines that can be read at the end, without colours and blanks."""
        return read_screen(self.sent)


def run_on_terminal(
    command: Sequence[str], folder: Path, *, interrupt_at: str | None = None
) -> Seen:
    """Run a command whose standard error is a terminal; it is interrupted once these words come."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "NO_MKDOCS_2_WARNING": "1"}
    with TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=output,
            stderr=theirs,
        )
        os.close(theirs)
        sent = _read(ours, process, interrupt_at)
        code = process.wait(60)
        output.seek(0)
        return Seen(code, sent, output.read().decode())


def _read(terminal: int, process: subprocess.Popen[bytes], interrupt_at: str | None) -> str:
    """All that comes until the program closes the terminal."""
    sent = b""
    with open(terminal, "rb", buffering=0) as stream:
        while True:
            try:
                sent += stream.read(65536) or b""
            except OSError:
                return sent.decode()
            if interrupt_at and interrupt_at.encode() in sent:
                interrupt_at = None
                process.send_signal(signal.SIGINT)


def read_screen(sent: str) -> list[str]:
    """What a terminal shows of it, as far as these programs use one."""
    lines = [""]
    row = column = 0
    for codes, letter, end, text in _PIECES.findall(sent):
        if text:
            before = lines[row].ljust(column)
            lines[row] = before[:column] + text + before[column + len(text) :]
            column += len(text)
        elif end == "\r":
            column = 0
        elif end == "\n":
            row += 1
            if row == len(lines):
                lines.append("")
        elif letter == "A":
            row = max(0, row - int(codes or 1))
        elif letter == "K":
            lines[row] = "" if codes == "2" else lines[row][:column]
    return [line.rstrip() for line in lines if line.strip()]
