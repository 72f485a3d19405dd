"""Randomness as an argument: a generator from (seed, task id, purpose), the same in every process.

Python's own `hash` of a string changes with PYTHONHASHSEED, so the key goes through SHA-256.
"""

import hashlib

import numpy as np


def derive(seed: int, *key: str | int) -> int:
    """A 63-bit seed from `seed` and the parts of `key`."""
    text = "\x1f".join([str(seed), *map(str, key)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little") >> 1


def rng(seed: int, *key: str | int) -> np.random.Generator:
    """A numpy generator for (`seed`, *key)."""
    return np.random.default_rng(derive(seed, *key))
