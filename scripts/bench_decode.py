"""How fast answers are found: `transformers`' `generate` on a padded batch, our engine, and our engine with drafts.

All decode the same test inputs in the same 16 views with the same adapter under the same grammar. `generate` runs as
its users run it, with peft's adapter beside the base, and once more on the adapted weights that our engine uses. For
scoring: one candidate at a time, prompt and all, against prompts that are computed once. It is done on the built-in
model and on a pretrained Hugging Face model (its vocabulary cut for all of them), given as a folder or a GGUF file. One
run prints a table for each and, as its last line, the smaller of the two ratios of seconds, `generate` to engine with
drafts.

    python scripts/bench_decode.py [--hf FOLDER|FILE.gguf] [--tasks N] [--views 16]
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from runs import NO_MODEL, parser, smollm2
from tables import heading

from arc_ttt.tuning import tune

tune()  # as the command line does; before torch is imported

import numpy as np
import torch
from peft.tuners.lora import Linear
from torch import Tensor
from transformers import (
    DynamicCache,
    GenerationConfig,
    GenerationMixin,
    LogitsProcessor,
    PreTrainedModel,
    StoppingCriteria,
)

from arc_ttt.agents.learner.adapt import adapt
from arc_ttt.agents.learner.answer import answer
from arc_ttt.agents.learner.learner import RULES
from arc_ttt.agents.learner.memory import room_of
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.recipe import ready
from arc_ttt.arc import dataset
from arc_ttt.arc.augment import Augmentation, turned_size, views
from arc_ttt.arc.size import output_size
from arc_ttt.arc.split import question
from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import collate
from arc_ttt.lm.builtin import GridTransformer, attention_bias
from arc_ttt.lm.load import LanguageModel, load_model
from arc_ttt.lm.train import autocast
from arc_ttt.seeds import derive, rng
from arc_ttt.text.format import PromptFormat, load
from arc_ttt.text.grammar import GridGrammar, parse, spell
from arc_ttt.types import MAX_SIDE, Grid, Prompt, Task

# Of the validation tasks, in the order of their ids: small, middling and large grids.
BUILT_IN = ("0962bcdd", "1f642eb9", "22eb0ac0", "4258a5f9", "496994bd", "6855a6e4")
PRETRAINED = ("56dc2b01", "7b7f7511", "a65b410d")


class UnderGrammar:
    """Lets `generate` choose only what the grammar allows, stops it where all answers have ended, and notes where each
    token stands."""

    def __init__(self, grammars: Sequence[GridGrammar], prompt: int, padding: int) -> None:
        self.grammars, self.prompt, self.padding = grammars, prompt, padding
        self.positions = torch.zeros((len(grammars), 0, 3), dtype=torch.int64)
        self.lengths = [0] * len(grammars)

    def read(self, input_ids: Tensor) -> None:
        """Take the tokens that came since the last time."""
        for column in range(self.prompt + self.positions.shape[1], input_ids.shape[1]):
            places = [(0, 0, 0)] * len(self.grammars)
            for r, grammar in enumerate(self.grammars):
                if not grammar.done:
                    places[r] = grammar.advance(int(input_ids[r, column]))
                    self.lengths[r] += 1
            self.positions = torch.cat([self.positions, torch.tensor(places)[:, None]], 1)

    def allow(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        self.read(input_ids)
        mask = torch.full_like(scores, -torch.inf)
        for row, grammar in zip(mask, self.grammars, strict=True):
            row[list(grammar.allowed()) or [self.padding]] = 0.0
        return scores + mask

    def ended(self, input_ids: Tensor) -> Tensor:
        self.read(input_ids)
        return torch.tensor([g.done for g in self.grammars])


class Allow(LogitsProcessor):  # type: ignore[misc]
    def __init__(self, state: UnderGrammar) -> None:
        self.state = state

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        return self.state.allow(input_ids, scores)


class Ended(StoppingCriteria):  # type: ignore[misc]
    def __init__(self, state: UnderGrammar) -> None:
        self.state = state

    def __call__(self, input_ids: Tensor, scores: Tensor, **_: Any) -> Tensor:
        return self.state.ended(input_ids)


class Generating(GridTransformer, GenerationMixin):  # type: ignore[misc]
    """The built-in model as `generate` wants it: its positions and masks made at each step."""

    def prepare_inputs_for_generation(self, input_ids: Tensor, past_key_values: Any = None, **_: Any) -> dict[str, Any]:
        past, batch = past_key_values.get_seq_length(), self.batch
        if past == 0:
            positions, bias = (
                batch.position_ids,
                attention_bias(batch.token_type_ids, batch.attention_mask > 0, self.dtype),
            )
        else:
            self.state.read(input_ids)
            positions = self.state.positions[:, -1:]
            padding = torch.nn.functional.pad(
                batch.attention_mask, (0, past + 1 - batch.attention_mask.shape[1]), value=1
            )
            bias = torch.zeros(padding.shape, dtype=self.dtype)
            bias = bias.masked_fill_(padding == 0, torch.finfo(self.dtype).min)[:, None, None]
        return {
            "input_ids": input_ids[:, past:],
            "position_ids": positions,
            "attention_mask": bias,
            "past_key_values": past_key_values,
            "use_cache": True,
        }


@dataclasses.dataclass
class Asked:
    """A test input in a view: its prompt, the answer's size where it is known, and the way back."""

    prompt: Prompt
    size: tuple[int, int] | None
    view: Augmentation


