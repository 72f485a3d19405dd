"""How many of the built-in model's layers an answer needs: write the rows of a Markdown table.

Each task is trained on as `arc-ttt solve` does; then its best answer is read in all views, and what the head would say
after fewer layers is compared with what it says after all. A draft from the first layers holds as long as it says the
same. The second table tells what decoding costs beside it: the share of seconds that goes into answering, and how
many of the tokens drafted from other views hold already.

    python scripts/table_depth.py [--tasks 12] [--tokens 80000]
"""

from __future__ import annotations

from typing import Any

import torch
from runs import end, parser, split
from tables import heading
from torch import Tensor

from arc_ttt.agents.effort import FULL, Clock
from arc_ttt.api import solver
from arc_ttt.arc import dataset
from arc_ttt.arc.augment import views
from arc_ttt.arc.split import lesson
from arc_ttt.lm.batch import IGNORE, collate
from arc_ttt.lm.train import autocast
from arc_ttt.seeds import rng
from arc_ttt.types import Pair, Task

VIEWS = 8


@torch.no_grad()
def said(study: Any, grids: list[Any]) -> tuple[Tensor, int]:
    """For each depth how many tokens of the answers `grids` the head names there that it names after all layers, and
    how many tokens there are."""
    work = study._work
    model = work.lm.module
    answered = Task(work.task.id, tuple(map(Pair, work.task.tests, grids)), work.task.tests)
    drawn = views(rng(work.config.seed, work.task.id, "views"), work.task, VIEWS, fixed_background=True)
    prompts = [
        work.form.lesson(lesson(answered, ((), i), v, in_context=False)) for v in drawn for i in range(len(grids))
    ]
    hidden: list[Tensor] = []
    core = next(m for m in model.modules() if hasattr(m, "layers"))
    hooks = [layer.register_forward_hook(lambda _m, _i, x: hidden.append(x)) for layer in core.layers]
    same, count = torch.zeros(len(core.layers)), 0
    try:
        with work.adapter.frozen() as adapted, autocast(work.lm.device, work.lm.dtype):
            for prompt in prompts:
                hidden.clear()
                batch = collate([prompt], work.form.vocabulary.padding)
                adapted(**batch.inputs(True))
                at = batch.labels[0] != IGNORE
                names = [core.lm_head(core.norm(x))[0][at].argmax(-1) for x in hidden]
                same += torch.tensor([float((n == names[-1]).sum()) for n in names])
                count += int(at.sum())
    finally:
        for hook in hooks:
            hook.remove()
    return same, count


def main() -> None:
    args = parser(__doc__, whole=True, tasks=12, tokens=80_000).parse_args()
    tasks = dataset.load("arc1:training")
    chosen = [t for t in tasks.tasks if t.id in set(split("validation")["arc1:training"])][: args.tasks]
    made = solver(agents=("learner",), ttt={"tokens": args.tokens})
    learner: Any = made.agents[0]
    same, count, seconds, held = None, 0, {"adapt": 0.0, "answer": 0.0}, list[float]()
    for task in chosen:
        with learner.sit(task, Clock(FULL)) as study:
            proposal = study.propose()
            agreed, of = said(study, [found[0].grid for found in proposal.found])
        same, count = agreed if same is None else same + agreed, count + of
        for stage in seconds:
            seconds[stage] += proposal.seconds.get(stage, 0.0)
        held.append(float(proposal.notes.get("drafts_accepted") or 0.0))
    assert same is not None
    print(heading("layers | tokens that the head names as after all layers"))
    for depth, n in enumerate(same.tolist(), 1):
        print(f"| {depth} | {n / count:.1%} |")
    print(heading("answering, share of seconds | drafted tokens that hold, mean of tasks"))
    print(f"| {seconds['answer'] / sum(seconds.values()):.1%} | {sum(held) / len(held):.1%} |")


if __name__ == "__main__":
    end(main)
