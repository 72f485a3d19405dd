"""How many bits a step takes: its operation, and its arguments, enumerated or read off demonstrations."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from arc_ttt.agents.programs.actions import FURTHER_BITS, LEVIN
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.language import Argument, Operation
from arc_ttt.rules.operations import OPERATIONS

# Bits of an entry of a fitted table, and of one that changes nothing.
ENTRY_BITS, SAME_BITS = 5.0, 1.0


def argument_bits(operation: Operation, arguments: Iterable[Argument]) -> float:
    """Bits of fixed arguments: of one value among the kind's, or of the entries of a word with data."""
    bits = 0.0
    for kind, argument in zip(operation.kinds, arguments, strict=True):
        if isinstance(argument, tuple):
            bits += sum(4 + argument_bits(OPERATIONS[s.name], s.arguments) for s in argument)
        elif kind.check is not None:
            bits += sum(map(entry_bits, str(argument).split("_")))
        else:
            bits += log2(max(2, len(kind.values)))
            bits += FURTHER_BITS * kind.values.index(argument) if argument in kind.values else 0.0
    return bits


def entry_bits(entry: str) -> float:
    """Bits of an entry of a fitted table."""
    before, _, after = entry.rpartition("to")
    return SAME_BITS if after in ("same", before) else ENTRY_BITS


def fitting(kind: str, cells: float) -> list[tuple[float, Operation]]:
    """The operations with a fit, with their bits plus what the cost of the fit counts."""
    table = weights()
    found = [
        (table.bits[kind][name] + LEVIN * log2(max(1.0, table.cost("fit:" + name, cells))), operation)
        for name, operation in OPERATIONS.items()
        if operation.fit is not None
    ]
    return sorted(found, key=lambda f: f[0])
