"""Depth-first search: every completion whose probability is at least a threshold, in many rows at once.

The ARChitects' search (arXiv 2505.07859): walk the token tree, go down while the path's probability stays above the
threshold, keep what reaches the end; at most 1 / threshold completions. Here all rows walk in one batch, each with its
own stack, and each pass carries as much of a draft as it can: along a draft the walk goes on without another pass as
long as the path stays above the threshold, and the branches it leaves aside are put on the stack. Cutting the cache
back is free, so a branch costs only the tokens that differ.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from arc_ttt.lm.decode import Completion, Grammar, Spent, Trust, allowed_logprobs, draft_after, width
from arc_ttt.lm.rows import Chunk, Rows


@dataclass(frozen=True)
class Limits:
    """When a search ends early, with what it has: tokens computed for a row, seconds for all rows together."""

    nodes: int = 20_000
    seconds: float = math.inf


@dataclass
class _Branch:
    """A token that may follow the first `depth` tokens of the path; `grammar` has not taken it yet."""

    depth: int
    token: int
    logprob: float
    grammar: Grammar


@dataclass
class _Walk:
    """One row's search: the path its cache holds, the branches left aside (the deepest last), what was found."""

    threshold: float
    guess: list[int]
    tokens: list[int] = field(default_factory=list)
    logprobs: list[float] = field(default_factory=list)
    stack: list[_Branch] = field(default_factory=list)
    found: list[Completion] = field(default_factory=list)
    nodes: int = 0
    trust: Trust = field(default_factory=Trust)
    # From each depth on, what a completion is expected to lose yet (nats, at most 0).
    tail: Sequence[float] = ()

    def spread(self, grammar: Grammar, logprobs: list[float], wanted: int | None) -> bool:
        """Sort what may follow the path: ends are found, other tokens become branches, but the `wanted` one, which
        the caller follows; tells whether that one is above the threshold."""
        so_far, follow, depth = sum(self.logprobs), False, len(self.tokens)
        yet = self.tail[depth + 1] if depth + 1 < len(self.tail) else 0.0
        for token in sorted(grammar.allowed(), key=lambda t: (logprobs[t], -t)):
            if so_far + logprobs[token] + yet < self.threshold:
                continue
            after = grammar.copy()
            after.advance(token)
            if after.done:
                self.found.append(Completion((*self.tokens, token), (*self.logprobs, logprobs[token]), True))
            elif token == wanted:
                follow = True
            else:
                self.stack.append(_Branch(depth, token, logprobs[token], grammar))
        return follow

    def chunk(self, branch: _Branch, room: int) -> tuple[Chunk, list[Grammar]]:
        """The branch's token and as much of the guess as may follow it, and the grammar after each."""
        del self.tokens[branch.depth :], self.logprobs[branch.depth :]
        self.tokens.append(branch.token)
        self.logprobs.append(branch.logprob)
        grammar = branch.grammar.copy()
        ahead = self.guess[branch.depth + 1 : branch.depth + room]
        return draft_after(grammar, branch.token, grammar.advance(branch.token), ahead)


@torch.inference_mode()
def search(
    rows: Rows,
    grammars: Sequence[Grammar],
    *,
    min_prob: float,
    limits: Limits | None = None,
    drafts: Sequence[Sequence[int]] | None = None,
    tails: Sequence[Sequence[float]] | None = None,
    tick: Callable[[float], None] = lambda _: None,
) -> tuple[list[list[Completion]], Spent]:
    """For each of `rows` all completions of probability at least `min_prob` (0–1), the most probable first.

    `drafts` change how long it takes, not what is found. With `tails`, what a row's completions are expected to lose
    from each depth on (nats, at most 0), a branch that would end below the threshold with it is not walked. `tick` is
    called before each pass with the share of rows that are finished, and may raise to stop. Afterwards `rows` holds the
    prompts, as before.
    """
    limits = limits or Limits()
    prompts, begun, spent = rows.lengths.copy(), time.monotonic(), Spent()
    none = [()] * len(rows)
    walks = [
        _Walk(math.log(min_prob), list(draft), tail=tail)
        for draft, tail in zip(drafts or none, tails or none, strict=True)
    ]
    first = allowed_logprobs(rows.last[:, None], [[g] for g in grammars]).tolist()
    for walk, grammar, (logprobs,) in zip(walks, grammars, first, strict=True):
        walk.spread(grammar, logprobs, None)
    active, index = rows, list(range(len(rows)))
    while True:
        late = time.monotonic() - begun > limits.seconds
        alive = [k for k, i in enumerate(index) if not late and walks[i].stack and walks[i].nodes < limits.nodes]
        tick(1 - len(alive) / len(walks))
        if not alive:
            break
        if 2 * len(alive) <= len(index):
            active, index = active.fork(alive), [index[k] for k in alive]
            alive = list(range(len(index)))
        room = width([walks[index[k]].trust for k in alive], len(index))
        chunks, after = [Chunk()] * len(index), [list[Grammar]()] * len(index)
        lengths = active.lengths.copy()
        for k in alive:
            walk = walks[index[k]]
            branch = walk.stack.pop()
            lengths[k] = prompts[index[k]] + branch.depth
            chunks[k], after[k] = walk.chunk(branch, room)
        active.crop(lengths)
        logits = active.feed(chunks)
        spent.passes, spent.computed = spent.passes + 1, spent.computed + sum(map(len, chunks))
        scores = allowed_logprobs(logits, after).tolist()
        for k in alive:
            accepted = _follow(walks[index[k]], chunks[k], after[k], scores[k])
            spent.drafted, spent.accepted = spent.drafted + len(chunks[k]) - 1, spent.accepted + accepted
            lengths[k] += 1 + accepted
        active.crop(lengths)
    rows.crop(prompts)
    found = [sorted(w.found, key=lambda c: (-c.logprob, c.tokens)) for w in walks]
    spent.decoded = sum(len(c.tokens) for row in found for c in row)
    return found, spent


def _follow(walk: _Walk, chunk: Chunk, grammars: Sequence[Grammar], scores: list[list[float]]) -> int:
    """Walk along the chunk while its path stays above the threshold, branches left aside; returns how many tokens of
    the draft were followed."""
    tokens = list(chunk.tokens)
    depth, i = len(walk.tokens), 0  # the path holds the chunk's first token already
    walk.nodes += len(tokens)
    while True:
        wanted = tokens[i + 1] if i + 1 < len(tokens) else None
        if not walk.spread(grammars[i], scores[i], wanted):
            break
        walk.tokens.append(tokens[i + 1])
        walk.logprobs.append(scores[i][tokens[i + 1]])
        i += 1
    # The next guess: this path, and behind its end what the model finds most probable there.
    best = [_best(g, s) for g, s in zip(grammars[i:], scores[i:], strict=False)]
    walk.guess[: depth + len(tokens)] = [*walk.tokens, *best]
    walk.trust.learn(i, i + 1 < len(tokens))
    return i


def _best(grammar: Grammar, scores: list[float]) -> int:
    return max(grammar.allowed(), key=lambda t: (scores[t], -t))
