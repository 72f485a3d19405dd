"""A task, a prompt format and settings → the very prompts that a run would make of them, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from arc_ttt.agents.learner.course import prompts
from arc_ttt.arc.augment import Augmentation, turned_size, views
from arc_ttt.arc.size import output_size
from arc_ttt.arc.split import lesson, question
from arc_ttt.config import SolveConfig
from arc_ttt.seeds import rng
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.window import Windows
from arc_ttt.types import MAX_SIDE, Prompt, Task


@dataclass(frozen=True)
class Shown:
    """A prompt, and in a few words which it is."""

    title: str
    prompt: Prompt


def asked(task: Task, form: PromptFormat, config: SolveConfig, test: int, view: int | None) -> Shown:
    """The question of test input `test` in view `view` of a run, both counted from 1; without one the task as it is.

    Where the context is too long for all demonstrations, what a view shows depends on those before it, so these are
    made, too.
    """
    drawn: tuple[Augmentation, ...] = (Augmentation(),)
    if view is not None:
        r, fixed = rng(config.seed, task.id, "views"), not config.ttt.all_colours
        drawn = views(r, task, view, fixed_background=fixed, recolour=config.decode.recolour)
    given = task.tests[test - 1]
    size, windows = output_size(task.demonstrations, given), Windows(form, config.max_tokens)
    for one in drawn:
        shape = turned_size(size, one.symmetry)
        room = form.answer_length(*(shape or (MAX_SIDE, MAX_SIDE)))
        prompt = windows.question(question(task, given, one, in_context=form.context == "all"), room)
    where = "as it is" if view is None else f"in view {view}, {drawn[-1].key}"
    return Shown(f"question of test input {test} {where}", prompt)


def taught(task: Task, form: PromptFormat, config: SolveConfig, number: int | None) -> Shown:
    """The lesson of that number in a run, counted from 1, as the first 48 and those of a batch of lessons are drawn;
    without one the last demonstration, as it is, after the others."""
    if number is None:
        *context, last = range(len(task.demonstrations))
        plain = lesson(task, (tuple(context), last), Augmentation(), in_context=form.context == "all")
        return Shown("lesson of the last demonstration as it is", form.fitting_lesson(plain, config.max_tokens))
    drawn = islice(prompts(task, form, config, rng(config.seed, task.id, "lessons")), number - 1, None)
    return Shown(f"lesson {number}", next(drawn))
