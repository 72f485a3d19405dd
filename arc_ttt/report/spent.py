"""A result's notes → what was spent on a task, and why it ended when it did.

Only what the notes say: nothing is estimated, and what they do not say is None. They may be of any earlier version and
are not trusted to hold what they should.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from arc_ttt.types import Result

FULL = 0.995  # of the budget, from which on it counts as used up

End = Literal["learned", "plateau", "time", "full"]
"""Of training: the lessons were learned, or a demonstration that was held out was predicted; it was predicted no better
than before; there was no more time; the budget was used up."""


@dataclass(frozen=True)
class Spent:
    """What one task took."""

    # Share of the training budget, 0 to 1.
    budget: float | None = None
    ended: End | None = None
    # How many answers were asked for, and how many there were to be, where that is fewer.
    answers: tuple[int, int] | None = None


def spent(result: Result, settings: Mapping[str, Any]) -> Spent:
    """What `result` says, in a run with `settings`."""
    notes, ttt = result.notes, settings.get("ttt")
    ttt = ttt if isinstance(ttt, Mapping) else {}
    used, tokens = number(notes.get("budget_used")), number(notes.get("lesson_tokens"))
    wanted, rounds = number(ttt.get("tokens")), number(notes.get("round")) or 0.0
    by_tokens = None
    if tokens is not None and wanted and ttt.get("lessons") is None and ttt.get("seconds") is None and rounds < 60:
        by_tokens = min(1.0, tokens / (wanted * 2**rounds))
    # Under a deadline the share is one of the time; what it took of the budget, tokens tell.
    budget = by_tokens if by_tokens is not None else used
    why = notes.get("trained")
    said = next((end for end in ("learned", "plateau") if isinstance(why, str) and why.startswith(end)), None)
    ended: End | None = said  # type: ignore[assignment]
    if said is None and notes.get("ended") in ("time", "budget"):
        ended = "time" if notes["ended"] == "time" else "full"
    elif said is None and budget is not None:
        ended = "full" if budget >= FULL else "time" if settings.get("timed") is True else None
    stopped = notes.get("stopped")
    asked = re.search(r"\b(\d{1,6}) (?:of|out of) (\d{1,6}) answers\b", stopped) if isinstance(stopped, str) else None
    return Spent(budget, ended, (int(asked[1]), int(asked[2])) if asked else None)


def training(every: Sequence[Spent]) -> dict[str, Any] | None:
    """Over a run: the median share of the budget, and how many tasks ended in which way; None where none is known."""
    shares = [one.budget for one in every if one.budget is not None]
    ended = {end: sum(one.ended == end for one in every) for end in ("learned", "plateau", "time", "full")}
    if not shares:
        return None
    return {"median": statistics.median(shares), "tasks": len(shares), "ended": {k: n for k, n in ended.items() if n}}


def sentences(notes: Mapping[str, Any]) -> list[str]:  # noqa: C901, PLR0912 a list of independent facts
    """What the notes tell beyond numbers, one sentence each."""
    said = []
    if isinstance(clash := notes.get("contradiction"), str):
        said.append(f"No rule fits: {clash}.")
    for name, words in (
        ("trained", "Training ended early"),
        ("diverged", "Training began once more, at a tenth of the learning rate"),
        ("stopped", "Answering ended early"),
        ("reuse", "Reuse"),
    ):
        if isinstance(text := notes.get(name), str):
            said.append(f"{words}: {text}.")
    if ends := _numbers(notes.get("stages")):
        told = (f"{loss:.4f} after {100 * done:.0f} %" for done, loss in ends)
        said.append(f"The loss at the end of a stage was {', '.join(told)}.")
    updates, steps = number(notes.get("updates")), number(notes.get("steps"))
    if updates is not None and steps:
        rest = "; the gate passed over the others" if updates < steps else ""
        said.append(f"{updates:.0f} of {steps:.0f} training steps updated the adapter{rest}.")
    warm = notes.get("warm")
    if isinstance(warm, Mapping):
        at = number(warm.get("distance"))
        where = "" if at is None else f", at distance {at:.3g}"
        if warm.get("from") is not None:
            said.append(f"Training began with the adapter of {warm['from']}{where}.")
        elif warm.get("nearest") is not None:
            why = f" ({warm['why']})" if isinstance(warm.get("why"), str) else ""
            said.append(f"Training began anew: the nearest kept adapter is that of {warm['nearest']}{where}{why}.")
    if near := _pairs(notes.get("neighbours")):
        said.append(f"Lessons of neighbours: {', '.join(f'{id} (distance {at:.3g})' for id, at in near)}.")
    context = notes.get("context")
    if isinstance(context, Mapping) and {"demonstrations", "fit"} <= set(context):
        said.append(
            f"Too long for the context: a question shows {context['fit']} of {context['demonstrations']} "
            "demonstrations, each view others."
        )
    if too_long := _list(notes.get("too_long")):
        said.append(f"Too long to train on: demonstration {', '.join(str(i + 1) for i in too_long if _index(i))}.")
    if steps_down := _list(notes.get("memory")):
        said.append(f"To fit the memory: {', then '.join(map(str, steps_down))}.")
    if rounds := number(notes.get("round")):
        said.append(f"This was attempt {rounds + 1:.0f}; the votes of all of them are added up.")
    accepted, pace = number(notes.get("drafts_accepted")), number(notes.get("tokens_per_second"))
    if pace is not None:
        drafts = "" if accepted is None else f"; {100 * accepted:.0f} % of what was drafted held"
        said.append(f"Decoding gave {pace:.0f} tokens a second{drafts}.")
    return said


def _pairs(value: object) -> Iterable[tuple[str, float]]:
    return [
        (str(one[0]), at)
        for one in _list(value)
        if isinstance(one, list | tuple) and len(one) == 2 and (at := number(one[1])) is not None
    ]


def _numbers(value: object) -> list[tuple[float, float]]:
    pairs = [one for one in _list(value) if isinstance(one, list | tuple) and len(one) == 2]
    found = [(number(one), number(other)) for one, other in pairs]
    return [(a, b) for a, b in found if a is not None and b is not None]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _index(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def number(value: object) -> float | None:
    """`value` where it is a finite number, else None."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
    return float(value) if is_number else None  # type: ignore[arg-type]
