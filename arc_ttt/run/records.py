"""A `Result` ↔ one line of results.jsonl.

Grids are rows of digits, `["012", "340"]`, which takes half the room of lists of numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np

from arc_ttt.types import Candidate, Grid, Prediction, Result


def encode(result: Result) -> bytes:
    """`result` as one line of JSON."""
    return json.dumps(fields(result), separators=(",", ":"), allow_nan=False).encode() + b"\n"


def fields(result: Result) -> dict[str, Any]:
    """What the line holds; a number that is not finite becomes null."""
    line = {
        "task": result.task,
        "correct": result.correct,
        "error": result.error,
        "seconds": dict(result.seconds),
        "notes": dict(result.notes),
        "attempts": [[_rows(grid) for grid in attempts] for attempts in result.prediction.attempts],
        "candidates": [list(map(_fields, candidates)) for candidates in result.candidates],
    }
    finite: dict[str, Any] = _finite(line)
    return finite


def decode(line: bytes) -> Result:
    """The inverse of `encode`; `ValueError` for anything else: what a file says is believed only where it could have
    been written by us, since a wrong answer, or a task that counts as done, is worse than one that is solved again."""
    try:
        said = json.loads(line, parse_constant=_refuse, parse_int=_integer)
        task, correct, error = said["task"], said["correct"], said["error"]
        _be(str, task, *(() if error is None else (error,)))
        _be(bool, *_list(correct or []))
        seconds, notes = (_kind(dict, said[name]) for name in ("seconds", "notes"))
        attempts = tuple(tuple(_grid(rows) for rows in _list(attempts)) for attempts in _list(said["attempts"]))
        return Result(
            Prediction(task, attempts),
            tuple(tuple(_candidate(c) for c in _list(found)) for found in _list(said["candidates"])),
            None if correct is None else tuple(correct),
            {stage: _from_zero(value) for stage, value in seconds.items() if value is not None},
            _noted(notes),
            error,
        )
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as fault:
        raise ValueError(f"not a result: {fault!r}") from fault


def check(result: Result) -> None:
    """`ValueError` for a result that is none of a run's: without the name of its task, with candidates for other
    outputs than it has attempts for, or without an attempt where there are candidates."""
    attempts, found, correct = result.prediction.attempts, result.candidates, result.correct
    if not result.task:
        raise ValueError("it names no task")
    if found and len(found) != len(attempts):
        raise ValueError(f"candidates for {len(found)} outputs and attempts for {len(attempts)}")
    if any(some and not one for some, one in zip(found, attempts, strict=False)):
        raise ValueError("there are candidates and no attempt")
    if correct is not None and attempts and len(correct) != len(attempts):
        raise ValueError(f"{len(correct)} outputs called right or wrong, and attempts for {len(attempts)}")


def _fields(c: Candidate) -> dict[str, Any]:
    texts: dict[str, Any] = {name: text for name in ("program", "reason") if (text := getattr(c, name))}
    if c.evidence:
        texts["evidence"] = dict(c.evidence)
    return {
        "grid": _rows(c.grid),
        "agent": c.agent,
        "views": c.views,
        "logprobs": c.logprobs,
        "scores": c.scores,
        **texts,
    }


def _candidate(fields: Mapping[str, Any]) -> Candidate:
    logprobs, scores = (
        tuple(-math.inf if p is None else _number(p) for p in _list(fields.get(name, [])))
        for name in ("logprobs", "scores")
    )
    # Before results named the agent there was the learner alone.
    agent, program, reason = (
        fields.get(name, default) for name, default in (("agent", "learner"), ("program", ""), ("reason", ""))
    )
    told = _kind(dict, fields.get("evidence", {}))
    evidence = tuple((name, math.nan if value is None else _number(value)) for name, value in told.items())
    views = tuple(_list(fields["views"]))
    _be(str, agent, program, reason, *views)
    return Candidate(_grid(fields["grid"]), views, logprobs, scores, agent, program, reason, evidence)


def _rows(grid: Grid) -> list[str]:
    return ["".join(map(str, row)) for row in grid.tolist()]


def _grid(rows: object) -> Grid:
    _be(str, *_list(rows))
    return Grid(np.array([list(row.encode()) for row in _list(rows)]) - ord("0"))


# What readers of results count with; anything may stand in the other notes.
_COUNTED = (
    "loss_before", "loss_after", "round", "deaths", "peak_mib", "cpu_seconds", "finished", "first_answer",
    "lesson_tokens", "budget_used",
)  # fmt: skip


def _noted(notes: dict[str, Any]) -> dict[str, Any]:
    for name in _COUNTED:
        if (value := notes.get(name)) is not None:
            _number(value)
    for name, kind in (("memory", list), ("failed", dict)):
        _kind(kind, notes.get(name, kind()))
    for chances in _list(notes.get("chances", [])):
        if any(_from_zero(chance) > 1 for chance in _list(chances)):
            raise TypeError("a chance is more than 1")
    return notes


def _list(value: object) -> list[Any]:
    return _kind(list, value)


_Kind = TypeVar("_Kind")


def _kind(kind: type[_Kind], value: object) -> _Kind:
    _be(kind, value)
    return value  # type: ignore[return-value]


def _be(kind: type, *values: object) -> None:
    """`TypeError` unless each of `values` is of this very type: true is no number."""
    for value in values:
        if type(value) is not kind:
            raise TypeError(f"{value!r:.40} is not of type {kind.__name__}")


def _number(value: object) -> float:
    if type(value) not in (int, float) or not math.isfinite(number := float(value)):  # type: ignore[arg-type]
        raise TypeError(f"{value!r:.40} is not a number")
    return number


def _from_zero(value: object) -> float:
    if (number := _number(value)) < 0:
        raise TypeError(f"{value!r:.40} is less than nothing")
    return number


def _integer(digits: str) -> int:
    if len(digits) > 300:  # beyond a float; Python refuses to convert some thousands
        raise ValueError("an integer is too long")
    return int(digits)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
