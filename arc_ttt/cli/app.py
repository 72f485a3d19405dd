"""Arguments → a command, and what it raises → one line and an exit code.

0: done. 2: wrong use or data, `error: …`. 1: a bug of ours, or tasks that failed; the traceback is in a file; also what
the machine refuses: a full disk, no permission. 130: interrupted, 143: ended by SIGTERM. Commands import what is heavy
when they run, so that `--help` answers at once.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import io
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from arc_ttt.cli import (
    BEFORE,
    compare,
    doctor,
    kaggle,
    models,
    play,
    pretrain,
    program,
    report,
    runs,
    score,
    show,
    solve,
)
from arc_ttt.cli.help import EXIT_CODES, Command, Group
from arc_ttt.cli.session import Session, Terminated, exit_code, heard
from arc_ttt.errors import ArcError
from arc_ttt.tuning import tune
from arc_ttt.version import __version__

app = typer.Typer(
    name="arc-ttt",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # whose tables cut long names at 80 columns
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"arc-ttt {__version__}")
        raise typer.Exit


@app.callback()
def arc_ttt(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", metavar="", callback=_version, is_eager=True, help="Show the version and end."),
    ] = False,
) -> None:
    """Solve ARC puzzles by test-time training."""


def _add(name: str, command: Callable[..., None], short: str, help: str | None = None) -> None:
    app.command(name, cls=Command, help=help, short_help=short, epilog=EXIT_CODES)(command)


_add("solve", solve.command, "Solve tasks: a submission, and its score.", solve.SOLVE)
_add("eval", solve.command, "Solve a data set with answers, and score it.", solve.EVAL)
_add("score", score.command, "Score a submission.")
_add("show", show.command, "Show tasks, and what a run made of them.")
_add("runs", runs.command, "List runs.")
_add("program", program.command, "Run a program on a task's grids.")
_add("report", report.command, "Write a page that shows a run.")
_add("compare", compare.command, "Compare runs, task by task.")
_add("play", play.command, "Serve a page to draw puzzles on and watch.")
_add("models", models.command, "List models and prompt formats.")
_add("doctor", doctor.command, "Tell whether a run would work here.")
_add("pretrain", pretrain.command, "Train a built-in model.")
app.add_typer(kaggle.app, name="kaggle", short_help="Bundle an entry for Kaggle, and rehearse it.")


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line `argv` and exit; without it the process's own, which then ends at once."""
    session = Session(list(sys.argv[1:] if argv is None else argv))
    try:
        if argv is None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.unraisablehook = _resend
            _open_streams()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal without × still gets the rest
        tune()
        with contextlib.suppress(ValueError):  # not the main thread
            signal.signal(signal.SIGTERM, _terminate)
        code = _run(session)
    except KeyboardInterrupt as stop:
        code = _stopped(session, stop)
    if argv is None:
        _leave(code)
    raise SystemExit(code)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)  # what the machine refuses, whatever was asked for


def _run(session: Session) -> int:
    """The exit code of the command; what it raises becomes one line."""
    code = 0
    try:
        with heard(session):
            app(session.argv, prog_name="arc-ttt", obj=session)
    except ArcError as fault:
        print(f"error: {fault}", file=sys.stderr)
        full = isinstance(fault.__cause__, OSError) and fault.__cause__.errno in _FULL
        code = 1 if full else fault.exit_code
    except BrokenPipeError:  # the reader has gone; nothing is left to tell
        code = 1
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        # typer makes one of an interrupt that no command has caught.
        if stop := _interrupt(end.__context__):
            code = _stopped(session, stop)
    except OSError as fault:  # a disk, a name, a permission: nothing that we could mend
        from arc_ttt.arc.jsonio import printable

        reason = " ".join(str(fault.strerror or fault).split())
        what = reason if fault.filename is None else f"{fault.filename}: {reason}"
        log = _traced(fault, session) if fault.filename is None else ""
        print(f"error: {printable(what)}{log}", file=sys.stderr)
        code = 1
    except MemoryError as fault:
        print(f"error: there is not enough memory for this{_traced(fault, session)}", file=sys.stderr)
        code = 1
    except Exception as fault:  # noqa: BLE001
        if stop := _interrupt(fault):
            return _stopped(session, stop)
        first = f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}"
        print(f"error: a bug in arc-ttt: {first}{_traced(fault, session)}", file=sys.stderr)
        code = 1
    return code or int(session.unheard)


def _interrupt(fault: BaseException | None) -> KeyboardInterrupt | None:
    """The interrupt that `fault` was made of: a library may turn one that falls into its import into an error."""
    while fault is not None and not isinstance(fault, KeyboardInterrupt):
        fault = fault.__cause__
    return fault


def _stopped(session: Session, stop: KeyboardInterrupt) -> int:
    """The exit code after a signal that no command has taken; where one was taken before, all has been said."""
    if not session.stopped:
        sys.stderr.write(BEFORE)
    return exit_code(stop)


def _open_streams() -> None:
    """Put something in the place of standard streams that the caller has closed: the next file to be opened would else
    be taken for one of them, and what is printed would go into it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 open to the end


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


def _traced(fault: BaseException, session: Session) -> str:
    """The end of a message that says where the traceback is, once it is there."""
    log = _log(fault, session.folder)
    return f"; the traceback is in {log}" if log else ""


def _log(fault: BaseException, folder: Path | None) -> Path | None:
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
