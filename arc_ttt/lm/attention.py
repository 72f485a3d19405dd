"""Attention on a processor: plain batched products where they beat the fused kernel.

In bfloat16 on a CPU, products with a softmax between them reach two to three times the speed of the fused kernel up
to a thousand keys, forward and backward; above that the fused kernel wins. `register` makes it an attention
implementation of `transformers` for any of its models; on other devices, and for what it does not know, it hands on to
the stock one.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, sdpa_mask
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

# Above this many keys the fused kernel wins over plain batched products on a CPU, below it loses by 2 to 3 times.
PLAIN_KEYS = 1024
NAME = "arc_plain"


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Softmax attention of q (B, H, Q, D) to k, v (B, G, K, D) with `bias` (B, 1, Q, K) added to the scores; G divides
    H, and each key's head serves H / G heads of queries. `q` is scaled already."""
    b, h, t, d = q.shape
    g = k.shape[1]
    if g != h:  # the heads that share keys become rows of one product: no key is copied
        q, bias = q.reshape(b, g, h // g * t, d), bias.repeat(1, 1, h // g, 1)
    if q.shape[2] == 1:  # one query: a matrix times a vector, three times as fast this way round
        scores = torch.matmul(k, q.transpose(-1, -2)).transpose(-1, -2)
    else:
        scores = torch.matmul(q, k.transpose(-1, -2))
    return torch.matmul((scores + bias).softmax(-1), v).view(b, h, t, d)


def plain(q: Tensor, keys: int) -> bool:
    """Whether the plain products are the faster way here."""
    return q.device.type == "cpu" and keys <= PLAIN_KEYS


def attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Softmax attention (B, H, Q, D) scaled by the root of D, the faster way."""
    if plain(q, k.shape[2]):
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
    **kwargs: Any,
) -> tuple[Tensor, None]:
    """As `transformers` calls it: heads first in, tokens first out (B, Q, H, D)."""
    known = not dropout and kwargs.get("softcap") is None and kwargs.get("position_bias") is None
    if attention_mask is None or not known or not plain(query, key.shape[2]):
        made: tuple[Tensor, None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, **kwargs
        )
        return made
    if attention_mask.dtype == torch.bool:
        least = torch.finfo(query.dtype).min
        attention_mask = torch.zeros_like(attention_mask, dtype=query.dtype).masked_fill_(~attention_mask, least)
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    return attend(query * scale, key, value, attention_mask.to(query.dtype)).transpose(1, 2).contiguous(), None


def _mask(*args: Any, **kwargs: Any) -> Tensor | None:
    """The stock mask, always made: without one the fused kernel would be all there is."""
    mask: Tensor | None = sdpa_mask(*args, **{**kwargs, "allow_is_causal_skip": False})
    return mask


def register() -> str:
    """Make it known to `transformers`; returns its name."""
    ALL_ATTENTION_FUNCTIONS.register(NAME, _forward)
    ALL_MASK_ATTENTION_FUNCTIONS.register(NAME, _mask)
    return NAME
