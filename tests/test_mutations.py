"""Files that are nearly right: each is read, or refused in one line, whatever is wrong with it.

`ARC_TTT_MUTATIONS=10000` tries more of them.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.arc import dataset, score, submission
from arc_ttt.arc.size import output_size
from arc_ttt.config import RunConfig, SolveConfig, read_pretrain
from arc_ttt.doctor.model import Words
from arc_ttt.errors import ArcError
from arc_ttt.paths import share
from arc_ttt.report.compare import Run
from arc_ttt.report.origin import load_tasks
from arc_ttt.report.page import document as page_of
from arc_ttt.report.page import render
from arc_ttt.run import store
from arc_ttt.settings import read, settings
from arc_ttt.text import format as formats
from arc_ttt.text import sheet
from arc_ttt.types import Grid, Lesson, Pair, Question

COUNT = int(os.environ.get("ARC_TTT_MUTATIONS", "40"))  # of each kind of file
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 31, 10**30, 1.5, -0.0, 1e308, "", "no", "012", "\ud800", "\0", "x" * 300, [], [[]], [None],
    ["0"], {}, {"a": 1}, [[[0]]],
)  # fmt: skip
TASK = {
    "train": [{"input": [[1, 2]], "output": [[2, 1]]}, {"input": [[3, 4]], "output": [[4, 3]]}],
    "test": [{"input": [[5, 6]], "output": [[6, 5]]}],
}
RESULT = {
    "task": "a", "correct": [True], "error": None, "seconds": {"adapt": 1.0, "answer": 2.5},
    "notes": {"loss_before": 2.0, "loss_after": 0.1, "losses": [2.0, 0.1], "memory": ["rank 8"], "round": 1,
              "stages": [[0.5, 0.1]], "agents": {"learner": {"seconds": 1.0, "cpu_seconds": 2.0}}, "trained": "plateau",
              "peak_mib": 900, "cpu_seconds": 3.5, "finished": 3.5,
              "warm": {"from": "b", "distance": 0.1}},
    "attempts": [[["65"], ["56"]]],
    "candidates": [[{"grid": ["65"], "agent": "learner", "views": ["s0"], "logprobs": [-1.0], "scores": [-1.0]},
                    {"grid": ["56"], "agent": "programs", "views": [], "logprobs": [], "scores": [],
                     "program": "transpose", "reason": "It is turned.", "evidence": {"sure": 1.0}}]],
}  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a document."""
    yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from places(inner, (*at, key))


def mutated(document: Any, r: random.Random) -> bytes:
    """The document with one or two of its values replaced, taken away or given twice, or some of its bytes changed."""
    document = copy.deepcopy(document)
    for _ in range(r.choice((1, 1, 1, 2))):
        at = r.choice(list(places(document)))
        if not at:
            continue
        *way, last = at
        inner = document
        try:
            for key in way:
                inner = inner[key]
            if r.random() < 0.15:
                del inner[last]
            elif r.random() < 0.1 and isinstance(inner, list):
                inner.insert(last, inner[last])
            else:
                inner[last] = copy.deepcopy(r.choice(ODD))
        except (KeyError, IndexError, TypeError):  # the other mutation was there before
            continue
    text = json.dumps(document).encode()
    return damaged(text, r) if r.random() < 0.15 else text


def damaged(text: bytes, r: random.Random) -> bytes:
    """Some bytes lost, changed, or nested beyond reason."""
    at = r.randrange(len(text))
    return r.choice((text[:at], text[:at] + bytes([r.randrange(256)]) + text[at + 1 :], text[:at] + b"[" * 50_000, b""))


def mutated_toml(text: str, r: random.Random) -> bytes:
    """A TOML file with lines replaced, lost or given twice, or some of its bytes changed."""
    lines = text.splitlines()
    odd = (
        "true",
        "-1",
        "0",
        "99999999999",
        "1.5",
        "nan",
        '""',
        '"no"',
        '"{i}"',
        "[]",
        "[1]",
        '["a"]',
        "{}",
        "{a = 1}",
        "1979-05-27",
    )
    for _ in range(r.choice((1, 1, 2))):
        at = r.randrange(len(lines))
        key, equals, _ = lines[at].partition(" = ")
        lines[at] = r.choice(
            (f"{key}{equals}{r.choice(odd)}" if equals else lines[at], "", f"{lines[at]}\n{lines[at]}")
        )
        if equals:
            lines[at] = f"{key} = {r.choice(odd)}"
    made = "\n".join(lines).encode()
    return damaged(made, r) if r.random() < 0.15 else made


def read_run(folder: Path, name: str, content: bytes) -> None:
    """All that is done with a run's files."""
    (folder / "tasks").mkdir(exist_ok=True)
    (folder / "tasks" / "a.json").write_text(json.dumps(TASK))
    tasks = dataset.load(folder / "tasks")
    config = {
        "digest": "1", "source": {"tasks": str(folder / "tasks"), "solutions": None}, "chosen": ["a"], "seen": ["b"],
        "tasks": {"name": "tasks", "digest": tasks.digest}, "model": {"name": "m", "digest": "2"}, "options": {},
        "settings": {"views": 4, "ttt": {"tokens": 2000}}, "machine": {"threads": 2}, "arc-ttt": "0.1", "prompt": {},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "results.jsonl").write_text(json.dumps(RESULT) + "\n" + json.dumps(RESULT | {"task": "a"}) + "\n")
    (folder / "submission.json").write_text(json.dumps({"a": [{"attempt_1": [[6, 5]], "attempt_2": [[0]]}]}))
    if name == "results.jsonl":
        content = content + b"\n" + json.dumps(RESULT).encode() + b"\n"
    (folder / name).write_bytes(content)
    run = Run.read(folder)
    run.scored({"a": (Grid([[6, 5]]),)})
    loaded = load_tasks(folder, store.read_config(folder))
    results, _ = store.own(folder, store.read_results(folder), loaded.order, loaded.name)
    render(page_of(folder, run.config, results, loaded))
    read([*settings(RunConfig), *settings(SolveConfig)], folder / "config.json")


