"""A limit for another author's code, which may run for ever. Standard library alone: make_rearc.py has an environment
of its own."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlow(Exception):
    """A generator used up its patience."""


def _give_up(*_: object) -> None:
    raise TooSlow


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises `TooSlow` in the block once this process has computed for so many seconds in it, however busy the machine
    is with other things. In the main thread only."""
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
