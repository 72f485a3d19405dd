"""A `Result` ↔ one line of results.jsonl.

Grids are rows of digits, `["012", "340"]`, which takes half the room of lists of numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from arc_ttt.types import Candidate, Grid, Prediction, Result


def encode(result: Result) -> bytes:
    """`result` as one line of JSON; a number that is not finite becomes null."""
    line = {
        "task": result.task,
        "correct": result.correct,
        "error": result.error,
        "seconds": dict(result.seconds),
        "notes": dict(result.notes),
        "attempts": [[_rows(grid) for grid in attempts] for attempts in result.prediction.attempts],
        "candidates": [list(map(_fields, candidates)) for candidates in result.candidates],
    }
    return json.dumps(_finite(line), separators=(",", ":"), allow_nan=False).encode() + b"\n"


def decode(line: bytes) -> Result:
    """The inverse of `encode`; `ValueError` for anything else."""
    try:
        fields = json.loads(line)
        correct = fields["correct"]
        attempts = tuple(tuple(_grid(rows) for rows in attempts) for attempts in fields["attempts"])
        return Result(
            Prediction(str(fields["task"]), attempts),
            tuple(tuple(_candidate(c) for c in candidates) for candidates in fields["candidates"]),
            None if correct is None else tuple(map(bool, correct)),
            dict(fields["seconds"]),
            dict(fields["notes"]),
            None if fields["error"] is None else str(fields["error"]),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not a result: {fault!r}") from fault


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
        tuple(-math.inf if p is None else float(p) for p in fields.get(name, ())) for name in ("logprobs", "scores")
    )
    # Before results named the agent there was the learner alone.
    agent, program, reason = (
        str(fields.get(name, default)) for name, default in (("agent", "learner"), ("program", ""), ("reason", ""))
    )
    evidence = tuple((str(name), float(value)) for name, value in fields.get("evidence", {}).items())
    views = tuple(map(str, fields["views"]))
    return Candidate(_grid(fields["grid"]), views, logprobs, scores, agent, program, reason, evidence)


def _rows(grid: Grid) -> list[str]:
    return ["".join(map(str, row)) for row in grid.tolist()]


def _grid(rows: list[str]) -> Grid:
    return Grid(np.array([list(row.encode()) for row in rows]) - ord("0"))


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
