"""Questions in many views → answers in the task's own frame."""

from __future__ import annotations

from typing import Any

from arc_ttt.arc.augment import Augmentation, turned_size, views
from arc_ttt.arc.size import output_size
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.generate import generate
from arc_ttt.lm.load import LanguageModel
from arc_ttt.seeds import rng
from arc_ttt.solve.progress import Event, Progress
from arc_ttt.solve.vote import Answer
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.grammar import GridGrammar
from arc_ttt.types import MAX_SIDE, Grid, Question, Task

ROWS_TOKENS = 40_000  # tokens of prompts and answers that are decoded in one batch


def question(task: Task, test: Grid, view: Augmentation, *, in_context: bool) -> Question:
    """`test` asked in `view`, with the demonstrations in that view where the format wants them."""
    shown = view.apply_demonstrations(task.demonstrations) if in_context else ()
    return Question(shown, view.apply(test), view.symmetry, view.palette)


def answer(
    adapter: Adapter,
    lm: LanguageModel,
    form: PromptFormat,
    task: Task,
    config: SolveConfig,
    progress: Progress,
) -> tuple[tuple[tuple[Answer, ...], ...], dict[str, Any]]:
    """The answers to each test input in `config.views` views, and what was spent on them.

    Where the demonstrations fix the answer's size, only its cells are decoded. Every view gives an answer: the
    grammar ends one at 30 × 30. Views derive from the seed and the task alone.
    """
    drawn = views(rng(config.seed, task.id, "views"), task, config.views, fixed_background=not config.ttt.all_colours)
    asked = [(t, v) for t in range(len(task.tests)) for v in drawn]
    room = form.answer_length(MAX_SIDE, MAX_SIDE)
    prompts = [
        form.fitting_question(
            question(task, task.tests[t], v, in_context=form.context == "all"), config.max_tokens - room
        )
        for t, v in asked
    ]
    known = [output_size(task.demonstrations, t) for t in task.tests]
    sizes = [turned_size(known[t], v.symmetry) for t, v in asked]
    answers: list[list[Answer]] = [[] for _ in task.tests]
    decoded, finished = 0, 0
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    while order:
        # Like lengths together; as many rows as fit.
        rows = max(1, ROWS_TOKENS // (len(prompts[order[-1]]) + room // 4))
        batch, order = order[-rows:], order[:-rows]
        grammars = [GridGrammar(form, sizes[i]) for i in batch]
        share = len(batch) / len(prompts)

        def tick(step: int, finished: int = finished, share: float = share) -> None:
            progress(Event(task.id, "answer", finished / len(prompts) + share * step / room))

        with adapter.frozen() as model:
            completions = generate(
                model,
                lm,
                [prompts[i] for i in batch],
                grammars,
                padding=form.vocabulary.padding,
                max_new_tokens=room,
                tick=tick,
            )
        finished += len(batch)
        for i, grammar, completion in zip(batch, grammars, completions, strict=True):
            decoded += len(completion.tokens)
            test, view = asked[i]
            if (grid := grammar.grid()) is not None:
                answers[test].append(Answer(view, view.invert(grid), completion.logprob))
    notes = {"prompt_tokens": sum(map(len, prompts)), "decoded_tokens": decoded}
    return tuple(map(tuple, answers)), notes
