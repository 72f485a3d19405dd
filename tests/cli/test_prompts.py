"""`arc-ttt show --prompt`: what a model reads of a task."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import makers
import pytest
import torch
from makers import OneLearner

from arc_ttt.agents.learner import course, questions
from arc_ttt.arc import dataset
from arc_ttt.lm.load import load_model
from arc_ttt.text import sheet
from arc_ttt.text.format import load

Run = Callable[..., Any]
AUTHORS = json.loads((Path(__file__).parents[1] / "text" / "authors-prompts.json").read_text(encoding="utf-8"))
FORMATS = ("architects", "nvarc", "marc", "barc")


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tasks whose prompts the authors' own code made."""
    monkeypatch.chdir(tmp_path)
    for id, known in AUTHORS.items():
        (tmp_path / f"{id}.json").write_text(json.dumps(known["task"]))
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_the_exact_text(arc_ttt: Run, tasks: Path, name: str) -> None:
    """Without a model: what the authors' code writes, special tokens visible."""
    for id, known in AUTHORS.items():
        done = arc_ttt("show", f"{id}.json", "--prompt", name)
        assert (done.code, done.err) == (0, "")
        title, text = done.out.split("\n\n", 1)
        assert title.startswith(f"{id}: {name}, question of test input 1 as it is")
        theirs = known[name].replace("<|end_of_text|>", "</s>")
        begun = {"architects": "<s>"}.get(name, "")
        assert text == begun + theirs + {"marc": "[["}.get(name, "") + "\n"
        assert ("stand for" in title) == (name == "architects")


def test_a_lesson(arc_ttt: Run, tasks: Path) -> None:
    """The last demonstration after the others; or one of those that a run draws, another each."""
    pairs = AUTHORS["88a62173"]["task"]["train"]
    plain = arc_ttt("show", "88a62173.json", "--prompt", "nvarc", "--lesson").out
    spelled = ["\n".join("".join(map(str, row)) for row in pair[key]) for pair in pairs for key in ("input", "output")]
    turns = [
        f"<|im_start|>{who}\n{grid}<|im_end|>" for who, grid in zip(("user", "assistant") * 3, spelled, strict=True)
    ]
    assert plain.endswith("\n\n" + "".join(turns) + "\n")
    drawn = {arc_ttt("show", "88a62173.json", "--prompt", "nvarc", "--lesson", "--view", k).out for k in (1, 2, 3)}
    assert len(drawn) == 3 and plain not in drawn


def test_tokens_and_their_loss(arc_ttt: Run, tasks: Path, tmp_path: Path) -> None:
    """A line each: the tokenizer's ids, and the loss where the authors have it: on every output but the first."""
    path = makers.folder(tmp_path / "tiny", hidden_size=32)
    (path / "model.safetensors").unlink()  # no weights are needed
    done = arc_ttt("show", "6150a2bd.json", "--prompt", "architects", "--lesson", "--tokens", "--model", path)
    assert (done.code, done.err) == (0, "")
    rows = [line.split() for line in done.out.split("\n\n", 1)[1].splitlines()]
    assert [int(row[0]) for row in rows] == list(range(len(rows)))
    text = "".join(row[-1][1:-1].replace("\\n", "\n") for row in rows)
    assert text.startswith("<s>ABCD") and text.count("</s>") == 2
    lost = "".join(row[-1][1:-1].replace("\\n", "\n") for row in rows if row[2] == "loss")
    assert lost == "000\n001\n255\n</s>"
    ids = makers.characters().encode("I5", add_special_tokens=False)
    texts = [row[-1] for row in rows]
    (at,) = [i for i, both in enumerate(pairwise(texts)) if both == ("'I'", "'5'")]
    assert [int(row[1]) for row in rows[at : at + 2]] == ids
    own = arc_ttt("show", "6150a2bd.json", "--prompt", "nvarc", "--tokens").out.split("\n\n", 1)[1].splitlines()
    assert own[0].split()[:2] == ["0", "14"] and not any("loss" in line for line in own)


