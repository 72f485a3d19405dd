"""Models by name: their formats and settings, the list of them, and a run with one that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import makers
import pytest

from arc_ttt.arc import dataset
from arc_ttt.config import TTTConfig
from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.text import sheet
from arc_ttt.text.sheet import choose as choose_prompt
from arc_ttt.text.sheet import choose_training

Run = Callable[..., Any]
FULL = "da-fr/Mistral-NeMo-Minitron-8B-ARChitects-Full-bnb-4bit"
PLACE = ("--device", "cpu", "--dtype", "float32", "--views", 2)
QUICK = (*PLACE, "--ttt.tokens", 400, "--ttt.rank", 4, "--json")
UNTRAINED = (*PLACE, "--no-ttt", "--json")


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two tasks of one small grid each, called as two of ARC-1's evaluation tasks; the working directory is beside."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tasks").mkdir()
    pairs = [{"input": [[a, b]], "output": [[b, a]]} for a, b in ((1, 2), (3, 4), (5, 6))]
    for id in ("00576224", "mirror"):
        text = json.dumps({"train": pairs, "test": [{"input": [[7, 8]], "output": [[8, 7]]}]})
        (tmp_path / "tasks" / f"{id}.json").write_text(text)
    return tmp_path / "tasks"


def test_the_list(arc_ttt: Run) -> None:
    """Each checkpoint with base, licence, memory and what it saw; formats without one are named, too."""
    done = arc_ttt("models")
    assert (done.code, done.err) == (0, "")
    full = done.out[done.out.index(FULL) :].split("\n\n")[0]
    for word in ("nvidia/Mistral-NeMo-Minitron-8B-Base", "not stated", "nf4 7.1 GB", "arc1:evaluation", "vote probmul"):
        assert word in full
    assert "none 16.6 GB, int8 9.7 GB, nf4 6.6 GB" in done.out
    assert "Qwen/Qwen3-4B-Thinking-2507" in done.out and "chuanli11/Llama-3.2-3B-Instruct-uncensored" in done.out
    told = " ".join(done.out.split())
    assert "kaggle models instances versions download sorokin/" in told
    assert "pickles, which are not read: `hf download ekinakyurek/marc-8B-finetuned-llama3 --local-dir" in told
    assert "arc-mini" in done.out and "--prompt digits" in done.out and "376 of ARC-AGI-1's 400 evaluation" in told


def test_the_list_for_programs(arc_ttt: Run, tmp_path: Path) -> None:
    """One JSON array; a format of one's own is listed with the others."""
    mine = tmp_path / "mine.toml"
    source = sheet.read("digits").source.replace('name = "digits"', 'name = "mine"')
    mine.write_text(source + '\n[[checkpoint]]\nid = "me/tiny"\nbase = "b"\nlicence = "MIT"\nlayers = 1\nhidden = 2\n'
                    "intermediate = 3\nheads = 1\nkv_heads = 1\nhead_dim = 2\n")  # fmt: skip
    rows = {row["model"] or row["prompt"]: row for row in json.loads(arc_ttt("models", mine, "--json").out)}
    assert rows[FULL]["saw"] == ["arc1:training", "arc1:evaluation"]
    assert rows[FULL]["bytes"]["none"] is None and rows[FULL]["settings"]["lessons"] == 32
    assert rows["me/tiny"]["prompt"] == "mine" and rows["me/tiny"]["bytes"]["none"] == 2 * 34 + 16 * 32 * 31
    assert rows["digits"]["model"] is None
    assert arc_ttt("models", mine, mine, "--json").lines == [list(rows.values())]
    done = arc_ttt("models", tmp_path / "none.toml")
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_the_list_of_some(arc_ttt: Run, tmp_path: Path) -> None:
    """By a part of a model's or a format's name, a model alone by its whole name; a name that is nowhere is told."""
    (one,) = json.loads(arc_ttt("models", "arc-mini", "--json").out)
    assert (one["model"], one["prompt"]) == ("arc-mini", "pair")
    rows = json.loads(arc_ttt("models", "arc-min", "--json").out)
    assert [row["model"] for row in rows] == ["arc-mini", "arc-mini-open"]
    rows = json.loads(arc_ttt("models", "architects", "FULL", "--json").out)
    assert {row["prompt"] for row in rows} == {"architects", "architects-2024"}
    assert FULL in [row["model"] for row in rows] and len(rows) == len({row["model"] for row in rows})
    done = arc_ttt("models", "nonesuch")
    assert (done.code, done.err.startswith("error: nonesuch: no such model, prompt format or file")) == (2, True)


def test_a_name_chooses_format_and_settings() -> None:
    """The checkpoint's name, then its card, then plain digits; what is asked for comes before all of them."""
    assert choose_prompt(FULL, None).name == "architects-2024"
    assert choose_prompt(FULL, "digits").name == "digits"
    assert choose_prompt("arc-mini", None).name == "pair"
    assert choose_prompt("nobody/knows-it", None).name == "digits"
    with pytest.raises(ModelError, match="no such prompt format"):
        choose_prompt(FULL, "nonesuch")


