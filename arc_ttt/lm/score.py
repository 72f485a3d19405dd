"""Log-probabilities of given answers after the prompts of many rows: one pass for each answer, none for the prompts."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from arc_ttt.lm.decode import Grammar, mask_of
from arc_ttt.lm.rows import Chunk, Rows


@torch.inference_mode()
def score(rows: Rows, grammars: Sequence[Grammar], answers: Sequence[Sequence[int] | None]) -> list[float | None]:
    """Log-probability (nats) of an answer's tokens in each of `rows`, −inf where the grammar has no such answer; None
    where there is nothing to score. Each token's is among those the grammar allows. `rows` and `grammars` stay as they
    are."""
    prompts = rows.lengths.copy()
    walked = [_walk(g, a) if a is not None else None for g, a in zip(grammars, answers, strict=True)]
    fed = [(Chunk(w[0][:-1], w[1][:-1]) if w else Chunk()) for w in walked]
    result = [None if a is None else -torch.inf for a in answers]
    if not any(w for w in walked):
        return result
    vocabulary = rows.last.shape[-1]
    longest = max(len(w[0]) for w in walked if w)
    logits = rows.last[:, None]
    if longest > 1:
        logits = torch.cat((logits, rows.feed(fed)), 1)
    for r, w in enumerate(walked):
        if w:
            tokens, _, allowed = w
            logprobs = torch.log_softmax(logits[r, : len(tokens)] + mask_of(allowed, vocabulary), -1)
            result[r] = float(logprobs.gather(1, torch.tensor(tokens)[:, None]).sum())
    rows.crop(prompts)
    return result


_Walked = tuple[list[int], list[tuple[int, int, int]], list[tuple[int, ...]]]


def _walk(grammar: Grammar, tokens: Sequence[int]) -> _Walked | None:
    """The tokens, their positions and what was allowed where each came; None where the grammar forbids one."""
    grammar, positions, allowed = grammar.copy(), [], []
    for token in tokens:
        allowed.append(grammar.allowed())
        if token not in allowed[-1]:
            return None
        positions.append(grammar.advance(token))
    return list(tokens), positions, allowed
