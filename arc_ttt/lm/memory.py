"""A model → the bytes that its passes take, counted on short sequences; and the bytes in use."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from arc_ttt.lm.batch import Batch, collate
from arc_ttt.lm.limits import PLAIN_KEYS, plain_keys
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.train import batch_loss

LENGTHS = (64, 160, 384)  # tokens of the sequences that are counted
# What the allocator, the products' scratch memory and the gradients on their way take besides.
MARGIN = 1.6
MASK = 6  # bytes for each pair of tokens: who may look where, and what is added to the scores


@dataclass(frozen=True)
class Needs:
    """Bytes of one pass over sequences of T tokens.

    Training keeps `fixed` (the adapted weights) + rows · (`token` · T + `square` · T²) for the backward pass; `cache`
    bytes are the keys and values of one token, `hidden` those of one token between two of the `layers`. Above `plain`
    tokens fused kernels keep no scores.
    """

    fixed: float
    token: float
    square: float
    cache: int
    hidden: int
    layers: int
    plain: int = PLAIN_KEYS

    def training(self, rows: int, length: int, *, checkpointing: bool) -> float:
        """Of a training batch."""
        kept = self.fixed + rows * self._activations(length)
        if checkpointing:  # the inputs of all blocks, and one block at a time
            kept = kept / self.layers + rows * length * self.hidden * self.layers
        return MARGIN * kept

    def answering(self, rows: int, length: int) -> float:
        """Of prompts that are read together: their keys and values, one block at work, and the mask."""
        one = self._activations(length) / self.layers + MASK * length**2
        return self.fixed + MARGIN * rows * (self.cache * length + one)

    def _activations(self, length: int) -> float:
        return self.token * length + self.square * min(length, self.plain) ** 2


def measure(model: Callable[..., Any], lm: LanguageModel) -> Needs:
    """Count what training passes of `model` keep; nothing is changed."""
    kept = [_saved(model, lm, _made(n).to(lm.device)) for n in LENGTHS]
    powers = np.array([[1, n, n**2] for n in LENGTHS], dtype=np.float64)
    fixed, token, square = np.maximum(0.0, np.linalg.solve(powers, np.array(kept, dtype=np.float64)))
    config = lm.module.config.get_text_config()
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    width = lm.dtype.itemsize
    layers = int(config.num_hidden_layers)
    return Needs(
        float(fixed),
        float(token),
        float(square),
        2 * layers * heads * size * width,
        config.hidden_size * width,
        layers,
        plain_keys(lm.grid_positions),
    )


def used(device: torch.device) -> int:
    """Bytes that this process holds: of the device's own memory, or resident in the machine's (0 where the system does
    not tell)."""
    if device.type == "cuda":
        return int(torch.cuda.memory_allocated(device))
    if device.type == "mps":
        return int(torch.mps.current_allocated_memory())
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _saved(model: Callable[..., Any], lm: LanguageModel, batch: Batch) -> int:
    """Bytes of the distinct tensors that a training pass keeps, without the parameters."""
    sizes: dict[int, int] = {}

    def keep(tensor: Tensor) -> Tensor:
        if not isinstance(tensor, nn.Parameter):
            storage = tensor.untyped_storage()
            sizes[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor), torch.enable_grad():
        batch_loss(model, batch, lm.grid_positions, lm.dtype)
    return sum(sizes.values())


class _Tokens:
    """A sequence of `length` tokens without meaning."""

    def __init__(self, length: int) -> None:
        self.tokens, self.blocks = np.zeros(length, dtype=np.int64), np.zeros(length, dtype=np.int64)
        self.positions, self.loss = np.zeros((length, 3), dtype=np.int64), np.ones(length, dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.tokens)


def _made(length: int) -> Batch:
    return collate([_Tokens(length)], padding=0)
