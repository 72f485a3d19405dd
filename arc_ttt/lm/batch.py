"""Token sequences of different lengths → padded tensors; which go together `lm.group` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

IGNORE = -100


class TokenSequence(Protocol):
    """What is read of a sequence of T tokens: see `arc_ttt.types.Prompt`, which is one."""

    @property
    def tokens(self) -> npt.NDArray[np.int64]: ...
    @property
    def positions(self) -> npt.NDArray[np.int64]: ...
    @property
    def blocks(self) -> npt.NDArray[np.int64]: ...
    @property
    def loss(self) -> npt.NDArray[np.bool_]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Batch:
    """B sequences padded on the right to T tokens.

    `input_ids`, `token_type_ids` (blocks) and `attention_mask` are (B, T), `position_ids` (B, T, 3), all int64.
    `labels` (B, T) holds at t the token that follows where it carries a loss, else -100.
    """

    input_ids: Tensor
    position_ids: Tensor
    token_type_ids: Tensor
    attention_mask: Tensor
    labels: Tensor

    def inputs(self, grid_positions: bool) -> dict[str, Any]:
        """Keyword arguments for a model: all of them for the built-in one, one-dimensional positions (made from
        the mask by the model's own rule: 0 for the first token) for any other."""
        if grid_positions:
            return {
                "input_ids": self.input_ids,
                "position_ids": self.position_ids,
                "token_type_ids": self.token_type_ids,
                "attention_mask": self.attention_mask,
            }
        # A whole batch is never gone on with: without this the model would copy every key and value into a cache.
        return {"input_ids": self.input_ids, "attention_mask": self.attention_mask, "use_cache": False}

    def to(self, device: torch.device) -> Batch:
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))

    @property
    def tokens(self) -> int:
        """Tokens without the padding."""
        return int(self.attention_mask.sum())


def collate(sequences: Sequence[TokenSequence], padding: int, length: int | None = None) -> Batch:
    """One batch of `sequences`, padded to the longest or to `length`."""
    t = max(len(s) for s in sequences) if length is None else length
    b = len(sequences)
    ids = np.full((b, t), padding, dtype=np.int64)
    positions = np.zeros((b, t, 3), dtype=np.int64)
    blocks, mask = np.zeros((b, t), dtype=np.int64), np.zeros((b, t), dtype=np.int64)
    labels = np.full((b, t), IGNORE, dtype=np.int64)
    for i, s in enumerate(sequences):
        n = len(s)
        ids[i, :n], positions[i, :n], blocks[i, :n], mask[i, :n] = s.tokens, s.positions, s.blocks, 1
        labels[i, : n - 1] = np.where(s.loss[1:], s.tokens[1:], IGNORE)
    return Batch(*(torch.from_numpy(x) for x in (ids, positions, blocks, mask, labels)))
