"""What compiled graphs need: a C++ compiler, and a folder that keeps them from one run to the next."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import torch

from arc_ttt.errors import ConfigError
from arc_ttt.paths import cache

FOLDER = "TORCHINDUCTOR_CACHE_DIR"  # PyTorch's own name for it
COMPILERS = ("g++", "c++", "clang++")


def need_compiler(device: torch.device) -> None:
    """`ConfigError` where `torch.compile` would find no C++ compiler for the processor."""
    if device.type == "cpu" and not any(map(shutil.which, COMPILERS)):
        raise ConfigError(
            "compiling needs a C++ compiler (g++ or clang++), and none was found; go on without --compile"
        )


def keep() -> None:
    """Have graphs kept in the user's cache directory, unless the user has named a folder, or none can be made there:
    PyTorch then keeps them among temporary files."""
    if os.environ.get(FOLDER):
        return
    try:
        folder = cache("graphs")
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: nobody's home is known
        return
    if os.access(folder, os.W_OK):
        os.environ[FOLDER] = str(Path(folder))
