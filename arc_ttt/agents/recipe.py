"""A run's settings → its agents, ready to work: a model's name becomes the model, its prompt format in its own tokens,
and what its training saw.

Here torch is imported, when it is needed. A recipe is data, so that each worker can make agents of its own.
"""

from __future__ import annotations

import dataclasses
import json as jsonlib
import logging
import platform
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ArcError, ConfigError, ModelError
from arc_ttt.paths import share
from arc_ttt.text.sheet import choose, elsewhere

if TYPE_CHECKING:
    from arc_ttt.agents.agent import Agent
    from arc_ttt.agents.learner.reuse import Shelf
    from arc_ttt.lm.load import LanguageModel
    from arc_ttt.text.format import PromptFormat
    from arc_ttt.types import Task


# Of 40 validation tasks (results/agents.md): the share of the search's budget that was spent in the mean, and of the
# tasks that were left to learners.
SEARCHED, ASKED = 0.8, 0.6
# How much longer learning takes in float32, on a processor without bfloat16: 900 to 1,100 tokens a second and core; the
# price was measured on one with it.
FLOAT32 = 4.5
NONE = {"name": "none", "digest": ""}  # model and prompt of a run without a learner


@dataclass(frozen=True)
class Facts:
    """What a run says of a model. `note` says in a few words what was done to it; `seen` holds the ids of the tasks
    that its training saw."""

    name: str
    digest: str
    form: PromptFormat
    seen: frozenset[str]
    device: str
    dtype: str
    # Parameters.
    size: int
    quantize: str = "none"
    note: str = ""


@dataclass(frozen=True)
class Ready:
    """A model with its prompt format."""

    lm: LanguageModel
    form: PromptFormat
    facts: Facts


def ready(model: str, prompt: str, *, device: str, dtype: str, quantize: str, trust_remote_code: bool = False) -> Ready:
    """Load `model`, put `prompt` in its tokens, and cut its vocabulary to these where it has another."""
    # What the libraries advise their callers is nothing that a user of ours could heed.
    warnings.filterwarnings("ignore", category=FutureWarning)
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    from arc_ttt.lm.checkpoint import cached
    from arc_ttt.lm.load import load_model
    from arc_ttt.lm.vocabulary import cut
    from arc_ttt.text import format

    if (how := elsewhere(model)) is not None and cached(model) is None:
        raise ModelError(f"{model}: {how}")
    lm = load_model(model, device=device, dtype=dtype, quantize=quantize, trust_remote_code=trust_remote_code)
    form = format.load(prompt, lm.tokenizer, int(lm.module.config.get_text_config().vocab_size))
    notes = [] if lm.quantization == "none" else [lm.quantization]
    if isinstance(form, format.StringFormat) == lm.grid_positions:
        raise ConfigError(f"{model}: cannot read the prompt format {form.name}; name another with --prompt")
    if isinstance(form, format.StringFormat):
        done = cut(lm.module, form.tokens)
        form = form.renumbered(done.new)
        notes.append(f"vocabulary {len(done.new)} of {done.before:,} tokens, {done.saved / 2**20:,.0f} MiB saved")
    kind = str(lm.dtype).removeprefix("torch.")
    size, told = sum(p.numel() for p in lm.module.parameters()), (lm.name, lm.digest, form, seen(model, lm.card))
    return Ready(lm, form, Facts(*told, str(lm.device), kind, size, lm.quantization, ", ".join(notes)))


def seen(model: str, card: Mapping[str, Any]) -> frozenset[str]:
    """The tasks named in the model's card, and all those of a set that its card or its prompt format names."""
    from arc_ttt.arc import dataset
    from arc_ttt.text.sheet import find

    saw = card.get("saw", {})
    sheet = find(model)
    checkpoint = sheet.checkpoint(model) if sheet else None
    sets = {*(saw.get("sets") or ()), *(checkpoint.saw if checkpoint else ())}
    tasks = (id for name in sorted(sets) for id in dataset.load(str(name)).order)
    return frozenset([*map(str, saw.get("tasks") or ()), *tasks])


