"""Says so, and fails, where another program answers on a port of this machine already."""

from __future__ import annotations

import socket
import sys


def main(port: str) -> int:
    """The exit code: 0 where the port is free, 1 where it is not."""
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
    except OSError:
        return 0
    sys.stderr.write(f"port {port} is in use: is the portal open in another window?\n")
    sys.stderr.write(f"  hint: take another one: PORT={int(port) + 1} make serve\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
