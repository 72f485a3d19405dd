"""Decoding of many rows under a grammar, greedily or by sampling, with drafts that are verified instead of trusted.

A row's draft is a guess of its answer. One pass over the row's last token and the next tokens of its draft says what
the model would have chosen at each place; the draft is right up to the first place where that differs, and what was
chosen there is taken instead. So a right draft costs one pass instead of one for each token, and a wrong one costs
nothing but width: the result is what decoding one token at a time gives, up to ties of the arithmetic. (Speculative
decoding, Leviathan et al., arXiv 2211.17192; what the pass chose behind the fault becomes the new draft there, as in
Jacobi decoding, Santilli et al., arXiv 2305.10427.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from typing_extensions import Self

from arc_ttt.lm.rows import Chunk, Rows

# What a pass costs besides its tokens, in tokens: measured on two cores, more on a GPU.
OVERHEAD = 128
MOST = 1024  # tokens of all rows together in one pass


class Trust:
    """How far a row's drafts are to be trusted: the share of their tokens that were right lately."""

    def __init__(self) -> None:
        self.right, self.wrong = 1.8, 0.2

    def learn(self, accepted: int, fault: bool) -> None:
        self.right, self.wrong = 0.7 * self.right + accepted, 0.7 * self.wrong + fault

    @property
    def share(self) -> float:
        return min(0.999, (self.right + 0.1) / (self.right + self.wrong + 0.2))


def width(trusts: Sequence[Trust], rows: int) -> int:
    """Tokens a row in the next pass over `rows` rows that bring most for what they cost: with a share p of a draft's
    tokens right, W tokens bring 1 + p + … + p^(W−1), and cost as much in every row, also in those that need fewer."""
    best, most = 1, 0.0
    size = 1
    while size * rows <= max(MOST, rows):
        gain = sum((1 - t.share**size) / (1 - t.share) for t in trusts) / (OVERHEAD + size * rows)
        if gain > most:
            best, most = size, gain
        size *= 2
    return best


class Grammar(Protocol):
    """State of one row: which tokens may come, and the position of the one that came."""

    done: bool

    def allowed(self) -> tuple[int, ...]: ...
    def advance(self, token: int) -> tuple[int, int, int]: ...
    def copy(self) -> Self: ...


@dataclass(frozen=True)
class Completion:
    """Tokens that were decoded and the log-probability (nats) of each among those the grammar allowed."""

    tokens: tuple[int, ...]
    logprobs: tuple[float, ...]
    done: bool

    @property
    def logprob(self) -> float:
        return float(sum(self.logprobs))


@dataclass
class Spent:
    """What decoding cost: passes of the model, tokens it computed, tokens decoded, tokens drafted and accepted."""

    passes: int = 0
    computed: int = 0
    decoded: int = 0
    drafted: int = 0
    accepted: int = 0


class Pick(Protocol):
    """Chooses tokens (R, W) from log-probabilities (R, W, V) for rows (R,) at their depths (R,) + 0 … W − 1."""

    def __call__(self, logprobs: Tensor, rows: Sequence[int], depths: Sequence[int]) -> Tensor: ...


def most_probable(logprobs: Tensor, rows: Sequence[int], depths: Sequence[int]) -> Tensor:
    """Greedy decoding; ties go to the smaller token."""
    return logprobs.argmax(-1)


def sampler(uniform: np.ndarray, temperature: float) -> Pick:
    """Sampling at `temperature`: token by inverse distribution function from `uniform` (rows, depths) in [0, 1), so
    that a row's answer is a function of its numbers, however many tokens a pass decides."""

    def pick(logprobs: Tensor, rows: Sequence[int], depths: Sequence[int]) -> Tensor:
        at = np.minimum(np.asarray(depths)[:, None] + np.arange(logprobs.shape[1]), uniform.shape[1] - 1)
        u = torch.from_numpy(uniform[np.asarray(rows)[:, None], at])[:, :, None]
        below = (logprobs.double() / temperature).softmax(-1).cumsum(-1)
        # Rounding may leave the last sum under u; the most probable token is allowed, the last one may not be.
        chosen = (below <= u * below[..., -1:]).sum(-1)
        return torch.where(chosen < logprobs.shape[-1], chosen, logprobs.argmax(-1))

    return pick


def mask_of(allowed: Sequence[tuple[int, ...]], vocabulary: int) -> Tensor:
    """(len(allowed), V): 0 for the tokens that may come, −inf for the others; all 0 where none may."""
    kinds = {tokens: k for k, tokens in enumerate(dict.fromkeys(allowed))}  # few, however many rows
    table = torch.full((len(kinds), vocabulary), -torch.inf)
    for tokens, k in kinds.items():
        table[k, list(tokens) or slice(None)] = 0.0
    return table[torch.tensor([kinds[tokens] for tokens in allowed])]


def allowed_logprobs(logits: Tensor, grammars: Sequence[Sequence[Grammar]]) -> Tensor:
    """Log-probabilities (R, W, V) among what each grammar allows, of logits (R, W, V); row r has `grammars[r]`, at
    most W, and what lies beyond them means nothing."""
    n, wide, vocabulary = logits.shape
    allowed = [a for row in grammars for a in (*(g.allowed() for g in row), *[()] * (wide - len(row)))]
    return torch.log_softmax(logits + mask_of(allowed, vocabulary).view(n, wide, vocabulary), -1)