def read_prompt(path: Path) -> None:
    """A prompt format and what is made with it."""
    found = sheet.read(path)
    for vocabulary in (16, 400):
        form = formats.load(found, Words(), vocabulary)
        pair = Pair(Grid([[1, 2]]), Grid([[2, 1]]))
        question = Question((pair,) if form.context == "all" else (), Grid([[0, 9]]))
        prompt = form.lesson(Lesson(question, Grid([[3]])))
        assert prompt.tokens.min() >= 0 and form.answer_length(30, 30) > 0
        assert isinstance(form, formats.StringFormat) or prompt.tokens.max() < vocabulary
    found.checkpoint("a/b")
    [found.names("a/b"), *(one.memory("none", 8) for one in found.checkpoints)]


def task_file(path: Path) -> None:
    for task in dataset.load(path).tasks:
        output_size(task.demonstrations, task.tests[0])


def card(path: Path) -> None:
    from arc_ttt.lm.folder import read_card

    found = read_card(path)
    saw = found.get("saw", {})
    frozenset([*(saw.get("tasks") or ()), *(saw.get("sets") or ())])


READERS: dict[str, tuple[Any, Callable[[Path], object]]] = {
    "task.json": (TASK, task_file),
    "x_challenges.json": ({"a": TASK, "b": TASK}, task_file),
    "solutions.json": ({"a": [[[6, 5]]], "b": [[[6, 5]]]}, score.read_solutions),
    "submission.json": ({"a": [{"attempt_1": [[6, 5]], "attempt_2": [[0]]}]}, submission.read),
    "card.json": (
        {"name": "m", "prompt": "pair", "saw": {"tasks": ["a"], "sets": ["arc1:training"]}},
        card,
    ),
}


def tried(reader: Callable[[], object], content: bytes) -> bool:
    """Whether it was read; one that is refused is told in one line."""
    try:
        reader()
    except ArcError as fault:
        assert str(fault).strip() and "\n" not in str(fault), content[:2000]
        return False
    except Exception as fault:
        raise AssertionError(f"{fault!r} for {content[:2000]!r}") from fault
    return True


@pytest.mark.parametrize("name", sorted(READERS))
def test_json_files(tmp_path: Path, name: str) -> None:
    """Tasks, challenges, solutions, submissions and cards."""
    document, reader = READERS[name]
    r = random.Random(name)
    assert tried(lambda: reader(put(tmp_path / name, json.dumps(document).encode())), b"as it is")
    for _ in range(COUNT):
        content = mutated(document, r)
        tried(lambda content=content: reader(put(tmp_path / name, content)), content)  # type: ignore[misc]


@pytest.mark.parametrize("name", ["results.jsonl", "config.json", "submission.json"])
def test_runs(tmp_path: Path, name: str) -> None:
    """Whatever a run's files say, it is read, compared and reported, or refused."""
    r = random.Random(name)
    whole = tmp_path / "whole"
    whole.mkdir()
    read_run(whole, "other", b"")
    documents = {
        "results.jsonl": RESULT,
        "config.json": json.loads((whole / "config.json").read_text()),
        "submission.json": json.loads((whole / "submission.json").read_text()),
    }
    for n in range(COUNT):
        content = mutated(documents[name], r)
        folder = tmp_path / str(n)
        folder.mkdir()
        tried(lambda folder=folder, content=content: read_run(folder, name, content), content)  # type: ignore[misc]


@pytest.mark.parametrize("name", ["pair", "digits", "nvarc", "architects"])
def test_prompt_formats(tmp_path: Path, name: str) -> None:
    """A format that is read can write a lesson in tokens that the model has."""
    r = random.Random(name)
    text = share("prompts", f"{name}.toml").read_text(encoding="utf-8")
    for _ in range(COUNT):
        content = mutated_toml(text, r)
        tried(lambda content=content: read_prompt(put(tmp_path / "mine.toml", content)), content)  # type: ignore[misc]


def test_settings_and_pretraining(tmp_path: Path) -> None:
    """TOML files of settings."""
    r = random.Random(0)
    known = [*settings(RunConfig), *settings(SolveConfig)]
    for path, reader in (
        (share("data", "presets", "best.toml"), lambda p: read(known, p)),
        (share("data", "models", "arc-mini", "pretrain.toml"), read_pretrain),
    ):
        text = path.read_text(encoding="utf-8")

        for _ in range(COUNT):
            content = mutated_toml(text, r)
            tried(lambda content=content, reader=reader: reader(put(tmp_path / "mine.toml", content)), content)  # type: ignore[misc]


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
