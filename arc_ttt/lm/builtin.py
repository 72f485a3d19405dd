"""The built-in architecture: a small transformer whose rotary positions are (plane, row, column).

Pre-norm, SwiGLU, queries and keys normalised, no biases. A token's position is three integers instead
of one, so a cell and its image in another grid are related by a constant rotation wherever they lie (the idea
of 2D rotary positions is from VARC, arXiv 2511.14761, and mdlARC). Tokens of one block see each other in both
directions (an input grid is known as a whole); everything else is causal.

It is a `PreTrainedModel`, so `save_pretrained`, `from_pretrained`, `peft` and `bitsandbytes` work on it unchanged.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import Cache, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import CausalLMOutputWithPast

from arc_ttt.lm.attention import attention
from arc_ttt.lm.folder import KIND


class GridConfig(PretrainedConfig):  # type: ignore[misc]
    """Shape of a `GridTransformer`. Every size is a number of features; `num_tasks` rows follow the vocabulary in
    the embedding while pretraining (one task token for each task it sees) and are gone from shipped weights."""

    model_type = KIND

    def __init__(
        self,
        vocab_size: int = 16,
        hidden_size: int = 256,
        intermediate_size: int = 704,
        num_hidden_layers: int = 8,
        num_attention_heads: int = 2,
        num_tasks: int = 0,
        rope_theta: float = 100.0,
        plane_dims: int = 16,
        max_position_embeddings: int = 8192,
        norm_eps: float = 1e-6,
        **kwargs: Any,
    ) -> None:
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.intermediate_size = intermediate_size
        self.num_hidden_layers = num_hidden_layers
        self.num_attention_heads = num_attention_heads
        self.num_tasks = num_tasks
        self.rope_theta = rope_theta
        self.plane_dims = plane_dims
        self.max_position_embeddings = max_position_embeddings
        self.norm_eps = norm_eps
        self.head_dim = hidden_size // num_attention_heads
        kwargs.setdefault("tie_word_embeddings", False)
        super().__init__(**kwargs)


def rotary(positions: Tensor, config: GridConfig, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Cosines and signed sines (B, T, 1, head_dim) of positions (B, T, 3), as `rotate` takes them.

    The first `plane_dims / 2` angles turn with the plane, the rest half with the row and half with the column.
    """
    half = config.head_dim // 2
    plane = config.plane_dims // 2
    row = (half - plane) // 2
    angles = []
    for axis, n in enumerate((plane, row, half - plane - row)):
        speed = config.rope_theta ** -(torch.arange(n, device=positions.device, dtype=torch.float32) / n)
        angles.append(positions[..., axis, None].float() * speed)
    angle = torch.cat(angles, -1)[:, :, None]
    cos, sin = angle.cos().to(dtype), angle.sin().to(dtype)
    return torch.cat((cos, cos), -1), torch.cat((-sin, sin), -1)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn each pair (x[i], x[i + half]) of features of x (B, T, H, D) by its angle."""
    if torch.compiler.is_compiling():  # halves become one vectorised loop, a roll does not
        first, second = x.view(*x.shape[:-1], 2, x.shape[-1] // 2).unbind(-2)
        c, s = cos.chunk(2, -1)[0], sin.chunk(2, -1)[1]
        return torch.stack((first * c - second * s, second * c + first * s), -2).flatten(-2)
    return torch.addcmul(x * cos, x.roll(x.shape[-1] // 2, -1), sin)


@torch.library.custom_op("arc_ttt::attention_bias", mutates_args=())
def attention_bias(blocks: Tensor, visible: Tensor, dtype: torch.dtype) -> Tensor:
    """(B, 1, T, T) bias for tokens of `blocks` (B, T): 0 where one may look and the least number where not.
    `visible` (B, T) tells tokens from padding. One operation for the compiler, which would else make it anew in each
    layer."""
    k = blocks.shape[1]
    index = torch.arange(k, device=blocks.device)
    allowed = index[None, :, None] >= index[None, None, :]
    allowed = allowed | ((blocks[:, :, None] == blocks[:, None, :]) & (blocks[:, :, None] > 0))
    allowed = allowed & visible[:, None, :]
    bias = torch.zeros(allowed.shape, dtype=dtype, device=blocks.device)
    return bias.masked_fill_(~allowed, torch.finfo(dtype).min)[:, None]


@attention_bias.register_fake
def _(blocks: Tensor, visible: Tensor, dtype: torch.dtype) -> Tensor:
    return blocks.new_empty((blocks.shape[0], 1, blocks.shape[1], blocks.shape[1]), dtype=dtype)


def norm(size: int, eps: float) -> nn.LayerNorm:
    """Layer norm without a bias: on a CPU it is one fused kernel, RMS norm is six."""
    return nn.LayerNorm(size, eps=eps, bias=False)


class Block(nn.Module):
    """Attention and SwiGLU, each added to what came in. Queries, keys and values come from one product, and so do
    the two halves of the SwiGLU: fewer, larger products are what a CPU is fast at."""

    def __init__(self, config: GridConfig, layer: int) -> None:
        super().__init__()
        d, eps = config.hidden_size, config.norm_eps
        self.layer, self.heads = layer, config.num_attention_heads
        self.attention_norm, self.mlp_norm = norm(d, eps), norm(d, eps)
        self.q_norm, self.k_norm = norm(config.head_dim, eps), norm(config.head_dim, eps)
        self.qkv = nn.Linear(d, 3 * d, bias=False)
        self.o = nn.Linear(d, d, bias=False)
        self.gate_up = nn.Linear(d, 2 * config.intermediate_size, bias=False)
        self.down = nn.Linear(config.intermediate_size, d, bias=False)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor], bias: Tensor, cache: Cache | None) -> Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(self.attention_norm(x)).view(b, t, 3, self.heads, d // self.heads).unbind(2)
        q = rotate(self.q_norm(q), *turn).transpose(1, 2)  # (B, H, T, D)
        k = rotate(self.k_norm(k), *turn).transpose(1, 2)
        v = v.transpose(1, 2)
        if cache is not None:
            k, v = cache.update(k, v, self.layer)
        x = x + self.o(attention(q, k, v, bias).transpose(1, 2).reshape(b, t, d))
        gate, up = self.gate_up(self.mlp_norm(x)).chunk(2, -1)
        mixed: Tensor = x + self.down(F.silu(gate) * up)
        return mixed


class GridTransformer(PreTrainedModel):  # type: ignore[misc]
    """The model; see the module's docstring."""

    config_class = GridConfig
    base_model_prefix = ""
    supports_gradient_checkpointing = True
    _no_split_modules = ("Block",)

    def __init__(self, config: GridConfig) -> None:
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size + config.num_tasks, config.hidden_size)
        self.layers = nn.ModuleList(Block(config, i) for i in range(config.num_hidden_layers))
        self.norm = norm(config.hidden_size, config.norm_eps)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)
        self.gradient_checkpointing = False  # set from outside, with the function that does it
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=module.in_features**-0.5)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=1.0)

    def get_input_embeddings(self) -> nn.Embedding:
        return self.embed_tokens

    def get_output_embeddings(self) -> nn.Linear:
        return self.lm_head

    def forward(
        self,
        input_ids: Tensor | None = None,
        position_ids: Tensor | None = None,
        token_type_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        past_key_values: Cache | None = None,
        inputs_embeds: Tensor | None = None,
        **_: Any,
    ) -> CausalLMOutputWithPast:
        """Logits (B, T, vocab_size) for input_ids (B, T), or for their embeddings (B, T, D), at position_ids (B, T, 3).

        `token_type_ids` (the blocks) and `attention_mask` (1 for tokens, 0 for padding) are (B, T). With a cache,
        `attention_mask` is instead what is added to the scores, (B, 1, T, K), K the keys that the cache gives back.
        """
        if position_ids is None or attention_mask is None:
            raise ValueError("positions and mask must be given")
        x = self.embed_tokens(input_ids) if inputs_embeds is None else inputs_embeds
        dtype = torch.get_autocast_dtype(x.device.type) if torch.is_autocast_enabled(x.device.type) else x.dtype
        x = x.to(dtype)
        turn = rotary(position_ids, self.config, dtype)
        if attention_mask.dim() == 4:
            bias = attention_mask
        elif token_type_ids is None:
            raise ValueError("a mask of tokens needs their blocks")
        else:
            bias = attention_bias(token_type_ids, attention_mask > 0, dtype)
        for layer in self.layers:
            if self.gradient_checkpointing and self.training:
                x = self._gradient_checkpointing_func(layer.__call__, x, turn, bias, past_key_values)
            else:
                x = layer(x, turn, bias, past_key_values)
        logits = self.lm_head(self.norm(x))
        return CausalLMOutputWithPast(logits=logits, past_key_values=past_key_values)
