"""What a user calls tasks → a task set: one grammar for all commands.

Folders, files (several, as a shell expands them), Kaggle files, data sets, one task of any of these (`source/id`), and
runs, whose tasks are meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arc_ttt.errors import ConfigError
from arc_ttt.paths import absolute, exists, is_file

if TYPE_CHECKING:
    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.types import Solutions

_ADVICE = "name the tasks in the run's place"


@dataclass(frozen=True)
class Source:
    """Tasks and where they are: `words` with absolute paths, so that the working directory may change."""

    words: tuple[str, ...]
    tasks: TaskSet
    # What messages, files of ids and the run's folder call it.
    name: str
    # The file with the answers that a run remembers, where the tasks are a run's.
    solutions: str | None = None

    @property
    def kept(self) -> str | list[str]:
        """What a run's config.json says."""
        return self.words[0] if len(self.words) == 1 else list(self.words)


def find(words: Sequence[str], solutions: Path | None = None) -> Source:
    """The tasks that `words` name; `DataError` as `arc.dataset.load` has it."""
    from arc_ttt.arc import dataset
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.report.origin import load_tasks
    from arc_ttt.run import store

    runs = [word for word in words if is_run(word)]
    if runs and len(words) > 1:
        raise ConfigError(f"{printable(runs[0])}: is a run; its tasks are named by it alone")
    if runs:
        folder = Path(runs[0])
        config = store.read_config(folder)
        tasks = load_tasks(folder, config, None, solutions, advice=_ADVICE, answers=_ADVICE)
        said: Mapping[str, Any] = config["source"]
        where = said["tasks"] if isinstance(said["tasks"], list) else [said["tasks"]]
        return Source(tuple(map(absolute, where)), tasks, tasks.name, said.get("solutions"))
    for word in words:
        if exists(word):
            store.refuse_parts(Path(word))
    named = [f"{word}:evaluation" if word in dataset.NAMED and not exists(word) else word for word in words]
    tasks = dataset.load(named, solutions)
    return Source(tuple(map(absolute, named)), tasks, named[0] if len(named) == 1 else tasks.name)


def answers(word: str) -> Solutions:
    """Those that `word` names: a run, or what `score.read_solutions` takes."""
    from arc_ttt.arc.score import read_solutions

    return of_the_run(Path(word)) if is_run(word) else read_solutions(word)


def of_the_run(folder: Path) -> Solutions:
    """The answers to the tasks that the run in `folder` was to solve; `ConfigError` where it is none, or has none."""
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.report.origin import load_tasks
    from arc_ttt.run import store

    where = printable(str(folder))
    if not is_run(str(folder)):
        raise ConfigError(f"{where}: is no run, which would know its answers; name SOLUTIONS")
    config = store.read_config(folder)
    known = load_tasks(folder, config, advice="name SOLUTIONS", answers="name SOLUTIONS").solutions
    chosen = config.get("chosen") or known
    answers = {id: answer for id, answer in known.items() if id in chosen}
    if not answers:
        raise ConfigError(f"{where}: the answers to its tasks are not known; name SOLUTIONS")
    return answers


def is_run(word: str) -> bool:
    """Whether a folder holds a run."""
    return all(is_file(Path(word, name)) for name in ("config.json", "results.jsonl"))


def is_source(word: str) -> bool:
    """Whether a word names tasks by itself; an id names one only beside its source."""
    return exists(word) or ":" in word or "/" in word
