"""Arguments → a command, and what it raises → one line and an exit code.

0: done. 2: wrong use or data, `error: …`. 1: a bug of ours, or tasks that failed; the traceback is in a file.
130: interrupted. Commands import what is heavy when they run, so that `--help` answers at once.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from arc_ttt.cli import compare, doctor, kaggle, models, play, pretrain, program, report, score, show, solve
from arc_ttt.cli.session import Session, Terminated, exit_code
from arc_ttt.errors import ArcError
from arc_ttt.tuning import tune
from arc_ttt.version import __version__

app = typer.Typer(
    name="arc-ttt",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"arc-ttt {__version__}")
        raise typer.Exit


@app.callback()
def arc_ttt(
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Solve ARC puzzles by test-time training."""


app.command("solve", help=solve.SOLVE)(solve.command)
app.command("eval", help=solve.EVAL)(solve.command)
app.command("score")(score.command)
app.command("show")(show.command)
app.command("program")(program.command)
app.command("report")(report.command)
app.command("compare")(compare.command)
app.command("play")(play.command)
app.command("models")(models.command)
app.command("doctor")(doctor.command)
app.command("pretrain")(pretrain.command)
app.add_typer(kaggle.app, name="kaggle")


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line `argv` and exit; without it the process's own, which then ends at once."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without × still gets the rest
    tune()
    session = Session(list(sys.argv[1:] if argv is None else argv))
    code = 0
    with contextlib.suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGTERM, _terminate)
    if argv is None:
        sys.unraisablehook = _resend
    try:
        app(session.argv, prog_name="arc-ttt", obj=session)
    except ArcError as fault:
        print(f"error: {fault}", file=sys.stderr)
        code = fault.exit_code
    except BrokenPipeError:  # the reader has gone; nothing is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 1
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        # typer makes one of an interrupt that no command has caught.
        if isinstance(stop := getattr(end.__context__, "__cause__", None), KeyboardInterrupt):
            print("stopped before anything was begun; what was finished earlier is kept", file=sys.stderr)
            code = exit_code(stop)
    except Exception as fault:  # noqa: BLE001
        log = _log(fault, session.folder)
        first = f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}"
        where = f"; the traceback is in {log}" if log else ""
        print(f"error: a bug in arc-ttt: {first}{where}", file=sys.stderr)
        code = 1
    if argv is None:
        _leave(code)
    raise SystemExit(code)


def _leave(code: int) -> NoReturn:
    """End this process without taking down Python with PyTorch in it piece by piece: on a busy machine that takes
    seconds, which a deadline does not have."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _resend(lost: sys.UnraisableHookArgs) -> None:
    """A signal may fall into a callback of Python's own (that of an import's lock, say), from where nothing can be
    raised; it is sent again a moment later."""
    stop = lost.exc_value
    if not isinstance(stop, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    number = signal.SIGTERM if isinstance(stop, Terminated) else signal.SIGINT
    again = threading.Timer(0.02, signal.pthread_kill, (threading.main_thread().ident, number))
    again.daemon = True
    again.start()


def _terminate(*_: object) -> NoReturn:
    raise Terminated


def _log(fault: Exception, folder: Path | None) -> Path | None:
    """Append the traceback to errors.log in the run's folder, else to a file among the temporary ones."""
    text = f"arc-ttt {__version__}, {sys.argv}\n" + "".join(traceback.format_exception(fault))
    for path in ([folder / "errors.log"] if folder else []) + [Path(tempfile.gettempdir(), "arc-ttt-errors.log")]:
        try:
            with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text + "\n")
        except OSError:
            continue
        return path
    return None
