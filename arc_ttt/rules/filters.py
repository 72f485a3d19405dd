"""What a drawn rule must pass to be kept: filters on its trial, and the rules known so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from arc_ttt.rules.inputs import make_input
from arc_ttt.rules.language import (
    LINK,
    Argument,
    Program,
    length,
    program_text,
    run,
)
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.rule import MAX_CELLS, Rule
from arc_ttt.seeds import rng as derived
from arc_ttt.types import Cells

PROBES = 8  # inputs of a trial


@dataclass(frozen=True)
class Trial:
    """Some inputs that a rule changes and its outputs, all (rows, columns) uint8 with background 0."""

    inputs: tuple[Cells, ...]
    outputs: tuple[Cells, ...]


def trial(rule: Rule) -> Trial:
    """Up to `PROBES` of the first `4 * PROBES` inputs of a generator that depends on the rule's source alone."""
    rng = derived(0, "probes", program_text((rule.source,)))
    inputs: list[Cells] = []
    outputs: list[Cells] = []
    drawn = 0
    # Most drawn rules fail here: one that has not changed a single input by a third of the way is given up.
    while len(inputs) < PROBES and drawn < 4 * PROBES and (inputs or 3 * drawn < 4 * PROBES):
        drawn += 1
        cells = make_input(rng, rule.source)
        out = run(rule.program, cells)
        if out is not None and not _same(cells, out) and cells.size + out.size <= MAX_CELLS:
            inputs.append(cells)
            outputs.append(out)
    return Trial(tuple(inputs), tuple(outputs))


def is_good(rule: Rule) -> bool:
    """Whether a rule passes all filters, the cheap ones first."""
    tried = trial(rule)
    return (
        is_at_home(tried)
        and varies(tried)
        and has_content(tried)
        and is_calm(tried)
        and needs_every_step(rule.program, tried)
        and needs_every_argument(rule.program, tried)
    )


def is_at_home(tried: Trial) -> bool:
    """A rule that seldom applies, or mostly leaves its inputs as they are, or makes huge ones, does not belong to its
    family: at least one input in four must be changed. (The others are never shown: pairs teach no copying.)"""
    return len(tried.inputs) >= PROBES


def varies(tried: Trial) -> bool:
    """Outputs that hardly depend on the input are learnt by heart: at least half of them must be distinct, or three
    of them if they are short answers, such as a number of cells."""
    distinct = {(o.shape, o.tobytes()) for o in tried.outputs}
    short = all(o.size <= 9 for o in tried.outputs)
    return len(tried.outputs) <= 2 * len(distinct) or (short and len(distinct) >= 3)


def has_content(tried: Trial) -> bool:
    """An output of one solid colour shows nothing of the rule, unless it is a short answer: a line or a cell."""
    solid = sum(bool(min(o.shape) > 1 and (o == o.flat[0]).all()) for o in tried.outputs)
    return solid <= 0.15 * len(tried.outputs)


def is_calm(tried: Trial) -> bool:
    """Output mostly unrelated to the input cannot be understood: of a same-size output at most half of the cells may
    be new, on average, those of the most common new colour not counted (a filled background is easily seen),
    unless it has the input's cells in other places or other colours in the same places."""
    news = []
    for i, o in zip(tried.inputs, tried.outputs, strict=True):
        if i.shape != o.shape:
            continue
        moved = (np.bincount(i.ravel(), minlength=10) == np.bincount(o.ravel(), minlength=10)).all()
        renamed = all(len(np.unique(o[i == c])) == 1 for c in np.unique(i))
        new = np.bincount(o[i != o], minlength=10)
        news.append(0.0 if moved or renamed else float(new.sum() - new.max()) / i.size)
    return not news or sum(news) <= 0.5 * len(news)


def needs_every_step(program: Program, tried: Trial) -> bool:
    """A step without effect makes a rule look harder than it is: without any one step, most outputs must differ."""
    return all(_differs(p, tried) > 0.5 for p in shortened(program))


def needs_every_argument(program: Program, tried: Trial) -> bool:
    """An argument without effect cannot be inferred: some other value of it must change some output. How cells are
    linked is spared; it seldom matters, and its values stand for common sense."""
    return all(any(_differs(p, tried) > 0 for p in others) for others in _varied(program))


def _differs(program: Program, tried: Trial) -> float:
    """The share of a trial's inputs to which `program` gives another output, or none."""
    others = (run(program, cells) for cells in tried.inputs)
    differing = [o is None or not _same(o, was) for o, was in zip(others, tried.outputs, strict=True)]
    return sum(differing) / len(differing)


def shortened(program: Program) -> Iterator[Program]:
    """All programs with one step, also an inner one, taken out, and with an inner program emptied. The empty program
    itself is not among them: a trial has only inputs that the rule changes."""
    for n, step in enumerate(program):
        if len(program) > 1:
            yield (*program[:n], *program[n + 1 :])
        for m, a in enumerate(step.arguments):
            if isinstance(a, tuple) and a:
                yield from (_with(program, n, m, inner) for inner in (*shortened(a), ()))


def _varied(program: Program) -> Iterator[list[Program]]:
    """For each argument the programs with another value of it (three at most)."""
    for n, step in enumerate(program):
        for m, (kind, a) in enumerate(zip(OPERATIONS[step.name].kinds, step.arguments, strict=True)):
            if isinstance(a, tuple):
                for inner in _varied(a):
                    yield [_with(program, n, m, p) for p in inner]
            elif kind != LINK:
                others = [v for v in kind.values if v != a]
                yield [_with(program, n, m, v) for v in others[:: max(1, len(others) // 3)][:3]]


def _with(program: Program, n: int, m: int, argument: Argument) -> Program:
    step = program[n]
    new = replace(step, arguments=(*step.arguments[:m], argument, *step.arguments[m + 1 :]))
    return (*program[:n], new, *program[n + 1 :])


def _same(a: Cells, b: Cells) -> bool:
    return bool(np.array_equal(a, b))


# --- rules that are the same ---


def signature(rule: Rule) -> str:
    """A hash of the rule's probe inputs and outputs: equal for rules of one source that behave alike there."""
    digest, tried = sha256(), trial(rule)
    for cells in (*tried.inputs, *tried.outputs):
        digest.update(repr(cells.shape).encode() + cells.tobytes())
    return digest.hexdigest()


class Known:
    """The rules seen so far; `add` says whether a rule is new.

    Not new is a rule with a known signature, and one whose outline has been seen often: `most` times divided by its
    number of steps (short outlines are few), or twice (once, if it has two steps or more) with its family. Many
    copies of one idea would crowd out rare ideas.
    """

    def __init__(self, most: int = 10) -> None:
        self._most = most
        self._signatures: set[str] = set()
        self._outlines: Counter[str] = Counter()
        self._places: Counter[tuple[str, str]] = Counter()

    def add(self, rule: Rule, signed: str) -> bool:
        outline, place = rule.outline, (rule.source.name, rule.outline)
        steps = length(rule.program)
        if (
            signed in self._signatures
            or self._places[place] * steps >= 2
            or self._outlines[outline] * steps >= self._most
        ):
            return False
        self._signatures.add(signed)
        self._places[place] += 1
        self._outlines[outline] += 1
        return True
