"""A limit for another author's code."""

from __future__ import annotations

import time

import pytest
from patience import TooSlow, within


def test_who_computes_for_too_long_is_stopped() -> None:
    """Without end, here; and nothing is left of the limit after the block."""
    with pytest.raises(TooSlow), within(0.05):
        while True:
            pass
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass


def test_waiting_is_no_computing() -> None:
    """A busy machine, which keeps a process waiting, takes nothing of its time."""
    with within(0.2):
        time.sleep(0.4)