def test_a_format_in_tokens(arc_ttt: Run, tasks: Path) -> None:
    """The built-in model's: names of tokens, a row a line."""
    done = arc_ttt("show", "6150a2bd.json", "--prompt", "pair", "--view", 1)
    assert done.out.endswith("\n\ntask 0 0 1 2 3 4 5 6 7 8 9\ninput\n6 3 5 row\n6 8 0 row\n4 0 0 row\noutput\n")


@pytest.mark.parametrize("name", ["architects", "marc"])
def test_it_is_what_a_run_reads(
    arc_ttt: Run, tasks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Views and lessons are those of a run with the same settings, token for token."""
    path = makers.folder(tmp_path / "tiny", hidden_size=32)
    read: dict[str, list[list[int]]] = {"question": [], "lesson": []}

    class Told(course.Windows):
        def question(self, *given: Any) -> Any:
            made = super().question(*given)
            read["question"].append(made.tokens.tolist())
            return made

        def lesson(self, *given: Any) -> Any:
            made = super().lesson(*given)
            read["lesson"].append(made.tokens.tolist())
            return made

    monkeypatch.setattr(questions, "Windows", Told)
    monkeypatch.setattr("arc_ttt.agents.learner.adapt.Windows", Told)
    asked = {"prompt": name, "views": 10, "ttt.lessons": 6, "decode.method": "greedy", "vote": "flat"}
    _, config, _ = sheet.configured(asked)
    (task,) = dataset.load("6150a2bd.json").tasks
    lm = load_model(path, device="cpu", dtype="float32")
    form = load(name, lm.tokenizer)
    torch.manual_seed(0)
    OneLearner(lm, form, config).solve(task)

    def shown(*words: object) -> list[int]:
        out = arc_ttt("show", "6150a2bd.json", "--prompt", name, "--tokens", "--model", path, *words).out
        return [int(line.split()[1]) for line in out.split("\n\n", 1)[1].splitlines()]

    for k in (1, 2, 10):
        assert shown("--view", k) == read["question"][k - 1]
    if name == "architects":  # MIT's lessons are a set, which depends on how many there are
        for k in (1, 3):
            assert shown("--lesson", "--view", k) == read["lesson"][k - 1]


def test_what_does_not_go_together(arc_ttt: Run, tasks: Path, tmp_path: Path) -> None:
    """One line each."""
    for words, fault in (
        (("--view", 2), "--view is for --prompt"),
        (("--tokens",), "--tokens is for --prompt"),
        (("--prompt", "marc", "--tokens"), "ids are a tokenizer's"),
        (("--prompt", "marc", "--test", 2), "--test 2: 6150a2bd has 1 test input"),
        (("--prompt", "marc", "--lesson", "--test", 1), "leave one of them out"),
        (("--prompt", "marc", "--run", "run"), "leave one of them out"),
        (("--prompt", "marc", "--json"), "--json is for the grids"),
        (("--prompt", "marc", "--svg", "a.svg"), "--svg is for the grids"),
        (("--prompt", "marc", "--png", "a.png"), "--png is for the grids"),
        (("--prompt", "marc", "--solutions", "6150a2bd.json"), "--solutions is for the grids"),
        (("--prompt", "nonesuch"), "no such prompt format"),
        (("--prompt", "marc", "--model", "nowhere"), "neither a shipped model"),
        (("--prompt", "marc", "--model", "nobody/has-it"), "is not here; give a folder"),
        (("--prompt", "marc", "--model", "arc-mini"), "has no tokenizer"),
    ):
        done = arc_ttt("show", "6150a2bd.json", *words)
        assert (done.code, done.err.count("\n")) == (2, 1) and fault in done.err, words
    done = arc_ttt("show", "6150a2bd.json", "--prompt", "marc", "--view", 100_000_000)
    assert done.code == 2 and "less than or equal to 10000" in done.err
