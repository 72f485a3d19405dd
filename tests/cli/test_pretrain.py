"""`arc-ttt pretrain` without training."""

import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LINE = {
    "step": 20,
    "tokens": 1000,
    "of": 5000,
    "loss": 1.25,
    "rate": 0.002,
    "tokens_per_second": 100,
    "padding": 0.1,
    "seconds": 10.0,
}


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A stand-in for the training; what it was called with. An --out called `stop` is interrupted."""
    monkeypatch.chdir(tmp_path)
    Path("mini.toml").write_text('name = "mini"\ntokens = 5000\n')
    calls: list[Any] = []

    def pretrain(
        config: Any, corpora: Any, out: Path, *, start: Path | None, report: Callable[[dict[str, Any]], None]
    ) -> Path:
        calls.append((config, corpora, out, start))
        report(LINE)
        if out.name == "stop":
            raise KeyboardInterrupt
        return out / "model"

    fake = types.ModuleType("arc_ttt.pretrain.training")
    fake.pretrain = pretrain  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "arc_ttt.pretrain.training", fake)
    return calls


def test_progress_and_the_finished_model(arc_ttt: Callable[..., Any], calls: list[Any]) -> None:
    """The options override the file; each line says how far it is."""
    words = ("--corpus", "a", "--corpus", "b", "--tokens", 7, "--no-compile", "--out", "o", "--from", "c")
    done = arc_ttt("pretrain", "mini.toml", *words)
    ((config, corpora, out, start),) = calls
    assert (config.name, config.tokens, config.compile) == ("mini", 7, False)
    assert (corpora, out, start) == ([Path("a"), Path("b")], Path("o"), Path("c"))
    assert done.out == (
        "step 20: 1,000 of 5,000 tokens, loss 1.2500, 100 tokens/s, 0:40 left\no/model: the finished model\n"
    )


def test_json(arc_ttt: Callable[..., Any], calls: list[Any]) -> None:
    """The lines of the log as they are, then the model."""
    done = arc_ttt("pretrain", "mini.toml", "--corpus", "a", "--out", "o", "--json")
    assert done.lines == [LINE, {"model": "o/model"}]


def test_an_interrupt_says_how_to_go_on(arc_ttt: Callable[..., Any], calls: list[Any]) -> None:
    """Exit code 130 and the same command again."""
    done = arc_ttt("pretrain", "mini.toml", "--corpus", "a", "--out", "stop")
    assert (done.code, done.err) == (
        130,
        "stopped; go on with: arc-ttt pretrain mini.toml --corpus a --out stop\n",
    )
