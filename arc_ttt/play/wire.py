"""What happens → messages to every browser, in one order; who comes later, or again, gets those that still count.

Messages are numbered. One with a `key` takes the place of the earlier one with the same key, so that what is kept stays
small; what only says how far a stage is has one.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

QUIET = 15.0  # seconds after which a silent connection gets a sign of life


class Wire:
    """Messages from any thread to the listeners of one event loop."""

    def __init__(self) -> None:
        self.boot = secrets.token_hex(4)  # numbers of an earlier server mean nothing here
        self._lock = threading.Lock()
        self._number = 0
        self._messages: dict[int, str] = {}
        self._keys: dict[str, int] = {}
        self._owners: dict[str, list[int]] = {}
        self._wakers: set[Callable[[], None]] = set()
        self._closed = False

    def send(self, message: dict[str, Any], *, key: str | None = None, owner: str = "") -> None:
        """Tell everyone. `owner` groups messages that `forget` drops together."""
        text = json.dumps(message, separators=(",", ":"), allow_nan=False)
        with self._lock:
            self._number += 1
            if key is not None:
                self._messages.pop(self._keys.get(key, 0), None)
                self._keys[key] = self._number
            self._messages[self._number] = text
            self._owners.setdefault(owner, []).append(self._number)
            wakers = list(self._wakers)
        for wake in wakers:
            wake()

    def forget(self, owner: str) -> None:
        """Drop the messages of `owner`: who comes later does not get them."""
        with self._lock:
            for number in self._owners.pop(owner, ()):
                self._messages.pop(number, None)

    def close(self) -> None:
        """End all streams."""
        with self._lock:
            self._closed = True
            wakers = list(self._wakers)
        for wake in wakers:
            wake()

    async def stream(self, last: str = "") -> AsyncIterator[str]:
        """Server-sent events: all messages that count, from the one after `last` on where that is one of ours."""
        loop, something = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(something.set)

        boot, _, number = last.partition("-")
        after = int(number) if boot == self.boot and number.isdigit() else 0
        with self._lock:
            self._wakers.add(wake)
        try:
            hello = json.dumps({"boot": self.boot, "after": after, "now": time.time()})
            yield f"retry: 1000\nevent: hello\ndata: {hello}\n\n"
            while True:
                with self._lock:
                    if self._closed:
                        return
                    new = [(n, text) for n, text in self._messages.items() if n > after]
                if new:
                    after = new[-1][0]
                    yield "".join(f"id: {self.boot}-{n}\ndata: {text}\n\n" for n, text in new)
                try:
                    await asyncio.wait_for(something.wait(), QUIET)
                except asyncio.TimeoutError:
                    yield ": \n\n"
                something.clear()
        finally:
            with self._lock:
                self._wakers.discard(wake)
