"""Tasks longer than the context: windows of the demonstrations against truncation, with SmolLM2-135M on a processor.

The longest of the validation tasks, with sequences so short that not all demonstrations fit. `windows` is what
`arc-ttt solve` does: every lesson and every view shows those that were shown least so far. `truncation` trains on the
first ones that fit the question and shows these alone; the others are never seen, but for the size of the answer.

Since a model of this size solves none of them, the true answer's log-probability tells the two apart. It is looked at
here, after training, and nowhere in the solver. Lines go to OUT.jsonl (a run that was stopped goes on after the last
one), the table to results/windows.md or where --table says.

    python scripts/table_windows.py OUT [--hf FOLDER|FILE.gguf] [--count 4] [--max-tokens 2048] [--table FILE]
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from statistics import mean
from typing import Any
from unittest.mock import patch

import torch
from runs import measures, pretrained
from tables import append, heading, machine_line, written

from arc_ttt.agents.learner import questions as answering
from arc_ttt.agents.learner.adapt import adapt
from arc_ttt.agents.learner.answer import answer
from arc_ttt.agents.learner.learner import RULES
from arc_ttt.agents.learner.memory import room_of
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.recipe import machine, ready
from arc_ttt.arc import dataset
from arc_ttt.arc.augment import Augmentation, turned_size, views
from arc_ttt.arc.size import output_size, size
from arc_ttt.arc.split import question
from arc_ttt.cli.choice import choose
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.rows import prefill
from arc_ttt.lm.score import score
from arc_ttt.solve.vote import ATTEMPTS
from arc_ttt.solve.vote import choose as vote
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.grammar import GridGrammar, spell
from arc_ttt.text.sheet import choose_training, read
from arc_ttt.text.window import Windows
from arc_ttt.types import MAX_SIDE, Grid, Pair, Prompt, Question, Task

WAYS = ("windows", "truncation")


def first(form: PromptFormat, task: Task, max_tokens: int) -> tuple[Pair, ...]:
    """The first demonstrations that fit each of the task's questions as it is."""
    fitted = [
        form.fitting(question(task, test, Augmentation(), in_context=True), None, max_tokens - room(form, task, test))
        for test in task.tests
    ]
    return min((asked.context for asked, _ in fitted), key=len)


def room(form: PromptFormat, task: Task, test: Grid) -> int:
    return form.answer_length(*(output_size(task.demonstrations, test) or (MAX_SIDE, MAX_SIDE)))


def truncation(kept: Sequence[Pair]) -> type[Windows]:
    """Shows `kept` and nothing else in every view."""

    class First(Windows):
        def question(self, question: Question, room: int) -> Prompt:
            view = Augmentation(question.symmetry, question.palette)
            shown = {view.apply_pair(pair) for pair in kept}
            context = tuple(pair for pair in question.context if pair in shown)
            return super().question(dataclasses.replace(question, context=context), room)

    return First


def likelihood(work: Work, windows: type[Windows], truth: Sequence[Grid]) -> tuple[float, int]:
    """Mean log-probability (nats) of a token of the true answers over tests and views, among the tokens that the
    grammar allows there; and how many demonstrations these prompts showed between them."""
    task, form, config = work.task, work.form, work.config
    found, shown = list[float](), set[Pair]()
    drawn = views(work.rng("views"), task, config.views, fixed_background=not config.ttt.all_colours)
    for test, answered in zip(task.tests, truth, strict=True):
        known, chosen = output_size(task.demonstrations, test), windows(form, config.max_tokens)
        known = known if known == size(answered) else None  # a rule that misleads would make the truth impossible
        prompts = [chosen.question(question(task, test, v, in_context=True), room(form, task, test)) for v in drawn]
        shown |= set(chosen.shown)
        spelled = [spell(form, v.apply(answered)) for v in drawn]
        grammars = [GridGrammar(form, turned_size(known, v.symmetry)) for v in drawn]
        with work.adapter.frozen() as model:
            values = score(prefill(model, work.lm, prompts, form.vocabulary.padding), grammars, spelled)
        found += [value / len(tokens) for value, tokens in zip(values, spelled, strict=True) if value is not None]
    return mean(found), len(shown)


def measure(work: Work, truth: Sequence[Grid], way: str) -> dict[str, Any]:
    """The task on the bench, solved in one way."""
    task, form, config = work.task, work.form, work.config
    kept = first(form, task, config.max_tokens)
    windows = truncation(kept) if way == "truncation" else Windows
    taught = dataclasses.replace(task, demonstrations=kept) if way == "truncation" else task
    work.adapter.reset(work.seed("adapter"))
    before, _ = likelihood(work, windows, truth)
    begun = time.monotonic()
    teaching = dataclasses.replace(work, task=taught)
    notes = adapt(teaching, RULES[config.ttt.stop](teaching))
    trained = time.monotonic()
    with patch.object(answering, "Windows", windows):
        found, spent = answer(work)
    answered = time.monotonic()
    after, shown = likelihood(work, windows, truth)
    attempts = [[c.grid for c in vote("flat", f)[:ATTEMPTS]] for f in found]
    return {
        "task": task.id, "way": way, "demonstrations": len(task.demonstrations), "fit": spent["context"]["fit"],
        "shown": len(kept) if way == "truncation" else shown,
        "steps": notes["steps"], "lesson_tokens": notes["lesson_tokens"],
        "before": round(before, 4), "after": round(after, 4),
        "adapt": round(trained - begun, 1), "answer": round(answered - trained, 1),
        "right": sum(t in a for t, a in zip(truth, attempts, strict=True)), "outputs": len(truth),
    }  # fmt: skip


