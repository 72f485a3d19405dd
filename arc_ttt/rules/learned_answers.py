"""Rules with cases: what one feature of the grid says decides which constant grid, or which program, is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.features import FEATURE, FEATURES, NOTHING, feature
from arc_ttt.rules.language import OTHER, PROGRAM, Argument, Kind, Program, fits, operation, run, table_word
from arc_ttt.types import MAX_SIDE, Cells

MOST_CELLS = 36


def is_answers(word: str) -> bool:
    """Whether `word` is entries such as 2to500r050: a feature's value and a grid, rows divided by r."""
    return all(map(_is_entry, word.split("_")))


def _is_entry(entry: str) -> bool:
    match = re.fullmatch(r"\d{1,6}to(\d+(r\d+)*)", entry)
    rows = match.group(1).split("r") if match else [""]
    return match is not None and len({len(r) for r in rows}) == 1 and max(len(rows), len(rows[0])) <= MAX_SIDE


def is_cases(word: str) -> bool:
    """Whether `word` is values of a feature joined by _, the first one with a c before it."""
    return re.fullmatch(r"c\d{1,6}(_\d{1,6})*", word) is not None


ANSWERS = Kind("answers", ("1to1_2to2_3to30", "0to11r11_1to22r22"), is_answers)
CASES = Kind("cases", ("c1", "c0_2"), is_cases)


@lru_cache(maxsize=256)
def _answers(word: str) -> dict[int, Cells]:
    found = {}
    for entry in word.split("_"):
        value, _, rows = entry.partition("to")
        found[int(value)] = np.array([[int(c) for c in row] for row in rows.split("r")], np.uint8)
    return found


@operation("any", name=FEATURE, answers=ANSWERS, result=OTHER, weight=0)
def answer_by(cells: Cells, name: str, answers: str) -> Cells | None:
    """One of a few constant grids, as a feature of the grid decides."""
    found = _answers(answers).get(feature(cells, name))
    return None if found is None else found.copy()


@operation("any", name=FEATURE, cases=CASES, first=PROGRAM, second=PROGRAM, result=OTHER, weight=0)
def decide_by(cells: Cells, name: str, cases: str, first: Program, second: Program) -> Cells | None:
    """One program where a feature of the grid has certain values, another where it has not."""
    return run(first if feature(cells, name) in case_values(cases) else second, cells)


def case_values(word: str) -> set[int]:
    return {int(v) for v in word[1:].split("_")}


@fits("answer_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Features with fewer values than demonstrations, for outputs of which there are fewer, too."""
    words = ["r".join("".join(map(str, row)) for row in b.tolist()) for b in wanted]
    if not 1 < len(set(words)) < len(words) or max(b.size for b in wanted) > MOST_CELLS:
        return
    found = []
    for rank, name in enumerate(FEATURES):
        values = [feature(a, name) for a in shown]
        table = dict(zip(values, words, strict=True))
        if NOTHING not in table and len(table) < len(words) and [table[v] for v in values] == words:
            entries = table_word(table)
            found.append((len(table), rank, (name, entries)))
    for _, _, arguments in sorted(found)[:4]:
        yield arguments
