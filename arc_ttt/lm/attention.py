"""Attention on a processor: plain batched products where they beat the fused kernel.

In bfloat16 on a CPU, products with a softmax between them reach two to three times the speed of the fused kernel,
forward and backward, as long as the scores of all heads are not too many to be kept. Longer sequences that are causal
and begin at their first token are done in blocks of queries, each against the keys up to its own end: half the
products, no mask, and memory that grows with the length alone, since the backward pass makes the probabilities anew.
`register` makes it an attention implementation of `transformers` for any of its models; on other devices, and for what
it does not know, it hands on to the stock one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, sdpa_mask
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from arc_ttt.lm.limits import PLAIN_KEYS, PLAIN_KEYS_OWN

# Queries of a block of causal attention: 256 are as fast as 128 or 384 within 15 % from 1,100 to 4,000 tokens.
BLOCK = 256
CACHED = 2_000_000  # scores that stay in a processor's cache
NAME = "arc_plain"


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Softmax attention of q (B, H, Q, D) to k, v (B, G, K, D) with `bias` (B, 1, Q, K) added to the scores; G divides
    H, and each key's head serves H / G heads of queries. `q` is scaled already."""
    b, h, t, d = q.shape
    g = k.shape[1]
    apart = not torch.is_grad_enabled() and not torch.compiler.is_compiling()
    if apart and b > (few := max(1, CACHED // (h * t * k.shape[2]))):
        # The scores of all rows at once would go to memory and back four times.
        return torch.cat([attend(*(x[i : i + few] for x in (q, k, v, bias))) for i in range(0, b, few)])
    if g != h:  # the heads that share keys become rows of one product: no key is copied
        q, bias = q.reshape(b, g, h // g * t, d), bias.repeat(1, 1, h // g, 1)
    if q.shape[2] == 1 and not k.is_contiguous():  # one query: twice as fast this way round, for no key is copied
        scores = torch.matmul(k, q.transpose(-1, -2)).transpose(-1, -2)
    else:
        scores = torch.matmul(q, k.transpose(-1, -2))
    scores = scores.add_(bias) if apart else scores + bias
    return torch.matmul(scores.softmax(-1), v).view(b, h, t, d)


def _blocks(q: Tensor, k: Tensor) -> Iterator[tuple[slice, slice, Tensor, Tensor]]:
    """For each block of n queries: its rows, the rows of keys that it may see (E of them), the queries as
    (B, G, H / G · n, D), and their attention probabilities (B, G, H / G · n, E)."""
    b, h, t, d = q.shape
    g = k.shape[1]
    later = torch.full((BLOCK, BLOCK), -torch.inf, dtype=q.dtype, device=q.device).triu_(1)
    for first in range(0, t, BLOCK):
        end = min(first + BLOCK, t)
        n = end - first
        rows, seen = slice(first, end), slice(0, end)
        queries = q[:, :, rows].reshape(b, g, h // g * n, d)
        scores = torch.matmul(queries, k[:, :, seen].transpose(-1, -2))
        scores.view(b, h, n, end)[..., rows] += later[:n, :n]
        yield rows, seen, queries, scores.softmax(-1)


@torch.library.custom_op("arc_ttt::causal", mutates_args=())
def causal(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal softmax attention of q (B, H, T, D) to k, v (B, G, T, D); `q` is scaled already. One operation also for
    the compiler, which would otherwise unroll the blocks of each length anew."""
    b, h, _, d = q.shape
    made = torch.empty_like(q)
    for rows, seen, _, chances in _blocks(q, k):
        made[:, :, rows] = torch.matmul(chances, v[:, :, seen]).view(b, h, -1, d)
    return made


@torch.library.custom_op("arc_ttt::causal_backward", mutates_args=())
def _causal_backward(gradient: Tensor, q: Tensor, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    b, h, _, d = q.shape
    # Many blocks add to the same keys: in bfloat16 the sum would lose what the last of them bring.
    dq, dk, dv = torch.empty_like(q), torch.zeros_like(k, dtype=torch.float32), torch.zeros_like(v, dtype=torch.float32)
    for rows, seen, queries, chances in _blocks(q, k):
        g = gradient[:, :, rows].reshape(queries.shape)
        dv[:, :, seen] += torch.matmul(chances.transpose(-1, -2), g)
        of_chances = torch.matmul(g, v[:, :, seen].transpose(-1, -2))
        of_scores = torch.ops.aten._softmax_backward_data(of_chances, chances, -1, chances.dtype)
        dq[:, :, rows] = torch.matmul(of_scores, k[:, :, seen]).view(b, h, -1, d)
        dk[:, :, seen] += torch.matmul(of_scores.transpose(-1, -2), queries)
    return dq, dk.to(k.dtype), dv.to(v.dtype)


@causal.register_fake
def _(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return torch.empty_like(q)


@_causal_backward.register_fake
def _(gradient: Tensor, q: Tensor, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)


def _remember(ctx: Any, inputs: tuple[Tensor, ...], output: Tensor) -> None:
    ctx.save_for_backward(*inputs)


def _backward(ctx: Any, gradient: Tensor) -> Any:
    return _causal_backward(gradient, *ctx.saved_tensors)


causal.register_autograd(_backward, setup_context=_remember)


def attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Softmax attention (B, H, Q, D) of the built-in model, scaled by the root of D, the faster way."""
    if q.device.type == "cpu" and k.shape[2] <= PLAIN_KEYS_OWN:
        return attend(q * q.shape[-1] ** -0.5, k, v, bias)
    return F.scaled_dot_product_attention(q, k, v, attn_mask=bias)


def _forward(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    is_causal: bool | None = None,
    **kwargs: Any,
) -> tuple[Tensor, None]:
    """As `transformers` calls it: heads first in, tokens first out (B, Q, H, D)."""
    known = (
        query.device.type == "cpu"
        and not dropout
        and kwargs.get("softcap") is None
        and kwargs.get("position_bias") is None
        and kwargs.get("s_aux") is None
        and query.shape[-1] == value.shape[-1]
    )
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    if known and attention_mask is not None and key.shape[2] <= PLAIN_KEYS:
        if attention_mask.dtype == torch.bool:
            least = torch.finfo(query.dtype).min
            attention_mask = torch.zeros_like(attention_mask, dtype=query.dtype).masked_fill_(~attention_mask, least)
        made = attend(query * scale, key, value, attention_mask.to(query.dtype))
        return made.transpose(1, 2).contiguous(), None
    runs_on = getattr(module, "is_causal", True) if is_causal is None else is_causal
    if known and attention_mask is None and runs_on and query.shape[2] == key.shape[2] > 1:
        return causal(query * scale, key, value).transpose(1, 2).contiguous(), None
    stock: tuple[Tensor, None] = sdpa_attention_forward(
        module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, is_causal=is_causal, **kwargs
    )
    return stock


def _mask(
    batch_size: int,
    q_length: int,
    kv_length: int,
    *,
    attention_mask: Tensor | None = None,
    allow_is_causal_skip: bool = True,
    **kwargs: Any,
) -> Tensor | None:
    """The stock mask where there is one. Up to `PLAIN_KEYS` keys it is always made, for the products need it; above
    it is left out of causal attention where nothing precedes the tokens in a cache: padding at the end of a sequence
    is seen by none of its tokens."""
    skip = allow_is_causal_skip and kv_length > PLAIN_KEYS
    if skip and q_length == kv_length and attention_mask is not None and _ends_padded(attention_mask):
        attention_mask = None
    kwargs |= {"attention_mask": attention_mask, "allow_is_causal_skip": skip}
    mask: Tensor | None = sdpa_mask(batch_size, q_length, kv_length, **kwargs)
    return mask


def _ends_padded(mask: Tensor) -> bool:
    """Whether in each row of `mask` (B, T) the padding comes after the tokens. Not looked at while compiling:
    code may not depend on values there."""
    if torch.compiler.is_compiling():
        return False
    return bool((mask[:, :-1] >= mask[:, 1:]).all())


def register() -> str:
    """Make it known to `transformers`; returns its name."""
    ALL_ATTENTION_FUNCTIONS.register(NAME, _forward)
    ALL_MASK_ATTENTION_FUNCTIONS.register(NAME, _mask)
    return NAME
