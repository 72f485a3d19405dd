"""Adapters that are kept: a folder with one peft adapter for each name, each beside the vector it is found again by.

FOLDER/<name>/ holds adapter_config.json and adapter_model.safetensors, as peft writes and reads them, and
kept.safetensors: the vector, and as its metadata what the adapter fits (`of`: model, rank, …), its SHA-256, what
adapter_config.json says of its shape, and what it was trained on. The index is the folder itself: an entry is written
beside it and renamed into it, so a kill at any moment leaves whole entries, and several processes may write different
names without a lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from arc_ttt.errors import ModelError, StoreError
from arc_ttt.files import json_of

if TYPE_CHECKING:
    from arc_ttt.lm.adapter import Adapter

Vector = npt.NDArray[np.float32]

WEIGHTS, CONFIG, ENTRY = "adapter_model.safetensors", "adapter_config.json", "kept.safetensors"
SHAPE = ("r", "lora_alpha", "use_rslora", "target_modules")  # what adapter_config.json must still say
_TEMPORARY = ".tmp"
FOLDER = "adapters"  # in a run's folder


@dataclass(frozen=True)
class Entry:
    """One kept adapter: its folder, the vector (D,) float32, what it fits, and the SHA-256 of its weights."""

    name: str
    folder: Path
    vector: Vector
    of: Mapping[str, Any]
    sha: str

    def load(self, adapter: Adapter) -> None:
        """Take its weights into `adapter`; `ModelError` where they are not those that the index was read with."""
        if _sha(self.folder / WEIGHTS) != self.sha:
            raise ModelError(f"{self.folder / WEIGHTS}: is damaged, or was replaced while it was in use")
        adapter.load(self.folder)


def keep(
    folder: Path, name: str, adapter: Adapter, vector: Vector, of: Mapping[str, Any], about: Mapping[str, Any]
) -> None:
    """Write `adapter` as FOLDER/name, in place of an earlier one. `of` says what it fits, `about` what it was trained
    on; both as JSON has it. `StoreError` where it cannot be written; an earlier one then stays."""
    made: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", suffix=_TEMPORARY, dir=folder))
        adapter.save(made)
        said = {"name": name, "of": dict(of), "sha": _sha(made / WEIGHTS), "bytes": (made / WEIGHTS).stat().st_size}
        said["config"] = _shape(made / CONFIG)
        metadata = {"kept": json.dumps({**said, "about": dict(about)}, sort_keys=True)}
        save_file({"vector": np.ascontiguousarray(vector, dtype=np.float32)}, made / ENTRY, metadata)
        made.chmod(0o777 & ~_umask())  # others may read what mkdtemp made for us alone
        _put(made, folder / name)
    except (OSError, SafetensorError, ModelError) as fault:
        reason = (isinstance(fault, OSError) and fault.strerror) or " ".join(str(fault).split())
        raise StoreError(f"{folder / name}: the adapter cannot be written: {reason}") from fault
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def read(folder: Path) -> tuple[Entry, ...]:
    """The entries in FOLDER, which may be one of adapters, a run's, or a single adapter's, by name; of shards the
    adapters of all of them.

    `ModelError`, which names the file, where there is none, where one is truncated or contradicts itself, and where two
    do not fit the same model.
    """
    try:
        found = [folder] if (folder / ENTRY).is_file() else _folders(folder)
    except OSError as fault:
        raise ModelError(f"{folder}: kept adapters cannot be read: {fault.strerror}") from fault
    entries = {entry.name: entry for entry in map(_entry, found)}
    if not entries:
        raise ModelError(f"{folder}: holds no kept adapters; a run with --keep-adapters makes them")
    first, *others = (entries[name] for name in sorted(entries))
    for entry in others:
        if (why := mismatch(entry.of, first.of)) or entry.vector.shape != first.vector.shape:
            what = why or f"vector of {len(entry.vector)}, not {len(first.vector)}"
            raise ModelError(f"{entry.folder}: does not fit {first.folder} ({what}): name a folder of one kind")
    return (first, *others)


def names(folder: Path) -> frozenset[str]:
    """Of what is kept in FOLDER, as `read` takes it, or in its shards; unread, and empty where nothing is."""
    try:
        return frozenset(f.name for f in _folders(folder) if (f / ENTRY).is_file())
    except OSError:
        return frozenset()


def digest(entries: Sequence[Entry]) -> str:
    """SHA-256 of what `entries` hold: names, vectors, weights."""
    total = hashlib.sha256()
    for entry in sorted(entries, key=lambda e: e.name):
        total.update(json.dumps([entry.name, entry.sha, dict(entry.of)], sort_keys=True).encode())
        total.update(entry.vector.tobytes())
    return total.hexdigest()


def text_digest(parts: Sequence[str]) -> str:
    """SHA-256 of a list of texts."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()


