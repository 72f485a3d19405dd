"""The device that would compute → findings: whether PyTorch has kernels for it, in what precision, how fast.

What is asked of the device is small: a product and its backward pass, dense and through bitsandbytes.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from arc_ttt.doctor import Check
from arc_ttt.lm import quantize as bits
from arc_ttt.lm.builtin import GridConfig, GridTransformer

SIDES = {"cuda": 4096, "mps": 2048, "cpu": 1024}  # of the largest matrix that is tried
ENOUGH = 0.2  # seconds of repeating a product
MOMENT = 0.004  # seconds; a product that takes longer is large enough to time
SLOW = 10e9  # operations a second
CLOSE = {torch.float32: 1e-3, torch.float16: 2e-2, torch.bfloat16: 5e-2}
COARSE = {"int8": 0.05, "nf4": 0.3}
# A build without CUDA answers with an AssertionError.
FAULTS = (RuntimeError, ValueError, OSError, AttributeError, AssertionError)


def runs_on(capability: tuple[int, int], built: Sequence[str]) -> bool:
    """Whether a PyTorch built for the architectures `built` has kernels for a GPU of that compute capability.

    Machine code (sm_75) runs on its own major version from its minor version on, on nothing else; sm_90a on 9.0 alone.
    PTX (compute_90) is translated for whatever is newer.
    """
    for name in built:
        kind, _, number = name.partition("_")
        digits = number.rstrip("af")
        if not digits.isdigit():
            continue
        version = int(digits[:-1] or 0), int(digits[-1])
        if number.endswith("a"):
            fits = kind == "sm" and version == capability
        elif kind == "sm":
            fits = version[0] == capability[0] and version[1] <= capability[1]
        else:
            fits = kind == "compute" and version <= capability
        if fits:
            return True
    return False


def kernels(place: torch.device) -> Check:
    """The device, and whether this build of PyTorch can compute on it."""
    if place.type != "cuda":
        found = {"cpu": "the processor", "mps": "Apple's GPU"}.get(place.type, place.type)
        if place.type == "cpu" and torch.version.cuda is None and shutil.which("nvidia-smi"):
            advice = "install a build of PyTorch with CUDA to use it"
            return Check("device", "warning", f"{found}; an NVIDIA driver is here, PyTorch has no CUDA", advice)
        return Check("device", "ok", found)
    try:
        name, (major, minor) = torch.cuda.get_device_name(place), torch.cuda.get_device_capability(place)
        built, count = torch.cuda.get_arch_list(), torch.cuda.device_count()
    except FAULTS as fault:  # a driver that does not start
        return Check("device", "failure", f"{place}: {_line(fault)}", "mend the driver, or --device cpu")
    found = f"{place}: {name}, compute capability {major}.{minor}" + (f", one of {count}" if count > 1 else "")
    if torch.version.hip is None and not runs_on((major, minor), built):
        found += f"; PyTorch {torch.__version__} has kernels for {', '.join(built) or 'none'} only"
        return Check(
            "device", "failure", found, "choose another GPU, install a build of PyTorch for it, or --device cpu"
        )
    return Check("device", "ok", found)


def precision(place: torch.device, dtype: torch.dtype, *, chosen: bool) -> Check:
    """In what the weights are stored and multiplied; `chosen` says that the user asked for it."""
    name, native = _name(dtype), native_bfloat16(place)
    if dtype == torch.bfloat16:
        if native:
            return Check("dtype", "ok", "bfloat16, which the device multiplies in")
        found, advice = "bfloat16, which this device only emulates, slowly", "try --dtype float32 and compare the speed"
        return Check("dtype", "warning", found, advice)
    if dtype == torch.float16:
        return Check("dtype", "warning", "float16", "lessons may overflow in it; bfloat16 and float32 do not")
    if chosen:
        return Check("dtype", "ok", name)
    return Check(
        "dtype", "warning", f"{name}: the device does not multiply in bfloat16", "weights take twice the memory"
    )


def native_bfloat16(place: torch.device) -> bool:
    """Whether the device multiplies matrices in bfloat16 itself."""
    if place.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return place.type == "cpu" and bool(torch.cpu._is_avx512_bf16_supported())


def arithmetic(place: torch.device, dtype: torch.dtype) -> Check:
    """A product and its backward pass, timed and compared with the same in float64."""
    side, advice = 128, "choose another --device or --dtype"
    try:
        while True:  # a size that takes a moment, not minutes: some devices have no fast product in some dtypes
            side *= 2
            a, b = (torch.randn(side, side, device=place, dtype=dtype) for _ in range(2))
            if side >= SIDES.get(place.type, 1024) or _seconds(lambda a=a, b=b: a @ b, 3) > MOMENT:  # type: ignore[misc]
                break
        product = a @ b
        exact = a[:8].cpu().double() @ b.cpu().double()
        far = float((product[:8].cpu().double() - exact).abs().max() / exact.abs().max())
        forward = _seconds(lambda: a @ b)
        a.requires_grad_(), b.requires_grad_()

        def both() -> Tensor:
            a.grad = b.grad = None
            (a @ b).backward(product)  # type: ignore[no-untyped-call]
            assert a.grad is not None
            return a.grad

        backward = _seconds(both)
        finite = bool(torch.isfinite(both()).all())
    except FAULTS as fault:
        return Check("arithmetic", "failure", f"a product in {_name(dtype)} fails: {_line(fault)}", advice)
    if not (finite and far <= CLOSE[dtype]):
        return Check("arithmetic", "failure", f"a product in {_name(dtype)} is wrong by {far:.1%}", advice)
    rate, trained = 2 * side**3 / forward, 6 * side**3 / backward
    rates = f"{rate / 1e9:,.0f} GFLOP/s in products of side {side:,}, {trained / 1e9:,.0f} with gradients"
    found = f"{_name(dtype)}: {rates}"
    if trained < SLOW:
        return Check("arithmetic", "warning", found, f"very slow: {advice}")
    return Check("arithmetic", "ok", found)


def quantized(kind: str, place: torch.device, dtype: torch.dtype) -> Check:
    """A linear layer stored as `kind` ("int8", "nf4") by bitsandbytes: its product and gradient on the device."""
    advice = "go on without --quantize, or install a bitsandbytes for this device"
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    try:
        import bitsandbytes
        from bitsandbytes import cextension
    except (ImportError, *FAULTS) as fault:
        return Check("bitsandbytes", "failure", f"cannot be imported: {_line(fault)}", advice)
    library = type(getattr(cextension, "lib", None)).__name__
    backend = "no library of its own" if "Mock" in library else f"{getattr(cextension, 'BNB_BACKEND', 'CPU')} library"
    named = f"{kind} through bitsandbytes {bitsandbytes.__version__}, {backend}"
    shape = GridConfig(hidden_size=64, intermediate_size=64, num_hidden_layers=1, num_attention_heads=1)
    try:
        model = GridTransformer(shape).to(dtype).requires_grad_(False)
        x = torch.randn(16, 64).to(device=place, dtype=dtype).requires_grad_()
        dense = model.layers[0].o.weight.to(place)
        bits.quantize(model, kind, dtype, place)
        bits.prepare(model, dtype)
        y, exact = model.layers[0].o(x), x.detach() @ dense.T
        y.float().sum().backward()
        far = float((y.detach().float() - exact.float()).norm() / exact.float().norm())
        good = x.grad is not None and bool(torch.isfinite(x.grad).all()) and far <= COARSE[kind]
    except FAULTS as fault:
        return Check("bitsandbytes", "failure", f"{named}: a product fails: {_line(fault)}", advice)
    if not good:
        return Check("bitsandbytes", "failure", f"{named}: a product is wrong by {far:.0%}", advice)
    return Check("bitsandbytes", "ok", f"{named}; a product and its gradient are right")


def free_memory(place: torch.device) -> int:
    """Bytes free on a GPU with memory of its own."""
    return int(torch.cuda.mem_get_info(place)[0])


def _once(work: Callable[[], Tensor]) -> float:
    """Seconds that `work` takes; reading a number of its result waits for it."""
    begun = time.perf_counter()
    float(work()[0, 0])
    return time.perf_counter() - begun


def _seconds(work: Callable[[], Tensor], most: int = 20) -> float:
    """The least of several times, after a first one that is not counted."""
    _once(work)
    times, begun = [_once(work)], time.perf_counter()
    while time.perf_counter() - begun < ENOUGH and len(times) < most:
        times.append(_once(work))
    return min(times)


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__
