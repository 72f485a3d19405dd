"""`arc-ttt solve` without a model."""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.agents.progress import Event
from arc_ttt.arc import submission
from arc_ttt.cli import choice, progress, terminal
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.solve.shares import Share
from arc_ttt.types import Prediction, Result

Run = Callable[..., Any]


def test_from_tasks_to_a_scored_submission(arc_ttt: Run, solver: Any, folder: Path, tmp_path: Path) -> None:
    """Plain lines when stdout is no terminal: tasks, model, a line for each task, table, both scores, files."""
    done = arc_ttt("solve", folder)
    assert (done.code, done.err) == (0, "")
    assert "puzzles: 2 tasks, 2 test outputs, answers known" in done.out
    assert f"model arc-mini (11111111), prompt pair: at most {TTTConfig.tokens:,} tokens of training a task" in done.out
    assert f", {SolveConfig.views} views, search down to 0.01, {SolveConfig.vote} vote" in done.out
    assert "[1/2] ✓ 1/1 copy  1.5 s  loss 1.50 → 0.25\n" in done.out
    assert "[2/2] ✗ 0/1 other" in done.out
    assert "by outputs      1 of 2     50.0 % (95 % interval 9.5 to 90.5) Kaggle's score" in done.out
    assert "by tasks" in done.out and "ARC Prize's score" in done.out
    (run,) = (tmp_path / "results").iterdir()
    assert run.name.startswith("puzzles-") and len(run.name) == len("puzzles-") + 8
    assert f"results/{run.name}: submission.json" in done.out
    assert list(submission.read(run / "submission.json")) == ["copy", "other"]
    config = json.loads((run / "config.json").read_text())
    assert config["digest"].startswith(run.name[-8:])
    assert (config["settings"]["views"], config["tasks"]["name"]) == (16, "puzzles")