def mismatch(there: Mapping[str, Any], here: Mapping[str, Any]) -> str | None:
    """The first thing in which what an adapter fits differs from what is `here`, in a few words."""
    for key in sorted(there.keys() | here.keys()):
        old, new = there.get(key), here.get(key)
        if old != new:
            short = [str(v)[:8] if "digest" in key else json.dumps(v) for v in (old, new)]
            return f"{key} {short[0]}, here {short[1]}"
    return None


def tidy(folder: Path, *, everything: bool = False) -> None:
    """Remove what kills left half written in FOLDER, or all of it; nobody else may be writing there."""
    with contextlib.suppress(FileNotFoundError):
        for path in folder.iterdir():
            if everything or _temporary(path):
                shutil.rmtree(path, ignore_errors=True)


def _put(made: Path, place: Path) -> None:
    """Rename `made` to `place`; what is there goes away. A kill in between loses the old one at most."""
    if place.exists():
        old = Path(tempfile.mkdtemp(prefix=".", suffix=_TEMPORARY, dir=place.parent))
        place.replace(old / "old")
        made.replace(place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        made.replace(place)


def _folders(folder: Path) -> list[Path]:
    """Of the entries in a folder of adapters or a run's."""
    places = [folder / FOLDER, *sorted(folder.glob(f"shard-*/{FOLDER}"))]
    places = [place for place in places if place.is_dir()] or [folder]
    return sorted({f for place in places for f in place.iterdir() if f.is_dir() and not _temporary(f)})


def _entry(folder: Path) -> Entry:
    path, weights, config = folder / ENTRY, folder / WEIGHTS, folder / CONFIG
    try:
        with safe_open(path, framework="numpy") as file:
            said = json.loads((file.metadata() or {})["kept"])
            vector = np.asarray(file.get_tensor("vector"))
        size, shape = int(said["bytes"]), dict(said.get("config", {}))
        entry = Entry(str(said["name"]), folder, vector, dict(said["of"]), str(said["sha"]))
    except OSError as fault:
        raise ModelError(f"{folder}: is no kept adapter: {fault.strerror or fault}") from fault
    except (SafetensorError, KeyError, ValueError, TypeError) as fault:
        raise ModelError(f"{path}: is no index of a kept adapter: {' '.join(str(fault).split())[:200]}") from fault
    try:
        here = weights.stat().st_size
    except OSError as fault:
        raise ModelError(f"{weights}: {_reason(fault)}") from fault
    if size != here:
        raise ModelError(f"{weights}: has {here:,} bytes instead of {size:,}; it is truncated")
    says = _shape(config)
    if wrong := [key for key in SHAPE if key in shape and says[key] != shape[key]]:
        key = wrong[0]
        raise ModelError(f"{config}: says {key} {_short(says[key])}; the adapter was kept with {_short(shape[key])}")
    if vector.ndim != 1 or vector.dtype != np.float32 or not np.isfinite(vector).all():
        raise ModelError(f"{path}: its vector is of another kind ({vector.dtype}, shape {vector.shape})")
    return entry


def _temporary(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(_TEMPORARY)


def _shape(path: Path) -> dict[str, Any]:
    """What an adapter_config.json says of the adapter's shape; `ModelError` where it cannot be read."""
    try:
        document = json_of(path)
        return {key: document.get(key) for key in SHAPE}
    except OSError as fault:
        raise ModelError(f"{path}: {_reason(fault)}") from fault
    except (ValueError, AttributeError) as fault:
        raise ModelError(f"{path}: is no configuration of an adapter; it may be truncated") from fault


def _reason(fault: OSError) -> str:
    return "is missing" if isinstance(fault, FileNotFoundError) else f"cannot be read: {fault.strerror or fault}"


def _short(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _sha(path: Path) -> str:
    try:
        with path.open("rb") as file:
            total = hashlib.sha256()
            while piece := file.read(2**20):
                total.update(piece)
    except OSError as fault:
        raise ModelError(f"{path}: {_reason(fault)}") from fault
    return total.hexdigest()


def _umask() -> int:
    """The process's, which can only be asked for by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