def draft_after(
    grammar: Grammar, token: int, position: tuple[int, int, int], guess: Sequence[int]
) -> tuple[Chunk, list[Grammar]]:
    """`token` at `position`, which `grammar` has taken, and as much of the guess as may follow it, with the grammar
    after each. A token that ends the answer is left out: nothing is learned by computing it."""
    tokens, positions, grammars = [token], [position], [grammar]
    for ahead in guess:
        if ahead not in grammar.allowed():
            break
        grammar = grammar.copy()
        place = grammar.advance(ahead)
        if grammar.done:
            break
        tokens.append(ahead)
        positions.append(place)
        grammars.append(grammar)
    return Chunk(tokens, positions), grammars


@dataclass
class _Row:
    """A row on its way: what came, what may come, what is guessed to come, and how far guesses are trusted."""

    grammar: Grammar
    guess: list[int]
    tokens: list[int] = field(default_factory=list)
    logprobs: list[float] = field(default_factory=list)
    position: tuple[int, int, int] = (0, 0, 0)  # of the last token
    trust: Trust = field(default_factory=Trust)

    def take(self, token: int, logprob: float) -> None:
        self.tokens.append(token)
        self.logprobs.append(logprob)
        self.position = self.grammar.advance(token)

    def chunk(self, room: int) -> tuple[Chunk, list[Grammar]]:
        """The last token and as much of the guess as the grammar and `room` allow, and the grammar after each."""
        ahead = self.guess[len(self.tokens) : len(self.tokens) + room - 1]
        return draft_after(self.grammar, self.tokens[-1], self.position, ahead)


@torch.inference_mode()
def decode(
    rows: Rows,
    grammars: Sequence[Grammar],
    *,
    max_new_tokens: int,
    drafts: Sequence[Sequence[int]] | None = None,
    pick: Pick = most_probable,
    tick: Callable[[float], None] = lambda _: None,
) -> tuple[list[Completion], Spent]:
    """A completion for each of `rows`, until its grammar is done or `max_new_tokens` came.

    `grammars` are consumed; `drafts` guess each row's tokens, as far as they go. `tick` is called before each pass with
    the share of rows that are finished, and may raise to stop. Afterwards `rows` holds the prompts, as before.
    """
    prompts = rows.lengths.copy()
    spent = Spent()
    states = [_Row(g, list(d)) for g, d in zip(grammars, drafts or [()] * len(rows), strict=True)]
    first = allowed_logprobs(rows.last[:, None], [[g] for g in grammars])
    chosen = pick(first, range(len(rows)), [0] * len(rows))[:, 0]
    for r, state in enumerate(states):
        token = int(chosen[r])
        spent.drafted += bool(state.guess)
        spent.accepted += bool(state.guess) and state.guess[0] == token
        state.take(token, float(first[r, 0, token]))
    active, index = rows, list(range(len(rows)))
    while True:
        alive = [k for k, i in enumerate(index) if not _over(states[i], max_new_tokens)]
        tick(1 - len(alive) / len(states))
        if not alive:
            break
        if 2 * len(alive) <= len(index):  # finished rows leave the batch, when half of it has
            active, index = active.fork(alive), [index[k] for k in alive]
            alive = list(range(len(index)))
        room = width([states[index[k]].trust for k in alive], len(index))
        chunks, after = [Chunk()] * len(index), [list[Grammar]()] * len(index)
        for k in alive:
            chunks[k], after[k] = states[index[k]].chunk(room)
        before = active.lengths.copy()
        logits = active.feed(chunks)
        spent.passes, spent.computed = spent.passes + 1, spent.computed + sum(map(len, chunks))
        logprobs = allowed_logprobs(logits, after)
        chosen = pick(logprobs, index, [len(states[i].tokens) for i in index])
        values = logprobs.gather(-1, chosen[..., None])[..., 0].tolist()
        picked = chosen.tolist()
        kept = before.copy()
        for k in alive:
            accepted = _accept(states[index[k]], len(chunks[k]), picked[k], values[k], max_new_tokens)
            kept[k] = before[k] + 1 + accepted
            spent.drafted, spent.accepted = spent.drafted + len(chunks[k]) - 1, spent.accepted + accepted
        active.crop(kept)
    spent.decoded = sum(len(s.tokens) for s in states)
    rows.crop(prompts)
    return [Completion(tuple(s.tokens), tuple(s.logprobs), s.grammar.done) for s in states], spent


def _over(state: _Row, limit: int) -> bool:
    return state.grammar.done or len(state.tokens) >= limit


def _accept(state: _Row, length: int, chosen: list[int], values: list[float], limit: int) -> int:
    """Take what was chosen after each token of the chunk while the draft agrees, and once more where it does not;
    returns how many tokens of the draft were right."""
    depth, i = len(state.tokens), 0
    while True:
        right = i + 1 < length and state.guess[depth + i] == chosen[i]
        state.take(chosen[i], values[i])
        i += right
        if not right or _over(state, limit):
            break
    if i + 1 < length:
        state.guess[depth + i : depth + length] = chosen[i:length]  # the model's own view of what follows
    state.trust.learn(i, i + 1 < length)
    return i
