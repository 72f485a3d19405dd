"""The TOML file of a prompt format: its name, the checkpoints trained on it and their authors' settings.

Read without a tokenizer, so that a model's name chooses its format before anything is loaded.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

from arc_ttt import files
from arc_ttt.config import BUDGETS, DecodeConfig, RunConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.paths import exists, share
from arc_ttt.settings import build, refuse_idle, settings
from arc_ttt.settings import values as read_values
from arc_ttt.text.prompt import LOSSES

_KINDS = {str: "a text", list: "a list", dict: "a table"}
QUANTIZED = ("none", "int8", "nf4")


MATRICES = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")  # of a block
# What of `SolveConfig` a file may set in [decode], beside all that `DecodeConfig` has.
CHOICES = ("views", "vote", "traits", "score_views", "score_candidates", "max_tokens")


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A published model. `saw` names the task sets (`arc1:evaluation`, …) that its training saw, also in part: a score
    on them says nothing. The sizes are those of its architecture; `quantized` says how its weights are stored. `id` is
    a hub id, unless `kaggle` says where among Kaggle's models it is (owner/model/framework/variation/version); of
    `pickles`, which are not read, there is no other file on the hub."""

    id: str
    base: str
    licence: str
    kaggle: str = ""
    pickles: bool = False
    saw: tuple[str, ...] = ()
    quantized: str = "none"
    layers: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    head_dim: int

    def matrices(self) -> tuple[tuple[int, int], ...]:
        """(inputs, outputs) of the seven matrices of a block."""
        query, key = self.heads * self.head_dim, self.kv_heads * self.head_dim
        wide = (self.hidden, self.intermediate)
        return (
            (self.hidden, query),
            (self.hidden, key),
            (self.hidden, key),
            (query, self.hidden),
            wide,
            wide,
            wide[::-1],
        )

    def memory(self, quantize: str, rank: int, targets: Sequence[str] = ("linear",)) -> int | None:
        """Bytes of the blocks' weights and of an adapter on those of them that `targets` name with its gradients and
        optimiser (four times float32); None where the weights are published in another quantization. Embedding and head
        hardly count once they are cut, activations come on top."""
        if self.quantized not in ("none", quantize):
            return None
        size = {"none": 2.0, "int8": 1.0, "nf4": 0.5 + 4 / 64}[quantize]  # NF4 has a float32 for each 64 weights
        weights = sum(a * b for a, b in self.matrices()) * size
        adapted = [m for name, m in zip(MATRICES, self.matrices(), strict=True) if {name, "linear"} & set(targets)]
        return round(self.layers * (weights + 16 * rank * sum(a + b for a, b in adapted)))

    def called(self, model: str) -> bool:
        """Whether `model` is its id, or a folder of the id's last part; one of Kaggle's may lie in a folder below."""
        last = self.id.casefold().rpartition("/")[2]
        path = Path(model.casefold())
        return last in path.parts if self.kaggle else last == path.name

    def got(self) -> str:
        """How it is got, in one line; "" for what its id alone brings here."""
        folder = self.id.rpartition("/")[2]
        if self.kaggle:
            get = f"kaggle models instances versions download {self.kaggle} --untar -p {folder}"
            return f"is a model of Kaggle's: `{get}`, then --model {folder}"
        if self.pickles:
            get = f"hf download {self.id} --local-dir {folder}"
            convert = "convert these to safetensors where you trust them"
            return f"is published as pickles, which are not read: `{get}`, {convert}, then --model {folder}"
        return ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A file's content as far as it can be read by itself; `table` is all of it. `settings` are the authors', by the
    names of `TTTConfig`, `decoding` by the paths of `SolveConfig`; they yield to what a user asks for."""

    path: Path
    name: str
    about: str
    table: Mapping[str, Any]
    source: str
    models: tuple[str, ...]
    checkpoints: tuple[Checkpoint, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    decoding: Mapping[str, Any] = field(default_factory=dict)

    def names(self, model: str) -> bool:
        """Whether `model`, a hub id or a folder of the same name, is one of this format's."""
        return model.casefold() in map(str.casefold, self.models) or self.checkpoint(model) is not None

    def checkpoint(self, model: str) -> Checkpoint | None:
        """The one called `model`."""
        return next((c for c in self.checkpoints if c.called(model)), None)

    def paths(self) -> dict[str, Any]:
        """All its settings, by the paths of `SolveConfig`."""
        return {f"{TTTConfig.PREFIX}{name}": value for name, value in self.settings.items()} | dict(self.decoding)


