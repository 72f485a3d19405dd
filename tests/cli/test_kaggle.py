"""`arc-ttt kaggle`: a bundle from a name, the lines of a rehearsal, and errors of one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.cli.options import every
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.kaggle import check, wheels
from arc_ttt.settings import Setting

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wheel by name alone, and the working directory elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAGGLE_USERNAME", raising=False)
    monkeypatch.setattr(wheels, "build", lambda folder: (folder / "arc_ttt-9.0-py3-none-any.whl").write_bytes(b""))


def test_a_bundle_and_what_comes_next(arc_ttt: Run) -> None:
    """Title and ids come from the model's name; the commands that follow are told."""
    done = arc_ttt("kaggle", "bundle", "--username", "me", "--accelerator", "t4x2", "--deadline", "9h5m")
    assert (done.code, done.err) == (0, "")
    slug = "me/arc-ttt-arc-mini-open"
    assert done.out.startswith(f"kaggle: notebook {slug}, data set {slug}-files, built-in model arc-mini-open\n")
    for line in ("arc-ttt kaggle check kaggle", "kaggle/make_wheels.sh", "kaggle kernels push -p kaggle\n"):
        assert line in done.out
    kernel = json.loads(Path("kaggle/kernel-metadata.json").read_text())
    assert (kernel["machine_shape"], kernel["competition_sources"]) == ("NvidiaTeslaT4", ["arc-prize-2025"])
    assert r"\"deadline\": 32700" in Path("kaggle/arc-ttt-arc-mini-open.ipynb").read_text()


def test_a_published_model_from_its_source(arc_ttt: Run) -> None:
    """A hub id chooses the prompt format, Kaggle has the weights; nothing is downloaded."""
    hub, source = "da-fr/Mistral-NeMo-Minitron-8B-ARChitects-Full-bnb-4bit", "me/minitron/Transformers/full/1"
    done = arc_ttt("kaggle", "bundle", "--username", "me", "--model", hub, "--model-source", source, "--out", "o")
    assert done.code == 0 and f"weights from {source}" in done.out
    kernel = json.loads(Path("o/kernel-metadata.json").read_text())
    assert kernel["model_sources"] == [source] and kernel["title"] == "arc-ttt Mistral NeMo Minitron 8B ARChitects"
    assert r"\"prompt\": \"architects-2024\"" in (Path("o") / kernel["code_file"]).read_text()


def test_downloaded_weights_and_a_format_of_ones_own(arc_ttt: Run) -> None:
    """Both go into the data set."""
    from arc_ttt.text import sheet

    Path("mine.toml").write_text(sheet.read("pair").source.replace('name = "pair"', 'name = "mine"'))
    Path("weights").mkdir()
    for name in ("config.json", "model.safetensors"):
        (Path("weights") / name).write_text("{}")
    options = ("--model", "weights", "--prompt", "mine.toml", "--username", "me", "--out", "o")
    done = arc_ttt("kaggle", "bundle", *options)
    assert (done.code, done.err) == (0, "") and "weights from" in done.out
    assert {"mine.toml", "model.safetensors"} <= {path.name for path in Path("o/dataset").iterdir()}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--title", "é" * 8), "error: --title 'éééééééé': only plain ASCII"),
        (("--title", "abc"), "error: --title 'abc'"),
        (("--deadline", "noon"), "error: --deadline 'noon': write it as 11h30m"),
        (("--deadline", "13h"), "error: --deadline: 46800 s"),
        (("--options", "'"), 'error: --options "\'": No closing quotation'),
        (("--options", "--viws 3"), "error: --options '--viws 3': No such option: --viws"),
        (("--options", "--views x"), "error: --options '--views x': Invalid value for '--views'"),
        (("--options", "--help"), "error: --options '--help': asks for help alone"),
        (("--options", "--views 0"), "error: --options '--views 0': --views must be positive and at most"),
        (("--options", "--ttt.rank 0"), "error: --options '--ttt.rank 0': --ttt.rank must be positive"),
        (("--options", "--memory-limit much"), "error: --options '--memory-limit much': --memory-limit 'much': is not"),
        (("--options", "--dtype bf16"), "error: --options '--dtype bf16': --dtype is one of auto, bfloat16"),
        (
            ("--options", "--agents programs,learner:mine/own"),
            "error: --options '--agents programs,learner:mine/own': --agents learner:mine/own: only shipped",
        ),
        (("--options", "--draft-model mine/own"), "error: --options '--draft-model mine/own': --draft-model mine/own"),
        (("--options", "--limit 4"), "error: --options '--limit 4': --limit: would leave tasks without an answer"),
        (("--options", "--model x"), "error: --options '--model x': --model: the bundle has an option of its own"),
        (("--options", "--device cpu"), "error: --options '--device cpu': --device: the bundle's --accelerator"),
        (("--model", "arc-maxi"), "error: arc-maxi: neither a shipped model"),
        (("--prompt", "none.toml"), "error: "),
    ],
)
def test_errors_are_one_line(options: tuple[str, ...], message: str, arc_ttt: Run) -> None:
    """Exit code 2, and no folder is left."""
    done = arc_ttt("kaggle", "bundle", "--username", "me", *options)
    assert (done.code, done.err.count("\n")) == (2, 1) and done.err.startswith(message)
    assert not Path("kaggle").exists()