def table(lines: Sequence[dict[str, Any]]) -> list[str]:
    """Task by task, then the means."""
    made = [
        heading(
            "task | way | demonstrations in a question | seen in all | steps | s training | s answering "
            "| log p before | log p after | right"
        ),
    ]
    made += [
        f"| {one['task']} | {one['way']} | {one['fit']} of {one['demonstrations']} | {one['shown']} | {one['steps']} "
        f"| {one['adapt']:.0f} | {one['answer']:.0f} | {one['before']:.3f} | {one['after']:.3f} "
        f"| {one['right']} of {one['outputs']} |"
        for one in sorted(lines, key=lambda one: one["task"])
    ]
    for way in WAYS:
        own = [one for one in lines if one["way"] == way]
        of = {key: mean(one[key] for one in own) for key in ("steps", "adapt", "answer", "before", "after")}
        right, outputs = (sum(one[key] for one in own) for key in ("right", "outputs"))
        made.append(
            f"| **mean** | {way} | | | {of['steps']:.0f} | {of['adapt']:.0f} | {of['answer']:.0f} "
            f"| {of['before']:.3f} | {of['after']:.3f} | {right} of {outputs} |"
        )
    return made


if __name__ == "__main__":
    ap = measures(__doc__, "windows.md", views=4)
    ap.add_argument("--data", default="arc1:training")
    ap.add_argument("--tasks", default="data/splits/validation.json")
    ap.add_argument("--count", type=int, default=4, help="how many of the longest tasks")
    ap.add_argument("--max-tokens", type=int, default=2048)
    ap.add_argument("--tokens", type=int, default=12_000, help="lesson tokens a task")
    ap.add_argument("--seed", type=int, default=0)
    a = ap.parse_args()
    path = pretrained(a.hf)
    it = ready(path, "digits", device="auto", dtype="auto", quantize="none")
    ttt = choose_training(read("digits"), {"tokens": a.tokens})
    config = SolveConfig(vote="flat", seed=a.seed, views=a.views, max_tokens=a.max_tokens, ttt=ttt)
    tasks = dataset.load(a.data)
    ids = choose(tasks, a.data, a.tasks, None)
    lengths = {t.id: max(len(it.form.question(Question(t.demonstrations, x))) for x in t.tests) for t in tasks.tasks}
    longest = sorted(ids, key=lambda id: -lengths[id])[: a.count]
    by_id = {t.id: t for t in tasks.tasks}
    adapter = Adapter(it.lm, rank=ttt.rank, alpha=ttt.alpha, rslora=ttt.rslora, targets=ttt.targets)

    out = a.out.with_suffix(".jsonl")
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = written(out)
    for id in longest:
        for way in WAYS:
            if any((one["task"], one["way"]) == (id, way) for one in lines):
                continue
            work = Work(by_id[id], it.lm, it.form, adapter, config, room_of(config, it.lm.quantization))
            lines.append(measure(work, tasks.solutions[id], way))
            append(out, lines[-1])
            print(lines[-1], flush=True)

    text = [
        "# Tasks longer than the context\n",
        f"The {a.count} longest of the {len(ids)} tasks in {a.tasks} ({a.data}), with at most {a.max_tokens:,} tokens "
        f"a sequence: their questions have {lengths[longest[-1]]:,} to {lengths[longest[0]]:,}. {it.lm.name}, prompt "
        f"format digits, {a.tokens:,} lesson tokens a task, {a.views} views; seed {a.seed}.\n",
        "`windows` is what `arc-ttt solve` does: lessons and views show, each time, those demonstrations that were "
        "shown least so far, and all of them are answers in training. `truncation` trains on the first demonstrations "
        "that fit and shows these alone.\n",
        machine_line(machine(torch.get_num_threads()), str(it.lm.dtype).removeprefix("torch.")),
        *table(lines),
        "\nlog p is that of the true answer, in nats a token, teacher-forced, before and after training, the mean over "
        "the views, each with its own window; it is looked at for this table alone. Steps differ since truncated "
        "lessons are shorter. Right are outputs in two attempts. The machine had other work: seconds are upper "
        f"bounds. {a.note}".rstrip(),
        f"\n```sh\npython scripts/table_windows.py OUT --count {a.count} --tokens {a.tokens} --views {a.views} "
        f"--max-tokens {a.max_tokens}\n```",
    ]
    a.table.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(table(lines)))
