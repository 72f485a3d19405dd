"""Long fits tell how much they do, in their loops: whoever asked for the fit counts it, and may end it by raising.

Units are those of the search's budget, some ten microseconds each. What is told is what was asked for, also where a
cache had it, and what fills a cache tells nothing: so the same fit tells the same, whatever was done before it. Where
nobody listens nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LISTENER: ContextVar[Callable[[float], None] | None] = ContextVar("listener", default=None)


def worked(units: float) -> None:
    """So much is being done; raises where it is not to go on. Nothing (0.0) only asks that: by what costs the same
    in any case."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(units)


@contextmanager
def heard_by(listener: Callable[[float], None]) -> Iterator[None]:
    """What is told meanwhile goes to `listener`."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def uncounted() -> Iterator[None]:
    """Work meanwhile is for a cache: it may still be ended by whoever listens, but counts nothing."""
    listener = _LISTENER.get()
    if listener is None:
        yield
        return
    with heard_by(lambda units: listener(0.0)):
        yield
