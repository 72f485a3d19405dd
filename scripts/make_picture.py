"""Draw the README's picture: a task of a finished run, with its attempts, as `arc-ttt show` prints it.

python scripts/make_picture.py data/samples TASKID results/RUN docs/solved.svg
"""

import io
import re
import sys
from pathlib import Path

from rich.console import Console

from arc_ttt.arc import dataset, render
from arc_ttt.run.store import read_results

if __name__ == "__main__":
    source, task, run, out = sys.argv[1:]
    tasks = dataset.load(source)
    (chosen,) = (t for t in tasks.tasks if t.id == task)
    attempts = read_results(Path(run))[task].prediction.attempts
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(render.task(chosen, tasks.solutions, attempts))
    svg = console.export_svg(title=f"arc-ttt show {source}/{task} --run {run}")
    # The picture must not load anything: fonts are the reader's own.
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    Path(out).write_text(svg, encoding="utf-8")
