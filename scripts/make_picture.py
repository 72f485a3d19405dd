"""Draw the README's picture: a task of a finished run, with its attempts, as `arc-ttt show` prints it.

python scripts/make_picture.py data/samples TASKID results/RUN docs/solved.svg
"""

import io
import re
from pathlib import Path

from rich.console import Console
from runs import parser

from arc_ttt.arc import dataset, render
from arc_ttt.run.store import read_results

if __name__ == "__main__":
    ap = parser(__doc__)
    for name in ("source", "task", "run", "out"):
        ap.add_argument(name)
    a = ap.parse_args()
    tasks = dataset.load(a.source)
    (chosen,) = (t for t in tasks.tasks if t.id == a.task)
    attempts = read_results(Path(a.run))[a.task].prediction.attempts
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(render.task(chosen, tasks.solutions, attempts))
    svg = console.export_svg(title=f"arc-ttt show {a.source}/{a.task} --run {a.run}")
    # The picture must not load anything: fonts are the reader's own.
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    Path(a.out).write_text(svg, encoding="utf-8")
