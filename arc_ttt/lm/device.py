"""Names → a device and the dtype that it computes in."""

from __future__ import annotations

import torch

from arc_ttt.errors import ModelError

DTYPES = {"bfloat16": torch.bfloat16, "float32": torch.float32, "float16": torch.float16}


def compute_dtype(device: torch.device, name: str = "auto") -> torch.dtype:
    """The dtype of that name; "auto" is bfloat16 where the processor multiplies matrices in it, else float32."""
    if name != "auto":
        return DTYPES[name]
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
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
