"""What a process is set to before PyTorch is there."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from arc_ttt.tuning import VARIABLES

SHOW = "from arc_ttt.tuning import *; import os; tune(); print(*(os.environ.get(n) for n in VARIABLES))"
# Twenty blocks of 16 MiB: written, freed, given back; what is resident after each, in MiB.
FREED = """
from arc_ttt.tuning import release, tune
import os, sys
if "tune" in sys.argv: tune()
def resident(): print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20)
resident()
blocks = [b"x" * 2**24 for _ in range(20)]
resident()
blocks.clear()
resident()
release()
resident()
"""


def ran(code: str, *arguments: str, **variables: str) -> list[str]:
    clean = {k: v for k, v in os.environ.items() if k not in VARIABLES and not k.startswith(("MALLOC_", "GLIBC_"))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=clean | variables, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that is tuned")
def test_what_the_user_has_set_stays() -> None:
    assert ran(SHOW) == ["2000", "None", str(2**31 - 1), str(2**25)]
    assert ran(SHOW, OMP_WAIT_POLICY="PASSIVE") == ["None", "PASSIVE", str(2**31 - 1), str(2**25)]
    assert ran(SHOW, GOMP_SPINCOUNT="7", MALLOC_ARENA_MAX="1") == ["7", "None", "None", "None"]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that is tuned")
def test_memory_is_kept_until_it_is_released() -> None:
    start, full, freed, released = map(int, ran(FREED, "tune"))
    assert full > start + 300
    assert freed > start + 300
    assert released < start + 50
    assert int(ran(FREED)[2]) < start + 100  # as it is without
