"""The site that most tests ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the page's server is not installed")
pytest.importorskip("uvicorn", reason="the page's server is not installed")

from play_site import SAMPLES, Site, serving

from arc_ttt.play.library import Library


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The sample tasks, and empty folders for runs and saved puzzles."""
    yield from serving(Library((SAMPLES,), tmp_path / "results", tmp_path / "puzzles"), tmp_path)
