"""Rows of tokens in one KV cache, each at its own length: appended to, cut back, copied.

What decoding, search and scoring are made of. A row's keys lie at 0 … length − 1 whatever the other rows do: tokens
are written behind each row's own end, cutting back only moves the end, and what lies beyond is overwritten later. So
rows of different lengths run in one batch without gaps, and several tokens a row are verified in one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import Cache
from transformers.cache_utils import DynamicLayer

from arc_ttt.lm.batch import TokenSequence
from arc_ttt.lm.limits import GROWTH, PLAIN_KEYS, plain_keys
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.train import autocast

WORTH = 32  # columns, for each token that asks, that may be looked at in vain for each one that need not be copied


@dataclass
class Chunk:
    """Tokens (n,) to append to one row, with positions (n, 3) and blocks (n,), see `types.Prompt`."""

    tokens: Sequence[int] = ()
    positions: Sequence[Sequence[int]] = ()
    blocks: Sequence[int] | None = None

    def __len__(self) -> int:
        return len(self.tokens)


def part(sequence: TokenSequence, first: int, last: int) -> Chunk:
    """The tokens `first` … `last` − 1 of a sequence."""
    arrays = sequence.tokens, sequence.positions, sequence.blocks
    return Chunk(*(a[first:last].tolist() for a in arrays))


@dataclass
class _Place:
    """Where the tokens of the pass under way are written: columns (rows, W), up to which column (`used`), how many
    columns there are (`room`), and how many of them are looked at (`seen`)."""

    columns: Tensor
    used: int
    room: int
    seen: int
    together: int | None  # the first column, where all rows are of one length


class _Layer(DynamicLayer):  # type: ignore[misc]
    """One layer's keys and values, (rows, heads, columns, features), written in place."""

    def __init__(self) -> None:
        super().__init__()
        self.buffers: list[Tensor] = []
        self.place: _Place | None = None

    def update(self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
        place = self.place
        assert place is not None
        if not self.buffers:
            self.lazy_initialization(key_states, value_states)
            self.buffers = [x.new_zeros((*x.shape[:2], 0, x.shape[3])) for x in (key_states, value_states)]
        if (more := place.room - self.buffers[0].shape[2]) > 0:
            # Zeros, not what memory held: a masked key still multiplies, and NaN times zero is NaN.
            self.buffers = [torch.cat([x, x.new_zeros((*x.shape[:2], more, x.shape[3]))], 2) for x in self.buffers]
        for buffer, states in zip(self.buffers, (key_states, value_states), strict=True):
            if place.together is not None:
                buffer[:, :, place.together : place.used] = states
            else:
                rows = torch.arange(len(states), device=states.device)[:, None]
                buffer[rows, :, place.columns] = states.transpose(1, 2)
        self.keys, self.values = (buffer[:, :, : place.seen] for buffer in self.buffers)
        return self.keys, self.values

    def get_seq_length(self) -> int:
        """Tokens of each row before the pass under way, where all rows have as many: then a mask may be made of it."""
        return 0 if self.place is None else self.place.together or 0


class Rows:
    """Rows of tokens with their cache. `lengths` is how long each is, `last` (rows, V) the logits after its last
    token of the prompt (float32, on the CPU), `computed` how many tokens the prompts cost."""

    def __init__(self, model: nn.Module, lm: LanguageModel, count: int, padding: int) -> None:
        self.model, self.lm, self.padding = model, lm, padding
        self.lengths = np.zeros(count, dtype=np.int64)
        self.last = torch.empty(0)
        self.computed = 0
        self._room = 0  # columns of the cache
        self._layers = [_Layer() for _ in range(int(lm.module.config.num_hidden_layers))]

    def __len__(self) -> int:
        return len(self.lengths)

    @torch.inference_mode()
    def feed(self, chunks: Sequence[Chunk]) -> Tensor:
        """Append `chunks`, one for each row, perhaps empty; logits (rows, W, V) after each of their tokens (float32, on
        the CPU), W the longest. What a row has beyond its own chunk means nothing."""
        device, n = self.lm.device, len(self)
        width = max(map(len, chunks))
        ids = np.full((n, width), self.padding, dtype=np.int64)
        positions = np.zeros((n, width, 3), dtype=np.int64)
        blocks = np.zeros((n, width), dtype=np.int64)
        for r, chunk in enumerate(chunks):
            if k := len(chunk):
                ids[r, :k], positions[r, :k] = chunk.tokens, chunk.positions
                if chunk.blocks is not None and self.lm.grid_positions:  # all other models are causal
                    blocks[r, :k] = chunk.blocks
        columns = self.lengths[:, None] + np.arange(width)
        used = int(columns[:, -1].max()) + 1
        together = int(self.lengths[0]) if (self.lengths == self.lengths[0]).all() else None
        if used > self._room:
            self._room = used + GROWTH
        whole = self._whole(used)
        seen = used if whole else self._seen(width, used)
        place = _Place(torch.from_numpy(columns).to(device), used, self._room, seen, together)
        for layer in self._layers:
            layer.place = place
        inputs: dict[str, Any] = {
            "input_ids": torch.from_numpy(ids).to(device),
            # Long causal prompts need no mask: what follows a row's end is seen by none of its tokens.
            "attention_mask": None if whole else self._bias(blocks, seen).to(device),
        }
        if self.lm.grid_positions:
            inputs |= {"position_ids": torch.from_numpy(positions).to(device)}
        else:
            inputs |= {"position_ids": place.columns}
        with autocast(device, self.lm.dtype):
            cache = Cache(layers=self._layers)
            logits: Tensor = self.model(**inputs, past_key_values=cache, use_cache=True).logits
        self.lengths = self.lengths + np.array([len(c) for c in chunks])
        return logits.float().cpu()

    def _whole(self, width: int) -> bool:
        """Whether the rows are empty yet, and so long that attention is faster without a mask."""
        first = not self.lm.grid_positions and not self.lengths.any()
        return first and self.lm.device.type == "cpu" and width > PLAIN_KEYS

    def _seen(self, width: int, used: int) -> int:
        """How many columns a pass over `width` new tokens looks at. A product on the processor copies keys that are a
        part of the cache; where few tokens ask, to look at all of it, what is unused masked, is two to three times as
        fast."""
        small = self._room <= plain_keys(self.lm.grid_positions)
        all_of_it = self.lm.device.type == "cpu" and small and (self._room - used) * (width + 16) <= WORTH * used
        return self._room if all_of_it else used

    def _bias(self, blocks: np.ndarray, columns: int) -> Tensor:
        """(rows, 1, W, columns): 0 where a new token may look, else the least number. It sees all of its row before the
        chunk, the chunk up to itself, and all of its own block in the chunk."""
        n, width = blocks.shape
        behind = np.arange(columns)[None, None] - self.lengths[:, None, None]  # (rows, 1, columns)
        seen = behind <= np.arange(width)[None, :, None]
        if blocks.any():
            of_key = np.zeros((n, columns), dtype=np.int64)
            np.put_along_axis(of_key, self.lengths[:, None] + np.arange(width), blocks, 1)
            seen |= (blocks[:, :, None] == of_key[:, None]) & (blocks[:, :, None] > 0)
        least = torch.finfo(self.lm.dtype).min
        bias = torch.zeros((n, 1, width, columns), dtype=self.lm.dtype)
        return bias.masked_fill_(torch.from_numpy(~seen)[:, None], least)

    def crop(self, lengths: np.ndarray) -> None:
        """Cut each row back to `lengths` (rows,)."""
        if (lengths > self.lengths).any():
            raise ValueError("a row is cut back, not prolonged")
        self.lengths = np.asarray(lengths, dtype=np.int64).copy()

    def fork(self, rows: Sequence[int]) -> Rows:
        """Copies of `rows`, in that order, also of one several times."""
        other = Rows(self.model, self.lm, len(rows), self.padding)
        other.lengths = self.lengths[list(rows)]
        index = torch.as_tensor(list(rows), dtype=torch.int64)
        other.last = self.last[index] if len(self.last) else self.last
        used = int(other.lengths.max())
        for mine, theirs in zip(self._layers, other._layers, strict=True):
            if mine.buffers:
                theirs.buffers = [b[index.to(b.device), :, :used] for b in mine.buffers]
                theirs.lazy_initialization(*theirs.buffers)
                theirs.place = mine.place
                other._room = used
        return other


def prefill(model: nn.Module, lm: LanguageModel, prompts: Sequence[TokenSequence], padding: int) -> Rows:
    """Rows that hold `prompts`, and the logits after them in `last`. A beginning that several prompts share is computed
    once: the demonstrations of a view serve all its test inputs."""
    groups = _groups(prompts)
    if len(groups) == len(prompts):
        rows = Rows(model, lm, len(prompts), padding)
        shared = [0] * len(prompts)
    else:
        start = Rows(model, lm, len(groups), padding)
        if any(length for _, length in groups):
            start.feed([part(prompts[members[0]], 0, length) for members, length in groups])
        of = {i: g for g, (members, _) in enumerate(groups) for i in members}
        rows = start.fork([of[i] for i in range(len(prompts))])
        rows.computed = sum(length for _, length in groups)
        shared = [groups[of[i]][1] for i in range(len(prompts))]
    logits = rows.feed([part(p, s, len(p)) for p, s in zip(prompts, shared, strict=True)])
    ends = torch.tensor([len(p) - s - 1 for p, s in zip(prompts, shared, strict=True)])
    rows.computed += sum(len(p) - s for p, s in zip(prompts, shared, strict=True))
    rows.last = logits[torch.arange(len(prompts)), ends]
    return rows


SHARED = 32  # tokens; less is not worth a pass of its own


def _groups(prompts: Sequence[TokenSequence]) -> list[tuple[list[int], int]]:
    """Prompts that share a beginning, and how long it is: (indices, tokens)."""
    groups: list[tuple[list[int], int]] = []
    for i, prompt in enumerate(prompts):
        for g, (members, length) in enumerate(groups):
            common = _common(prompts[members[0]], prompt)
            if common >= SHARED:
                groups[g] = ([*members, i], min(common, length) if len(members) > 1 else common)
                break
        else:
            groups.append(([i], 0))
    return groups


def _common(a: TokenSequence, b: TokenSequence) -> int:
    """Length of the beginning that two prompts share and that sees nothing of what follows it."""
    n = min(len(a), len(b)) - 1  # at least one token must remain to be computed
    same = (a.tokens[:n] == b.tokens[:n]) & (a.blocks[:n] == b.blocks[:n])
    same &= (a.positions[:n] == b.positions[:n]).all(-1)
    length = n if same.all() else int(same.argmin())
    # A block is one piece: its tokens see each other in both directions.
    while length and a.blocks[length - 1] and a.blocks[length - 1] in (a.blocks[length], b.blocks[length]):
        length -= 1
    return length
