"""The vocabulary of a loaded model: its tokenizer, and embedding and head cut to the tokens that are used.

Grids need a few dozen tokens of a hundred thousand. The rows of the others in embedding and head are let go; the kept
tokens' logits stay what they were, so that only their normalisation changes, and that over fewer terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from arc_ttt.errors import ModelError

SPECIAL = ("bos_token_id", "eos_token_id", "pad_token_id", "unk_token_id", "sep_token_id", "decoder_start_token_id")


class Tokenizer:
    """A checkpoint's own tokenizer, without what it adds to a text by itself.

    `start` is what it would put before a text; `bos`, `eos` and `padding` are special tokens as text, "" where there
    is none (the end serves as padding where that is missing).
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self.bos, self.eos = tokenizer.bos_token or "", tokenizer.eos_token or ""
        self.padding = tokenizer.pad_token or self.eos
        first = tokenizer.encode("0")[:1]
        self.start = self.bos if self.bos and first == [tokenizer.bos_token_id] else ""

    def encode(self, text: str) -> list[int]:
        """Token ids of `text`, in which special tokens may be written out."""
        return list(self._tokenizer.encode(text, add_special_tokens=False))

    def decode(self, tokens: Sequence[int]) -> str:
        """The text that `tokens` spell, special tokens included."""
        text: str = self._tokenizer.decode(list(tokens), skip_special_tokens=False, clean_up_tokenization_spaces=False)
        return text


@dataclass(frozen=True)
class Cut:
    """What a cut did: `new[old id]` is a kept token's id, of `before` tokens in all; `saved` is in bytes."""

    new: Mapping[int, int]
    before: int
    saved: int


def cut(module: PreTrainedModel, tokens: Sequence[int]) -> Cut:
    """Reduce `module`'s embedding and head, in place, to `tokens`, which become 0, 1, … in ascending order.

    Tied or not, quantized or not: a quantized head becomes a dense one of the values that it stood for. Special tokens
    in the configuration are renumbered, those that are not kept become None. `ModelError` for a token out of range and
    for a model whose vocabulary has other tables.
    """
    embedding, head = module.get_input_embeddings(), module.get_output_embeddings()
    kept = sorted(set(tokens))
    before = int(embedding.weight.shape[0])
    if unknown := [t for t in kept if not 0 <= t < before]:
        raise ModelError(f"token {unknown[0]} is not among the {before} of the model's vocabulary")
    if not isinstance(head, nn.Linear):
        raise ModelError(f"the vocabulary of a {type(module).__name__} cannot be cut: it has no head of its own")
    others = [n for n, m in module.named_modules() if isinstance(m, nn.Embedding) and m is not embedding]
    if others and getattr(module.config.get_text_config(), "vocab_size_per_layer_input", None):
        raise ModelError(f"the vocabulary of a {type(module).__name__} cannot be cut: {others[0]} has it too")
    size = _bytes(embedding, head)
    rows = torch.tensor(kept, device=embedding.weight.device)
    tied = head.weight is embedding.weight
    embedding.weight = _frozen(embedding.weight[rows])
    embedding.num_embeddings = len(kept)
    new = {old: i for i, old in enumerate(kept)}
    if getattr(embedding, "padding_idx", None) is not None:
        embedding.padding_idx = new.get(embedding.padding_idx)
    if type(head) is not nn.Linear:
        dense = nn.Linear(head.in_features, len(kept), bias=head.bias is not None, device="meta")
        dense.weight = _frozen(dequantized(head)[rows].to(embedding.weight.dtype))
        if head.bias is not None:
            dense.bias = _frozen(head.bias[rows])
        module.set_output_embeddings(dense)
        head = dense
    else:
        head.weight = embedding.weight if tied else _frozen(head.weight[rows.to(head.weight.device)])
        head.out_features = len(kept)
        if head.bias is not None:
            head.bias = _frozen(head.bias[rows])
    _renumber(module, new)
    return Cut(new, before, size - _bytes(embedding, head))


def dequantized(layer: nn.Linear) -> Tensor:
    """The matrix (out, in) that a linear layer of bitsandbytes stands for; a dense layer's own."""
    weight: Any = layer.weight
    if getattr(weight, "quant_state", None) is not None:
        from bitsandbytes.functional import dequantize_4bit

        dense: Tensor = dequantize_4bit(weight.data, weight.quant_state)
        return dense
    scales = getattr(weight, "SCB", None)
    if scales is None:  # at the first product they go here
        scales = getattr(getattr(layer, "state", None), "SCB", None)
    return layer.weight.detach() if scales is None else torch.as_tensor(weight.data * scales[:, None] / 127)


def _frozen(tensor: Tensor) -> nn.Parameter:
    return nn.Parameter(tensor.detach().clone(), requires_grad=False)


def _bytes(*layers: nn.Module) -> int:
    """Memory of the layers' parameters, shared ones once."""
    return sum(p.nbytes for p in {id(p): p for layer in layers for p in layer.parameters()}.values())


def _renumber(module: PreTrainedModel, new: Mapping[int, int]) -> None:
    """Sizes and special tokens in the configurations, as the smaller vocabulary has them."""
    config = module.config
    for place in {id(c): c for c in (config, config.get_text_config(), module.generation_config) if c}.values():
        for name in SPECIAL:
            old = getattr(place, name, None)
            if isinstance(old, list):
                setattr(place, name, [new[t] for t in old if t in new] or None)
            elif old is not None:
                setattr(place, name, new.get(old))
    for holder in (config, config.get_text_config(), *module.modules()):
        if isinstance(getattr(holder, "vocab_size", None), int):
            holder.vocab_size = len(new)