def read(name: str | Path) -> Sheet:
    """The file of the shipped format of that name, or that TOML file. `ModelError` for one that is no format."""
    path = Path(name) if str(name).endswith(".toml") else share("prompts", f"{name}.toml")
    if not exists(str(path)):
        known = ", ".join(sorted(p.stem for p in share("prompts").glob("*.toml")))
        raise ModelError(f"{name}: no such prompt format; there are {known}")
    try:
        source, table = files.text_of(path), files.toml_of(path)
    except (OSError, ValueError) as fault:
        reason = f"cannot be read: {fault.strerror}" if isinstance(fault, OSError) else fault
        raise ModelError(f"{path}: {reason}") from fault
    if table.get("context") not in ("none", "all"):
        raise ModelError(f'{path}: context must be "none" or "all", not {table.get("context")!r}')
    for key, kind in (("name", str), ("about", str), ("models", list), ("checkpoint", list), ("ttt", dict)):
        if not isinstance(table.get(key, kind()), kind):
            raise ModelError(f"{path}: {key} must be {_KINDS[kind]}, not {table[key]!r:.60}")
    if not all(isinstance(model, str) for model in table.get("models", ())):
        raise ModelError(f"{path}: models must be names of models")
    if table.get("loss", LOSSES[-1]) not in LOSSES:
        raise ModelError(f"{path}: loss must be one of {', '.join(map(repr, LOSSES))}, not {table['loss']!r}")
    checkpoints = tuple(_checkpoint(path, entry) for entry in table.get("checkpoint", ()))
    return Sheet(
        path=path,
        name=table.get("name") or path.stem,
        about=table.get("about", ""),
        table=table,
        source=source,
        models=(*table.get("models", ()), *(c.id for c in checkpoints)),
        checkpoints=checkpoints,
        settings=_settings(path, table.get("ttt", {})),
        decoding=_decoding(path, table.get("decode", {})),
    )


def shipped() -> Iterator[Sheet]:
    """Every format that comes with the project, by name."""
    for path in sorted(share("prompts").glob("*.toml")):
        yield read(path)


def find(model: str) -> Sheet | None:
    """The shipped format that names `model` as one of its own."""
    return next((sheet for sheet in shipped() if sheet.names(model)), None)


def choose(model: str, prompt: str | None = None) -> Sheet:
    """The prompt format that was asked for; else the one that names the model, the one in the model's card, and at last
    plain digits, which any language model can read."""
    if prompt is not None:
        return read(prompt)
    if named := find(model):
        return named
    card, config = (_document(model, name) for name in ("card.json", "config.json"))
    if isinstance(name := card.get("prompt"), str):
        return read(name)
    if config.get("model_type") == "arc_grid":
        raise ConfigError(f"{model}: its card names no prompt format; name one with --prompt")
    return read("digits")


def refuse_misfit(model: str, sheet: Sheet) -> None:
    """`ConfigError` where the built-in architecture would read a format of strings, or another one of grids, as
    far as config.json tells: loading would find it out later."""
    kind = _document(model, "config.json").get("model_type")
    if kind is not None and (kind == "arc_grid") == ("strings" in sheet.table):
        raise ConfigError(f"{model}: cannot read the prompt format {sheet.name}; name another with --prompt")


def configured(values: Mapping[str, Any]) -> tuple[RunConfig, SolveConfig, Sheet]:
    """Settings from `values` by path, and the prompt format that they choose, whose own settings yield to them."""
    runs, solves = ({one.path for one in settings(cls)} for cls in (RunConfig, SolveConfig))
    run: RunConfig = build(RunConfig, {path: value for path, value in values.items() if path in runs})
    sheet = choose(run.model, run.prompt)
    asked = {path: value for path, value in values.items() if path in solves}
    config: SolveConfig = build(SolveConfig, dict(sheet.decoding) | asked)
    prefix = TTTConfig.PREFIX
    training = {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}
    return run, dataclasses.replace(config, ttt=choose_training(sheet, training)), sheet


def training_of(model: str, values: Mapping[str, Any]) -> TTTConfig:
    """How a further model is trained in a run with `values`: as the other one, but for what its own format says, and
    for what the other takes from other tasks."""
    own = {path: value for path, value in values.items() if path not in ("ttt.warm_start", "ttt.neighbours")}
    return configured({**own, "model": model, "prompt": None})[1].ttt