def shelf(ttt: TTTConfig, warm: str | None) -> Shelf:
    """What the training takes from other tasks: the adapters of `ttt.warm_start`, whose digest must still be `warm`,
    and for neighbours the ARC-1 training tasks, without those that are kept for validation."""
    from arc_ttt.agents.learner.reuse import NOTHING, Shelf
    from arc_ttt.arc import dataset
    from arc_ttt.lm import kept

    entries: tuple[kept.Entry, ...] = ()
    pool: tuple[Task, ...] = ()
    if ttt.warm_start is not None:
        entries = kept.read(Path(ttt.warm_start))
        if warm is not None and kept.digest(entries) != warm:
            raise ConfigError(f"--ttt.warm-start {ttt.warm_start}: has changed since the run began, or differs here")
    if ttt.neighbours and ttt.enabled:
        document = jsonlib.loads(share("data", "splits", "validation.json").read_text(encoding="utf-8"))
        left_out = {id for ids in document.values() for id in ids}
        pool = tuple(task for task in dataset.load("arc1:training").tasks if task.id not in left_out)
    if not entries and not pool:
        return NOTHING
    return Shelf(entries=entries, pool=pool, reference=dataset.load(share("data", "samples")).tasks)


@dataclass(frozen=True)
class Equipment:
    """What a run's config.json and its report say about a solver."""

    digest: str
    # Name and digest of each.
    model: Mapping[str, str]
    prompt: Mapping[str, str]
    # Ids of the tasks that the model's training saw.
    seen: frozenset[str]
    machine: Mapping[str, Any]
    # What was done to the model, in a few words.
    note: str = ""
    # Parameters of all learners' models.
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to make agents on a device, in this process or in another one: `agents, equipment = recipe(device)`."""

    model: str
    prompt: str
    config: SolveConfig
    dtype: str = "auto"
    quantize: str = "none"
    # Of each further learner, by its name among the agents, the training; and another model that drafts, with its own.
    others: Mapping[str, TTTConfig] = field(default_factory=dict)
    drafter: tuple[str, TTTConfig] | None = None
    trust_remote_code: bool = False
    # The digest of the adapters to start from, as the run found them; and where trained ones are kept, by the digest of
    # what the run's answers depend on.
    warm: str | None = None
    keep: Callable[[SolveConfig, str], Path] | None = None

    def __call__(self, device: str) -> tuple[tuple[Agent, ...], Equipment]:
        """The agents that the settings name; all models that they need are loaded on `device`."""
        made: list[Agent] = []
        told: dict[str, Any] = {"model": NONE, "prompt": NONE, "seen": frozenset(), "machine": machine(1, device="cpu")}
        if "programs" in self.config.agents:
            from arc_ttt.agents.programs.agent import Programs

            made.append(Programs(self.config))
        if (waiting := self._later(device)) is not None:
            learners = [waiting]
        else:
            learners = [self._learner(name, device) for name in self.config.agents if name != "programs"]
        if learners:
            told = _told([facts for _, facts in learners])
        made += [agent for agent, _ in learners]
        digest = self.config.digest(*(part for agent in made for part in agent.digests))
        if self.keep is not None:
            from arc_ttt.lm.kept import FOLDER as ADAPTERS

            learners[0][0].reuse.folder = self.keep(self.config, digest) / ADAPTERS
        return tuple(made), Equipment(digest=digest, **told)

    def _later(self, device: str) -> tuple[Any, Facts] | None:
        """A learner whose model is read when a task needs it, where programs are asked first and the model is a shipped
        one on a processor, of which nothing can turn out to be amiss."""
        config, (prompt, model) = self.config, (self.prompt, self.model)
        plain = self.quantize == "none" and self.drafter is None and self.keep is None and self.warm is None
        if not plain or set(config.agents) != {"programs", "learner"} or config.ttt.neighbours:
            return None
        from arc_ttt.lm import folder

        if model not in folder.shipped():
            return None
        from arc_ttt.lm.device import compute_dtype, pick_device
        from arc_ttt.text import format

        if (place := pick_device(device)).type != "cpu":
            return None
        if config.ttt.enabled and config.ttt.compile:
            from arc_ttt.lm.graphs import need_compiler

            need_compiler(place)
        path = share("data", "models", model)
        sizes, card = folder.read_sizes(path / "config.json"), folder.read_card(path / "card.json")
        form = format.load(prompt, None, int(sizes["vocab_size"]))
        if isinstance(form, format.StringFormat) or "parameters" not in card:
            return None
        kind, digest = compute_dtype(place, self.dtype), folder.digest(path)
        digest.update(f"{self.dtype} none".encode())
        facts = Facts(
            *(str(card.get("name", model)), digest.hexdigest(), form, seen(model, card)),
            *(str(place), str(kind).removeprefix("torch."), int(card["parameters"])),
        )
        from arc_ttt.agents.learner.later import Later
        from arc_ttt.agents.learner.price import Price

        price = Price(form, config, facts.size)
        digests = facts.digest, form.digest
        return Later("learner", digests, price, lambda: self._learner("learner", device)[0]), facts

    def _learner(self, name: str, device: str) -> tuple[Any, Facts]:
        """The learner of that name among the agents, and its model's facts. What others left is the first one's."""
        _, colon, model = name.partition(":")
        first = name == next(one for one in self.config.agents if one != "programs")
        model, prompt = (model, choose(model).path.stem) if colon else (self.model, self.prompt)
        config = dataclasses.replace(self.config, ttt=self.others.get(name, self.config.ttt))

        def read(quantize: str) -> Ready:
            return self._ready(device, model, prompt, quantize)

        def reload(quantize: str) -> tuple[LanguageModel, PromptFormat]:
            again = read(quantize)
            return again.lm, again.form

        main = read(self.quantize)  # which also silences what the libraries say when they are imported
        from arc_ttt.agents.learner.learner import Learner
        from arc_ttt.agents.learner.reuse import NOTHING

        drafter, taken = (self._drafter(device), shelf(config.ttt, self.warm)) if first else (None, NOTHING)
        return Learner(main.lm, main.form, config, drafter, reload, taken, name), main.facts

    def _ready(self, device: str, model: str, prompt: str, quantize: str) -> Ready:
        trust = self.trust_remote_code
        return ready(model, prompt, device=device, dtype=self.dtype, quantize=quantize, trust_remote_code=trust)

    def _drafter(self, device: str) -> Any:
        """A learner that answers in one view, with the other model."""
        if self.drafter is None:
            return None
        from arc_ttt.agents.learner.learner import Learner

        model, ttt = self.drafter
        try:
            draft = self._ready(device, model, choose(model).path.stem, self.quantize)
        except ArcError as fault:
            raise type(fault)(f"--draft-model: {fault}") from fault
        quick = dataclasses.replace(self.config, views=1, decode=DecodeConfig(), vote="flat", ttt=ttt)
        return Learner(draft.lm, draft.form, quick)


def _told(models: Sequence[Facts]) -> dict[str, Any]:
    """What a run says of its models; of several, names and digests in a row."""
    import torch

    forms, many, one = [m.form for m in models], len(models) > 1, models[0]
    digest = sha256("".join(m.digest for m in models).encode()).hexdigest() if many else one.digest
    formats = sha256("".join(form.digest for form in forms).encode()).hexdigest() if many else one.form.digest
    return {
        "model": {"name": " + ".join(m.name for m in models), "digest": digest},
        "prompt": {"name": " + ".join(dict.fromkeys(form.name for form in forms)), "digest": formats},
        "seen": frozenset[str]().union(*(m.seen for m in models)),
        "machine": machine(torch.get_num_threads(), device=one.device, dtype=one.dtype, quantize=one.quantize),
        "note": ", ".join(dict.fromkeys(m.note for m in models if m.note)),
        "size": sum(m.size for m in models),
    }


def machine(threads: int, **more: str) -> dict[str, Any]:
    """What the speed of a run depends on, and `more`."""
    host = {"platform": platform.platform(), "python": platform.python_version()}
    return host | {"torch": metadata.version("torch"), "threads": threads} | more


def expected(config: SolveConfig, equipment: Equipment, task: Task) -> float | None:
    """Seconds that a task takes in the mean, before any was solved; None on a GPU, where nothing of it was measured."""
    from arc_ttt.agents.learner.price import seconds
    from arc_ttt.agents.programs.agent import UNIT

    if str(equipment.machine.get("device", "cpu")) != "cpu":
        return None
    searches = "programs" in config.agents
    longest = max(p.input.height * p.input.width + p.output.height * p.output.width for p in task.demonstrations)
    learning = seconds(config, equipment.size, longest, len(task.tests)) / int(equipment.machine.get("threads", 1))
    if str(equipment.machine.get("dtype")) == "float32":
        learning *= FLOAT32
    if config.ttt.seconds is not None and config.learns:
        learning = config.ttt.seconds
    asked = ASKED if searches and not config.ask_all else 1.0
    return (SEARCHED * UNIT * config.programs.budget if searches else 0.0) + asked * learning