def test_settings_in_their_order(tmp_path: Path) -> None:
    """Options before the format's settings before the defaults; one budget puts another aside."""
    architects = choose_prompt(FULL, "architects")
    ttt = choose_training(architects, {"rank": None, "alpha": 5.0, "enabled": True})
    assert (ttt.rank, ttt.alpha, ttt.rslora, ttt.lessons, ttt.learning_rate) == (32, 5.0, True, 64, 1e-4)
    assert ttt.batch_tokens == TTTConfig.batch_tokens
    assert choose_training(architects, {"tokens": 1000}).lessons is None
    assert choose_training(architects, {"seconds": 3.0}).lessons is None
    assert choose_training(architects, {"lessons": 3}).lessons == 3
    assert choose_training(choose_prompt("arc-mini", None), {}) == TTTConfig()


def test_a_model_that_names_no_format(tiny_folder: Path, tmp_path: Path) -> None:
    """The built-in architecture reads no digits: its card must name the format."""
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "config.json").write_bytes((tiny_folder / "config.json").read_bytes())
    with pytest.raises(ConfigError, match="its card names no prompt format"):
        choose_prompt(str(bare), None)
    assert choose_prompt(str(tiny_folder), None).name == "pair"


@pytest.mark.parametrize("quantize", ["none", "nf4"])
def test_solve_with_any_language_model(arc_ttt: Run, tasks: Path, tmp_path: Path, quantize: str) -> None:
    """From a folder as the hub has them to a scored submission; the same command gives the same bytes."""
    path = makers.folder(tmp_path / "tiny-llama", hidden_size=64)
    done = [
        arc_ttt("solve", tasks, "--model", path, "--quantize", quantize, *QUICK, "--out", out) for out in ("a", "b")
    ]
    assert [(d.code, d.err) for d in done] == [(0, "")] * 2
    start, *results, end = done[0].lines
    assert (start["model"]["name"], start["prompt"]["name"]) == ("tiny-llama", "digits")
    assert start["machine"]["quantize"] == quantize
    assert start["settings"]["ttt"]["learning_rate"] == sheet.read("digits").settings["learning_rate"]
    assert [r["error"] for r in results] == [None, None]
    assert all(r["notes"]["lesson_tokens"] >= 400 for r in results)
    assert (end["answered"], end["contaminated"]) == (2, [])
    assert Path("a/submission.json").read_bytes() == Path("b/submission.json").read_bytes()


def test_the_model_line_says_what_was_cut(arc_ttt: Run, tasks: Path, tmp_path: Path) -> None:
    """How it is stored, how many tokens are left, and the memory that this saves."""
    path = makers.folder(tmp_path / "tiny", hidden_size=64)
    done = arc_ttt("solve", tasks, "--limit", 1, "--no-ttt", "--model", path, "--quantize", "int8", *PLACE)
    assert (done.code, done.err) == (0, "")
    assert ", int8, vocabulary 15 of 106 tokens, 0 MiB saved), prompt digits: no training, 2 views" in done.out


def test_contaminated_sets_are_marked(arc_ttt: Run, tasks: Path, tmp_path: Path) -> None:
    """A folder named like the full ARChitects checkpoint is read in its format, with its authors' settings, and the
    tasks of the sets that it saw are marked, whatever the format; another prompt does not hide it."""
    path = makers.folder(tmp_path / FULL.partition("/")[2], hidden_size=64)
    done = arc_ttt("solve", tasks, "--model", path, *UNTRAINED, "--out", "a")
    assert (done.code, done.err) == (0, "")
    start, end = done.lines[0], done.lines[-1]
    assert start["prompt"]["name"] == "architects-2024" and start["settings"]["ttt"]["rslora"] is True
    assert start["settings"]["ttt"]["whole"] == ["embedding", "head"]
    assert start["settings"]["decode"]["min_prob"] == 0.17 and start["settings"]["vote"] == "probmul"
    assert end["contaminated"] == ["00576224"] and "00576224" in dataset.load("arc1:evaluation").order
    again = arc_ttt("solve", tasks, "--model", path, "--prompt", "digits", *UNTRAINED, "--out", "b")
    assert again.lines[-1]["contaminated"] == ["00576224"]


def test_sets_in_a_card(arc_ttt: Run, tasks: Path, tmp_path: Path) -> None:
    """A card of one's own may name sets beside tasks, and the format."""
    path = makers.folder(tmp_path / "tiny", hidden_size=64)
    (path / "card.json").write_text('{"prompt": "nvarc", "saw": {"sets": ["arc1:evaluation"], "tasks": ["mirror"]}}')
    done = arc_ttt("solve", tasks, "--model", path, *UNTRAINED, "--out", "a")
    assert (done.code, done.lines[0]["prompt"]["name"]) == (0, "nvarc")
    assert done.lines[-1]["contaminated"] == ["00576224", "mirror"]