def others(values: Mapping[str, Any], agents: Sequence[str]) -> dict[str, TTTConfig]:
    """The training of each of the `agents` that names a model of its own."""
    named = {name: name.partition(":")[2] for name in agents if ":" in name}
    return {name: training_of(model, values) for name, model in named.items()}


def choose_training(sheet: Sheet, asked: Mapping[str, Any]) -> TTTConfig:
    """What was asked for (what is not None) before the format's own settings before the defaults. There is one budget:
    to ask for tokens, lessons or seconds puts the format's aside."""
    wanted = {key: value for key, value in asked.items() if value is not None}
    budgets = {path.removeprefix(TTTConfig.PREFIX) for path in BUDGETS}
    own = {k: v for k, v in sheet.settings.items() if k not in budgets or not budgets & wanted.keys()}
    return TTTConfig(**(own | wanted))


def _document(model: str, name: str) -> dict[str, Any]:
    """A JSON object in the model's folder; empty where there is none, which loading will find out."""
    shipped = share("data", "models", model)
    folder = shipped if "/" not in model and exists(str(shipped)) else Path(model)
    if exists(str(folder / "model" / name)) and not exists(str(folder / name)):  # as `arc-ttt pretrain --out` leaves it
        folder = folder / "model"
    try:
        document = files.json_of(folder / name)
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _checkpoint(path: Path, entry: object) -> Checkpoint:
    if not isinstance(entry, dict):
        raise ModelError(f"{path}: [[checkpoint]] must be a table, not {entry!r:.60}")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    where = f"{path}: [[checkpoint]] {str(entry.get('id', ''))[:60]}"
    for key, value in values.items():
        kind = Checkpoint.__annotations__.get(key)
        if kind == "int" and (type(value) is not int or not 0 < value < 2**31):
            raise ModelError(f"{where}: {key} must be a positive integer, not {value!r:.60}")
        if kind == "bool" and not isinstance(value, bool):
            raise ModelError(f"{where}: {key} must be true or false, not {value!r:.60}")
        if kind == "str" and not isinstance(value, str):
            raise ModelError(f"{where}: {key} must be a text, not {value!r:.60}")
        if kind == "tuple[str, ...]" and not (isinstance(value, tuple) and all(isinstance(one, str) for one in value)):
            raise ModelError(f"{where}: {key} must be a list of texts")
    try:
        made = Checkpoint(**values)
    except TypeError as fault:
        raise ModelError(f"{where}: {str(fault).partition(') ')[2]}") from fault
    if made.quantized not in QUANTIZED:
        raise ModelError(f"{where}: quantized must be one of {', '.join(QUANTIZED)}, not {made.quantized!r:.60}")
    return made


def elsewhere(model: str) -> str | None:
    """How the checkpoint that `model` names is got, where it is no folder here, and on the hub nothing can be read."""
    sheet = find(model)
    there = sheet.checkpoint(model) if sheet else None
    return (there.got() or None) if there and not exists(model) else None


def _decoding(path: Path, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings in [decode] by their paths; in the file none has a group."""
    known = [one for one in settings(SolveConfig) if one.path in CHOICES or one.path.startswith(DecodeConfig.PREFIX)]
    paths = {f"decode.{one.path.removeprefix(DecodeConfig.PREFIX)}": one.path for one in known}
    try:
        if not isinstance(table, Mapping):
            raise ConfigError("must be a table")
        keyed = [dataclasses.replace(one, path=key) for key, one in zip(paths, known, strict=True)]
        found = {paths[key]: value for key, value in read_values(keyed, {"decode": table}).items()}
        _refuse_idle(found)
    except ConfigError as fault:
        raise ModelError(f"{path}: [decode] {fault}") from fault
    return found


def _settings(path: Path, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings in [ttt] by the names of `TTTConfig`."""
    try:
        found = read_values(list(settings(TTTConfig, TTTConfig.PREFIX)), {"ttt": table})
        _refuse_idle(found)
    except ConfigError as fault:
        raise ModelError(f"{path}: [ttt] {fault}") from fault
    return {where.removeprefix(TTTConfig.PREFIX): value for where, value in found.items()}


def _refuse_idle(values: Mapping[str, Any]) -> None:
    """`ConfigError` for a setting, by path, that would do nothing beside the others."""
    config = build(SolveConfig, values)
    refuse_idle({one.path: one for one in settings(SolveConfig)}, values, lambda path: attrgetter(path)(config))
