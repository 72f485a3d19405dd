"""What the commands share with `app.main`, and small things that they all print."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import typer

from arc_ttt.errors import ArcError


@dataclass
class Session:
    """One call of the command line. A command that has a folder sets it, so that a bug is logged there."""

    argv: list[str]
    folder: Path | None = None
    begun: float = field(default_factory=time.monotonic)
    # Something could not be printed, though its reader was there.
    unheard: bool = False
    # A signal stopped the command, and what became of it was said; a second signal says nothing more.
    stopped: bool = False

    def stop(self, line: str, stop: KeyboardInterrupt) -> typer.Exit:
        """Say what became of the command; what is to be raised for it."""
        self.stopped = True
        print(line, file=sys.stderr)
        return typer.Exit(exit_code(stop))


class OutputError(ArcError):
    """What a command has to say cannot be written."""

    exit_code = 1


@contextlib.contextmanager
def heard(session: Session) -> Iterator[None]:
    """Print through a stream that knows whether its faults are stdout's: `OutputError`, or `BrokenPipeError` where its
    reader has gone."""
    before = sys.stdout
    sys.stdout = _Stdout(before, session)
    try:
        yield
    finally:
        try:
            sys.stdout.flush()  # what cannot be written is known now, not after the end
        finally:
            sys.stdout = before


@contextlib.contextmanager
def outlasting(what: str) -> Iterator[None]:
    """While `what` goes on, a stdout that nobody reads any more (`| head`), or that cannot be written, does not end it:
    one line on stderr says so, and the rest is printed nowhere."""
    stream = sys.stdout
    if isinstance(stream, _Stdout):
        stream.outlasted_by = what
    yield


class _Stdout:
    """Stdout; with `outlasted_by` it swallows what cannot be written."""

    outlasted_by = ""

    def __init__(self, stream: TextIO, session: Session) -> None:
        self._stream, self._session = stream, session
        self._lost: OSError | None = None

    def write(self, text: str) -> int:
        if self._lost is None:
            try:
                return self._stream.write(text)
            except OSError as fault:
                self._lose(fault)
        self._fail()
        return len(text)

    def flush(self) -> None:
        if self._lost is None:
            try:
                self._stream.flush()
            except OSError as fault:
                self._lose(fault)
        self._fail()

    def _fail(self) -> None:
        """Raise what is wrong, each time: who writes first may be a library that only tries whether it can."""
        if self._lost is not None and not self.outlasted_by:
            gone = isinstance(self._lost, BrokenPipeError)
            raise self._lost if gone else OutputError(f"stdout: {self._lost.strerror}") from self._lost

    def _lose(self, fault: OSError) -> None:
        self._lost = fault
        with contextlib.suppress(OSError, ValueError):  # what is left in the stream's buffer goes nowhere, too
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
        if not self.outlasted_by:
            return
        gone = isinstance(fault, BrokenPipeError)
        self._session.unheard = not gone
        why = "nobody reads the output any more" if gone else f"the output cannot be written ({fault.strerror})"
        with contextlib.suppress(OSError):
            print(f"{why}; {self.outlasted_by} goes on", file=sys.stderr, flush=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def again(argv: Sequence[str], **options: str) -> str:
    """The command line that goes on with what `argv` began: `options` added where missing, no --fresh."""
    words = [word for word in argv if word != "--fresh"]
    for name, value in options.items():
        short = f"-{name[0]}"  # as in -o for --out
        if not any(word in (f"--{name}", short) or word.startswith(f"--{name}=") for word in words):
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