@pytest.mark.parametrize(
    ("prompt", "family", "lessons"),
    [
        ("architects", "mistral", 64),
        ("architects", "llama", 4),
        ("architects-2024", "mistral", 32),
        ("nvarc", "qwen3", 16),
        ("marc", "llama", 12),
        ("marc", "mistral", 3),
        ("barc", "llama", 8),
        ("barc", "qwen3", 4),
    ],
)
def test_the_recipes_end_to_end(
    arc_ttt: Run, tasks: Path, tmp_path: Path, prompt: str, family: str, lessons: int
) -> None:
    """A published format with all of its authors' settings but a shorter training, on a tiny random model of a family:
    from the command line to a complete submission; the run says what was overridden."""
    path = makers.folder(tmp_path / "tiny", family, tied=family == "llama", hidden_size=32)
    words = ("--agents", "learner", "--device", "cpu", "--dtype", "float32", "--ttt.lessons", lessons, "--views", 3)
    done = arc_ttt(
        "solve", tasks, "--tasks", "mirror", "--model", path, "--prompt", prompt, *words, "--json", "--out", "a"
    )
    assert (done.code, done.err) == (0, "")
    start, result, _ = done.lines
    own = sheet.read(prompt)
    assert result["error"] is None
    assert json.loads(Path("a/results.jsonl").read_text().splitlines()[-1])["attempts"][0]
    epochs, size = own.settings.get("epochs", 1), own.settings["batch_lessons"]
    assert result["notes"]["steps"] == -(-lessons * epochs // size)
    assert result["notes"]["ended"] == "budget" and "trained" not in result["notes"]
    line = start["prompt"]["settings"]
    assert line.startswith("its authors' ") and f"rank {own.settings['rank']}" in line
    if lessons != own.settings["lessons"]:
        assert f"overridden: lessons {lessons} (not {own.settings['lessons']})" in line
    assert len(json.loads(Path("a/submission.json").read_text())) == 2


def test_the_header_names_the_authors_settings(arc_ttt: Run, tasks: Path, tmp_path: Path) -> None:
    """One line for a person; none where the format has no settings, or nothing is learned."""
    path = makers.folder(tmp_path / "tiny", hidden_size=32)
    words = ("--limit", 1, "--no-ttt", "--model", path, *PLACE)
    done = arc_ttt("solve", tasks, *words, "--prompt", "architects", "--vote", "flat", "--out", "a")
    assert (done.code, done.err) == (0, "")
    (line,) = [line for line in done.out.splitlines() if line.startswith("prompt architects: ")]
    assert "its authors' all_colours yes, decode.method dfs," in line
    assert line.endswith("overridden: views 2 (not 16), vote flat (not product), training no (not yes)")
    done = arc_ttt("solve", tasks, *words, "--prompt", "digits", "--out", "b")
    assert "\nprompt digits: overridden: views 2 (not 16), training no (not yes)\n" in done.out


def test_a_kaggle_model_that_is_not_here(arc_ttt: Run, tasks: Path) -> None:
    """One line says how it is got, and nothing asks the hub for it."""
    done = arc_ttt("solve", tasks, "--model", "sorokin/qwen3_4b_grids15_sft139", "--agents", "learner")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "is a model of Kaggle's: `kaggle models instances versions download" in done.err


def test_a_model_of_pickles(arc_ttt: Run, tasks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub is not asked for what would not be read; what its cache holds in safetensors is taken."""
    name = "ekinakyurek/marc-8B-finetuned-llama3"
    done = arc_ttt("solve", tasks, "--model", name, "--agents", "learner")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert f"{name}: is published as pickles, which are not read: `hf download {name} --local-dir" in done.err
    assert "convert these to safetensors" in done.err and "--exclude" not in done.err
    path = makers.folder(Path("tiny"), hidden_size=32)
    monkeypatch.setattr("arc_ttt.lm.checkpoint.snapshot_download", lambda *_, **__: str(path))
    done = arc_ttt("solve", tasks, "--limit", 1, "--model", name, *UNTRAINED, "--out", "a")
    assert (done.code, done.err, done.lines[0]["prompt"]["name"]) == (0, "", "marc")


def test_a_format_that_the_model_cannot_read(arc_ttt: Run, tasks: Path, tmp_path: Path, tiny_folder: Path) -> None:
    """One line: tokens for the built-in architecture, strings for the others."""
    path = makers.folder(tmp_path / "tiny", hidden_size=64)
    for model, prompt, fault in (
        (path, "pair", "cannot read the prompt format pair"),
        (tiny_folder, "digits", "cannot read the prompt format digits"),
    ):
        done = arc_ttt("solve", tasks, "--model", model, "--prompt", prompt, *QUICK)
        assert (done.code, done.err.count("\n")) == (2, 1) and fault in done.err