def test_options_for_the_notebook(arc_ttt: Run) -> None:
    """Those that `solve` takes for that model go into the notebook as they are; nothing is solved."""
    words = "--views 32 --decode dfs --ttt.rslora --quantize int8 --draft-model arc-mini"
    done = arc_ttt("kaggle", "bundle", "--username", "me", "--options", words)
    assert (done.code, done.err) == (0, "")
    (notebook,) = Path("kaggle").glob("*.ipynb")
    assert all(json.dumps(json.dumps(word))[1:-1] in notebook.read_text() for word in words.split())
    assert not Path("results").exists()


@pytest.mark.parametrize("one", [one for one in every(RunConfig, SolveConfig) if one.bundle], ids=lambda one: one.path)
def test_every_refused_option_is_one_of_solves(one: Setting, arc_ttt: Run) -> None:
    """Each is refused by its name, with the reason, in one line."""
    words = one.name + ("" if one.type is bool else {"engine": " ray", "device": " cpu"}.get(one.path, " 1"))
    done = arc_ttt("kaggle", "bundle", "--username", "me", "--options", words)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert f"{one.name}: {one.bundle}" in done.err


def test_the_lines_of_a_rehearsal(arc_ttt: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each scenario, and exit code 1 where one is at fault."""
    outcomes = [check.Outcome("one", 1.25, "4 of 4 tasks"), check.Outcome("two", 2.0, fault="task a: is missing")]
    monkeypatch.setattr(check, "check", lambda *_, **__: iter(outcomes))
    done = arc_ttt("kaggle", "check", "bundle")
    assert done.code == 1
    assert done.out.splitlines()[1:] == ["✓ one  1.2 s  4 of 4 tasks", "✗ two  2.0 s", "    task a: is missing"]
    outcomes.pop()
    assert arc_ttt("kaggle", "check", "bundle").code == 0
    outcomes[:] = [check.Outcome(name, 1.0, instead="no GPU can be used") for name in ("one", "two")]
    done = arc_ttt("kaggle", "check", "bundle", "--only", "killed")
    assert done.out.startswith("bundle: 1 run of its notebook ")
    assert done.out.splitlines()[1:] == [
        "✓ one  1.0 s",
        "✓ two  1.0 s",
        "no GPU can be used; the bundle's own model and options were not tried",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "error: nothing: is no bundle"),
        (("--only", "teleport"), "error: --only teleport: no scenario"),
        (("--model", "none"), "error: --model none: no such folder"),
        (("--keep", "."), "error: --keep .: is there"),
    ],
)
def test_a_rehearsal_of_nothing(options: tuple[str, ...], message: str, arc_ttt: Run) -> None:
    """One line, exit code 2."""
    Path("something").write_text("")
    done = arc_ttt("kaggle", "check", "nothing", *options)
    assert done.code == 2 and done.err.startswith(message) and done.err.count("\n") == 1
    assert done.out == ""
