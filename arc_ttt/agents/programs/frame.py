"""A way to see a task: as it is, in coarse steps, without a colour, in parts. Searches work within one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.language import Program, Step


@dataclass(frozen=True)
class Frame:
    """`inputs` (demonstrations, then tests) and `outputs` as the frame shows them."""

    inputs: Grids
    outputs: Grids
    share: float
    bits: float
    wrapped: Callable[[Program], Program]  # the program for grids as they are


def within(base: Frame, frame: Frame) -> Frame:
    """A frame of what another one shows."""
    return replace(frame, bits=base.bits + frame.bits, wrapped=lambda program: base.wrapped(frame.wrapped(program)))


def wrapper(name: str, *before: str, after: Sequence[str] = ()) -> Callable[[Program], Program]:
    """An operation runs the program; what are its arguments before and after that."""
    return lambda program: (Step(name, (*before, program, *after)),)


def afterwards(step: Step) -> Callable[[Program], Program]:
    """The program runs on what a step makes."""
    return lambda program: (step, *program)
