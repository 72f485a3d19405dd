"""The process's first steps: whatever is imported next, Ctrl-C ends it with one line."""

from __future__ import annotations

import os
import signal
from typing import NoReturn

from arc_ttt.cli import BEFORE


def main() -> NoReturn:
    """`arc-ttt`. An interrupt while modules are imported could be raised anywhere in them, so none is raised."""
    signal.signal(signal.SIGINT, _stop)
    from arc_ttt.cli.app import main

    main()


def _stop(*_: object) -> None:
    try:
        os.write(2, BEFORE.encode())
    finally:
        os._exit(130)
