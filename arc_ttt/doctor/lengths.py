"""A prompt format and tasks → how long the longest prompts get. No torch."""

from __future__ import annotations

from collections.abc import Sequence

from arc_ttt.doctor.memory import Lengths
from arc_ttt.text.prompt import PromptFormat
from arc_ttt.types import COLOURS, MAX_SIDE, Grid, Lesson, Question, Task

PALETTE = tuple(range(COLOURS))
SURE = 0.8  # tasks of fewer cells than one that is this much shorter than the longest cannot be longer


def worst_case(form: PromptFormat, max_tokens: int, views: int) -> Lengths:
    """The lengths of a task that is as long as one may be, with one test input."""
    room = form.answer_length(MAX_SIDE, MAX_SIDE)
    if form.context == "all":
        return Lengths(question=max_tokens - room, lesson=max_tokens, answer=room, rows=views)
    largest = Grid([[0] * MAX_SIDE] * MAX_SIDE)
    asked = Question((), largest, 0, PALETTE)
    question, lesson = len(form.question(asked)), len(form.lesson(Lesson(asked, largest)))
    return Lengths(question=question, lesson=lesson, answer=room, rows=views)


def longest(tasks: Sequence[Task], form: PromptFormat, max_tokens: int, views: int) -> tuple[Lengths, int, int]:
    """The lengths of the longest of `tasks`, cut to fit; how long it is uncut; how many are cut: they lose
    demonstrations."""
    room = form.answer_length(MAX_SIDE, MAX_SIDE)
    limit, measured = max_tokens - room, list[tuple[int, Task]]()
    for task in sorted(tasks, key=_cells, reverse=True):
        measured.append((max(len(form.question(q)) for q in _questions(task, form)), task))
        if measured[-1][0] < SURE * min(limit, max(n for n, _ in measured)):
            break
    uncut, task = max(measured, key=lambda m: m[0])
    questions = max(len(form.fitting_question(q, limit)) for q in _questions(task, form))
    lessons = max(len(form.fitting_lesson(one, max_tokens)) for one in _lessons(task, form))
    rows = views * len(task.tests)
    lengths = Lengths(question=questions, lesson=lessons, answer=room, rows=rows, task=task.id)
    return lengths, uncut, sum(1 for n, _ in measured if n > limit)


def _questions(task: Task, form: PromptFormat) -> list[Question]:
    context = task.demonstrations if form.context == "all" else ()
    return [Question(context, test, 0, PALETTE) for test in task.tests]


def _lessons(task: Task, form: PromptFormat) -> list[Lesson]:
    pairs = task.demonstrations
    contexts = [(*pairs[:i], *pairs[i + 1 :]) if form.context == "all" else () for i in range(len(pairs))]
    return [Lesson(Question(c, p.input, 0, PALETTE), p.output) for c, p in zip(contexts, pairs, strict=True)]


def _cells(task: Task) -> int:
    grids = [g for p in task.demonstrations for g in (p.input, p.output)]
    return sum(g.height * g.width for g in grids) + max(g.height * g.width for g in task.tests)
