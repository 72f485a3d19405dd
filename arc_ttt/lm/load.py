"""Names, folders and devices → a model that is ready to be adapted.

Weights are read from safetensors only. What does not fit (a truncated file, another architecture) is a `ModelError`
that names the file and the fault.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from transformers import BitsAndBytesConfig, PreTrainedModel
from transformers.utils.logging import disable_progress_bar

from arc_ttt.errors import ModelError
from arc_ttt.lm.builtin import GridConfig, GridTransformer
from arc_ttt.paths import share

QUANTIZATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "int8": {"load_in_8bit": True},
    "nf4": {"load_in_4bit": True, "bnb_4bit_quant_type": "nf4"},
}
SIZES = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")
DTYPES = {"bfloat16": torch.bfloat16, "float32": torch.float32}


@dataclass(frozen=True)
class LanguageModel:
    """A model with what must be known to call it.

    `module` holds its weights in `dtype` on `device` and is not trained itself. `grid_positions` says whether it
    takes (plane, row, column). `digest` is the SHA-256 of weights, shape, dtype and quantization; `card` says what its
    training saw.
    """

    name: str
    module: PreTrainedModel
    device: torch.device
    dtype: torch.dtype
    grid_positions: bool
    digest: str
    card: Mapping[str, Any] = field(default_factory=dict)


def compute_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the processor multiplies matrices in it, else float32."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    if device.type == "cpu":
        return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
    return torch.float32


def pick_device(name: str) -> torch.device:
    """The device of that name; "auto" takes CUDA, then Apple's, then the processor."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        device = torch.device(name)
    except RuntimeError as fault:
        raise ModelError(f"--device {name}: there are auto, cpu, cuda:N and mps") from fault
    missing = (device.type == "cuda" and not (device.index or 0) < torch.cuda.device_count()) or (
        device.type == "mps" and not torch.backends.mps.is_available()
    )
    if missing:
        raise ModelError(f"--device {name}: this machine or this build of PyTorch has no such device")
    return device


def shipped() -> tuple[str, ...]:
    """Names of the models that come with the project."""
    return tuple(sorted(p.parent.name for p in share("data", "models").glob("*/config.json")))


def load_model(name: str | Path, *, device: str = "auto", dtype: str = "auto", quantize: str = "none") -> LanguageModel:
    """The shipped model of that name, or the one in that folder, ready on its device; `ModelError` if it is not.

    `quantize` stores the matrices of the blocks as int8 or nf4 (through `bitsandbytes`); "none" leaves them in `dtype`.
    """
    folder = share("data", "models", str(name)) if str(name) in shipped() else Path(name)
    if not folder.is_dir():
        raise ModelError(f"{name}: neither a shipped model ({', '.join(shipped()) or 'none here'}) nor a folder")
    if dtype not in ("auto", *DTYPES):
        raise ModelError(f"--dtype {dtype}: there are auto, {', '.join(DTYPES)}")
    if quantize not in QUANTIZATIONS:
        raise ModelError(f"--quantize {quantize}: there are {', '.join(QUANTIZATIONS)}")
    place = pick_device(device)
    kind = compute_dtype(place) if dtype == "auto" else DTYPES[dtype]
    config = _config(folder / "config.json")
    weights = folder / "model.safetensors"
    module = _module(config, weights)
    if quantize != "none":
        module = _quantized(folder, QUANTIZATIONS[quantize], kind)
    module.requires_grad_(False).eval()
    digest = hashlib.sha256(config.to_json_string().encode() + weights.read_bytes())
    digest.update(f"{kind} {quantize}".encode())  # they change what is computed
    module = module.to(place) if quantize != "none" else module.to(device=place, dtype=kind)
    card = _card(folder / "card.json")
    called = str(card.get("name", folder.name))
    return LanguageModel(called, module, place, kind, True, digest.hexdigest(), card)


def _quantized(folder: Path, settings: Mapping[str, Any], dtype: torch.dtype) -> GridTransformer:
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)  # it warns at every product that it casts
    config = BitsAndBytesConfig(**settings, bnb_4bit_compute_dtype=dtype, llm_int8_skip_modules=["lm_head"])
    disable_progress_bar()
    module: GridTransformer = GridTransformer.from_pretrained(folder, quantization_config=config, dtype=dtype)
    return module


def _json(path: Path) -> dict[str, Any]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise ModelError(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise ModelError(f"{path}: not JSON: {fault}") from fault
    if not isinstance(table, dict):
        raise ModelError(f"{path}: not a JSON object")
    return table


def _config(path: Path) -> GridConfig:
    table = _json(path)
    if table.get("model_type") != GridConfig.model_type:
        raise ModelError(f"{path}: architecture {table.get('model_type')!r}; only {GridConfig.model_type!r} is known")
    for key in SIZES:
        if key in table and (type(table[key]) is not int or table[key] < 1):
            raise ModelError(f"{path}: {key} must be a positive integer, not {table[key]!r}")
    try:
        return GridConfig(**table)
    except (TypeError, ValueError, AttributeError) as fault:
        raise ModelError(f"{path}: {fault}") from fault


def _module(config: GridConfig, weights: Path) -> GridTransformer:
    try:
        tensors = load_file(weights)
    except (OSError, SafetensorError) as fault:
        raise ModelError(f"{weights}: the weights cannot be read: {fault}") from fault
    try:
        with torch.device("meta"):
            module = GridTransformer(config)
    except (RuntimeError, TypeError, ValueError) as fault:
        raise ModelError(f"{weights.parent}: config.json describes no model: {' '.join(str(fault).split())}") from fault
    wanted = {name: tuple(t.shape) for name, t in module.state_dict().items()}
    found = {name: tuple(t.shape) for name, t in tensors.items()}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            which = f"{name} is {found.get(name, 'missing')}, not {wanted.get(name, 'expected')}"
            raise ModelError(f"{weights}: the weights do not fit config.json: {which}")
    module.load_state_dict(tensors, assign=True)
    return module


def _card(path: Path) -> Mapping[str, Any]:
    return _json(path) if path.exists() else {}
