"""What a run would meet on this machine, found before it: small findings, each with a verdict and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "failure"]
VERDICTS: tuple[Verdict, ...] = ("ok", "warning", "failure")


@dataclass(frozen=True)
class Check:
    """One finding. With a "failure" a run ends in an error, with a "warning" it is slow, or may fail."""

    name: str
    verdict: Verdict
    # One line of what was found, and one of what to do about it ("" where nothing need be done).
    found: str
    advice: str = ""


def worst(checks: Iterable[Check]) -> Verdict:
    """The gravest verdict among `checks`."""
    return max((c.verdict for c in checks), key=VERDICTS.index, default="ok")


def size(count: float) -> str:
    """Bytes for a reader, in powers of ten: 16.1 GB, 13 MB."""
    return f"{count / 1e9:,.1f} GB" if count >= 1e8 else f"{count / 1e6:,.0f} MB"
