"""Linear layers → int8 or NF4 of bitsandbytes, while a checkpoint is read or afterwards."""

from __future__ import annotations

import logging
from typing import Any

import torch
from torch import nn
from transformers import BitsAndBytesConfig, PreTrainedModel

QUANTIZATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "int8": {"load_in_8bit": True},
    "nf4": {"load_in_4bit": True, "bnb_4bit_quant_type": "nf4"},
}
OUTLIER = 6.0  # int8: features of at least this magnitude are multiplied in full precision


def settings(quantize: str, dtype: torch.dtype) -> BitsAndBytesConfig | None:
    """What `from_pretrained` takes to quantize as it reads; None for "none". The head stays as it is."""
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)  # it warns at every product that it casts
    if quantize == "none":
        return None
    chosen = QUANTIZATIONS[quantize]
    return BitsAndBytesConfig(**chosen, bnb_4bit_compute_dtype=dtype, llm_int8_skip_modules=["lm_head"])


def found(config: Any) -> str:
    """How the weights of a checkpoint with this configuration are stored: "none", "int8", "nf4", or by what method."""
    stored = getattr(config, "quantization_config", None)
    if stored is None:
        return "none"
    table = stored if isinstance(stored, dict) else stored.to_dict()
    if table.get("load_in_8bit"):
        return "int8"
    if table.get("load_in_4bit"):
        return str(table.get("bnb_4bit_quant_type", "fp4"))
    return str(table.get("quant_method", "unknown"))


def quantize(module: PreTrainedModel, kind: str, dtype: torch.dtype, device: torch.device) -> None:
    """Replace every linear layer but the head, in place, by one of `kind`: for weights that were read dense."""
    import bitsandbytes as bnb

    head = module.get_output_embeddings()
    dense = [(n, m) for n, m in module.named_modules() if type(m) is nn.Linear and m is not head]
    for name, layer in dense:
        bias = layer.bias is not None
        weight = layer.weight.detach()
        made: Any
        if kind == "int8":
            made = bnb.nn.Linear8bitLt(
                layer.in_features, layer.out_features, bias, has_fp16_weights=False, threshold=OUTLIER, device="meta"
            )
            made.weight = bnb.nn.Int8Params(weight.to(torch.float16), requires_grad=False, has_fp16_weights=False)
        else:
            made = bnb.nn.Linear4bit(
                layer.in_features, layer.out_features, bias, dtype, compress_statistics=False, device="meta"
            )
            made.weight = bnb.nn.Params4bit(weight, requires_grad=False, compress_statistics=False, quant_type=kind)
        if bias:
            made.bias = nn.Parameter(layer.bias.detach(), requires_grad=False)
        module.set_submodule(name, made.to(device))  # here it is quantized
    module.is_loaded_in_8bit, module.is_loaded_in_4bit = kind == "int8", kind != "int8"  # peft asks


def prepare(module: PreTrainedModel, dtype: torch.dtype) -> None:
    """Let 4-bit layers multiply in `dtype`, whatever the machine that stored them preferred, and never repack them.

    On processors with AVX-512 bf16 bitsandbytes repacks a 4-bit weight at its first use without gradients: its scales
    are rounded, shapes that are no multiples of 32 fail, and from then on no gradient passes through the layer.
    """
    for layer in module.modules():
        if hasattr(layer, "compute_type_is_set"):
            layer.compute_dtype, layer.compute_type_is_set = dtype, True
            layer.support_avx512bf16_for_cpu = False