def test_the_same_command_goes_on(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Nothing is solved twice; --fresh solves all again."""
    solver.stop = "other"
    done = arc_ttt("solve", folder)
    assert done.code == 130
    assert done.err.startswith("stopped: 1 of 2 finished; go on with: arc-ttt solve ")
    command = done.err.strip().partition("arc-ttt ")[2].split()
    assert command[-2] == "--out"
    solver.stop = None
    done = arc_ttt(*command)
    assert (done.code, solver.solved) == (0, ["copy", "other"])
    assert "1 of 2 finished before" in done.out and "1 answered before" in done.out
    arc_ttt(*command, "--fresh")
    assert solver.solved == ["copy", "other"] * 2


def test_a_run_goes_on_in_other_numbers(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Where another kind of processor computes in other numbers the run is the same one, and says so."""
    solver.machine = {"dtype": "bfloat16", "workers": 1}
    assert "machines" not in arc_ttt("solve", folder, "--out", "run").out
    solver.machine = {"dtype": "float32", "workers": 1}
    done = arc_ttt("solve", folder, "--out", "run")
    assert done.code == 0 and "2 of 2 finished before" in done.out
    assert "machines of several kinds take part, in bfloat16 and float32: few answers depend on which\n" in done.out


def test_other_settings_have_another_folder(arc_ttt: Run, solver: Any, folder: Path, tmp_path: Path) -> None:
    """By default; in the same --out they are refused with what differs."""
    arc_ttt("solve", folder)
    arc_ttt("solve", folder, "--views", 4, "--no-ttt")
    assert len(list((tmp_path / "results").iterdir())) == 2
    arc_ttt("solve", folder, "--out", "run")
    done = arc_ttt("solve", folder, "--out", "run", "--ttt.lr", 0.5)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert (
        f"error: run: was made with other settings (ttt.learning_rate {TTTConfig.learning_rate}, now 0.5)" in done.err
    )


def test_json_lines(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """--json prints one object a line: start, each result, end; and nothing else."""
    done = arc_ttt("solve", folder, "--json", "--out", "run")
    assert (done.code, done.err) == (0, "")
    start, *results, end = done.lines
    assert [line["event"] for line in done.lines] == ["start", "result", "result", "end"]
    assert (start["chosen"], start["finished"], start["out"]) == (2, 0, "run")
    assert [(r["task"], r["correct"]) for r in results] == [("copy", [True]), ("other", [False])]
    assert (end["score"]["by_outputs"], end["answered"], end["submission"]) == (0.5, 2, "run/submission.json")


def test_quiet(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """--quiet leaves the score, the costs and the files."""
    done = arc_ttt("solve", folder, "--quiet")
    assert done.out.startswith("\nby outputs") and len(done.out.splitlines()) == 6


def test_all_settings_reach_the_configuration(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Each option is the setting it says."""
    words = (
        "--seed 3 --views 2 --vote sum --max-tokens 2099 --ttt.seconds 1.5 "
        "--ttt.rank 2 --ttt.alpha 3 --ttt.lr 0.1 --ttt.batch-tokens 64 --ttt.own-colours 0.5 --all-colours "
        "--ttt.rslora --ttt.targets head,q_proj --ttt.embedding-lr 0.2 "
        "--compile --decode dfs --dfs.min-prob 0.2 --dfs.nodes 7 --dfs.seconds 2.5 "
        "--no-drafts --score-views 4 --memory-limit 1.5G --deadline 3m "
        "--ttt.stop held-out --ttt.gate ponder --ttt.gate-rate 0.25 --ttt.neighbours 4 --sequential "
        "--agents programs,learner:a/n,learner --enough 0.9 --near 0.2 --programs.budget 9 --judge calibrated "
        "--score-candidates 5 --no-traits --recolour-views --ttt.method lora --ttt.whole head "
        "--ttt.weight-decay 0.3 --ttt.schedule cosine --ttt.warmup 0.7 "
        "--ttt.batch-lessons 6 --ttt.leave-two-out never --ttt.augment extended"
    )
    arc_ttt("solve", folder, "--out", "run", "--model", "a/m", "--prompt", "context", *words.split())
    config = json.loads(Path("run/config.json").read_text())
    ttt, decode = config["settings"].pop("ttt"), config["settings"].pop("decode")
    rest = {"seed": 3, "views": 2, "vote": "sum", "max_tokens": 2099, "score_views": 4, "judge": "calibrated"}
    rest |= {
        "score_candidates": 5,
        "memory": 1536 * 2**20,
        "timed": True,
        "sequential": True,
        "enough": 0.9,
        "near": 0.2,
        "traits": False,
    }
    rest |= {"agents": ["programs", "learner:a/n", "learner"], "ask_all": False, "programs": {"budget": 9}}
    assert config["settings"] == rest
    assert decode == {
        "method": "dfs",
        "min_prob": 0.2,
        "nodes": 7,
        "seconds": 2.5,
        "samples": 2,
        "temperature": 1.0,
        "drafts": False,
        "recolour": True,
    }
    del ttt["clip"]
    assert ttt == {
        "enabled": True,
        "method": "lora",
        "tokens": TTTConfig.tokens,
        "lessons": None,
        "epochs": TTTConfig.epochs,
        "whole": ["head"],
        "weight_decay": 0.3,
        "schedule": "cosine",
        "warmup": 0.7,
        "batch_lessons": 6,
        "leave_two_out": "never",
        "augment": "extended",
        "seconds": 1.5,
        "rank": 2,
        "alpha": 3.0,
        "rslora": True,
        "targets": ["head", "q_proj"],
        "learning_rate": 0.1,
        "embedding_rate": 0.2,
        "batch_tokens": 64,
        "own_colours": 0.5,
        "all_colours": True,
        "compile": True,
        "stop": "held-out",
        "stop_loss": TTTConfig.stop_loss,
        "gate": "ponder",
        "gate_rate": 0.25,
        "warm_start": None,
        "neighbours": 4,
    }
    assert (config["model"]["name"], config["prompt"]["name"]) == ("a/m", "context")
    for n, (words, setting) in enumerate(
        (
            ("--no-ttt", ("enabled", False)),
            ("--ttt.tokens 5", ("tokens", 5)),
            ("--ttt.lessons 9", ("lessons", 9)),
            ("--ttt.lessons 9 --ttt.epochs 3", ("epochs", 3)),
            ("--ttt.leave-two-out fill", ("leave_two_out", "fill")),
            ("--no-ttt --all-colours", ("all_colours", True)),
            ("--ttt.stop-loss 0.5", ("stop_loss", 0.5)),
        )
    ):
        arc_ttt("solve", folder, "--out", f"run{n}", *words.split())
        assert setting in json.loads(Path(f"run{n}/config.json").read_text())["settings"]["ttt"].items()


def test_faulty_tasks_are_named_and_the_others_solved(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """One line each and exit code 2; the submission is complete."""
    (folder / "bad.json").write_text("{")
    done = arc_ttt("solve", folder, "--out", "run")
    assert done.code == 2
    assert done.err.startswith(f"error: {folder}/bad.json: task bad: not JSON") and done.err.count("\n") == 1
    assert solver.solved == ["copy", "other"]
    assert list(submission.read(Path("run/submission.json"))) == ["bad", "copy", "other"]
    assert arc_ttt("solve", folder, "--tasks", "copy").code == 0, "a faulty task that nobody wants does no harm"


def test_failed_tasks_are_named(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Exit code 1; the same command tries them again."""
    solver.broken = {"copy"}
    done = arc_ttt("solve", folder, "--out", "run")
    assert done.code == 1
    assert done.err.startswith("error: task copy: RuntimeError: no luck\n") and "Traceback" not in done.err
    assert "Traceback" in Path("run/errors.log").read_text()
    solver.broken = ()
    assert arc_ttt("solve", folder, "--out", "run").code == 0


def test_contaminated_tasks_are_marked(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """A task in the model's card has a star in the table and is named below it."""
    (folder / "seen.json").write_bytes((folder / "copy.json").read_bytes())
    done = arc_ttt("solve", folder)
    assert "\nseen*" in done.out
    told = "contaminated: the model's training saw 1 of these tasks (*): seen"
    assert told in done.out
    arc_ttt("solve", folder, "--out", "run")
    for words in (("show", "run"), ("score", "run"), ("score", "run/submission.json", folder)):
        done = arc_ttt(*words)
        assert told in done.out and "\nseen*" in done.out and "copy*" not in done.out
    assert arc_ttt("score", "run", "--json").lines[0]["contaminated"] == ["seen"]
    assert "contaminated" not in arc_ttt("score", "run", folder / "copy.json").out
    arc_ttt("solve", folder / "copy.json", "--out", "clean")
    done = arc_ttt("compare", "clean", "run")
    assert f"\nrun: {told.replace(' (*)', '')}" in done.out and "clean: contaminated" not in done.out
    (document,) = arc_ttt("compare", "clean", "run", "--json").lines
    assert (document["contaminated"], document["comparisons"][0]["contaminated"]) == ([], ["seen"])


def test_a_choice(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """--tasks takes ids or a file with ids, --limit the first of them; unknown ids are refused before the model."""
    arc_ttt("solve", folder, "--tasks", "other")
    Path("ids.txt").write_text("# these\nother\n")
    arc_ttt("solve", folder, "--tasks", "ids.txt", "--fresh")
    Path("ids.json").write_text(json.dumps({str(folder): ["other"], "arc1:training": ["x"]}))
    arc_ttt("solve", folder, "--tasks", "ids.json", "--fresh")
    arc_ttt("solve", folder, "--limit", 1, "--fresh")
    assert solver.solved == ["other", "other", "other", "copy"]
    done = arc_ttt("solve", folder, "--tasks", "other,mother")
    assert (done.code, done.err) == (2, "error: --tasks: 'mother' is not among the 2 tasks of puzzles\n")
    for text, fault in (
        ("[1]", "holds no list of ids"),
        ('{"a": []}', "; it has a\n"),
        ("{", "Expecting"),
        ("[]", "names no task"),
    ):
        Path("ids.json").write_text(text)
        assert fault in arc_ttt("solve", folder, "--tasks", "ids.json").err


def test_an_output_folder_that_cannot_be_written(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """One line that names it."""
    Path("file").touch()
    done = arc_ttt("solve", folder, "--out", "file/run")
    assert (done.code, done.err) == (2, "error: file/run: cannot be written: Not a directory\n")


def test_a_bug_is_logged_in_the_run(arc_ttt: Run, solver: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is a run's folder the traceback belongs there."""

    def begin(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(progress.Lines, "begin", begin)
    done = arc_ttt("solve", folder, "--out", "run")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "the traceback is in run/errors.log" in done.err
    assert "ZeroDivisionError: oh" in Path("run/errors.log").read_text()


def test_many_tasks_have_no_table(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Above thirty a table is shown only with --verbose."""
    for i in range(terminal.LONG):
        (folder / f"{i}.json").write_bytes((folder / "copy.json").read_bytes())
    done = arc_ttt("solve", folder)
    assert "32 tasks; --verbose shows a table" in done.out and "\ntask " not in done.out
    assert "\ntask " in arc_ttt("solve", folder, "--verbose").out


def test_later_attempts_are_no_tasks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks are counted, not attempts; those beyond the first are marked, also one that failed and left the earlier
    result, or one at a task of an earlier start. Nothing is said of the time left when all tasks are done."""
    monkeypatch.setenv("COLUMNS", "100")

    def result(id: str, round: int = 0, right: bool = False) -> Result:
        return Result(Prediction(id, ()), (), (right,), {"adapt": 1.0}, {"round": round} if round else {})

    screen = progress.Screen()
    monkeypatch.setattr(screen._live, "start", lambda: None)
    screen.begin({"chosen": 3}, [result("a")])
    for one in (result("b"), result("a", 1), result("c"), result("b", 1, True), result("b", 1, True), result("b", 2)):
        screen.result(one)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["[2/3]", "[2/3]", *["[3/3]"] * 4]
    assert [line.split("  ")[1:] for line in lines] == [
        ["1.0 s"],
        ["attempt 2", "1.0 s"],
        ["1.0 s"],
        ["attempt 2", "1.0 s"],
        ["again", "1.0 s"],
        ["attempt 3", "1.0 s"],
    ]
    assert (screen.done, screen._known) == (3, {"a": False, "b": False, "c": False})
    assert screen._left() == ""


def test_what_is_left_is_never_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first result by the estimate; where a task takes longer than most, it will for a while yet."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    lines = progress.Lines()
    lines.begin({"chosen": 3, "estimate": 20.0}, [])
    assert lines._left() == ", about 1:00 left"
    now[0] = 10.0
    assert lines._left() == ", about 0:50 left"
    for id in ("a", "b"):
        lines.result(Result(Prediction(id, ()), correct=(True,)))
        now[0] += 0.1
    assert lines._left() == ", about 0:10 left"  # the mean of 20, 10 and 0.1
    now[0] += 60
    assert lines._left() == ", about 0:15 left"
    lines._estimate, lines._durations, now[0] = None, [0.1], lines._since + 0.2
    assert lines._left() == ", about 0:01 left"


def test_something_moves_before_the_run_begins() -> None:
    """From the first moment the display says that it is starting, and for how long."""
    from rich.console import Console

    screen = progress.Screen()
    screen._since -= 3
    console = Console(width=60, force_terminal=True, color_system=None)
    with console.capture() as captured:
        console.print(screen)
    assert captured.get().rstrip().endswith("starting, 3 s")


@pytest.mark.parametrize("width", [30, 60, 200])
def test_the_display_fits_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines at any width: both bars, what is done and left, stage and loss."""
    from rich.console import Console

    screen = progress.Screen()
    monkeypatch.setattr(screen._live, "start", lambda: None)
    done = Result(Prediction("a", ()), correct=(True,))
    screen.begin({"chosen": 12}, [done])
    screen._durations.append(10.0)
    screen.progress(Event("05-specks", "adapt", 0.43, 0.1234))
    console = Console(width=width, force_terminal=True, color_system=None)
    with console.capture() as captured:
        console.print(screen)
    lines = captured.get().splitlines()
    assert len(lines) == 2 and all(len(line) <= width for line in lines)
    assert "1/12 tasks" in lines[0] and "05-specks" in lines[1]
    if width > 60:
        assert "1/12 tasks, 1 solved, about 1:" in lines[0] and "adapt 43 %  loss 0.123" in lines[1]


@pytest.mark.parametrize("width", [40, 100])
def test_the_agents_fit_the_terminal(width: int) -> None:
    """A narrow one shows less of them; names are whole at any width."""
    from rich.console import Console

    console = Console(width=width, force_terminal=True, color_system=None)
    share = Share("programs", asked=12, settled=3, proposed=14, chosen=4, right=2, cpu_seconds=30.0, pace={})
    with console.capture() as captured:
        terminal.print_agents(console, [share])
    lines = captured.get().splitlines()
    assert any(line.split()[:2] == ["programs", "12"] and "2.5" in line for line in lines)
    assert all(len(line) <= width for line in lines) and ("settled" in captured.get()) == (width == 100)


@pytest.mark.parametrize(
    ("source", "name"), [("arc1:evaluation", "arc1-evaluation"), ("../../etc", "etc"), ("::", "tasks")]
)
def test_the_name_of_a_run(source: str, name: str) -> None:
    """The default folder is called after the tasks, and is always a plain name."""
    assert choice.run_name(source) == name


def test_eval_needs_answers(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """It is `solve` for tasks whose answers are known; a data set's name alone is its evaluation split."""
    assert arc_ttt("eval", folder, "--out", "run").code == 0
    for path in folder.glob("*.json"):
        document = json.loads(path.read_text())
        del document["test"][0]["output"]
        path.write_text(json.dumps(document))
    done = arc_ttt("eval", folder)
    assert done.code == 2 and done.err.startswith("error: puzzles: has no answers to compare with")
    demonstration, known = {"input": [[1]], "output": [[2]]}, {"input": [[3]], "output": [[4]]}
    (folder / "half.json").write_text(json.dumps({"train": [demonstration], "test": [known, {"input": [[5]]}]}))
    half = "puzzles/half.json: task half: test[1] has no output, though others have"
    done = arc_ttt("eval", "puzzles")
    assert (done.code, done.err) == (2, f"error: {half}; `arc-ttt solve` answers without\n")
    (folder / "whole.json").write_text(json.dumps({"train": [demonstration], "test": [known]}))
    done = arc_ttt("eval", "puzzles", "--out", "some")
    assert (done.code, done.err) == (0, f"{half}; it is not scored\n")
    done = arc_ttt("eval", "arc1", "--limit", 1, "--json", "--out", "named")
    assert done.lines[0]["source"] == "arc1:evaluation" and done.lines[0]["tasks"]["name"].startswith("ARC-AGI-1")


def test_shards_are_solved_apart_and_gathered(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Each part has a folder within --out; the command without --shard solves nothing twice."""
    for part in ("1/2", "2/2"):
        assert arc_ttt("solve", folder, "--out", "run", "--shard", part).code == 0
    assert {p.name for p in Path("run").iterdir()} == {"shard-1of2", "shard-2of2"}
    done = arc_ttt("show", "run")
    parts = "run: holds parts only (shard-1of2, shard-2of2); gather them with the command that made them"
    assert done.code == 2 and done.err.startswith(f"error: {parts}")
    assert solver.solved == ["copy", "other"]
    done = arc_ttt("solve", folder, "--out", "run")
    assert done.code == 0 and "2 of 2 finished before" in done.out
    assert solver.solved == ["copy", "other"]
    assert submission.read(Path("run/submission.json"))["copy"][0][0] != submission.FALLBACK


def test_parts_of_another_run_are_refused(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Nothing is solved again in silence; `--fresh` does without them. A part that would have no task is refused."""
    arc_ttt("solve", folder, "--out", "run", "--shard", "1/2")
    solver.solved.clear()
    done = arc_ttt("solve", folder, "--out", "run", "--seed", "5")
    fault = "run/shard-1of2: was made with other settings (seed 0, now 5); name another --out, or pass --fresh"
    assert done.code == 2 and done.err.startswith(f"error: {fault}") and solver.solved == []
    assert arc_ttt("solve", folder, "--out", "run", "--seed", "5", "--fresh").code == 0
    assert solver.solved == ["copy", "other"]
    done = arc_ttt("solve", folder, "--out", "run", "--shard", "3/3")
    assert (done.code, done.err) == (2, "error: --shard 3/3: there are only 2 tasks to be shared out\n")


def test_a_deadline_that_is_past_or_none(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Is refused before anything is loaded; one that holds answers every task."""
    done = arc_ttt("solve", folder, "--deadline", "soon")
    assert (done.code, solver.solved) == (2, []) and done.err.startswith("error: --deadline 'soon'")
    done = arc_ttt("solve", folder, "--deadline", "1m", "--out", "run")
    assert (done.code, sorted(set(solver.solved))) == (0, ["copy", "other"])


def test_tasks_without_time_are_told(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """The run ends well: what was not reached is open and why is said, and the submission is complete."""
    done = arc_ttt("solve", folder, "--deadline", "0.5s", "--out", "run")
    kept = r"and --deadline allows 0\.5 s, 0\.\d s of which are kept for the end; allow more"
    assert done.code == 0 and re.fullmatch(rf"2 tasks were not reached: starting took .* s, {kept}\n", done.err)
    assert len(submission.read(Path("run/submission.json"))) == 2
    assert arc_ttt("solve", folder, "--deadline", "1m", "--out", "run").code == 0
    assert solver.solved[:2] == ["copy", "other"]


def test_a_budget_counts_earlier_starts(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """The two tasks took 1.5 s on two cores each: of 106 core-seconds 100 are left, 50 s; one is too few to begin."""
    done = arc_ttt("solve", folder, "--budget", "1", "--out", "small")
    assert (done.code, done.err) == (0, "2 tasks were not reached: the budget is spent; give a larger one\n")
    done = arc_ttt("solve", folder, "--budget", "1", "--deadline", "0.5s", "--out", "small", "--tasks", "copy")
    assert done.code == 0 and done.err.startswith("1 task was not reached: starting took")
    first = ("solve", folder, "--out", "run", "--budget")
    assert arc_ttt(*first, "106", "--tasks", "copy").code == 0
    solver.solved.clear()
    assert arc_ttt(*first, "12h").code == 0 and solver.solved[0] == "other"
    done = arc_ttt(*first, "6")
    assert done.code == 0 and "2 of 2 finished before" in done.out
    assert arc_ttt("solve", folder, "--budget", "none").err.startswith("error: --budget 'none'")


def test_the_fixed_schedule(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """--no-adaptive leaves nothing to the task; with an option that does, one of them is too many."""
    assert arc_ttt("solve", folder, "--out", "run", "--no-adaptive", "--ttt.gate", "none").code == 0
    settings = json.loads(Path("run/config.json").read_text())["settings"]
    ttt = settings["ttt"]
    assert (ttt["stop"], ttt["gate"], ttt["neighbours"], ttt["warm_start"]) == ("none", "none", 0, None)
    assert settings["sequential"] is False
    for words in (("--ttt.stop", "loss"), ("--ttt.gate", "ponder"), ("--sequential",), ("--ttt.neighbours", "2")):
        done = arc_ttt("solve", folder, "--no-adaptive", *words)
        assert (done.code, done.err.count("\n")) == (2, 1) and words[0] in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("--engine", "slurm"),
        ("--address", "head:6379"),
        ("--memory-limit", "much"),
        ("--seed", "-1"),
        ("--deadline", "99999999999999999999h"),
        ("--deadline", "9999-01-01T00:00"),
        ("--budget", "1e9h"),
        ("--budget", "9" * 400),
        ("--budget", "99999999999h"),
    ],
)
def test_what_cannot_be_run(arc_ttt: Run, solver: Any, folder: Path, words: tuple[str, ...]) -> None:
    """One line names the option, and nothing is read."""
    done = arc_ttt("solve", folder, *words)
    assert done.code == 2 and done.err.startswith(f"error: {words[0]}") and done.err.count("\n") == 1
    assert done.out == ""


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("--budget '' is neither", "--budget="),
        ("--deadline '' is neither", "--deadline="),
        ("--no-ttt leaves nothing for --ttt.rank to do", "--no-ttt --ttt.rank 4"),
        ("--no-ttt leaves nothing for --ttt.rslora to do", "--no-ttt --ttt.no-rslora"),
        ("--no-ttt leaves nothing for --ttt.warm-start to do", "--no-ttt --ttt.warm-start old"),
        ("--no-ttt leaves nothing for --compile to do", "--no-ttt --compile"),
        ("--no-ttt leaves nothing for --adaptive to do", "--no-ttt --no-adaptive"),
        ("--no-ttt leaves nothing for --keep-adapters to do", "--no-ttt --keep-adapters"),
        ("--ttt.tokens and --ttt.lessons: training has one budget", "--ttt.lessons 3 --ttt.tokens 5"),
        ("--ttt.lessons and --ttt.seconds: training has one budget", "--ttt.lessons 3 --ttt.seconds 5"),
        ("--address is for --engine ray, and the engine is local", "--address auto"),
        ("--no-drafts leaves nothing for --draft-model to do", "--no-drafts --draft-model arc-mini"),
        ("--ttt.rank is for --agents learner, and agents are programs", "--agents programs --ttt.rank 4"),
        ("--keep-adapters is for --agents learner, and agents are programs", "--agents programs --keep-adapters"),
        ("--programs.budget is for --agents programs, and agents are learner", "--agents learner --programs.budget 5"),
        ("--ttt.gate-rate is for --ttt.gate ponder, and the gate is none", "--ttt.gate-rate 0.3"),
        ("--ttt.stop-loss is for --ttt.stop loss, and", "--ttt.stop-loss 0.3 --ttt.stop held-out"),
        ("--dfs.nodes is for --decode dfs, and the method is greedy", "--decode greedy --dfs.nodes 7"),
        ("--dfs.seconds is for --decode dfs, and the method is sample", "--decode sample --dfs.seconds 7"),
        ("--sample.count is for --decode sample, and the method is dfs", "--decode dfs --sample.count 3"),
        ("--sample.temperature is for --decode sample, and", "--sample.temperature 0.5"),
        (
            "--score-views is for --vote sum or max or min or product or count-nll or probmul, and the v",
            "--vote flat --score-views 3",
        ),
        ("--score-candidates is for --vote sum or max or ", "--vote flat --score-candidates 3"),
        ("--ttt.epochs is for --ttt.lessons, which is not given", "--ttt.epochs 3 --ttt.tokens 300"),
        ("--ttt.epochs is for --ttt.lessons, which is not given", "--ttt.epochs 3 --ttt.seconds 3"),
        ("--ttt.own-colours is for --ttt.leave-two-out few or never", "--ttt.own-colours 1 --ttt.leave-two-out fill"),
        ("--views is for --agents learner, and agents are programs", "--agents programs --views 3"),
        ("--decode is for --agents learner, and agents are programs", "--agents programs --decode dfs"),
        ("--ttt.stop-loss is for --ttt.stop loss, and the stop is none", "--ttt.stop-loss 0.3 --no-adaptive"),
    ],
)
def test_what_would_do_nothing(arc_ttt: Run, solver: Any, folder: Path, fault: str, words: str) -> None:
    """An empty value, what trains where nothing is trained, a second budget, a setting of what is not on: one line
    names it, before anything is read."""
    done = arc_ttt("solve", folder, *words.split())
    assert done.code == 2 and done.err.startswith(f"error: {fault}") and done.err.count("\n") == 1
    assert done.out == ""


def test_a_missing_ray_and_a_file_are_found_at_once(
    arc_ttt: Run, solver: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a model is read, which takes seconds."""
    monkeypatch.setitem(sys.modules, "ray", None)
    done = arc_ttt("solve", folder, "--engine", "ray")
    assert (done.code, done.out) == (2, "") and done.err.startswith("error: --engine ray: Ray is not installed")
    Path("file").touch()
    for words in ((), ("--shard", "1/2")):
        done = arc_ttt("solve", folder, "--out", "file", *words)
        assert (done.code, done.err) == (2, "error: file: is a file; a run needs a folder of its own\n")
        assert "reading the model" not in done.out


class Unread(io.StringIO):
    """A stdout whose reader has gone after the first line, or whose disk is full."""

    def __init__(self, fault: OSError) -> None:
        super().__init__()
        self.fault = fault

    def write(self, text: str) -> int:
        if "\n" in self.getvalue():
            raise self.fault
        return super().write(text)


@pytest.mark.parametrize(
    ("fault", "said", "code"),
    [
        (BrokenPipeError(32, "Broken pipe"), "nobody reads the output any more; the run goes on\n", 0),
        (OSError(28, "No space left"), "the output cannot be written (No space left); the run goes on\n", 1),
    ],
)
def test_a_run_outlasts_its_reader(
    arc_ttt: Run, solver: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, said: str, code: int
) -> None:
    """`arc-ttt solve … | head` ends with all results; one line on stderr says that nobody was told."""
    monkeypatch.setattr(sys, "stdout", Unread(fault))
    done = arc_ttt("solve", folder, "--out", "run")
    assert (done.code, done.err, solver.solved) == (code, said, ["copy", "other"])


def test_sources_of_all_kinds(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Several files, one task of a folder, and a run, whose tasks are meant; the working directory is not noted."""
    arc_ttt("solve", "puzzles/copy.json", "puzzles/other.json", "--out", "one")
    arc_ttt("solve", "puzzles/other", "--out", "two")
    arc_ttt("solve", "one", "--out", "three")
    configs = [json.loads(Path(run, "config.json").read_text()) for run in ("one", "two", "three")]
    both = [str(folder / "copy.json"), str(folder / "other.json")]
    assert [c["source"]["tasks"] for c in configs] == [both, str(folder / "other"), both]
    assert configs[0]["tasks"] == configs[2]["tasks"] and solver.solved == ["copy", "other", "other", "copy", "other"]
    done = arc_ttt("solve", "one", "puzzles", "--out", "four")
    assert (done.code, done.err) == (2, "error: one: is a run; its tasks are named by it alone\n")


def test_options_from_the_environment(arc_ttt: Run, solver: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line wins over it; what would do nothing there is passed over; what is wrong there is told."""
    for name, value in {"VIEWS": "4", "TTT_TOKENS": "5", "DECODE_NODES": "9", "OUT": "there"}.items():
        monkeypatch.setenv(f"ARC_TTT_{name}", value)
    assert arc_ttt("solve", folder, "--ttt.tokens", "7").code == 0
    settings = json.loads(Path("there/config.json").read_text())["settings"]
    assert (settings["views"], settings["ttt"]["tokens"]) == (4, 7)
    monkeypatch.setenv("ARC_TTT_VIEWS", "0")
    assert arc_ttt("solve", folder).err.startswith("error: ARC_TTT_VIEWS=0: --views must be positive")
    monkeypatch.setenv("ARC_TTT_VIEWS", "many")
    assert arc_ttt("solve", folder).err.startswith("error: ARC_TTT_VIEWS=many: must be a valid integer")
    monkeypatch.delenv("ARC_TTT_VIEWS")
    monkeypatch.setenv("ARC_TTT_VEIWS", "4")
    told = "error: ARC_TTT_VEIWS: there is no such setting; the nearest is ARC_TTT_VIEWS\n"
    assert arc_ttt("solve", folder).err == told


def test_short_options(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """-o and -n; the command to go on with does not name the folder twice."""
    assert arc_ttt("solve", folder, "-o", "run", "-n", "1").code == 0 and solver.solved == ["copy"]
    solver.stop = "other"
    done = arc_ttt("solve", folder, "-o", "run")
    assert done.err.endswith(f"go on with: arc-ttt solve {folder} -o run\n")


def test_a_format_that_the_model_cannot_read(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Is found before the model is read, by `solve` and by `kaggle bundle`."""
    told = "cannot read the prompt format digits; name another with --prompt\n"
    assert arc_ttt("solve", folder, "--prompt", "digits").err == f"error: arc-mini: {told}"
    done = arc_ttt("kaggle", "bundle", "--username", "me", "--prompt", "digits")
    assert done.err == f"error: arc-mini-open: {told}"
    assert not Path("kaggle").exists()
