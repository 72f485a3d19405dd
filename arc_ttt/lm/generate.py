"""Greedy decoding of a batch of prompts under a grammar, with a KV cache.

`prefill` computes the prompts' keys and values in one pass, `decode_one_token` adds a token to every row. Rows that
have finished leave the batch when half of it has. What may come next and where it stands is the grammar's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from transformers import Cache
from transformers.cache_utils import DynamicLayer

from arc_ttt.lm.batch import TokenSequence, collate
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.train import autocast

GROWTH = 128  # tokens by which a cache grows, so that it is copied rarely


class Grammar(Protocol):
    """State of one row: which tokens may come, and the position of the one that came."""

    done: bool

    def allowed(self) -> Sequence[int]: ...
    def advance(self, token: int) -> tuple[int, int, int]: ...


@dataclass(frozen=True)
class Completion:
    """Tokens that were decoded and the log-probability (nats) of each among those the grammar allowed."""

    tokens: tuple[int, ...]
    logprobs: tuple[float, ...]
    done: bool

    @property
    def logprob(self) -> float:
        return float(sum(self.logprobs))


class GrowingLayer(DynamicLayer):  # type: ignore[misc]
    """A cache layer that is written in place and grows by `GROWTH`; the stock one copies all of it each token."""

    def update(self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
        old = self.get_seq_length()
        new = old + key_states.shape[-2]
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
            self._buffers = [x.new_empty((*x.shape[:2], 0, x.shape[3])) for x in (key_states, value_states)]
        if new > self._buffers[0].shape[-2]:
            self._buffers = [self._grown(x, new + GROWTH, old) for x in self._buffers]
        for buffer, states in zip(self._buffers, (key_states, value_states), strict=True):
            buffer[:, :, old:new] = states
        self.keys, self.values = (buffer[:, :, :new] for buffer in self._buffers)
        return self.keys, self.values

    @staticmethod
    def _grown(x: Tensor, length: int, used: int) -> Tensor:
        grown = x.new_empty((*x.shape[:2], length, x.shape[3]))
        grown[:, :, :used] = x[:, :, :used]
        return grown

    def batch_select_indices(self, indices: Tensor) -> None:
        """Keep the rows `indices`."""
        used = self.get_seq_length()
        self._buffers = [x[indices] for x in self._buffers]
        self.keys, self.values = (buffer[:, :, :used] for buffer in self._buffers)


class _Rows:
    """The rows still being decoded: which they are, their masks and their cache."""

    def __init__(self, model: nn.Module, lm: LanguageModel, prompts: Sequence[TokenSequence], padding: int) -> None:
        self.model, self.lm = model, lm
        batch = collate(prompts, padding)
        layers = int(lm.module.config.num_hidden_layers)
        self.cache = Cache(layers=[GrowingLayer() for _ in range(layers)])
        self.index = list(range(len(prompts)))
        self.mask = batch.attention_mask.to(lm.device)
        self.blocks = batch.token_type_ids.to(lm.device)
        self.lengths = self.mask.sum(1)
        self._batch = batch

    def prefill(self) -> Tensor:
        """Logits (rows, V) after each prompt's last token."""
        logits = self._call(self._batch.input_ids, self._batch.position_ids)
        return logits[torch.arange(len(self.index)), self.lengths.cpu() - 1]

    def decode_one_token(self, tokens: Tensor, positions: Tensor) -> Tensor:
        """Logits (rows, V) after one more token (rows,) at (rows, 3) in each row."""
        one = torch.ones_like(self.mask[:, :1])
        self.mask = torch.cat([self.mask, one], 1)
        self.blocks = torch.cat([self.blocks, torch.zeros_like(one)], 1)
        self.lengths = self.lengths + 1
        return self._call(tokens[:, None], positions[:, None])[:, -1]

    def keep(self, rows: Sequence[int]) -> None:
        chosen = torch.as_tensor(rows, device=self.lm.device)
        self.cache.batch_select_indices(chosen)
        self.mask, self.blocks = self.mask[chosen], self.blocks[chosen]
        self.lengths = self.lengths[chosen]
        self.index = [self.index[r] for r in rows]

    def _call(self, ids: Tensor, positions: Tensor) -> Tensor:
        inputs: dict[str, Any] = {"input_ids": ids.to(self.lm.device), "attention_mask": self.mask}
        if self.lm.grid_positions:
            inputs |= {"position_ids": positions.to(self.lm.device), "token_type_ids": self.blocks}
        elif ids.shape[1] == 1:  # a padded row's next token follows its own last, not the padding
            inputs |= {"position_ids": self.lengths[:, None] - 1}
        logits: Tensor = self.model(**inputs, past_key_values=self.cache, use_cache=True).logits
        return logits.float().cpu()


@torch.inference_mode()
def generate(
    model: nn.Module,
    lm: LanguageModel,
    prompts: Sequence[TokenSequence],
    grammars: Sequence[Grammar],
    *,
    padding: int,
    max_new_tokens: int,
    tick: Callable[[int], None] = lambda _: None,
) -> list[Completion]:
    """The most probable token at each step for each prompt, until its grammar is done or `max_new_tokens` came.

    `model` is `lm.module` or a wrapper of it with an adapter; `grammars` are consumed. `tick` is called with the
    number of steps made, and may raise to stop. Ties go to the smaller token.
    """
    with autocast(lm.device, lm.dtype):
        rows = _Rows(model, lm, prompts, padding)
        logits = rows.prefill()
        tokens: list[list[int]] = [[] for _ in prompts]
        logprobs: list[list[float]] = [[] for _ in prompts]
        for step in range(max_new_tokens):
            tick(step)
            allowed = torch.full_like(logits, -torch.inf)
            for r, i in enumerate(rows.index):
                # A finished row that is still in the batch may say anything.
                allowed[r, list(grammars[i].allowed()) or [0]] = 0.0
            scores = torch.log_softmax(logits + allowed, -1)
            best = scores.argmax(-1)
            values = scores.gather(1, best[:, None])[:, 0].tolist()
            positions = torch.zeros((len(rows.index), 3), dtype=torch.int64)
            for r, (i, token) in enumerate(zip(rows.index, best.tolist(), strict=True)):
                if not grammars[i].done:
                    positions[r] = torch.tensor(grammars[i].advance(token))
                    tokens[i].append(token)
                    logprobs[i].append(values[r])
            alive = [r for r, i in enumerate(rows.index) if not grammars[i].done]
            if not alive:
                break
            if 2 * len(alive) <= len(rows.index):
                rows.keep(alive)
                best, positions = best[alive], positions[alive]
            logits = rows.decode_one_token(best, positions)
    return [Completion(tuple(t), tuple(p), g.done) for t, p, g in zip(tokens, logprobs, grammars, strict=True)]
