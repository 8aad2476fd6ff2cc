"""What one fresh process takes: time, work and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import Final

_QUIET: Final = {"NO_MKDOCS_2_WARNING": "1"}
_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""How many bytes the system counts a process's memory in."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: seconds by the clock and on all processors, and bytes at the most.

    Of several processes, the memory is that of the largest. What it wrote to standard output comes
    with it.
    """

    seconds: float
    work: float
    memory: int
    output: str


def run(command: Sequence[str], folder: Path) -> Spent:
    """What a command takes that is run in `folder`; ends the benchmark where it fails.

    The system counts the memory of whoever starts a process as that process's own, until it has
    more. So nothing large may be loaded here.
    """
    with TemporaryFile() as output, TemporaryFile() as said:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | _QUIET, stdout=output, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(command)} failed\n{said.read().decode()[-2_000:]}")
        return Spent(
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * _UNIT,
            output.read().decode(),
        )