def generated(
    lm: LanguageModel, module: PreTrainedModel, form: PromptFormat, asked: Sequence[Asked]
) -> list[Grid | None]:
    """The textbook way: a left-padded batch, greedy `generate`, until the last row has ended."""
    padding = form.vocabulary.padding
    prompts = [a.prompt for a in asked]
    width = max(map(len, prompts))
    batch = collate(prompts, padding, width)
    for name in ("input_ids", "position_ids", "token_type_ids", "attention_mask"):  # the padding to the left
        values = getattr(batch, name)
        for r, p in enumerate(prompts):
            values[r] = values[r].roll(width - len(p), 0)
    state = UnderGrammar([GridGrammar(form, a.size) for a in asked], width, padding)
    if isinstance(module, Generating):
        module.batch, module.state = batch, state
    settings = GenerationConfig(
        max_new_tokens=form.answer_length(MAX_SIDE, MAX_SIDE), do_sample=False, pad_token_id=padding
    )
    with torch.inference_mode(), autocast(lm.device, lm.dtype):
        made = module.generate(
            batch.input_ids,
            **({} if lm.grid_positions else {"attention_mask": batch.attention_mask}),
            logits_processor=[Allow(state)],
            stopping_criteria=[Ended(state)],
            generation_config=settings,
            past_key_values=DynamicCache(),
        )
    return [parse(form, row[:n]) for row, n in zip(made[:, width:].tolist(), state.lengths, strict=True)]


def scored(module: PreTrainedModel, lm: LanguageModel, form: PromptFormat, asked: Asked, grid: Grid) -> float:
    """The textbook way: one candidate in one view, prompt and all."""
    tokens, grammar = spell(form, asked.view.apply(grid)), GridGrammar(form, asked.size)
    allowed, places = [], []
    for token in tokens:
        allowed.append(list(grammar.allowed()))
        places.append(grammar.advance(token))
    p = asked.prompt
    whole = Prompt(
        np.concatenate([p.tokens, np.array(tokens)]),
        np.concatenate([p.positions, np.array(places)]),
        np.concatenate([p.blocks, np.zeros(len(tokens), dtype=np.int64)]),
        np.zeros(len(p) + len(tokens), dtype=np.bool_),
    )
    with torch.inference_mode(), autocast(lm.device, lm.dtype):
        inputs = collate([whole], form.vocabulary.padding).inputs(lm.grid_positions)
        logits = module(**inputs).logits[0, len(p) - 1 : -1].float()
    return sum(float(row[a].log_softmax(-1)[a.index(t)]) for row, a, t in zip(logits, allowed, tokens, strict=True))


@contextmanager
def beside(adapter: Adapter) -> Iterator[None]:
    """The adapter as peft runs it: its products beside those of the base."""
    ways = {layer: type(layer) for layer in adapter.model.modules() if isinstance(layer, Linear)}
    for layer in ways:
        layer.__class__ = Linear
    try:
        yield
    finally:
        for layer, way in ways.items():
            layer.__class__ = way


