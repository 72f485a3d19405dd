"""Train a built-in model from a configuration and a corpus; resumable at any step.

Writes OUT/checkpoint/ (float32 weights, optimiser state, step: replaced atomically every few minutes), OUT/log.jsonl
(one line every few steps) and OUT/model/ (the weights to ship, as far as they are trained: bfloat16, with a card of the
tasks that were seen; the task tokens, which only a later training needs, are in a file of their own).
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.utils.data import DataLoader

from arc_ttt.config import PretrainConfig
from arc_ttt.errors import ConfigError, StoreError
from arc_ttt.files import json_of
from arc_ttt.lm import graphs
from arc_ttt.lm.builtin import GridConfig, GridTransformer
from arc_ttt.lm.device import compute_dtype
from arc_ttt.lm.folder import TASK_TOKENS, shipped
from arc_ttt.lm.train import Optimisers, autocast, clip, loss_of
from arc_ttt.paths import share
from arc_ttt.pretrain.corpus import Batches, Corpus
from arc_ttt.rules.rule import PREFIX
from arc_ttt.run.store import lock
from arc_ttt.seeds import derive
from arc_ttt.text.format import load as load_format

LOG_EVERY = 20  # steps


@dataclass(frozen=True)
class Stand:
    """Where a training stands."""

    step: int
    tokens: int
    # Tokens at which the optimiser began: that of a shipped model starts anew, and warms up again.
    began: int
    # Ids of all tasks that were or will be seen, and the number of rules of our own seen whose ids are not known.
    saw: tuple[str, ...]
    more_rules: int = 0


def learning_rate(config: PretrainConfig, tokens: int, began: int = 0) -> float:
    """Share of the learning rate after `tokens`: a warm-up where the optimiser `began`, a plateau, and a linear fall
    over the last `cooldown` of all tokens. Only the end depends on the total, so a plateau can be prolonged or cut
    short on resuming."""
    warm = min(1.0, (tokens - began + 1) / max(1, config.warmup_tokens))
    left = (config.tokens - tokens) / max(1.0, config.cooldown * config.tokens)
    return max(0.0, min(warm, left, 1.0))


def build(config: PretrainConfig, tasks: int) -> GridTransformer:
    """A model of the configuration's shape with fresh weights and rows for `tasks` task tokens."""
    torch.manual_seed(derive(config.seed, "weights"))
    shape = GridConfig(
        hidden_size=config.hidden_size,
        intermediate_size=config.intermediate_size,
        num_hidden_layers=config.num_hidden_layers,
        num_attention_heads=config.num_attention_heads,
        num_tasks=tasks,
    )
    return GridTransformer(shape)


