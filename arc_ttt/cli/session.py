"""What the commands share with `app.main`, and small things that they all print."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Session:
    """One call of the command line. A command that has a folder sets it, so that a bug is logged there."""

    argv: list[str]
    folder: Path | None = None
    begun: float = field(default_factory=time.monotonic)


def again(argv: Sequence[str], **options: str) -> str:
    """The command line that goes on with what `argv` began: `options` added where missing, no --fresh."""
    words = [word for word in argv if word != "--fresh"]
    for name, value in options.items():
        if not any(word == f"--{name}" or word.startswith(f"--{name}=") for word in words):
            words += [f"--{name}", value]
    return shlex.join(["arc-ttt", *words])


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a command as Ctrl-C does."""


def exit_code(stop: KeyboardInterrupt) -> int:
    """The one of a process that the signal ended."""
    return 143 if isinstance(stop, Terminated) else 130


def clock(seconds: float) -> str:
    """`75` as 1:15, `3675` as 1:01:15."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