def bench(lm: LanguageModel, form: PromptFormat, tasks: Sequence[Task], config: SolveConfig) -> float:  # noqa: C901, PLR0915 the ways side by side
    """One row for each way; returns the ratio of seconds, `generate` to engine with drafts."""
    tokens = (form.vocabulary.task,) if form.header else ()
    adapter = Adapter(lm, rank=config.ttt.rank, alpha=config.ttt.alpha, tokens=tokens)
    module: PreTrainedModel = lm.module
    if isinstance(module, GridTransformer):
        module.__class__ = Generating
        module.generation_config = GenerationConfig()
    names = ("generate", "generate, folded weights", "engine", "engine with drafts")
    spent = dict.fromkeys((*names, "scoring one by one", "scoring with shared prompts"), 0.0)
    equal = dict.fromkeys((names[0], *names[2:]), 0)
    accepted, decoded, firsts, answers, off = 0.0, 0, [], 0, 0.0
    for task in tasks:
        adapter.reset(derive(config.seed, task.id, "adapter"))
        room = room_of(config, lm.quantization)
        work = Work(task, lm, form, adapter, config, room)
        adapt(work, RULES[config.ttt.stop](work))
        drawn = views(rng(config.seed, task.id, "views"), task, config.views)
        known = [output_size(task.demonstrations, t) for t in task.tests]
        asked = [
            Asked(
                form.fitting_question(question(task, t, v, in_context=form.context == "all"), config.max_tokens),
                turned_size(known[i], v.symmetry),
                v,
            )
            for i, t in enumerate(task.tests)
            for v in drawn
        ]
        with beside(adapter):
            begun = time.perf_counter()
            usual = generated(lm, module, form, asked)
            spent["generate"] += time.perf_counter() - begun
        with adapter.frozen():
            begun = time.perf_counter()
            made = generated(lm, module, form, asked)
            spent["generate, folded weights"] += time.perf_counter() - begun
        equal["generate"] += sum(a == b for a, b in zip(usual, made, strict=True))
        found = {}
        for name, drafts in (("engine", False), ("engine with drafts", True)):
            way = dataclasses.replace(config, decode=DecodeConfig(drafts=drafts), vote="product")
            begun = time.perf_counter()
            found[name], notes = answer(Work(task, lm, form, adapter, way, room))
            seconds = time.perf_counter() - begun
            spent[name] += seconds - notes["scoring_seconds"]
            if drafts:
                spent["scoring with shared prompts"] += notes["scoring_seconds"]
                decoded, accepted = decoded + notes["decoded_tokens"], accepted + notes["drafts_accepted"]
                firsts.append(notes["first_token"])
            by_view = [{key: c.grid for c in f for key in c.views} for f in found[name]]
            for i, a in enumerate(asked):
                grid = by_view[i // config.views].get(a.view.key)
                there = made[i]
                equal[name] += there is not None and grid == a.view.invert(there)
        answers += len(asked)
        with adapter.frozen():
            begun = time.perf_counter()
            for i, candidates in enumerate(found["engine with drafts"]):
                for c in filter(lambda c: c.scores, candidates):
                    for k, a in enumerate(asked[i * config.views : (i + 1) * config.views]):
                        if a.view.key not in c.views:  # as the engine: a view that found it has told
                            off = max(off, abs(scored(module, lm, form, a, c.grid) - c.scores[k]))
            spent["scoring one by one"] += time.perf_counter() - begun
        print(f"  {task.id}: {len(asked)} answers", flush=True)
    base = spent["generate"]
    what = f"{lm.name}, {len(tasks)} tasks, {answers} answers"
    print(heading(f"{what} | seconds | ratio | answers as with folded weights"))
    for name in names:
        same = f"{equal[name]} of {answers}" if name in equal else ""
        print(f"| {name} | {spent[name]:.2f} | {base / spent[name]:.1f} | {same} |")
    one, shared = spent["scoring one by one"], spent["scoring with shared prompts"]
    print(f"| scoring one by one | {one:.2f} | | |")
    ratio = one / max(shared, 1e-9)
    print(f"| scoring with shared prompts | {shared:.2f} | {ratio:.1f} | largest difference {off:.2f} nats |")
    print(
        f"drafts accepted {accepted / len(tasks):.0%}, {decoded / spent['engine with drafts']:,.0f} tokens/s against "
        f"{decoded / base:,.0f}, {sum(firsts) / len(firsts):.2f} s to the first token\n",
        flush=True,
    )
    return base / spent["engine with drafts"]


if __name__ == "__main__":
    ap = parser(__doc__, hf=True, tasks=6, views=16)
    ap.add_argument("--model", default="arc-mini")
    a = ap.parse_args()
    every = {t.id: t for t in dataset.load("arc1:training").tasks}
    config = SolveConfig(views=a.views)
    lm = load_model(a.model)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, {lm.dtype}", flush=True)
    ratios = [bench(lm, load(str(lm.card["prompt"])), [every[i] for i in BUILT_IN[: a.tasks]], config)]
    if path := a.hf or smollm2():
        it = ready(path, "digits", device="auto", dtype="auto", quantize="none")
        print(it.facts.note)
        config = dataclasses.replace(config, ttt=TTTConfig(tokens=15_000, learning_rate=5e-4, batch_tokens=2048))
        ratios.append(bench(it.lm, it.form, [every[i] for i in PRETRAINED[: a.tasks]], config))
    else:
        print(NO_MODEL)
    print(f"ratio: {min(ratios):.1f}")