def beginning(config: PretrainConfig, corpora: int, out: Path, start: Path | None) -> Path | None:
    """Where a training on so many `corpora` begins: the folder that `start` names (another training's checkpoint, a
    finished model, or the name of a shipped one); None where it begins anew, or goes on from OUT/checkpoint.

    Raises `ConfigError` where it cannot begin so, before anything is read or written.
    """
    if config.shares and len(config.shares) != corpora:
        raise ConfigError(f"as many shares as corpora are needed: {len(config.shares)} for {corpora}")
    if (out / "config.json").exists():
        raise ConfigError(f"{out}: is a finished model's folder; a training needs one of its own")
    if start is None or any((out / name).exists() for name in ("checkpoint", "checkpoint.old")):
        return None
    folder = share("data", "models", str(start)) if str(start) in shipped() else start
    state, card = folder / "state.json", folder / "card.json"
    if not any(path.is_file() for path in (state, card)):
        there = ", ".join(shipped()) or "none here"
        raise ConfigError(f"{start}: neither a training's checkpoint, a finished model nor a shipped one ({there})")
    try:
        behind = int(json_of(state)["tokens"] if state.exists() else json_of(card)["trained_tokens"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"{folder}: does not say how many tokens it has behind it: {fault}") from fault
    if behind >= config.tokens:
        raise ConfigError(f"{start}: has {behind:,} tokens behind it, and {config.tokens:,} are asked for in all")
    return folder


def pretrain(
    config: PretrainConfig,
    corpora: Sequence[Path],
    out: Path,
    *,
    start: Path | None = None,
    save_every: float = 180.0,
    report: Callable[[dict[str, Any]], None] = lambda _: None,
) -> Path:
    """Train until `config.tokens` and return the folder of the finished model.

    Resumes from OUT/checkpoint where there is one of the same shape and corpus (else `ConfigError`), and else from
    `start` (see `beginning`), which may come of another corpus: what both corpora hold keeps its task token, and
    tokens are counted on. With a finished model, or one of fewer layers than `config` asks for (see `_deepen`), the
    optimiser begins anew.
    `report` is called with each logged line. KeyboardInterrupt saves a checkpoint and passes on.
    """
    start = beginning(config, len(corpora), out, start)
    corpus = Corpus(corpora)
    try:
        out.mkdir(parents=True, exist_ok=True)
        log = (out / "log.jsonl").open("a", encoding="utf-8")
    except FileExistsError as fault:
        raise StoreError(f"{out}: is a file; a training needs a folder of its own") from fault
    except OSError as fault:
        raise StoreError(f"{out}: cannot be written: {fault.strerror}") from fault
    with log:
        lock(log, out, forks=True)
        return _train(config, corpus, out, log, start, save_every, report)


def _train(
    config: PretrainConfig,
    corpus: Corpus,
    out: Path,
    log: TextIO,
    start: Path | None,
    save_every: float,
    report: Callable[[dict[str, Any]], None],
) -> Path:
    # 1. The model.
    form = load_format(config.prompt)
    model = build(config, len(corpus.tasks))
    optimisers = Optimisers(model, config.learning_rate, config.weight_decay, config.embedding_scale)

    # 2. Where it stood.
    stand = _resume(out / "checkpoint", start, model, optimisers, corpus)
    step, tokens = stand.step, stand.tokens
    batches = Batches(
        corpus,
        form,
        seed=config.seed,
        start=step,
        batch_tokens=config.batch_tokens,
        buckets=config.buckets,
        unknown_task=config.unknown_task,
        shares=config.shares,
    )
    stream = iter(DataLoader(batches, batch_size=None, num_workers=1, prefetch_factor=8, worker_init_fn=_deaf))

    # 3. Train.
    dtype = compute_dtype(torch.device("cpu"))

    def blocks(**inputs: Tensor) -> Tensor:
        with autocast(inputs["inputs_embeds"].device, dtype):
            logits: Tensor = model(**inputs).logits
        return logits

    def forward(input_ids: Tensor, **inputs: Tensor) -> Tensor:
        # The embedding stays outside what is compiled: its size is the corpus's, and the graphs serve any corpus.
        return blocks(inputs_embeds=model.embed_tokens(input_ids), **inputs)

    if config.compile:
        graphs.keep()
        # One graph for each bucket; the default gives up after eight.
        torch._dynamo.config.recompile_limit = 2 * len(config.buckets)
        blocks = torch.compile(blocks, dynamic=False)
    begun, saved = time.monotonic(), time.monotonic()
    first, losses, useful = tokens, [], 0
    model.train()
    try:
        while tokens < config.tokens:
            batch = next(stream)
            loss = loss_of(forward(**batch.inputs(True)), batch.labels)
            loss.backward()  # type: ignore[no-untyped-call]
            clip(model.parameters(), config.clip)
            optimisers.step(learning_rate(config, tokens, stand.began))
            step, tokens = step + 1, tokens + batch.input_ids.numel()
            useful += batch.tokens
            losses.append(loss.detach())
            if len(losses) == LOG_EVERY or tokens >= config.tokens:
                seconds = time.monotonic() - begun
                line = {
                    "step": step,
                    "tokens": tokens,
                    "of": config.tokens,
                    "loss": round(float(torch.stack(losses).mean()), 4),
                    "rate": round(config.learning_rate * learning_rate(config, tokens, stand.began), 6),
                    "tokens_per_second": round((tokens - first) / seconds),
                    "padding": round(1 - useful / (tokens - first), 3),
                    "seconds": round(seconds, 1),
                }
                log.write(json.dumps(line) + "\n")
                log.flush()
                report(line)
                losses = []
            if time.monotonic() - saved > save_every:
                stand = replace(stand, step=step, tokens=tokens)
                _save(out / "checkpoint", model, optimisers, corpus, stand)
                export(config, out, model, corpus.tasks, stand)
                saved = time.monotonic()
    finally:
        stand = replace(stand, step=step, tokens=tokens)
        _save(out / "checkpoint", model, optimisers, corpus, stand)
        export(config, out, model, corpus.tasks, stand)
    return out / "model"


def _deaf(_: int) -> None:
    """For the process that makes batches: it ends with this one. Asked to end together, as what stops a service or a
    group of processes asks all of it, it would be missed before the checkpoint is written."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.excepthook = _but_hung_up


def _but_hung_up(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Print what a thread of that process failed with, unless the training was stopped while it took a batch: then
    the thread that hands out shared memory finds nobody at the other end, which is no fault."""
    if not issubclass(kind, EOFError | ConnectionError):
        sys.__excepthook__(kind, fault, trace)


def _save(folder: Path, model: GridTransformer, optimisers: Optimisers, corpus: Corpus, stand: Stand) -> None:
    """Replace the checkpoint: written beside it first, so that a kill leaves the old or the new one."""
    new = folder.with_name(folder.name + ".new")
    old = folder.with_name(folder.name + ".old")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        save_file(dict(model.state_dict()), new / "model.safetensors")
        save_file(optimisers.tensors(), new / "optimiser.safetensors")
        state = {"tasks": corpus.tasks, **dataclasses.asdict(stand)}
        (new / "state.json").write_text(json.dumps(state), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as fault:
        raise StoreError(f"{folder}: the checkpoint cannot be written: {fault}") from fault


def _resume(folder: Path, start: Path | None, model: GridTransformer, optimisers: Optimisers, corpus: Corpus) -> Stand:
    """Load the checkpoint, or else `start`, into model and optimisers; says where the training stands, at 0 where
    there is neither."""
    old = folder.with_name(folder.name + ".old")
    if not folder.exists() and old.exists():  # killed between the two renames
        old.rename(folder)
    other = not folder.exists()
    if other:
        if start is None:
            return Stand(0, 0, 0, corpus.tasks)
        folder = start
    try:
        if other and not (folder / "state.json").exists() and (folder / "card.json").exists():
            tasks, weights, stand = _shipped(folder, model.config.vocab_size)
            moments: dict[str, Tensor] = {}
        else:
            state = json_of(folder / "state.json")
            tasks, saw = (tuple(map(str, state.get(name, ()))) for name in ("tasks", "saw"))
            step, tokens, began, more = (int(state.get(name, 0)) for name in ("step", "tokens", "began", "more_rules"))
            stand = Stand(step, tokens, began, saw, more)
            weights = load_file(folder / "model.safetensors")
            moments = load_file(folder / "optimiser.safetensors")
        stand = replace(stand, saw=tuple(sorted({*corpus.tasks, *tasks, *stand.saw})))
        if tasks != corpus.tasks and not other:
            raise ConfigError(f"{folder}: the checkpoint was trained on another corpus; name another --out")
        if tasks != corpus.tasks:
            _retask(weights, moments, tasks, corpus.tasks, model.config.vocab_size)
        if other and _deepen(weights, model.config.num_hidden_layers):
            moments, stand = {}, replace(stand, began=stand.tokens)
        mine = {k: v.shape for k, v in model.state_dict().items()}
        if {k: v.shape for k, v in weights.items()} != mine:
            raise ConfigError(f"{folder}: the checkpoint has another shape than the configuration")
        model.load_state_dict(weights)
        optimisers.load_tensors(moments)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as fault:
        raise StoreError(f"{folder}: the checkpoint cannot be read: {fault}") from fault
    return stand


def _shipped(folder: Path, vocabulary: int) -> tuple[tuple[str, ...], dict[str, Tensor], Stand]:
    """A finished model as a place to go on from: the tasks whose tokens it brings, its weights with these tokens, and
    where it stands."""
    card = json_of(folder / "card.json")
    weights = {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}
    tasks: tuple[str, ...] = ()
    if (folder / TASK_TOKENS).exists():
        with safe_open(folder / TASK_TOKENS, "pt") as file:
            tasks, rows = tuple(file.metadata()["tasks"].split()), file.get_tensor("rows").float()
        if len(rows) != len(tasks):
            raise ValueError(f"{TASK_TOKENS} has {len(rows)} rows for {len(tasks)} tasks")
        weights["embed_tokens.weight"] = torch.cat([weights["embed_tokens.weight"][:vocabulary], rows])
    tokens, saw = int(card["trained_tokens"]), tuple(map(str, card["saw"]["tasks"]))
    unnamed = int(card["saw"].get("rules", 0)) - sum(id.startswith(PREFIX) for id in tasks)
    # Batches are a function of the step, so it goes on, too.
    step = tokens // int(card["settings"]["batch_tokens"])
    return tasks, weights, Stand(step, tokens, tokens, saw, max(0, unnamed))


def _retask(
    weights: dict[str, Tensor], moments: dict[str, Tensor], old: Sequence[str], new: Sequence[str], vocabulary: int
) -> None:
    """Give the embedding a row for each of the `new` tasks, in place: its own where it is among the `old`, else that
    of the generic task token, with an optimiser that has not moved it yet."""
    known = {task: vocabulary + i for i, task in enumerate(old)}
    embedding = weights["embed_tokens.weight"]
    rows = torch.tensor([*range(vocabulary), *(known.get(task, vocabulary - 1) for task in new)])
    fresh = torch.tensor([False] * vocabulary + [task not in known for task in new])
    for name, moment in moments.items():
        if moment.shape == embedding.shape:
            moments[name] = torch.where(fresh[:, None], 0.0, moment[rows])
    weights["embed_tokens.weight"] = embedding[rows]


def _deepen(weights: dict[str, Tensor], layers: int) -> bool:
    """Spread the layers in `weights` over more `layers`, in place, and say whether that was needed. Each further one is
    a copy of the one before it whose products into the residual stream are zero, so that the model computes what it
    did: LLaMA Pro's block expansion (arXiv 2401.02415)."""
    names = [name for name in weights if name.startswith("layers.")]
    have = len({name.split(".")[1] for name in names})
    if layers <= have:
        return False
    old = {name: weights.pop(name) for name in names}
    sources = [layer * have // layers for layer in range(layers)]
    for layer, source in enumerate(sources):
        further = layer > 0 and sources[layer - 1] == source
        for name, value in old.items():
            rest = name.removeprefix(f"layers.{source}.")
            if rest != name:
                silent = further and rest in ("o.weight", "down.weight")
                weights[f"layers.{layer}.{rest}"] = torch.zeros_like(value) if silent else value.clone()
    return True


def export(config: PretrainConfig, out: Path, model: GridTransformer, tasks: Sequence[str], stand: Stand) -> None:
    """Write OUT/model: bfloat16 weights, the task tokens of `tasks` beside them, and card.json."""
    shape = GridConfig(**{**model.config.to_dict(), "num_tasks": 0, "dtype": "bfloat16"})
    small = GridTransformer(shape)
    weights = dict(model.state_dict())
    embedding = weights["embed_tokens.weight"]
    weights["embed_tokens.weight"] = embedding[: shape.vocab_size]
    small.load_state_dict(weights)
    folder = out / "model"
    folder.mkdir(parents=True, exist_ok=True)
    small.config.architectures = [type(small).__name__]
    small.config.save_pretrained(folder)
    save_file(dict(small.to(torch.bfloat16).state_dict()), folder / "model.safetensors", metadata={"format": "pt"})
    rows = embedding[shape.vocab_size :].to(torch.bfloat16).contiguous()
    save_file({"rows": rows}, folder / TASK_TOKENS, metadata={"format": "pt", "tasks": " ".join(tasks)})
    for name in ("model.safetensors", TASK_TOKENS):
        (folder / name).chmod(0o644)  # written for its owner alone
    public = [id for id in stand.saw if not id.startswith(PREFIX)]
    card = {
        "name": config.name,
        "prompt": config.prompt,
        "parameters": sum(p.numel() for p in small.parameters()),
        "trained_tokens": stand.tokens,
        "settings": dataclasses.asdict(config),
        # Of our own rules, which no data set holds, the number says enough.
        "saw": {"tasks": public, "rules": len(stand.saw) - len(public) + stand.more_rules},
    }
    temporary = folder / "card.json.new"
    temporary.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    temporary.replace(folder / "card.json")
