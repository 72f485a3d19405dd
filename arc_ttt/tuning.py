"""What a process is set to before it imports PyTorch: how its threads wait, and what memory it keeps."""

from __future__ import annotations

import contextlib
import ctypes
import os

# What processes elsewhere (actors of a cluster) are to be given, too.
VARIABLES = ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY", "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_")


def tune() -> None:
    """Set this process and those that it starts; what the user has set stays. Comes before PyTorch is imported."""
    # A thread that waits spins for some microseconds and then sleeps: spinning for long, the default, stalls a run
    # beside another busy process; not spinning at all costs a third of the speed. Read when torch is imported.
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", "2000")
    # glibc keeps what is freed: by default each step of training gives its activations back to the system and gets
    # them again page by page, a fifth of its time. What is larger than 32 MiB, as weights are, still goes back, and
    # so does everything on `release`.
    if any(name.startswith(("MALLOC_", "GLIBC_TUNABLES")) for name in os.environ):
        return
    with contextlib.suppress(OSError, AttributeError, TypeError):  # another C library, another system
        mallopt = ctypes.CDLL(None).mallopt
        for code, name, value in ((-1, "MALLOC_TRIM_THRESHOLD_", 2**31 - 1), (-3, "MALLOC_MMAP_THRESHOLD_", 2**25)):
            mallopt(code, value)
            os.environ[name] = str(value)  # read when a process starts


def release() -> None:
    """Give freed memory back to the system: between tasks, for what other processes and later tasks need."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
